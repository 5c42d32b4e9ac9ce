package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Invitation is an employer's wish that one talent applies to one project.
type Invitation struct{ ent.Schema }

// Mixin of Invitation.
func (Invitation) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Invitation.
func (Invitation) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("micro_project_id"),
		ref("talent_id"),
		ref("invited_by_id"),
		field.Enum("status").NamedValues("Sent", "SENT", "Applied", "APPLIED", "Expired", "EXPIRED").Default("SENT"),
		fixed(textLater("message", 2000)),
		fixed(instant("sent_at")),
		fixed(instant("expires_at")),
		instantLater("applied_at"),
	}
}

// Edges of Invitation.
func (Invitation) Edges() []ent.Edge {
	return []ent.Edge{
		to("micro_project", MicroProject.Type, "micro_project_id"),
		to("talent", TalentProfile.Type, "talent_id"),
		to("employer", Employer.Type, "employer_org_id"),
		to("invited_by", Person.Type, "invited_by_id"),
	}
}

// Indexes of Invitation.
func (Invitation) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("SENT"), "micro_project_id", "talent_id"),
		ordered("employer_org_id", "sent_at", "id"),
		ordered("talent_id", "sent_at", "id"),
		ordered("world_id", "sent_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
		ordered("talent_id", "updated_at", "id"),
	}
}

// Annotations of Invitation.
func (Invitation) Annotations() []schemaAnnotation {
	return table("invitations", checks{
		"invitations_applied": "(status = 'APPLIED') = (applied_at IS NOT NULL)",
		"invitations_expires": "expires_at > sent_at",
		"invitations_owned":   "owner_org_id = employer_org_id",
	})
}
