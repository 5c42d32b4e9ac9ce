package amendment

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/amendment"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
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

// AmendedMilestone is what an amendment says anew of a milestone; what is nil stays.
type AmendedMilestone struct {
	Milestone *ent.Milestone
	Title     *string
	DueOn     *calendar.Date
	Amount    *money.Money
}

// AddedDeliverable is a deliverable that an amendment adds.
type AddedDeliverable schema.AddedDeliverable

// AmendmentFilter is what a list is narrowed to; conditions left nil do not count.
type AmendmentFilter struct {
	Status     []amendment.Status
	Engagement *page.IDFilter
	UpdatedAt  *page.Range
}

// AmendmentOrderField is what a list of its noun can be ordered by.
type AmendmentOrderField string

// The fields of AmendmentOrder.
const (
	AmendmentsByProposedAt AmendmentOrderField = "PROPOSED_AT"
	AmendmentsByUpdatedAt  AmendmentOrderField = "UPDATED_AT"
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
	AmendmentsByUpdatedAt:  {Column: amendment.FieldUpdatedAt, Value: func(a *ent.Amendment) any { return a.UpdatedAt }},
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
		q.Where(page.Among(amendment.FieldEngagementID, filter.Engagement), page.During(amendment.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &AmendmentOrder{Field: AmendmentsByProposedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Amendment]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(a *ent.Amendment) gid.ID { return a.ID },
	}, args)
}

// AddedFee is what an amendment adds to the fee, or nil.
func AddedFee(a *ent.Amendment) *money.Money {
	if a.AddedFeeMinor == nil {
		return nil
	}
	return &money.Money{Minor: *a.AddedFeeMinor, Currency: money.Currency(*a.Currency)}
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
	return named(amendments,
		func(a *ent.Amendment) []schema.AmendedDeliverable { return a.Amended },
		func(d schema.AmendedDeliverable) gid.ID { return d.DeliverableID },
		deliverablesIn(ctx, db),
		func(d schema.AmendedDeliverable, row *ent.Deliverable) *AmendedDeliverable {
			return &AmendedDeliverable{row, d.Title, d.AcceptanceCriterion, d.DueOn}
		})
}

// AmendedMilestones is what each amendment says anew of milestones.
func AmendedMilestones(ctx context.Context, db *store.DB, amendments []*ent.Amendment) ([][]*AmendedMilestone, error) {
	return named(amendments,
		func(a *ent.Amendment) []schema.AmendedMilestone { return a.AmendedMilestones },
		func(m schema.AmendedMilestone) gid.ID { return m.MilestoneID },
		func(ids []gid.ID) (map[gid.ID]*ent.Milestone, error) {
			rows, err := db.Read.Milestone.Query().Where(milestone.IDIn(ids...)).All(ctx)
			return byID(rows, func(m *ent.Milestone) gid.ID { return m.ID }), err
		},
		func(m schema.AmendedMilestone, row *ent.Milestone) *AmendedMilestone {
			said := &AmendedMilestone{Milestone: row, Title: m.Title, DueOn: m.DueOn}
			if m.AmountMinor != nil {
				said.Amount = &money.Money{Minor: *m.AmountMinor, Currency: money.Currency(row.Currency)}
			}
			return said
		})
}

// Dropped are the deliverables that each amendment drops.
func Dropped(ctx context.Context, db *store.DB, amendments []*ent.Amendment) ([][]*ent.Deliverable, error) {
	return named(amendments,
		func(a *ent.Amendment) []gid.ID { return a.Dropped },
		func(id gid.ID) gid.ID { return id },
		deliverablesIn(ctx, db),
		func(_ gid.ID, row *ent.Deliverable) *ent.Deliverable { return row })
}

// deliverablesIn reads deliverables by their ids.
func deliverablesIn(ctx context.Context, db *store.DB) func([]gid.ID) (map[gid.ID]*ent.Deliverable, error) {
	return func(ids []gid.ID) (map[gid.ID]*ent.Deliverable, error) {
		rows, err := db.Read.Deliverable.Query().Where(deliverable.IDIn(ids...)).All(ctx)
		return byID(rows, func(d *ent.Deliverable) gid.ID { return d.ID }), err
	}
}

func byID[R any](rows []R, id func(R) gid.ID) map[gid.ID]R {
	found := make(map[gid.ID]R, len(rows))
	for _, row := range rows {
		found[id(row)] = row
	}
	return found
}

// named reads what amendments name, all at once. Who sees an amendment sees the
// deliverables and the milestones of its work.
func named[N, R, V any](
	amendments []*ent.Amendment, names func(*ent.Amendment) []N, id func(N) gid.ID,
	read func([]gid.ID) (map[gid.ID]R, error), value func(N, R) V,
) ([][]V, error) {
	var ids []gid.ID
	for _, a := range amendments {
		if a != nil {
			for _, n := range names(a) {
				ids = append(ids, id(n))
			}
		}
	}
	rows, err := read(ids)
	if err != nil {
		return nil, err
	}
	values := make([][]V, len(amendments))
	for i, a := range amendments {
		if a != nil {
			values[i] = []V{}
			for _, n := range names(a) {
				if row, seen := rows[id(n)]; seen {
					values[i] = append(values[i], value(n, row))
				}
			}
		}
	}
	return values, nil
}
