package hire

import (
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/hirereport"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
)

// ProposeHireConversionInput: after which engagement, and which job.
type ProposeHireConversionInput struct {
	EngagementID gid.ID
	Kind         hireconversion.Kind
	JobTitle     string
	StartsOn     calendar.Date
	Message      *string
}

// AcceptHireConversionInput: which hire conversion.
type AcceptHireConversionInput struct {
	HireConversionID gid.ID
	ExpectedRevision int
}

// DeclineHireConversionInput: which hire conversion, and why not.
type DeclineHireConversionInput struct {
	HireConversionID gid.ID
	ExpectedRevision int
	Reason           *string
}

// ConfirmHireStartInput: which hire conversion, and when the job started.
type ConfirmHireStartInput struct {
	HireConversionID gid.ID
	ExpectedRevision int
	StartedOn        calendar.Date
}

// SignalHireInterestInput: after which engagement, and which job the employer
// thinks of.
type SignalHireInterestInput struct {
	EngagementID gid.ID
	Kind         hireconversion.Kind
	JobTitle     string
	StartsOn     calendar.Date
	Message      *string
}

// WithdrawHireConversionInput: which hire conversion, and why it is taken back.
type WithdrawHireConversionInput struct {
	HireConversionID gid.ID
	ExpectedRevision int
	Reason           string
}

// ReportHireInput: after which engagement, who says so, and which job began.
type ReportHireInput struct {
	EngagementID gid.ID
	Source       hirereport.Source
	Kind         hireconversion.Kind
	JobTitle     string
	StartedOn    calendar.Date
	Confidence   hirereport.Confidence
}

// RecordHireOutcomeInput: of which hire conversion, and what is known.
type RecordHireOutcomeInput struct {
	HireConversionID gid.ID
	ExpectedRevision int
	IsEmployed       bool
	AsOf             calendar.Date
	Reason           *hireconversion.LeftReason
}
