package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
)

// Deliverable is one thing an engagement hands in, copied from the plan when
// the work starts, or added by an amendment.
type Deliverable struct{ ent.Schema }

// Mixin of Deliverable.
func (Deliverable) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Deliverable.
func (Deliverable) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("engagement_id"),
		// None for what an amendment added.
		refLater("planned_deliverable_id"),
		ref("talent_id"),
		field.Int("position").Positive().Immutable(),
		text("title", 200),
		text("acceptance_criterion", 2000),
		field.Bool("is_teamwork").Default(false).Immutable(),
		// As the engagement says.
		fixed(decisionDays()),
		// The end of the due day in the zone agreed at kick-off.
		instant("due_at"),
		field.Enum("status").NamedValues("Planned", "PLANNED", "Submitted", "SUBMITTED", "RevisionRequested", "REVISION_REQUESTED",
			"Accepted", "ACCEPTED", "Cancelled", "CANCELLED").Default("PLANNED"),
		field.Int("submission_count").Default(0).NonNegative(),
		// Why the latest submission was sent back.
		field.Strings("revision_reasons").Default([]string{}),
		// Since when a supervisor has time to decide, where a dispute has held it up.
		instantLater("decide_from"),
		instantLater("submitted_at"),
		instantLater("accepted_at"),
	}
}

// Edges of Deliverable.
func (Deliverable) Edges() []ent.Edge {
	return []ent.Edge{
		to("engagement", Engagement.Type, "engagement_id"),
		toLater("planned_deliverable", PlannedDeliverable.Type, "planned_deliverable_id"),
		to("talent", TalentProfile.Type, "talent_id"),
	}
}

// Indexes of Deliverable.
func (Deliverable) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "engagement_id", "position"),
		ordered("employer_org_id", "due_at", "id"),
		ordered("employer_org_id", "status", "due_at", "id"),
		ordered("talent_id", "due_at", "id"),
		ordered("world_id", "due_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
		ordered("talent_id", "updated_at", "id"),
	}
}

// Annotations of Deliverable.
func (Deliverable) Annotations() []schemaAnnotation {
	return table("deliverables", checks{
		"deliverables_submitted": "status NOT IN ('SUBMITTED', 'REVISION_REQUESTED', 'ACCEPTED') OR submission_count > 0",
		"deliverables_accepted":  "(status = 'ACCEPTED') = (accepted_at IS NOT NULL)",
		"deliverables_owned":     "owner_org_id = employer_org_id",
	})
}

// Submission is one hand-in of a deliverable. It never changes.
type Submission struct{ ent.Schema }

// Mixin of Submission.
func (Submission) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of Submission.
func (Submission) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("deliverable_id"),
		ref("talent_id"),
		// What a teammate handed in, which this repeats; its files are there.
		fixed(refLater("original_id")),
		fixed(refLater("teammate_id")),
		field.Int("number").Positive().Immutable(),
		fixed(textLater("note", 8000)),
		fixed(field.JSON("links", []string{})),
		// Which AI tools were used for what, as the talent says.
		fixed(textLater("ai_disclosure", 2000)),
		fixed(instant("submitted_at")),
	}
}

// Edges of Submission.
func (Submission) Edges() []ent.Edge {
	return []ent.Edge{
		to("deliverable", Deliverable.Type, "deliverable_id"),
		edge.To("repeats", Submission.Type).Annotations(entsql.OnDelete(entsql.NoAction)).
			From("original").Unique().Immutable().Field("original_id"),
		edge.To("teammate", TalentProfile.Type).Unique().Immutable().Field("teammate_id").Annotations(entsql.OnDelete(entsql.NoAction)),
	}
}

// Indexes of Submission.
func (Submission) Indexes() []ent.Index {
	return []ent.Index{unique("", "deliverable_id", "number"), ordered("original_id", "talent_id")}
}

// Annotations of Submission.
func (Submission) Annotations() []schemaAnnotation {
	return table("submissions", checks{
		"submissions_owned": "owner_org_id = employer_org_id",
		"submissions_team":  "(original_id IS NULL) = (teammate_id IS NULL)",
	})
}
