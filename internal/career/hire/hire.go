// Package hire is about jobs that grow out of the work: an employer proposes
// one to a talent whose engagement was completed, and both say when it started.
package hire

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
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

// live are the statuses that leave no room for another proposal.
var live = []hireconversion.Status{hireconversion.StatusProposed, hireconversion.StatusAccepted, hireconversion.StatusStarted}

// ProposeHireConversion proposes a job to a talent whose work was completed.
func ProposeHireConversion(ctx context.Context, db *store.DB, in ProposeHireConversionInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: of two proposals at once the second must see the first.
		e, err := tx.Engagement.Query().Where(engagement.ID(in.EngagementID), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("engagementId", "There is no such engagement."))
		}
		isLive, err := tx.HireConversion.Query().Where(hireconversion.EngagementID(e.ID), hireconversion.StatusIn(live...)).Exist(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := canPropose(viewer.From(ctx), e, isLive); err != nil {
			return gid.None, err
		}
		j, err := readJob(in, calendar.On(tx.Now))
		if err != nil {
			return gid.None, err
		}
		h, err := tx.HireConversion.Create().SetWorldID(e.WorldID).SetOwnerOrgID(e.EmployerOrgID).SetEmployerOrgID(e.EmployerOrgID).
			SetEngagementID(e.ID).SetMicroProjectID(e.MicroProjectID).SetTalentID(e.TalentID).
			SetStatus(hireconversion.StatusProposed).SetKind(in.Kind).SetJobTitle(j.title).SetStartsOn(in.StartsOn).
			SetNillableMessage(j.message).SetProposedAt(tx.Now).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := queue.At(ctx, tx, LapseHireConversion, h.ID, AnswerBy(h)); err != nil {
			return gid.None, err
		}
		return h.ID, record(ctx, tx, h, event.HireProposed)
	})
}

// LapseHireConversion is what falls due when a proposed job should have started.
const LapseHireConversion queue.Kind = "lapseHireConversion"

// Lapse ends a proposal that was not answered in time.
func Lapse(ctx context.Context, db *store.DB, w queue.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		h, err := lock(ctx, tx, w.Subject)
		if err != nil || h.Status != hireconversion.StatusProposed || tx.Now.Before(AnswerBy(h)) {
			return gid.None, err
		}
		if err := store.Moved(move(tx, h, string(event.HireLapsed)).Save(ctx)); err != nil {
			return gid.None, err
		}
		return gid.None, record(ctx, tx, h, event.HireLapsed)
	})
	return err
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
		if err := store.Moved(update.Save(ctx)); err != nil {
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
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return h.ID, record(ctx, tx, h, event.HireDeclined)
	})
}

// ConfirmHireStart says for the viewer's side that the job has started. The
// first to say so names the day, the second must name the same.
func ConfirmHireStart(ctx context.Context, db *store.DB, in ConfirmHireStartInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		h, err := lock(ctx, tx, in.HireConversionID)
		if err != nil {
			return gid.None, err
		}
		v, kind := viewer.From(ctx), event.HireStarted
		if h.StartedOn != nil {
			kind = event.HireStartConfirmed
		}
		if err := canConfirm(v, h, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		if err := isPlausible(h, in.StartedOn, calendar.On(tx.Now)); err != nil {
			return gid.None, err
		}
		update := move(tx, h, "confirmHireStart").SetStartedOn(in.StartedOn)
		if v.Talent == h.TalentID {
			update.SetTalentConfirmedAt(tx.Now)
		} else {
			update.SetEmployerConfirmedAt(tx.Now)
		}
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return h.ID, record(ctx, tx, h, kind)
	})
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
