package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// CompetencyRating is one of the eight NACE competencies, rated.
type CompetencyRating struct {
	Competency string `json:"competency"`
	Rating     string `json:"rating"`
}

// Evaluation is one side's word on the work, hidden until both are in.
type Evaluation struct{ ent.Schema }

// Mixin of Evaluation.
func (Evaluation) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Evaluation.
func (Evaluation) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("engagement_id"),
		ref("talent_id"),
		ref("author_id"),
		field.Enum("direction").NamedValues("EmployerToTalent", "EMPLOYER_TO_TALENT", "TalentToEmployer", "TALENT_TO_EMPLOYER").Immutable(),
		field.Enum("status").NamedValues("Submitted", "SUBMITTED", "Published", "PUBLISHED", "Removed", "REMOVED").Default("SUBMITTED"),
		personal(field.Enum("overall").NamedValues("SignificantlyBelow", "SIGNIFICANTLY_BELOW", "Below", "BELOW", "Meets", "MEETS",
			"Above", "ABOVE", "SignificantlyAbove", "SIGNIFICANTLY_ABOVE")),
		personal(field.JSON("competencies", []CompetencyRating{})),
		personal(text("public_text", 4000)),
		// For the other side alone, and for the career office when shared.
		personal(textLater("private_text", 4000)),
		field.Bool("is_shared_with_institution").Default(false),
		fixed(instant("submitted_at")),
		instantLater("amended_at"),
		instantLater("published_at"),
		// What the evaluated side answers, once.
		personal(textLater("reply", 2000)),
		instantLater("replied_at"),
		instantLater("removed_at"),
		refLater("removed_by_id"),
		textLater("removal_reason", 1000),
	}
}

// Edges of Evaluation.
func (Evaluation) Edges() []ent.Edge {
	return []ent.Edge{
		to("engagement", Engagement.Type, "engagement_id"),
		to("talent", TalentProfile.Type, "talent_id"),
		to("employer", Employer.Type, "employer_org_id"),
		to("author", Person.Type, "author_id"),
		toLater("removed_by", Person.Type, "removed_by_id"),
	}
}

// Indexes of Evaluation.
func (Evaluation) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "engagement_id", "direction"),
		ordered("employer_org_id", "submitted_at", "id"),
		ordered("talent_id", "submitted_at", "id"),
		ordered("world_id", "submitted_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
		ordered("talent_id", "updated_at", "id"),
		// For ratings: what a world, a talent or an employer was given.
		ordered("world_id", "direction", "status", "overall"),
		ordered("talent_id", "direction", "status", "overall"),
		ordered("employer_org_id", "direction", "status", "overall"),
	}
}

// Annotations of Evaluation.
func (Evaluation) Annotations() []schemaAnnotation {
	return table("evaluations", checks{
		"evaluations_shown":   "(status = 'SUBMITTED') = (published_at IS NULL)",
		"evaluations_replied": "(reply IS NULL) = (replied_at IS NULL)",
		"evaluations_removed": "(status = 'REMOVED') = (removed_at IS NOT NULL) AND (removed_at IS NULL) = (removal_reason IS NULL)",
		"evaluations_owned":   "owner_org_id = employer_org_id",
	})
}
