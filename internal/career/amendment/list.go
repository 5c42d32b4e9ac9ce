package amendment

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/amendment"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
)

// AmendedDeliverable is what an amendment says anew of a deliverable; what is nil
// stays.
type AmendedDeliverable struct {
	Deliverable         *ent.Deliverable
	Title               *string
	AcceptanceCriterion *string
	DueOn               *calendar.Date
}

// AddedDeliverable is a deliverable that an amendment adds.
type AddedDeliverable schema.AddedDeliverable

// AmendmentFilter is what a list is narrowed to; conditions left nil do not count.
type AmendmentFilter struct {
	Status     []amendment.Status
	Engagement *page.IDFilter
}

// AmendmentOrderField is what a list of its noun can be ordered by.
type AmendmentOrderField string

// The fields of AmendmentOrder.
const (
	AmendmentsByProposedAt AmendmentOrderField = "PROPOSED_AT"
)

// AmendmentOrder is how a list is ordered.
type AmendmentOrder struct {
	Field     AmendmentOrderField
	Direction page.Direction
}

// AmendmentConnection is a page of them, and AmendmentEdge one entry of it.
type (
	AmendmentConnection = page.Connection[*ent.Amendment]
	AmendmentEdge       = page.Edge[*ent.Amendment]
)

var keys = map[AmendmentOrderField]page.Key[*ent.Amendment]{
	AmendmentsByProposedAt: {Column: amendment.FieldProposedAt, Value: func(a *ent.Amendment) any { return a.ProposedAt }},
}

// List is a page of the amendments that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *AmendmentFilter, order *AmendmentOrder,
) (*AmendmentConnection, error) {
	q := db.Read.Amendment.Query()
	if filter != nil {
		if err := page.Few(filter.Engagement); err != nil {
			return nil, err
		}
		if filter.Status != nil {
			q.Where(amendment.StatusIn(filter.Status...))
		}
		q.Where(page.Among(amendment.FieldEngagementID, filter.Engagement))
	}
	if order == nil {
		order = &AmendmentOrder{Field: AmendmentsByProposedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Amendment]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(a *ent.Amendment) gid.ID { return a.ID },
	}, args)
}

// Added are the deliverables that an amendment adds.
func Added(a *ent.Amendment) []*AddedDeliverable {
	added := make([]*AddedDeliverable, len(a.Added))
	for i, d := range a.Added {
		added[i] = (*AddedDeliverable)(&d)
	}
	return added
}

// Amended is what each amendment says anew of deliverables.
func Amended(ctx context.Context, db *store.DB, amendments []*ent.Amendment) ([][]*AmendedDeliverable, error) {
	return named(ctx, db, amendments,
		func(a *ent.Amendment) []schema.AmendedDeliverable { return a.Amended },
		func(d schema.AmendedDeliverable) gid.ID { return d.DeliverableID },
		func(d schema.AmendedDeliverable, row *ent.Deliverable) *AmendedDeliverable {
			return &AmendedDeliverable{row, d.Title, d.AcceptanceCriterion, d.DueOn}
		})
}

// Dropped are the deliverables that each amendment drops.
func Dropped(ctx context.Context, db *store.DB, amendments []*ent.Amendment) ([][]*ent.Deliverable, error) {
	return named(ctx, db, amendments,
		func(a *ent.Amendment) []gid.ID { return a.Dropped },
		func(id gid.ID) gid.ID { return id },
		func(_ gid.ID, row *ent.Deliverable) *ent.Deliverable { return row })
}

// named reads the deliverables that amendments name, all at once. Who sees an
// amendment sees the deliverables of its work.
func named[N, V any](
	ctx context.Context, db *store.DB, amendments []*ent.Amendment, names func(*ent.Amendment) []N, id func(N) gid.ID,
	value func(N, *ent.Deliverable) V,
) ([][]V, error) {
	var ids []gid.ID
	for _, a := range amendments {
		if a != nil {
			for _, n := range names(a) {
				ids = append(ids, id(n))
			}
		}
	}
	rows, err := db.Read.Deliverable.Query().Where(deliverable.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	byID := make(map[gid.ID]*ent.Deliverable, len(rows))
	for _, d := range rows {
		byID[d.ID] = d
	}
	values := make([][]V, len(amendments))
	for i, a := range amendments {
		if a != nil {
			values[i] = []V{}
			for _, n := range names(a) {
				if row := byID[id(n)]; row != nil {
					values[i] = append(values[i], value(n, row))
				}
			}
		}
	}
	return values, nil
}
