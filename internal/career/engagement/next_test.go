package engagement

import (
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestNextStep(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)
	soon, later, past := now.Add(time.Hour), now.Add(2*time.Hour), now.Add(-time.Hour)
	at := func(status entapplication.Status) *ent.Application {
		return &ent.Application{Status: status, ExpiresAt: nil}
	}
	submitted := &ent.Application{Status: entapplication.StatusSubmitted, ExpiresAt: &later}
	talk := func(chosen int, starts ...time.Time) *ent.Interview {
		i := &ent.Interview{}
		for _, s := range starts {
			i.Slots = append(i.Slots, schema.Slot{StartsAt: s})
		}
		if chosen > 0 {
			i.Chosen = &chosen
		}
		return i
	}
	sent := &ent.Offer{Status: offer.StatusSent, SentAt: now}
	answer := now.Add(answerTime)
	interview := at(entapplication.StatusInterview)
	for name, tc := range map[string]struct {
		a     *ent.Application
		i     *ent.Interview
		o     *ent.Offer
		kind  NextStepKind
		by    NextStepBy
		until *time.Time
	}{
		"submitted":              {submitted, nil, nil, NextDecide, ByEmployer, &later},
		"shortlisted":            {at(entapplication.StatusShortlisted), nil, nil, NextDecide, ByEmployer, nil},
		"times proposed":         {interview, talk(0, past, soon, later), nil, NextChooseSlot, ByTalent, &later},
		"times that have passed": {interview, talk(0, past), nil, NextDecide, ByEmployer, nil},
		"a time chosen":          {interview, talk(2, past, soon), nil, NextMeet, ByBoth, &soon},
		"the talk is over":       {interview, talk(1, past, later), nil, NextDecide, ByEmployer, nil},
		"an offer":               {at(entapplication.StatusOffered), nil, sent, NextAnswer, ByTalent, &answer},
		"accepted":               {at(entapplication.StatusAccepted), nil, nil, "", "", nil},
		"declined":               {at(entapplication.StatusDeclined), nil, nil, "", "", nil},
		"expired":                {at(entapplication.StatusExpired), nil, nil, "", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := nextStep(tc.a, tc.i, tc.o, now)
			if got == nil {
				got = &ApplicationNextStep{}
			}
			if got.Kind != tc.kind || got.By != tc.by || (got.Until == nil) != (tc.until == nil) || got.Until != nil && !got.Until.Equal(*tc.until) {
				t.Errorf("got %+v, want %s by %s until %v", got, tc.kind, tc.by, tc.until)
			}
		})
	}
}

func TestNextStepsAreForTheTwoSides(t *testing.T) {
	each(t, func(s *scene) {
		o := s.offered(s.Ada, s.project(1, 1))
		a := s.application(o.ApplicationID)
		for name, tc := range map[string]struct {
			who   viewer.Viewer
			shown bool
		}{"the talent": {s.Ada, true}, "the supervisor": {s.Supervisor, true}, "staff": {s.Staff, false}, "another talent": {s.Foreigner, false}} {
			got, err := NextSteps(viewer.With(t.Context(), tc.who), s.DB, []*ent.Application{nil, a})
			if err != nil || got[0] != nil || (got[1] != nil) != tc.shown || tc.shown && got[1].Kind != NextAnswer {
				t.Errorf("%s reads %v, %v", name, got, err)
			}
		}
	})
}

func TestDecideApplications(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(2, 1)
		first, second := s.applied(s.Ada, p), s.applied(s.Foreigner, p)
		row := func(a *ent.Application, d application.ApplicationDecision) *application.ApplicationDecisionInput {
			return &application.ApplicationDecisionInput{ApplicationID: a.ID, ExpectedRevision: 1, Decision: d}
		}
		stale := row(second, application.DecideReview)
		stale.ExpectedRevision = 7
		before := s.Everything(s)
		for path, rows := range map[string][]*application.ApplicationDecisionInput{
			"decisions":                    nil,
			"decisions.1.expectedRevision": {row(first, application.DecideReview), stale},
			"decisions.1.reason":           {row(first, application.DecideReview), row(second, application.DecideDecline)},
			"decisions.1.applicationId":    {row(first, application.DecideReview), row(first, application.DecideReview)},
		} {
			_, err := DecideApplications(s.As(s.Recruiter, "decideApplications"), s.DB, application.DecideApplicationsInput{Decisions: rows})
			told, _ := fault.UserErrors(err)
			if len(told) != 1 || strings.Join(told[0].GetPath(), ".") != path {
				t.Errorf("want one error about %s, got %v", path, err)
			}
		}
		if s.Everything(s) != before {
			t.Error("what was refused changed something")
		}
		decline := row(second, application.DecideDecline)
		decline.Reason = new(entapplication.DeclineReasonSkills)
		ids, err := DecideApplications(s.As(s.Recruiter, "decideApplications"), s.DB, application.DecideApplicationsInput{
			Decisions: []*application.ApplicationDecisionInput{decline, row(first, application.DecideShortlist)},
		})
		if err != nil || len(ids) != 2 || ids[0] != second.ID {
			t.Fatalf("got %v, %v", ids, err)
		}
		if s.application(first.ID).Status != entapplication.StatusShortlisted || s.application(second.ID).Status != entapplication.StatusDeclined {
			t.Error("not all was decided")
		}
	})
}
