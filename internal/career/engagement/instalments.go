package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	entmilestone "github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/gen/ent/planneddeliverable"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
)

// readMilestones checks how a fee is split, against the plan of the project.
func readMilestones(
	ctx context.Context, tx *store.Tx, in []*milestone.MilestoneInput, project gid.ID, terms milestone.Terms,
) (planned []milestone.Planned, err error) {
	if len(in) == 0 {
		return nil, nil
	}
	if terms.Deliverables, err = planFor(ctx, tx, project); err != nil {
		return nil, err
	}
	return milestone.Read(in, terms)
}

// replan splits the fee of an offer anew, or keeps how it is split where nothing is
// said of it.
func replan(ctx context.Context, tx *store.Tx, o *ent.Offer, in ReviseOfferInput) error {
	terms := milestone.Terms{Fee: FeeOf(o), StartsOn: in.StartsOn, EndsOn: in.EndsOn, IsHourly: worklog.HourlyRate(o) != nil}
	if in.Milestones == nil {
		kept, err := milestone.Of(ctx, tx, o.ID, entmilestone.StatusPlanned)
		if err != nil {
			return err
		}
		return milestone.CanKeep(kept, terms)
	}
	planned, err := readMilestones(ctx, tx, in.Milestones, o.MicroProjectID, terms)
	if err != nil {
		return err
	}
	return milestone.Replan(ctx, tx, o, planned)
}

// payEarned releases the instalments of locked work whose deliverables are accepted
// or not wanted any more.
func payEarned(ctx context.Context, tx *store.Tx, e *ent.Engagement) error {
	funded, err := milestone.Of(ctx, tx, e.OfferID, entmilestone.StatusFunded)
	if err != nil || len(funded) == 0 {
		return err
	}
	deliverables, err := tx.Deliverable.Query().Where(deliverable.EngagementID(e.ID)).All(ctx)
	if err != nil {
		return err
	}
	for _, m := range milestone.Earned(funded, deliverables) {
		if err := payment.PayInstalment(ctx, tx, m); err != nil {
			return err
		}
	}
	return nil
}

// annexOf states the milestones of an accepted offer.
func annexOf(ctx context.Context, tx *store.Tx, o *ent.Offer) (string, error) {
	all, err := milestone.Of(ctx, tx, o.ID, entmilestone.StatusFunded)
	if err != nil || len(all) == 0 {
		return "", err
	}
	plan, err := planFor(ctx, tx, o.MicroProjectID)
	return milestone.Annex(all, plan), err
}

// planFor reads what a project plans to have handed in, in order.
func planFor(ctx context.Context, tx *store.Tx, project gid.ID) ([]*ent.PlannedDeliverable, error) {
	return tx.PlannedDeliverable.Query().Where(planneddeliverable.MicroProjectID(project)).
		Order(ent.Asc(planneddeliverable.FieldPosition)).All(ctx)
}
