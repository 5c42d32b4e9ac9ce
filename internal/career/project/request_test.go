package project

import (
	"context"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func (w *town) submits(p *ent.MicroProject, revision int) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := SubmitMicroProjectForApproval(ctx, w.DB, SubmitMicroProjectForApprovalInput{MicroProjectID: p.ID, ExpectedRevision: revision})
		return err
	}
}

// cheap is work that pays a cent less than the floor.
func cheap() DraftMicroProjectInput {
	in := work()
	in.Fee.Amount = "399.99"
	return in
}

func TestSubmit(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		p := w.drafted(t, workFor(w.uni, w.college))
		if err := w.submits(p, 1)(stage.As(t, w.owner, "submitMicroProjectForApproval")); err != nil {
			t.Fatal(err)
		}
		after, platform := w.project(t, p.ID), w.request(t, p, gid.LiveWorld)
		if after.Status != microproject.StatusApproved || after.Reviews != 1 || after.SubmittedAt == nil || after.Revision != 3 {
			t.Errorf("got %v", after)
		}
		if platform.Status != postingrequest.StatusApproved || *platform.DecidedBy != postingrequest.DecidedBySystem ||
			*platform.RuleID != "no-objection" || string(platform.Rules) != "[]" || platform.DecidedAt == nil || !platform.InstitutionID.IsNone() || !platform.DeciderID.IsNone() {
			t.Errorf("the platform's request is %v", platform)
		}
		// The uni has no floor of its own; the college's is higher than what is paid.
		uni, college := w.request(t, p, w.uni), w.request(t, p, w.college)
		if uni.Status != postingrequest.StatusApproved || uni.InstitutionID != w.uni {
			t.Errorf("the uni's request is %v", uni)
		}
		if college.Status != postingrequest.StatusPending || *college.RuleID != "pay-floor" || college.DecidedBy != nil {
			t.Errorf("the college's request is %v", college)
		}
		q := w.drafted(t, workFor(w.uni))
		got := w.Happens(t, w.owner, "submitMicroProjectForApproval", w.submits(q, 1))
		stage.Equal(t, "submitMicroProjectForApproval", got, []string{
			stage.Says(event.MicroProjectSubmitted, q.ID, w.acme, gid.LiveWorld, w.uni),
			stage.Says(event.PostingRequestApproved, w.request(t, q, gid.LiveWorld).ID, w.acme, gid.LiveWorld),
			stage.Says(event.PostingRequestApproved, w.request(t, q, w.uni).ID, w.acme, w.uni),
			stage.Says(event.MicroProjectApproved, q.ID, w.acme, gid.LiveWorld, w.uni),
		})
	})
}

func TestSubmitForReview(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in := work()
		in.Fee.Currency = "EUR"
		for rule, draft := range map[string]DraftMicroProjectInput{"pay-floor": cheap(), "foreign-currency": in} {
			p := w.drafted(t, draft)
			w.Does(t, w.owner, "submitMicroProjectForApproval", w.submits(p, 1), stage.Says(event.MicroProjectSubmitted, p.ID, w.acme, gid.LiveWorld))
			q := w.request(t, p, gid.LiveWorld)
			if got := w.project(t, p.ID); got.Status != microproject.StatusInReview || q.Status != postingrequest.StatusPending || *q.RuleID != rule {
				t.Errorf("%s: got %v with %v", rule, got, q)
			}
			for _, v := range []viewer.Viewer{w.operator, w.owner} {
				if _, err := db.Read.MicroProject.Get(viewer.With(t.Context(), v), p.ID); err != nil {
					t.Errorf("%s does not see it: %v", v.Kind, err)
				}
			}
			for _, v := range []viewer.Viewer{w.elsewhere, w.approver, w.ada, w.boltOwner} {
				if _, err := db.Read.MicroProject.Get(viewer.With(t.Context(), v), p.ID); !ent.IsNotFound(err) {
					t.Errorf("%s sees it: %v", v.Kind, err)
				}
			}
		}
	})
}

func TestSubmitRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in := work()
		in.Deliverables = nil
		bare, p := w.drafted(t, in), w.drafted(t, work())
		w.Refuses(t, w.owner, "submitMicroProjectForApproval", w.submits(bare, 1), fault.CodePolicyViolation, "")
		w.Refuses(t, w.owner, "submitMicroProjectForApproval", w.submits(p, 2), fault.CodeStaleRevision, "expectedRevision")
		w.Refuses(t, w.supervisor, "submitMicroProjectForApproval", w.submits(p, 1), fault.CodeNotPermitted, "")
		w.Refuses(t, w.boltOwner, "submitMicroProjectForApproval", w.submits(p, 1), fault.CodeNotFound, "microProjectId")
		w.Refuses(t, w.operator, "submitMicroProjectForApproval", w.submits(p, 1), fault.CodeNotFound, "microProjectId")
		dated := work()
		dated.DueOn = ref(calendar.Date("2026-12-31"))
		dated.Deliverables[0].DueOn = ref(calendar.Date("2026-12-30"))
		misdated := w.drafted(t, dated)
		if err := w.revises(ReviseMicroProjectInput{
			MicroProjectID: misdated.ID, ExpectedRevision: 1, DueOn: opt.Of(calendar.Date("2026-12-29")),
		})(stage.As(t, w.owner, "reviseMicroProject")); err != nil {
			t.Fatal(err)
		}
		w.Refuses(t, w.owner, "submitMicroProjectForApproval", w.submits(misdated, 2), fault.CodePolicyViolation, "")
		done := w.resubmitted(t, p)
		w.Refuses(t, w.owner, "submitMicroProjectForApproval", w.submits(done, done.Revision), fault.CodeIllegalTransition, "")
	})
}

