package hire

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
)

var keys = map[HireConversionOrderField]page.Key[*ent.HireConversion]{
	HireConversionsByProposedAt: {Column: hireconversion.FieldProposedAt, Value: func(h *ent.HireConversion) any { return h.ProposedAt }},
}

// List is a page of the hire conversions that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *HireConversionFilter, order *HireConversionOrder,
) (*HireConversionConnection, error) {
	q := db.Read.HireConversion.Query()
	if err := narrow(q, filter); err != nil {
		return nil, err
	}
	if order == nil {
		order = &HireConversionOrder{Field: HireConversionsByProposedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.HireConversion]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(h *ent.HireConversion) gid.ID { return h.ID },
	}, args)
}

func narrow(q *ent.HireConversionQuery, filter *HireConversionFilter) error {
	if filter == nil {
		return nil
	}
	if filter.Status != nil {
		q.Where(hireconversion.StatusIn(filter.Status...))
	}
	if filter.Kind != nil {
		q.Where(hireconversion.KindIn(filter.Kind...))
	}
	if filter.Talent != nil {
		ids := filter.Talent.IDs()
		if len(ids) > 100 {
			return &fault.Request{Code: fault.CodeInvalidInput, Message: "A filter names at most 100 ids."}
		}
		q.Where(hireconversion.TalentIDIn(ids...))
	}
	if span := filter.ProposedAt; span != nil && span.Gte != nil {
		q.Where(hireconversion.ProposedAtGTE(*span.Gte))
	}
	if span := filter.ProposedAt; span != nil && span.Lt != nil {
		q.Where(hireconversion.ProposedAtLT(*span.Lt))
	}
	return nil
}

// Currencies are the currencies in which the offers before each hire were paid,
// by hire. All who see a hire see its engagement and offer.
func Currencies(ctx context.Context, db *store.DB, hires []*ent.HireConversion) (map[gid.ID]string, error) {
	var ids []gid.ID
	for _, h := range hires {
		if h != nil {
			ids = append(ids, h.EngagementID)
		}
	}
	engagements, err := db.Read.Engagement.Query().Where(engagement.IDIn(ids...)).WithOffer().All(ctx)
	if err != nil {
		return nil, err
	}
	paid := make(map[gid.ID]string, len(engagements))
	for _, e := range engagements {
		if e.Edges.Offer != nil {
			paid[e.ID] = e.Edges.Offer.Currency
		}
	}
	currencies := make(map[gid.ID]string, len(hires))
	for _, h := range hires {
		if h != nil {
			currencies[h.ID] = paid[h.EngagementID]
		}
	}
	return currencies, nil
}
