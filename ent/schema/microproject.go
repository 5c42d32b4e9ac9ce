package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"

	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
)

// MicroProject is paid work of 5 to 40 hours with agreed deliverables.
type MicroProject struct{ ent.Schema }

// Mixin of MicroProject.
func (MicroProject) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of MicroProject.
func (MicroProject) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("drafted_by_id"),
		text("title", 120),
		text("title_folded", 240),
		text("brief", 8000),
		field.Enum("status").NamedValues("Draft", "DRAFT", "InReview", "IN_REVIEW", "ChangesRequested", "CHANGES_REQUESTED", "Approved", "APPROVED", "Refused", "REFUSED",
			"Open", "OPEN", "Filled", "FILLED", "Expired", "EXPIRED", "InProgress", "IN_PROGRESS", "Completed", "COMPLETED", "Cancelled", "CANCELLED", "Paused", "PAUSED").
			Default("DRAFT"),
		field.Int("hours"),
		minor("fee_minor"),
		text("currency", 3),
		field.Int("seats").Default(1).Positive(),
		field.Enum("workplace").NamedValues("Remote", "REMOTE", "OnSite", "ON_SITE", "Hybrid", "HYBRID"),
		textLater("location", 200),
		field.Enum("audience").NamedValues("Public", "PUBLIC", "Institutions", "INSTITUTIONS").Default("PUBLIC"),
		// Work that fits a term break says which days the break has.
		dayLater("break_starts_on"),
		dayLater("break_ends_on"),
		// The earliest and the latest start. Without the latter the former is the one day.
		dayLater("starts_on"),
		dayLater("starts_by"),
		dayLater("due_on"),
		instantLater("apply_by"),
		refLater("occupation_id"),
		// What posting policies ask of the work, as its employer attests it.
		field.Enum("worker_class").NamedValues("Form1099", "FORM_1099", "FormW2", "FORM_W2", "VolunteerCredit", "VOLUNTEER_CREDIT").Default("FORM_1099"),
		field.Enum("pay_model").NamedValues("Fixed", "FIXED", "Hourly", "HOURLY", "Stipend", "STIPEND", "UnpaidCredit", "UNPAID_CREDIT", "CommissionOnly", "COMMISSION_ONLY").
			Default("FIXED"),
		field.Bool("is_third_party_recruiter").Default(false),
		field.Bool("charges_fee").Default(false),
		field.String("country_code").MaxRuneLen(2).Default("US"),
		field.Strings("safety_attestations").Optional(),
		refLater("break_term_id"),
		// Whether AI tools may be used for it: not, unless the employer says so.
		field.Enum("ai_use").NamedValues("NotPermitted", "NOT_PERMITTED", "Disclosed", "DISCLOSED", "Permitted", "PERMITTED").Default("NOT_PERMITTED"),
		textLater("ai_use_note", 1000),
		// Whether both sides sign an agreement not to disclose what they learn.
		field.Bool("requires_nda").Default(true),
		// Whose the results are: it decides which of two documents an offer has.
		field.Enum("ip_terms").NamedValues("AssignedToEmployer", "ASSIGNED_TO_EMPLOYER", "LicensedToEmployer", "LICENSED_TO_EMPLOYER").
			Default("ASSIGNED_TO_EMPLOYER"),
		// Whose money pays for it; empty means the employer's.
		refLater("funding_pool_id"),
		instantLater("archived_at"),
		field.Int("hours_per_week").Optional().Nillable(),
		// When what a decision rests on was last changed after it was submitted.
		instantLater("revised_at"),
		field.Int("reviews").Default(0).NonNegative(),
		instantLater("submitted_at"),
		instantLater("published_at"),
		instantLater("filled_at"),
		instantLater("ended_at"),
		textLater("reason", 1000),
		// What talents should bring. It never keeps anybody from applying.
		field.JSON("requirements", &Requirements{}).Optional(),
	}
}

// Requirements are what a project would like talents to bring.
type Requirements struct {
	AuthorizedForUSWork  bool           `json:"authorizedForUsWork,omitempty"`
	GraduatesFrom        *calendar.Date `json:"graduatesFrom,omitempty"`
	GraduatesTo          *calendar.Date `json:"graduatesTo,omitempty"`
	MinimumGPAHundredths int            `json:"minimumGpaHundredths,omitempty"`
	Majors               []string       `json:"majors,omitempty"`
	SkillIDs             []gid.ID       `json:"skillIds,omitempty"`
}

