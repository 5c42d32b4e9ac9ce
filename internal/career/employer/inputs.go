package employer

import (
	"github.com/rung-dev/rung/internal/gid"
)

// RegisterEmployerInput: an employer.
type RegisterEmployerInput struct {
	Name        string
	Website     *string
	Industry    *string
	Description *string

	RequestsVerification *bool
}

// ApproveEmployerInput: which employer.
type ApproveEmployerInput struct {
	EmployerID       gid.ID
	ExpectedRevision int
}

// RefuseEmployerInput: which employer, and why not.
type RefuseEmployerInput struct {
	EmployerID       gid.ID
	ExpectedRevision int
	Reason           string
}

// RequestEmployerVerificationInput: which employer.
type RequestEmployerVerificationInput struct {
	EmployerID       gid.ID
	ExpectedRevision int
}

// SuspendEmployerInput: which employer, and why.
type SuspendEmployerInput struct {
	EmployerID       gid.ID
	ExpectedRevision int
	Reason           string
}

// ReinstateEmployerInput: which employer.
type ReinstateEmployerInput struct {
	EmployerID       gid.ID
	ExpectedRevision int
}

// BanEmployerInput: which employer, and why.
type BanEmployerInput struct {
	EmployerID       gid.ID
	ExpectedRevision int
	Reason           string
}

// FlagEmployerInput: which employer, and why.
type FlagEmployerInput struct {
	EmployerID gid.ID
	Reason     string
}

// ReviewFlagInput: which flag.
type ReviewFlagInput struct {
	FlagID           gid.ID
	ExpectedRevision int
}

// UpholdFlagInput: which flag, and what was found.
type UpholdFlagInput struct {
	FlagID           gid.ID
	ExpectedRevision int
	Finding          string
}

// DismissFlagInput: which flag, and what was found.
type DismissFlagInput struct {
	FlagID           gid.ID
	ExpectedRevision int
	Finding          string
}

// AgreeFeeSplitInput: with which employer, and on which share.
type AgreeFeeSplitInput struct {
	EmployerID          gid.ID
	ExpectedRevision    int
	PlatformBasisPoints *int
}
