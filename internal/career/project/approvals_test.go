package project

import (
	"context"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// An institution that refused can be asked once more, and again after what its
// refusal rested on was changed.
func TestAnInstitutionIsAskedOnceMore(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		p := w.submitted(t, workFor(w.uni, w.college))
		refuse := func() {
			t.Helper()
			if err := w.decision(t, w.collegeStaff, w.request(t, p, w.college), "Not this one."); err != nil {
				t.Fatal(err)
			}
		}
		again := func(want fault.Code) {
			t.Helper()
			p = w.project(t, p.ID)
			if want != "" {
				w.Refuses(t, w.owner, "submitMicroProjectForApproval", w.submits(p, p.Revision), want, "")
				return
			}
			if err := w.submits(p, p.Revision)(stage.As(t, w.owner, "submitMicroProjectForApproval")); err != nil {
				t.Fatal(err)
			}
			if q := w.request(t, p, w.college); q.Status != postingrequest.StatusPending || w.request(t, p, w.uni).Status != postingrequest.StatusApproved {
				t.Errorf("it is %v", q)
			}
		}
		again(fault.CodeIllegalTransition) // it has not decided
		refuse()
		again("")
		refuse()
		again(fault.CodeIllegalTransition)
		if err := w.revises(ReviseMicroProjectInput{
			MicroProjectID: p.ID, ExpectedRevision: p.Revision, Hours: opt.Of(18),
		})(stage.As(t, w.owner, "reviseMicroProject")); err != nil {
			t.Fatal(err)
		}
		if p = w.project(t, p.ID); p.Status != microproject.StatusApproved || p.RevisedAt == nil {
			t.Errorf("after the edit it is %v", p)
		}
		if q := w.request(t, p, w.college); q.Status != postingrequest.StatusPending {
			t.Errorf("an edit asks everybody again: %v", q)
		}
	})
}

// The days of the work are what a rule may judge: moving them asks again.
func TestTheDaysAreJudgedAgain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		for name, change := range map[string]ReviseMicroProjectInput{
			"start":  {StartsOn: opt.Of(calendar.Date("2026-12-08"))},
			"window": {StartsBy: opt.Of(calendar.Date("2026-12-09"))},
			"end":    {DueOn: opt.Of(calendar.Date("2026-12-30"))},
		} {
			in := work()
			in.StartsOn, in.DueOn = ref(calendar.Date("2026-12-07")), ref(calendar.Date("2026-12-20"))
			p := w.published(t, in)
			change.MicroProjectID, change.ExpectedRevision = p.ID, p.Revision
			if err := w.revises(change)(stage.As(t, w.owner, "reviseMicroProject")); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if got := w.project(t, p.ID); got.Status != microproject.StatusApproved || got.RevisedAt == nil || w.listing(t, p).ClosedAt == nil {
				t.Errorf("%s: after the edit it is %v", name, got)
			}
		}
	})
}

// Nobody's terms change under their hands.
func TestAMaterialEditWaitsForOffers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		p := w.open(t, 2)
		w.seated(t, p, engagement.StatusActive)
		p = w.project(t, p.ID)
		w.Refuses(t, w.owner, "reviseMicroProject", w.revises(ReviseMicroProjectInput{
			MicroProjectID: p.ID, ExpectedRevision: p.Revision, Hours: opt.Of(18),
		}), fault.CodePolicyViolation, "")
		if err := w.revises(ReviseMicroProjectInput{
			MicroProjectID: p.ID, ExpectedRevision: p.Revision, Title: opt.Of("Write our whole handbook"),
		})(stage.As(t, w.owner, "reviseMicroProject")); err != nil {
			t.Fatal(err)
		}
		if l := w.listing(t, p); l.Title != "Write our whole handbook" || w.project(t, p.ID).Status != microproject.StatusOpen {
			t.Errorf("the posting says %v", l)
		}
	})
}

// A project that went back to review expires when its time to apply ends, and its
// approvals with it.
func TestTheWindowEndsInReviewToo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in, by := work(), db.Now().Add(time.Hour)
		in.ApplyBy = &by
		p := w.published(t, in)
		if err := w.revises(ReviseMicroProjectInput{
			MicroProjectID: p.ID, ExpectedRevision: p.Revision, Hours: opt.Of(18),
		})(stage.As(t, w.owner, "reviseMicroProject")); err != nil {
			t.Fatal(err)
		}
		if p = w.project(t, p.ID); p.Status != microproject.StatusApproved || w.listing(t, p).ClosedAt == nil {
			t.Fatalf("after the edit it is %v", p)
		}
		w.scene(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.MicroProject.Update().Where(microproject.ID(p.ID)).SetApplyBy(tx.Now.Add(-time.Second)).Exec(ctx)
		})
		ctx := stage.As(t, viewer.System("a test plays the worker").In(gid.LiveWorld), "endApplications")
		if err := EndWindow(ctx, db, job.Work{World: gid.LiveWorld, Subject: p.ID}); err != nil {
			t.Fatal(err)
		}
		if p = w.project(t, p.ID); p.Status != microproject.StatusExpired || p.EndedAt == nil {
			t.Errorf("it is %v", p)
		}
		if q := w.request(t, p, gid.LiveWorld); q.Status != postingrequest.StatusExpired || *q.DecidedBy != postingrequest.DecidedBySystem {
			t.Errorf("the approval is %v", q)
		}
	})
}

