package job_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entjob "github.com/rung-dev/rung/ent/gen/ent/job"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var (
	subject   = gid.ID{0: 9, 15: byte(gid.Offer)}
	errBroken = errors.New("the mail server sleeps")
)

// clock stands still until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) wait(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// each runs a test on both engines with a clock that the test moves.
func each(t *testing.T, test func(t *testing.T, db *store.DB, c *clock)) {
	t.Helper()
	for _, name := range storetest.Engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &clock{at: time.Date(2026, 11, 24, 15, 4, 5, 0, time.UTC)}
			test(t, storetest.Open(t, name, store.WithClock(c.now)), c)
		})
	}
}

func request(ctx context.Context, world gid.ID) context.Context {
	return viewer.WithRequest(viewer.With(ctx, viewer.System("a test queues jobs").In(world)), &viewer.Request{ID: "r", Verb: "queue"})
}

func enqueue(t *testing.T, db *store.DB, kinds ...job.Kind) {
	t.Helper()
	ctx := request(t.Context(), gid.LiveWorld)
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		for _, kind := range kinds {
			if err := job.Enqueue(ctx, tx, kind, subject); err != nil {
				return gid.None, err
			}
		}
		return gid.None, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func drain(t *testing.T, w *job.Worker) int {
	t.Helper()
	n, err := w.Drain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func only(t *testing.T, db *store.DB) *ent.Job {
	t.Helper()
	return db.Read.Job.Query().OnlyX(request(context.WithoutCancel(t.Context()), gid.LiveWorld))
}

// handling is a worker with one handler.
func handling(db *store.DB, name string, kind job.Kind, h job.Handler) *job.Worker {
	return &job.Worker{DB: db, Name: name, Handlers: map[job.Kind]job.Handler{kind: h}}
}

func TestAJobIsDoneOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		var done []job.Work
		w := handling(db, "one", "send", func(ctx context.Context, _ *store.DB, work job.Work) error {
			if v := viewer.From(ctx); !v.IsSystem() || v.World != work.World {
				t.Errorf("the handler works as %+v", v)
			}
			if r := viewer.RequestFrom(ctx); r == nil || r.Verb != "send" || r.ID != work.ID.String() {
				t.Errorf("the handler's request is %+v", r)
			}
			done = append(done, work)
			return nil
		})
		enqueue(t, db, "send")
		if got, want := drain(t, w), 1; got != want {
			t.Errorf("%d jobs were done, want %d", got, want)
		}
		c.wait(24 * time.Hour)
		if got := drain(t, w); got != 0 || len(done) != 1 {
			t.Fatalf("later %d more were done, %d in all", got, len(done))
		}
		if got, want := done[0], (job.Work{ID: only(t, db).ID, World: gid.LiveWorld, Kind: "send", Subject: subject}); got != want {
			t.Errorf("the work was %+v, want %+v", got, want)
		}
		if j := only(t, db); j.Status != entjob.StatusDone || j.Attempts != 1 || j.DoneAt == nil || j.LeasedUntil != nil || j.LeasedBy != nil || j.LastError != nil {
			t.Errorf("the job is %+v", j)
		}
	})
}

func TestAJobIsQueuedExactlyWhenItsChangeIsKept(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		ctx := request(t.Context(), gid.LiveWorld)
		_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
			return gid.None, errors.Join(job.Enqueue(ctx, tx, "send", subject), fault.InvalidValue("", "No."))
		})
		if _, foreseen := fault.UserErrors(err); !foreseen {
			t.Fatal(err)
		}
		if got := db.Read.Job.Query().CountX(ctx); got != 0 {
			t.Errorf("%d jobs were queued by a change that was dropped", got)
		}
		_, err = store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
			if err := job.Enqueue(ctx, tx, "send", subject); err != nil {
				return gid.None, err
			}
			if db.Engine().Name == "postgres" { // on SQLite the worker waits for the one writer
				idle := handling(db, "early", "send", func(context.Context, *store.DB, job.Work) error {
					t.Error("the job runs before its change is kept")
					return nil
				})
				drain(t, idle)
			}
			return gid.None, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := db.Read.Job.Query().CountX(ctx); got != 1 {
			t.Errorf("%d jobs were queued, want 1", got)
		}
	})
}

// What a handler changes, it changes as any verb does; its own jobs come after.
func TestAHandlerMakesChanges(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		var order []job.Kind
		w := &job.Worker{DB: db, Name: "one"}
		note := func(ctx context.Context, db *store.DB, work job.Work) error {
			order = append(order, work.Kind)
			if work.Kind != "first" {
				return nil
			}
			_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) { return gid.None, job.Enqueue(ctx, tx, "second", work.Subject) })
			return err
		}
		w.Handlers = map[job.Kind]job.Handler{"first": note, "second": note}
		enqueue(t, db, "first")
		if got, want := drain(t, w), 2; got != want {
			t.Errorf("%d jobs were done, want %d", got, want)
		}
		if got, want := fmt.Sprint(order), "[first second]"; got != want {
			t.Errorf("done were %s, want %s", got, want)
		}
	})
}

