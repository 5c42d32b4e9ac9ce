package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Strike is held against a talent who was found wanting. Two of a kind end what
// they can take on.
type Strike struct{ ent.Schema }

// Mixin of Strike.
func (Strike) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Strike.
func (Strike) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("talent_id"),
		ref("engagement_id"),
		personal(field.Enum("kind").NamedValues("Ghosting", "GHOSTING", "SignificantlyBelow", "SIGNIFICANTLY_BELOW").Immutable()),
		field.Enum("status").NamedValues("Issued", "ISSUED", "Appealed", "APPEALED", "Upheld", "UPHELD", "Lifted", "LIFTED", "Expired", "EXPIRED").
			Default("ISSUED"),
		// What the employer says of it.
		personal(fixed(text("report", 4000))),
		fixed(instant("issued_at")),
		fixed(instant("expires_at")),
		personal(textLater("appeal", 4000)),
		instantLater("appealed_at"),
		// What an operator found.
		personal(textLater("finding", 1000)),
		instantLater("decided_at"),
		refLater("decided_by_id"),
	}
}

// Edges of Strike.
func (Strike) Edges() []ent.Edge {
	return []ent.Edge{
		to("talent", TalentProfile.Type, "talent_id"),
		to("engagement", Engagement.Type, "engagement_id"),
		toLater("decided_by", Person.Type, "decided_by_id"),
	}
}

// Indexes of Strike.
func (Strike) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "engagement_id", "kind"),
		ordered("talent_id", "issued_at", "id"),
		ordered("world_id", "issued_at", "id"),
	}
}

// Annotations of Strike.
func (Strike) Annotations() []schemaAnnotation {
	return table("strikes", checks{
		"strikes_appealed": "(appeal IS NULL) = (appealed_at IS NULL) AND (status NOT IN ('APPEALED', 'UPHELD') OR appeal IS NOT NULL)",
		"strikes_decided":  "(finding IS NULL) = (decided_at IS NULL) AND (status NOT IN ('UPHELD', 'LIFTED') OR finding IS NOT NULL)",
	})
}
