package engagement

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
)

// reminder is how long before something falls due those are told who can still
// do it; where there is little time, half of it.
const reminder = 3 * 24 * time.Hour

func before(within time.Duration) time.Duration { return min(reminder, within/2) }

// The reminders.
const (
	RemindOfOffer    job.Kind = "remindOfOffer"
	RemindOfDecision job.Kind = "remindOfDecision"
)

// awaitAnswer begins the time in which an offer is to be answered.
func awaitAnswer(ctx context.Context, tx *store.Tx, o *ent.Offer) error {
	return await(ctx, tx, ExpireOffer, RemindOfOffer, o.ID, o.SentAt.Add(answerTime), answerTime)
}

func endAnswer(ctx context.Context, tx *store.Tx, offer gid.ID) error {
	return endWait(ctx, tx, ExpireOffer, RemindOfOffer, offer)
}

// awaitDecision begins the time in which what was handed in is to be decided on.
func awaitDecision(ctx context.Context, tx *store.Tx, d *ent.Deliverable) error {
	within := decisionTime(d.DecisionDays)
	return await(ctx, tx, AutoAccept, RemindOfDecision, d.ID, tx.Now.Add(within), within)
}

func endDecision(ctx context.Context, tx *store.Tx, deliverable gid.ID) error {
	return endWait(ctx, tx, AutoAccept, RemindOfDecision, deliverable)
}

// await sets a timer for the end of some time, and one for the reminder before it.
func await(ctx context.Context, tx *store.Tx, kind, remind job.Kind, subject gid.ID, at time.Time, within time.Duration) error {
	if err := job.At(ctx, tx, remind, subject, at.Add(-before(within))); err != nil {
		return err
	}
	return job.At(ctx, tx, kind, subject, at)
}

func endWait(ctx context.Context, tx *store.Tx, kind, remind job.Kind, subject gid.ID) error {
	if err := job.Unset(ctx, tx, remind, subject); err != nil {
		return err
	}
	return job.Unset(ctx, tx, kind, subject)
}

// isNear reports whether a reminder is in place.
func isNear(by *time.Time, within time.Duration, now time.Time) bool {
	return by != nil && now.Before(*by) && !now.Before(by.Add(-before(within)))
}

// OfferReminder tells a talent that an offer is still to be answered.
func OfferReminder(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		o, _, err := lockOffer(ctx, tx, w.Subject)
		if err != nil || !isNear(AnswerBy(o), answerTime, tx.Now) {
			return gid.None, err
		}
		return gid.None, recordOffer(ctx, tx, o, event.OfferAnswerDue, []gid.ID{o.TalentID})
	})
	return err
}

// DecisionReminder tells the employer that work is still to be decided on.
func DecisionReminder(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, d, err := lockDeliverable(ctx, tx, w.Subject)
		if err != nil || !isNear(DecideBy(d), decisionTime(d.DecisionDays), tx.Now) {
			return gid.None, err
		}
		return gid.None, recordDeliverable(ctx, tx, d, event.DeliverableDecisionDue, []gid.ID{e.EmployerOrgID})
	})
	return err
}
