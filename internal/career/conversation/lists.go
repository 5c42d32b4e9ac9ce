package conversation

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/messagereport"
	"github.com/rung-dev/rung/internal/page"
)

// MessageReportFilter is what a list is narrowed to; conditions left nil do not count.
type MessageReportFilter struct {
	Status    []messagereport.Status
	Reason    []messagereport.Reason
	UpdatedAt *page.Range
}

// ConversationFilter is what the list of conversations is narrowed to: nothing but when it changed.
type ConversationFilter = page.Changed

// ConversationOrderField is what a list of its noun can be ordered by.
type ConversationOrderField string

// The fields of ConversationOrder.
const (
	ConversationsByLastMessageAt ConversationOrderField = "LAST_MESSAGE_AT"
	ConversationsByUpdatedAt     ConversationOrderField = "UPDATED_AT"
)

// MessageFilter is what what was written in a conversation is narrowed to: nothing but when it changed.
type MessageFilter = page.Changed

// MessageOrderField is what a list of its noun can be ordered by.
type MessageOrderField string

// The fields of MessageOrder.
const (
	MessagesBySentAt    MessageOrderField = "SENT_AT"
	MessagesByUpdatedAt MessageOrderField = "UPDATED_AT"
)

// MessageReportOrderField is what a list of its noun can be ordered by.
type MessageReportOrderField string

// The fields of MessageReportOrder.
const (
	MessageReportsByReportedAt MessageReportOrderField = "REPORTED_AT"
	MessageReportsByUpdatedAt  MessageReportOrderField = "UPDATED_AT"
)

// ConversationOrder is how a list is ordered.
type ConversationOrder struct {
	Field     ConversationOrderField
	Direction page.Direction
}

// MessageOrder is how a list is ordered.
type MessageOrder struct {
	Field     MessageOrderField
	Direction page.Direction
}

// MessageReportOrder is how a list is ordered.
type MessageReportOrder struct {
	Field     MessageReportOrderField
	Direction page.Direction
}

// Pages of each noun, and the entries of them.
type (
	ConversationConnection  = page.Connection[*ent.Conversation]
	ConversationEdge        = page.Edge[*ent.Conversation]
	MessageConnection       = page.Connection[*ent.Message]
	MessageEdge             = page.Edge[*ent.Message]
	MessageReportConnection = page.Connection[*ent.MessageReport]
	MessageReportEdge       = page.Edge[*ent.MessageReport]
)
