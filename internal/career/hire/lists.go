package hire

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/internal/page"
)

// HireConversionFilter is what a list is narrowed to; conditions left nil do not count.
type HireConversionFilter struct {
	Status     []hireconversion.Status
	Kind       []hireconversion.Kind
	Talent     *page.IDFilter
	ProposedAt *page.Range
	UpdatedAt  *page.Range
}

// HireConversionOrderField is what a list of its noun can be ordered by.
type HireConversionOrderField string

// The fields of HireConversionOrder.
const (
	HireConversionsByProposedAt HireConversionOrderField = "PROPOSED_AT"
	HireConversionsByUpdatedAt  HireConversionOrderField = "UPDATED_AT"
)

// HireConversionOrder is how a list is ordered.
type HireConversionOrder struct {
	Field     HireConversionOrderField
	Direction page.Direction
}

// HireConversionConnection is a page of them, and HireConversionEdge one entry of it.
type (
	HireConversionConnection = page.Connection[*ent.HireConversion]
	HireConversionEdge       = page.Edge[*ent.HireConversion]
)
