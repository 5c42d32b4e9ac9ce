package application

import (
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/opt"
)

// ApplyToMicroProjectInput: which micro-project, and what to say.
type ApplyToMicroProjectInput struct {
	MicroProjectID gid.ID
	Note           string
	Answers        []*ApplicationAnswerInput
}

// ReviseApplicationInput: what to say instead: a field left out stays.
type ReviseApplicationInput struct {
	ApplicationID    gid.ID
	ExpectedRevision int
	Note             opt.Value[string]
	Answers          opt.List[*ApplicationAnswerInput]
}

// ApplicationAnswerInput: the answer to one of the project's questions.
type ApplicationAnswerInput struct {
	QuestionID gid.ID
	Value      string
}

// InviteTalentToApplyInput: whom to invite, and to what.
type InviteTalentToApplyInput struct {
	MicroProjectID  gid.ID
	TalentProfileID gid.ID
	Message         *string
}

// ApplicationDecision is what is decided on one of several applications.
type ApplicationDecision string

// The decisions.
const (
	DecideReview    ApplicationDecision = "REVIEW"
	DecideShortlist ApplicationDecision = "SHORTLIST"
	DecideDecline   ApplicationDecision = "DECLINE"
)

// DecideApplicationsInput: what is decided on which applications.
type DecideApplicationsInput struct {
	Decisions []*ApplicationDecisionInput
}

// ApplicationDecisionInput: what is decided on one application.
type ApplicationDecisionInput struct {
	ApplicationID    gid.ID
	ExpectedRevision int
	Decision         ApplicationDecision
	Reason           *application.DeclineReason
	Note             *string
}

// WithdrawApplicationInput: which application.
type WithdrawApplicationInput struct {
	ApplicationID    gid.ID
	ExpectedRevision int
}

// ReviewApplicationInput: which application.
type ReviewApplicationInput struct {
	ApplicationID    gid.ID
	ExpectedRevision int
}

// ShortlistApplicationInput: which application.
type ShortlistApplicationInput struct {
	ApplicationID    gid.ID
	ExpectedRevision int
}

// ScheduleInterviewInput: which application, and when to talk.
type ScheduleInterviewInput struct {
	ApplicationID    gid.ID
	ExpectedRevision int
	Slots            []*InterviewSlotInput
}

// InterviewSlotInput: one time to talk.
type InterviewSlotInput struct {
	StartsAt        time.Time
	DurationMinutes int
	Place           string
}

// ChooseInterviewSlotInput: which interview, and which of its times.
type ChooseInterviewSlotInput struct {
	InterviewID      gid.ID
	ExpectedRevision int
	Slot             int
}

// DeclineApplicationInput: which application, and why.
type DeclineApplicationInput struct {
	ApplicationID    gid.ID
	ExpectedRevision int
	Reason           application.DeclineReason
	Note             *string
}