func TestTwoWorkersDoNoJobTwice(t *testing.T) {
	t.Parallel()
	jobs := 50
	if os.Getenv("RUNG_SOAK") == "1" {
		jobs = 2000
	}
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		kinds := make([]job.Kind, jobs)
		for i := range kinds {
			kinds[i] = "send"
		}
		enqueue(t, db, kinds...)
		var mu sync.Mutex
		done := map[gid.ID]int{}
		var all sync.WaitGroup
		for _, name := range []string{"one", "two"} {
			w := handling(db, name, "send", func(_ context.Context, _ *store.DB, work job.Work) error {
				mu.Lock()
				defer mu.Unlock()
				done[work.ID]++
				return nil
			})
			all.Go(func() {
				if _, err := w.Drain(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for id, n := range done {
			if n != 1 {
				t.Errorf("%v was done %d times", id, n)
			}
		}
		ctx := request(t.Context(), gid.LiveWorld)
		if got := db.Read.Job.Query().Where(entjob.StatusEQ(entjob.StatusDone)).CountX(ctx); got != jobs || len(done) != jobs {
			t.Errorf("%d are done and %d ran, want %d", got, len(done), jobs)
		}
	})
}

// A worker that hangs loses its job to another when its lease runs out, and has
// no say in it any more.
func TestALeaseThatRanOutIsTakenOver(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		enqueue(t, db, "send")
		second := 0
		two := handling(db, "two", "send", func(context.Context, *store.DB, job.Work) error { second++; return nil })
		one := handling(db, "one", "send", func(context.Context, *store.DB, job.Work) error {
			if j := only(t, db); j.Status != entjob.StatusLeased || *j.LeasedBy != "one" || j.Attempts != 1 {
				t.Errorf("under way the job is %+v", j)
			}
			c.wait(59 * time.Second)
			if drain(t, two) != 0 {
				t.Error("the job was taken over while its lease held")
			}
			c.wait(time.Second)
			if drain(t, two) != 1 {
				t.Error("the job was not taken over")
			}
			return errBroken // too late to matter
		})
		if _, err := one.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if j := only(t, db); second != 1 || j.Status != entjob.StatusDone || j.Attempts != 2 || j.LastError != nil {
			t.Errorf("the second worker ran %d times, the job is %+v", second, j)
		}
	})
}

func TestAFailingJobIsTriedAgainAndThenParked(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		tries := 0
		w := handling(db, "one", "send", func(context.Context, *store.DB, job.Work) error { tries++; return errBroken })
		enqueue(t, db, "send")
		wait := time.Second
		for n := 1; n < 10; n++ {
			if drain(t, w) != 1 || tries != n {
				t.Fatalf("after round %d it was tried %d times", n, tries)
			}
			j := only(t, db)
			if j.Status != entjob.StatusQueued || j.Attempts != n || *j.LastError != errBroken.Error() || j.RunAt.Before(c.now().Add(wait)) || j.RunAt.After(c.now().Add(wait*5/4)) {
				t.Fatalf("after round %d the job is %+v, want it queued in %v and up to a quarter more", n, j, wait)
			}
			c.wait(j.RunAt.Sub(c.now()) - time.Millisecond)
			if drain(t, w) != 0 {
				t.Fatalf("after round %d it was tried too early", n)
			}
			c.wait(time.Millisecond)
			wait *= 2
		}
		if drain(t, w) != 1 || tries != 10 {
			t.Fatalf("it was tried %d times, want 10", tries)
		}
		j := only(t, db)
		if j.Status != entjob.StatusParked || j.LeasedUntil != nil || *j.LastError != errBroken.Error() {
			t.Errorf("the job is %+v, want it parked", j)
		}
		c.wait(1000 * time.Hour)
		if drain(t, w) != 0 {
			t.Error("a parked job was tried again")
		}
	})
}

