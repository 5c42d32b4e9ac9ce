package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// PaymentRecord follows the fee of one offer from authorisation to release.
type PaymentRecord struct{ ent.Schema }

// Mixin of PaymentRecord.
func (PaymentRecord) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of PaymentRecord.
func (PaymentRecord) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("talent_id"),
		// Whose money it is; empty means the employer's.
		refLater("funding_pool_id"),
		// What the money is for; the ledger does not care what that is.
		ref("subject_id"),
		field.Enum("status").NamedValues("Authorized", "AUTHORIZED", "Held", "HELD", "Releasing", "RELEASING", "Voided", "VOIDED",
			"Refunded", "REFUNDED", "Frozen", "FROZEN", "PaidOut", "PAID_OUT", "Failed", "FAILED",
			"PartiallyRefunded", "PARTIALLY_REFUNDED").Default("AUTHORIZED"),
		text("currency", 3),
		// The fee, with what amendments added to it.
		minor("gross_minor"),
		// The shares of what is neither refunded nor released in instalments.
		minor("talent_minor"),
		minor("platform_minor"),
		field.Int64("refunded_minor").NonNegative().Default(0),
		// What was released in instalments, each of which is a record of its own.
		field.Int64("instalments_minor").NonNegative().Default(0),
		// The platform's share in basis points when the offer was sent.
		field.Int64("platform_basis_points").Immutable().NonNegative(),
		fixed(instant("authorized_at")),
		instantLater("held_at"),
		instantLater("released_at"),
		instantLater("ended_at"),
		// Counts the tries to pay the talent out. What a provider says of an earlier
		// one says nothing of the money now.
		field.Int("payout_attempt").Default(0).NonNegative(),
		instantLater("paid_out_at"),
		instantLater("failed_at"),
		textLater("failure", 200),
		// When the provider says that what it told last came about.
		instantLater("provider_told_at"),
	}
}

// Edges of PaymentRecord.
func (PaymentRecord) Edges() []ent.Edge {
	return []ent.Edge{
		to("talent", TalentProfile.Type, "talent_id"), to("employer", Employer.Type, "employer_org_id"),
		toLater("funding_pool", FundingPool.Type, "funding_pool_id"),
	}
}

// Indexes of PaymentRecord.
func (PaymentRecord) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "subject_id"),
		ordered("employer_org_id", "authorized_at", "id"),
		ordered("talent_id", "authorized_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
		ordered("talent_id", "updated_at", "id"),
	}
}

// Annotations of PaymentRecord.
func (PaymentRecord) Annotations() []schemaAnnotation {
	return table("payment_records", checks{
		"payment_records_split": "gross_minor = talent_minor + platform_minor + refunded_minor + instalments_minor AND gross_minor > 0 AND talent_minor >= 0 AND platform_minor >= 0",
		"payment_records_held":  "status NOT IN ('HELD', 'RELEASING', 'REFUNDED', 'FROZEN', 'PAID_OUT', 'FAILED', 'PARTIALLY_REFUNDED') OR held_at IS NOT NULL",
		"payment_records_paid":  "(status = 'PAID_OUT') = (paid_out_at IS NOT NULL)",
		"payment_records_tries": "status NOT IN ('RELEASING', 'PAID_OUT', 'FAILED') OR released_at IS NOT NULL",
		"payment_records_owned": "owner_org_id = employer_org_id",
	})
}

// LedgerEntry is one side of a movement of money. The entries of one change
// sum to zero, and none is ever altered.
type LedgerEntry struct{ ent.Schema }

// Mixin of LedgerEntry.
func (LedgerEntry) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of LedgerEntry.
func (LedgerEntry) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("payment_record_id"),
		ref("employer_org_id"),
		ref("talent_id"),
		ref("change_id"),
		field.Enum("account").NamedValues("Employer", "EMPLOYER", "Authorized", "AUTHORIZED", "Held", "HELD", "Talent", "TALENT",
			"Platform", "PLATFORM", "PaidOut", "PAID_OUT", "Pool", "POOL", "Instalments", "INSTALMENTS").Immutable(),
		// Positive into the account, negative out of it.
		field.Int64("amount_minor").Immutable(),
		fixed(text("currency", 3)),
		fixed(instant("occurred_at")),
		// Its place among the entries of its record.
		field.Int("position").Default(0).NonNegative().Immutable(),
	}
}

// Edges of LedgerEntry.
func (LedgerEntry) Edges() []ent.Edge {
	return []ent.Edge{to("payment_record", PaymentRecord.Type, "payment_record_id")}
}

// Indexes of LedgerEntry.
func (LedgerEntry) Indexes() []ent.Index {
	return []ent.Index{ordered("payment_record_id", "occurred_at", "position", "id")}
}

// Annotations of LedgerEntry.
func (LedgerEntry) Annotations() []schemaAnnotation {
	return table("ledger_entries", checks{"ledger_entries_move": "amount_minor <> 0"})
}

// PaymentCallback is one thing that a provider told, as it was told first.
type PaymentCallback struct{ ent.Schema }

// Mixin of PaymentCallback.
func (PaymentCallback) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of PaymentCallback.
func (PaymentCallback) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("payment_record_id"),
		// The provider's own id of what it told.
		fixed(text("provider_event_id", 100)),
		field.Enum("state").NamedValues("PaidOut", "PAID_OUT", "Failed", "FAILED").Immutable(),
		field.Int("attempt").Positive().Immutable(),
		fixed(instant("occurred_at")),
		fixed(instant("received_at")),
	}
}

// Edges of PaymentCallback.
func (PaymentCallback) Edges() []ent.Edge {
	return []ent.Edge{to("payment_record", PaymentRecord.Type, "payment_record_id")}
}

// Indexes of PaymentCallback.
func (PaymentCallback) Indexes() []ent.Index {
	return []ent.Index{unique("", "provider_event_id"), ordered("payment_record_id", "occurred_at", "id")}
}

// Annotations of PaymentCallback.
func (PaymentCallback) Annotations() []schemaAnnotation { return table("payment_callbacks", checks{}) }
