package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
)

// WorklogEntry is time that a talent worked on one day, as the talent says. A
// correction takes back minutes of an approved entry, and has negative ones.
type WorklogEntry struct{ ent.Schema }

// Mixin of WorklogEntry.
func (WorklogEntry) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of WorklogEntry.
func (WorklogEntry) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("engagement_id"),
		ref("talent_id"),
		refLater("deliverable_id"),
		// The approved entry of which a correction takes minutes back.
		refLater("corrects_id"),
		field.Enum("status").NamedValues("Draft", "DRAFT", "Logged", "LOGGED", "Approved", "APPROVED", "Rejected", "REJECTED",
			"Discarded", "DISCARDED").Default("DRAFT"),
		day("worked_on"),
		field.Int("minutes"),
		personal(text("note", 1000)),
		instantLater("logged_at"),
		instantLater("decided_at"),
		refLater("decided_by_id"),
		// Why it was rejected.
		personal(textLater("reason", 1000)),
	}
}

// Edges of WorklogEntry.
func (WorklogEntry) Edges() []ent.Edge {
	return []ent.Edge{
		to("employer", Employer.Type, "employer_org_id"),
		to("engagement", Engagement.Type, "engagement_id"),
		to("talent", TalentProfile.Type, "talent_id"),
		toLater("deliverable", Deliverable.Type, "deliverable_id"),
		edge.To("corrections", WorklogEntry.Type).Annotations(entsql.OnDelete(entsql.NoAction)).
			From("corrects").Unique().Field("corrects_id"),
		toLater("decided_by", Person.Type, "decided_by_id"),
	}
}

// Indexes of WorklogEntry.
func (WorklogEntry) Indexes() []ent.Index {
	return []ent.Index{
		ordered("engagement_id", "worked_on", "id"),
		ordered("employer_org_id", "worked_on", "id"),
		ordered("talent_id", "worked_on", "id"),
		ordered("world_id", "worked_on", "id"),
		ordered("employer_org_id", "updated_at", "id"),
		ordered("talent_id", "updated_at", "id"),
		ordered("corrects_id"),
	}
}

// Annotations of WorklogEntry.
func (WorklogEntry) Annotations() []schemaAnnotation {
	return table("worklog_entries", checks{
		"worklog_entries_minutes":  "minutes <> 0 AND minutes BETWEEN -720 AND 720 AND (corrects_id IS NOT NULL) = (minutes < 0)",
		"worklog_entries_logged":   "(status IN ('DRAFT', 'DISCARDED')) = (logged_at IS NULL)",
		"worklog_entries_decided":  "(status IN ('APPROVED', 'REJECTED')) = (decided_at IS NOT NULL) AND (decided_by_id IS NULL OR decided_at IS NOT NULL)",
		"worklog_entries_rejected": "(status = 'REJECTED') = (reason IS NOT NULL)",
		"worklog_entries_owned":    "owner_org_id = employer_org_id",
	})
}
