package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Skill is one entry of the shared list of skills.
type Skill struct{ ent.Schema }

// Mixin of Skill.
func (Skill) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of Skill.
func (Skill) Fields() []ent.Field {
	return []ent.Field{
		// What the importer knows the row by: its kind and folded name.
		fixed(text("reference", 300)),
		text("name", 200),
		text("name_folded", 400),
		field.Enum("kind").NamedValues("Skill", "SKILL", "Knowledge", "KNOWLEDGE", "Technology", "TECHNOLOGY"),
		text("category", 200),
		textLater("description", 2000),
		// Both as O*NET marks technologies; unknown for the rest.
		field.Bool("is_hot").Optional().Nillable(),
		field.Bool("is_in_demand").Optional().Nillable(),
		field.Int("occupation_count").Optional().Nillable(),
		instant("updated_at"),
	}
}

// Indexes of Skill.
func (Skill) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "reference"),
		ordered("name_folded", "id"),
		ordered("kind", "name_folded", "id"),
		ordered("updated_at", "id"),
	}
}

// Annotations of Skill.
func (Skill) Annotations() []schemaAnnotation { return table("skills", nil) }

// Occupation is one entry of the O*NET-SOC list of occupations.
type Occupation struct{ ent.Schema }

// Mixin of Occupation.
func (Occupation) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of Occupation.
func (Occupation) Fields() []ent.Field {
	return []ent.Field{
		fixed(text("code", 10)),
		text("title", 200),
		text("title_folded", 400),
		text("description", 4000),
		instant("updated_at"),
	}
}

// Indexes of Occupation.
func (Occupation) Indexes() []ent.Index {
	return []ent.Index{unique("", "code"), ordered("title_folded", "id"), ordered("updated_at", "id")}
}

// Annotations of Occupation.
func (Occupation) Annotations() []schemaAnnotation { return table("occupations", nil) }