// Edges of MicroProject.
func (MicroProject) Edges() []ent.Edge {
	return []ent.Edge{
		to("employer", Employer.Type, "employer_org_id"),
		to("drafted_by", Person.Type, "drafted_by_id"),
		toLater("occupation", Occupation.Type, "occupation_id"),
		toLater("break_term", Term.Type, "break_term_id"),
		toLater("funding_pool", FundingPool.Type, "funding_pool_id"),
	}
}

// Indexes of MicroProject.
func (MicroProject) Indexes() []ent.Index {
	return []ent.Index{
		ordered("employer_org_id", "created_at", "id"),
		ordered("employer_org_id", "status", "created_at", "id"),
		ordered("world_id", "status", "created_at", "id"),
		ordered("world_id", "created_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
		ordered("world_id", "updated_at", "id"),
		ordered("world_id", "published_at"),
	}
}

// Annotations of MicroProject.
func (MicroProject) Annotations() []schemaAnnotation {
	return table("micro_projects", checks{
		"micro_projects_hours":     "hours BETWEEN 5 AND 40",
		"micro_projects_fee":       "fee_minor > 0",
		"micro_projects_seats":     "seats BETWEEN 1 AND 50",
		"micro_projects_break":     "(break_starts_on IS NULL) = (break_ends_on IS NULL) AND (break_starts_on IS NULL OR break_starts_on <= break_ends_on)",
		"micro_projects_starts":    "starts_by IS NULL OR starts_on IS NOT NULL AND starts_on <= starts_by",
		"micro_projects_location":  "workplace = 'REMOTE' OR location IS NOT NULL",
		"micro_projects_published": "status NOT IN ('OPEN', 'PAUSED', 'FILLED', 'IN_PROGRESS', 'COMPLETED') OR published_at IS NOT NULL",
		"micro_projects_ended":     "(status IN ('COMPLETED', 'EXPIRED', 'CANCELLED')) = (ended_at IS NOT NULL)",
		"micro_projects_owned":     "owner_org_id = employer_org_id",
	})
}

// PlannedDeliverable is one thing the work will hand in, agreed beforehand.
type PlannedDeliverable struct{ ent.Schema }

// Mixin of PlannedDeliverable.
func (PlannedDeliverable) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of PlannedDeliverable.
func (PlannedDeliverable) Fields() []ent.Field {
	return []ent.Field{
		ref("micro_project_id"),
		ref("employer_org_id"),
		field.Int("position").Positive().Immutable(),
		text("title", 200),
		text("acceptance_criterion", 2000),
		dayLater("due_on"),
		// Handed in once, for everybody who works on the project.
		field.Bool("is_teamwork").Default(false).Immutable(),
	}
}

// Edges of PlannedDeliverable.
func (PlannedDeliverable) Edges() []ent.Edge {
	return []ent.Edge{to("micro_project", MicroProject.Type, "micro_project_id")}
}

// Indexes of PlannedDeliverable.
func (PlannedDeliverable) Indexes() []ent.Index {
	return []ent.Index{unique("", "micro_project_id", "position")}
}

// Annotations of PlannedDeliverable.
func (PlannedDeliverable) Annotations() []schemaAnnotation { return table("planned_deliverables", nil) }

// ApplicationQuestion is what a micro-project asks everybody who applies.
type ApplicationQuestion struct{ ent.Schema }

// Mixin of ApplicationQuestion.
func (ApplicationQuestion) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of ApplicationQuestion.
func (ApplicationQuestion) Fields() []ent.Field {
	return []ent.Field{
		ref("micro_project_id"),
		ref("employer_org_id"),
		field.Int("position").Positive().Immutable(),
		field.Enum("kind").NamedValues("Text", "TEXT", "Number", "NUMBER", "YesNo", "YES_NO", "Choice", "CHOICE").Immutable(),
		fixed(text("text", 500)),
		field.Bool("is_required").Immutable(),
		field.JSON("choices", []string{}).Immutable(),
	}
}

// Edges of ApplicationQuestion.
func (ApplicationQuestion) Edges() []ent.Edge {
	return []ent.Edge{to("micro_project", MicroProject.Type, "micro_project_id")}
}

// Indexes of ApplicationQuestion.
func (ApplicationQuestion) Indexes() []ent.Index {
	return []ent.Index{unique("", "micro_project_id", "position")}
}

// Annotations of ApplicationQuestion.
func (ApplicationQuestion) Annotations() []schemaAnnotation {
	return table("application_questions", nil)
}

// ProjectSkill is a skill that a micro-project asks for.
type ProjectSkill struct{ ent.Schema }

// Mixin of ProjectSkill.
func (ProjectSkill) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of ProjectSkill.
func (ProjectSkill) Fields() []ent.Field {
	return []ent.Field{ref("micro_project_id"), ref("employer_org_id"), ref("skill_id")}
}

// Edges of ProjectSkill.
func (ProjectSkill) Edges() []ent.Edge {
	return []ent.Edge{to("micro_project", MicroProject.Type, "micro_project_id"), to("skill", Skill.Type, "skill_id")}
}

// Indexes of ProjectSkill.
func (ProjectSkill) Indexes() []ent.Index {
	return []ent.Index{unique("", "micro_project_id", "skill_id"), ordered("skill_id", "micro_project_id")}
}

// Annotations of ProjectSkill.
func (ProjectSkill) Annotations() []schemaAnnotation { return table("project_skills", nil) }

// ProjectInstitution is an institution whose talents a micro-project is meant for.
type ProjectInstitution struct{ ent.Schema }

// Mixin of ProjectInstitution.
func (ProjectInstitution) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of ProjectInstitution.
func (ProjectInstitution) Fields() []ent.Field {
	return []ent.Field{ref("micro_project_id"), ref("employer_org_id"), ref("institution_id")}
}

// Edges of ProjectInstitution.
func (ProjectInstitution) Edges() []ent.Edge {
	return []ent.Edge{
		to("micro_project", MicroProject.Type, "micro_project_id"),
		to("institution", Institution.Type, "institution_id"),
	}
}

// Indexes of ProjectInstitution.
func (ProjectInstitution) Indexes() []ent.Index {
	return []ent.Index{unique("", "micro_project_id", "institution_id")}
}

// Annotations of ProjectInstitution.
func (ProjectInstitution) Annotations() []schemaAnnotation { return table("project_institutions", nil) }

// PostingRequest is one body's decision on one micro-project: the platform's,
// or an institution's for its own talents.
type PostingRequest struct{ ent.Schema }

// Mixin of PostingRequest.
func (PostingRequest) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of PostingRequest.
func (PostingRequest) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("micro_project_id"),
		// Who decides: the institution, or the world for its platform.
		ref("body_id"),
		refLater("institution_id"),
		field.Enum("status").NamedValues("Pending", "PENDING", "InProgress", "IN_PROGRESS", "Approved", "APPROVED",
			"Declined", "DECLINED", "Withdrawn", "WITHDRAWN", "Expired", "EXPIRED").Default("PENDING"),
		field.Enum("decided_by").NamedValues("System", "SYSTEM", "Staff", "STAFF").Optional().Nillable(),
		// The rule that approved, or that asks for a person to decide.
		textLater("rule_id", 80),
		// The rules that spoke, with their words as they were. A rule that changes
		// later does not change them.
		field.JSON("rules", json.RawMessage{}).Optional(),
		textLater("reason", 1000),
		// What the body asked back, and what the employer answered.
		textLater("question", 1000),
		textLater("answer", 1000),
		field.Int("asks").Default(1).Positive(),
		// How long a person took, in minutes of the body's office hours.
		field.Int("office_minutes").Optional().Nillable(),
		instant("requested_at"),
		instantLater("decided_at"),
		refLater("decider_id"),
	}
}