func (w *town) decides(q *ent.PostingRequest, reason string) func(context.Context) error {
	return func(ctx context.Context) error {
		if reason == "" {
			_, err := ApproveMicroProject(ctx, w.DB, ApproveMicroProjectInput{q.ID, q.Revision})
			return err
		}
		_, err := RefuseMicroProject(ctx, w.DB, RefuseMicroProjectInput{q.ID, q.Revision, reason})
		return err
	}
}

func TestDecide(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in := workFor(w.uni, w.college)
		in.Fee = money.Input{Amount: "100", Currency: "USD"}
		p := w.submitted(t, in)
		everybody := []gid.ID{w.acme, gid.LiveWorld, w.uni, w.college}
		uni, college, platform := w.request(t, p, w.uni), w.request(t, p, w.college), w.request(t, p, gid.LiveWorld)
		w.Does(t, w.approver, "approveMicroProject", w.decides(uni, ""), stage.Says(event.PostingRequestApproved, uni.ID, w.acme, w.uni))
		w.Does(t, w.collegeStaff, "refuseMicroProject", w.decides(college, " Too little. "),
			stage.Says(event.PostingRequestDeclined, college.ID, w.acme, w.college))
		if got := w.project(t, p.ID); got.Status != microproject.StatusInReview || got.Revision != p.Revision {
			t.Errorf("an institution's decision moved the project: %v", got)
		}
		w.Does(t, w.operator, "approveMicroProject", w.decides(platform, ""),
			stage.Says(event.PostingRequestApproved, platform.ID, w.acme, gid.LiveWorld), stage.Says(event.MicroProjectApproved, p.ID, everybody...))
		if got := w.project(t, p.ID); got.Status != microproject.StatusApproved {
			t.Errorf("got %v", got)
		}
		approved, declined := w.request(t, p, w.uni), w.request(t, p, w.college)
		if approved.Status != postingrequest.StatusApproved || *approved.DecidedBy != postingrequest.DecidedByStaff ||
			approved.DeciderID != w.approver.Person || approved.DecidedAt == nil || approved.Revision != 2 {
			t.Errorf("approved: got %v", approved)
		}
		if declined.Status != postingrequest.StatusDeclined || *declined.Reason != "Too little." || declined.DeciderID != w.collegeStaff.Person {
			t.Errorf("declined: got %v", declined)
		}
	})
}

func TestDecideRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in := workFor(w.uni)
		in.Fee = money.Input{Amount: "100", Currency: "USD"}
		p := w.submitted(t, in)
		uni, platform := w.request(t, p, w.uni), w.request(t, p, gid.LiveWorld)
		for verb, reason := range map[string]string{"approveMicroProject": "", "refuseMicroProject": "Too little."} {
			w.Refuses(t, w.uniViewer, verb, w.decides(uni, reason), fault.CodeNotPermitted, "")
			w.Refuses(t, w.owner, verb, w.decides(platform, reason), fault.CodeNotPermitted, "")
			for _, v := range []viewer.Viewer{w.collegeStaff, w.operator, w.elsewhere, w.boltOwner, w.ada, viewer.Public()} {
				w.Refuses(t, v, verb, w.decides(uni, reason), fault.CodeNotFound, "postingRequestId")
			}
			for _, v := range []viewer.Viewer{w.approver, w.collegeStaff, w.elsewhere} {
				w.Refuses(t, v, verb, w.decides(platform, reason), fault.CodeNotFound, "postingRequestId")
			}
			stale := *uni
			stale.Revision = 7
			w.Refuses(t, w.approver, verb, w.decides(&stale, reason), fault.CodeStaleRevision, "expectedRevision")
		}
		w.Refuses(t, w.approver, "refuseMicroProject", w.decides(uni, "No"), fault.CodeInvalidValue, "reason")
		if err := w.decision(t, w.approver, uni, ""); err != nil {
			t.Fatal(err)
		}
		w.Refuses(t, w.approver, "approveMicroProject", w.decides(w.request(t, p, w.uni), ""), fault.CodeIllegalTransition, "")
		// What was cancelled waits for nobody.
		if err := w.cancels(p, p.Revision, "No money.")(stage.As(t, w.owner, "cancelMicroProject")); err != nil {
			t.Fatal(err)
		}
		w.Refuses(t, w.operator, "approveMicroProject", w.decides(w.request(t, p, gid.LiveWorld), ""), fault.CodeIllegalTransition, "")
	})
}

