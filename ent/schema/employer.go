package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Employer is an organisation that pays for micro-projects.
type Employer struct{ ent.Schema }

// Mixin of Employer.
func (Employer) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Employer.
func (Employer) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		text("name", 200),
		text("name_folded", 400),
		textLater("website", 2000),
		textLater("industry", 120),
		textLater("description", 2000),
		// REGISTERED by one of its people, or known from a posting ELSEWHERE.
		field.Enum("origin").NamedValues("Registered", "REGISTERED", "Elsewhere", "ELSEWHERE").Immutable(),
		field.Enum("status").NamedValues("Unverified", "UNVERIFIED", "Pending", "PENDING", "Verified", "VERIFIED", "Rejected", "REJECTED"),
		textLater("reason", 1000),
		instantLater("decided_at"),
		refLater("decided_by_id"),
	}
}

// Edges of Employer.
func (Employer) Edges() []ent.Edge {
	return []ent.Edge{toLater("decided_by", Person.Type, "decided_by_id")}
}

// Indexes of Employer.
func (Employer) Indexes() []ent.Index {
	return []ent.Index{
		unique("origin = 'ELSEWHERE'", "world_id", "name_folded"),
		ordered("world_id", "name_folded", "id"),
		ordered("world_id", "status", "created_at", "id"),
	}
}

// Annotations of Employer.
func (Employer) Annotations() []schemaAnnotation {
	return table("employers", checks{
		"employers_rejected":  "status <> 'REJECTED' OR reason IS NOT NULL",
		"employers_elsewhere": "origin <> 'ELSEWHERE' OR status = 'UNVERIFIED'",
	})
}
