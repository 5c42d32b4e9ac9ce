package project

import (
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/applicationquestion"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/opt"
)

// DraftMicroProjectInput: the work and its pay.
type DraftMicroProjectInput struct {
	Title          string
	Brief          string
	Hours          int
	Fee            money.Input
	Seats          *int
	Workplace      microproject.Workplace
	Location       *string
	Audience       *microproject.Audience
	InstitutionIDs []gid.ID
	BreakWindow    *calendar.Window
	StartsOn       *calendar.Date
	DueOn          *calendar.Date
	ApplyBy        *time.Time
	OccupationID   *gid.ID
	SkillIDs       []gid.ID
	Deliverables   []*PlannedDeliverableInput
	Questions      []*ApplicationQuestionInput
	Requirements   *MicroProjectRequirementsInput
}

// ApplicationQuestionInput: one thing to ask those who apply.
type ApplicationQuestionInput struct {
	Text       string
	Kind       applicationquestion.Kind
	IsRequired *bool
	Choices    []string
}

// MicroProjectRequirementsInput: what talents should bring.
type MicroProjectRequirementsInput struct {
	AuthorizedForUsWork *bool
	GraduatesFrom       *calendar.Date
	GraduatesTo         *calendar.Date
	MinimumGpa          *money.Decimal
	Majors              []string
	SkillIDs            []gid.ID
}

// PlannedDeliverableInput: one thing the work will hand in.
type PlannedDeliverableInput struct {
	Title               string
	AcceptanceCriterion string
	DueOn               *calendar.Date
}

// ReviseMicroProjectInput: what to change in a micro-project: a field left out stays, null clears it.
type ReviseMicroProjectInput struct {
	MicroProjectID   gid.ID
	ExpectedRevision int
	Title            opt.Value[string]
	Brief            opt.Value[string]
	Hours            opt.Value[int]
	Fee              opt.Value[money.Input]
	Seats            opt.Value[int]
	Workplace        opt.Value[microproject.Workplace]
	Location         opt.Value[string]
	Audience         opt.Value[microproject.Audience]
	InstitutionIDs   opt.List[gid.ID]
	BreakWindow      opt.Value[calendar.Window]
	StartsOn         opt.Value[calendar.Date]
	DueOn            opt.Value[calendar.Date]
	ApplyBy          opt.Value[time.Time]
	OccupationID     opt.Value[gid.ID]
	SkillIDs         opt.List[gid.ID]
	Questions        opt.List[*ApplicationQuestionInput]
	Requirements     opt.Value[MicroProjectRequirementsInput]
}

// PlanDeliverableInput: what will be handed in, and when it is good.
type PlanDeliverableInput struct {
	MicroProjectID      gid.ID
	ExpectedRevision    int
	Title               string
	AcceptanceCriterion string
	DueOn               *calendar.Date
}

// SubmitMicroProjectForApprovalInput: which micro-project.
type SubmitMicroProjectForApprovalInput struct {
	MicroProjectID   gid.ID
	ExpectedRevision int
}

// ApproveMicroProjectInput: which posting request.
type ApproveMicroProjectInput struct {
	PostingRequestID gid.ID
	ExpectedRevision int
}

// RefuseMicroProjectInput: which posting request, and why not.
type RefuseMicroProjectInput struct {
	PostingRequestID gid.ID
	ExpectedRevision int
	Reason           string
}

// PublishMicroProjectInput: which micro-project.
type PublishMicroProjectInput struct {
	MicroProjectID   gid.ID
	ExpectedRevision int
}

// CancelMicroProjectInput: which micro-project, and why.
type CancelMicroProjectInput struct {
	MicroProjectID   gid.ID
	ExpectedRevision int
	Reason           string
}
