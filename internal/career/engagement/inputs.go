package engagement

import (
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
)

// ConfirmKickOffInput: which engagement, and what was agreed.
type ConfirmKickOffInput struct {
	EngagementID     gid.ID
	ExpectedRevision int
	Communication    string
	TimeZone         calendar.Zone
	DueDays          []*DueDayInput
}

// DueDayInput: the due day of one planned deliverable.
type DueDayInput struct {
	PlannedDeliverableID gid.ID
	DueOn                calendar.Date
}

// StartEngagementInput: which engagement.
type StartEngagementInput struct {
	EngagementID     gid.ID
	ExpectedRevision int
}

// SubmitDeliverableInput: which deliverable, and the work itself.
type SubmitDeliverableInput struct {
	DeliverableID    gid.ID
	ExpectedRevision int
	Note             *string
	Links            []string
	UploadIDs        []gid.ID
	AiDisclosure     *string
}

// RequestDeliverableRevisionInput: which deliverable, and why it goes back.
type RequestDeliverableRevisionInput struct {
	DeliverableID    gid.ID
	ExpectedRevision int
	Reasons          []string
}

// AcceptDeliverableInput: which deliverable.
type AcceptDeliverableInput struct {
	DeliverableID    gid.ID
	ExpectedRevision int
}

// CompleteEngagementInput: which engagement.
type CompleteEngagementInput struct {
	EngagementID     gid.ID
	ExpectedRevision int
}

// TerminateEngagementInput: which engagement, and why it ends.
type TerminateEngagementInput struct {
	EngagementID     gid.ID
	ExpectedRevision int
	Reason           string
}

// ReportGhostingInput: on which engagement, and what happened.
type ReportGhostingInput struct {
	EngagementID     gid.ID
	ExpectedRevision int
	Report           string
}

// ExtendOfferInput: on which application, with which terms.
type ExtendOfferInput struct {
	ApplicationID    gid.ID
	ExpectedRevision int
	StartsOn         calendar.Date
	EndsOn           calendar.Date
	DecisionDays     *int
	Message          *string
	Milestones       []*milestone.MilestoneInput
}

// ReviseOfferInput: which offer, and its new terms.
type ReviseOfferInput struct {
	OfferID          gid.ID
	ExpectedRevision int
	StartsOn         calendar.Date
	EndsOn           calendar.Date
	// Nil leaves them as they are.
	DecisionDays *int
	Message      *string
	// Nil leaves the milestones as they are.
	Milestones []*milestone.MilestoneInput
}

// WithdrawOfferInput: which offer, and why it is taken back.
type WithdrawOfferInput struct {
	OfferID          gid.ID
	ExpectedRevision int
	Reason           string
}

// PauseEngagementInput: which engagement, and why it rests.
type PauseEngagementInput struct {
	EngagementID     gid.ID
	ExpectedRevision int
	Reason           string
}

// ResumeEngagementInput: which engagement.
type ResumeEngagementInput struct {
	EngagementID     gid.ID
	ExpectedRevision int
}

// ReopenEngagementInput: which engagement, and its new last day.
type ReopenEngagementInput struct {
	EngagementID     gid.ID
	ExpectedRevision int
	EndsOn           calendar.Date
}

// ExtendDeliverableDueDateInput: which deliverable, and its new day.
type ExtendDeliverableDueDateInput struct {
	DeliverableID    gid.ID
	ExpectedRevision int
	DueOn            calendar.Date
}

// AcceptOfferInput: which offer.
type AcceptOfferInput struct {
	OfferID          gid.ID
	ExpectedRevision int
}

// DeclineOfferInput: which offer.
type DeclineOfferInput struct {
	OfferID          gid.ID
	ExpectedRevision int
	Reason           *string
}

// SignAgreementInput: which document, and the text that was read.
type SignAgreementInput struct {
	AgreementID      gid.ID
	ExpectedRevision int
	TextHash         string
}

// OpenDisputeInput: which work, and what is wrong.
type OpenDisputeInput struct {
	EngagementID     gid.ID
	ExpectedRevision int
	Reason           string
}

// ProposeDisputeResolutionInput: how a dispute could end.
type ProposeDisputeResolutionInput struct {
	DisputeID        gid.ID
	ExpectedRevision int
	TalentSide       money.Input
	WorkGoesOn       bool
	Note             *string
}

// AcceptDisputeResolutionInput: which proposal, as it was read.
type AcceptDisputeResolutionInput struct {
	DisputeID        gid.ID
	ExpectedRevision int
}

// ResolveDisputeInput: how a dispute ends.
type ResolveDisputeInput struct {
	DisputeID        gid.ID
	ExpectedRevision int
	TalentSide       money.Input
	WorkGoesOn       bool
	Note             string
}
