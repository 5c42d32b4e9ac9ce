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
		field.Enum("status").NamedValues("Proposed", "PROPOSED", "Accepted", "ACCEPTED", "Declined", "DECLINED", "Started", "STARTED", "Lapsed", "LAPSED",
			"Interested", "INTERESTED", "Withdrawn", "WITHDRAWN", "RetainedOneYear", "RETAINED_1Y", "RetainedFiveYears", "RETAINED_5Y", "Left", "LEFT").
			Default("PROPOSED"),
		field.Enum("kind").NamedValues(hireKinds...),
		text("job_title", 200),
		day("starts_on"),
		textLater("message", 2000),
		textLater("reason", 1000),
		// Calendar days, fixed when the talent accepts: from publishing to the
		// first accepted offer, and from publishing to this acceptance.
		field.Int("days_to_selection").Optional().Nillable().NonNegative(),
		field.Int("days_to_hire").Optional().Nillable().NonNegative(),
		instant("proposed_at"),
		instantLater("answered_at"),
		dayLater("started_on"),
		// Which sides have confirmed the start.
		instantLater("employer_confirmed_at"),
		instantLater("talent_confirmed_at"),
		// When the employer said that it thinks of a job, and when a job that began
		// without a proposal was reported.
		instantLater("interested_at"),
		instantLater("reported_at"),
		// When two sources first agreed.
		instantLater("confirmed_at"),
		// The last day of which somebody said that the talent was still employed.
		personal(dayLater("employed_as_of")),
		personal(dayLater("left_on")),
		personal(field.Enum("left_reason").NamedValues("Resigned", "RESIGNED", "LaidOff", "LAID_OFF", "Dismissed", "DISMISSED",
			"ContractEnded", "CONTRACT_ENDED", "FurtherStudy", "FURTHER_STUDY", "Other", "OTHER", "Unknown", "UNKNOWN").Optional().Nillable()),
	}
}

var hireKinds = []string{"FullTime", "FULL_TIME", "PartTime", "PART_TIME", "Internship", "INTERNSHIP", "Contract", "CONTRACT"}

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
		unique(whenStatus("INTERESTED", "PROPOSED", "ACCEPTED", "STARTED", "RETAINED_1Y", "RETAINED_5Y"), "engagement_id"),
		ordered("employer_org_id", "proposed_at", "id"),
		ordered("talent_id", "proposed_at", "id"),
		ordered("world_id", "proposed_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
		ordered("talent_id", "updated_at", "id"),
		ordered("engagement_id", "status"),
		ordered("micro_project_id"),
	}
}

// Annotations of HireConversion.
func (HireConversion) Annotations() []schemaAnnotation {
	return table("hire_conversions", checks{
		"hire_conversions_answered": "(status IN ('INTERESTED', 'PROPOSED', 'WITHDRAWN', 'LAPSED')) = (answered_at IS NULL AND reported_at IS NULL)",
		"hire_conversions_started":  "(status IN ('STARTED', 'RETAINED_1Y', 'RETAINED_5Y', 'LEFT')) = (started_on IS NOT NULL)",
		"hire_conversions_left":     "(status = 'LEFT') = (left_on IS NOT NULL) AND (left_on IS NULL) = (left_reason IS NULL) AND (left_on IS NULL OR left_on >= started_on)",
		"hire_conversions_known":    "employed_as_of IS NULL OR employed_as_of >= started_on",
		"hire_conversions_owned":    "owner_org_id = employer_org_id",
	})
}

// HireReport is what one source says of a job: its kind and its first day.
type HireReport struct{ ent.Schema }

// Mixin of HireReport.
func (HireReport) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of HireReport.
func (HireReport) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("talent_id"),
		ref("hire_conversion_id"),
		field.Enum("source").NamedValues("Employer", "EMPLOYER", "Talent", "TALENT", "Institution", "INSTITUTION", "ATS", "ATS").Immutable(),
		field.Enum("kind").NamedValues(hireKinds...).Immutable(),
		fixed(day("started_on")),
		field.Enum("confidence").NamedValues("Certain", "CERTAIN", "Likely", "LIKELY", "Unsure", "UNSURE").Immutable(),
		fixed(instant("reported_at")),
	}
}

// Edges of HireReport.
func (HireReport) Edges() []ent.Edge {
	return []ent.Edge{to("hire_conversion", HireConversion.Type, "hire_conversion_id")}
}

// Indexes of HireReport.
func (HireReport) Indexes() []ent.Index {
	return []ent.Index{unique("", "hire_conversion_id", "source")}
}

// Annotations of HireReport.
func (HireReport) Annotations() []schemaAnnotation {
	return table("hire_reports", checks{"hire_reports_owned": "owner_org_id = employer_org_id"})
}
