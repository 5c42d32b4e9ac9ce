package hire

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	queue "github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// How many days after the first a talent who is still employed was retained.
const (
	oneYear   = 365
	fiveYears = 1826
)

// What falls due when a job is a year old, and when it is five.
const (
	AskAfterOneYear   queue.Kind = "askAboutHireAfterOneYear"
	AskAfterFiveYears queue.Kind = "askAboutHireAfterFiveYears"
)

// RecordHireOutcome says whether a talent is still employed, or has left.
func RecordHireOutcome(ctx context.Context, db *store.DB, in RecordHireOutcomeInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		h, err := lock(ctx, tx, in.HireConversionID)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), h, "recordHireOutcome", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		if err := isKnown(h, in, calendar.On(tx.Now)); err != nil {
			return gid.None, err
		}
		steps := steps(h, in)
		update := tx.HireConversion.Update().Where(hireconversion.ID(h.ID), hireconversion.Revision(h.Revision))
		if in.IsEmployed {
			update.SetEmployedAsOf(in.AsOf)
		} else {
			update.SetLeftOn(in.AsOf).SetLeftReason(*in.Reason)
		}
		for _, step := range steps {
			update.SetStatus(States.Verb(string(step)).To)
		}
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		for _, kind := range append([]event.Kind{event.HireOutcomeRecorded}, steps...) {
			if err := record(ctx, tx, h, kind); err != nil {
				return gid.None, err
			}
		}
		return h.ID, nil
	})
}

// awaitOutcome sets when both sides and the talent's institutions are asked
// whether the talent is still employed.
func awaitOutcome(ctx context.Context, tx *store.Tx, hire gid.ID, startedOn calendar.Date) error {
	if err := queue.At(ctx, tx, AskAfterOneYear, hire, startedOn.Plus(oneYear).Start()); err != nil {
		return err
	}
	return queue.At(ctx, tx, AskAfterFiveYears, hire, startedOn.Plus(fiveYears).Start())
}

// AskWhetherEmployed asks once a job is a year old, and once it is five, unless
// that is known.
func AskWhetherEmployed(ctx context.Context, db *store.DB, w queue.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		h, err := lock(ctx, tx, w.Subject)
		if err != nil || !isDue(h, calendar.On(tx.Now)) {
			return gid.None, err
		}
		return gid.None, record(ctx, tx, h, event.HireOutcomeDue)
	})
	return err
}
