package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Disclosure says that somebody outside read a talent's record. It is never
// altered.
type Disclosure struct{ ent.Schema }

// Mixin of Disclosure.
func (Disclosure) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of Disclosure.
func (Disclosure) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("talent_id"),
		field.Enum("party_kind").NamedValues("Employer", "EMPLOYER", "Institution", "INSTITUTION", "Platform", "PLATFORM", "Talent", "TALENT").Immutable(),
		// The employer, the institution, the world for its platform, or a talent.
		ref("party_id"),
		// Who read, of those who act for the party.
		ref("person_id"),
		field.Enum("purpose").NamedValues("Application", "APPLICATION", "Recruiting", "RECRUITING", "Consent", "CONSENT",
			"Case", "CASE", "OperatorAccess", "OPERATOR_ACCESS", "Community", "COMMUNITY", "Directory", "DIRECTORY").Immutable(),
		// Fields of the API, never a value.
		fixed(field.JSON("fields", []string{})),
		// What opened the record to the party: an application, a consent, an operator's
		// access, a school's notice. None where the talent shows it to all of a kind.
		fixed(refLater("basis_id")),
		fixed(textLater("request_id", 80)),
		fixed(instant("occurred_at")),
	}
}

// Edges of Disclosure.
func (Disclosure) Edges() []ent.Edge {
	return []ent.Edge{to("talent", TalentProfile.Type, "talent_id"), to("person", Person.Type, "person_id")}
}

// Indexes of Disclosure.
func (Disclosure) Indexes() []ent.Index {
	return []ent.Index{ordered("talent_id", "occurred_at", "id"), ordered("party_id", "occurred_at", "id")}
}

// Annotations of Disclosure.
func (Disclosure) Annotations() []schemaAnnotation { return table("disclosures", nil) }
