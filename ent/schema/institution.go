package schema

import (
	"encoding/json"

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
		// What an approved employer may do, unless its approver says otherwise;
		// empty means everything.
		field.Strings("default_permissions").Optional(),
		// EMPLOYER_FIRST approves employers before their work; under JOB_BASED the
		// first approved posting approves its employer.
		field.Enum("approval_mode").NamedValues("EmployerFirst", "EMPLOYER_FIRST", "JobBased", "JOB_BASED").Default("EMPLOYER_FIRST"),
		// When its office works, in minutes after midnight of its zone. No days
		// named means Monday to Friday.
		field.String("time_zone").MaxRuneLen(64).Default("UTC"),
		field.Int("office_opens").Default(9 * 60).NonNegative(),
		field.Int("office_closes").Default(17 * 60).NonNegative(),
		field.Strings("office_days").Optional(),
		// What it asks of talents who claim to belong to it, beyond the platform.
		field.Int("minimum_age").Default(0).NonNegative(),
		field.Bool("requires_us_work_authorization").Default(false),
		// Whether its staff clear each engagement of its talents before it starts.
		field.Bool("clears_engagements").Default(false),
	}
}

// Indexes of Institution.
func (Institution) Indexes() []ent.Index {
	return []ent.Index{
		unique("reference IS NOT NULL", "world_id", "reference"),
		ordered("world_id", "name_folded", "id"),
		ordered("world_id", "country_code", "name_folded", "id"),
		ordered("world_id", "status", "name_folded", "id"),
		ordered("world_id", "updated_at", "id"),
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
		field.Enum("status").NamedValues("Requested", "REQUESTED", "NeedsInfo", "NEEDS_INFO", "Approved", "APPROVED",
			"Declined", "DECLINED", "Revoked", "REVOKED").Default("REQUESTED"),
		textLater("message", 1000),
		// What the career office asked back, and what the employer answered.
		textLater("question", 1000),
		textLater("answer", 1000),
		// What the employer may do once approved; empty means everything.
		field.Strings("permissions").Optional(),
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
		ordered("institution_id", "updated_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
	}
}

// Annotations of InstitutionLink.
func (InstitutionLink) Annotations() []schemaAnnotation {
	return table("institution_links", checks{
		"institution_links_open":    "(status IN ('REQUESTED', 'NEEDS_INFO')) = (decided_at IS NULL)",
		"institution_links_reasons": "(status NOT IN ('DECLINED', 'REVOKED') OR reason IS NOT NULL) AND (status <> 'NEEDS_INFO' OR question IS NOT NULL)",
		"institution_links_owned":   "owner_org_id = employer_org_id",
	})
}

// Term is a span of an institution's calendar: a semester, or the break between.
type Term struct{ ent.Schema }

// Mixin of Term.
func (Term) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Term.
func (Term) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("institution_id"),
		text("name", 120),
		day("starts_on"),
		day("ends_on"),
		field.Enum("kind").NamedValues("Semester", "SEMESTER", "Quarter", "QUARTER", "Summer", "SUMMER", "Break", "BREAK"),
		ref("recorded_by_id"),
	}
}

// Edges of Term.
func (Term) Edges() []ent.Edge {
	return []ent.Edge{
		to("institution", Institution.Type, "institution_id"),
		to("recorded_by", Person.Type, "recorded_by_id"),
	}
}

// Indexes of Term.
func (Term) Indexes() []ent.Index {
	return []ent.Index{unique("", "institution_id", "name"), ordered("institution_id", "starts_on", "id")}
}

// Annotations of Term.
func (Term) Annotations() []schemaAnnotation {
	return table("terms", checks{"terms_days": "starts_on <= ends_on"})
}

// PostingPolicy is one rule of the platform or of an institution on what may be
// posted. It is never changed: a new writing retires it.
type PostingPolicy struct{ ent.Schema }

// Mixin of PostingPolicy.
func (PostingPolicy) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of PostingPolicy.
func (PostingPolicy) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		// Whose rule: the institution's, or the world's for its platform.
		ref("body_id"),
		refLater("institution_id"),
		fixed(text("rule_id", 80)),
		// All of them must hold. The room of policies reads and writes them.
		fixed(field.JSON("conditions", json.RawMessage{})),
		field.Enum("severity").NamedValues("Block", "BLOCK", "Review", "REVIEW", "Warn", "WARN").Immutable(),
		fixed(text("message", 500)),
		fixed(instant("active_from")),
		instantLater("retired_at"),
		// Nobody wrote the rules that an institution begins with.
		refLater("written_by_id"),
	}
}

// Edges of PostingPolicy.
func (PostingPolicy) Edges() []ent.Edge {
	return []ent.Edge{
		toLater("institution", Institution.Type, "institution_id"),
		toLater("written_by", Person.Type, "written_by_id"),
	}
}

// Indexes of PostingPolicy.
func (PostingPolicy) Indexes() []ent.Index {
	return []ent.Index{
		unique("retired_at IS NULL", "body_id", "rule_id"),
		ordered("body_id", "created_at", "id"),
	}
}

// Annotations of PostingPolicy.
func (PostingPolicy) Annotations() []schemaAnnotation {
	return table("posting_policies", checks{
		"posting_policies_body": "institution_id IS NULL AND body_id = world_id OR institution_id IS NOT NULL AND body_id = institution_id",
	})
}
