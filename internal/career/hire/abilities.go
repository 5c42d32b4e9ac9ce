package hire

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// HireConversionAbilities is what the viewer may do with one of them now.
type HireConversionAbilities struct {
	Accept       *fault.Ability
	Decline      *fault.Ability
	ConfirmStart *fault.Ability
}

// Abilities says what the viewer may do with a hire conversion now.
func Abilities(v viewer.Viewer, h *ent.HireConversion, now time.Time) *HireConversionAbilities {
	return &HireConversionAbilities{
		Accept:       fault.AbilityOf(canAccept(v, h, h.Revision, now)),
		Decline:      fault.AbilityOf(can(v, h, "declineHireConversion", h.Revision)),
		ConfirmStart: fault.AbilityOf(canConfirm(v, h, h.Revision)),
	}
}

// ProposeAbilities says whether the viewer may propose a job after each
// engagement now.
func ProposeAbilities(ctx context.Context, db *store.DB, engagements []*ent.Engagement) ([]*fault.Ability, error) {
	var ids []gid.ID
	for _, e := range engagements {
		if e != nil && e.Status == engagement.StatusCompleted {
			ids = append(ids, e.ID)
		}
	}
	isLive := map[gid.ID]bool{}
	if len(ids) > 0 {
		rows, err := db.Read.HireConversion.Query().
			Where(hireconversion.EngagementIDIn(ids...), hireconversion.StatusIn(live...)).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, h := range rows {
			isLive[h.EngagementID] = true
		}
	}
	v := viewer.From(ctx)
	abilities := make([]*fault.Ability, len(engagements))
	for i, e := range engagements {
		if e != nil {
			abilities[i] = fault.AbilityOf(canPropose(v, e, isLive[e.ID]))
		}
	}
	return abilities, nil
}
