package amendment

import (
	"cmp"
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/amendment"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// AmendmentAbilities is what the viewer may do with one of them now.
type AmendmentAbilities struct {
	Accept   *fault.Ability
	Decline  *fault.Ability
	Withdraw *fault.Ability
}

// Abilities says what the viewer may do with each amendment now.
func Abilities(ctx context.Context, db *store.DB, amendments []*ent.Amendment) ([]*AmendmentAbilities, error) {
	var ids []gid.ID
	for _, a := range amendments {
		if a != nil && a.Status == amendment.StatusProposed {
			ids = append(ids, a.EngagementID)
		}
	}
	works, err := readWorks(ctx, db, ids)
	if err != nil {
		return nil, err
	}
	unpaid, err := unpaidOf(ctx, db, amendments, works)
	if err != nil {
		return nil, err
	}
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	all := make([]*AmendmentAbilities, len(amendments))
	for i, a := range amendments {
		if a != nil {
			all[i] = &AmendmentAbilities{
				Accept:   fault.AbilityOf(cmp.Or(canAccept(v, a, works[a.EngagementID], a.Revision, now), unpaid[i])),
				Decline:  fault.AbilityOf(canAnswer(v, a, "declineAmendment", a.Revision)),
				Withdraw: fault.AbilityOf(canWithdraw(v, a, a.Revision)),
			}
		}
	}
	return all, nil
}

// unpaidOf says of each amendment that waits for an answer what keeps its funding
// pool from adding to the fee, or nil.
func unpaidOf(ctx context.Context, db *store.DB, amendments []*ent.Amendment, works map[gid.ID]work) ([]error, error) {
	records, added := make([]*ent.PaymentRecord, len(amendments)), make([]money.Money, len(amendments))
	for i, a := range amendments {
		if a != nil && a.Status == amendment.StatusProposed && a.AddedFeeMinor != nil {
			records[i], added[i] = works[a.EngagementID].money, *AddedFee(a)
		}
	}
	return payment.WouldRaise(ctx, db, records, added)
}

// readWorks reads the engagements with what is handed in and paid for them, as far
// as the viewer sees it.
func readWorks(ctx context.Context, db *store.DB, ids []gid.ID) (map[gid.ID]work, error) {
	works := make(map[gid.ID]work, len(ids))
	if len(ids) == 0 {
		return works, nil
	}
	engagements, err := db.Read.Engagement.Query().Where(entengagement.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	offers := gid.Of(engagements, func(e *ent.Engagement) gid.ID { return e.OfferID })
	deliverables, err := db.Read.Deliverable.Query().Where(deliverable.EngagementIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	milestones, err := db.Read.Milestone.Query().Where(milestone.OfferIDIn(offers...)).All(ctx)
	if err != nil {
		return nil, err
	}
	records, err := db.Read.PaymentRecord.Query().Where(paymentrecord.SubjectIDIn(offers...)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range engagements {
		w := work{engagement: e}
		for _, d := range deliverables {
			if d.EngagementID == e.ID {
				w.deliverables = append(w.deliverables, d)
			}
		}
		for _, m := range milestones {
			if m.OfferID == e.OfferID {
				w.milestones = append(w.milestones, m)
			}
		}
		if i := slices.IndexFunc(records, func(p *ent.PaymentRecord) bool { return p.SubjectID == e.OfferID }); i >= 0 {
			w.money = records[i]
		}
		works[e.ID] = w
	}
	return works, nil
}

// ProposeAbilities says whether the viewer may propose to change each engagement
// now.
func ProposeAbilities(ctx context.Context, db *store.DB, engagements []*ent.Engagement) ([]*fault.Ability, error) {
	var ids []gid.ID
	for _, e := range engagements {
		if e != nil && (e.Status == entengagement.StatusActive || e.Status == entengagement.StatusPaused) {
			ids = append(ids, e.ID)
		}
	}
	before := map[gid.ID][]*ent.Amendment{}
	if len(ids) > 0 {
		rows, err := db.Read.Amendment.Query().Where(amendment.EngagementIDIn(ids...)).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, a := range rows {
			before[a.EngagementID] = append(before[a.EngagementID], a)
		}
	}
	v := viewer.From(ctx)
	abilities := make([]*fault.Ability, len(engagements))
	for i, e := range engagements {
		if e != nil {
			abilities[i] = fault.AbilityOf(canPropose(v, e, before[e.ID], e.Revision))
		}
	}
	return abilities, nil
}

// HoursOf are the hours agreed on for each engagement.
func HoursOf(ctx context.Context, db *store.DB, engagements []*ent.Engagement) ([]int, error) {
	return agreed(ctx, db, engagements, worklog.AgreedHours)
}

// FeesOf are what each engagement pays in all, as it is agreed on now.
func FeesOf(ctx context.Context, db *store.DB, engagements []*ent.Engagement) ([]*money.Money, error) {
	return agreed(ctx, db, engagements, func(e *ent.Engagement, o *ent.Offer) *money.Money {
		return new(engagement.AgreedFee(e, o))
	})
}

// agreed is what engagements agree on by their offers.
func agreed[V any](
	ctx context.Context, db *store.DB, engagements []*ent.Engagement, value func(*ent.Engagement, *ent.Offer) V,
) ([]V, error) {
	ids := gid.Of(engagements, func(e *ent.Engagement) gid.ID { return e.OfferID })
	rows, err := db.Read.Offer.Query().Where(offer.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	offers := make(map[gid.ID]*ent.Offer, len(rows))
	for _, o := range rows {
		offers[o.ID] = o
	}
	values := make([]V, len(engagements))
	for i, e := range engagements {
		if e != nil && offers[e.OfferID] != nil {
			values[i] = value(e, offers[e.OfferID])
		}
	}
	return values, nil
}
