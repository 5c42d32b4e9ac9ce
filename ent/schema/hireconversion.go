package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// HireConversion is a job that grew out of an engagement.
type HireConversion struct{ ent.Schema }

// Mixin of HireConversion.
func (HireConversion) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of HireConversion.
func (HireConversion) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("engagement_id"),
		ref("micro_project_id"),
		ref("talent_id"),
		field.Enum("status").NamedValues("Proposed", "PROPOSED", "Accepted", "ACCEPTED", "Declined", "DECLINED", "Started", "STARTED", "Lapsed", "LAPSED").
			Default("PROPOSED"),
		field.Enum("kind").NamedValues("FullTime", "FULL_TIME", "PartTime", "PART_TIME", "Internship", "INTERNSHIP", "Contract", "CONTRACT").Immutable(),
		text("job_title", 200),
		day("starts_on"),
		textLater("message", 2000),
		textLater("reason", 1000),
		// Calendar days, fixed when the talent accepts: from publishing to the
		// first accepted offer, and from publishing to this acceptance.
		field.Int("days_to_selection").Optional().Nillable().NonNegative(),
		field.Int("days_to_hire").Optional().Nillable().NonNegative(),
		fixed(instant("proposed_at")),
		instantLater("answered_at"),
		dayLater("started_on"),
		// Which sides have confirmed the start.
		instantLater("employer_confirmed_at"),
		instantLater("talent_confirmed_at"),
	}
}

// Edges of HireConversion.
func (HireConversion) Edges() []ent.Edge {
	return []ent.Edge{
		to("engagement", Engagement.Type, "engagement_id"),
		to("micro_project", MicroProject.Type, "micro_project_id"),
		to("talent", TalentProfile.Type, "talent_id"),
		to("employer", Employer.Type, "employer_org_id"),
	}
}

// Indexes of HireConversion.
func (HireConversion) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("PROPOSED", "ACCEPTED", "STARTED"), "engagement_id"),
		ordered("employer_org_id", "proposed_at", "id"),
		ordered("talent_id", "proposed_at", "id"),
		ordered("world_id", "proposed_at", "id"),
	}
}

// Annotations of HireConversion.
func (HireConversion) Annotations() []schemaAnnotation {
	return table("hire_conversions", checks{
		"hire_conversions_answered": "(status IN ('PROPOSED', 'LAPSED')) = (answered_at IS NULL)",
		"hire_conversions_started":  "(status = 'STARTED') = (started_on IS NOT NULL)",
		"hire_conversions_owned":    "owner_org_id = employer_org_id",
	})
}
