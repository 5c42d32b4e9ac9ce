package job

import (
	"context"
	"fmt"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/job"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Depth is how much there is to do.
type Depth struct {
	Due    int           // could be done now, or is being done
	Later  int           // timers that have not fallen due
	Parked int           // failed too often and wait for somebody
	Age    time.Duration // of what has been due longest; zero when nothing is
}

// Measure looks how much there is to do.
func Measure(ctx context.Context, db *store.DB) (Depth, error) {
	var d Depth
	now := db.Now()
	const statement = `SELECT COUNT(CASE WHEN status = 'LEASED' OR status = 'QUEUED' AND run_at <= $1 THEN 1 END),
		COUNT(CASE WHEN status = 'QUEUED' AND run_at > $2 THEN 1 END), COUNT(CASE WHEN status = 'PARKED' THEN 1 END)
		FROM jobs WHERE status <> 'DONE'`
	if err := db.Engine().Read.QueryRowContext(ctx, statement, now, now).Scan(&d.Due, &d.Later, &d.Parked); err != nil {
		return d, err
	}
	ctx = viewer.With(ctx, viewer.System("how old the queue is concerns nobody's rows"))
	oldest, err := db.Read.Job.Query().Where(job.StatusIn(job.StatusQueued, job.StatusLeased), job.RunAtLTE(now)).
		Order(ent.Asc(job.FieldRunAt)).First(ctx)
	if err == nil {
		d.Age = now.Sub(oldest.RunAt)
	}
	return d, store.Found(err, nil)
}

// Due is how much there is to do in one world now, or is being done.
func Due(ctx context.Context, db *store.DB, world gid.ID) (int, error) {
	var n int
	const statement = `SELECT COUNT(*) FROM jobs WHERE world_id = $1 AND (status = 'LEASED' OR status = 'QUEUED' AND run_at <= $2)`
	return n, db.Engine().Read.QueryRowContext(ctx, statement, world, db.Now()).Scan(&n)
}

// Listed are the jobs in a status, those that are due first in front.
func Listed(ctx context.Context, db *store.DB, status job.Status, most int) ([]*ent.Job, error) {
	return db.Read.Job.Query().Where(job.StatusEQ(status)).Order(ent.Asc(job.FieldRunAt, job.FieldID)).Limit(most).All(ctx)
}

// Retry lets a parked job be tried again from the beginning, at once.
func Retry(ctx context.Context, db *store.DB, id gid.ID) error {
	return change(ctx, db, id, job.StatusParked, func(u *ent.JobUpdate, now time.Time) {
		u.SetStatus(job.StatusQueued).SetAttempts(0).SetRunAt(now)
	})
}

// Park keeps a queued job from being done until somebody lets it be tried.
func Park(ctx context.Context, db *store.DB, id gid.ID) error {
	return change(ctx, db, id, job.StatusQueued, func(u *ent.JobUpdate, _ time.Time) { u.SetStatus(job.StatusParked) })
}

func change(ctx context.Context, db *store.DB, id gid.ID, from job.Status, set func(*ent.JobUpdate, time.Time)) error {
	changed, err := store.Write(ctx, db, func(tx *store.Tx) (int, error) {
		u := timers(tx).Update().Where(job.ID(id), job.StatusEQ(from))
		set(u, tx.Real(tx.Now))
		return u.Save(ctx)
	})
	if err == nil && changed == 0 {
		return fmt.Errorf("there is no job %s that is %s", id, from)
	}
	return err
}
