package project

import (
	"context"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	entjob "github.com/rung-dev/rung/ent/gen/ent/job"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
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

func (w *town) drafts(in DraftMicroProjectInput) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := DraftMicroProject(ctx, w.DB, in)
		return err
	}
}

func TestDraft(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in := workFor(w.uni, w.college)
		in.Title, in.SkillIDs, in.OccupationID = "  Écrire le manuel ", []gid.ID{w.writing, w.drawing}, &w.editor
		in.BreakWindow = &calendar.Window{StartsOn: "2026-12-20", EndsOn: "2027-01-03"}
		in.DueOn = ref(calendar.Date("2026-12-31"))
		in.ApplyBy = later(db.Now())
		in.Deliverables = append(in.Deliverables, &PlannedDeliverableInput{
			Title: "The pictures", AcceptanceCriterion: "All are there.", DueOn: ref(calendar.Date("2026-12-24")),
		})
		var id gid.ID
		ctx := stage.As(t, w.recruiter, "draftMicroProject")
		id, err := DraftMicroProject(ctx, db, in)
		if err != nil {
			t.Fatal(err)
		}
		p := w.project(t, id)
		if p.Title != "Écrire le manuel" || p.TitleFolded != "ecrire le manuel" || p.Status != microproject.StatusDraft || p.Revision != 1 ||
			p.FeeMinor != 400_00 || p.Currency != "USD" || p.Hours != 20 || p.Seats != 1 || p.OccupationID != w.editor ||
			p.EmployerOrgID != w.acme || p.DraftedByID != w.recruiter.Person || *p.BreakEndsOn != "2027-01-03" || !p.ApplyBy.Equal(*in.ApplyBy) {
			t.Errorf("got %v", p)
		}
		before, err := db.Read.PlannedDeliverable.Query().Order(ent.Asc("position")).All(ctx)
		if err != nil || len(before) != 2 || before[0].Position != 1 || before[1].Title != "The pictures" || *before[1].DueOn != "2026-12-24" {
			t.Errorf("the plan is %v, %v", before, err)
		}
		terms, err := termsSeen(t, w, p)
		if err != nil || len(terms.institutions) != 2 || len(terms.skills) != 2 {
			t.Errorf("it names %v, %v", terms, err)
		}
		if got := w.Said(t); len(got) != 1 || got[0] != stage.Says(event.MicroProjectDrafted, id, w.acme) {
			t.Errorf("got %v", got)
		}
		// Until it is submitted, nobody else sees it.
		for _, v := range []viewer.Viewer{w.boltOwner, w.approver, w.operator, w.ada, viewer.Public()} {
			if _, err := db.Read.MicroProject.Get(viewer.With(t.Context(), v), id); !ent.IsNotFound(err) {
				t.Errorf("%s %s sees a draft: %v", v.Kind, v.Role, err)
			}
		}
	})
}

func termsSeen(t *testing.T, w *town, p *ent.MicroProject) (now terms, err error) {
	t.Helper()
	err = w.try(t, w.owner, func(ctx context.Context, tx *store.Tx) error {
		now, err = termsNow(ctx, tx, p)
		return err
	})
	return now, err
}

func TestDraftRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		for _, v := range []viewer.Viewer{w.supervisor, w.approver, w.operator, w.ada, viewer.Public()} {
			w.Refuses(t, v, "draftMicroProject", w.drafts(work()), fault.CodeNotPermitted, "")
		}
		unknown := gid.ID{6: 0x70, 8: 0x80, 9: 1, 15: byte(gid.Institution)}
		w.Refuses(t, w.owner, "draftMicroProject", w.drafts(workFor(w.uni, unknown)), fault.CodeNotFound, "institutionIds.1")
		w.Refuses(t, w.owner, "draftMicroProject", w.drafts(workFor(w.listed)), fault.CodeInvalidValue, "institutionIds.0")
		w.Refuses(t, w.owner, "draftMicroProject", w.drafts(workFor(w.unlinked)), fault.CodePolicyViolation, "institutionIds.0")
		w.Refuses(t, w.boltOwner, "draftMicroProject", w.drafts(workFor(w.uni)), fault.CodePolicyViolation, "institutionIds.0")
		skilled, occupied := work(), work()
		skilled.SkillIDs, occupied.OccupationID = []gid.ID{w.writing, unknown}, &unknown
		w.Refuses(t, w.owner, "draftMicroProject", w.drafts(skilled), fault.CodeNotFound, "skillIds.1")
		w.Refuses(t, w.owner, "draftMicroProject", w.drafts(occupied), fault.CodeNotFound, "occupationId")
		short := work()
		short.Hours = 4
		w.Refuses(t, w.owner, "draftMicroProject", w.drafts(short), fault.CodeInvalidValue, "hours")
	})
}

func TestDraftReplays(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		ask := func() (gid.ID, error) {
			ctx := viewer.WithRequest(viewer.With(t.Context(), w.owner), &viewer.Request{
				ID: "t", Verb: "draftMicroProject", IdempotencyKey: "k", ArgumentHash: []byte("of the same arguments"),
			})
			return DraftMicroProject(ctx, db, work())
		}
		first, err := ask()
		if err != nil {
			t.Fatal(err)
		}
		before := w.Everything(t)
		if again, err := ask(); err != nil || again != first {
			t.Errorf("got %v, %v, want %v once more", again, err, first)
		}
		if after := w.Everything(t); after != before {
			t.Errorf("the replay changed something\nbefore %s\nafter %s", before, after)
		}
	})
}

func (w *town) revises(in ReviseMicroProjectInput) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := ReviseMicroProject(ctx, w.DB, in)
		return err
	}
}

func TestRevise(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in := workFor(w.uni)
		in.SkillIDs, in.DueOn = []gid.ID{w.writing}, ref(calendar.Date("2026-12-31"))
		p := w.drafted(t, in)
		w.Does(t, w.recruiter, "reviseMicroProject", w.revises(ReviseMicroProjectInput{
			MicroProjectID: p.ID, ExpectedRevision: 1, Title: opt.Of("Draw our handbook"), DueOn: opt.Null[calendar.Date](),
			Fee: opt.Of(money.Input{Amount: "500", Currency: "USD"}), SkillIDs: opt.ListOf(w.drawing), InstitutionIDs: opt.ListOf(w.college),
		}), stage.Says(event.MicroProjectRevised, p.ID, w.acme))
		after := w.project(t, p.ID)
		if after.Title != "Draw our handbook" || after.TitleFolded != "draw our handbook" || after.FeeMinor != 500_00 || after.DueOn != nil ||
			after.Brief != p.Brief || after.Revision != 2 || after.Status != microproject.StatusDraft {
			t.Errorf("got %v", after)
		}
		now, err := termsSeen(t, w, after)
		if err != nil || len(now.skills) != 1 || now.skills[0] != w.drawing || len(now.institutions) != 1 || now.institutions[0] != w.college {
			t.Errorf("it names %v, %v", now, err)
		}
		w.Does(t, w.owner, "reviseMicroProject", w.revises(ReviseMicroProjectInput{
			MicroProjectID: p.ID, ExpectedRevision: 2, Audience: opt.Of(microproject.AudiencePublic), SkillIDs: opt.ListOf[gid.ID](),
		}), stage.Says(event.MicroProjectRevised, p.ID, w.acme))
		if now, err := termsSeen(t, w, after); err != nil || len(now.skills)+len(now.institutions) != 0 {
			t.Errorf("it names %v, %v", now, err)
		}
	})
}

func TestReviseRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		p, public := w.drafted(t, work()), w.open(t, 1)
		title := opt.Of("Draw our handbook")
		revise := func(p *ent.MicroProject, revision int) func(context.Context) error {
			return w.revises(ReviseMicroProjectInput{MicroProjectID: p.ID, ExpectedRevision: revision, Title: title})
		}
		w.Refuses(t, w.boltOwner, "reviseMicroProject", revise(p, 1), fault.CodeNotFound, "microProjectId")
		w.Refuses(t, w.elsewhere, "reviseMicroProject", revise(public, public.Revision), fault.CodeNotFound, "microProjectId")
		w.Refuses(t, w.boltOwner, "reviseMicroProject", revise(public, public.Revision), fault.CodeNotPermitted, "")
		w.Refuses(t, w.ada, "reviseMicroProject", revise(public, public.Revision), fault.CodeNotPermitted, "")
		w.Refuses(t, w.supervisor, "reviseMicroProject", revise(p, 1), fault.CodeNotPermitted, "")
		full := w.open(t, 1)
		w.scene(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.MicroProject.Update().Where(microproject.ID(full.ID)).SetStatus(microproject.StatusFilled).Exec(ctx)
		})
		full = w.project(t, full.ID)
		w.Refuses(t, w.owner, "reviseMicroProject", revise(full, full.Revision), fault.CodeIllegalTransition, "")
		w.Refuses(t, w.owner, "reviseMicroProject", w.revises(ReviseMicroProjectInput{
			MicroProjectID: public.ID, ExpectedRevision: public.Revision, Seats: opt.Of(9),
		}), fault.CodeInvalidValue, "seats")
		w.Refuses(t, w.owner, "reviseMicroProject", revise(p, 2), fault.CodeStaleRevision, "expectedRevision")
		w.Refuses(t, w.owner, "reviseMicroProject", w.revises(ReviseMicroProjectInput{
			MicroProjectID: p.ID, ExpectedRevision: 1, Hours: opt.Of(60),
		}), fault.CodeInvalidValue, "hours")
		past := db.Now().Add(-time.Second)
		w.Refuses(t, w.owner, "reviseMicroProject", w.revises(ReviseMicroProjectInput{
			MicroProjectID: p.ID, ExpectedRevision: 1, ApplyBy: opt.Of(past),
		}), fault.CodeInvalidValue, "applyBy")
		w.Refuses(t, w.owner, "reviseMicroProject", w.revises(ReviseMicroProjectInput{
			MicroProjectID: p.ID, ExpectedRevision: 1, SkillIDs: opt.ListOf(w.editor),
		}), fault.CodeNotFound, "skillIds.0")
	})
}

func TestPlan(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in := work()
		in.DueOn = ref(calendar.Date("2026-12-31"))
		p := w.drafted(t, in)
		var done Planned
		plan := func(revision int, due *calendar.Date) func(context.Context) error {
			return func(ctx context.Context) (err error) {
				done, err = PlanDeliverable(ctx, db, PlanDeliverableInput{p.ID, revision, "The index", "It lists all words.", due, false})
				return err
			}
		}
		ctx := stage.As(t, w.owner, "planDeliverable")
		if err := plan(1, nil)(ctx); err != nil {
			t.Fatal(err)
		}
		d, err := db.Read.PlannedDeliverable.Get(ctx, done.PlannedDeliverableID)
		if err != nil || d.Position != 2 || d.Title != "The index" || d.DueOn != nil || w.project(t, p.ID).Revision != 2 {
			t.Errorf("got %v, %v", d, err)
		}
		w.Does(t, w.owner, "planDeliverable", plan(2, nil), stage.Says(event.DeliverablePlanned, p.ID, w.acme))
		w.Refuses(t, w.owner, "planDeliverable", plan(3, ref(calendar.Date("2027-01-01"))), fault.CodeInvalidValue, "dueOn")
		w.Refuses(t, w.owner, "planDeliverable", plan(2, nil), fault.CodeStaleRevision, "expectedRevision")
		w.Refuses(t, w.supervisor, "planDeliverable", plan(3, nil), fault.CodeNotPermitted, "")
		w.Refuses(t, w.boltOwner, "planDeliverable", plan(3, nil), fault.CodeNotFound, "microProjectId")
		for revision := 3; revision <= 19; revision++ {
			if err := plan(revision, nil)(stage.As(t, w.owner, "planDeliverable")); err != nil {
				t.Fatal(err)
			}
		}
		w.Refuses(t, w.owner, "planDeliverable", plan(20, nil), fault.CodeLimitReached, "microProjectId")
		w.resubmitted(t, w.project(t, p.ID))
		w.Refuses(t, w.owner, "planDeliverable", plan(22, nil), fault.CodeIllegalTransition, "")
	})
}

