package skill

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	entskill "github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/internal/page"
)

// SkillFilter is what a list is narrowed to; conditions left nil do not count.
type SkillFilter struct {
	Search    *string
	Kind      *entskill.Kind
	UpdatedAt *page.Range
}

// SkillOrderField is what a list of its noun can be ordered by.
type SkillOrderField string

// The fields of SkillOrder.
const (
	SkillsByName      SkillOrderField = "NAME"
	SkillsByUpdatedAt SkillOrderField = "UPDATED_AT"
)

// SkillOrder is how a list is ordered.
type SkillOrder struct {
	Field     SkillOrderField
	Direction page.Direction
}

// OccupationFilter is what a list is narrowed to; conditions left nil do not count.
type OccupationFilter struct {
	Search    *string
	Code      []string
	UpdatedAt *page.Range
}

// OccupationOrderField is what a list of its noun can be ordered by.
type OccupationOrderField string

// The fields of OccupationOrder.
const (
	OccupationsByTitle     OccupationOrderField = "TITLE"
	OccupationsByUpdatedAt OccupationOrderField = "UPDATED_AT"
)

// OccupationOrder is how a list is ordered.
type OccupationOrder struct {
	Field     OccupationOrderField
	Direction page.Direction
}

// SkillConnection is a page of them, and SkillEdge one entry of it.
type (
	SkillConnection = page.Connection[*ent.Skill]
	SkillEdge       = page.Edge[*ent.Skill]
)

// OccupationConnection is a page of them, and OccupationEdge one entry of it.
type (
	OccupationConnection = page.Connection[*ent.Occupation]
	OccupationEdge       = page.Edge[*ent.Occupation]
)
