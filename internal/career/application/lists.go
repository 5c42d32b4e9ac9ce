package application

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/internal/page"
)

// ApplicationFilter is what a list is narrowed to; conditions left nil do not count.
type ApplicationFilter struct {
	Status       []entapplication.Status
	MicroProject *page.IDFilter
	Talent       *page.IDFilter
	Employer     *page.IDFilter
	SubmittedAt  *page.Range
}

// ApplicationOrderField is what a list of its noun can be ordered by.
type ApplicationOrderField string

// The fields of ApplicationOrder.
const (
	ApplicationsBySubmittedAt ApplicationOrderField = "SUBMITTED_AT"
)

// ApplicationOrder is how a list is ordered.
type ApplicationOrder struct {
	Field     ApplicationOrderField
	Direction page.Direction
}

// ApplicationConnection is a page of them, and ApplicationEdge one entry of it.
type (
	ApplicationConnection = page.Connection[*ent.Application]
	ApplicationEdge       = page.Edge[*ent.Application]
)
