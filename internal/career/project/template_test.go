package project

import (
	"context"
	"fmt"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/planneddeliverable"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// A template keeps what a project said, whatever the project says later, and
// without its days.
func TestATemplateIsASnapshot(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in := workFor(w.uni)
		in.SkillIDs, in.StartsOn, in.StartsBy = []gid.ID{w.writing}, ref(calendar.Date("2026-12-01")), ref(calendar.Date("2026-12-03"))
		in.DueOn, in.ApplyBy, in.IPTerms = ref(calendar.Date("2026-12-31")), later(db.Now()), ref(microproject.IPTermsLicensedToEmployer)
		in.Deliverables[0].DueOn = ref(calendar.Date("2026-12-24"))
		p := w.drafted(t, in)
		kept := w.keeps(t, w.recruiter, p, "Our handbook")
		if err := w.cancels(p, p.Revision, "No money.")(stage.As(t, w.owner, "cancelMicroProject")); err != nil {
			t.Fatal(err)
		}
		id, err := DraftMicroProjectFromTemplate(stage.As(t, w.owner, "draftMicroProjectFromTemplate"), db,
			DraftMicroProjectFromTemplateInput{MicroProjectTemplateID: kept, StartsOn: ref(calendar.Date("2027-02-01"))})
		if err != nil {
			t.Fatal(err)
		}
		got := w.project(t, id)
		if got.Title != p.Title || got.Brief != p.Brief || got.FeeMinor != p.FeeMinor || got.Hours != p.Hours || got.Audience != p.Audience ||
			got.IPTerms != microproject.IPTermsLicensedToEmployer || *got.StartsOn != "2027-02-01" || got.StartsBy != nil || got.DueOn != nil ||
			got.ApplyBy != nil || got.Status != microproject.StatusDraft {
			t.Errorf("got %v", got)
		}
		now, err := termsSeen(t, w, got)
		if err != nil || len(now.skills) != 1 || len(now.institutions) != 1 {
			t.Errorf("it names %v, %v", now, err)
		}
		plan, err := db.Read.PlannedDeliverable.Query().Where(planneddeliverable.MicroProjectID(id)).All(stage.All(t))
		if err != nil || len(plan) != 1 || plan[0].DueOn != nil {
			t.Errorf("the plan is %v, %v", plan, err)
		}
	})
}

// keeps saves a project as a template.
func (w *town) keeps(t *testing.T, v viewer.Viewer, p *ent.MicroProject, name string) gid.ID {
	t.Helper()
	id, err := SaveMicroProjectTemplate(stage.As(t, v, "saveMicroProjectTemplate"), w.DB, SaveMicroProjectTemplateInput{p.ID, name})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (w *town) saves(p *ent.MicroProject, name string) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := SaveMicroProjectTemplate(ctx, w.DB, SaveMicroProjectTemplateInput{p.ID, name})
		return err
	}
}

func platforms(name string) PublishMicroProjectTemplateInput {
	return PublishMicroProjectTemplateInput{
		Name: name, Title: "Write a handbook", Brief: "Write down how the work is done here.", Hours: 20,
		Fee: money.Input{Amount: "400", Currency: "USD"}, Workplace: microproject.WorkplaceRemote,
		Deliverables: []*MicroProjectTemplateDeliverableInput{{Title: "The handbook", AcceptanceCriterion: "It is complete."}},
	}
}

// An employer's templates are its own; the platform's are for every employer.
func TestWhoseATemplateIs(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		p := w.drafted(t, work())
		public := w.open(t, 1)
		const save, publish, draft, remove = "saveMicroProjectTemplate", "publishMicroProjectTemplate", "draftMicroProjectFromTemplate", "removeMicroProjectTemplate"
		w.Refuses(t, w.supervisor, save, w.saves(p, "Ours"), fault.CodeNotPermitted, "")
		w.Refuses(t, w.boltOwner, save, w.saves(p, "Ours"), fault.CodeNotFound, "microProjectId")
		w.Refuses(t, w.boltOwner, save, w.saves(public, "Ours"), fault.CodeNotPermitted, "")
		w.Refuses(t, w.owner, save, w.saves(p, "O"), fault.CodeInvalidValue, "name")
		own := w.keeps(t, w.owner, p, "Ours")
		w.Refuses(t, w.owner, save, w.saves(p, " OURS "), fault.CodeAlreadyExists, "name")
		publishes := func(in PublishMicroProjectTemplateInput) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := PublishMicroProjectTemplate(ctx, db, in)
				return err
			}
		}
		w.Refuses(t, w.owner, publish, publishes(platforms("Handbook")), fault.CodeNotPermitted, "")
		long := platforms("Handbook")
		long.Hours = 41
		w.Refuses(t, w.operator, publish, publishes(long), fault.CodeInvalidValue, "hours")
		all, err := PublishMicroProjectTemplate(stage.As(t, w.operator, publish), db, platforms("Handbook"))
		if err != nil {
			t.Fatal(err)
		}
		drafts := func(id gid.ID) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := DraftMicroProjectFromTemplate(ctx, db, DraftMicroProjectFromTemplateInput{MicroProjectTemplateID: id})
				return err
			}
		}
		removes := func(id gid.ID, revision int) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := RemoveMicroProjectTemplate(ctx, db, RemoveMicroProjectTemplateInput{id, revision})
				return err
			}
		}
		w.Refuses(t, w.boltOwner, draft, drafts(own), fault.CodeNotFound, "microProjectTemplateId")
		w.Refuses(t, w.ada, draft, drafts(all), fault.CodeNotFound, "microProjectTemplateId")
		w.Refuses(t, w.operator, draft, drafts(all), fault.CodeNotPermitted, "")
		w.Refuses(t, w.elsewhere, remove, removes(all, 1), fault.CodeNotFound, "microProjectTemplateId")
		if err := drafts(all)(stage.As(t, w.boltOwner, draft)); err != nil {
			t.Error(err)
		}
		w.Refuses(t, w.owner, remove, removes(all, 1), fault.CodeNotPermitted, "")
		w.Refuses(t, w.owner, remove, removes(own, 2), fault.CodeStaleRevision, "expectedRevision")
		w.Does(t, w.recruiter, remove, removes(own, 1), stage.Says(event.MicroProjectTemplateRemoved, own, w.acme))
		w.Refuses(t, w.owner, remove, removes(own, 2), fault.CodeIllegalTransition, "")
		w.Refuses(t, w.owner, draft, drafts(own), fault.CodeIllegalTransition, "")
		w.Does(t, w.operator, remove, removes(all, 1), stage.Says(event.MicroProjectTemplateRemoved, all, gid.LiveWorld))
		w.Refuses(t, w.owner, draft, drafts(all), fault.CodeNotFound, "microProjectTemplateId")
		w.keeps(t, w.owner, p, "Ours")
	})
}

func TestTemplatesAreNotKeptWithoutEnd(t *testing.T) {
	t.Parallel()
	var kept []*ent.ProjectTemplate
	for i := range mostTemplates - 1 {
		kept = append(kept, &ent.ProjectTemplate{NameFolded: fmt.Sprint("template ", i)})
	}
	stage.Answers(t, canKeep(kept, "One more"), "", "")
	stage.Answers(t, canKeep(kept, "TEMPLATE 7"), fault.CodeAlreadyExists, "name")
	stage.Answers(t, canKeep(append(kept, &ent.ProjectTemplate{NameFolded: "one more"}), "Another"), fault.CodeLimitReached, "name")
}
