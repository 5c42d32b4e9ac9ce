// Package hire is about jobs that grow out of the work: an employer proposes
// one to a talent whose engagement was completed, both say when it started, and
// whoever knows says how long it lasted.
package hire

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	queue "github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// live are the statuses that leave no room for another job after the same work.
var live = []hireconversion.Status{
	hireconversion.StatusInterested, hireconversion.StatusProposed, hireconversion.StatusAccepted,
	hireconversion.StatusStarted, hireconversion.StatusRetainedOneYear, hireconversion.StatusRetainedFiveYears,
}

// ProposeHireConversion proposes a job to a talent whose work was completed.
func ProposeHireConversion(ctx context.Context, db *store.DB, in ProposeHireConversionInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, h, err := lockWork(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		if err := canPropose(viewer.From(ctx), e, h); err != nil {
			return gid.None, err
		}
		j, err := readJob(in, calendar.On(tx.Now))
		if err != nil {
			return gid.None, err
		}
		if h == nil {
			h, err = thinkOf(tx, e, j, hireconversion.StatusProposed).Save(ctx)
		} else {
			h, err = propose(ctx, tx, h, j)
		}
		if err != nil {
			return gid.None, err
		}
		if err := queue.At(ctx, tx, LapseHireConversion, h.ID, AnswerBy(h)); err != nil {
			return gid.None, err
		}
		return h.ID, record(ctx, tx, h, event.HireProposed)
	})
}

// propose makes a proposal of an interest. What was thought of may have changed.
func propose(ctx context.Context, tx *store.Tx, h *ent.HireConversion, j job) (*ent.HireConversion, error) {
	update := move(tx, h, "proposeHireConversion").SetKind(j.kind).SetJobTitle(j.title).SetStartsOn(j.startsOn).SetProposedAt(tx.Now)
	if j.message == nil {
		update.ClearMessage()
	} else {
		update.SetMessage(*j.message)
	}
	if err := store.Moved(update.Save(ctx)); err != nil {
		return nil, err
	}
	return tx.HireConversion.Get(ctx, h.ID)
}

// thinkOf begins a job of an employer's for a talent.
func thinkOf(tx *store.Tx, e *ent.Engagement, j job, status hireconversion.Status) *ent.HireConversionCreate {
	return tx.HireConversion.Create().SetWorldID(e.WorldID).SetOwnerOrgID(e.EmployerOrgID).SetEmployerOrgID(e.EmployerOrgID).
		SetEngagementID(e.ID).SetMicroProjectID(e.MicroProjectID).SetTalentID(e.TalentID).
		SetStatus(status).SetKind(j.kind).SetJobTitle(j.title).SetStartsOn(j.startsOn).SetNillableMessage(j.message).SetProposedAt(tx.Now)
}

// WithdrawHireConversion takes back a job that the talent has not answered.
func WithdrawHireConversion(ctx context.Context, db *store.DB, in WithdrawHireConversionInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		h, err := lock(ctx, tx, in.HireConversionID)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), h, "withdrawHireConversion", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.Prose("reason", in.Reason, 3, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		if err := settle(ctx, tx, h, move(tx, h, "withdrawHireConversion").SetReason(reason)); err != nil {
			return gid.None, err
		}
		return h.ID, record(ctx, tx, h, event.HireWithdrawn)
	})
}

// AcceptHireConversion accepts a job, and counts how long the way to it was.
func AcceptHireConversion(ctx context.Context, db *store.DB, in AcceptHireConversionInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		h, err := lock(ctx, tx, in.HireConversionID)
		if err != nil {
			return gid.None, err
		}
		if err := canAccept(viewer.From(ctx), h, in.ExpectedRevision, tx.Now); err != nil {
			return gid.None, err
		}
		toSelection, toHire, err := daysTo(ctx, tx, h)
		if err != nil {
			return gid.None, err
		}
		update := move(tx, h, "acceptHireConversion").SetAnsweredAt(tx.Now).
			SetNillableDaysToSelection(toSelection).SetNillableDaysToHire(toHire)
		if err := settle(ctx, tx, h, update); err != nil {
			return gid.None, err
		}
		return h.ID, record(ctx, tx, h, event.HireAccepted)
	})
}

