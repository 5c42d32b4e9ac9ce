package institution

import (
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
)

// OpenInstitutionInput: which institution, and who administers it.
type OpenInstitutionInput struct {
	InstitutionID    gid.ID
	ExpectedRevision int
	Administrator    person.SeatInput
	PayFloor         *money.Input
}

// RequestInstitutionLinkInput: which institution.
type RequestInstitutionLinkInput struct {
	InstitutionID gid.ID
	Message       *string
}

// ApproveInstitutionLinkInput: which request.
type ApproveInstitutionLinkInput struct {
	InstitutionLinkID gid.ID
	ExpectedRevision  int
}

// DeclineInstitutionLinkInput: which request, and why.
type DeclineInstitutionLinkInput struct {
	InstitutionLinkID gid.ID
	ExpectedRevision  int
	Reason            string
}
