package hire

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/viewer"
)

func (s *scene) proposal(e *ent.Engagement) ProposeHireConversionInput {
	return ProposeHireConversionInput{EngagementID: e.ID, Kind: hireconversion.KindFullTime, JobTitle: "Analyst", StartsOn: "2026-06-01"}
}

func (s *scene) hire(id gid.ID) *ent.HireConversion {
	s.Helper()
	h, err := s.db.Read.HireConversion.Get(s.all(), id)
	if err != nil {
		s.Fatal(err)
	}
	return h
}

func (s *scene) proposed() *ent.HireConversion {
	s.Helper()
	return s.hire(must(s, s.recruiter, ProposeHireConversion, s.proposal(s.completed())))
}

func (s *scene) accepted() *ent.HireConversion {
	s.Helper()
	h := s.proposed()
	s.clock.on("2026-04-01")
	must(s, s.ada, AcceptHireConversion, AcceptHireConversionInput{HireConversionID: h.ID, ExpectedRevision: 1})
	return s.hire(h.ID)
}

func TestProposeHireConversion(t *testing.T) {
	each(t, func(s *scene) {
		in := s.proposal(s.completed())
		refuses(s, s.stranger, ProposeHireConversion, in, fault.CodeNotFound, "engagementId")
		refuses(s, s.foreigner, ProposeHireConversion, in, fault.CodeNotFound, "engagementId")
		refuses(s, s.outsider, ProposeHireConversion, in, fault.CodeNotFound, "engagementId")
		refuses(s, s.supervisor, ProposeHireConversion, in, fault.CodeNotPermitted, "")
		refuses(s, s.ada, ProposeHireConversion, in, fault.CodeNotPermitted, "")
		refuses(s, s.staff, ProposeHireConversion, in, fault.CodeNotPermitted, "")
		past, nameless := in, in
		past.StartsOn = "2026-03-01"
		refuses(s, s.recruiter, ProposeHireConversion, past, fault.CodeInvalidValue, "startsOn")
		nameless.JobTitle = " "
		refuses(s, s.recruiter, ProposeHireConversion, nameless, fault.CodeInvalidValue, "jobTitle")

		id := does(s, s.recruiter, ProposeHireConversion, in, hears("eit", event.HireProposed)...)
		if h := s.hire(id); h.Status != hireconversion.StatusProposed || h.JobTitle != "Analyst" || h.StartsOn != "2026-06-01" || h.DaysToHire != nil {
			t.Errorf("the hire is %v", h)
		}
		refuses(s, s.owner, ProposeHireConversion, in, fault.CodeAlreadyExists, "engagementId")
		must(s, s.ada, DeclineHireConversion, DeclineHireConversionInput{HireConversionID: id, ExpectedRevision: 1})
		does(s, s.owner, ProposeHireConversion, in, hears("eit", event.HireProposed)...)
	})
}

func TestAcceptHireConversion(t *testing.T) {
	each(t, func(s *scene) {
		h := s.proposed()
		s.clock.on("2026-04-01")
		in := AcceptHireConversionInput{HireConversionID: h.ID, ExpectedRevision: 1}
		refuses(s, s.stranger, AcceptHireConversion, in, fault.CodeNotFound, "hireConversionId")
		refuses(s, s.foreigner, AcceptHireConversion, in, fault.CodeNotFound, "hireConversionId")
		refuses(s, s.recruiter, AcceptHireConversion, in, fault.CodeNotPermitted, "")
		refuses(s, s.ada, AcceptHireConversion, AcceptHireConversionInput{HireConversionID: h.ID, ExpectedRevision: 2}, fault.CodeStaleRevision, "expectedRevision")
		does(s, s.ada, AcceptHireConversion, in, hears("eit", event.HireAccepted)...)
		h = s.hire(h.ID)
		if h.Status != hireconversion.StatusAccepted || h.AnsweredAt == nil || *h.DaysToSelection != 3 || *h.DaysToHire != 30 {
			t.Errorf("the hire is %v", h)
		}
		in.ExpectedRevision = 2
		refuses(s, s.ada, AcceptHireConversion, in, fault.CodeIllegalTransition, "")
	})
}

func TestDeclineHireConversion(t *testing.T) {
	each(t, func(s *scene) {
		h := s.proposed()
		reason := "I go on studying."
		in := DeclineHireConversionInput{HireConversionID: h.ID, ExpectedRevision: 1, Reason: &reason}
		refuses(s, s.stranger, DeclineHireConversion, in, fault.CodeNotFound, "hireConversionId")
		refuses(s, s.owner, DeclineHireConversion, in, fault.CodeNotPermitted, "")
		does(s, s.ada, DeclineHireConversion, in, hears("eit", event.HireDeclined)...)
		if h := s.hire(h.ID); h.Status != hireconversion.StatusDeclined || *h.Reason != reason || h.DaysToHire != nil {
			t.Errorf("the hire is %v", h)
		}
	})
}

