package reference

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/reference"
	"github.com/rung-dev/rung/internal/page"
)

// ReferenceFilter is what a list is narrowed to; conditions left nil do not count.
type ReferenceFilter struct {
	Status     []reference.Status
	Talent     *page.IDFilter
	Engagement *page.IDFilter
	UpdatedAt  *page.Range
}

// TalentReferenceFilter is what what was said for one talent is narrowed to: nothing but when it changed.
type TalentReferenceFilter = page.Changed

// ReferenceOrderField is what a list of its noun can be ordered by.
type ReferenceOrderField string

// The fields of ReferenceOrder.
const (
	ReferencesByRequestedAt ReferenceOrderField = "REQUESTED_AT"
	ReferencesByUpdatedAt   ReferenceOrderField = "UPDATED_AT"
)

// ReferenceOrder is how a list is ordered.
type ReferenceOrder struct {
	Field     ReferenceOrderField
	Direction page.Direction
}

// ReferenceConnection is a page of them, and ReferenceEdge one entry of it.
type (
	ReferenceConnection = page.Connection[*ent.Reference]
	ReferenceEdge       = page.Edge[*ent.Reference]
)
