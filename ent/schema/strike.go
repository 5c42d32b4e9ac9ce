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
		// None where somebody wrote what they should not before there was work.
		fixed(refLater("engagement_id")),
		// The report of a message that was upheld, where one was.
		fixed(refLater("message_report_id")),
		personal(field.Enum("kind").NamedValues("Ghosting", "GHOSTING", "SignificantlyBelow", "SIGNIFICANTLY_BELOW", "Conduct", "CONDUCT").Immutable()),
		field.Enum("status").NamedValues("Issued", "ISSUED", "Appealed", "APPEALED", "Upheld", "UPHELD", "Lifted", "LIFTED", "Expired", "EXPIRED").
			Default("ISSUED"),
		// What the employer says of it, or the operator.
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
		toOnce("engagement", Engagement.Type, "engagement_id"),
		toOnce("message_report", MessageReport.Type, "message_report_id"),
		toLater("decided_by", Person.Type, "decided_by_id"),
	}
}

// Indexes of Strike.
func (Strike) Indexes() []ent.Index {
	return []ent.Index{
		unique("message_report_id IS NULL", "engagement_id", "kind"),
		unique("", "message_report_id"),
		ordered("talent_id", "issued_at", "id"),
		ordered("world_id", "issued_at", "id"),
		ordered("talent_id", "updated_at", "id"),
		ordered("world_id", "updated_at", "id"),
	}
}

// Annotations of Strike.
func (Strike) Annotations() []schemaAnnotation {
	return table("strikes", checks{
		"strikes_grounds":  "(kind = 'CONDUCT' OR engagement_id IS NOT NULL) AND (kind = 'CONDUCT' OR message_report_id IS NULL) AND (engagement_id IS NOT NULL OR message_report_id IS NOT NULL)",
		"strikes_appealed": "(appeal IS NULL) = (appealed_at IS NULL) AND (status NOT IN ('APPEALED', 'UPHELD') OR appeal IS NOT NULL)",
		"strikes_decided":  "(finding IS NULL) = (decided_at IS NULL) AND (status NOT IN ('UPHELD', 'LIFTED') OR finding IS NOT NULL)",
	})
}
