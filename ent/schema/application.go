package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"

	"github.com/rung-dev/rung/internal/gid"
)

// Application is a talent's wish to do a micro-project. By applying, the
// talent shares a packet with that employer, who keeps it as it was.
type Application struct{ ent.Schema }

// Mixin of Application.
func (Application) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Application.
func (Application) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("micro_project_id"),
		ref("talent_id"),
		field.Enum("status").NamedValues("Submitted", "SUBMITTED", "Reviewed", "REVIEWED", "Shortlisted", "SHORTLISTED", "Interview", "INTERVIEW",
			"Offered", "OFFERED", "Accepted", "ACCEPTED", "OfferDeclined", "OFFER_DECLINED", "Declined", "DECLINED", "Withdrawn", "WITHDRAWN",
			"Expired", "EXPIRED", "ClosedBySystem", "CLOSED_BY_SYSTEM").Default("SUBMITTED"),
		field.Enum("origin").NamedValues("Platform", "PLATFORM", "Invitation", "INVITATION").Default("PLATFORM").Immutable(),
		refLater("invitation_id"),
		personal(text("note", 4000)),
		personal(fixed(text("packet_name", 200))),
		personal(fixed(textLater("packet_email", 254))),
		personal(fixed(textLater("packet_headline", 200))),
		personal(fixed(text("packet_resume_url", 2000))),
		personal(fixed(text("packet_linkedin_url", 2000))),
		personal(fixed(field.JSON("packet_skills", []string{}))),
		// The questions as they were asked, with what was answered.
		personal(field.JSON("packet_answers", []Answer{}).Optional()),
		// What the profile said then about each of the project's requirements.
		personal(fixed(field.JSON("packet_qualification", []MetRequirement{}).Optional())),
		field.Enum("decline_reason").NamedValues("Skills", "SKILLS", "Availability", "AVAILABILITY", "Experience", "EXPERIENCE",
			"PositionFilled", "POSITION_FILLED", "ProjectChanged", "PROJECT_CHANGED", "Incomplete", "INCOMPLETE", "Other", "OTHER").
			Optional().Nillable(),
		textLater("reason", 1000),
		// When it ends by itself, unless the employer takes a step before.
		instantLater("expires_at"),
		fixed(instant("submitted_at")),
		instantLater("decided_at"),
	}
}

// Edges of Application.
func (Application) Edges() []ent.Edge {
	return []ent.Edge{
		to("micro_project", MicroProject.Type, "micro_project_id"),
		to("talent", TalentProfile.Type, "talent_id"),
		to("employer", Employer.Type, "employer_org_id"),
		toLater("invitation", Invitation.Type, "invitation_id"),
	}
}

// Indexes of Application.
func (Application) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("SUBMITTED", "REVIEWED", "SHORTLISTED", "INTERVIEW", "OFFERED", "ACCEPTED"), "micro_project_id", "talent_id"),
		ordered("micro_project_id", "submitted_at", "id"),
		ordered("employer_org_id", "submitted_at", "id"),
		ordered("employer_org_id", "status", "submitted_at", "id"),
		ordered("employer_org_id", "origin", "submitted_at", "id"),
		ordered("talent_id", "submitted_at", "id"),
		ordered("world_id", "submitted_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
		ordered("talent_id", "updated_at", "id"),
	}
}

// Annotations of Application.
func (Application) Annotations() []schemaAnnotation {
	return table("applications", checks{
		"applications_declined": "(status = 'DECLINED') = (decline_reason IS NOT NULL)",
		"applications_other":    "decline_reason IS NULL OR decline_reason <> 'OTHER' OR reason IS NOT NULL",
		"applications_expires":  "expires_at IS NULL OR status IN ('SUBMITTED', 'REVIEWED')",
		"applications_invited":  "(origin = 'INVITATION') = (invitation_id IS NOT NULL)",
		"applications_owned":    "owner_org_id = employer_org_id",
	})
}

// Answer is a question as it was asked, and what the talent answered.
type Answer struct {
	QuestionID gid.ID `json:"questionId"`
	Kind       string `json:"kind"`
	Question   string `json:"question"`
	Value      string `json:"value"`
}

// MetRequirement is one requirement of a project, in words, and whether the
// talent's profile met it: YES, NO or UNKNOWN.
type MetRequirement struct {
	Kind string `json:"kind"`
	Met  string `json:"met"`
	Text string `json:"text"`
}

// ApplicationStudy is a course of study that a talent shared by applying.
type ApplicationStudy struct{ ent.Schema }

// Mixin of ApplicationStudy.
func (ApplicationStudy) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of ApplicationStudy.
func (ApplicationStudy) Fields() []ent.Field {
	return []ent.Field{
		ref("application_id"),
		ref("employer_org_id"),
		ref("talent_id"),
		ref("institution_id"),
		field.Int("position").Positive().Immutable(),
		personal(field.Enum("level").NamedValues("Certificate", "CERTIFICATE", "Associate", "ASSOCIATE", "Bachelor", "BACHELOR",
			"Master", "MASTER", "Doctorate", "DOCTORATE").Immutable()),
		personal(fixed(text("major", 200))),
		personal(fixed(text("major_folded", 400))),
		personal(fixed(dayLater("graduates_on"))),
	}
}

// Edges of ApplicationStudy.
func (ApplicationStudy) Edges() []ent.Edge {
	return []ent.Edge{
		to("application", Application.Type, "application_id"),
		to("institution", Institution.Type, "institution_id"),
	}
}

// Indexes of ApplicationStudy.
func (ApplicationStudy) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "application_id", "position"),
		ordered("employer_org_id", "institution_id", "application_id"),
		ordered("employer_org_id", "major_folded", "application_id"),
	}
}

// Annotations of ApplicationStudy.
func (ApplicationStudy) Annotations() []schemaAnnotation { return table("application_studies", nil) }

// ApplicationSkill is a skill that a talent shared by applying.
type ApplicationSkill struct{ ent.Schema }

// Mixin of ApplicationSkill.
func (ApplicationSkill) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of ApplicationSkill.
func (ApplicationSkill) Fields() []ent.Field {
	return []ent.Field{ref("application_id"), ref("employer_org_id"), ref("talent_id"), ref("skill_id")}
}

// Edges of ApplicationSkill.
func (ApplicationSkill) Edges() []ent.Edge {
	return []ent.Edge{to("application", Application.Type, "application_id"), to("skill", Skill.Type, "skill_id")}
}

// Indexes of ApplicationSkill.
func (ApplicationSkill) Indexes() []ent.Index {
	return []ent.Index{unique("", "application_id", "skill_id"), ordered("employer_org_id", "skill_id", "application_id")}
}

// Annotations of ApplicationSkill.
func (ApplicationSkill) Annotations() []schemaAnnotation { return table("application_skills", nil) }
