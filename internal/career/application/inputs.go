package application

import (
	"github.com/rung-dev/rung/internal/gid"
)

// ApplyToMicroProjectInput: which micro-project, and what to say.
type ApplyToMicroProjectInput struct {
	MicroProjectID gid.ID
	Note           string
}

// WithdrawApplicationInput: which application.
type WithdrawApplicationInput struct {
	ApplicationID    gid.ID
	ExpectedRevision int
}

// DeclineApplicationInput: which application, and why.
type DeclineApplicationInput struct {
	ApplicationID    gid.ID
	ExpectedRevision int
	Reason           string
}
