package pool

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpool"
	"github.com/rung-dev/rung/internal/page"
)

// FundingPoolFilter is what a list is narrowed to; conditions left nil do not count.
type FundingPoolFilter struct {
	Status    []fundingpool.Status
	UpdatedAt *page.Range
}

// FundingPoolOrderField is what a list of its noun can be ordered by.
type FundingPoolOrderField string

// The fields of FundingPoolOrder.
const (
	FundingPoolsByCreatedAt FundingPoolOrderField = "CREATED_AT"
	FundingPoolsByUpdatedAt FundingPoolOrderField = "UPDATED_AT"
)

// FundingPoolOrder is how a list is ordered.
type FundingPoolOrder struct {
	Field     FundingPoolOrderField
	Direction page.Direction
}

// FundingPoolEntryFilter is what a statement is narrowed to: nothing but when it changed.
type FundingPoolEntryFilter = page.Changed

// FundingPoolEntryOrderField is what a list of its noun can be ordered by.
type FundingPoolEntryOrderField string

// The fields of FundingPoolEntryOrder.
const (
	FundingPoolEntriesByOccurredAt FundingPoolEntryOrderField = "OCCURRED_AT"
	FundingPoolEntriesByUpdatedAt  FundingPoolEntryOrderField = "UPDATED_AT"
)

// FundingPoolEntryOrder is how a list is ordered.
type FundingPoolEntryOrder struct {
	Field     FundingPoolEntryOrderField
	Direction page.Direction
}

// Connections are pages of them, and edges one entry of it.
type (
	FundingPoolConnection      = page.Connection[*ent.FundingPool]
	FundingPoolEdge            = page.Edge[*ent.FundingPool]
	FundingPoolEntryConnection = page.Connection[*ent.FundingPoolEntry]
	FundingPoolEntryEdge       = page.Edge[*ent.FundingPoolEntry]
)
