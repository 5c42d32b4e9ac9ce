package worklog

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/internal/page"
)

// WorklogEntryFilter is what a list is narrowed to; conditions left nil do not count.
type WorklogEntryFilter struct {
	Status     []worklogentry.Status
	Engagement *page.IDFilter
	Talent     *page.IDFilter
	UpdatedAt  *page.Range
}

// WorklogFilter is what the worklog of one engagement is narrowed to.
type WorklogFilter struct {
	Status    []worklogentry.Status
	UpdatedAt *page.Range
}

// WorklogEntryOrderField is what a list of its noun can be ordered by.
type WorklogEntryOrderField string

// The fields of WorklogEntryOrder.
const (
	WorklogEntriesByWorkedOn  WorklogEntryOrderField = "WORKED_ON"
	WorklogEntriesByUpdatedAt WorklogEntryOrderField = "UPDATED_AT"
)

// WorklogEntryOrder is how a list is ordered.
type WorklogEntryOrder struct {
	Field     WorklogEntryOrderField
	Direction page.Direction
}

// WorklogEntryConnection is a page of them, and WorklogEntryEdge one entry of it.
type (
	WorklogEntryConnection = page.Connection[*ent.WorklogEntry]
	WorklogEntryEdge       = page.Edge[*ent.WorklogEntry]
)
