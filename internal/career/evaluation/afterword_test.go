package evaluation

import (
	"slices"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestAmendEvaluation(t *testing.T) {
	each(t, func(s *scene) {
		e := s.completed()
		private := "Between us."
		id := stage.Must(s, s.Supervisor, SubmitEvaluation, SubmitEvaluationInput{
			EngagementID: e.ID, Overall: evaluation.OverallMeets, PublicText: "All as agreed.", PrivateText: &private,
		})
		in := AmendEvaluationInput{EvaluationID: id, ExpectedRevision: 1, Overall: evaluation.OverallAbove, PublicText: "More than was agreed."}
		stage.Refuses(s, s.Stranger, AmendEvaluation, in, fault.CodeNotFound, "evaluationId")
		stage.Refuses(s, s.Foreigner, AmendEvaluation, in, fault.CodeNotFound, "evaluationId")
		stage.Refuses(s, s.Ada, AmendEvaluation, in, fault.CodeNotFound, "evaluationId")
		stage.Refuses(s, s.Staff, AmendEvaluation, in, fault.CodeNotFound, "evaluationId")
		stage.Refuses(s, s.Operator(), AmendEvaluation, in, fault.CodeNotFound, "evaluationId")
		stage.Refuses(s, s.Owner, AmendEvaluation, in, fault.CodeNotPermitted, "")
		short := in
		short.PublicText = "Good"
		stage.Refuses(s, s.Supervisor, AmendEvaluation, short, fault.CodeInvalidValue, "publicText")

		stage.Does(s, s.Supervisor, AmendEvaluation, in, stage.Hears("e", event.EvaluationAmended)...)
		got := s.evaluation(id)
		if got.Overall != evaluation.OverallAbove || got.PublicText != in.PublicText || got.PrivateText != nil || got.AmendedAt == nil {
			t.Errorf("it says %v", got)
		}
		stage.Refuses(s, s.Supervisor, AmendEvaluation, in, fault.CodeStaleRevision, "expectedRevision")
		in.ExpectedRevision = got.Revision
		s.Clock.Set(*engagement.EvaluateBy(e)) // the timer has not come yet
		stage.Refuses(s, s.Supervisor, AmendEvaluation, in, fault.CodeWindowClosed, "evaluationId")
		s.due()
		in.ExpectedRevision = s.evaluation(id).Revision
		stage.Refuses(s, s.Supervisor, AmendEvaluation, in, fault.CodeIllegalTransition, "")
	})
}

// published are the evaluations of completed work of Ada's: the employer's, and
// her own.
func (s *scene) published() (ofAda, byAda gid.ID) {
	s.Helper()
	e := s.completed()
	in := SubmitEvaluationInput{EngagementID: e.ID, Overall: evaluation.OverallMeets, PublicText: "All as agreed."}
	return stage.Must(s, s.Supervisor, SubmitEvaluation, in), stage.Must(s, s.Ada, SubmitEvaluation, in)
}

func TestReplyToEvaluation(t *testing.T) {
	each(t, func(s *scene) {
		ofAda, byAda := s.published()
		in := ReplyToEvaluationInput{EvaluationID: ofAda, ExpectedRevision: s.evaluation(ofAda).Revision, Reply: "Thank you."}
		stage.Refuses(s, s.Stranger, ReplyToEvaluation, in, fault.CodeNotFound, "evaluationId")
		stage.Refuses(s, s.Foreigner, ReplyToEvaluation, in, fault.CodeNotFound, "evaluationId")
		stage.Refuses(s, s.Supervisor, ReplyToEvaluation, in, fault.CodeNotPermitted, "")
		mute := in
		mute.Reply = " "
		stage.Refuses(s, s.Ada, ReplyToEvaluation, mute, fault.CodeInvalidValue, "reply")
		stage.Does(s, s.Ada, ReplyToEvaluation, in, stage.Hears("eit", event.EvaluationReplied)...)
		in.ExpectedRevision = s.evaluation(ofAda).Revision
		stage.Refuses(s, s.Ada, ReplyToEvaluation, in, fault.CodeAlreadyExists, "evaluationId")

		in = ReplyToEvaluationInput{EvaluationID: byAda, ExpectedRevision: s.evaluation(byAda).Revision, Reply: "Come again."}
		stage.Refuses(s, s.Recruiter, ReplyToEvaluation, in, fault.CodeNotPermitted, "")
		stage.Does(s, s.Owner, ReplyToEvaluation, in, stage.Hears("eit", event.EvaluationReplied)...)
	})
}

func TestRemoveEvaluation(t *testing.T) {
	each(t, func(s *scene) {
		ofAda, _ := s.published()
		in := RemoveEvaluationInput{EvaluationID: ofAda, ExpectedRevision: s.evaluation(ofAda).Revision, Reason: "It speaks of somebody else."}
		stage.Refuses(s, s.Stranger, RemoveEvaluation, in, fault.CodeNotFound, "evaluationId")
		stage.Refuses(s, s.Ada, RemoveEvaluation, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Supervisor, RemoveEvaluation, in, fault.CodeNotPermitted, "")
		mute := in
		mute.Reason = "No."
		stage.Refuses(s, s.Operator(), RemoveEvaluation, in, fault.CodeNotFound, "evaluationId")
		stage.Refuses(s, s.Opened(s.Ada.Talent), RemoveEvaluation, mute, fault.CodeInvalidValue, "reason")
		stage.Does(s, s.Operator(), RemoveEvaluation, in, stage.Hears("eit", event.EvaluationRemoved)...)
		for who, sees := range map[*viewer.Viewer]bool{&s.Ada: false, &s.Staff: false, &s.Supervisor: true, &s.Owner: true, &s.Stranger: false} {
			_, err := s.DB.Read.Evaluation.Get(viewer.With(s.Context(), *who), ofAda)
			if (err == nil) != sees {
				t.Errorf("%s reads a removed evaluation: %v", who.Subject, err)
			}
		}
		in.ExpectedRevision++
		stage.Refuses(s, s.Operator(), RemoveEvaluation, in, fault.CodeIllegalTransition, "")
	})
}

func TestRatings(t *testing.T) {
	each(t, func(s *scene) {
		rated := func(v viewer.Viewer) *Rating {
			t.Helper()
			all, err := RatingsOfTalents(viewer.With(s.Context(), v), s.DB, []*ent.TalentProfile{nil, {ID: s.Ada.Talent}})
			if err != nil || all[0] != nil {
				t.Fatal(all, err)
			}
			return all[1]
		}
		var ids []gid.ID
		for _, overall := range []evaluation.Overall{evaluation.OverallSignificantlyAbove, evaluation.OverallMeets, evaluation.OverallMeets} {
			if got := rated(s.Recruiter); got.IsShown || got.Value != nil || got.Mean != nil || got.Count != len(ids) {
				t.Errorf("with %d evaluations the rating is %v", len(ids), got)
			}
			s.Clock.On("2026-03-02")
			e := s.completed()
			ids = append(ids, stage.Must(s, s.Supervisor, SubmitEvaluation, SubmitEvaluationInput{EngagementID: e.ID, Overall: overall, PublicText: "As it was, it was."}))
			stage.Must(s, s.Ada, SubmitEvaluation, SubmitEvaluationInput{EngagementID: e.ID, Overall: evaluation.OverallBelow, PublicText: "As it was, it was."})
		}
		if got := rated(s.Staff); !got.IsShown || *got.Value != "3.67" || *got.Mean != "3.67" || got.Count != 3 {
			t.Errorf("the rating is %v", got)
		}
		if got := rated(s.Foreigner); got != nil {
			t.Errorf("another talent reads %v", got)
		}
		employers, err := RatingsOfEmployers(viewer.With(s.Context(), s.Foreigner), s.DB, []*ent.Employer{{ID: s.Acme}})
		if err != nil || *employers[0].Mean != "2.00" || employers[0].Count != 3 {
			t.Errorf("the employer's rating is %v, %v", employers, err)
		}
		stage.Must(s, s.Opened(s.Ada.Talent), RemoveEvaluation, RemoveEvaluationInput{EvaluationID: ids[0], ExpectedRevision: s.evaluation(ids[0]).Revision, Reason: "It was about somebody else."})
		if got := rated(s.Ada); got.IsShown || got.Count != 2 {
			t.Errorf("without the removed one the rating is %v", got)
		}
	})
}

func TestTheFormulaOfRatings(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		own, all    scores
		value, mean money.Decimal
	}{
		"drawn to the mean of all": {scores{15, 3}, scores{30, 10}, "3.75", "5.00"}, // (5 × 3 + 15) ÷ 8
		"a mean that is no number": {scores{12, 3}, scores{10, 3}, "3.58", "4.00"},  // (5 × 10/3 + 12) ÷ 8 = 3.583…
		"half is rounded up":       {scores{9, 8}, scores{9, 8}, "1.13", "1.13"},    // 1.125
		"it refuses two":           {scores{10, 2}, scores{30, 10}, "", ""},
	} {
		got := ratingOf(c.own, c.all)
		if c.value == "" {
			if got.IsShown || got.Value != nil || got.Mean != nil {
				t.Errorf("%s: got %v", name, got)
			}
			continue
		}
		if *got.Value != c.value || *got.Mean != c.mean {
			t.Errorf("%s: got %s and %s, want %s and %s", name, *got.Value, *got.Mean, c.value, c.mean)
		}
	}
}

func TestWhoCanDoWhatWithAnEvaluation(t *testing.T) {
	each(t, func(s *scene) {
		ofAda, byAda := s.published()
		for who, want := range map[*viewer.Viewer]string{&s.Ada: "reply of", &s.Owner: "reply by", &s.Recruiter: "", &s.Staff: ""} {
			ctx := viewer.With(s.Context(), *who)
			able, err := EvaluationsAbilities(ctx, s.DB, []*ent.Evaluation{s.evaluation(ofAda), nil, s.evaluation(byAda)})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i, which := range map[int]string{0: "of", 2: "by"} {
				for verb, a := range map[string]*fault.Ability{"amend": able[i].Amend, "reply": able[i].Reply, "remove": able[i].Remove} {
					if a.Allowed {
						got = append(got, verb+" "+which)
					}
				}
			}
			if want == "" && len(got) > 0 || want != "" && !slices.Equal(got, []string{want}) {
				t.Errorf("%s can %q, want %q", who.Subject, got, want)
			}
		}
	})
}