// A project can be asked for once more after a refusal, and then never again.
func TestSecondRequest(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in := workFor(w.uni, w.college)
		in.Fee = money.Input{Amount: "100", Currency: "USD"}
		p := w.submitted(t, in)
		everybody := []gid.ID{w.acme, gid.LiveWorld, w.uni, w.college}
		if err := w.decision(t, w.approver, w.request(t, p, w.uni), ""); err != nil {
			t.Fatal(err)
		}
		college, platform := w.request(t, p, w.college), w.request(t, p, gid.LiveWorld)
		w.Does(t, w.operator, "refuseMicroProject", w.decides(platform, "Too little."),
			stage.Says(event.PostingRequestDeclined, platform.ID, w.acme, gid.LiveWorld), stage.Says(event.MicroProjectRefused, p.ID, everybody...),
			stage.Says(event.PostingRequestDeclined, college.ID, w.acme, w.college))
		if p = w.project(t, p.ID); p.Status != microproject.StatusRefused || *p.Reason != "Too little." || p.EndedAt != nil {
			t.Errorf("got %v", p)
		}
		// Better paid, and no longer for the college.
		w.Does(t, w.owner, "reviseMicroProject", w.revises(ReviseMicroProjectInput{
			MicroProjectID: p.ID, ExpectedRevision: p.Revision, Fee: opt.Of(money.Input{Amount: "399", Currency: "USD"}), InstitutionIDs: opt.ListOf(w.uni),
		}), stage.Says(event.MicroProjectRevised, p.ID, w.acme, gid.LiveWorld, w.uni))
		p = w.resubmitted(t, w.project(t, p.ID))
		if p.Status != microproject.StatusInReview || p.Reviews != 2 || p.Reason != nil {
			t.Errorf("got %v", p)
		}
		for _, body := range []gid.ID{w.uni, gid.LiveWorld} {
			if q := w.request(t, p, body); q.Status != postingrequest.StatusPending || q.DecidedAt != nil || q.DecidedBy != nil || q.Reason != nil || !q.DeciderID.IsNone() {
				t.Errorf("asked again: got %v", q)
			}
		}
		if q := w.request(t, p, w.college); q.Status != postingrequest.StatusDeclined || q.ID != college.ID {
			t.Errorf("no longer asked: got %v", q)
		}
		if err := w.decision(t, w.operator, w.request(t, p, gid.LiveWorld), "Still too little."); err != nil {
			t.Fatal(err)
		}
		p = w.project(t, p.ID)
		w.Refuses(t, w.owner, "submitMicroProjectForApproval", w.submits(p, p.Revision), fault.CodeIllegalTransition, "")
		w.Refuses(t, w.owner, "reviseMicroProject", w.revises(ReviseMicroProjectInput{MicroProjectID: p.ID, ExpectedRevision: p.Revision}), fault.CodeIllegalTransition, "")
		w.Refuses(t, w.owner, "cancelMicroProject", w.cancels(p, p.Revision, "No money."), fault.CodeIllegalTransition, "")
	})
}

// An institution that had approved and is not chosen any more loses sight of
// the project for its talents.
func TestUnchosen(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in := workFor(w.uni, w.college)
		in.Fee = money.Input{Amount: "100", Currency: "USD"}
		p := w.submitted(t, in)
		if err := w.decision(t, w.approver, w.request(t, p, w.uni), ""); err != nil {
			t.Fatal(err)
		}
		if err := w.decision(t, w.operator, w.request(t, p, gid.LiveWorld), "Too little."); err != nil {
			t.Fatal(err)
		}
		p = w.project(t, p.ID)
		if err := w.revises(ReviseMicroProjectInput{
			MicroProjectID: p.ID, ExpectedRevision: p.Revision, Fee: opt.Of(money.Input{Amount: "4000", Currency: "USD"}), InstitutionIDs: opt.ListOf(w.college),
		})(stage.As(t, w.owner, "reviseMicroProject")); err != nil {
			t.Fatal(err)
		}
		p = w.resubmitted(t, w.project(t, p.ID))
		if err := w.publishes(p, p.Revision)(stage.As(t, w.owner, "publishMicroProject")); err != nil {
			t.Fatal(err)
		}
		if q := w.request(t, p, w.uni); q.Status != postingrequest.StatusDeclined || *q.RuleID != "audience" {
			t.Errorf("the uni's request is %v", q)
		}
		if _, err := db.Read.MicroProject.Get(viewer.With(t.Context(), w.ada), p.ID); !ent.IsNotFound(err) {
			t.Errorf("a talent of the uni sees it: %v", err)
		}
	})
}
