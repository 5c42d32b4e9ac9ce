package application

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/declaredskill"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

const note = "I have done this before."

func (s *scene) apply(v viewer.Viewer, project gid.ID) *ent.Application {
	s.Helper()
	return s.application(stage.Must(s, v, ApplyToMicroProject, ApplyToMicroProjectInput{MicroProjectID: project, Note: note}))
}

func (s *scene) application(id gid.ID) *ent.Application {
	s.Helper()
	a, err := s.DB.Read.Application.Get(s.All(), id)
	if err != nil {
		s.Fatal(err)
	}
	return a
}

// decline ends an application as the verb of the engagements does.
func (s *scene) decline(a *ent.Application) {
	stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
		return 0, Decline(ctx, tx, a, Refusal{Reason: entapplication.DeclineReasonPositionFilled}, []gid.ID{a.EmployerOrgID})
	})
}

// skilled gives a talent skills with these names.
func (s *scene) skilled(v viewer.Viewer, names ...string) {
	stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
		for i, name := range names {
			skill, err := tx.Skill.Create().SetReference(fmt.Sprint("test:", i)).SetName(name).SetNameFolded(name).SetCategory("Test").SetKind("SKILL").Save(ctx)
			if err != nil {
				return 0, err
			}
			err = tx.DeclaredSkill.Create().SetTalentID(v.Talent).SetSkillID(skill.ID).SetLevel(declaredskill.LevelAdvanced).SetDeclaredAt(tx.Now).Exec(ctx)
			if err != nil {
				return 0, err
			}
		}
		return 0, nil
	})
}

func TestApplyToMicroProject(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(nil)
		s.skilled(s.Ada, "writing", "counting")
		in := ApplyToMicroProjectInput{MicroProjectID: p, Note: note}
		hidden := in
		hidden.MicroProjectID = s.project(func(c *ent.MicroProjectCreate) { c.SetStatus(microproject.StatusDraft) })
		stage.Refuses(s, s.Ada, ApplyToMicroProject, hidden, fault.CodeNotFound, "microProjectId")
		stage.Refuses(s, s.Owner, ApplyToMicroProject, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Stranger, ApplyToMicroProject, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, ApplyToMicroProject, ApplyToMicroProjectInput{MicroProjectID: p, Note: note}, fault.CodeNotPermitted, "")
		short := in
		short.Note = "Hi."
		stage.Refuses(s, s.Ada, ApplyToMicroProject, short, fault.CodeInvalidValue, "note")

		id := stage.Does(s, s.Ada, ApplyToMicroProject, in, stage.Hears("eit", event.ApplicationSubmitted)...)
		a := s.application(id)
		if a.Status != entapplication.StatusSubmitted || a.PacketName != "Ada" || a.Note != note || !slices.Equal(a.PacketSkills, []string{"counting", "writing"}) {
			t.Errorf("the application is %v", a)
		}
		stage.Refuses(s, s.Ada, ApplyToMicroProject, in, fault.CodeAlreadyExists, "microProjectId")

		// What was shared stays as it was.
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return tx.TalentProfile.Update().Where(talentprofile.ID(s.Ada.Talent)).SetPreferredName("Countess").SetEmail("ada@example.com").Save(ctx)
		})
		if a := s.application(id); a.PacketName != "Ada" || a.PacketEmail != nil {
			t.Errorf("the packet became %v", a)
		}
		if got := s.apply(s.Ada, s.project(nil)); got.PacketName != "Countess" || *got.PacketEmail != "ada@example.com" {
			t.Errorf("the next packet is %v", got)
		}
	})
}

func TestApplyRefusesAnIncompleteProfile(t *testing.T) {
	each(t, func(s *scene) {
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return tx.TalentProfile.Update().Where(talentprofile.ID(s.Ada.Talent)).ClearResumeURL().Save(ctx)
		})
		stage.Refuses(s, s.Ada, ApplyToMicroProject, ApplyToMicroProjectInput{MicroProjectID: s.project(nil), Note: note}, fault.CodePolicyViolation, "microProjectId")
	})
}

func TestApplyRefusesOutsideTheWindow(t *testing.T) {
	each(t, func(s *scene) {
		by := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
		p := s.project(func(c *ent.MicroProjectCreate) { c.SetApplyBy(by) })
		s.apply(s.Foreigner, p)
		s.Clock.On("2026-03-03")
		stage.Refuses(s, s.Ada, ApplyToMicroProject, ApplyToMicroProjectInput{MicroProjectID: p, Note: note}, fault.CodeWindowClosed, "microProjectId")
	})
}

