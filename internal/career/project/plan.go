package project

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// Planned is the plan that PlanDeliverable made longer, and its new entry.
type Planned struct {
	MicroProjectID       gid.ID
	PlannedDeliverableID gid.ID
}

// entry is one deliverable of a plan.
type entry struct {
	title, criterion string
	dueOn            *calendar.Date
	isTeamwork       bool
}

// PlanDeliverable adds a deliverable to the end of a draft's plan.
func PlanDeliverable(ctx context.Context, db *store.DB, in PlanDeliverableInput) (Planned, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Planned, error) {
		p, s, err := weighed(ctx, tx, in.MicroProjectID)
		if err != nil {
			return Planned{}, err
		}
		if err := canPlan(viewer.From(ctx), p, s, in.ExpectedRevision); err != nil {
			return Planned{}, err
		}
		var r text.Reader
		e := readEntry(&r, "", PlannedDeliverableInput{in.Title, in.AcceptanceCriterion, in.DueOn, in.IsTeamwork}, termsOf(p, nil, nil))
		if err := r.Err(); err != nil {
			return Planned{}, err
		}
		// The plan is part of the project, so its revision counts this too.
		if err := move(ctx, p, tx.MicroProject.Update(), p.Status); err != nil {
			return Planned{}, err
		}
		added, err := place(tx, p, s.Planned+1, e).Save(ctx)
		if err != nil {
			return Planned{}, err
		}
		ids := map[string]gid.ID{"plannedDeliverable": added.ID}
		return Planned{p.ID, added.ID}, record(ctx, tx, p, event.DeliverablePlanned, ids)
	})
}

// readPlan reads the plan that comes with a draft.
func readPlan(r *text.Reader, in []*PlannedDeliverableInput, t terms) []entry {
	if len(in) > most {
		r.Refuse(fault.InvalidValue("deliverables", "Plan at most 20 deliverables."))
		return nil
	}
	plan := make([]entry, len(in))
	for i, d := range in {
		plan[i] = readEntry(r, at("deliverables", i)+".", *d, t)
	}
	return plan
}

func readEntry(r *text.Reader, path string, in PlannedDeliverableInput, t terms) entry {
	t.checkDue(r, path+"dueOn", in.DueOn)
	return entry{
		title:      r.Line(path+"title", in.Title, 3, 200),
		criterion:  r.Prose(path+"acceptanceCriterion", in.AcceptanceCriterion, 3, 2000),
		dueOn:      in.DueOn,
		isTeamwork: in.IsTeamwork,
	}
}

// appendPlan writes entries after the ones that are there.
func appendPlan(ctx context.Context, tx *store.Tx, p *ent.MicroProject, there int, plan []entry) error {
	var creates []*ent.PlannedDeliverableCreate
	for i, e := range plan {
		creates = append(creates, place(tx, p, there+i+1, e))
	}
	return tx.PlannedDeliverable.CreateBulk(creates...).Exec(ctx)
}

func place(tx *store.Tx, p *ent.MicroProject, position int, e entry) *ent.PlannedDeliverableCreate {
	return tx.PlannedDeliverable.Create().SetMicroProjectID(p.ID).SetEmployerOrgID(p.EmployerOrgID).
		SetPosition(position).SetTitle(e.title).SetAcceptanceCriterion(e.criterion).SetNillableDueOn(e.dueOn).SetIsTeamwork(e.isTeamwork)
}
