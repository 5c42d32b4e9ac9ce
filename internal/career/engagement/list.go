package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
)

var (
	offerKeys = map[OfferOrderField]page.Key[*ent.Offer]{
		OffersBySentAt:    {Column: offer.FieldSentAt, Value: func(o *ent.Offer) any { return o.SentAt }},
		OffersByUpdatedAt: {Column: offer.FieldUpdatedAt, Value: func(o *ent.Offer) any { return o.UpdatedAt }},
	}
	engagementKeys = map[EngagementOrderField]page.Key[*ent.Engagement]{
		EngagementsByCreatedAt: {Column: engagement.FieldCreatedAt, Value: func(e *ent.Engagement) any { return e.CreatedAt }},
		EngagementsByUpdatedAt: {Column: engagement.FieldUpdatedAt, Value: func(e *ent.Engagement) any { return e.UpdatedAt }},
	}
	deliverableKeys = map[DeliverableOrderField]page.Key[*ent.Deliverable]{
		DeliverablesByDueAt:     {Column: deliverable.FieldDueAt, Value: func(d *ent.Deliverable) any { return d.DueAt }},
		DeliverablesByUpdatedAt: {Column: deliverable.FieldUpdatedAt, Value: func(d *ent.Deliverable) any { return d.UpdatedAt }},
	}
)

// Offers is a page of the offers that the viewer may see.
func Offers(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *OfferFilter, order *OfferOrder,
) (*OfferConnection, error) {
	q := db.Read.Offer.Query()
	if filter != nil {
		if err := filter.narrow(ctx, q); err != nil {
			return nil, err
		}
	}
	if order == nil {
		order = &OfferOrder{Field: OffersBySentAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Offer]{
		Key: offerKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(o *ent.Offer) gid.ID { return o.ID },
	}, args)
}

func (f *OfferFilter) narrow(ctx context.Context, q *ent.OfferQuery) error {
	if err := page.Few(f.MicroProject, f.Talent); err != nil {
		return err
	}
	if f.Status != nil {
		q.Where(offer.StatusIn(f.Status...))
	}
	q.Where(
		page.Among(offer.FieldMicroProjectID, f.MicroProject),
		page.AmongSeen(ctx, offer.FieldTalentID, talentprofile.Table, ent.TypeTalentProfile, f.Talent),
		page.During(offer.FieldSentAt, f.SentAt),
		page.During(offer.FieldUpdatedAt, f.UpdatedAt),
	)
	return nil
}

// List is a page of the engagements that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *EngagementFilter, order *EngagementOrder,
) (*EngagementConnection, error) {
	q := db.Read.Engagement.Query()
	if filter != nil {
		if err := filter.narrow(ctx, q); err != nil {
			return nil, err
		}
	}
	if order == nil {
		order = &EngagementOrder{Field: EngagementsByCreatedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Engagement]{
		Key: engagementKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(e *ent.Engagement) gid.ID { return e.ID },
	}, args)
}

func (f *EngagementFilter) narrow(ctx context.Context, q *ent.EngagementQuery) error {
	if err := page.Few(f.MicroProject, f.Talent); err != nil {
		return err
	}
	if f.Status != nil {
		q.Where(engagement.StatusIn(f.Status...))
	}
	q.Where(
		page.Among(engagement.FieldMicroProjectID, f.MicroProject),
		page.AmongSeen(ctx, engagement.FieldTalentID, talentprofile.Table, ent.TypeTalentProfile, f.Talent),
		page.During(engagement.FieldCreatedAt, f.CreatedAt),
		page.During(engagement.FieldUpdatedAt, f.UpdatedAt),
	)
	return nil
}

// Deliverables is a page of the deliverables that the viewer may see.
func Deliverables(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *DeliverableFilter, order *DeliverableOrder,
) (*DeliverableConnection, error) {
	q := db.Read.Deliverable.Query()
	if filter != nil {
		if err := filter.narrow(q); err != nil {
			return nil, err
		}
	}
	if order == nil {
		order = &DeliverableOrder{Field: DeliverablesByDueAt, Direction: page.Ascending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Deliverable]{
		Key: deliverableKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(d *ent.Deliverable) gid.ID { return d.ID },
	}, args)
}

func (f *DeliverableFilter) narrow(q *ent.DeliverableQuery) error {
	if err := page.Few(f.Engagement); err != nil {
		return err
	}
	if f.Status != nil {
		q.Where(deliverable.StatusIn(f.Status...))
	}
	q.Where(
		page.Among(deliverable.FieldEngagementID, f.Engagement),
		page.During(deliverable.FieldDueAt, f.DueAt),
		page.During(deliverable.FieldUpdatedAt, f.UpdatedAt),
	)
	return nil
}
