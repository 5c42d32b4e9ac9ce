package job

import (
	"context"
	"fmt"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/idempotencyrecord"
	"github.com/rung-dev/rung/ent/gen/ent/job"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// begin sees to it that each schedule is queued, once among all workers.
func (w *Worker) begin(ctx context.Context) error {
	ctx = viewer.With(ctx, viewer.System("a worker keeps its schedules"))
	for kind := range w.Schedules {
		there, err := w.DB.Read.Job.Query().
			Where(job.Kind(string(kind)), job.Key(gid.LiveWorld.String()), job.StatusNEQ(job.StatusDone)).Exist(ctx)
		if err != nil {
			return fmt.Errorf("schedule %s: %w", kind, err)
		}
		if there {
			continue
		}
		ctx := viewer.WithRequest(ctx, &viewer.Request{ID: "schedule", Verb: string(kind)})
		_, err = store.Write(ctx, w.DB, func(tx *store.Tx) (gid.ID, error) {
			return gid.None, At(ctx, tx, kind, gid.LiveWorld, tx.Now)
		})
		// Another worker that began at the same moment may have queued it.
		if _, foreseen := fault.UserErrors(err); err != nil && !foreseen {
			return fmt.Errorf("schedule %s: %w", kind, err)
		}
	}
	return nil
}

// Sweep is the schedule that removes what is of no use any more.
const Sweep Kind = "sweep"

// keptDone is how long a job that is done can still be looked at.
const keptDone = 30 * 24 * time.Hour

// sweepAtOnce bounds one change of the sweep.
const sweepAtOnce = 1000

// Clean removes idempotency records that have expired, and jobs done long ago.
func Clean(ctx context.Context, db *store.DB, _ Work) error {
	for {
		removed, err := store.Write(ctx, db, func(tx *store.Tx) (int, error) { return clean(ctx, tx) })
		if err != nil || removed < sweepAtOnce {
			return err
		}
	}
}

func clean(ctx context.Context, tx *store.Tx) (int, error) {
	all := tx.System("a sweep removes what is of no use to anybody")
	expired, err := all.IdempotencyRecord.Query().Where(idempotencyrecord.ExpiresAtLT(tx.Now)).Limit(sweepAtOnce).IDs(ctx)
	if err != nil {
		return 0, err
	}
	if _, err := all.IdempotencyRecord.Delete().Where(idempotencyrecord.IDIn(expired...)).Exec(ctx); err != nil {
		return 0, err
	}
	old, err := all.Job.Query().Where(job.StatusEQ(job.StatusDone), job.DoneAtLT(tx.Now.Add(-keptDone))).Limit(sweepAtOnce).IDs(ctx)
	if err != nil {
		return 0, err
	}
	if _, err := all.Job.Delete().Where(job.IDIn(old...)).Exec(ctx); err != nil {
		return 0, err
	}
	return max(len(expired), len(old)), nil
}
