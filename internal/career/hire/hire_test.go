package hire

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	queue "github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

func (s *scene) proposal(e *ent.Engagement) ProposeHireConversionInput {
	return ProposeHireConversionInput{EngagementID: e.ID, Kind: hireconversion.KindFullTime, JobTitle: "Analyst", StartsOn: "2026-06-01"}
}

func (s *scene) hire(id gid.ID) *ent.HireConversion {
	s.Helper()
	h, err := s.DB.Read.HireConversion.Get(s.All(), id)
	if err != nil {
		s.Fatal(err)
	}
	return h
}

func (s *scene) proposed() *ent.HireConversion {
	s.Helper()
	return s.hire(stage.Must(s, s.Recruiter, ProposeHireConversion, s.proposal(s.Completed())))
}

func (s *scene) accepted() *ent.HireConversion {
	s.Helper()
	h := s.proposed()
	s.Clock.On("2026-04-01")
	stage.Must(s, s.Ada, AcceptHireConversion, AcceptHireConversionInput{HireConversionID: h.ID, ExpectedRevision: 1})
	return s.hire(h.ID)
}

func TestProposeHireConversion(t *testing.T) {
	each(t, func(s *scene) {
		in := s.proposal(s.Completed())
		stage.Refuses(s, s.Stranger, ProposeHireConversion, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Foreigner, ProposeHireConversion, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Outsider, ProposeHireConversion, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Supervisor, ProposeHireConversion, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, ProposeHireConversion, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, ProposeHireConversion, in, fault.CodeNotPermitted, "")
		past, nameless := in, in
		past.StartsOn = "2026-03-01"
		stage.Refuses(s, s.Recruiter, ProposeHireConversion, past, fault.CodeInvalidValue, "startsOn")
		nameless.JobTitle = " "
		stage.Refuses(s, s.Recruiter, ProposeHireConversion, nameless, fault.CodeInvalidValue, "jobTitle")

		id := stage.Does(s, s.Recruiter, ProposeHireConversion, in, stage.Hears("eit", event.HireProposed)...)
		if h := s.hire(id); h.Status != hireconversion.StatusProposed || h.JobTitle != "Analyst" || h.StartsOn != "2026-06-01" || h.DaysToHire != nil {
			t.Errorf("the hire is %v", h)
		}
		stage.Refuses(s, s.Owner, ProposeHireConversion, in, fault.CodeAlreadyExists, "engagementId")
		stage.Must(s, s.Ada, DeclineHireConversion, DeclineHireConversionInput{HireConversionID: id, ExpectedRevision: 1})
		stage.Does(s, s.Owner, ProposeHireConversion, in, stage.Hears("eit", event.HireProposed)...)
	})
}

func TestAcceptHireConversion(t *testing.T) {
	each(t, func(s *scene) {
		h := s.proposed()
		s.Clock.On("2026-04-01")
		in := AcceptHireConversionInput{HireConversionID: h.ID, ExpectedRevision: 1}
		stage.Refuses(s, s.Stranger, AcceptHireConversion, in, fault.CodeNotFound, "hireConversionId")
		stage.Refuses(s, s.Foreigner, AcceptHireConversion, in, fault.CodeNotFound, "hireConversionId")
		stage.Refuses(s, s.Recruiter, AcceptHireConversion, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, AcceptHireConversion, AcceptHireConversionInput{HireConversionID: h.ID, ExpectedRevision: 2}, fault.CodeStaleRevision, "expectedRevision")
		stage.Does(s, s.Ada, AcceptHireConversion, in, stage.Hears("eit", event.HireAccepted)...)
		h = s.hire(h.ID)
		if h.Status != hireconversion.StatusAccepted || h.AnsweredAt == nil || *h.DaysToSelection != 3 || *h.DaysToHire != 30 {
			t.Errorf("the hire is %v", h)
		}
		in.ExpectedRevision = 2
		stage.Refuses(s, s.Ada, AcceptHireConversion, in, fault.CodeIllegalTransition, "")
	})
}

