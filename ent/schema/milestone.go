package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"

	"github.com/rung-dev/rung/internal/gid"
)

// Milestone is an instalment of an offer's fee, which waits for deliverables of
// the project's plan.
type Milestone struct{ ent.Schema }

// Mixin of Milestone.
func (Milestone) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Milestone.
func (Milestone) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("offer_id"),
		ref("talent_id"),
		field.Enum("status").NamedValues("Planned", "PLANNED", "Funded", "FUNDED", "Due", "DUE", "Paid", "PAID",
			"Cancelled", "CANCELLED").Default("PLANNED"),
		field.Int("position").Positive().Immutable(),
		text("title", 200),
		minor("amount_minor"),
		// What of the amount went back.
		field.Int64("refunded_minor").NonNegative().Default(0),
		fixed(text("currency", 3)),
		// The planned deliverables that it waits for.
		field.JSON("planned_deliverable_ids", []gid.ID{}).Default([]gid.ID{}).Immutable(),
		dayLater("due_on"),
		// The money that pays it: a record of its own, or what is left of the fee.
		refLater("payment_record_id"),
		instantLater("funded_at"),
		instantLater("due_since"),
		instantLater("paid_at"),
		instantLater("cancelled_at"),
	}
}

// Edges of Milestone.
func (Milestone) Edges() []ent.Edge {
	return []ent.Edge{
		to("offer", Offer.Type, "offer_id"),
		to("employer", Employer.Type, "employer_org_id"),
		to("talent", TalentProfile.Type, "talent_id"),
		toLater("payment_record", PaymentRecord.Type, "payment_record_id"),
	}
}

// Indexes of Milestone.
func (Milestone) Indexes() []ent.Index {
	return []ent.Index{unique("", "offer_id", "position"), ordered("payment_record_id", "position")}
}

// Annotations of Milestone.
func (Milestone) Annotations() []schemaAnnotation {
	return table("milestones", checks{
		"milestones_amount":    "amount_minor > 0 AND refunded_minor <= amount_minor",
		"milestones_funded":    "status NOT IN ('FUNDED', 'DUE', 'PAID') OR funded_at IS NOT NULL",
		"milestones_due":       "(status IN ('DUE', 'PAID')) = (due_since IS NOT NULL) AND (due_since IS NOT NULL) = (payment_record_id IS NOT NULL)",
		"milestones_paid":      "(status = 'PAID') = (paid_at IS NOT NULL)",
		"milestones_cancelled": "(status = 'CANCELLED') = (cancelled_at IS NOT NULL)",
		"milestones_owned":     "owner_org_id = employer_org_id",
	})
}
