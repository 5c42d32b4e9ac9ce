package reference

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/reference"
	"github.com/rung-dev/rung/ent/gen/ent/thankyounote"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// ReferenceAbilities is what the viewer may do with one of them now.
type ReferenceAbilities struct {
	Give     *fault.Ability
	Decline  *fault.Ability
	Withdraw *fault.Ability
	Show     *fault.Ability
	Hide     *fault.Ability
	Retract  *fault.Ability
}

// Abilities says what the viewer may do with a reference now.
func Abilities(v viewer.Viewer, r *ent.Reference, now time.Time) *ReferenceAbilities {
	return &ReferenceAbilities{
		Give:     fault.AbilityOf(canAnswer(v, r, "giveReference", r.Revision, now)),
		Decline:  fault.AbilityOf(canAnswer(v, r, "declineReference", r.Revision, now)),
		Withdraw: fault.AbilityOf(can(v, r, "withdrawReferenceRequest", r.Revision)),
		Show:     fault.AbilityOf(canShow(v, r, r.Revision)),
		Hide:     fault.AbilityOf(canHide(v, r, r.Revision)),
		Retract:  fault.AbilityOf(can(v, r, "retractReference", r.Revision)),
	}
}

// RequestAbilities says whether the viewer may ask for a reference after each
// engagement now.
func RequestAbilities(ctx context.Context, db *store.DB, engagements []*ent.Engagement) ([]*fault.Ability, error) {
	asked := map[gid.ID][]*ent.Reference{}
	if ids := completed(engagements); len(ids) > 0 {
		rows, err := db.Read.Reference.Query().Where(reference.EngagementIDIn(ids...)).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			asked[r.EngagementID] = append(asked[r.EngagementID], r)
		}
	}
	return able(engagements, func(e *ent.Engagement) error { return canRequest(viewer.From(ctx), e, asked[e.ID]) }), nil
}

// ThankAbilities says whether the viewer may thank the other side of each
// engagement now.
func ThankAbilities(ctx context.Context, db *store.DB, engagements []*ent.Engagement) ([]*fault.Ability, error) {
	v, own := viewer.From(ctx), thankyounote.SentByEmployer
	if !v.Talent.IsNone() {
		own = thankyounote.SentByTalent
	}
	hasThanked := map[gid.ID]bool{}
	if ids := completed(engagements); len(ids) > 0 {
		notes, err := db.Read.ThankYouNote.Query().Where(thankyounote.EngagementIDIn(ids...), thankyounote.SentByEQ(own)).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, n := range notes {
			hasThanked[n.EngagementID] = true
		}
	}
	return able(engagements, func(e *ent.Engagement) error { return canThank(v, e, hasThanked[e.ID]) }), nil
}

func completed(engagements []*ent.Engagement) []gid.ID {
	var ids []gid.ID
	for _, e := range engagements {
		if e != nil && e.Status == engagement.StatusCompleted {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

func able(engagements []*ent.Engagement, can func(*ent.Engagement) error) []*fault.Ability {
	abilities := make([]*fault.Ability, len(engagements))
	for i, e := range engagements {
		if e != nil {
			abilities[i] = fault.AbilityOf(can(e))
		}
	}
	return abilities
}
