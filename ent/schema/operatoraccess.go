package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// OperatorAccess lets one operator read the students' records of one tenant for
// some hours. Without one an operator reads only what they are asked to decide.
type OperatorAccess struct{ ent.Schema }

// Mixin of OperatorAccess.
func (OperatorAccess) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of OperatorAccess.
func (OperatorAccess) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		// Whose records: an institution, an employer, or one talent.
		ref("tenant_id"),
		// The operator who opened it, and who alone reads by it.
		ref("person_id"),
		fixed(text("reason", 1000)),
		// Under which the matter is followed elsewhere.
		fixed(text("ticket", 80)),
		field.Enum("status").NamedValues("Open", "OPEN", "Closed", "CLOSED", "Expired", "EXPIRED").Default("OPEN"),
		fixed(instant("opened_at")),
		fixed(instant("expires_at")),
		instantLater("ended_at"),
	}
}

// Edges of OperatorAccess.
func (OperatorAccess) Edges() []ent.Edge { return []ent.Edge{to("person", Person.Type, "person_id")} }

// Indexes of OperatorAccess.
func (OperatorAccess) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("OPEN"), "person_id", "tenant_id"),
		ordered("tenant_id", "opened_at", "id"),
		ordered("world_id", "opened_at", "id"),
		ordered("tenant_id", "updated_at", "id"),
		ordered("world_id", "updated_at", "id"),
	}
}

// Annotations of OperatorAccess.
func (OperatorAccess) Annotations() []schemaAnnotation {
	return table("operator_accesses", checks{
		"operator_accesses_ended":  "(status = 'OPEN') = (ended_at IS NULL)",
		"operator_accesses_bounds": "expires_at > opened_at",
	})
}
