package application

import (
	"context"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/invitation"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

func (s *scene) open(v viewer.Viewer) {
	stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
		return tx.TalentProfile.Update().Where(talentprofile.ID(v.Talent)).SetVisibility(talentprofile.VisibilityEmployers).Save(ctx)
	})
}

func (s *scene) invitation(id gid.ID) *ent.Invitation {
	s.Helper()
	i, err := s.DB.Read.Invitation.Get(s.All(), id)
	if err != nil {
		s.Fatal(err)
	}
	return i
}

func TestInviteTalentToApply(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(nil)
		in := InviteTalentToApplyInput{MicroProjectID: p, TalentProfileID: s.Ada.Talent}
		stage.Refuses(s, s.Recruiter, InviteTalentToApply, in, fault.CodeNotFound, "talentProfileId") // a private profile
		s.open(s.Ada)
		stage.Refuses(s, s.Supervisor, InviteTalentToApply, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Stranger, InviteTalentToApply, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Foreigner, InviteTalentToApply, in, fault.CodeNotPermitted, "")
		draft := in
		draft.MicroProjectID = s.project(func(c *ent.MicroProjectCreate) { c.SetStatus(microproject.StatusDraft) })
		stage.Refuses(s, s.Recruiter, InviteTalentToApply, draft, fault.CodeIllegalTransition, "")
		stage.Refuses(s, s.Stranger, InviteTalentToApply, draft, fault.CodeNotFound, "microProjectId")

		id := stage.Does(s, s.Recruiter, InviteTalentToApply, in, stage.Hears("et", event.InvitationSent)...)
		stage.Refuses(s, s.Recruiter, InviteTalentToApply, in, fault.CodeAlreadyExists, "talentProfileId")
		if i := s.invitation(id); i.Status != invitation.StatusSent || i.ExpiresAt.Sub(i.SentAt) != inviteTime {
			t.Errorf("the invitation is %v", i)
		}
		before := len(s.Heard())
		a := s.apply(s.Ada, p)
		stage.Equal(s, "apply", s.Heard()[before:], append(stage.Hears("eit", event.ApplicationSubmitted), stage.Hears("et", event.InvitationApplied)...))
		if i := s.invitation(id); a.Origin != entapplication.OriginInvitation || a.InvitationID != id || i.Status != invitation.StatusApplied || i.AppliedAt == nil {
			t.Errorf("the application is %v, the invitation %v", a, i)
		}
		stage.Refuses(s, s.Recruiter, InviteTalentToApply, in, fault.CodeAlreadyExists, "talentProfileId")
		if got := s.apply(s.Foreigner, p); got.Origin != entapplication.OriginPlatform {
			t.Errorf("who was not invited applies by %s", got.Origin)
		}
	})
}

// TestAnInvitationOpensNoAudience: a project for one institution's talents stays
// closed to others, whoever invites them.
func TestAnInvitationOpensNoAudience(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(func(c *ent.MicroProjectCreate) { c.SetAudience(microproject.AudienceInstitutions) })
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return 0, tx.PostingRequest.Create().SetWorldID(tx.World()).SetOwnerOrgID(s.Acme).SetEmployerOrgID(s.Acme).SetMicroProjectID(p).
				SetBodyID(s.Campus).SetInstitutionID(s.Campus).SetStatus(postingrequest.StatusApproved).SetDecidedBy(postingrequest.DecidedBySystem).
				SetRequestedAt(tx.Now).SetDecidedAt(tx.Now).Exec(ctx)
		})
		s.open(s.Ada)
		s.open(s.Foreigner)
		stage.Refuses(s, s.Recruiter, InviteTalentToApply, InviteTalentToApplyInput{MicroProjectID: p, TalentProfileID: s.Foreigner.Talent}, fault.CodePolicyViolation, "talentProfileId")
		stage.Must(s, s.Recruiter, InviteTalentToApply, InviteTalentToApplyInput{MicroProjectID: p, TalentProfileID: s.Ada.Talent})
	})
}

