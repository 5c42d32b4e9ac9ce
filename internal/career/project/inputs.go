package project

import (
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/applicationquestion"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/policy"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/text"
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
	StartsBy       *calendar.Date
	DueOn          *calendar.Date
	ApplyBy        *time.Time
	OccupationID   *gid.ID
	SkillIDs       []gid.ID
	Deliverables   []*PlannedDeliverableInput
	Questions      []*ApplicationQuestionInput
	Requirements   *MicroProjectRequirementsInput

	WorkerClass           *microproject.WorkerClass
	PayModel              *microproject.PayModel
	IsThirdPartyRecruiter *bool
	ChargesFee            *bool
	CountryCode           *string
	SafetyAttestations    []policy.SafetyAttestation
	BreakTermID           *gid.ID
	HoursPerWeek          *int
	AiUse                 *microproject.AiUse
	AiUseNote             *string
	RequiresNda           *bool
	IPTerms               *microproject.IPTerms
	FundingPoolID         *gid.ID
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
	SponsorsUsWork      *bool
	AcceptsOptAndCpt    *bool
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
	IsTeamwork          bool
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
	StartsBy         opt.Value[calendar.Date]
	DueOn            opt.Value[calendar.Date]
	ApplyBy          opt.Value[time.Time]
	OccupationID     opt.Value[gid.ID]
	SkillIDs         opt.List[gid.ID]
	Questions        opt.List[*ApplicationQuestionInput]
	Requirements     opt.Value[MicroProjectRequirementsInput]

	WorkerClass           opt.Value[microproject.WorkerClass]
	PayModel              opt.Value[microproject.PayModel]
	IsThirdPartyRecruiter opt.Value[bool]
	ChargesFee            opt.Value[bool]
	CountryCode           opt.Value[string]
	SafetyAttestations    opt.List[policy.SafetyAttestation]
	BreakTermID           opt.Value[gid.ID]
	HoursPerWeek          opt.Value[int]
	AiUse                 opt.Value[microproject.AiUse]
	AiUseNote             opt.Value[string]
	RequiresNda           opt.Value[bool]
	IPTerms               opt.Value[microproject.IPTerms]
	FundingPoolID         opt.Value[gid.ID]
}

// DuplicateMicroProjectInput: which project, and what the copy is called.
type DuplicateMicroProjectInput struct {
	MicroProjectID gid.ID
	Title          *string
}

// SaveMicroProjectTemplateInput: which project, and what the template is called.
type SaveMicroProjectTemplateInput struct {
	MicroProjectID gid.ID
	Name           string
}

// PublishMicroProjectTemplateInput: the work as a template of the platform says it.
type PublishMicroProjectTemplateInput struct {
	Name         string
	Title        string
	Brief        string
	Hours        int
	Fee          money.Input
	Seats        *int
	Workplace    microproject.Workplace
	Location     *string
	OccupationID *gid.ID
	SkillIDs     []gid.ID
	Deliverables []*MicroProjectTemplateDeliverableInput
	Questions    []*ApplicationQuestionInput

	WorkerClass        *microproject.WorkerClass
	PayModel           *microproject.PayModel
	SafetyAttestations []policy.SafetyAttestation
	HoursPerWeek       *int
	AiUse              *microproject.AiUse
	AiUseNote          *string
	RequiresNda        *bool
	IPTerms            *microproject.IPTerms
}

// MicroProjectTemplateDeliverableInput: one thing the work will hand in.
type MicroProjectTemplateDeliverableInput struct {
	Title               string
	AcceptanceCriterion string
	IsTeamwork          bool
}

// draft is what the template would draft, without days.
func (in PublishMicroProjectTemplateInput) draft() DraftMicroProjectInput {
	d := DraftMicroProjectInput{
		Title: in.Title, Brief: in.Brief, Hours: in.Hours, Fee: in.Fee, Seats: in.Seats, Workplace: in.Workplace, Location: in.Location,
		OccupationID: in.OccupationID, SkillIDs: in.SkillIDs, Questions: in.Questions, WorkerClass: in.WorkerClass, PayModel: in.PayModel,
		SafetyAttestations: in.SafetyAttestations, HoursPerWeek: in.HoursPerWeek, AiUse: in.AiUse, AiUseNote: in.AiUseNote,
		RequiresNda: in.RequiresNda, IPTerms: in.IPTerms,
	}
	for _, e := range in.Deliverables {
		d.Deliverables = append(d.Deliverables, &PlannedDeliverableInput{Title: e.Title, AcceptanceCriterion: e.AcceptanceCriterion, IsTeamwork: e.IsTeamwork})
	}
	return d
}

