package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
)

// ProjectTemplate is what micro-projects can be drafted from: an employer's own, or
// the platform's for every employer. What it says never changes.
type ProjectTemplate struct{ ent.Schema }

// Mixin of ProjectTemplate.
func (ProjectTemplate) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of ProjectTemplate.
func (ProjectTemplate) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		// Whose it is: the employer, or the world for its platform.
		ref("owner_org_id"),
		fixed(refLater("employer_org_id")),
		fixed(text("name", 120)),
		fixed(text("name_folded", 240)),
		// A micro-project's terms, plan and questions, without its days.
		field.JSON("content", json.RawMessage{}).Immutable(),
		ref("kept_by_id"),
		instantLater("removed_at"),
	}
}

// Edges of ProjectTemplate.
func (ProjectTemplate) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("employer", Employer.Type).Unique().Immutable().Field("employer_org_id").Annotations(entsql.OnDelete(entsql.NoAction)),
		to("kept_by", Person.Type, "kept_by_id"),
	}
}

// Indexes of ProjectTemplate.
func (ProjectTemplate) Indexes() []ent.Index {
	return []ent.Index{
		unique("removed_at IS NULL", "owner_org_id", "name_folded"),
		ordered("owner_org_id", "created_at", "id"),
		ordered("world_id", "created_at", "id"),
		ordered("owner_org_id", "updated_at", "id"),
	}
}

// Annotations of ProjectTemplate.
func (ProjectTemplate) Annotations() []schemaAnnotation {
	return table("project_templates", checks{
		"project_templates_owned": "employer_org_id IS NULL AND owner_org_id = world_id OR employer_org_id IS NOT NULL AND owner_org_id = employer_org_id",
	})
}
