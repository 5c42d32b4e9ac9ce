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
		field.Enum("status").NamedValues("Submitted", "SUBMITTED", "Published", "PUBLISHED").Default("SUBMITTED"),
		personal(field.Enum("overall").NamedValues("SignificantlyBelow", "SIGNIFICANTLY_BELOW", "Below", "BELOW", "Meets", "MEETS",
			"Above", "ABOVE", "SignificantlyAbove", "SIGNIFICANTLY_ABOVE")),
		personal(field.JSON("competencies", []CompetencyRating{})),
		personal(text("public_text", 4000)),
		// For the other side alone, and for the career office when shared.
		personal(textLater("private_text", 4000)),
		field.Bool("is_shared_with_institution").Default(false),
		fixed(instant("submitted_at")),
		instantLater("published_at"),
	}
}

// Edges of Evaluation.
func (Evaluation) Edges() []ent.Edge {
	return []ent.Edge{
		to("engagement", Engagement.Type, "engagement_id"),
		to("talent", TalentProfile.Type, "talent_id"),
		to("employer", Employer.Type, "employer_org_id"),
		to("author", Person.Type, "author_id"),
	}
}

// Indexes of Evaluation.
func (Evaluation) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "engagement_id", "direction"),
		ordered("employer_org_id", "submitted_at", "id"),
		ordered("talent_id", "submitted_at", "id"),
		ordered("world_id", "submitted_at", "id"),
	}
}

// Annotations of Evaluation.
func (Evaluation) Annotations() []schemaAnnotation {
	return table("evaluations", checks{
		"evaluations_published": "(status = 'PUBLISHED') = (published_at IS NOT NULL)",
		"evaluations_owned":     "owner_org_id = employer_org_id",
	})
}
