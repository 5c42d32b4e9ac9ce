package amendment

import (
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
)

// ProposeAmendmentInput: of which work, why, and what is to change; what is left
// out stays.
type ProposeAmendmentInput struct {
	EngagementID          gid.ID
	ExpectedRevision      int
	Reason                string
	EndsOn                *calendar.Date
	Hours                 *int
	AddedFee              *money.Input
	AddedFeeTitle         *string
	AmendedMilestones     []*milestone.AmendedMilestoneInput
	AmendedDeliverables   []*AmendedDeliverableInput
	AddedDeliverables     []*AddedDeliverableInput
	DroppedDeliverableIDs []gid.ID
}

// AmendedDeliverableInput: one deliverable, and what is to be said of it anew.
type AmendedDeliverableInput struct {
	DeliverableID       gid.ID
	Title               *string
	AcceptanceCriterion *string
	DueOn               *calendar.Date
}

// AddedDeliverableInput: one more deliverable.
type AddedDeliverableInput struct {
	Title               string
	AcceptanceCriterion string
	DueOn               calendar.Date
}

// AcceptAmendmentInput: which amendment.
type AcceptAmendmentInput struct {
	AmendmentID      gid.ID
	ExpectedRevision int
}

// DeclineAmendmentInput: which amendment, and why.
type DeclineAmendmentInput struct {
	AmendmentID      gid.ID
	ExpectedRevision int
	Reason           string
}

// WithdrawAmendmentInput: which amendment.
type WithdrawAmendmentInput struct {
	AmendmentID      gid.ID
	ExpectedRevision int
}
