package amendment

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/amendment"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
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
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	all := make([]*AmendmentAbilities, len(amendments))
	for i, a := range amendments {
		if a != nil {
			all[i] = &AmendmentAbilities{
				Accept:   fault.AbilityOf(canAccept(v, a, works[a.EngagementID], a.Revision, now)),
				Decline:  fault.AbilityOf(canAnswer(v, a, "declineAmendment", a.Revision)),
				Withdraw: fault.AbilityOf(canWithdraw(v, a, a.Revision)),
			}
		}
	}
	return all, nil
}

// readWorks reads the engagements with what is handed in for them.
func readWorks(ctx context.Context, db *store.DB, ids []gid.ID) (map[gid.ID]work, error) {
	works := make(map[gid.ID]work, len(ids))
	if len(ids) == 0 {
		return works, nil
	}
	engagements, err := db.Read.Engagement.Query().Where(engagement.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	deliverables, err := db.Read.Deliverable.Query().Where(deliverable.EngagementIDIn(ids...)).All(ctx)
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
		works[e.ID] = w
	}
	return works, nil
}

// ProposeAbilities says whether the viewer may propose to change each engagement
// now.
func ProposeAbilities(ctx context.Context, db *store.DB, engagements []*ent.Engagement) ([]*fault.Ability, error) {
	var ids []gid.ID
	for _, e := range engagements {
		if e != nil && (e.Status == engagement.StatusActive || e.Status == engagement.StatusPaused) {
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
	var ids []gid.ID
	for _, e := range engagements {
		if e != nil {
			ids = append(ids, e.OfferID)
		}
	}
	rows, err := db.Read.Offer.Query().Where(offer.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	offers := make(map[gid.ID]*ent.Offer, len(rows))
	for _, o := range rows {
		offers[o.ID] = o
	}
	hours := make([]int, len(engagements))
	for i, e := range engagements {
		if e != nil && offers[e.OfferID] != nil {
			hours[i] = worklog.AgreedHours(e, offers[e.OfferID])
		}
	}
	return hours, nil
}
