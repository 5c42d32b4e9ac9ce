package institution

import (
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/term"
	"github.com/rung-dev/rung/internal/calendar"
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

// ConfigureInstitutionInput: what to change of how the career office decides.
type ConfigureInstitutionInput struct {
	InstitutionID      gid.ID
	ExpectedRevision   int
	DefaultPermissions []InstitutionPermission
	ApprovalMode       *institution.ApprovalMode
	TimeZone           *calendar.Zone
	OfficeHours        *OfficeHoursInput
	SignUpRule         *person.SignUpRuleInput
	ClearsEngagements  *bool
}

// OfficeHoursInput: when the career office works.
type OfficeHoursInput struct {
	OpensMinute  int
	ClosesMinute int
	Days         []calendar.Weekday
}

// RequestInstitutionLinkInput: which institution, or which several.
type RequestInstitutionLinkInput struct {
	InstitutionID  *gid.ID
	InstitutionIDs []gid.ID
	Message        *string
}

// ApproveInstitutionLinkInput: which request.
type ApproveInstitutionLinkInput struct {
	InstitutionLinkID gid.ID
	ExpectedRevision  int
	Permissions       []InstitutionPermission
}

// AskAboutInstitutionLinkInput: which request, and what to ask.
type AskAboutInstitutionLinkInput struct {
	InstitutionLinkID gid.ID
	ExpectedRevision  int
	Question          string
}

// AnswerInstitutionLinkInput: which request, and the answer.
type AnswerInstitutionLinkInput struct {
	InstitutionLinkID gid.ID
	ExpectedRevision  int
	Answer            string
}

// RevokeInstitutionLinkInput: which link, and why.
type RevokeInstitutionLinkInput struct {
	InstitutionLinkID gid.ID
	ExpectedRevision  int
	Reason            string
}

// DeclineInstitutionLinkInput: which request, and why.
type DeclineInstitutionLinkInput struct {
	InstitutionLinkID gid.ID
	ExpectedRevision  int
	Reason            string
}

// RecordTermInput: a span of the institution's calendar.
type RecordTermInput struct {
	Name     string
	StartsOn calendar.Date
	EndsOn   calendar.Date
	Kind     term.Kind
}