func TestApplyRefusesOnceTheProjectIsFilled(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(nil)
		a := s.apply(s.Ada, p)
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return tx.MicroProject.Update().Where(microproject.ID(p)).SetStatus(microproject.StatusFilled).Save(ctx)
		})
		in := ApplyToMicroProjectInput{MicroProjectID: p, Note: note}
		stage.Refuses(s, s.Foreigner, ApplyToMicroProject, in, fault.CodeNotFound, "microProjectId")
		s.decline(a)
		stage.Refuses(s, s.Ada, ApplyToMicroProject, in, fault.CodeIllegalTransition, "")
	})
}

func TestApplyRefusesTheEmployersOwnPeople(t *testing.T) {
	each(t, func(s *scene) {
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return 0, tx.Membership.Create().SetWorldID(tx.World()).SetPersonID(s.Ada.Person).SetOrganizationID(s.Acme).SetRole(membership.RoleOwner).Exec(ctx)
		})
		stage.Refuses(s, s.Ada, ApplyToMicroProject, ApplyToMicroProjectInput{MicroProjectID: s.project(nil), Note: note}, fault.CodeNotPermitted, "")
	})
}

// TestApplyWithinAnInstitution: a project for one institution's talents is for
// them only, and only as long as they are its talents.
func TestApplyWithinAnInstitution(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(func(c *ent.MicroProjectCreate) { c.SetAudience(microproject.AudienceInstitutions) })
		in := ApplyToMicroProjectInput{MicroProjectID: p, Note: note}
		stage.Refuses(s, s.Ada, ApplyToMicroProject, in, fault.CodeNotFound, "microProjectId")
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return 0, tx.PostingRequest.Create().SetWorldID(tx.World()).SetOwnerOrgID(s.Acme).SetEmployerOrgID(s.Acme).SetMicroProjectID(p).
				SetBodyID(s.Campus).SetInstitutionID(s.Campus).SetStatus(postingrequest.StatusApproved).SetDecidedBy(postingrequest.DecidedBySystem).
				SetRequestedAt(tx.Now).SetDecidedAt(tx.Now).Exec(ctx)
		})
		stage.Refuses(s, s.Foreigner, ApplyToMicroProject, in, fault.CodeNotFound, "microProjectId")
		a := s.apply(s.Ada, p)
		s.decline(a)
		s.abilities("they are its talent", s.Ada, p, true)
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return tx.Affiliation.Update().Where(affiliation.TalentID(s.Ada.Talent)).SetStatus(affiliation.StatusEnded).SetEndedAt(tx.Now).Save(ctx)
		})
		stage.Refuses(s, s.Ada, ApplyToMicroProject, in, fault.CodeNotPermitted, "")
		s.abilities("they are its talent no more", s.Ada, p, false)
	})
}

func TestAnotherWorldsProjectsAreNotThere(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(nil)
		elsewhere := s.Ada
		elsewhere.World, elsewhere.Talent = s.sandbox(), id(gid.Talent, 9)
		stage.Refuses(s, elsewhere, ApplyToMicroProject, ApplyToMicroProjectInput{MicroProjectID: p, Note: note}, fault.CodeNotFound, "microProjectId")
	})
}

func (s *scene) sandbox() gid.ID {
	return stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		w, err := tx.Client.World.Create().SetKind("SANDBOX").SetName("A sandbox").Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return w.ID, nil
	})
}

func TestAppliedTwiceAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(nil)
		answers := make(chan error, 8)
		var all sync.WaitGroup
		for range cap(answers) {
			all.Go(func() {
				_, err := ApplyToMicroProject(s.As(s.Ada, "apply"), s.DB, ApplyToMicroProjectInput{MicroProjectID: p, Note: note})
				answers <- err
			})
		}
		all.Wait()
		close(answers)
		won := 0
		for err := range answers {
			var there *fault.AlreadyExistsError
			if err == nil {
				won++
			} else if !errors.As(err, &there) {
				t.Errorf("a loser heard %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d won", won)
		}
	})
}

var seal = page.NewSeal([]byte("a key of a test"))