// Edges of PostingRequest.
func (PostingRequest) Edges() []ent.Edge {
	return []ent.Edge{
		to("micro_project", MicroProject.Type, "micro_project_id"),
		toLater("institution", Institution.Type, "institution_id"),
		toLater("decider", Person.Type, "decider_id"),
	}
}

// Indexes of PostingRequest.
func (PostingRequest) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "micro_project_id", "body_id"),
		ordered("body_id", "status", "requested_at", "id"),
		ordered("body_id", "status", "updated_at", "id"),
		ordered("body_id", "decided_by", "decided_at"),
		ordered("institution_id", "micro_project_id"),
	}
}

// Annotations of PostingRequest.
func (PostingRequest) Annotations() []schemaAnnotation {
	return table("posting_requests", checks{
		"posting_requests_body":    "institution_id IS NULL AND body_id = world_id OR institution_id IS NOT NULL AND body_id = institution_id",
		"posting_requests_open":    "(status IN ('PENDING', 'IN_PROGRESS')) = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)",
		"posting_requests_person":  "decided_by IS NULL OR (decided_by = 'STAFF') = (decider_id IS NOT NULL)",
		"posting_requests_reasons": "(status NOT IN ('DECLINED', 'WITHDRAWN', 'EXPIRED') OR reason IS NOT NULL) AND (status <> 'IN_PROGRESS' OR question IS NOT NULL)",
		"posting_requests_owned":   "owner_org_id = employer_org_id",
	})
}
