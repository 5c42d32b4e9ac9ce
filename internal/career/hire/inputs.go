package hire

import (
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
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
