package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Institution is a university or college whose career office may use Rung.
type Institution struct{ ent.Schema }

// Mixin of Institution.
func (Institution) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Institution.
func (Institution) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		// What the importer knows the row by; empty for one opened by hand.
		fixed(textLater("reference", 200)),
		text("name", 200),
		text("name_folded", 400),
		text("country_code", 2),
		textLater("region", 120),
		field.Strings("domains").Default([]string{}),
		textLater("website", 2000),
		// LISTED is known by name; OPEN has a career office that decides.
		field.Enum("status").NamedValues("Listed", "LISTED", "Open", "OPEN").Default("LISTED"),
		instantLater("opened_at"),
		// Below this fee an hour a person decides; empty means the platform's.
		field.Int64("pay_floor_minor").Optional().Nillable().NonNegative(),
		textLater("pay_floor_currency", 3),
	}
}

// Indexes of Institution.
func (Institution) Indexes() []ent.Index {
	return []ent.Index{
		unique("reference IS NOT NULL", "world_id", "reference"),
		ordered("world_id", "name_folded", "id"),
		ordered("world_id", "country_code", "name_folded", "id"),
		ordered("world_id", "status", "name_folded", "id"),
	}
}

// Annotations of Institution.
func (Institution) Annotations() []schemaAnnotation {
	return table("institutions", checks{
		"institutions_floor_has_currency": "(pay_floor_minor IS NULL) = (pay_floor_currency IS NULL)",
		"institutions_floor_is_positive":  "pay_floor_minor IS NULL OR pay_floor_minor >= 0",
	})
}

// InstitutionLink lets one employer post at one institution.
type InstitutionLink struct{ ent.Schema }

// Mixin of InstitutionLink.
func (InstitutionLink) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of InstitutionLink.
func (InstitutionLink) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("institution_id"),
		field.Enum("status").NamedValues("Requested", "REQUESTED", "Approved", "APPROVED", "Declined", "DECLINED").Default("REQUESTED"),
		textLater("message", 1000),
		textLater("reason", 1000),
		instant("requested_at"),
		instantLater("decided_at"),
		refLater("decided_by_id"),
	}
}

// Edges of InstitutionLink.
func (InstitutionLink) Edges() []ent.Edge {
	return []ent.Edge{
		to("employer", Employer.Type, "employer_org_id"),
		to("institution", Institution.Type, "institution_id"),
		toLater("decided_by", Person.Type, "decided_by_id"),
	}
}

// Indexes of InstitutionLink.
func (InstitutionLink) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "employer_org_id", "institution_id"),
		ordered("institution_id", "status", "requested_at", "id"),
		ordered("employer_org_id", "requested_at", "id"),
	}
}

// Annotations of InstitutionLink.
func (InstitutionLink) Annotations() []schemaAnnotation {
	return table("institution_links", checks{
		"institution_links_decided":  "(status = 'REQUESTED') = (decided_at IS NULL)",
		"institution_links_declined": "status <> 'DECLINED' OR reason IS NOT NULL",
		"institution_links_owned":    "owner_org_id = employer_org_id",
	})
}