func TestWhatGoesWrongIsKeptAsAReason(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		handler job.Handler
		want    string
	}{
		"nobody knows the kind":            {nil, "nobody handles send"},
		"the handler panics":               {func(context.Context, *store.DB, job.Work) error { panic("at the disco") }, "the handler panicked: at the disco"},
		"the handler panics with an error": {func(context.Context, *store.DB, job.Work) error { panic(errBroken) }, "the handler panicked: " + errBroken.Error()},
		"the reason is long":               {fails(strings.Repeat("x", 5000)), strings.Repeat("x", 1000)},
		"a character is cut":               {fails("x" + strings.Repeat("é", 900)), "x" + strings.Repeat("é", 499)},
		"the reason holds NUL":             {fails("a\x00b"), "ab"},
		"it is no UTF-8":                   {fails("a\xffb"), "ab"},
	} {
		t.Run("when "+name, func(t *testing.T) {
			t.Parallel()
			each(t, func(t *testing.T, db *store.DB, _ *clock) {
				enqueue(t, db, "send")
				w := &job.Worker{DB: db, Name: "one", Handlers: map[job.Kind]job.Handler{}}
				if c.handler != nil {
					w.Handlers["send"] = c.handler
				}
				if got, want := drain(t, w), 1; got != want {
					t.Errorf("%d jobs were tried, want %d", got, want)
				}
				if j := only(t, db); j.Status != entjob.StatusQueued || j.LastError == nil || *j.LastError != c.want {
					t.Errorf("the job is %+v, want the reason %q", j, c.want)
				}
			})
		})
	}
}

func fails(reason string) job.Handler {
	return func(context.Context, *store.DB, job.Work) error { return errors.New(reason) }
}

// One bad job does not keep the others waiting.
func TestAFailingJobDoesNotHoldUpOthers(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		enqueue(t, db, "bad")
		c.wait(time.Second)
		enqueue(t, db, "good")
		good := 0
		w := &job.Worker{DB: db, Name: "one", Handlers: map[job.Kind]job.Handler{
			"bad": fails("bad"), "good": func(context.Context, *store.DB, job.Work) error { good++; return nil },
		}}
		if got, want := drain(t, w), 2; got != want || good != 1 {
			t.Errorf("%d jobs were tried and %d done, want 2 and 1", got, good)
		}
	})
}

// A job that takes every worker with it is parked too: its handler never comes
// to say that it failed.
func TestAJobThatKillsItsWorkersIsParked(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, c *clock) {
		enqueue(t, db, "send")
		ran := 0
		w := handling(db, "one", "send", func(context.Context, *store.DB, job.Work) error { ran++; return nil })
		// A claim whose worker was killed leaves nothing but this.
		killed := `UPDATE jobs SET status = 'LEASED', leased_by = 'killed', leased_until = $1, attempts = attempts + 1`
		for range 10 {
			if _, err := db.Engine().Write.ExecContext(t.Context(), killed, c.now()); err != nil {
				t.Fatal(err)
			}
		}
		drain(t, w)
		if j := only(t, db); j.Status != entjob.StatusParked || j.LastError == nil || ran != 0 {
			t.Errorf("the job is %+v and ran %d times, want it parked", j, ran)
		}
	})
}

func TestAWorkerThatIsStoppedGivesItsJobBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		enqueue(t, db, "send")
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		one := handling(db, "one", "send", func(ctx context.Context, _ *store.DB, _ job.Work) error {
			stop()
			<-ctx.Done()
			return ctx.Err()
		})
		stopped := make(chan struct{})
		go func() { one.Run(ctx); close(stopped) }()
		<-stopped
		if j := only(t, db); j.Status != entjob.StatusQueued || j.LeasedBy != nil || j.LastError != nil {
			t.Errorf("the job is %+v, want it given back without a word", j)
		}
		done := 0
		if drain(t, handling(db, "two", "send", func(context.Context, *store.DB, job.Work) error { done++; return nil })) != 1 || done != 1 {
			t.Errorf("the next worker did it %d times, want once, at once", done)
		}
	})
}

// A handler that finishes in spite of the stop has done its job.
func TestAJobDoneWhileStoppingIsDone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		enqueue(t, db, "send")
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		w := handling(db, "one", "send", func(context.Context, *store.DB, job.Work) error { stop(); return nil })
		_, _ = w.Drain(ctx)
		if j := only(t, db); j.Status != entjob.StatusDone {
			t.Errorf("the job is %+v, want it done", j)
		}
	})
}

// Run is woken by changes, and does what was there before it.
func TestRunDoesWhatIsQueued(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db *store.DB, _ *clock) {
		done := make(chan job.Kind, 2)
		note := func(_ context.Context, _ *store.DB, w job.Work) error { done <- w.Kind; return nil }
		w := &job.Worker{DB: db, Name: "one", Handlers: map[job.Kind]job.Handler{"early": note, "late": note}}
		enqueue(t, db, "early")
		ctx, stop := context.WithCancel(t.Context())
		stopped := make(chan struct{})
		go func() { w.Run(ctx); close(stopped) }()
		if got, want := <-done, job.Kind("early"); got != want {
			t.Errorf("first came %s, want %s", got, want)
		}
		enqueue(t, db, "late")
		if got, want := <-done, job.Kind("late"); got != want {
			t.Errorf("then came %s, want %s", got, want)
		}
		stop()
		<-stopped
	})
}
