package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"

	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
)

// DueDay is when one planned deliverable of an engagement is due.
type DueDay struct {
	PlannedDeliverableID gid.ID        `json:"plannedDeliverableId"`
	DueOn                calendar.Date `json:"dueOn"`
}

// Engagement is the work that follows an accepted offer.
type Engagement struct{ ent.Schema }

// Mixin of Engagement.
func (Engagement) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Engagement.
func (Engagement) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("micro_project_id"),
		ref("offer_id"),
		ref("talent_id"),
		field.Enum("status").NamedValues("PendingGates", "PENDING_GATES", "Ready", "READY", "Active", "ACTIVE", "Submitted", "SUBMITTED",
			"Completed", "COMPLETED", "Terminated", "TERMINATED", "Paused", "PAUSED", "Incomplete", "INCOMPLETE",
			"Disputed", "DISPUTED").Default("PENDING_GATES"),
		fixed(day("starts_on")),
		day("ends_on"),
		// As the accepted offer said.
		fixed(decisionDays()),
		// The hours that an amendment agreed on in place of the offer's.
		field.Int("amended_hours").Optional().Nillable().Positive(),
		// The fee with what amendments added to the offer's.
		field.Int64("amended_fee_minor").Optional().Nillable().Positive(),
		instantLater("kicked_off_at"),
		refLater("kicked_off_by_id"),
		textLater("communication", 500),
		textLater("time_zone", 64),
		// The due days agreed at kick-off that differ from the plan's.
		field.JSON("due_days", []DueDay{}).Default([]DueDay{}),
		instantLater("started_at"),
		// Until when the work must be handed in, while it is under way.
		instantLater("hand_in_by"),
		instantLater("paused_at"),
		field.Enum("paused_by").NamedValues("Employer", "EMPLOYER", "Talent", "TALENT").Optional().Nillable(),
		textLater("pause_reason", 1000),
		instantLater("incomplete_at"),
		// Until when work that was not handed in can be taken up again.
		instantLater("reopen_by"),
		instantLater("submitted_at"),
		instantLater("completed_at"),
		instantLater("terminated_at"),
		field.Enum("terminated_by").NamedValues("Employer", "EMPLOYER", "Talent", "TALENT", "Both", "BOTH", "Platform", "PLATFORM").Optional().Nillable(),
		textLater("reason", 1000),
		instantLater("ghosting_reported_at"),
		// The talent's institution whose staff must clear the work, if one does.
		refLater("clearing_institution_id"),
		instantLater("cleared_at"),
		refLater("cleared_by_id"),
	}
}

// Edges of Engagement.
func (Engagement) Edges() []ent.Edge {
	return []ent.Edge{
		to("offer", Offer.Type, "offer_id"),
		to("micro_project", MicroProject.Type, "micro_project_id"),
		to("talent", TalentProfile.Type, "talent_id"),
		to("employer", Employer.Type, "employer_org_id"),
		toLater("kicked_off_by", Person.Type, "kicked_off_by_id"),
		toLater("clearing_institution", Institution.Type, "clearing_institution_id"),
		toLater("cleared_by", Person.Type, "cleared_by_id"),
	}
}

// Indexes of Engagement.
func (Engagement) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "offer_id"),
		ordered("employer_org_id", "created_at", "id"),
		ordered("employer_org_id", "status", "created_at", "id"),
		ordered("talent_id", "created_at", "id"),
		ordered("micro_project_id", "created_at", "id"),
		ordered("world_id", "created_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
		ordered("talent_id", "updated_at", "id"),
	}
}

// Annotations of Engagement.
func (Engagement) Annotations() []schemaAnnotation {
	return table("engagements", checks{
		"engagements_dates":      "starts_on <= ends_on",
		"engagements_kick_off":   "(kicked_off_at IS NULL) = (kicked_off_by_id IS NULL) AND (kicked_off_at IS NULL) = (communication IS NULL) AND (kicked_off_at IS NULL) = (time_zone IS NULL)",
		"engagements_started":    "status NOT IN ('ACTIVE', 'SUBMITTED', 'COMPLETED', 'PAUSED', 'INCOMPLETE') OR started_at IS NOT NULL",
		"engagements_completed":  "(status = 'COMPLETED') = (completed_at IS NOT NULL)",
		"engagements_terminated": "(status = 'TERMINATED') = (terminated_at IS NOT NULL) AND (terminated_at IS NULL) = (terminated_by IS NULL)",
		"engagements_paused":     "(status <> 'PAUSED' OR paused_at IS NOT NULL) AND (status IN ('PAUSED', 'DISPUTED') OR paused_at IS NULL) AND (paused_at IS NULL) = (paused_by IS NULL) AND (paused_at IS NULL) = (pause_reason IS NULL)",
		"engagements_incomplete": "status <> 'INCOMPLETE' OR incomplete_at IS NOT NULL",
		"engagements_cleared":    "(cleared_at IS NULL) = (cleared_by_id IS NULL)",
		"engagements_owned":      "owner_org_id = employer_org_id",
	})
}

// Dispute is what two sides do not agree on about money that is set aside.
type Dispute struct{ ent.Schema }

// Mixin of Dispute.
func (Dispute) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Dispute.
func (Dispute) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("talent_id"),
		ref("engagement_id"),
		ref("payment_record_id"),
		field.Enum("status").NamedValues("Open", "OPEN", "Proposed", "PROPOSED", "Resolved", "RESOLVED").Default("OPEN"),
		field.Enum("opened_by").NamedValues("Employer", "EMPLOYER", "Talent", "TALENT").Immutable(),
		ref("opened_by_id"),
		fixed(text("reason", 2000)),
		// Where the work stood, to go back to.
		fixed(text("prior_status", 20)),
		field.Enum("proposed_by").NamedValues("Employer", "EMPLOYER", "Talent", "TALENT", "Platform", "PLATFORM").Optional().Nillable(),
		instantLater("proposed_at"),
		// What of the gross goes to the talent's side: proposed, then decided.
		field.Int64("released_minor").Optional().Nillable().NonNegative(),
		field.Bool("work_goes_on").Optional().Nillable(),
		textLater("note", 2000),
		field.Enum("resolved_by").NamedValues("Employer", "EMPLOYER", "Talent", "TALENT", "Platform", "PLATFORM").Optional().Nillable(),
		instantLater("resolved_at"),
	}
}

// Edges of Dispute.
func (Dispute) Edges() []ent.Edge {
	return []ent.Edge{
		to("engagement", Engagement.Type, "engagement_id"),
		to("payment_record", PaymentRecord.Type, "payment_record_id"),
		to("opener", Person.Type, "opened_by_id"),
	}
}

// Indexes of Dispute.
func (Dispute) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("OPEN", "PROPOSED"), "engagement_id"),
		ordered("engagement_id", "created_at", "id"),
		ordered("employer_org_id", "created_at", "id"),
		ordered("talent_id", "created_at", "id"),
		ordered("world_id", "created_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
		ordered("talent_id", "updated_at", "id"),
	}
}

// Annotations of Dispute.
func (Dispute) Annotations() []schemaAnnotation {
	return table("disputes", checks{
		"disputes_proposed": "(status = 'OPEN') = (released_minor IS NULL) AND (released_minor IS NULL) = (work_goes_on IS NULL) AND (proposed_by IS NULL) = (proposed_at IS NULL)",
		"disputes_resolved": "(status = 'RESOLVED') = (resolved_at IS NOT NULL) AND (resolved_at IS NULL) = (resolved_by IS NULL)",
		"disputes_owned":    "owner_org_id = employer_org_id",
	})
}
