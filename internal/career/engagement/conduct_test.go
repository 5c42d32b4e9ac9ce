package engagement

import (
	"slices"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/strike"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

func (s *scene) ada() *ent.TalentProfile {
	s.Helper()
	t, err := s.DB.Read.TalentProfile.Get(s.All(), s.Ada.Talent)
	if err != nil {
		s.Fatal(err)
	}
	return t
}

// strikes are all of them, the earliest first.
func (s *scene) strikes() []*ent.Strike {
	s.Helper()
	all, err := s.DB.Read.Strike.Query().Order(ent.Asc(strike.FieldIssuedAt)).All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	return all
}

// ghosted is work of Ada's that was not handed in, and reported.
func (s *scene) ghosted() *ent.Engagement {
	s.Helper()
	s.Clock.On("2026-03-02")
	e := s.active(s.Ada, s.project(1, 1))
	s.missed(e.ID)
	e = s.engagement(e.ID)
	stage.Must(s, s.Supervisor, ReportGhosting, ReportGhostingInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Report: "She answers no call."})
	return e
}

func TestReportGhosting(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active(s.Ada, s.project(1, 1))
		in := ReportGhostingInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Report: "She answers no call."}
		stage.Refuses(s, s.Stranger, ReportGhosting, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Foreigner, ReportGhosting, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Recruiter, ReportGhosting, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, ReportGhosting, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, ReportGhosting, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Supervisor, ReportGhosting, in, fault.CodeWindowClosed, "engagementId")
		s.missed(e.ID)
		in.ExpectedRevision = s.engagement(e.ID).Revision
		mute := in
		mute.Report = "No."
		stage.Refuses(s, s.Supervisor, ReportGhosting, mute, fault.CodeInvalidValue, "report")

		want := slices.Concat(stage.Hears("et", event.GhostingReported), stage.Hears("t", event.StrikeIssued))
		stage.Does(s, s.Supervisor, ReportGhosting, in, want...)
		got := s.strikes()
		if len(got) != 1 || got[0].Kind != strike.KindGhosting || got[0].Status != strike.StatusIssued || s.ada().DeactivatedAt != nil {
			t.Errorf("after the first there are %v, and the profile %v", got, s.ada())
		}
		for who, sees := range map[*viewer.Viewer]bool{&s.Ada: true, &s.Supervisor: false, &s.Owner: false, &s.Staff: false, &s.Foreigner: false} {
			if n := s.DB.Read.Strike.Query().CountX(viewer.With(s.Context(), *who)); (n == 1) != sees {
				t.Errorf("%s sees %d strikes", who.Subject, n)
			}
		}
		e = s.engagement(e.ID)
		if GhostingReportedAt(s.Ada, e) == nil || GhostingReportedAt(s.Owner, e) == nil || GhostingReportedAt(s.Staff, e) != nil {
			t.Error("the two sides alone read that it was reported")
		}
		in.ExpectedRevision = e.Revision
		stage.Refuses(s, s.Supervisor, ReportGhosting, in, fault.CodeAlreadyExists, "engagementId")
	})
}

func TestTheSecondGhostingDeactivates(t *testing.T) {
	each(t, func(s *scene) {
		// All is prepared before: who is deactivated can take on nothing new.
		open, other := s.project(1, 1), s.project(1, 1)
		applied := s.applied(s.Ada, other)
		later := s.terms(s.applied(s.Ada, s.project(1, 1)))
		later.EndsOn = "2026-04-20"
		ready := s.readyOn(s.Ada, later)
		under := s.active(s.Ada, s.project(1, 1))
		s.ghosted()
		second := s.ghosted()
		if s.ada().DeactivatedAt == nil || !slices.Contains(s.Heard(), stage.Hears("t", event.TalentDeactivated)[0]) {
			t.Fatalf("after %v the profile is %v", second, s.ada())
		}
		// The work under way was missed as well, and is taken up again.
		stage.Must(s, s.Supervisor, ReopenEngagement, ReopenEngagementInput{EngagementID: under.ID, ExpectedRevision: s.engagement(under.ID).Revision, EndsOn: "2026-04-10"})
		s.handIn(s.Ada, s.deliverables(under.ID)[0])
		waiting := s.offer(stage.Must(s, s.Recruiter, ExtendOffer, ExtendOfferInput{
			ApplicationID: applied.ID, ExpectedRevision: s.application(applied.ID).Revision, StartsOn: "2026-04-09", EndsOn: "2026-04-20",
		}).OfferID)
		apply := application.ApplyToMicroProjectInput{MicroProjectID: open, Note: "I would like to do this."}
		stage.Refuses(s, s.Ada, application.ApplyToMicroProject, apply, fault.CodeNotPermitted, "")
		accept := AcceptOfferInput{OfferID: waiting.ID, ExpectedRevision: waiting.Revision}
		stage.Refuses(s, s.Ada, AcceptOffer, accept, fault.CodeNotPermitted, "")
		start := StartEngagementInput{EngagementID: ready.ID, ExpectedRevision: s.engagement(ready.ID).Revision}
		stage.Refuses(s, s.Ada, StartEngagement, start, fault.CodeNotPermitted, "")
		invite := application.InviteTalentToApplyInput{MicroProjectID: open, TalentProfileID: s.Ada.Talent}
		stage.Refuses(s, s.Recruiter, application.InviteTalentToApply, invite, fault.CodeNotPermitted, "")
		able, err := Abilities(viewer.With(s.Context(), s.Ada), s.DB, []*ent.Engagement{s.engagement(ready.ID)})
		if err != nil || able[0].Start.Allowed {
			t.Errorf("a deactivated talent may start: %v, %v", able, err)
		}

		reinstate := talent.ReinstateTalentInput{TalentProfileID: s.Ada.Talent, ExpectedRevision: s.ada().Revision, Reason: "She was ill."}
		stage.Refuses(s, s.Stranger, talent.ReinstateTalent, reinstate, fault.CodeNotFound, "talentProfileId")
		stage.Refuses(s, s.Ada, talent.ReinstateTalent, reinstate, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Recruiter, talent.ReinstateTalent, reinstate, fault.CodeNotPermitted, "")
		stage.Does(s, s.Opened(s.Ada.Talent), talent.ReinstateTalent, reinstate, stage.Hears("t", event.TalentReinstated)...)
		reinstate.ExpectedRevision++
		stage.Refuses(s, s.Operator(), talent.ReinstateTalent, reinstate, fault.CodeIllegalTransition, "")
		stage.Must(s, s.Ada, application.ApplyToMicroProject, apply)
	})
}

