package job_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entjob "github.com/rung-dev/rung/ent/gen/ent/job"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// in makes a change in a world.
func in(t *testing.T, db *store.DB, world gid.ID, do func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	ctx := request(t.Context(), world)
	if _, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) { return gid.None, do(ctx, tx) }); err != nil {
		t.Fatal(err)
	}
}

func sandbox(t *testing.T, db *store.DB, ahead time.Duration) gid.ID {
	t.Helper()
	var id gid.ID
	in(t, db, gid.LiveWorld, func(ctx context.Context, tx *store.Tx) error {
		made, err := tx.Client.World.Create().SetKind("SANDBOX").SetName("Sand").SetClockOffsetMs(ahead.Milliseconds()).Save(ctx)
		if err == nil {
			id = made.ID
		}
		return err
	})
	return id
}

func TestATimerFallsDueOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		ran := 0
		w := handling(db, "one", "expire", func(context.Context, *store.DB, job.Work) error { ran++; return nil })
		at := c.now().Add(14 * 24 * time.Hour)
		in(t, db, gid.LiveWorld, func(ctx context.Context, tx *store.Tx) error { return job.At(ctx, tx, "expire", subject, at) })
		c.wait(at.Sub(c.now()) - time.Millisecond)
		if drain(t, w) != 0 {
			t.Error("the timer ran early")
		}
		c.wait(time.Millisecond)
		if drain(t, w) != 1 || ran != 1 {
			t.Error("the timer did not run when it fell due")
		}
		c.wait(time.Hour)
		if drain(t, w) != 0 {
			t.Error("the timer ran again")
		}
	})
}

func TestATimerIsMovedAndUnset(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		w := handling(db, "one", "expire", func(context.Context, *store.DB, job.Work) error { return nil })
		set := func(hours int) {
			t.Helper()
			at := c.now().Add(time.Duration(hours) * time.Hour)
			in(t, db, gid.LiveWorld, func(ctx context.Context, tx *store.Tx) error { return job.At(ctx, tx, "expire", subject, at) })
		}
		set(1)
		set(3)
		c.wait(2 * time.Hour)
		if drain(t, w) != 0 {
			t.Error("a timer that was moved ran at its old time")
		}
		in(t, db, gid.LiveWorld, func(ctx context.Context, tx *store.Tx) error {
			return job.Unset(ctx, tx, "remind", subject) // of another kind
		})
		c.wait(time.Hour)
		if drain(t, w) != 1 {
			t.Error("a timer that was moved did not run at its new time")
		}
		set(1) // again, after it ran
		in(t, db, gid.LiveWorld, func(ctx context.Context, tx *store.Tx) error { return job.Unset(ctx, tx, "expire", subject) })
		c.wait(24 * time.Hour)
		if drain(t, w) != 0 {
			t.Error("a timer that was unset ran")
		}
	})
}

// A timer that is set anew while it runs falls due again, even when this run of
// it failed.
func TestATimerIsSetWhileItRuns(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		ran := 0
		w := handling(db, "one", "expire", func(ctx context.Context, db *store.DB, work job.Work) error {
			if ran++; ran > 1 {
				return nil
			}
			in(t, db, gid.LiveWorld, func(ctx context.Context, tx *store.Tx) error {
				return job.At(ctx, tx, "expire", work.Subject, tx.Now.Add(time.Hour))
			})
			return errBroken
		})
		in(t, db, gid.LiveWorld, func(ctx context.Context, tx *store.Tx) error { return job.At(ctx, tx, "expire", subject, tx.Now) })
		drain(t, w)
		c.wait(time.Hour)
		drain(t, w)
		all := db.Read.Job.Query().Order(ent.Asc(entjob.FieldID)).AllX(request(t.Context(), gid.LiveWorld))
		if len(all) != 2 || all[0].Status != entjob.StatusDone || all[1].Status != entjob.StatusDone || ran != 2 {
			t.Errorf("the handler ran %d times, and there are %+v", ran, all)
		}
	})
}

// A sandbox's timers go by its own clock, which runs ahead of the real one.
func TestASandboxesTimersFollowItsClock(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		var due []gid.ID
		w := handling(db, "one", "expire", func(_ context.Context, _ *store.DB, work job.Work) error { due = append(due, work.World); return nil })
		sand := sandbox(t, db, 90*24*time.Hour)
		for _, world := range []gid.ID{sand, gid.LiveWorld} {
			in(t, db, world, func(ctx context.Context, tx *store.Tx) error {
				return job.At(ctx, tx, "expire", subject, tx.Now.Add(14*24*time.Hour))
			})
		}
		if drain(t, w) != 0 {
			t.Fatal("a timer ran fourteen days early")
		}
		c.wait(14 * 24 * time.Hour)
		if drain(t, w) != 2 || len(due) != 2 || due[0] == due[1] {
			t.Errorf("due are %v, want that of each world", due)
		}
		in(t, db, sand, func(ctx context.Context, tx *store.Tx) error { return job.Enqueue(ctx, tx, "expire", subject) })
		if drain(t, w) != 1 {
			t.Error("what a sandbox queues for now waits for its clock")
		}
	})
}

