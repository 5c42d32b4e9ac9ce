package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// ConfirmKickOff records what supervisor and talent agreed. It may be the last
// gate.
func ConfirmKickOff(ctx context.Context, db *store.DB, in ConfirmKickOffInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := application.LockEngagement(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := canKickOff(v, e, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		plan, err := planFor(ctx, tx, e.MicroProjectID)
		if err != nil {
			return gid.None, err
		}
		a, err := readKickOff(in, e, plan)
		if err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return gid.None, err
		}
		err = step(ctx, tx, e, "confirmKickOff", parties, func(update *ent.EngagementUpdate) {
			update.SetKickedOffAt(tx.Now).SetKickedOffByID(v.Person).SetCommunication(a.communication).
				SetTimeZone(string(a.zone)).SetDueDays(a.dueDays)
		})
		if err != nil {
			return gid.None, err
		}
		if e, err = tx.Engagement.Get(ctx, e.ID); err != nil {
			return gid.None, err
		}
		return e.ID, passGates(ctx, tx, e, parties)
	})
}

// StartEngagement begins the work: the project's plan becomes the engagement's
// deliverables.
func StartEngagement(ctx context.Context, db *store.DB, in StartEngagementInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := application.LockEngagement(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		if err := canStart(viewer.From(ctx), e, tx.Now, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		if err := canTakeOn(ctx, tx.Client); err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return gid.None, err
		}
		err = step(ctx, tx, e, "startEngagement", parties, func(update *ent.EngagementUpdate) {
			update.SetStartedAt(tx.Now).SetHandInBy(handInBy(e, tx.Now))
		})
		if err != nil {
			return gid.None, err
		}
		if err := job.Unset(ctx, tx, Lapse, e.ID); err != nil {
			return gid.None, err
		}
		if err := job.At(ctx, tx, MissEnd, e.ID, handInBy(e, tx.Now)); err != nil {
			return gid.None, err
		}
		if err := copyPlan(ctx, tx, e); err != nil {
			return gid.None, err
		}
		return e.ID, project.WorkStarted(ctx, tx, e.MicroProjectID)
	})
}

func copyPlan(ctx context.Context, tx *store.Tx, e *ent.Engagement) error {
	plan, err := planFor(ctx, tx, e.MicroProjectID)
	if err != nil {
		return err
	}
	copies := make([]*ent.DeliverableCreate, 0, len(plan))
	for _, p := range plan {
		copies = append(copies, tx.Deliverable.Create().SetWorldID(e.WorldID).SetOwnerOrgID(e.EmployerOrgID).
			SetEmployerOrgID(e.EmployerOrgID).SetEngagementID(e.ID).SetPlannedDeliverableID(p.ID).SetTalentID(e.TalentID).
			SetPosition(p.Position).SetTitle(p.Title).SetAcceptanceCriterion(p.AcceptanceCriterion).
			SetIsTeamwork(p.IsTeamwork).SetDecisionDays(e.DecisionDays).SetDueAt(dueAt(e, p)).SetStatus(deliverable.StatusPlanned))
	}
	return tx.Deliverable.CreateBulk(copies...).Exec(ctx)
}

// Settled is the work that ended and the money it moved.
type Settled struct {
	EngagementID    gid.ID
	PaymentRecordID gid.ID
}

// CompleteEngagement ends the work well and releases the money.
func CompleteEngagement(ctx context.Context, db *store.DB, in CompleteEngagementInput) (Settled, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Settled, error) {
		e, err := application.LockEngagement(ctx, tx, in.EngagementID)
		if err != nil {
			return Settled{}, err
		}
		deliverables, err := tx.Deliverable.Query().Where(deliverable.EngagementID(e.ID)).All(ctx)
		if err != nil {
			return Settled{}, err
		}
		tallies, err := worklog.Tallies(ctx, tx.Client, e)
		if err != nil {
			return Settled{}, err
		}
		if err := canComplete(viewer.From(ctx), e, left(undecided(deliverables), e, tallies, tx.Now), in.ExpectedRevision); err != nil {
			return Settled{}, err
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return Settled{}, err
		}
		if err := job.Unset(ctx, tx, AutoComplete, e.ID); err != nil {
			return Settled{}, err
		}
		paid, err := complete(ctx, tx, e, "completeEngagement", parties)
		return Settled{e.ID, paid}, err
	})
}

// complete ends the work well, whoever says so, and names the money it released.
func complete(ctx context.Context, tx *store.Tx, e *ent.Engagement, verb string, parties []gid.ID) (paid gid.ID, err error) {
	err = step(ctx, tx, e, verb, parties, func(update *ent.EngagementUpdate) { update.SetCompletedAt(tx.Now) })
	if err != nil {
		return gid.None, err
	}
	if err := awaitEvaluations(ctx, tx, e.ID); err != nil {
		return gid.None, err
	}
	if err := project.WorkEnded(ctx, tx, e.MicroProjectID); err != nil {
		return gid.None, err
	}
	return pay(ctx, tx, e)
}

// pay releases the fee or, by the hour, so much of it as the approved hours earn;
// the rest goes back.
func pay(ctx context.Context, tx *store.Tx, e *ent.Engagement) (gid.ID, error) {
	o, err := tx.Offer.Get(ctx, e.OfferID)
	if err != nil {
		return gid.None, err
	}
	rate := worklog.HourlyRate(o)
	if rate == nil {
		return payment.Release(ctx, tx, o.ID)
	}
	tallies, err := worklog.Tallies(ctx, tx.Client, e)
	if err != nil {
		return gid.None, err
	}
	return payment.PayUpTo(ctx, tx, o.ID, rate.Times(tallies[e.ID].ApprovedMinutes).Minor)
}

// kinds names the event of each verb that moves an engagement; Rung's own rows
// are named by theirs.
var kinds = map[string]event.Kind{
	"confirmKickOff":      event.EngagementKickedOff,
	"startEngagement":     event.EngagementStarted,
	"completeEngagement":  event.EngagementCompleted,
	"terminateEngagement": event.EngagementTerminated,
	"pauseEngagement":     event.EngagementPaused,
	"resumeEngagement":    event.EngagementResumed,
	"reopenEngagement":    event.EngagementReopened,
}

// step moves a locked engagement where the verb leads, with whatever else
// changes on it, and records it. Its caller has judged the verb.
func step(
	ctx context.Context, tx *store.Tx, e *ent.Engagement, verb string, parties []gid.ID, also func(*ent.EngagementUpdate),
) error {
	update := tx.Engagement.Update().Where(engagement.ID(e.ID), engagement.Revision(e.Revision))
	if to := EngagementStates.Verb(verb).To; to != "" {
		update.SetStatus(to)
	}
	if also != nil {
		also(update)
	}
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	kind, own := kinds[verb]
	if !own {
		kind = event.Kind(verb)
	}
	return record(ctx, tx, e, kind, parties)
}

func record(ctx context.Context, tx *store.Tx, e *ent.Engagement, kind event.Kind, parties []gid.ID) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: e.ID,
		IDs: map[string]gid.ID{
			"offer": e.OfferID, "microProject": e.MicroProjectID, "talent": e.TalentID, "employer": e.EmployerOrgID,
		},
		Parties: parties,
	})
}
