package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Listing is one posting as job boards and campus pages see it: ours, written in
// the project's own change, or one from elsewhere. It stays when it closes.
type Listing struct{ ent.Schema }

// Mixin of Listing.
func (Listing) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Listing.
func (Listing) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("employer_org_id"),
		refLater("micro_project_id"),
		// What the importer knows a posting from elsewhere by.
		fixed(textLater("reference", 400)),
		field.Enum("source").NamedValues("Rung", "RUNG", "Elsewhere", "ELSEWHERE").Immutable(),
		field.Enum("status").NamedValues("Open", "OPEN", "Closed", "CLOSED"),
		// Whose talents may apply: everybody's, or those of institutions that approve it.
		field.Enum("audience").NamedValues("Public", "PUBLIC", "Institutions", "INSTITUTIONS").Default("PUBLIC"),
		text("title", 200),
		text("title_folded", 400),
		text("employer_name", 200),
		field.Enum("workplace").NamedValues("Remote", "REMOTE", "OnSite", "ON_SITE", "Hybrid", "HYBRID", "Unknown", "UNKNOWN"),
		field.Strings("locations").Default([]string{}),
		// Empty where the posting does not say.
		field.Int("hours").Optional().Nillable(),
		field.Int64("fee_minor").Optional().Nillable(),
		textLater("currency", 3),
		field.Int64("hourly_minor").Optional().Nillable(),
		field.Enum("pay_model").NamedValues("Fixed", "FIXED", "Hourly", "HOURLY", "Stipend", "STIPEND", "UnpaidCredit", "UNPAID_CREDIT",
			"CommissionOnly", "COMMISSION_ONLY").Optional().Nillable(),
		field.Enum("ip_terms").NamedValues("AssignedToEmployer", "ASSIGNED_TO_EMPLOYER", "LicensedToEmployer", "LICENSED_TO_EMPLOYER").
			Optional().Nillable(),
		textLater("apply_url", 2000),
		field.Enum("work_authorization").NamedValues("Unknown", "UNKNOWN", "NoSponsorship", "NO_SPONSORSHIP", "CitizensOnly", "CITIZENS_ONLY").
			Default("UNKNOWN"),
		dayLater("break_starts_on"),
		dayLater("break_ends_on"),
		refLater("break_term_id"),
		field.Int("hours_per_week").Optional().Nillable(),
		dayLater("due_on"),
		instantLater("apply_by"),
		instant("published_at"),
		instantLater("closed_at"),
	}
}

// Edges of Listing.
func (Listing) Edges() []ent.Edge {
	return []ent.Edge{
		to("employer", Employer.Type, "employer_org_id"),
		toLater("micro_project", MicroProject.Type, "micro_project_id"),
	}
}

// Indexes of Listing.
func (Listing) Indexes() []ent.Index {
	return []ent.Index{
		unique("micro_project_id IS NOT NULL", "micro_project_id"),
		unique("reference IS NOT NULL", "world_id", "reference"),
		// The audience last: what is counted for the public is read from the index alone.
		ordered("world_id", "status", "published_at", "id", "audience"),
		ordered("world_id", "status", "source", "published_at", "id", "audience"),
		ordered("world_id", "status", "hourly_minor", "id", "audience"),
		ordered("world_id", "status", "updated_at", "id", "audience"),
		ordered("employer_org_id", "published_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
	}
}

// Annotations of Listing.
func (Listing) Annotations() []schemaAnnotation {
	return table("listings", checks{
		"listings_source": "source = 'RUNG' AND micro_project_id IS NOT NULL AND reference IS NULL OR source = 'ELSEWHERE' AND micro_project_id IS NULL AND reference IS NOT NULL",
		"listings_pay":    "(fee_minor IS NULL) = (currency IS NULL) AND (fee_minor IS NULL) = (hours IS NULL) AND (fee_minor IS NULL) = (hourly_minor IS NULL)",
		"listings_closed": "(status = 'CLOSED') = (closed_at IS NOT NULL)",
	})
}
