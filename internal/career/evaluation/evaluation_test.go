package evaluation

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/strike"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestSubmitEvaluation(t *testing.T) {
	each(t, func(s *scene) {
		e := s.completed()
		private, shared := "Between us.", true
		in := SubmitEvaluationInput{
			EngagementID: e.ID, Overall: evaluation.OverallAbove, PublicText: "A pleasure to work with.", PrivateText: &private, IsSharedWithInstitution: &shared,
			Competencies: []*CompetencyRatingInput{{Competency: "TEAMWORK", Rating: evaluation.OverallMeets}, {Competency: "TECHNOLOGY", Rating: evaluation.OverallAbove}},
		}
		stage.Refuses(s, s.Stranger, SubmitEvaluation, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Foreigner, SubmitEvaluation, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Recruiter, SubmitEvaluation, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, SubmitEvaluation, in, fault.CodeNotPermitted, "")
		twice := in
		twice.Competencies = []*CompetencyRatingInput{in.Competencies[0], in.Competencies[0]}
		stage.Refuses(s, s.Supervisor, SubmitEvaluation, twice, fault.CodeInvalidValue, "competencies.1.competency")

		id := stage.Does(s, s.Supervisor, SubmitEvaluation, in, stage.Hears("e", event.EvaluationSubmitted)...)
		stage.Refuses(s, s.Owner, SubmitEvaluation, in, fault.CodeAlreadyExists, "engagementId")
		s.reads("it is hidden from the talent", s.Ada, id, false, false)
		s.reads("it is hidden from staff", s.Staff, id, false, false)
		s.reads("its author's side reads it", s.Recruiter, id, true, true)

		in.IsSharedWithInstitution = nil
		own := stage.Does(s, s.Ada, SubmitEvaluation, in, slices.Concat(stage.Hears("t", event.EvaluationSubmitted), stage.Hears("eit", event.EvaluationPublished, event.EvaluationPublished))...)
		for _, one := range s.evaluations(e.ID) {
			if one.Status != evaluation.StatusPublished || one.PublishedAt == nil {
				t.Errorf("the evaluation is %v", one)
			}
		}
		s.reads("the talent reads it now", s.Ada, id, true, true)
		s.reads("staff read what is shared with them", s.Staff, id, true, true)
		s.reads("staff read the public part of what is not", s.Staff, own, true, false)
		s.reads("other staff read nothing", s.Outsider, id, false, false)
		s.reads("another employer reads nothing", s.Stranger, own, false, false)
	})
}

// Who says nothing in time does not keep hidden what the other said.
func TestEvaluationsArePublishedInTime(t *testing.T) {
	each(t, func(s *scene) {
		e := s.completed()
		in := SubmitEvaluationInput{EngagementID: e.ID, Overall: evaluation.OverallMeets, PublicText: "All as agreed."}
		id := stage.Must(s, s.Supervisor, SubmitEvaluation, in)
		s.Clock.Set(engagement.EvaluateBy(e).Add(-time.Hour))
		s.due()
		s.reads("it is hidden until the time is over", s.Ada, id, false, false)
		s.Clock.Set(*engagement.EvaluateBy(e))
		stage.Refuses(s, s.Ada, SubmitEvaluation, in, fault.CodeWindowClosed, "engagementId")
		before := len(s.Heard())
		s.due()
		stage.Equal(s, "the time is over", s.Heard()[before:], stage.Hears("eit", event.EvaluationPublished))
		s.reads("the talent reads it now", s.Ada, id, true, false)
		s.reads("another employer reads nothing", s.Stranger, id, false, false)
		unchanged := s.Everything(s)
		if err := PublishWhatWasSaid(s.Worker(), s.DB, job.Work{World: gid.LiveWorld, Kind: engagement.PublishEvaluations, Subject: e.ID}); err != nil || s.Everything(s) != unchanged {
			t.Errorf("a second time something changed, %v", err)
		}
	})
}

// reads checks whether a viewer sees an evaluation and its private text.
func (s *scene) reads(what string, v viewer.Viewer, id gid.ID, seen, private bool) {
	s.Helper()
	found, err := Evaluations(viewer.With(s.Context(), v), s.DB, page.NewSeal([]byte("a key of a test")), page.Args{}, nil, nil)
	if err != nil {
		s.Fatal(err)
	}
	at := slices.IndexFunc(found.Nodes, func(e *ent.Evaluation) bool { return e.ID == id })
	if (at >= 0) != seen || seen && (PrivateText(v, found.Nodes[at]) != nil) != private {
		s.Errorf("not so: %s", what)
	}
}

func TestBothEvaluateAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		e := s.completed()
		var all sync.WaitGroup
		for _, v := range []viewer.Viewer{s.Ada, s.Supervisor} {
			all.Go(func() {
				in := SubmitEvaluationInput{EngagementID: e.ID, Overall: evaluation.OverallMeets, PublicText: "All as agreed."}
				if _, err := SubmitEvaluation(s.As(v, "submitEvaluation"), s.DB, in); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, one := range s.evaluations(e.ID) {
			if one.Status != evaluation.StatusPublished {
				t.Errorf("the evaluation is %v", one)
			}
		}
	})
}

// Who has not spoken is reminded three days before the time is over, once.
func TestWhoHasNotSpokenIsReminded(t *testing.T) {
	each(t, func(s *scene) {
		e := s.completed()
		stage.Must(s, s.Supervisor, SubmitEvaluation, SubmitEvaluationInput{EngagementID: e.ID, Overall: evaluation.OverallMeets, PublicText: "It was good work."})
		before := len(s.Heard())
		s.Clock.Set(engagement.EvaluateBy(e).AddDate(0, 0, -3).Add(time.Minute))
		s.due()
		s.due()
		stage.Equal(s, "the reminder", s.Heard()[before:], stage.Hears("t", event.EvaluationDue))
	})
}

func TestTheSecondEvaluationFarBelowDeactivates(t *testing.T) {
	each(t, func(s *scene) {
		far := func() gid.ID {
			s.Clock.On("2026-03-02")
			e := s.completed()
			id := stage.Must(s, s.Supervisor, SubmitEvaluation, SubmitEvaluationInput{EngagementID: e.ID, Overall: evaluation.OverallSignificantlyBelow, PublicText: "Nothing of it was usable."})
			stage.Must(s, s.Ada, SubmitEvaluation, SubmitEvaluationInput{EngagementID: e.ID, Overall: evaluation.OverallSignificantlyBelow, PublicText: "Nobody said what was wanted."})
			return id
		}
		first := far()
		if got := s.strikes(); len(got) != 1 || s.ada().DeactivatedAt != nil {
			t.Fatalf("after the first there are %v", got)
		}
		stage.Must(s, s.Opened(s.Ada.Talent), RemoveEvaluation, RemoveEvaluationInput{EvaluationID: first, ExpectedRevision: s.evaluation(first).Revision, Reason: "It speaks of somebody else."})
		if got := s.strikes()[0]; got.Status != strike.StatusLifted || got.Finding == nil {
			t.Errorf("without the evaluation the strike is %v", got)
		}
		far()
		if s.ada().DeactivatedAt != nil {
			t.Error("a strike that was lifted counts")
		}
		far()
		if s.ada().DeactivatedAt == nil {
			t.Error("two that count do not deactivate")
		}
	})
}
