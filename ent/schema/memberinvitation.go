package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// MemberInvitation asks somebody to act for an organisation in a role. What
// accepts it is a token, of which only the hash is kept.
type MemberInvitation struct{ ent.Schema }

// Mixin of MemberInvitation.
func (MemberInvitation) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of MemberInvitation.
func (MemberInvitation) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		// An employer, an institution, or the world for its platform.
		ref("organization_id"),
		ref("invited_by_id"),
		personal(fixed(text("email", 254))),
		personal(fixed(text("email_folded", 508))),
		field.Enum("role").NamedValues("Owner", "OWNER", "Recruiter", "RECRUITER", "Supervisor", "SUPERVISOR",
			"Viewer", "VIEWER", "Approver", "APPROVER", "Admin", "ADMIN", "Operator", "OPERATOR", "Outcomes", "OUTCOMES", "Sensitive", "SENSITIVE").Immutable(),
		// SHA-256 of the token, in hex.
		fixed(field.String("token_hash").MaxLen(64).Sensitive()),
		field.Enum("status").NamedValues("Sent", "SENT", "Accepted", "ACCEPTED", "Revoked", "REVOKED", "Expired", "EXPIRED").Default("SENT"),
		fixed(instant("sent_at")),
		fixed(instant("expires_at")),
		instantLater("accepted_at"),
		refLater("accepted_by_id"),
	}
}

// Edges of MemberInvitation.
func (MemberInvitation) Edges() []ent.Edge {
	return []ent.Edge{
		to("invited_by", Person.Type, "invited_by_id"),
		toLater("accepted_by", Person.Type, "accepted_by_id"),
	}
}

// Indexes of MemberInvitation.
func (MemberInvitation) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "token_hash"),
		unique(whenStatus("SENT"), "organization_id", "email_folded"),
		ordered("organization_id", "sent_at", "id"),
		ordered("organization_id", "updated_at", "id"),
	}
}

// Annotations of MemberInvitation.
func (MemberInvitation) Annotations() []schemaAnnotation {
	return table("member_invitations", checks{
		"member_invitations_accepted": "(status = 'ACCEPTED') = (accepted_at IS NOT NULL) AND (accepted_at IS NULL) = (accepted_by_id IS NULL)",
		"member_invitations_expires":  "expires_at > sent_at",
	})
}