func (w *town) publishes(p *ent.MicroProject, revision int) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := PublishMicroProject(ctx, w.DB, PublishMicroProjectInput{p.ID, revision})
		return err
	}
}

func (w *town) listing(t *testing.T, p *ent.MicroProject) *ent.Listing {
	t.Helper()
	l, err := w.DB.Read.Listing.Query().Where(listing.MicroProjectID(p.ID)).Only(stage.All(t))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestPublish(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in := work()
		in.Workplace, in.Location, in.ApplyBy = microproject.WorkplaceHybrid, ref("Berlin"), later(db.Now())
		in.Fee.Amount = "405.01"
		in.BreakWindow = &calendar.Window{StartsOn: "2026-12-20", EndsOn: "2027-01-03"}
		p := w.submitted(t, in)
		w.Does(t, w.recruiter, "publishMicroProject", w.publishes(p, p.Revision), stage.Says(event.MicroProjectPublished, p.ID, w.acme, gid.LiveWorld))
		after := w.project(t, p.ID)
		if after.Status != microproject.StatusOpen || after.PublishedAt == nil || after.Revision != p.Revision+1 {
			t.Errorf("got %v", after)
		}
		l := w.listing(t, p)
		if l.Status != listing.StatusOpen || l.Source != listing.SourceRung || l.EmployerName != "Acme" || l.Title != p.Title ||
			l.TitleFolded != p.TitleFolded || l.Workplace != listing.WorkplaceHybrid || len(l.Locations) != 1 || l.Locations[0] != "Berlin" ||
			*l.Hours != 20 || *l.FeeMinor != 405_01 || *l.HourlyMinor != 20_25 || *l.Currency != "USD" || *l.BreakEndsOn != "2027-01-03" ||
			!l.ApplyBy.Equal(*in.ApplyBy) || !l.PublishedAt.Equal(*after.PublishedAt) || l.ClosedAt != nil || l.WorldID != gid.LiveWorld {
			t.Errorf("the listing is %v", l)
		}
		timer, err := db.Read.Job.Query().Where(entjob.Kind(string(EndApplications))).Only(stage.All(t))
		if err != nil || timer.RunAt.Before(*in.ApplyBy) || timer.RunAt.After(in.ApplyBy.Add(time.Minute)) {
			t.Errorf("the end of the time to apply is %v, %v", timer, err)
		}
		if _, err := db.Read.MicroProject.Get(viewer.With(t.Context(), viewer.Public()), p.ID); err != nil {
			t.Errorf("the public does not see it: %v", err)
		}
		// What is meant for an institution is posted there, and not in public.
		chosen := w.published(t, workFor(w.uni))
		posted := w.listing(t, chosen)
		if posted.Audience != listing.AudienceInstitutions || l.Audience != listing.AudiencePublic {
			t.Errorf("they are for %s and %s", posted.Audience, l.Audience)
		}
		for _, v := range []viewer.Viewer{w.ada, w.owner, w.operator, w.approver} {
			if _, err := db.Read.Listing.Get(viewer.With(t.Context(), v), posted.ID); err != nil {
				t.Errorf("%s %s does not see the posting: %v", v.Kind, v.Role, err)
			}
		}
		for _, v := range []viewer.Viewer{w.eve, viewer.Public(), w.boltOwner, w.collegeStaff} {
			if _, err := db.Read.Listing.Get(viewer.With(t.Context(), v), posted.ID); !ent.IsNotFound(err) {
				t.Errorf("%s %s sees the posting: %v", v.Kind, v.Role, err)
			}
		}
		if _, err := db.Read.MicroProject.Get(viewer.With(t.Context(), w.ada), chosen.ID); err != nil {
			t.Errorf("a talent of the institution does not see it: %v", err)
		}
		for _, v := range []viewer.Viewer{w.eve, viewer.Public(), w.boltOwner} {
			if _, err := db.Read.MicroProject.Get(viewer.With(t.Context(), v), chosen.ID); !ent.IsNotFound(err) {
				t.Errorf("%s sees it: %v", v.Kind, err)
			}
		}
	})
}

func TestPublishRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		p, draft, open := w.submitted(t, work()), w.drafted(t, work()), w.open(t, 1)
		waiting := w.submitted(t, workFor(w.college)) // pays the platform's floor, not the college's
		if waiting.Status != microproject.StatusApproved {
			t.Fatalf("got %v", waiting)
		}
		w.Refuses(t, w.owner, "publishMicroProject", w.publishes(waiting, waiting.Revision), fault.CodePolicyViolation, "")
		w.Refuses(t, w.owner, "publishMicroProject", w.publishes(draft, 1), fault.CodeIllegalTransition, "")
		w.Refuses(t, w.owner, "publishMicroProject", w.publishes(open, open.Revision), fault.CodeIllegalTransition, "")
		w.Refuses(t, w.owner, "publishMicroProject", w.publishes(p, 1), fault.CodeStaleRevision, "expectedRevision")
		w.Refuses(t, w.operator, "publishMicroProject", w.publishes(p, p.Revision), fault.CodeNotPermitted, "")
		w.Refuses(t, w.supervisor, "publishMicroProject", w.publishes(p, p.Revision), fault.CodeNotPermitted, "")
		w.Refuses(t, w.boltOwner, "publishMicroProject", w.publishes(p, p.Revision), fault.CodeNotFound, "microProjectId")
		w.Refuses(t, w.elsewhere, "publishMicroProject", w.publishes(p, p.Revision), fault.CodeNotFound, "microProjectId")
		w.scene(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.Employer.Update().Where(employer.ID(w.acme)).SetStatus(employer.StatusPending).Exec(ctx)
		})
		w.Refuses(t, w.owner, "publishMicroProject", w.publishes(p, p.Revision), fault.CodePolicyViolation, "")
	})
}

func (w *town) cancels(p *ent.MicroProject, revision int, reason string) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := CancelMicroProject(ctx, w.DB, CancelMicroProjectInput{p.ID, revision, reason})
		return err
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		draft := w.drafted(t, work())
		w.Does(t, w.owner, "cancelMicroProject", w.cancels(draft, 1, "We changed our minds."), stage.Says(event.MicroProjectCancelled, draft.ID, w.acme))
		in := workFor(w.uni, w.college)
		p := w.submitted(t, in)
		asked := w.request(t, p, w.college)
		w.Does(t, w.owner, "cancelMicroProject", w.cancels(p, p.Revision, " No money. "),
			stage.Says(event.MicroProjectCancelled, p.ID, w.acme, gid.LiveWorld, w.uni, w.college),
			stage.Says(event.PostingRequestDeclined, asked.ID, w.acme, w.college))
		after := w.project(t, p.ID)
		if after.Status != microproject.StatusCancelled || *after.Reason != "No money." || after.EndedAt == nil || w.jobs(t, p.ID) != 1 {
			t.Errorf("got %v with %d jobs", after, w.jobs(t, p.ID))
		}
		if q := w.request(t, p, w.college); q.Status != postingrequest.StatusDeclined || *q.RuleID != "cancelled" || *q.DecidedBy != postingrequest.DecidedBySystem {
			t.Errorf("the college's request is %v", q)
		}
		if q := w.request(t, p, w.uni); q.Status != postingrequest.StatusApproved {
			t.Errorf("the uni's request is %v", q)
		}
		open := w.open(t, 1)
		w.Does(t, w.owner, "cancelMicroProject", w.cancels(open, open.Revision, "No money."), stage.Says(event.MicroProjectCancelled, open.ID, w.acme, gid.LiveWorld))
		if l := w.listing(t, open); l.Status != listing.StatusClosed || l.ClosedAt == nil || w.jobs(t, open.ID) != 1 {
			t.Errorf("the listing is %v", l)
		}
	})
}

