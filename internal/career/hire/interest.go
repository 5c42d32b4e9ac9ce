package hire

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	queue "github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// interestTime is how long an interest waits for a proposal.
const interestTime = 60 * 24 * time.Hour

// LapseHireConversion is what falls due when an interest was not followed by a
// proposal, or when a proposed job should have started.
const LapseHireConversion queue.Kind = "lapseHireConversion"

// SignalHireInterest tells a talent that the employer thinks of a job for them.
func SignalHireInterest(ctx context.Context, db *store.DB, in SignalHireInterestInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, h, err := lockWork(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		if err := canSignal(viewer.From(ctx), e, h); err != nil {
			return gid.None, err
		}
		j, err := readJob(ProposeHireConversionInput(in), calendar.On(tx.Now))
		if err != nil {
			return gid.None, err
		}
		h, err = thinkOf(tx, e, j, hireconversion.StatusInterested).SetInterestedAt(tx.Now).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := queue.At(ctx, tx, LapseHireConversion, h.ID, waitsUntil(h)); err != nil {
			return gid.None, err
		}
		return h.ID, record(ctx, tx, h, event.HireInterestSignalled)
	})
}

// waitsUntil is when a job that was thought of or proposed lapses.
func waitsUntil(h *ent.HireConversion) time.Time {
	if h.Status == hireconversion.StatusInterested {
		return h.InterestedAt.Add(interestTime)
	}
	return AnswerBy(h)
}

// Lapse ends an interest that was not followed by a proposal, and a proposal
// that was not answered in time.
func Lapse(ctx context.Context, db *store.DB, w queue.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		h, err := lock(ctx, tx, w.Subject)
		if err != nil || !waits(h) || tx.Now.Before(waitsUntil(h)) {
			return gid.None, err
		}
		if err := store.Moved(move(tx, h, string(event.HireLapsed)).Save(ctx)); err != nil {
			return gid.None, err
		}
		return gid.None, record(ctx, tx, h, event.HireLapsed)
	})
	return err
}

func waits(h *ent.HireConversion) bool {
	return h.Status == hireconversion.StatusInterested || h.Status == hireconversion.StatusProposed
}
