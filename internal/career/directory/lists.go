package directory

import (
	"github.com/rung-dev/rung/ent/gen/ent/educationrecord"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
)

// DirectoryEntry is what a directory tells of one talent: what is not designated is
// nil.
type DirectoryEntry struct {
	Name        *string
	Major       *string
	DegreeLevel *educationrecord.Level
	GraduatesOn *calendar.Date
	Location    *string
	Headline    *string

	TalentID, InstitutionID gid.ID
	NoticeID                gid.ID // what opened it
	Told                    []DirectoryField
	FoundBy                 []DirectoryField // what the reader knows of it, having asked for such
}

// DirectoryFilter is what a directory is narrowed to; conditions left nil do not count.
type DirectoryFilter struct {
	Major       *string
	DegreeLevel []educationrecord.Level
	GraduatesOn *DateRange
	Location    *string
}

// DateRange is a span of days that includes its start and not its end.
type DateRange struct {
	Gte *calendar.Date
	Lt  *calendar.Date
}

// DirectoryOrderField is what a directory can be ordered by.
type DirectoryOrderField string

// The fields of DirectoryOrder.
const (
	DirectoryByCreatedAt DirectoryOrderField = "CREATED_AT"
)

// DirectoryOrder is how a directory is ordered.
type DirectoryOrder struct {
	Field     DirectoryOrderField
	Direction page.Direction
}

// DirectoryEntryConnection is a page of them, and DirectoryEntryEdge one entry of it.
type (
	DirectoryEntryConnection = page.Connection[*DirectoryEntry]
	DirectoryEntryEdge       = page.Edge[*DirectoryEntry]
)
