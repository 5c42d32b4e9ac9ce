package engagement

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
)

// settleDispute does what a resolution says: the work goes on where it stood, or
// it ends, and the money is shared.
func settleDispute(ctx context.Context, tx *store.Tx, q quarrel, r resolution, by engagement.TerminatedBy) error {
	if r.workGoesOn {
		if err := payment.Keep(ctx, tx, q.offer.ID, r.releasedMinor); err != nil {
			return err
		}
		return goBack(ctx, tx, q)
	}
	if !hasEnded(q.work) {
		if err := endDisputed(ctx, tx, q, by); err != nil {
			return err
		}
	}
	return payment.Settle(ctx, tx, q.offer.ID, r.releasedMinor)
}

// endDisputed ends work for good that a dispute had interrupted.
func endDisputed(ctx context.Context, tx *store.Tx, q quarrel, by engagement.TerminatedBy) error {
	const reason = "The dispute about it was settled."
	parties, err := application.Parties(ctx, tx, q.work.EmployerOrgID, q.work.TalentID)
	if err != nil {
		return err
	}
	if err := endBy(ctx, tx, q.work, string(event.EngagementTerminated), by, reason, parties); err != nil {
		return err
	}
	if !hasStarted(q.work) {
		return vacate(ctx, tx, q.offer, q.work, reason, parties)
	}
	_, err = cancelOpen(ctx, tx, q.work, parties)
	return err
}

// goBack lets disputed work go on where it stood, with its times begun anew.
func goBack(ctx context.Context, tx *store.Tx, q quarrel) error {
	e, prior := q.work, engagement.Status(q.dispute.PriorStatus)
	parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
	if err != nil {
		return err
	}
	update := tx.Engagement.Update().Where(engagement.ID(e.ID), engagement.Revision(e.Revision)).SetStatus(prior)
	var kind job.Kind
	var at time.Time
	switch prior {
	case engagement.StatusPendingGates, engagement.StatusReady:
		kind, at = Lapse, handInBy(e, tx.Now)
	case engagement.StatusActive, engagement.StatusPaused:
		kind, at = MissEnd, handInBy(e, tx.Now)
		update.SetHandInBy(at)
	case engagement.StatusIncomplete:
		kind, at = CloseIncomplete, tx.Now.Add(reopenTime)
		update.SetReopenBy(at)
	}
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	if err := record(ctx, tx, e, event.EngagementSettled, parties); err != nil {
		return err
	}
	if kind != "" {
		if err := job.At(ctx, tx, kind, e.ID, at); err != nil {
			return err
		}
	}
	return awaitAnew(ctx, tx, e.ID, parties)
}

// awaitAnew begins anew the time for what work that goes on waits for.
func awaitAnew(ctx context.Context, tx *store.Tx, id gid.ID, parties []gid.ID) error {
	e, err := tx.Engagement.Get(ctx, id)
	if err != nil {
		return err
	}
	if !hasStarted(e) {
		return passGates(ctx, tx, e, parties)
	}
	waiting, err := handedIn(ctx, tx, e)
	if err != nil {
		return err
	}
	for _, d := range waiting {
		update := tx.Deliverable.Update().Where(deliverable.ID(d.ID), deliverable.Revision(d.Revision)).SetDecideFrom(tx.Now)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return err
		}
		if err := awaitDecision(ctx, tx, d); err != nil {
			return err
		}
	}
	return awaitCompletion(ctx, tx, e)
}

// vacate undoes what was agreed before the work started, but for the money.
func vacate(ctx context.Context, tx *store.Tx, o *ent.Offer, e *ent.Engagement, reason string, parties []gid.ID) error {
	if err := voidOffer(ctx, tx, o, reason, parties); err != nil {
		return err
	}
	if err := project.FreeSeat(ctx, tx, e.MicroProjectID); err != nil {
		return err
	}
	// The other seats of a project under way may all have ended.
	return project.WorkEnded(ctx, tx, e.MicroProjectID)
}

// cancelOpen cancels what is still open of work under way, and reports whether
// anything was ever handed in.
func cancelOpen(ctx context.Context, tx *store.Tx, e *ent.Engagement, parties []gid.ID) (worked bool, err error) {
	deliverables, err := tx.Deliverable.Query().Where(deliverable.EngagementID(e.ID), store.Locked).
		Order(ent.Asc(deliverable.FieldID)).All(ctx)
	if err != nil {
		return false, err
	}
	for _, d := range deliverables {
		worked = worked || d.SubmissionCount > 0
		if d.Status == deliverable.StatusAccepted || d.Status == deliverable.StatusCancelled {
			continue
		}
		if err := stepDeliverable(ctx, tx, d, string(event.DeliverableCancelled), parties, nil); err != nil {
			return false, err
		}
		if err := endDecision(ctx, tx, d.ID); err != nil {
			return false, err
		}
	}
	return worked, project.WorkEnded(ctx, tx, e.MicroProjectID)
}