// The platform ends what its employer does not, in its own world.
func TestAnOperatorCancels(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		draft, busy, campus := w.drafted(t, work()), w.open(t, 2), w.published(t, workFor(w.uni))
		const verb, why = "cancelMicroProject", "It is not what it says."
		w.seated(t, busy, engagement.StatusActive)
		busy = w.project(t, busy.ID)
		w.Refuses(t, w.operator, verb, w.cancels(draft, 1, why), fault.CodeNotFound, "microProjectId")
		w.Refuses(t, w.operator, verb, w.cancels(busy, busy.Revision, why), fault.CodeIllegalTransition, "")
		w.Refuses(t, w.operator, verb, w.cancels(campus, campus.Revision, "No"), fault.CodeInvalidValue, "reason")
		w.Refuses(t, w.operator, verb, w.cancels(campus, campus.Revision-1, why), fault.CodeStaleRevision, "expectedRevision")
		w.Refuses(t, w.elsewhere, verb, w.cancels(campus, campus.Revision, why), fault.CodeNotFound, "microProjectId")
		w.Refuses(t, w.approver, verb, w.cancels(campus, campus.Revision, why), fault.CodeNotPermitted, "")
		w.Does(t, w.operator, verb, w.cancels(campus, campus.Revision, why),
			stage.Says(event.MicroProjectCancelled, campus.ID, w.acme, gid.LiveWorld, w.uni))
		after := w.project(t, campus.ID)
		if after.Status != microproject.StatusCancelled || *after.Reason != why || w.jobs(t, campus.ID) != 1 || w.listing(t, campus).ClosedAt == nil {
			t.Errorf("got %v with %d jobs", after, w.jobs(t, campus.ID))
		}
	})
}

func TestCancelRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		p, busy := w.open(t, 1), w.open(t, 2)
		w.Refuses(t, w.owner, "cancelMicroProject", w.cancels(p, p.Revision, "No"), fault.CodeInvalidValue, "reason")
		w.Refuses(t, w.owner, "cancelMicroProject", w.cancels(p, 1, "No money."), fault.CodeStaleRevision, "expectedRevision")
		w.Refuses(t, w.boltOwner, "cancelMicroProject", w.cancels(p, p.Revision, "No money."), fault.CodeNotPermitted, "")
		w.Refuses(t, w.supervisor, "cancelMicroProject", w.cancels(p, p.Revision, "No money."), fault.CodeNotPermitted, "")
		w.Refuses(t, w.elsewhere, "cancelMicroProject", w.cancels(p, p.Revision, "No money."), fault.CodeNotFound, "microProjectId")
		w.seated(t, busy, engagement.StatusActive)
		w.Refuses(t, w.owner, "cancelMicroProject", w.cancels(busy, busy.Revision, "No money."), fault.CodeIllegalTransition, "")
		w.seated(t, busy, engagement.StatusPendingGates)
		if busy = w.project(t, busy.ID); busy.Status != microproject.StatusInProgress {
			t.Fatalf("got %v", busy)
		}
		w.Refuses(t, w.owner, "cancelMicroProject", w.cancels(busy, busy.Revision, "No money."), fault.CodeIllegalTransition, "")
	})
}