func TestConfirmHireStart(t *testing.T) {
	each(t, func(s *scene) {
		h := s.accepted()
		in := ConfirmHireStartInput{HireConversionID: h.ID, ExpectedRevision: h.Revision, StartedOn: "2026-06-01"}
		refuses(s, s.ada, ConfirmHireStart, in, fault.CodeInvalidValue, "startedOn")
		s.clock.on("2026-06-02")
		refuses(s, s.stranger, ConfirmHireStart, in, fault.CodeNotFound, "hireConversionId")
		refuses(s, s.supervisor, ConfirmHireStart, in, fault.CodeNotPermitted, "")
		refuses(s, s.staff, ConfirmHireStart, in, fault.CodeNotPermitted, "")
		early := in
		early.StartedOn = "2026-03-31"
		refuses(s, s.ada, ConfirmHireStart, early, fault.CodeInvalidValue, "startedOn")

		does(s, s.ada, ConfirmHireStart, in, hears("eit", event.HireStarted)...)
		h = s.hire(h.ID)
		if h.Status != hireconversion.StatusStarted || *h.StartedOn != "2026-06-01" || IsConfirmed(h) {
			t.Errorf("the hire is %v", h)
		}
		in.ExpectedRevision = h.Revision
		refuses(s, s.ada, ConfirmHireStart, in, fault.CodeAlreadyExists, "hireConversionId")
		other := in
		other.StartedOn = "2026-06-02"
		refuses(s, s.recruiter, ConfirmHireStart, other, fault.CodeInvalidValue, "startedOn")
		does(s, s.recruiter, ConfirmHireStart, in, hears("eit", event.HireStartConfirmed)...)
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
		s.clock.on("2026-06-02")
		answers := make([]error, 2)
		var all sync.WaitGroup
		for i, v := range []viewer.Viewer{s.ada, s.recruiter} {
			all.Go(func() {
				in := ConfirmHireStartInput{HireConversionID: h.ID, ExpectedRevision: h.Revision, StartedOn: "2026-06-01"}
				_, answers[i] = ConfirmHireStart(s.as(v, "confirmHireStart"), s.db, in)
			})
		}
		all.Wait()
		var stale *fault.StaleRevisionError
		if (answers[0] == nil) == (answers[1] == nil) || !errors.As(errors.Join(answers...), &stale) {
			t.Errorf("they heard %v", answers)
		}
	})
}

func TestListsAndAbilities(t *testing.T) {
	each(t, func(s *scene) {
		e := s.completed()
		propose := func(v viewer.Viewer) bool {
			all, err := ProposeAbilities(viewer.With(t.Context(), v), s.db, []*ent.Engagement{nil, e})
			if err != nil {
				t.Fatal(err)
			}
			return all[1].Allowed
		}
		if !propose(s.recruiter) || propose(s.supervisor) || propose(s.ada) {
			t.Error("who may propose is not told")
		}
		h := s.hire(must(s, s.recruiter, ProposeHireConversion, s.proposal(e)))
		if propose(s.recruiter) {
			t.Error("a second proposal is allowed")
		}
		if a := Abilities(s.ada, h); !a.Accept.Allowed || !a.Decline.Allowed || a.ConfirmStart.Allowed {
			t.Errorf("the talent may %v", a)
		}
		if a := Abilities(s.recruiter, h); a.Accept.Allowed || a.Decline.Allowed {
			t.Errorf("the recruiter may %v", a)
		}
		seal := page.NewSeal([]byte("a key of a test"))
		found := func(v viewer.Viewer, f *HireConversionFilter) int {
			c, err := List(viewer.With(t.Context(), v), s.db, seal, page.Args{}, f, nil)
			if err != nil {
				t.Fatal(err)
			}
			return len(c.Nodes)
		}
		got := []int{found(s.recruiter, nil), found(s.ada, nil), found(s.staff, nil), found(s.outsider, nil), found(s.stranger, nil), found(s.foreigner, nil)}
		if !slices.Equal(got, []int{1, 1, 1, 0, 0, 0}) {
			t.Errorf("they find %v", got)
		}
		before := h.ProposedAt
		for want, f := range map[int]*HireConversionFilter{
			1: {Status: []hireconversion.Status{hireconversion.StatusProposed}, Kind: []hireconversion.Kind{hireconversion.KindFullTime},
				Talent: &page.IDFilter{Eq: &s.ada.Talent}, ProposedAt: &page.Range{Gte: &before}},
			0: {ProposedAt: &page.Range{Lt: &before}},
		} {
			if got := found(s.owner, f); got != want {
				t.Errorf("narrowed to %v the owner finds %d", f, got)
			}
		}
		for _, v := range []viewer.Viewer{s.ada, s.recruiter, s.staff} {
			currencies, err := Currencies(viewer.With(t.Context(), v), s.db, []*ent.HireConversion{h, nil})
			if err != nil || currencies[h.ID] != "EUR" {
				t.Errorf("%s reads %v, %v", v.Subject, currencies, err)
			}
		}
		if e.Status != entengagement.StatusCompleted {
			t.Errorf("the engagement is %v", e)
		}
	})
}