func TestAScheduleRunsAgainAndAgain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		ran := make(chan struct{}, 9)
		worker := func(name string) *job.Worker {
			w := handling(db, name, job.Sweep, func(context.Context, *store.DB, job.Work) error { ran <- struct{}{}; return nil })
			w.Schedules = map[job.Kind]time.Duration{job.Sweep: time.Hour}
			return w
		}
		for _, name := range []string{"one", "two"} { // a restart, or another server
			ctx, stop := context.WithCancel(t.Context())
			stopped := make(chan struct{})
			w := worker(name)
			go func() { w.Run(ctx); close(stopped) }()
			<-ran
			stop()
			<-stopped
			if got := db.Read.Job.Query().CountX(request(t.Context(), gid.LiveWorld)); got != 1 {
				t.Fatalf("a schedule is %d jobs, want one", got)
			}
			c.wait(time.Hour)
		}
		if drain(t, worker("three")) != 1 {
			t.Error("an hour later it did not run")
		}
		c.wait(time.Hour - time.Second)
		if drain(t, worker("three")) != 0 {
			t.Error("it ran before its hour")
		}
	})
}

// Servers that start together queue a schedule once, and none of them fails.
func TestWorkersThatBeginTogetherKeepOneSchedule(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		var all sync.WaitGroup
		for range 8 {
			w := &job.Worker{DB: db, Schedules: map[job.Kind]time.Duration{job.Sweep: time.Hour}}
			all.Go(func() {
				if err := w.Begin(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := db.Read.Job.Query().CountX(request(t.Context(), gid.LiveWorld)); got != 1 {
			t.Errorf("the schedule is %d jobs, want one", got)
		}
	})
}

func TestASweepRemovesWhatIsOfNoUse(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		w := handling(db, "one", "send", func(context.Context, *store.DB, job.Work) error { return nil })
		keyed := func(key string) {
			t.Helper()
			ctx := viewer.With(t.Context(), viewer.System("a test queues jobs").In(gid.LiveWorld))
			ctx = viewer.WithRequest(ctx, &viewer.Request{ID: "r", Verb: "queue", IdempotencyKey: key, ArgumentHash: []byte("x")})
			_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) { return gid.None, job.Enqueue(ctx, tx, "send", subject) })
			if err != nil {
				t.Fatal(err)
			}
		}
		keyed("old")
		drain(t, w)
		c.wait(31 * 24 * time.Hour)
		keyed("new")
		drain(t, w)
		ctx := request(t.Context(), gid.LiveWorld)
		if err := job.Clean(ctx, db, job.Work{}); err != nil {
			t.Fatal(err)
		}
		if jobs, keys := db.Read.Job.Query().CountX(ctx), db.Read.IdempotencyRecord.Query().CountX(ctx); jobs != 1 || keys != 1 {
			t.Errorf("%d jobs and %d idempotency records are left, want one of each", jobs, keys)
		}
	})
}

func TestJobsAreLookedAfter(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		ctx := request(t.Context(), gid.LiveWorld)
		measure := func(want job.Depth) {
			t.Helper()
			if got, err := job.Measure(t.Context(), db); err != nil || got != want {
				t.Errorf("the queue is %+v, %v, want %+v", got, err, want)
			}
		}
		measure(job.Depth{})
		enqueue(t, db, "send")
		in(t, db, gid.LiveWorld, func(ctx context.Context, tx *store.Tx) error {
			return job.At(ctx, tx, "expire", subject, tx.Now.Add(time.Hour))
		})
		c.wait(time.Minute)
		measure(job.Depth{Due: 1, Later: 1, Age: time.Minute})
		queued, err := job.Listed(ctx, db, entjob.StatusQueued, 10)
		if err != nil || len(queued) != 2 || queued[0].Kind != "send" {
			t.Fatalf("queued are %v, %v", queued, err)
		}
		id := queued[0].ID
		if err := job.Retry(ctx, db, id); err == nil || !strings.Contains(err.Error(), "PARKED") {
			t.Errorf("a job that is not parked is tried again: %v", err)
		}
		if err := job.Park(ctx, db, id); err != nil {
			t.Fatal(err)
		}
		measure(job.Depth{Later: 1, Parked: 1})
		if err := job.Park(ctx, db, id); err == nil {
			t.Error("a parked job is parked again")
		}
		w := handling(db, "one", "send", func(context.Context, *store.DB, job.Work) error { return nil })
		if drain(t, w) != 0 {
			t.Error("a parked job is done")
		}
		if err := job.Retry(ctx, db, id); err != nil {
			t.Fatal(err)
		}
		if drain(t, w) != 1 {
			t.Error("a job that is to be tried again is not")
		}
	})
}
