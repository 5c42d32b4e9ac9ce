package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// MeasuredResult is what work achieved: 38 (value) per cent (unit) more sign-ups
// (metric).
type MeasuredResult struct {
	Metric string `json:"metric"`
	Value  string `json:"value"`
	Unit   string `json:"unit"`
}

// PortfolioItem is work that a talent shows, with what it achieved. Work that
// was done elsewhere names no deliverable.
type PortfolioItem struct{ ent.Schema }

// Mixin of PortfolioItem.
func (PortfolioItem) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of PortfolioItem.
func (PortfolioItem) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("talent_id"),
		refLater("employer_org_id"),
		refLater("engagement_id"),
		refLater("deliverable_id"),
		field.Enum("status").NamedValues("Hidden", "HIDDEN", "Published", "PUBLISHED", "Removed", "REMOVED").Default("PUBLISHED"),
		// Where it stands among the talent's own; ties are broken by id.
		field.Int("position").Default(0).NonNegative(),
		personal(text("title", 200)),
		personal(text("summary", 2000)),
		personal(textLater("link", 2000)),
		personal(dayLater("started_on")),
		personal(dayLater("ended_on")),
		// The first measured result, and those after it.
		personal(text("result_metric", 200)),
		personal(text("result_value", 20)),
		personal(text("result_unit", 40)),
		personal(field.JSON("more_results", []MeasuredResult{}).Optional()),
	}
}

// Edges of PortfolioItem.
func (PortfolioItem) Edges() []ent.Edge {
	return []ent.Edge{
		to("talent", TalentProfile.Type, "talent_id"),
		toLater("employer", Employer.Type, "employer_org_id"),
		toLater("engagement", Engagement.Type, "engagement_id"),
		toLater("deliverable", Deliverable.Type, "deliverable_id"),
	}
}

// Indexes of PortfolioItem.
func (PortfolioItem) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("HIDDEN", "PUBLISHED"), "deliverable_id"),
		ordered("talent_id", "position", "id"),
		ordered("talent_id", "created_at", "id"),
		ordered("talent_id", "updated_at", "id"),
	}
}

// Annotations of PortfolioItem.
func (PortfolioItem) Annotations() []schemaAnnotation {
	return table("portfolio_items", checks{
		"portfolio_items_behind": "deliverable_id IS NULL AND engagement_id IS NULL AND employer_org_id IS NULL OR " +
			"deliverable_id IS NOT NULL AND engagement_id IS NOT NULL AND employer_org_id IS NOT NULL",
		"portfolio_items_dated": "started_on IS NULL OR ended_on IS NULL OR started_on <= ended_on",
	})
}

// PortfolioSkill is a skill that a portfolio item shows.
type PortfolioSkill struct{ ent.Schema }

// Mixin of PortfolioSkill.
func (PortfolioSkill) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of PortfolioSkill.
func (PortfolioSkill) Fields() []ent.Field {
	return []ent.Field{ref("portfolio_item_id"), ref("talent_id"), personal(ref("skill_id"))}
}

// Edges of PortfolioSkill.
func (PortfolioSkill) Edges() []ent.Edge {
	return []ent.Edge{
		to("portfolio_item", PortfolioItem.Type, "portfolio_item_id"),
		to("talent", TalentProfile.Type, "talent_id"),
		to("skill", Skill.Type, "skill_id"),
	}
}

// Indexes of PortfolioSkill.
func (PortfolioSkill) Indexes() []ent.Index {
	return []ent.Index{unique("", "portfolio_item_id", "skill_id")}
}

// Annotations of PortfolioSkill.
func (PortfolioSkill) Annotations() []schemaAnnotation { return table("portfolio_skills", nil) }