// A proposal that nobody answers ends with the job's first day, and makes room
// for another.
func TestAHireLapses(t *testing.T) {
	each(t, func(s *scene) {
		h := s.proposed()
		w := &queue.Worker{DB: s.DB, Name: "test", Handlers: map[queue.Kind]queue.Handler{LapseHireConversion: Lapse}}
		due := func(want int) {
			t.Helper()
			if n, err := w.Drain(t.Context()); n != want || err != nil {
				t.Errorf("%d timers ran, %v, want %d", n, err, want)
			}
		}
		s.Clock.Set(AnswerBy(h).Add(-time.Minute))
		due(0)
		s.Clock.Set(AnswerBy(h))
		in := AcceptHireConversionInput{HireConversionID: h.ID, ExpectedRevision: 1}
		stage.Refuses(s, s.Ada, AcceptHireConversion, in, fault.CodeWindowClosed, "hireConversionId")
		before := len(s.Heard())
		due(1)
		stage.Equal(s, "the first day is over", s.Heard()[before:], stage.Hears("eit", event.HireLapsed))
		if h = s.hire(h.ID); h.Status != hireconversion.StatusLapsed || h.AnsweredAt != nil {
			t.Errorf("the hire is %v", h)
		}
		in.ExpectedRevision = h.Revision
		stage.Refuses(s, s.Ada, AcceptHireConversion, in, fault.CodeIllegalTransition, "")
		again := stage.Must(s, s.Recruiter, ProposeHireConversion, ProposeHireConversionInput{
			EngagementID: h.EngagementID, Kind: h.Kind, JobTitle: h.JobTitle, StartsOn: "2027-01-04",
		})
		stage.Must(s, s.Ada, DeclineHireConversion, DeclineHireConversionInput{HireConversionID: again, ExpectedRevision: 1})
		s.Clock.On("2027-02-01")
		unchanged := s.Everything(s)
		due(0)
		if s.Everything(s) != unchanged {
			t.Error("a job that was declined lapsed")
		}
	})
}

func TestDeclineHireConversion(t *testing.T) {
	each(t, func(s *scene) {
		h := s.proposed()
		reason := "I go on studying."
		in := DeclineHireConversionInput{HireConversionID: h.ID, ExpectedRevision: 1, Reason: &reason}
		stage.Refuses(s, s.Stranger, DeclineHireConversion, in, fault.CodeNotFound, "hireConversionId")
		stage.Refuses(s, s.Owner, DeclineHireConversion, in, fault.CodeNotPermitted, "")
		stage.Does(s, s.Ada, DeclineHireConversion, in, stage.Hears("eit", event.HireDeclined)...)
		if h := s.hire(h.ID); h.Status != hireconversion.StatusDeclined || *h.Reason != reason || h.DaysToHire != nil {
			t.Errorf("the hire is %v", h)
		}
	})
}

func TestConfirmHireStart(t *testing.T) {
	each(t, func(s *scene) {
		h := s.accepted()
		in := ConfirmHireStartInput{HireConversionID: h.ID, ExpectedRevision: h.Revision, StartedOn: "2026-06-01"}
		stage.Refuses(s, s.Ada, ConfirmHireStart, in, fault.CodeInvalidValue, "startedOn")
		s.Clock.On("2026-06-02")
		stage.Refuses(s, s.Stranger, ConfirmHireStart, in, fault.CodeNotFound, "hireConversionId")
		stage.Refuses(s, s.Supervisor, ConfirmHireStart, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, ConfirmHireStart, in, fault.CodeNotPermitted, "")
		early := in
		early.StartedOn = "2026-03-31"
		stage.Refuses(s, s.Ada, ConfirmHireStart, early, fault.CodeInvalidValue, "startedOn")

		stage.Does(s, s.Ada, ConfirmHireStart, in, stage.Hears("eit", event.HireStarted)...)
		h = s.hire(h.ID)
		if h.Status != hireconversion.StatusStarted || *h.StartedOn != "2026-06-01" || IsConfirmed(h) {
			t.Errorf("the hire is %v", h)
		}
		in.ExpectedRevision = h.Revision
		stage.Refuses(s, s.Ada, ConfirmHireStart, in, fault.CodeAlreadyExists, "hireConversionId")
		other := in
		other.StartedOn = "2026-06-02"
		stage.Refuses(s, s.Recruiter, ConfirmHireStart, other, fault.CodeInvalidValue, "startedOn")
		stage.Does(s, s.Recruiter, ConfirmHireStart, in, stage.Hears("eit", event.HireStartConfirmed)...)
		if h := s.hire(h.ID); !IsConfirmed(h) || *h.StartedOn != "2026-06-01" {
			t.Errorf("the hire is %v", h)
		}
	})
}

