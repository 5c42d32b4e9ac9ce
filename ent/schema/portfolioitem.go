package schema

import (
	"entgo.io/ent"
)

// PortfolioItem is accepted work that a talent shows, with what it achieved.
type PortfolioItem struct{ ent.Schema }

// Mixin of PortfolioItem.
func (PortfolioItem) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of PortfolioItem.
func (PortfolioItem) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("talent_id"),
		ref("employer_org_id"),
		ref("engagement_id"),
		ref("deliverable_id"),
		personal(text("title", 200)),
		personal(text("summary", 2000)),
		// The measured result: 38 (value) per cent (unit) more sign-ups (metric).
		personal(text("result_metric", 200)),
		personal(text("result_value", 20)),
		personal(text("result_unit", 40)),
	}
}

// Edges of PortfolioItem.
func (PortfolioItem) Edges() []ent.Edge {
	return []ent.Edge{
		to("talent", TalentProfile.Type, "talent_id"),
		to("employer", Employer.Type, "employer_org_id"),
		to("engagement", Engagement.Type, "engagement_id"),
		to("deliverable", Deliverable.Type, "deliverable_id"),
	}
}

// Indexes of PortfolioItem.
func (PortfolioItem) Indexes() []ent.Index {
	return []ent.Index{unique("", "deliverable_id"), ordered("talent_id", "created_at", "id")}
}

// Annotations of PortfolioItem.
func (PortfolioItem) Annotations() []schemaAnnotation { return table("portfolio_items", nil) }
