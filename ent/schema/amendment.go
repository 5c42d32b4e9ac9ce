package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"

	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
)

// AmendedDeliverable is what an amendment says anew of one deliverable; what is
// nil stays.
type AmendedDeliverable struct {
	DeliverableID       gid.ID         `json:"deliverableId"`
	Title               *string        `json:"title,omitempty"`
	AcceptanceCriterion *string        `json:"acceptanceCriterion,omitempty"`
	DueOn               *calendar.Date `json:"dueOn,omitempty"`
}

// AddedDeliverable is a deliverable that an amendment adds.
type AddedDeliverable struct {
	Title               string        `json:"title"`
	AcceptanceCriterion string        `json:"acceptanceCriterion"`
	DueOn               calendar.Date `json:"dueOn"`
}

// AmendedMilestone is what an amendment says anew of one milestone; what is nil
// stays.
type AmendedMilestone struct {
	MilestoneID gid.ID         `json:"milestoneId"`
	Title       *string        `json:"title,omitempty"`
	DueOn       *calendar.Date `json:"dueOn,omitempty"`
	AmountMinor *int64         `json:"amountMinor,omitempty"`
}

// Amendment is a change to agreed work, which needs both sides.
type Amendment struct{ ent.Schema }

// Mixin of Amendment.
func (Amendment) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Amendment.
func (Amendment) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("engagement_id"),
		ref("talent_id"),
		field.Enum("status").NamedValues("Proposed", "PROPOSED", "Accepted", "ACCEPTED", "Declined", "DECLINED", "Withdrawn", "WITHDRAWN",
			"Expired", "EXPIRED").Default("PROPOSED"),
		field.Enum("proposed_by").NamedValues("Employer", "EMPLOYER", "Talent", "TALENT").Immutable(),
		ref("proposed_by_id"),
		fixed(instant("proposed_at")),
		fixed(instant("answer_by")),
		personal(fixed(text("reason", 1000))),
		field.String("ends_on").GoType(calendar.Date("")).Optional().Nillable().Immutable(),
		field.Int("hours").Optional().Nillable().Positive().Immutable(),
		field.JSON("amended", []AmendedDeliverable{}).Default([]AmendedDeliverable{}).Immutable(),
		field.JSON("added", []AddedDeliverable{}).Default([]AddedDeliverable{}).Immutable(),
		field.JSON("dropped", []gid.ID{}).Default([]gid.ID{}).Immutable(),
		// What the employer pays on top, and what the milestone of it is called where
		// the fee is split.
		field.Int64("added_fee_minor").Optional().Nillable().Positive().Immutable(),
		fixed(textLater("currency", 3)),
		fixed(textLater("added_fee_title", 200)),
		field.JSON("amended_milestones", []AmendedMilestone{}).Optional().Immutable(),
		// What was agreed before the amendment was accepted.
		dayLater("former_ends_on"),
		field.Int("former_hours").Optional().Nillable(),
		instantLater("answered_at"),
		refLater("answered_by_id"),
		// Why it was declined.
		personal(textLater("answer", 1000)),
	}
}

// Edges of Amendment.
func (Amendment) Edges() []ent.Edge {
	return []ent.Edge{
		to("employer", Employer.Type, "employer_org_id"),
		to("engagement", Engagement.Type, "engagement_id"),
		to("talent", TalentProfile.Type, "talent_id"),
		to("proposer", Person.Type, "proposed_by_id"),
		toLater("answerer", Person.Type, "answered_by_id"),
	}
}

// Indexes of Amendment.
func (Amendment) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("PROPOSED"), "engagement_id"),
		ordered("engagement_id", "proposed_at", "id"),
		ordered("talent_id", "proposed_at", "id"),
		ordered("employer_org_id", "proposed_at", "id"),
		ordered("talent_id", "updated_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
	}
}

// Annotations of Amendment.
func (Amendment) Annotations() []schemaAnnotation {
	return table("amendments", checks{
		"amendments_answered": "(answered_at IS NULL) = (status = 'PROPOSED') AND (answered_by_id IS NULL) = (status IN ('PROPOSED', 'EXPIRED'))",
		"amendments_declined": "status <> 'DECLINED' OR answer IS NOT NULL",
		"amendments_accepted": "(status = 'ACCEPTED') = (former_ends_on IS NOT NULL) AND (former_ends_on IS NULL) = (former_hours IS NULL)",
		"amendments_fee":      "(added_fee_minor IS NULL) = (currency IS NULL) AND (added_fee_minor IS NULL OR added_fee_minor > 0) AND (added_fee_title IS NULL OR added_fee_minor IS NOT NULL)",
		"amendments_owned":    "owner_org_id = employer_org_id",
	})
}