func TestAnInvitationExpires(t *testing.T) {
	each(t, func(s *scene) {
		by := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
		p := s.project(func(c *ent.MicroProjectCreate) { c.SetApplyBy(by) })
		s.open(s.Ada)
		in := InviteTalentToApplyInput{MicroProjectID: p, TalentProfileID: s.Ada.Talent}
		id := stage.Must(s, s.Recruiter, InviteTalentToApply, in)
		if i := s.invitation(id); !i.ExpiresAt.Equal(by) {
			t.Errorf("it expires at %v, want %v with the time to apply", i.ExpiresAt, by)
		}
		rung := viewer.System("a test plays Rung").In(gid.LiveWorld)
		run := func(want ...string) {
			t.Helper()
			s.House.Does(t, rung, "expireInvitation", func(ctx context.Context) error { return ExpireUnanswered(ctx, s.DB, job.Work{Subject: id}) }, want...)
		}
		run()
		s.Clock.On("2026-03-05")
		run(stage.Says(event.InvitationExpired, id, s.Acme, s.Ada.Talent))
		run()
		stage.Refuses(s, s.Recruiter, InviteTalentToApply, in, fault.CodeWindowClosed, "microProjectId")
		for name, tc := range map[string]struct {
			who  viewer.Viewer
			want int
		}{"the talent": {s.Ada, 1}, "the supervisor": {s.Supervisor, 1}, "staff": {s.Staff, 0}, "another talent": {s.Foreigner, 0}, "another employer": {s.Stranger, 0}} {
			c, err := Invitations(viewer.With(t.Context(), tc.who), s.DB, seal, page.Args{}, &InvitationFilter{
				Status: []invitation.Status{invitation.StatusExpired}, MicroProject: &page.IDFilter{Eq: &p}, Talent: &page.IDFilter{Eq: &s.Ada.Talent},
			}, nil)
			if err != nil || len(c.Nodes) != tc.want {
				t.Errorf("%s reads %v, %v, want %d", name, c, err, tc.want)
			}
		}
	})
}

// TestFilterByWhatWasShared: the two sides find an application by what the
// talent shared; staff and others do not.
func TestFilterByWhatWasShared(t *testing.T) {
	each(t, func(s *scene) {
		s.skilled(s.Ada, "writing")
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return 0, tx.EducationRecord.Create().SetTalentID(s.Ada.Talent).SetInstitutionID(s.Campus).SetLevel("BACHELOR").SetMajor("Économie").Exec(ctx)
		})
		a := s.apply(s.Ada, s.project(nil))
		s.apply(s.Foreigner, s.project(nil))
		skill, err := s.DB.Read.Skill.Query().OnlyID(s.All())
		if err != nil {
			t.Fatal(err)
		}
		elsewhere, major, other := s.Acme, "economie", "Law"
		for name, tc := range map[string]struct {
			who    viewer.Viewer
			filter ApplicationFilter
			want   int
		}{
			"the employer by institution":     {s.Recruiter, ApplicationFilter{Institution: &page.IDFilter{Eq: &s.Campus}}, 1},
			"the employer by another one":     {s.Recruiter, ApplicationFilter{Institution: &page.IDFilter{Eq: &elsewhere}}, 0},
			"the employer by major":           {s.Recruiter, ApplicationFilter{Major: &major}, 1},
			"the employer by another major":   {s.Recruiter, ApplicationFilter{Major: &other}, 0},
			"the employer by skill":           {s.Recruiter, ApplicationFilter{Skill: &page.IDFilter{In: []gid.ID{skill}}}, 1},
			"the employer by all of them":     {s.Recruiter, ApplicationFilter{Institution: &page.IDFilter{Eq: &s.Campus}, Major: &major, Skill: &page.IDFilter{Eq: &skill}}, 1},
			"the employer by origin":          {s.Recruiter, ApplicationFilter{Origin: []entapplication.Origin{entapplication.OriginPlatform}}, 2},
			"the employer by another origin":  {s.Recruiter, ApplicationFilter{Origin: []entapplication.Origin{entapplication.OriginInvitation}}, 0},
			"the talent by institution":       {s.Ada, ApplicationFilter{Institution: &page.IDFilter{Eq: &s.Campus}}, 1},
			"staff by institution":            {s.Staff, ApplicationFilter{Institution: &page.IDFilter{Eq: &s.Campus}}, 0},
			"staff by skill":                  {s.Staff, ApplicationFilter{Skill: &page.IDFilter{Eq: &skill}}, 0},
			"another employer by institution": {s.Stranger, ApplicationFilter{Institution: &page.IDFilter{Eq: &s.Campus}}, 0},
			"another talent by major":         {s.Foreigner, ApplicationFilter{Major: &major}, 0},
		} {
			c, err := List(viewer.With(t.Context(), tc.who), s.DB, seal, page.Args{}, &tc.filter, nil)
			if err != nil || len(c.Nodes) != tc.want {
				t.Errorf("%s finds %v, %v, want %d", name, c, err, tc.want)
			}
		}
		// What the profile says later does not change what was shared.
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return tx.EducationRecord.Update().SetMajor("Law").Save(ctx)
		})
		if c, err := List(viewer.With(t.Context(), s.Recruiter), s.DB, seal, page.Args{}, &ApplicationFilter{Major: &major}, nil); err != nil || len(c.Nodes) != 1 || c.Nodes[0].ID != a.ID {
			t.Errorf("later the employer finds %v, %v", c, err)
		}
	})
}
