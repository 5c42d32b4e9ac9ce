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
	Accept        *fault.Ability
	Decline       *fault.Ability
	ConfirmStart  *fault.Ability
	Withdraw      *fault.Ability
	RecordOutcome *fault.Ability
}

// AfterWork is what the viewer may say of a job after an engagement now.
type AfterWork struct {
	Signal  *fault.Ability
	Propose *fault.Ability
	Report  *fault.Ability
}

// Abilities says what the viewer may do with a hire conversion now.
func Abilities(v viewer.Viewer, h *ent.HireConversion, now time.Time) *HireConversionAbilities {
	return &HireConversionAbilities{
		Accept:        fault.AbilityOf(canAccept(v, h, h.Revision, now)),
		Decline:       fault.AbilityOf(can(v, h, "declineHireConversion", h.Revision)),
		ConfirmStart:  fault.AbilityOf(canConfirm(v, h, h.Revision)),
		Withdraw:      fault.AbilityOf(can(v, h, "withdrawHireConversion", h.Revision)),
		RecordOutcome: fault.AbilityOf(can(v, h, "recordHireOutcome", h.Revision)),
	}
}

// EngagementAbilities says what the viewer may say of a job after each
// engagement now.
func EngagementAbilities(ctx context.Context, db *store.DB, engagements []*ent.Engagement) ([]*AfterWork, error) {
	hires, err := hiresAfter(ctx, db, engagements)
	if err != nil {
		return nil, err
	}
	said, err := saidOf(ctx, db, hires)
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	abilities := make([]*AfterWork, len(engagements))
	for i, e := range engagements {
		if e == nil {
			continue
		}
		h := hires[e.ID]
		var reports []*ent.HireReport
		if h != nil {
			reports = said[h.ID]
		}
		abilities[i] = &AfterWork{
			Signal: fault.AbilityOf(canSignal(v, e, h)), Propose: fault.AbilityOf(canPropose(v, e, h)),
			Report: fault.AbilityOf(canSpeak(v, e, h, reports)),
		}
	}
	return abilities, nil
}

// canSpeak: for one of the viewer's sources at least.
func canSpeak(v viewer.Viewer, e *ent.Engagement, h *ent.HireConversion, said []*ent.HireReport) error {
	var err error
	for _, source := range voices(v) {
		if err = canReport(v, e, h, said, source); err == nil {
			return nil
		}
	}
	return err
}

// hiresAfter are the jobs that live after engagements.
func hiresAfter(ctx context.Context, db *store.DB, engagements []*ent.Engagement) (map[gid.ID]*ent.HireConversion, error) {
	var ids []gid.ID
	for _, e := range engagements {
		if e != nil && e.Status == engagement.StatusCompleted {
			ids = append(ids, e.ID)
		}
	}
	hires := map[gid.ID]*ent.HireConversion{}
	if len(ids) == 0 {
		return hires, nil
	}
	rows, err := db.Read.HireConversion.Query().
		Where(hireconversion.EngagementIDIn(ids...), hireconversion.StatusIn(live...)).All(ctx)
	for _, h := range rows {
		hires[h.EngagementID] = h
	}
	return hires, err
}

// saidOf is what was said of each of some jobs.
func saidOf(ctx context.Context, db *store.DB, hires map[gid.ID]*ent.HireConversion) (map[gid.ID][]*ent.HireReport, error) {
	said := map[gid.ID][]*ent.HireReport{}
	if len(hires) == 0 {
		return said, nil
	}
	var ids []gid.ID
	for _, h := range hires {
		ids = append(ids, h.ID)
	}
	reports, err := Sources(ctx, db, ids)
	for _, r := range reports {
		said[r.HireConversionID] = append(said[r.HireConversionID], r)
	}
	return said, err
}
