package schema

import (
	"entgo.io/ent"
)

// TalentLabel is a word that an employer or an institution keeps by a talent, to
// find them again. The talent does not read it.
type TalentLabel struct{ ent.Schema }

// Mixin of TalentLabel.
func (TalentLabel) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of TalentLabel.
func (TalentLabel) Fields() []ent.Field {
	return []ent.Field{
		// An employer or an institution.
		ref("owner_org_id"),
		ref("talent_id"),
		personal(fixed(text("name", 60))),
		personal(fixed(text("name_folded", 120))),
		ref("put_by_id"),
		fixed(instant("put_at")),
	}
}

// Edges of TalentLabel.
func (TalentLabel) Edges() []ent.Edge {
	return []ent.Edge{to("talent", TalentProfile.Type, "talent_id"), to("put_by", Person.Type, "put_by_id")}
}

// Indexes of TalentLabel.
func (TalentLabel) Indexes() []ent.Index {
	return []ent.Index{unique("", "owner_org_id", "talent_id", "name_folded"), ordered("owner_org_id", "name_folded", "talent_id")}
}

// Annotations of TalentLabel.
func (TalentLabel) Annotations() []schemaAnnotation { return table("talent_labels", nil) }
