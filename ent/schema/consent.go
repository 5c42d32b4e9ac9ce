package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Consent is a talent's word that somebody may read their profile for a purpose,
// until it is withdrawn or has expired.
type Consent struct{ ent.Schema }

// Mixin of Consent.
func (Consent) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Consent.
func (Consent) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("talent_id"),
		// The class, and of it the one who may read.
		field.Enum("recipient_class").NamedValues("PartnerInstitution", "PARTNER_INSTITUTION", "Employer", "EMPLOYER").Immutable(),
		ref("recipient_id"),
		field.Enum("purpose").NamedValues("Advising", "ADVISING", "Placement", "PLACEMENT", "Recruiting", "RECRUITING").Immutable(),
		field.Enum("status").NamedValues("Granted", "GRANTED", "Withdrawn", "WITHDRAWN", "Expired", "EXPIRED").Default("GRANTED"),
		// What the talent read and agreed to.
		fixed(text("statement", 2000)),
		fixed(instant("granted_at")),
		fixed(instant("expires_at")),
		instantLater("ended_at"),
	}
}

// Edges of Consent.
func (Consent) Edges() []ent.Edge { return []ent.Edge{to("talent", TalentProfile.Type, "talent_id")} }

// Indexes of Consent.
func (Consent) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("GRANTED"), "talent_id", "recipient_id", "purpose"),
		ordered("talent_id", "granted_at", "id"),
		ordered("talent_id", "updated_at", "id"),
		ordered("recipient_id", "updated_at", "id"),
		ordered("recipient_id", "status", "talent_id"),
	}
}

// Annotations of Consent.
func (Consent) Annotations() []schemaAnnotation {
	return table("consents", checks{
		"consents_ended":  "(status = 'GRANTED') = (ended_at IS NULL)",
		"consents_bounds": "expires_at > granted_at",
	})
}

// Demographics is what a talent declares of themselves for reports that name
// nobody. It is kept apart from the profile, and only its talent reads it.
type Demographics struct{ ent.Schema }

// Mixin of Demographics.
func (Demographics) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Demographics.
func (Demographics) Fields() []ent.Field {
	answer := func(name string) ent.Field {
		return personal(field.Enum(name).NamedValues("Yes", "YES", "No", "NO", "PreferNotToSay", "PREFER_NOT_TO_SAY").Optional().Nillable())
	}
	return []ent.Field{
		ref("world_id"),
		ref("talent_id"),
		personal(textLater("gender", 80)),
		personal(textLater("ethnicity", 200)),
		answer("first_generation"),
		answer("pell_recipient"),
		answer("disability"),
		answer("veteran"),
		// What it may be used for.
		field.Enum("purpose").NamedValues("OutcomesReporting", "OUTCOMES_REPORTING"),
		instant("declared_at"),
	}
}

// Edges of Demographics.
func (Demographics) Edges() []ent.Edge {
	return []ent.Edge{to("talent", TalentProfile.Type, "talent_id")}
}

// Indexes of Demographics.
func (Demographics) Indexes() []ent.Index { return []ent.Index{unique("", "talent_id")} }

// Annotations of Demographics.
func (Demographics) Annotations() []schemaAnnotation { return table("demographics", nil) }
