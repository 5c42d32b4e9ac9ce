package evaluation

import (
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// The sides of an evaluation.
const (
	author    transition.Side = "author"
	evaluated transition.Side = "evaluated side"
)

// EvaluationStates is an evaluation's life: nobody reads it before both have
// spoken.
var EvaluationStates = transition.Table[evaluation.Status]{
	{
		Name: "amendEvaluation", By: []transition.Side{author}, Scope: viewer.EvaluationsSubmit,
		From: []evaluation.Status{evaluation.StatusSubmitted},
		Only: "Only who wrote an evaluation can amend it.", Not: "An evaluation can be amended only until it is published.",
	},
	{
		Name: "replyToEvaluation", By: []transition.Side{evaluated}, Scope: viewer.EvaluationsSubmit,
		From: []evaluation.Status{evaluation.StatusPublished},
		Only: "Only the side that was evaluated can reply.", Not: "Only a published evaluation can be replied to.",
	},
	{
		Name: "removeEvaluation", By: []transition.Side{transition.Platform}, Scope: viewer.EvaluationsRemove,
		From: []evaluation.Status{evaluation.StatusPublished}, To: evaluation.StatusRemoved,
		Only: "Only the platform's operators can remove an evaluation.", Not: "Only a published evaluation can be removed.",
	},
	{
		Name: string(event.EvaluationPublished), By: []transition.Side{transition.Rung},
		From: []evaluation.Status{evaluation.StatusSubmitted}, To: evaluation.StatusPublished,
	},
}

// Competencies are the eight of career readiness, as NACE names them.
var Competencies = []string{
	"CAREER_AND_SELF_DEVELOPMENT", "COMMUNICATION", "CRITICAL_THINKING", "EQUITY_AND_INCLUSION",
	"LEADERSHIP", "PROFESSIONALISM", "TEAMWORK", "TECHNOLOGY",
}

// directionOf is whom the viewer's side evaluates.
func directionOf(v viewer.Viewer, e *ent.Engagement) evaluation.Direction {
	if v.Talent == e.TalentID {
		return evaluation.DirectionTalentToEmployer
	}
	return evaluation.DirectionEmployerToTalent
}

// sidesOn are the viewer's sides on an evaluation: its author is a person, the
// evaluated side whoever acts for it.
func sidesOn(v viewer.Viewer, e *ent.Evaluation) []transition.Side {
	var sides []transition.Side
	for _, side := range transition.Sides(v, e.EmployerOrgID, e.TalentID) {
		writes := side == transition.Talent && e.Direction == evaluation.DirectionTalentToEmployer ||
			side == transition.Employer && e.Direction == evaluation.DirectionEmployerToTalent
		switch {
		case side != transition.Talent && side != transition.Employer:
			sides = append(sides, side)
		case !writes:
			sides = append(sides, evaluated)
		case v.Person == e.AuthorID:
			sides = append(sides, author)
		}
	}
	return sides
}

func permitOn(v viewer.Viewer, e *ent.Evaluation, verb string, revision int) error {
	if err := EvaluationStates.Permit(verb, v, sidesOn(v, e), e.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, e.Revision)
}

// canAmend: by its author while it is hidden, as long as evaluations are taken.
func canAmend(v viewer.Viewer, e *ent.Evaluation, until *time.Time, revision int, now time.Time) error {
	err := permitOn(v, e, "amendEvaluation", revision)
	if err == nil && (until == nil || !now.Before(*until)) {
		err = fault.WindowClosed("evaluationId", "An evaluation can be amended until 14 days after the work was completed.")
	}
	return err
}

// canReply: by the evaluated side, once.
func canReply(v viewer.Viewer, e *ent.Evaluation, revision int) error {
	err := permitOn(v, e, "replyToEvaluation", revision)
	if err == nil && e.Reply != nil {
		err = fault.AlreadyExists("evaluationId", "Your side has replied to this evaluation already.")
	}
	return err
}

func canRemove(v viewer.Viewer, e *ent.Evaluation, revision int) error {
	return permitOn(v, e, "removeEvaluation", revision)
}

// said is what an evaluation says.
type said struct {
	competencies []schema.CompetencyRating
	public       string
	private      *string
}

// readEvaluation checks the texts, and that each competency is rated at most
// once.
func readEvaluation(
	overall evaluation.Overall, competencies []*CompetencyRatingInput, public string, private *string,
) (said, error) {
	var r text.Reader
	if evaluation.OverallValidator(overall) != nil {
		r.Refuse(fault.InvalidValue("overall", "Choose one of the five ratings."))
	}
	s := said{
		competencies: make([]schema.CompetencyRating, 0, len(competencies)),
		public:       r.Prose("publicText", public, 10, 4000),
		private:      r.ProseLater("privateText", private, 4000),
	}
	seen := map[string]bool{}
	for i, c := range competencies {
		path := fmt.Sprintf("competencies.%d.", i)
		switch {
		case !slices.Contains(Competencies, c.Competency):
			r.Refuse(fault.InvalidValue(path+"competency", "Choose one of the eight competencies."))
		case seen[c.Competency]:
			r.Refuse(fault.InvalidValue(path+"competency", "Rate each competency at most once."))
		case evaluation.OverallValidator(c.Rating) != nil:
			r.Refuse(fault.InvalidValue(path+"rating", "Choose one of the five ratings."))
		}
		seen[c.Competency] = true
		s.competencies = append(s.competencies, schema.CompetencyRating{Competency: c.Competency, Rating: string(c.Rating)})
	}
	return s, r.Err()
}

// PrivateText is what an evaluation says to the two sides alone, and to the
// staff of the talent's institution when it was shared with them.
func PrivateText(v viewer.Viewer, e *ent.Evaluation) *string {
	isTold := v.Talent == e.TalentID || v.Employer() == e.EmployerOrgID || e.IsSharedWithInstitution && !v.Institution().IsNone()
	if !access.May("Evaluation.privateText", isTold) {
		return nil
	}
	return e.PrivateText
}
