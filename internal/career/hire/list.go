package hire

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
)

var keys = map[HireConversionOrderField]page.Key[*ent.HireConversion]{
	HireConversionsByProposedAt: {Column: hireconversion.FieldProposedAt, Value: func(h *ent.HireConversion) any { return h.ProposedAt }},
	HireConversionsByUpdatedAt:  {Column: hireconversion.FieldUpdatedAt, Value: func(h *ent.HireConversion) any { return h.UpdatedAt }},
}

// List is a page of the hire conversions that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *HireConversionFilter, order *HireConversionOrder,
) (*HireConversionConnection, error) {
	q := db.Read.HireConversion.Query()
	if filter != nil {
		if err := filter.narrow(q); err != nil {
			return nil, err
		}
	}
	if order == nil {
		order = &HireConversionOrder{Field: HireConversionsByProposedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.HireConversion]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(h *ent.HireConversion) gid.ID { return h.ID },
	}, args)
}

func (f *HireConversionFilter) narrow(q *ent.HireConversionQuery) error {
	if err := page.Few(f.Talent); err != nil {
		return err
	}
	if f.Status != nil {
		q.Where(hireconversion.StatusIn(f.Status...))
	}
	if f.Kind != nil {
		q.Where(hireconversion.KindIn(f.Kind...))
	}
	q.Where(
		page.Among(hireconversion.FieldTalentID, f.Talent),
		page.During(hireconversion.FieldProposedAt, f.ProposedAt),
		page.During(hireconversion.FieldUpdatedAt, f.UpdatedAt),
	)
	return nil
}

// ConversionFees are what each hire costs: nothing, in the currency in which the
// offer before it was paid. All who see a hire see its engagement and offer.
func ConversionFees(ctx context.Context, db *store.DB, hires []*ent.HireConversion) ([]*money.Money, error) {
	ids := gid.Of(hires, func(h *ent.HireConversion) gid.ID { return h.EngagementID })
	engagements, err := db.Read.Engagement.Query().Where(engagement.IDIn(ids...)).WithOffer().All(ctx)
	if err != nil {
		return nil, err
	}
	paid := make(map[gid.ID]money.Currency, len(engagements))
	for _, e := range engagements {
		if e.Edges.Offer != nil {
			paid[e.ID] = money.Currency(e.Edges.Offer.Currency)
		}
	}
	fees := make([]*money.Money, len(hires))
	for i, h := range hires {
		if h != nil {
			fees[i] = &money.Money{Currency: paid[h.EngagementID]}
		}
	}
	return fees, nil
}