// RemoveMicroProjectTemplateInput: which template.
type RemoveMicroProjectTemplateInput struct {
	MicroProjectTemplateID gid.ID
	ExpectedRevision       int
}

// DraftMicroProjectFromTemplateInput: which template, and the days of the work.
type DraftMicroProjectFromTemplateInput struct {
	MicroProjectTemplateID gid.ID
	Title                  *string
	StartsOn               *calendar.Date
	StartsBy               *calendar.Date
	DueOn                  *calendar.Date
	ApplyBy                *time.Time
	BreakWindow            *calendar.Window
	BreakTermID            *gid.ID
}

// date gives a draft the days that its template has not, and a title of its own.
func (in DraftMicroProjectFromTemplateInput) date(r *text.Reader, t *terms) {
	t.startsOn, t.startsBy, t.dueOn, t.applyBy = in.StartsOn, in.StartsBy, in.DueOn, in.ApplyBy
	t.breakWindow, t.breakTerm = in.BreakWindow, in.BreakTermID
	if in.Title != nil {
		t.title = r.Line("title", *in.Title, 5, 120)
	}
}

// PauseMicroProjectInput: which project.
type PauseMicroProjectInput struct {
	MicroProjectID   gid.ID
	ExpectedRevision int
}

// ResumeMicroProjectInput: which project.
type ResumeMicroProjectInput struct {
	MicroProjectID   gid.ID
	ExpectedRevision int
}

// ExtendApplicationWindowInput: which project, and until when one can apply.
type ExtendApplicationWindowInput struct {
	MicroProjectID   gid.ID
	ExpectedRevision int
	ApplyBy          time.Time
}

// CloseApplicationsInput: which project.
type CloseApplicationsInput struct {
	MicroProjectID   gid.ID
	ExpectedRevision int
}

// ArchiveMicroProjectInput: which project.
type ArchiveMicroProjectInput struct {
	MicroProjectID   gid.ID
	ExpectedRevision int
}

// PlanDeliverableInput: what will be handed in, and when it is good.
type PlanDeliverableInput struct {
	MicroProjectID      gid.ID
	ExpectedRevision    int
	Title               string
	AcceptanceCriterion string
	DueOn               *calendar.Date
	IsTeamwork          bool
}

// SubmitMicroProjectForApprovalInput: which micro-project, and what answers those
// who asked.
type SubmitMicroProjectForApprovalInput struct {
	MicroProjectID   gid.ID
	ExpectedRevision int
	Answer           *string
}

// ProjectPreflightInput: a draft or a project, and whom to ask about it.
type ProjectPreflightInput struct {
	MicroProjectID *gid.ID
	Draft          *DraftMicroProjectInput
	InstitutionIDs []gid.ID
}

// RequestMicroProjectChangesInput: which posting request, and what to ask.
type RequestMicroProjectChangesInput struct {
	PostingRequestID gid.ID
	ExpectedRevision int
	Question         string
}

// WithdrawPostingApprovalInput: which posting request, and why.
type WithdrawPostingApprovalInput struct {
	PostingRequestID gid.ID
	ExpectedRevision int
	Reason           string
}

// DecidePostingRequestsInput: decisions that are all made or none.
type DecidePostingRequestsInput struct {
	Decisions []*PostingDecisionInput
}

// PostingDecisionInput: one posting request and what is decided on it.
type PostingDecisionInput struct {
	PostingRequestID gid.ID
	ExpectedRevision int
	Decision         PostingDecision
	Reason           *string
}

// PostingDecision is what a body decides.
type PostingDecision string

// The decisions.
const (
	DecideApprove PostingDecision = "APPROVE"
	DecideDecline PostingDecision = "DECLINE"
)

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
