package reference

import "github.com/rung-dev/rung/internal/gid"

// RequestReferenceInput: after which engagement, whom, and with what words.
type RequestReferenceInput struct {
	EngagementID gid.ID
	Addressee    string
	Message      string
}

// GiveReferenceInput: which reference, and what it says.
type GiveReferenceInput struct {
	ReferenceID      gid.ID
	ExpectedRevision int
	Text             string
	Relationship     *string
	MayBeShown       *bool
}

// DeclineReferenceInput: which reference, and why not.
type DeclineReferenceInput struct {
	ReferenceID      gid.ID
	ExpectedRevision int
	Reason           *string
}

// WithdrawReferenceRequestInput: which reference.
type WithdrawReferenceRequestInput struct {
	ReferenceID      gid.ID
	ExpectedRevision int
}

// ShowReferenceInput: which reference.
type ShowReferenceInput struct {
	ReferenceID      gid.ID
	ExpectedRevision int
}

// HideReferenceInput: which reference.
type HideReferenceInput struct {
	ReferenceID      gid.ID
	ExpectedRevision int
}

// RetractReferenceInput: which reference, and why.
type RetractReferenceInput struct {
	ReferenceID      gid.ID
	ExpectedRevision int
	Reason           string
}

// SendThankYouNoteInput: after which engagement, and what to say.
type SendThankYouNoteInput struct {
	EngagementID gid.ID
	Text         string
}
