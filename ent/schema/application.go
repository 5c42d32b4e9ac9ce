package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
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
		field.Enum("status").NamedValues("Submitted", "SUBMITTED", "Offered", "OFFERED", "Accepted", "ACCEPTED", "OfferDeclined", "OFFER_DECLINED",
			"Declined", "DECLINED", "Withdrawn", "WITHDRAWN", "ClosedBySystem", "CLOSED_BY_SYSTEM").Default("SUBMITTED"),
		personal(text("note", 4000)),
		personal(fixed(text("packet_name", 200))),
		personal(fixed(textLater("packet_email", 254))),
		personal(fixed(textLater("packet_headline", 200))),
		personal(fixed(text("packet_resume_url", 2000))),
		personal(fixed(text("packet_linkedin_url", 2000))),
		personal(fixed(field.JSON("packet_skills", []string{}))),
		textLater("reason", 1000),
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
	}
}

// Indexes of Application.
func (Application) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("SUBMITTED", "OFFERED", "ACCEPTED"), "micro_project_id", "talent_id"),
		ordered("micro_project_id", "submitted_at", "id"),
		ordered("employer_org_id", "submitted_at", "id"),
		ordered("employer_org_id", "status", "submitted_at", "id"),
		ordered("talent_id", "submitted_at", "id"),
		ordered("world_id", "submitted_at", "id"),
	}
}

// Annotations of Application.
func (Application) Annotations() []schemaAnnotation {
	return table("applications", checks{
		"applications_declined": "status <> 'DECLINED' OR reason IS NOT NULL",
		"applications_owned":    "owner_org_id = employer_org_id",
	})
}
