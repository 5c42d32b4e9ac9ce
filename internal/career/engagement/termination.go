package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// TerminateEngagement ends the work early, from either side. Before the start
// it undoes the offer and frees the seat. With nothing handed in, and by the hour
// nothing logged, the money goes back; else it is frozen until both sides settle.
func TerminateEngagement(ctx context.Context, db *store.DB, in TerminateEngagementInput) (Settled, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Settled, error) {
		o, e, err := lockWork(ctx, tx, in.EngagementID)
		if err != nil {
			return Settled{}, err
		}
		v := viewer.From(ctx)
		if err := canTerminate(v, e, tx.Now, in.ExpectedRevision); err != nil {
			return Settled{}, err
		}
		var r text.Reader
		reason := r.Prose("reason", in.Reason, 3, 1000)
		if err := r.Err(); err != nil {
			return Settled{}, err
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return Settled{}, err
		}
		by := engagement.TerminatedByEmployer
		if v.Talent == e.TalentID {
			by = engagement.TerminatedByTalent
		}
		if err := terminate(ctx, tx, e, by, reason, parties); err != nil {
			return Settled{}, err
		}
		var money gid.ID
		if hasStarted(e) {
			money, err = stopWork(ctx, tx, o, e, parties)
		} else {
			money, err = leaveSeat(ctx, tx, o, e, reason, parties)
		}
		return Settled{e.ID, money}, err
	})
}

// terminate ends a locked engagement for a side.
func terminate(
	ctx context.Context, tx *store.Tx, e *ent.Engagement, by engagement.TerminatedBy, reason string, parties []gid.ID,
) error {
	return endBy(ctx, tx, e, "terminateEngagement", by, reason, parties)
}

// endBy ends a locked engagement early, by whichever verb.
func endBy(
	ctx context.Context, tx *store.Tx, e *ent.Engagement, verb string, by engagement.TerminatedBy, reason string, parties []gid.ID,
) error {
	err := step(ctx, tx, e, verb, parties, func(update *ent.EngagementUpdate) {
		update.SetTerminatedAt(tx.Now).SetTerminatedBy(by).SetReason(reason).ClearHandInBy().ClearReopenBy().
			ClearPausedAt().ClearPausedBy().ClearPauseReason()
	})
	if err != nil {
		return err
	}
	return endTimers(ctx, tx, e.ID)
}

// endTimers stops what would fall due for an engagement's whole.
func endTimers(ctx context.Context, tx *store.Tx, engagement gid.ID) error {
	for _, kind := range []job.Kind{MissEnd, CloseIncomplete, AutoComplete, Lapse} {
		if err := job.Unset(ctx, tx, kind, engagement); err != nil {
			return err
		}
	}
	return nil
}

// leaveSeat undoes what was agreed before the work started.
func leaveSeat(
	ctx context.Context, tx *store.Tx, o *ent.Offer, e *ent.Engagement, reason string, parties []gid.ID,
) (gid.ID, error) {
	if err := vacate(ctx, tx, o, e, reason, parties); err != nil {
		return gid.None, err
	}
	return payment.Refund(ctx, tx, o.ID)
}

// voidOffer undoes an accepted offer whose work never started.
func voidOffer(ctx context.Context, tx *store.Tx, o *ent.Offer, reason string, parties []gid.ID) error {
	update := offerTo(tx, o, string(event.OfferVoided)).SetReason(reason)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return recordOffer(ctx, tx, o, event.OfferVoided, parties)
}

// stopWork cancels what is still open of work under way.
func stopWork(ctx context.Context, tx *store.Tx, o *ent.Offer, e *ent.Engagement, parties []gid.ID) (gid.ID, error) {
	worked, err := cancelOpen(ctx, tx, e, parties)
	if err == nil && !worked && worklog.HourlyRate(o) != nil {
		worked, err = worklog.HasTime(ctx, tx, e)
	}
	if err != nil {
		return gid.None, err
	}
	if worked {
		return payment.Freeze(ctx, tx, o.ID)
	}
	return payment.Refund(ctx, tx, o.ID)
}

// lockWork reads an engagement that the viewer may see, and its offer.
// Locked, the offer first: signatures lock it in that order too.
func lockWork(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.Offer, *ent.Engagement, error) {
	missing := fault.NotFound("engagementId", "There is no such engagement.")
	seen, err := tx.Engagement.Get(ctx, id)
	if err != nil {
		return nil, nil, store.Found(err, missing)
	}
	o, err := tx.Offer.Query().Where(offer.ID(seen.OfferID), store.Locked).Only(ctx)
	if err != nil {
		return nil, nil, err
	}
	e, err := application.LockEngagement(ctx, tx, id)
	return o, e, err
}
