package conversation

import (
	"github.com/rung-dev/rung/ent/gen/ent/messagereport"
	"github.com/rung-dev/rung/internal/gid"
)

// SendMessageInput: to the other side of which conversation or application, and what.
type SendMessageInput struct {
	ConversationID *gid.ID
	ApplicationID  *gid.ID
	Body           string
	Links          []string
	UploadIDs      []gid.ID
}

// MarkConversationReadInput: which conversation, and the last message that was read.
type MarkConversationReadInput struct {
	ConversationID   gid.ID
	ThroughMessageID gid.ID
}

// ReportMessageInput: which message, and what is wrong with it.
type ReportMessageInput struct {
	MessageID gid.ID
	Reason    messagereport.Reason
	Note      *string
}

// DismissMessageReportInput: which report, and what was found.
type DismissMessageReportInput struct {
	MessageReportID  gid.ID
	ExpectedRevision int
	Finding          string
}

// UpholdMessageReportInput: which report, and what was found.
type UpholdMessageReportInput struct {
	MessageReportID  gid.ID
	ExpectedRevision int
	Finding          string
}
