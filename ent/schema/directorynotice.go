package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// DirectoryNotice is what an institution has announced that it tells of its
// talents to employers. What it says never changes: another one replaces it.
type DirectoryNotice struct{ ent.Schema }

// Mixin of DirectoryNotice.
func (DirectoryNotice) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of DirectoryNotice.
func (DirectoryNotice) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("institution_id"),
		// What is told once the notice has taken effect, and what of it was told
		// before already and goes on.
		fixed(field.Strings("designated")),
		fixed(field.Strings("kept")),
		// Where the institution has published it.
		fixed(text("notice_url", 2000)),
		field.Enum("status").NamedValues("Announced", "ANNOUNCED", "Replaced", "REPLACED", "Withdrawn", "WITHDRAWN").Default("ANNOUNCED"),
		fixed(instant("announced_at")),
		fixed(instant("effective_at")),
		instantLater("ended_at"),
	}
}

// Edges of DirectoryNotice.
func (DirectoryNotice) Edges() []ent.Edge {
	return []ent.Edge{to("institution", Institution.Type, "institution_id")}
}

// Indexes of DirectoryNotice.
func (DirectoryNotice) Indexes() []ent.Index {
	return []ent.Index{unique(whenStatus("ANNOUNCED"), "institution_id"), ordered("institution_id", "announced_at", "id")}
}

// Annotations of DirectoryNotice.
func (DirectoryNotice) Annotations() []schemaAnnotation {
	return table("directory_notices", checks{
		"directory_notices_ended":  "(status = 'ANNOUNCED') = (ended_at IS NULL)",
		"directory_notices_bounds": "effective_at >= announced_at",
	})
}
