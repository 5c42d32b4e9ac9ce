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
