package evaluation

import (
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/internal/gid"
)

// SubmitEvaluationInput: of which engagement, and what to say.
type SubmitEvaluationInput struct {
	EngagementID            gid.ID
	Overall                 evaluation.Overall
	Competencies            []*CompetencyRatingInput
	PublicText              string
	PrivateText             *string
	IsSharedWithInstitution *bool
}

// AmendEvaluationInput: which evaluation, and all it says now.
type AmendEvaluationInput struct {
	EvaluationID            gid.ID
	ExpectedRevision        int
	Overall                 evaluation.Overall
	Competencies            []*CompetencyRatingInput
	PublicText              string
	PrivateText             *string
	IsSharedWithInstitution *bool
}

// ReplyToEvaluationInput: which evaluation, and the answer.
type ReplyToEvaluationInput struct {
	EvaluationID     gid.ID
	ExpectedRevision int
	Reply            string
}

// RemoveEvaluationInput: which evaluation, and why it is removed.
type RemoveEvaluationInput struct {
	EvaluationID     gid.ID
	ExpectedRevision int
	Reason           string
}

// CompetencyRatingInput: one competency, rated.
type CompetencyRatingInput struct {
	Competency string
	Rating     evaluation.Overall
}
