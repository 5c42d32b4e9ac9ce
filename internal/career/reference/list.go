package reference

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/reference"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
)

var keys = map[ReferenceOrderField]page.Key[*ent.Reference]{
	ReferencesByRequestedAt: {Column: reference.FieldRequestedAt, Value: func(r *ent.Reference) any { return r.RequestedAt }},
	ReferencesByUpdatedAt:   {Column: reference.FieldUpdatedAt, Value: func(r *ent.Reference) any { return r.UpdatedAt }},
}

// List is a page of the references that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *ReferenceFilter, order *ReferenceOrder,
) (*ReferenceConnection, error) {
	q := db.Read.Reference.Query()
	if filter != nil {
		if err := filter.narrow(q); err != nil {
			return nil, err
		}
	}
	return page.Of(ctx, seal, q, listed(order, filter), args)
}

// Under is a page of what was said for each talent.
func Under(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *TalentReferenceFilter, order *ReferenceOrder, talents []gid.ID,
) ([]*ReferenceConnection, error) {
	only := filter.On(reference.FieldUpdatedAt)
	return page.Under(ctx, seal, db.Read.Reference.Query().Where(only), listed(order, filter), args, page.Parent[*ent.Reference]{
		Table: reference.Table, Kind: ent.TypeReference, Column: reference.FieldTalentID,
		Of: func(r *ent.Reference) gid.ID { return r.TalentID }, Only: only,
	}, talents)
}

func listed(order *ReferenceOrder, filter any) page.List[*ent.Reference] {
	if order == nil {
		order = &ReferenceOrder{Field: ReferencesByRequestedAt}
	}
	return page.List[*ent.Reference]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(r *ent.Reference) gid.ID { return r.ID },
	}
}

func (f *ReferenceFilter) narrow(q *ent.ReferenceQuery) error {
	if err := page.Few(f.Talent, f.Engagement); err != nil {
		return err
	}
	if f.Status != nil {
		q.Where(reference.StatusIn(f.Status...))
	}
	q.Where(
		page.Among(reference.FieldTalentID, f.Talent),
		page.Among(reference.FieldEngagementID, f.Engagement),
		page.During(reference.FieldUpdatedAt, f.UpdatedAt),
	)
	return nil
}
