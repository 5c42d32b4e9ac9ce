package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/event"
	entjob "github.com/rung-dev/rung/ent/gen/ent/job"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/engine"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// TestSoakTimersFireOnce lets many timers fall due at two servers of one
// database, which are killed at random and started again while they work. Each
// timer has its effect, and has it once.
func TestSoakTimersFireOnce(t *testing.T) {
	t.Parallel()
	timers, kills := 150, 2
	if os.Getenv("RUNG_SOAK") == "1" {
		timers, kills = 5000, 10
	}
	for _, name := range storetest.Engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := storetest.Fresh(t, name)
			db, err := store.Open(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			ctx := viewer.With(t.Context(), viewer.System("a test sets timers"))
			expiring(ctx, t, db, timers)
			var servers sync.WaitGroup
			for range 2 {
				servers.Go(func() { crashing(t, name, o, db, kills) })
			}
			servers.Wait()
			once(ctx, t, db, timers)
		})
	}
}

// expiring makes so many open projects to which nobody can apply any more, each
// with its timer.
func expiring(ctx context.Context, t *testing.T, db *store.DB, n int) {
	t.Helper()
	ctx = viewer.WithRequest(ctx, &viewer.Request{ID: "timers", Verb: "set"})
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		who, err := tx.Person.Create().SetName("Owner").Save(ctx)
		if err != nil {
			return gid.None, err
		}
		firm, err := tx.Employer.Create().SetWorldID(gid.LiveWorld).SetName("Acme").SetNameFolded("acme").
			SetOrigin(employer.OriginRegistered).SetStatus(employer.StatusVerified).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		for i := range n {
			title := fmt.Sprintf("project %d", i)
			p, err := tx.MicroProject.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(firm.ID).SetEmployerOrgID(firm.ID).SetDraftedByID(who.ID).
				SetTitle(title).SetTitleFolded(title).SetBrief("Nobody came.").SetStatus(microproject.StatusOpen).SetHours(20).SetFeeMinor(50_000).
				SetCurrency("USD").SetWorkplace(microproject.WorkplaceRemote).SetPublishedAt(tx.Now).SetApplyBy(tx.Now.Add(time.Second)).Save(ctx)
			if err != nil {
				return gid.None, err
			}
			if err := job.At(ctx, tx, project.EndApplications, p.ID, tx.Now.Add(time.Second)); err != nil {
				return gid.None, err
			}
		}
		return gid.None, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// crashing runs a server, kills it so many times in the middle of its work, and
// stops it when there is nothing left to do.
func crashing(t *testing.T, engineName string, o engine.Options, db *store.DB, kills int) {
	t.Helper()
	p := newProcess(t, engineName, o)
	for range kills {
		p.start(t)
		time.Sleep(time.Duration(200+rand.N(600)) * time.Millisecond)
		_ = p.end(syscall.SIGKILL)
	}
	p.start(t)
	defer func() { _ = p.end(syscall.SIGTERM) }()
	deadline, hurry := time.Now().Add(4*time.Minute), time.Now().Add(2*time.Second)
	for time.Now().Before(deadline) {
		// The short form does not wait a minute: leases run out early, also of those
		// who still work, and what they do must not count twice either.
		if os.Getenv("RUNG_SOAK") != "1" && time.Now().After(hurry) {
			_, err := db.Engine().Write.ExecContext(t.Context(), "UPDATE jobs SET leased_until = $1 WHERE status = 'LEASED'", db.Now())
			if err != nil {
				t.Error(err)
			}
			hurry = time.Now().Add(2 * time.Second)
		}
		// What a killed server held comes free when its lease runs out. A sweep that
		// was cut off can wait.
		left, err := db.Read.Job.Query().Where(entjob.KindNEQ(string(job.Sweep)), entjob.StatusNEQ(entjob.StatusDone)).
			Count(viewer.With(t.Context(), viewer.System("a test counts jobs")))
		if err != nil {
			t.Error(err)
			return
		}
		if left == 0 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error("the work was not done in time")
}

// once looks for the effect of each timer.
func once(ctx context.Context, t *testing.T, db *store.DB, timers int) {
	t.Helper()
	projects, err := db.Read.MicroProject.Query().All(ctx)
	if err != nil || len(projects) != timers {
		t.Fatalf("there are %d projects, %v", len(projects), err)
	}
	happened, err := db.Read.Event.Query().Where(event.Kind("microProject.expired")).All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	times := map[gid.ID]int{}
	for _, e := range happened {
		times[e.SubjectID]++
	}
	for _, p := range projects {
		if p.Status != microproject.StatusExpired || times[p.ID] != 1 {
			t.Errorf("%s is %s, and expired %d times", p.ID, p.Status, times[p.ID])
		}
	}
	tried := 0
	jobs, err := db.Read.Job.Query().Where(entjob.Kind(string(project.EndApplications))).All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range jobs {
		tried = max(tried, j.Attempts)
	}
	gaps(ctx, t, db)
	t.Logf("%d timers, each with one effect; one was tried %d times", timers, tried)
}
