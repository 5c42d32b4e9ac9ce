package engagement

import (
	"slices"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	entoffer "github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

// Nobody waits for work that never starts, whatever it waits for.
func TestWorkThatNeverStartsLapses(t *testing.T) {
	for name, begin := range map[string]func(*scene, gid.ID) *ent.Engagement{
		"unsigned": func(s *scene, p gid.ID) *ent.Engagement { return s.accepted(s.Ada, p) },
		"ready":    func(s *scene, p gid.ID) *ent.Engagement { return s.ready(s.Ada, p) },
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(s *scene) {
				e := begin(s, s.project(1, 1))
				before := e.Status
				s.Clock.Set(lapsesAt(e).Add(-time.Minute))
				s.due()
				if got := s.engagement(e.ID); got.Status != before || s.money(e.OfferID) != paymentrecord.StatusHeld {
					t.Errorf("before its time is over it is %v", got)
				}
				s.Clock.Skip(2 * time.Minute)
				heard := len(s.Heard())
				s.due()
				for _, want := range slices.Concat(stage.Hears("eit", event.EngagementLapsed, event.OfferVoided), stage.Hears("et", event.PaymentRefunded)) {
					if !slices.Contains(s.Heard()[heard:], want) {
						t.Errorf("heard %v, want %v among it", s.Heard()[heard:], want)
					}
				}
				got := s.engagement(e.ID)
				if got.Status != entengagement.StatusTerminated || *got.TerminatedBy != entengagement.TerminatedByPlatform || *got.Reason != neverStarted {
					t.Errorf("the engagement is %v", got)
				}
				if s.money(e.OfferID) != paymentrecord.StatusRefunded || s.offer(e.OfferID).Status != entoffer.StatusVoid {
					t.Errorf("the money is %s, the offer %v", s.money(e.OfferID), s.offer(e.OfferID))
				}
				if p := s.microProject(e.MicroProjectID); p.Status != microproject.StatusOpen {
					t.Errorf("the micro-project is %s", p.Status)
				}
				unchanged := s.Everything(s)
				if err := LapseUnstarted(s.Worker(), s.DB, job.Work{World: gid.LiveWorld, Subject: e.ID}); err != nil || s.Everything(s) != unchanged {
					t.Errorf("a second time something changed, %v", err)
				}
				s.ledger()
			})
		})
	}
}

// What has started does not lapse, and rests no longer than until its end.
func TestWorkThatRestsIsMissed(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active(s.Ada, s.project(1, 1))
		stage.Must(s, s.Ada, PauseEngagement, PauseEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "Exams."})
		e = s.engagement(e.ID)
		if by := lapsesAt(e); e.HandInBy == nil || e.HandInBy.Before(by) {
			t.Fatalf("it can rest until %v, want %v", e.HandInBy, by)
		}
		s.missed(e.ID)
		e = s.engagement(e.ID)
		if e.Status != entengagement.StatusIncomplete || e.PausedAt != nil || e.PauseReason != nil || e.ReopenBy == nil {
			t.Errorf("the engagement is %v", e)
		}
		s.Clock.Skip(reopenTime + time.Minute)
		s.due()
		if got := s.money(e.OfferID); got != paymentrecord.StatusRefunded {
			t.Errorf("the money is %s", got)
		}
		s.ledger()
	})
}

// A dispute holds the time up, and there is a week again when it is settled.
func TestWorkThatWasDisputedLapsesLater(t *testing.T) {
	each(t, func(s *scene) {
		e := s.ready(s.Ada, s.project(1, 1))
		d := stage.Must(s, s.Ada, OpenDispute, OpenDisputeInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "The hours are wrong."}).DisputeID
		s.Clock.Set(lapsesAt(e).Add(time.Hour))
		s.due()
		if got := s.engagement(e.ID).Status; got != entengagement.StatusDisputed {
			t.Fatalf("while it is disputed it became %s", got)
		}
		row, err := s.DB.Read.Dispute.Get(s.All(), d)
		if err != nil {
			t.Fatal(err)
		}
		in := ResolveDisputeInput{DisputeID: d, ExpectedRevision: row.Revision, TalentSide: money.Input{Amount: FeeOf(s.offer(e.OfferID)).Amount(), Currency: "USD"}, WorkGoesOn: true, Note: "They are right."}
		stage.Must(s, s.Operator(), ResolveDispute, in)
		s.Clock.Skip(grace - time.Hour)
		s.due()
		if got := s.engagement(e.ID).Status; got != entengagement.StatusReady {
			t.Errorf("within a week it became %s", got)
		}
		s.Clock.Skip(2 * time.Hour)
		s.due()
		if got := s.engagement(e.ID).Status; got != entengagement.StatusTerminated {
			t.Errorf("after a week it is %s", got)
		}
		s.ledger()
	})
}

func TestATalentWhoDoesNotComeCanBeReported(t *testing.T) {
	t.Parallel()
	supervisor := viewer.Viewer{Kind: viewer.EmployerMember, Org: gid.ID{1}, Scopes: viewer.ScopesOf(viewer.RoleSupervisor)}
	zone := "America/Phoenix" // seven hours behind
	for name, c := range map[string]struct {
		status entengagement.Status
		now    time.Time
		code   fault.Code
		path   string
	}{
		"when the first day is over":                 {entengagement.StatusReady, time.Date(2026, 3, 3, 7, 0, 0, 0, time.UTC), "", ""},
		"it refuses on the first day":                {entengagement.StatusReady, time.Date(2026, 3, 3, 6, 59, 0, 0, time.UTC), fault.CodeWindowClosed, "engagementId"},
		"it refuses while something else is missing": {entengagement.StatusPendingGates, time.Date(2026, 3, 9, 7, 0, 0, 0, time.UTC), fault.CodeIllegalTransition, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := &ent.Engagement{ID: gid.ID{2}, EmployerOrgID: gid.ID{1}, Status: c.status, StartsOn: "2026-03-02", TimeZone: &zone}
			stage.Answers(t, canReportGhosting(supervisor, e, silence{}, c.now, 0), c.code, c.path)
		})
	}
}
