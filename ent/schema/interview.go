package schema

import (
	"time"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Interview is a talk about one application: the employer proposes when, the
// talent chooses.
type Interview struct{ ent.Schema }

// Mixin of Interview.
func (Interview) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Interview.
func (Interview) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("micro_project_id"),
		ref("application_id"),
		ref("talent_id"),
		field.Enum("status").NamedValues("Proposed", "PROPOSED", "Chosen", "CHOSEN", "Passed", "PASSED", "Cancelled", "CANCELLED").Default("PROPOSED"),
		field.JSON("slots", []Slot{}).Immutable(),
		// The place of the chosen one in the list, from 1.
		field.Int("chosen").Optional().Nillable().Positive(),
		fixed(instant("proposed_at")),
		instantLater("chosen_at"),
	}
}

// Slot is one time at which an interview can be.
type Slot struct {
	StartsAt time.Time `json:"startsAt"`
	Minutes  int       `json:"minutes"`
	Place    string    `json:"place"`
}

// Edges of Interview.
func (Interview) Edges() []ent.Edge {
	return []ent.Edge{
		to("application", Application.Type, "application_id"),
		to("micro_project", MicroProject.Type, "micro_project_id"),
		to("talent", TalentProfile.Type, "talent_id"),
		to("employer", Employer.Type, "employer_org_id"),
	}
}

// Indexes of Interview.
func (Interview) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("PROPOSED", "CHOSEN"), "application_id"),
		ordered("application_id", "proposed_at", "id"),
	}
}

// Annotations of Interview.
func (Interview) Annotations() []schemaAnnotation {
	return table("interviews", checks{
		"interviews_chosen": "status NOT IN ('CHOSEN', 'PASSED') OR chosen IS NOT NULL",
		"interviews_when":   "(chosen IS NULL) = (chosen_at IS NULL)",
		"interviews_owned":  "owner_org_id = employer_org_id",
	})
}
