package worklog

import (
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/opt"
)

// DraftWorklogEntryInput: on which engagement, and what was worked.
type DraftWorklogEntryInput struct {
	EngagementID  gid.ID
	WorkedOn      calendar.Date
	Minutes       int
	Note          string
	DeliverableID *gid.ID
}

// ReviseWorklogEntryInput: which entry, and what changes.
type ReviseWorklogEntryInput struct {
	WorklogEntryID   gid.ID
	ExpectedRevision int
	WorkedOn         opt.Value[calendar.Date]
	Minutes          opt.Value[int]
	Note             opt.Value[string]
	DeliverableID    opt.Value[gid.ID]
}

// LogWorklogEntryInput: which entry.
type LogWorklogEntryInput struct {
	WorklogEntryID   gid.ID
	ExpectedRevision int
}

// DiscardWorklogEntryInput: which entry.
type DiscardWorklogEntryInput struct {
	WorklogEntryID   gid.ID
	ExpectedRevision int
}

// ApproveWorklogEntryInput: which entry.
type ApproveWorklogEntryInput struct {
	WorklogEntryID   gid.ID
	ExpectedRevision int
}

// RejectWorklogEntryInput: which entry, and why.
type RejectWorklogEntryInput struct {
	WorklogEntryID   gid.ID
	ExpectedRevision int
	Reason           string
}

// CorrectWorklogEntryInput: of which entry how much is taken back, and why.
type CorrectWorklogEntryInput struct {
	WorklogEntryID gid.ID
	Minutes        int
	Reason         string
}
