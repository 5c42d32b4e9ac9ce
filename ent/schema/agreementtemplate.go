package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// AgreementTemplate is one version of a text that an employer has signed in place
// of Rung's own, or besides them. What it says never changes.
type AgreementTemplate struct{ ent.Schema }

// Mixin of AgreementTemplate.
func (AgreementTemplate) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of AgreementTemplate.
func (AgreementTemplate) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		// Not the terms of the contractor: they say what Rung does with the money.
		field.Enum("kind").NamedValues("IPAssignment", "IP_ASSIGNMENT", "IPLicence", "IP_LICENCE", "NonDisclosure", "NON_DISCLOSURE",
			"AdditionalTerms", "ADDITIONAL_TERMS").Immutable(),
		field.Int("version").Positive().Immutable(),
		fixed(text("title", 120)),
		fixed(text("text", 30_000)),
		// SHA-256 of the text, in hex: what exactly will be signed.
		fixed(text("text_hash", 64)),
		field.Enum("status").NamedValues("Published", "PUBLISHED", "Retired", "RETIRED").Default("PUBLISHED"),
		fixed(instant("published_at")),
		ref("published_by_id"),
		instantLater("retired_at"),
	}
}

// Edges of AgreementTemplate.
func (AgreementTemplate) Edges() []ent.Edge {
	return []ent.Edge{
		to("employer", Employer.Type, "employer_org_id"),
		to("published_by", Person.Type, "published_by_id"),
	}
}

// Indexes of AgreementTemplate.
func (AgreementTemplate) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "employer_org_id", "kind", "version"),
		unique(whenStatus("PUBLISHED"), "employer_org_id", "kind"),
		ordered("employer_org_id", "published_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
	}
}

// Annotations of AgreementTemplate.
func (AgreementTemplate) Annotations() []schemaAnnotation {
	return table("agreement_templates", checks{
		"agreement_templates_retired": "(status = 'RETIRED') = (retired_at IS NOT NULL)",
		"agreement_templates_owned":   "owner_org_id = employer_org_id",
	})
}
