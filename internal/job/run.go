package job

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"time"

	"entgo.io/ent/dialect"

	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	lease    = time.Minute
	patience = time.Second           // between looks at a queue that nobody woke us for
	glance   = 10 * time.Millisecond // between looks at what others are doing
	attempts = 10
	longest  = time.Hour // between two attempts
	told     = 1000      // bytes of an error that are kept
)

// Worker does queued work, one job at a time. As many work side by side as one
// likes, in one process and in several.
type Worker struct {
	DB       *store.DB
	Handlers map[Kind]Handler
	// Schedules say what is done again and again, and how often.
	Schedules map[Kind]time.Duration
	// Name tells workers apart, and their leases.
	Name string
	// World, where it is set, is the only one whose work is done.
	World gid.ID
}

// Run works until the context ends. The job under way then is given back, and
// done again by whoever comes next.
func (w *Worker) Run(ctx context.Context) {
	if err := w.begin(ctx); err != nil && ctx.Err() == nil {
		slog.ErrorContext(ctx, "the schedules are not kept", "error", err)
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.DB.Committed():
		case <-timer.C:
		}
		if _, err := w.Drain(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "the job queue is out of reach", "error", err)
		}
		timer.Reset(patience)
	}
}

// Drain does all work that is due and reports how many jobs that were.
func (w *Worker) Drain(ctx context.Context) (int, error) {
	for n := 0; ; n++ {
		claimed, err := w.claim(ctx)
		if err != nil || claimed == nil {
			return n, err
		}
		if err := w.do(ctx, claimed); err != nil {
			return n, err
		}
	}
}

// Settle does what is due in the worker's one world, and waits for what others
// are doing there, until nothing is left or the context ends.
func (w *Worker) Settle(ctx context.Context) error {
	for {
		if _, err := w.Drain(ctx); err != nil {
			return err
		}
		due, err := Due(ctx, w.DB, w.World)
		if err != nil || due == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(glance):
		}
	}
}

type claim struct {
	Work
	due     time.Time
	attempt int
}

// claim takes the oldest job that is due, or whose worker has let its lease run
// out: it was killed, or has hung.
func (w *Worker) claim(ctx context.Context) (*claim, error) {
	now := w.DB.Now()
	lock := ""
	if w.DB.Engine().Name == dialect.Postgres {
		lock = "FOR UPDATE SKIP LOCKED"
	}
	only, args := "", []any{now.Add(lease), w.Name, now, now}
	if !w.World.IsNone() {
		only, args = "world_id = $5 AND ", append(args, w.World)
	}
	statement := `UPDATE jobs SET status = 'LEASED', leased_until = $1, leased_by = $2, attempts = attempts + 1
		WHERE id = (SELECT id FROM jobs WHERE ` + only + `(status = 'QUEUED' AND run_at <= $3 OR status = 'LEASED' AND leased_until <= $4)
			ORDER BY run_at, id LIMIT 1 ` + lock + `)
		RETURNING id, world_id, kind, payload, run_at, attempts`
	var c claim
	var body []byte
	err := w.DB.Engine().Write.QueryRowContext(ctx, statement, args...).
		Scan(&c.ID, &c.World, &c.Kind, &body, &c.due, &c.attempt)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("claim a job: %w", err)
	}
	var p payload
	if err := json.Unmarshal(body, &p); err != nil {
		return nil, fmt.Errorf("read job %s: %w", c.ID, err)
	}
	c.Subject = p.Subject
	return &c, nil
}

// do runs a job's handler and notes how it went.
func (w *Worker) do(ctx context.Context, c *claim) error {
	if c.attempt > attempts {
		// Its handler never came to say how it went: it takes its worker with it.
		return w.note(ctx, c, `status = 'PARKED', last_error = $3`, "every worker that took it was lost")
	}
	err := w.handle(store.WithDue(ctx, c.due), c.Work)
	keep := context.WithoutCancel(ctx)
	switch {
	case err == nil:
		return w.done(keep, c)
	case ctx.Err() != nil:
		return w.again(keep, c, `run_at = $3`, c.due)
	}
	slog.WarnContext(ctx, "a job failed", "job", c.ID, "kind", c.Kind, "attempt", c.attempt, "error", err)
	reason := shorten(err.Error())
	if c.attempt >= attempts {
		return w.note(keep, c, `status = 'PARKED', last_error = $3`, reason)
	}
	return w.again(keep, c, `last_error = $3, run_at = $4`, reason, w.DB.Now().Add(backoff(c.attempt)))
}

// done ends a job, or lets a schedule wait for its next turn.
func (w *Worker) done(ctx context.Context, c *claim) error {
	if every, scheduled := w.Schedules[c.Kind]; scheduled {
		return w.again(ctx, c, `attempts = 0, last_error = NULL, run_at = $3`, w.DB.Now().Add(every))
	}
	return w.note(ctx, c, `status = 'DONE', done_at = $3, last_error = NULL`, w.DB.Now())
}

// again queues a job anew. A timer that was set again while it ran is queued
// already, and this run of it is over.
func (w *Worker) again(ctx context.Context, c *claim, set string, args ...any) error {
	err := w.note(ctx, c, `status = 'QUEUED', `+set, args...)
	if store.Conflict(err) == "" {
		return err
	}
	return w.note(ctx, c, `status = 'DONE', done_at = $3`, w.DB.Now())
}

func (w *Worker) handle(ctx context.Context, work Work) (err error) {
	defer func() {
		if thrown := recover(); thrown != nil {
			err = fmt.Errorf("the handler panicked: %v", thrown)
		}
	}()
	handler, known := w.Handlers[work.Kind]
	if !known {
		return fmt.Errorf("nobody handles %s", work.Kind)
	}
	ctx = viewer.With(ctx, viewer.System("a job works for everybody concerned").In(work.World))
	ctx = viewer.WithRequest(ctx, &viewer.Request{ID: work.ID.String(), Verb: string(work.Kind)})
	return handler(ctx, w.DB, work)
}

// note settles a job, unless another worker has taken it over meanwhile.
func (w *Worker) note(ctx context.Context, c *claim, set string, args ...any) error {
	statement := `UPDATE jobs SET leased_until = NULL, leased_by = NULL, ` + set + //nolint:gosec // one of do's own texts
		` WHERE id = $1 AND attempts = $2 AND status = 'LEASED'`
	_, err := w.DB.Engine().Write.ExecContext(ctx, statement, append([]any{c.ID, c.attempt}, args...)...)
	if err != nil {
		return fmt.Errorf("settle job %s: %w", c.ID, err)
	}
	return nil
}

// shorten makes a reason that both engines keep: whole characters, none of them
// NUL.
func shorten(reason string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(reason[:min(len(reason), told)], "\x00", ""), "")
}

// backoff doubles from one second. Up to a quarter is added by chance, so that
// what failed together is not tried together.
func backoff(attempt int) time.Duration {
	wait := min(time.Second<<min(attempt-1, 20), longest)
	return wait + rand.N(wait/4).Truncate(time.Millisecond) //nolint:gosec // no secret
}