// daysTo counts the calendar days from publishing the project to accepting its
// offer, and to this moment.
func daysTo(ctx context.Context, tx *store.Tx, h *ent.HireConversion) (toSelection, toHire *int, err error) {
	p, err := tx.MicroProject.Get(ctx, h.MicroProjectID)
	if err != nil {
		return nil, nil, err
	}
	e, err := tx.Engagement.Get(ctx, h.EngagementID)
	if err != nil {
		return nil, nil, err
	}
	o, err := tx.Offer.Get(ctx, e.OfferID)
	if err != nil || p.PublishedAt == nil || o.AnsweredAt == nil {
		return nil, nil, err
	}
	selection := calendar.DaysBetween(*p.PublishedAt, *o.AnsweredAt)
	hired := calendar.DaysBetween(*p.PublishedAt, tx.Now)
	return &selection, &hired, nil
}

// DeclineHireConversion declines a job.
func DeclineHireConversion(ctx context.Context, db *store.DB, in DeclineHireConversionInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		h, err := lock(ctx, tx, in.HireConversionID)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), h, "declineHireConversion", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.ProseLater("reason", in.Reason, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		update := move(tx, h, "declineHireConversion").SetAnsweredAt(tx.Now).SetNillableReason(reason)
		if err := settle(ctx, tx, h, update); err != nil {
			return gid.None, err
		}
		return h.ID, record(ctx, tx, h, event.HireDeclined)
	})
}

// lockWork reads work that the viewer may see, with the job that lives after it,
// nil where there is none.
// Locked: of two that speak of a job at once the second must see the first.
func lockWork(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.Engagement, *ent.HireConversion, error) {
	e, err := application.LockEngagement(ctx, tx, id)
	if err != nil {
		return nil, nil, err
	}
	h, err := tx.HireConversion.Query().Where(hireconversion.EngagementID(e.ID), hireconversion.StatusIn(live...), store.Locked).Only(ctx)
	if ent.IsNotFound(err) {
		return e, nil, nil
	}
	return e, h, err
}

// lock reads a hire conversion that the viewer may see.
// Locked: both sides may confirm at once, and the second must see the first.
func lock(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.HireConversion, error) {
	h, err := tx.HireConversion.Query().Where(hireconversion.ID(id), store.Locked).Only(ctx)
	return h, store.Found(err, fault.NotFound("hireConversionId", "There is no such hire conversion."))
}

// move begins the change that leads where the verb does.
func move(tx *store.Tx, h *ent.HireConversion, verb string) *ent.HireConversionUpdate {
	return tx.HireConversion.Update().Where(hireconversion.ID(h.ID), hireconversion.Revision(h.Revision)).
		SetStatus(States.Verb(verb).To)
}

// settle makes the change with which nobody waits for an answer any more.
func settle(ctx context.Context, tx *store.Tx, h *ent.HireConversion, update *ent.HireConversionUpdate) error {
	if err := queue.Unset(ctx, tx, LapseHireConversion, h.ID); err != nil {
		return err
	}
	return store.Moved(update.Save(ctx))
}

func record(ctx context.Context, tx *store.Tx, h *ent.HireConversion, kind event.Kind) error {
	parties, err := application.Parties(ctx, tx, h.EmployerOrgID, h.TalentID)
	if err != nil {
		return err
	}
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: h.ID,
		IDs: map[string]gid.ID{
			"engagement": h.EngagementID, "microProject": h.MicroProjectID, "talent": h.TalentID, "employer": h.EmployerOrgID,
			"actor": viewer.From(ctx).Person,
		},
		Parties: parties,
	})
}