func TestLists(t *testing.T) {
	each(t, func(s *scene) {
		p, q := s.project(nil), s.project(nil)
		first := s.apply(s.Ada, p)
		s.apply(s.Foreigner, p)
		s.apply(s.Ada, q)
		find := func(v viewer.Viewer, f *ApplicationFilter) []*ent.Application {
			c, err := List(viewer.With(t.Context(), v), s.DB, seal, page.Args{}, f, nil)
			if err != nil {
				t.Fatal(err)
			}
			return c.Nodes
		}
		for name, tc := range map[string]struct {
			who  viewer.Viewer
			want int
		}{
			"the employer": {s.Supervisor, 3}, "the talent": {s.Ada, 2}, "another talent": {s.Foreigner, 1}, "their staff": {s.Staff, 2},
			"other staff": {s.Outsider, 0}, "another employer": {s.Stranger, 0}, "nobody": {viewer.Public(), 0},
		} {
			if got := len(find(tc.who, nil)); got != tc.want {
				t.Errorf("%s finds %d, want %d", name, got, tc.want)
			}
		}
		if got := find(s.Ada, nil); got[0].MicroProjectID != q {
			t.Error("the newest does not come first")
		}
		narrowed := &ApplicationFilter{
			Status: []entapplication.Status{entapplication.StatusSubmitted}, MicroProject: &page.IDFilter{Eq: &p}, Talent: &page.IDFilter{In: []gid.ID{s.Ada.Talent}},
			Employer: &page.IDFilter{Eq: &s.Acme}, SubmittedAt: &page.Range{Gte: &first.SubmittedAt},
		}
		if got := find(s.Owner, narrowed); len(got) != 1 || got[0].ID != first.ID {
			t.Errorf("narrowed the employer finds %v", got)
		}
		if got := find(s.Owner, &ApplicationFilter{SubmittedAt: &page.Range{Lt: &first.SubmittedAt}}); len(got) != 0 {
			t.Errorf("before the first the employer finds %v", got)
		}
		var refused *fault.Request
		if _, err := List(viewer.With(t.Context(), s.Owner), s.DB, seal, page.Args{}, &ApplicationFilter{Talent: &page.IDFilter{In: make([]gid.ID, 101)}}, nil); !errors.As(err, &refused) {
			t.Errorf("101 ids: %v", err)
		}
		one := 1
		pages, err := Under(viewer.With(t.Context(), s.Owner), s.DB, seal, page.Args{First: &one}, nil, []gid.ID{q, p})
		if err != nil || len(pages[0].Nodes) != 1 || len(pages[1].Nodes) != 1 || pages[0].PageInfo.HasNextPage || !pages[1].PageInfo.HasNextPage {
			t.Errorf("under the projects: %v, %v", pages, err)
		}
	})
}

// abilities checks whether a viewer may apply to a project, by the rule that
// answers for a whole level.
func (s *scene) abilities(what string, v viewer.Viewer, project gid.ID, want bool) {
	s.Helper()
	p, err := s.DB.Read.MicroProject.Get(s.All(), project)
	if err != nil {
		s.Fatal(err)
	}
	var few, many store.Tally
	ctx := viewer.With(s.Context(), v)
	got, err := ApplyAbilities(store.WithTally(ctx, &few), s.DB, []*ent.MicroProject{nil, p})
	_, err2 := ApplyAbilities(store.WithTally(ctx, &many), s.DB, []*ent.MicroProject{p, p, p, p})
	if err := errors.Join(err, err2); err != nil {
		s.Fatal(err)
	}
	if got[0] != nil || got[1].Allowed != want || few.Statements() != many.Statements() {
		s.Errorf("%s: may apply %v with %d and %d statements", what, got[1], few.Statements(), many.Statements())
	}
}

func TestAbilities(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(nil)
		s.abilities("a talent", s.Ada, p, true)
		s.abilities("an employer", s.Owner, p, false)
		s.abilities("nobody", viewer.Public(), p, false)
		a := s.apply(s.Ada, p)
		s.abilities("who has applied", s.Ada, p, false)
		for name, tc := range map[string]struct {
			who  viewer.Viewer
			want [6]bool
		}{
			"the talent": {s.Ada, [6]bool{true}}, "the recruiter": {s.Recruiter, [6]bool{false, true, true, true, true, true}},
			"the supervisor": {s.Supervisor, [6]bool{}}, "staff": {s.Staff, [6]bool{}},
		} {
			all, err := Abilities(viewer.With(t.Context(), tc.who), s.DB, []*ent.Application{nil, a})
			if err != nil {
				t.Fatal(err)
			}
			if got := [6]bool{
				all[1].Withdraw.Allowed, all[1].Decline.Allowed, all[1].ExtendOffer.Allowed,
				all[1].Review.Allowed, all[1].Shortlist.Allowed, all[1].ScheduleInterview.Allowed,
			}; got != tc.want {
				t.Errorf("%s may %v, want %v", name, got, tc.want)
			}
			if shown := PacketOf(tc.who, a) != nil; shown != (tc.who.Kind != viewer.CareerStaff) {
				t.Errorf("%s reads the packet: %v", name, shown)
			}
		}
	})
}