// TestBothConfirmAtOnce: one of two names that meet is the first, and the other
// is told to look again.
func TestBothConfirmAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		h := s.accepted()
		s.Clock.On("2026-06-02")
		answers := make([]error, 2)
		var all sync.WaitGroup
		for i, v := range []viewer.Viewer{s.Ada, s.Recruiter} {
			all.Go(func() {
				in := ConfirmHireStartInput{HireConversionID: h.ID, ExpectedRevision: h.Revision, StartedOn: "2026-06-01"}
				_, answers[i] = ConfirmHireStart(s.As(v, "confirmHireStart"), s.DB, in)
			})
		}
		all.Wait()
		var stale *fault.StaleRevisionError
		if (answers[0] == nil) == (answers[1] == nil) || !errors.As(errors.Join(answers...), &stale) {
			t.Errorf("they heard %v", answers)
		}
	})
}

func TestAbilities(t *testing.T) {
	each(t, func(s *scene) {
		e := s.Completed()
		propose := func(v viewer.Viewer) bool {
			all, err := EngagementAbilities(viewer.With(t.Context(), v), s.DB, []*ent.Engagement{nil, e})
			if err != nil {
				t.Fatal(err)
			}
			return all[1].Propose.Allowed
		}
		if !propose(s.Recruiter) || propose(s.Supervisor) || propose(s.Ada) {
			t.Error("who may propose is not told")
		}
		h := s.hire(stage.Must(s, s.Recruiter, ProposeHireConversion, s.proposal(e)))
		if propose(s.Recruiter) {
			t.Error("a second proposal is allowed")
		}
		if a := Abilities(s.Ada, h, s.DB.Now()); !a.Accept.Allowed || !a.Decline.Allowed || a.ConfirmStart.Allowed {
			t.Errorf("the talent may %v", a)
		}
		if a := Abilities(s.Recruiter, h, s.DB.Now()); a.Accept.Allowed || a.Decline.Allowed {
			t.Errorf("the recruiter may %v", a)
		}
	})
}

func TestLists(t *testing.T) {
	each(t, func(s *scene) {
		e := s.Completed()
		h := s.hire(stage.Must(s, s.Recruiter, ProposeHireConversion, s.proposal(e)))
		seal := page.NewSeal([]byte("a key of a test"))
		found := func(v viewer.Viewer, f *HireConversionFilter) int {
			c, err := List(viewer.With(t.Context(), v), s.DB, seal, page.Args{}, f, nil)
			if err != nil {
				t.Fatal(err)
			}
			return len(c.Nodes)
		}
		got := []int{found(s.Recruiter, nil), found(s.Ada, nil), found(s.Staff, nil), found(s.Outsider, nil), found(s.Stranger, nil), found(s.Foreigner, nil)}
		if !slices.Equal(got, []int{1, 1, 1, 0, 0, 0}) {
			t.Errorf("they find %v", got)
		}
		before := h.ProposedAt
		for want, f := range map[int]*HireConversionFilter{
			1: {Status: []hireconversion.Status{hireconversion.StatusProposed}, Kind: []hireconversion.Kind{hireconversion.KindFullTime},
				Talent: &page.IDFilter{Eq: &s.Ada.Talent}, ProposedAt: &page.Range{Gte: &before}},
			0: {ProposedAt: &page.Range{Lt: &before}},
		} {
			if got := found(s.Owner, f); got != want {
				t.Errorf("narrowed to %v the owner finds %d", f, got)
			}
		}
		var refused *fault.Request
		many := &HireConversionFilter{Talent: &page.IDFilter{In: make([]gid.ID, 101)}}
		if _, err := List(viewer.With(t.Context(), s.Owner), s.DB, seal, page.Args{}, many, nil); !errors.As(err, &refused) {
			t.Errorf("101 ids: %v", err)
		}
		for _, v := range []viewer.Viewer{s.Ada, s.Recruiter, s.Staff} {
			fees, err := ConversionFees(viewer.With(t.Context(), v), s.DB, []*ent.HireConversion{h, nil})
			if err != nil || *fees[0] != (money.Money{Currency: "EUR"}) || fees[1] != nil {
				t.Errorf("%s reads %v, %v", v.Subject, fees, err)
			}
		}
		if e.Status != entengagement.StatusCompleted {
			t.Errorf("the engagement is %v", e)
		}
	})
}