func TestAppealsAndTheEndOfStrikes(t *testing.T) {
	each(t, func(s *scene) {
		s.ghosted()
		one := s.strikes()[0]
		in := talent.AppealStrikeInput{StrikeID: one.ID, ExpectedRevision: one.Revision, Appeal: "I was in hospital, and said so."}
		stage.Refuses(s, s.Supervisor, talent.AppealStrike, in, fault.CodeNotFound, "strikeId")
		stage.Refuses(s, s.Foreigner, talent.AppealStrike, in, fault.CodeNotFound, "strikeId")
		stage.Refuses(s, s.Opened(s.Ada.Talent), talent.AppealStrike, in, fault.CodeNotPermitted, "")
		uphold := talent.UpholdStrikeInput{StrikeID: one.ID, ExpectedRevision: one.Revision, Finding: "Nobody was told."}
		stage.Refuses(s, s.Operator(), talent.UpholdStrike, uphold, fault.CodeIllegalTransition, "")
		stage.Does(s, s.Ada, talent.AppealStrike, in, stage.Hears("tw", event.StrikeAppealed)...)
		in.ExpectedRevision++
		stage.Refuses(s, s.Ada, talent.AppealStrike, in, fault.CodeIllegalTransition, "")
		uphold.ExpectedRevision++
		stage.Refuses(s, s.Ada, talent.UpholdStrike, uphold, fault.CodeNotPermitted, "")
		stage.Does(s, s.Operator(), talent.UpholdStrike, uphold, stage.Hears("tw", event.StrikeUpheld)...)
		s.Clock.Set(one.ExpiresAt.Add(-time.Minute))
		s.due()
		if got := s.strikes()[0].Status; got != strike.StatusUpheld {
			t.Errorf("before its time it is %s", got)
		}
		s.Clock.Skip(time.Hour)
		s.due()
		if got := s.strikes()[0].Status; got != strike.StatusExpired {
			t.Errorf("after a year it is %s", got)
		}

		s.ghosted()
		two := s.strikes()
		if s.ada().DeactivatedAt != nil {
			t.Error("a strike that expired counts")
		}
		last := two[slices.IndexFunc(two, func(x *ent.Strike) bool { return x.Status == strike.StatusIssued })]
		stage.Must(s, s.Ada, talent.AppealStrike, talent.AppealStrikeInput{StrikeID: last.ID, ExpectedRevision: last.Revision, Appeal: "The mails went elsewhere."})
		lift := talent.LiftStrikeInput{StrikeID: last.ID, ExpectedRevision: last.Revision + 1, Finding: "So they did."}
		stage.Does(s, s.Operator(), talent.LiftStrike, lift, stage.Hears("tw", event.StrikeLifted)...)
	})
}

func TestLongSilenceCanBeReported(t *testing.T) {
	t.Parallel()
	supervisor := viewer.Viewer{Kind: viewer.EmployerMember, Org: gid.ID{1}, Scopes: viewer.ScopesOf(viewer.RoleSupervisor)}
	start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	day := 24 * time.Hour
	for name, c := range map[string]struct {
		status   deliverable.Status
		due      time.Duration
		after    time.Duration
		code     fault.Code
		reported bool
	}{
		"overdue and silent for 14 days":         {deliverable.StatusPlanned, 3 * day, 14 * day, "", false},
		"sent back, overdue and silent":          {deliverable.StatusRevisionRequested, 3 * day, 14 * day, "", false},
		"it refuses a day earlier":               {deliverable.StatusPlanned, 3 * day, 13 * day, fault.CodeWindowClosed, false},
		"it refuses when nothing is overdue":     {deliverable.StatusPlanned, 30 * day, 20 * day, fault.CodeWindowClosed, false},
		"it refuses when the employer must move": {deliverable.StatusSubmitted, 3 * day, 20 * day, fault.CodeWindowClosed, false},
		"it refuses a second time":               {deliverable.StatusPlanned, 3 * day, 14 * day, fault.CodeAlreadyExists, true},
	} {
		e := &ent.Engagement{ID: gid.ID{2}, EmployerOrgID: gid.ID{1}, Status: entengagement.StatusActive, UpdatedAt: start.Add(-day)}
		if c.reported {
			e.GhostingReportedAt = &start
		}
		s := silenceOn(e, []*ent.Deliverable{{Status: c.status, DueAt: start.Add(c.due), UpdatedAt: start}})
		err := canReportGhosting(supervisor, e, s, start.Add(c.after), 0)
		if c.code == "" && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if c.code != "" {
			stage.Answers(t, err, c.code, "engagementId")
		}
	}
}
