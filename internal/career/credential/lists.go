package credential

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/page"
)

// PortfolioItemFilter is what a portfolio is narrowed to: nothing but when it changed.
type PortfolioItemFilter = page.Changed

// PortfolioItemOrderField is what a list of its noun can be ordered by.
type PortfolioItemOrderField string

// The fields of PortfolioItemOrder.
const (
	PortfolioItemsByCreatedAt PortfolioItemOrderField = "CREATED_AT"
	PortfolioItemsByPosition  PortfolioItemOrderField = "POSITION"
	PortfolioItemsByUpdatedAt PortfolioItemOrderField = "UPDATED_AT"
)

// PortfolioItemOrder is how a list is ordered.
type PortfolioItemOrder struct {
	Field     PortfolioItemOrderField
	Direction page.Direction
}

// PortfolioItemConnection is a page of them, and PortfolioItemEdge one entry of it.
type (
	PortfolioItemConnection = page.Connection[*ent.PortfolioItem]
	PortfolioItemEdge       = page.Edge[*ent.PortfolioItem]
)