// Days to an accepted offer are counted from the first time, or an offer of then
// could have been accepted before.
func TestPublishingAgainKeepsTheFirstTime(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		p := w.open(t, 2)
		first, posted := *p.PublishedAt, w.listing(t, p).PublishedAt
		if err := w.revises(ReviseMicroProjectInput{
			MicroProjectID: p.ID, ExpectedRevision: p.Revision, Hours: opt.Of(18),
		})(stage.As(t, w.owner, "reviseMicroProject")); err != nil {
			t.Fatal(err)
		}
		p = w.project(t, p.ID)
		if err := w.publishes(p, p.Revision)(stage.As(t, w.owner, "publishMicroProject")); err != nil {
			t.Fatal(err)
		}
		if p = w.project(t, p.ID); !p.PublishedAt.Equal(first) {
			t.Errorf("it was published at %v, and says %v", first, p.PublishedAt)
		}
		if l := w.listing(t, p); !l.PublishedAt.After(posted) {
			t.Errorf("its posting of %v says %v after it was posted anew", posted, l.PublishedAt)
		}
	})
}

func TestWhatABannedEmployerOffersEnds(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		draft, public, busy := w.drafted(t, work()), w.open(t, 1), w.open(t, 2)
		w.seated(t, busy, engagement.StatusActive)
		ctx := stage.As(t, viewer.System("a test plays the worker").In(gid.LiveWorld), "endProjects")
		for range 2 { // a job may come twice
			if err := EndForEmployer(ctx, db, job.Work{World: gid.LiveWorld, Subject: w.acme}); err != nil {
				t.Fatal(err)
			}
		}
		for p, want := range map[*ent.MicroProject]microproject.Status{
			draft: microproject.StatusCancelled, public: microproject.StatusCancelled, busy: microproject.StatusOpen,
		} {
			if got := w.project(t, p.ID); got.Status != want {
				t.Errorf("it is %v, want %s", got, want)
			}
		}
		if n, err := db.Read.Application.Query().Where(application.MicroProjectID(busy.ID)).Count(stage.All(t)); err != nil || n == 0 {
			t.Errorf("the work under way: %d, %v", n, err)
		}
	})
}

// Of two who decide at once one finds the request decided.
func TestManyDecisionsAreAllOrNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		one, two := w.submitted(t, cheap()), w.submitted(t, cheap())
		a, b := w.request(t, one, gid.LiveWorld), w.request(t, two, gid.LiveWorld)
		decide := func(rows ...*PostingDecisionInput) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := DecidePostingRequests(ctx, db, DecidePostingRequestsInput{rows})
				return err
			}
		}
		approve := func(q *ent.PostingRequest) *PostingDecisionInput {
			return &PostingDecisionInput{PostingRequestID: q.ID, ExpectedRevision: q.Revision, Decision: DecideApprove}
		}
		const verb = "decidePostingRequests"
		w.Refuses(t, w.operator, verb, decide(approve(a), &PostingDecisionInput{PostingRequestID: b.ID, ExpectedRevision: b.Revision, Decision: DecideDecline}),
			fault.CodeInvalidValue, "decisions.1.reason")
		w.Refuses(t, w.operator, verb, decide(approve(a), approve(a)), fault.CodeIllegalTransition, "decisions.1")
		w.Refuses(t, w.operator, verb, decide(make([]*PostingDecisionInput, 51)...), fault.CodeLimitReached, "decisions")
		w.Refuses(t, w.approver, verb, decide(approve(a)), fault.CodeNotFound, "decisions.0.postingRequestId")
		if err := decide(approve(a), approve(b))(stage.As(t, w.operator, verb)); err != nil {
			t.Fatal(err)
		}
		for _, p := range []*ent.MicroProject{one, two} {
			if got := w.project(t, p.ID); got.Status != microproject.StatusApproved {
				t.Errorf("it is %v", got)
			}
		}
	})
}
