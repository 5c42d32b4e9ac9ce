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
		field.Enum("status").NamedValues("Unverified", "UNVERIFIED", "Pending", "PENDING", "Verified", "VERIFIED", "Rejected", "REJECTED",
			"Suspended", "SUSPENDED", "Banned", "BANNED"),
		textLater("reason", 1000),
		instantLater("decided_at"),
		refLater("decided_by_id"),
		// Flags upheld before this do not count against it again.
		instantLater("reinstated_at"),
		// The platform's share of its fees; empty means the platform's own.
		field.Int64("platform_basis_points").Optional().Nillable().NonNegative(),
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
		ordered("world_id", "updated_at", "id"),
	}
}

// Annotations of Employer.
func (Employer) Annotations() []schemaAnnotation {
	return table("employers", checks{
		"employers_reasons":   "status NOT IN ('REJECTED', 'SUSPENDED', 'BANNED') OR reason IS NOT NULL",
		"employers_elsewhere": "origin <> 'ELSEWHERE' OR status = 'UNVERIFIED'",
	})
}

// Flag is an institution's warning about an employer, for the platform to look into.
type Flag struct{ ent.Schema }

// Mixin of Flag.
func (Flag) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Flag.
func (Flag) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("institution_id"),
		ref("employer_org_id"),
		ref("raised_by_id"),
		field.Enum("status").NamedValues("Open", "OPEN", "UnderReview", "UNDER_REVIEW", "Upheld", "UPHELD", "Dismissed", "DISMISSED").Default("OPEN"),
		fixed(text("reason", 1000)),
		// What the platform found.
		textLater("finding", 1000),
		instantLater("decided_at"),
		refLater("decided_by_id"),
	}
}

// Edges of Flag.
func (Flag) Edges() []ent.Edge {
	return []ent.Edge{
		to("institution", Institution.Type, "institution_id"),
		to("employer", Employer.Type, "employer_org_id"),
		to("raised_by", Person.Type, "raised_by_id"),
		toLater("decided_by", Person.Type, "decided_by_id"),
	}
}

// Indexes of Flag.
func (Flag) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("OPEN", "UNDER_REVIEW"), "institution_id", "employer_org_id"),
		ordered("employer_org_id", "created_at", "id"),
		ordered("institution_id", "created_at", "id"),
		ordered("world_id", "created_at", "id"),
		ordered("institution_id", "updated_at", "id"),
		ordered("world_id", "updated_at", "id"),
	}
}

// Annotations of Flag.
func (Flag) Annotations() []schemaAnnotation {
	return table("flags", checks{
		"flags_decided": "(status IN ('UPHELD', 'DISMISSED')) = (decided_at IS NOT NULL) AND (decided_at IS NULL) = (finding IS NULL)",
	})
}
