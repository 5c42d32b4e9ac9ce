package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// FundingPool is money that an institution, or the platform for a state, has set
// aside to pay for the projects of employers that it admits.
type FundingPool struct{ ent.Schema }

// Mixin of FundingPool.
func (FundingPool) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of FundingPool.
func (FundingPool) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		// An institution, or the world for its platform.
		ref("owner_org_id"),
		refLater("institution_id"),
		text("name", 120),
		textLater("description", 2000),
		field.Enum("status").NamedValues("Open", "OPEN", "Closed", "CLOSED").Default("OPEN"),
		fixed(text("currency", 3)),
		// What came in, less what went back to the owner.
		minor("deposited_minor"),
		// What offers hold, from when they are sent until the talent is paid.
		minor("reserved_minor"),
		minor("spent_minor"),
		instantLater("closed_at"),
	}
}

// Edges of FundingPool.
func (FundingPool) Edges() []ent.Edge {
	return []ent.Edge{toLater("institution", Institution.Type, "institution_id")}
}

// Indexes of FundingPool.
func (FundingPool) Indexes() []ent.Index {
	return []ent.Index{
		ordered("owner_org_id", "created_at", "id"),
		ordered("world_id", "created_at", "id"),
		ordered("owner_org_id", "updated_at", "id"),
	}
}

// Annotations of FundingPool.
func (FundingPool) Annotations() []schemaAnnotation {
	return table("funding_pools", checks{
		"funding_pools_balance": "deposited_minor >= reserved_minor + spent_minor",
		"funding_pools_closed":  "(status = 'CLOSED') = (closed_at IS NOT NULL)",
	})
}

// FundingPoolAdmission lets one employer's projects be paid from a pool.
type FundingPoolAdmission struct{ ent.Schema }

// Mixin of FundingPoolAdmission.
func (FundingPoolAdmission) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of FundingPoolAdmission.
func (FundingPoolAdmission) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("funding_pool_id"),
		ref("employer_org_id"),
		ref("admitted_by_id"),
		fixed(instant("admitted_at")),
		instantLater("dismissed_at"),
	}
}

// Edges of FundingPoolAdmission.
func (FundingPoolAdmission) Edges() []ent.Edge {
	return []ent.Edge{
		to("funding_pool", FundingPool.Type, "funding_pool_id"),
		to("employer", Employer.Type, "employer_org_id"),
		to("admitted_by", Person.Type, "admitted_by_id"),
	}
}

// Indexes of FundingPoolAdmission.
func (FundingPoolAdmission) Indexes() []ent.Index {
	return []ent.Index{
		unique("dismissed_at IS NULL", "funding_pool_id", "employer_org_id"),
		ordered("employer_org_id", "funding_pool_id"),
	}
}

// Annotations of FundingPoolAdmission.
func (FundingPoolAdmission) Annotations() []schemaAnnotation {
	return table("funding_pool_admissions", nil)
}

// FundingPoolEntry is one line of a pool's statement. None is ever altered.
type FundingPoolEntry struct{ ent.Schema }

// Mixin of FundingPoolEntry.
func (FundingPoolEntry) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of FundingPoolEntry.
func (FundingPoolEntry) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("funding_pool_id"),
		field.Enum("kind").NamedValues("Deposited", "DEPOSITED", "Withdrawn", "WITHDRAWN", "Reserved", "RESERVED", "Returned", "RETURNED", "Spent", "SPENT").Immutable(),
		fixed(minor("amount_minor")),
		fixed(text("currency", 3)),
		// The bank's name for what came in or went out, once a pool.
		fixed(textLater("reference", 100)),
		// The offer that it pays for.
		refLater("offer_id"),
		refLater("micro_project_id"),
		fixed(instant("occurred_at")),
	}
}

// Edges of FundingPoolEntry.
func (FundingPoolEntry) Edges() []ent.Edge {
	return []ent.Edge{
		to("funding_pool", FundingPool.Type, "funding_pool_id"),
		toLater("offer", Offer.Type, "offer_id"),
		toLater("micro_project", MicroProject.Type, "micro_project_id"),
	}
}

// Indexes of FundingPoolEntry.
func (FundingPoolEntry) Indexes() []ent.Index {
	return []ent.Index{
		unique("reference IS NOT NULL", "funding_pool_id", "reference"),
		ordered("funding_pool_id", "occurred_at", "id"),
	}
}

// Annotations of FundingPoolEntry.
func (FundingPoolEntry) Annotations() []schemaAnnotation {
	return table("funding_pool_entries", checks{
		"funding_pool_entries_amount": "amount_minor > 0",
		"funding_pool_entries_bank":   "(kind IN ('DEPOSITED', 'WITHDRAWN')) = (reference IS NOT NULL)",
	})
}
