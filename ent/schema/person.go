package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// World is a closed set of organisations and talent profiles: the live one, or
// a sandbox with its own clock.
type World struct{ ent.Schema }

// Mixin of World.
func (World) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of World.
func (World) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("kind").NamedValues("Live", "LIVE", "Sandbox", "SANDBOX").Immutable(),
		text("name", 120),
		// How far this world's clock runs ahead of the real one.
		field.Int64("clock_offset_ms").Default(0),
		field.Enum("status").NamedValues("Opening", "OPENING", "Open", "OPEN", "Closed", "CLOSED").Default("OPEN"),
		// Who opened the sandbox; nobody opened the live world.
		refLater("owner_person_id"),
		fixed(instantLater("opened_at")),
		instantLater("closed_at"),
		// What its platform asks of those who sign up, and keeps of a fee.
		field.Int("minimum_age").Default(18).NonNegative(),
		field.Bool("requires_us_work_authorization").Default(true),
		field.Int64("platform_basis_points").Default(1000).NonNegative(),
		instantLater("configured_at"),
	}
}

// Edges of World.
func (World) Edges() []ent.Edge {
	return []ent.Edge{toLater("owner", Person.Type, "owner_person_id")}
}

// Indexes of World.
func (World) Indexes() []ent.Index { return []ent.Index{ordered("owner_person_id", "opened_at", "id")} }

// Annotations of World.
func (World) Annotations() []schemaAnnotation {
	return table("worlds", checks{
		"worlds_live_is_nobodys": "kind = 'SANDBOX' OR owner_person_id IS NULL",
	})
}

// Person is a human being, known by what an issuer says of them.
type Person struct{ ent.Schema }

// Mixin of Person.
func (Person) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Person.
func (Person) Fields() []ent.Field {
	return []ent.Field{
		personal(text("name", 200)),
		personal(textLater("email", 254)),
		// Tokens issued before this instant are refused.
		instantLater("valid_after"),
		instantLater("suspended_at"),
	}
}

// Annotations of Person.
func (Person) Annotations() []schemaAnnotation { return table("people", nil) }

// Identity is a name under which an issuer vouches for a person.
type Identity struct{ ent.Schema }

// Mixin of Identity.
func (Identity) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of Identity.
func (Identity) Fields() []ent.Field {
	return []ent.Field{
		ref("person_id"),
		fixed(text("issuer", 255)),
		personal(fixed(text("subject", 255))),
	}
}

// Edges of Identity.
func (Identity) Edges() []ent.Edge { return []ent.Edge{to("person", Person.Type, "person_id")} }

// Indexes of Identity.
func (Identity) Indexes() []ent.Index {
	return []ent.Index{unique("", "issuer", "subject"), ordered("person_id")}
}

// Annotations of Identity.
func (Identity) Annotations() []schemaAnnotation { return table("identities", nil) }

// Membership makes a person act for an organisation in a role.
type Membership struct{ ent.Schema }

// Mixin of Membership.
func (Membership) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Membership.
func (Membership) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("person_id"),
		// An employer, an institution, or the world for its platform.
		ref("organization_id"),
		field.Enum("role").NamedValues("Owner", "OWNER", "Recruiter", "RECRUITER", "Supervisor", "SUPERVISOR",
			"Viewer", "VIEWER", "Approver", "APPROVER", "Admin", "ADMIN", "Operator", "OPERATOR", "Outcomes", "OUTCOMES",
			"Sensitive", "SENSITIVE"),
		field.Enum("status").NamedValues("Active", "ACTIVE", "Suspended", "SUSPENDED", "Ended", "ENDED").Default("ACTIVE"),
		// What made the person a member: whoever opened the organisation, an
		// invitation, or the organisation's own issuer at the first sign-in.
		field.Enum("source").NamedValues("Appointment", "APPOINTMENT", "Invitation", "INVITATION", "Issuer", "ISSUER").Default("APPOINTMENT").Immutable(),
		// Tokens issued before this instant are refused.
		instantLater("valid_after"),
		instantLater("ended_at"),
	}
}

// Edges of Membership.
func (Membership) Edges() []ent.Edge { return []ent.Edge{to("person", Person.Type, "person_id")} }

// Indexes of Membership.
func (Membership) Indexes() []ent.Index {
	return []ent.Index{
		unique("ended_at IS NULL", "person_id", "organization_id"),
		ordered("organization_id", "created_at", "id"),
		ordered("organization_id", "updated_at", "id"),
	}
}

// Annotations of Membership.
func (Membership) Annotations() []schemaAnnotation {
	return table("memberships", checks{"memberships_ended": "(status = 'ENDED') = (ended_at IS NOT NULL)"})
}
