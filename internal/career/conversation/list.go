package conversation

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/conversation"
	"github.com/rung-dev/rung/ent/gen/ent/message"
	"github.com/rung-dev/rung/ent/gen/ent/messagereport"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
)

var keys = map[ConversationOrderField]page.Key[*ent.Conversation]{
	ConversationsByLastMessageAt: {Column: conversation.FieldLastMessageAt, Value: func(c *ent.Conversation) any { return c.LastMessageAt }},
	ConversationsByUpdatedAt:     {Column: conversation.FieldUpdatedAt, Value: func(c *ent.Conversation) any { return c.UpdatedAt }},
}

var messageKeys = map[MessageOrderField]page.Key[*ent.Message]{
	MessagesBySentAt:    {Column: message.FieldSentAt, Value: func(m *ent.Message) any { return m.SentAt }},
	MessagesByUpdatedAt: {Column: message.FieldUpdatedAt, Value: func(m *ent.Message) any { return m.UpdatedAt }},
}

var reportKeys = map[MessageReportOrderField]page.Key[*ent.MessageReport]{
	MessageReportsByReportedAt: {Column: messagereport.FieldReportedAt, Value: func(r *ent.MessageReport) any { return r.ReportedAt }},
	MessageReportsByUpdatedAt:  {Column: messagereport.FieldUpdatedAt, Value: func(r *ent.MessageReport) any { return r.UpdatedAt }},
}

// List is a page of the viewer's conversations.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *ConversationFilter, order *ConversationOrder,
) (*ConversationConnection, error) {
	if order == nil {
		order = &ConversationOrder{Field: ConversationsByLastMessageAt}
	}
	q := db.Read.Conversation.Query().Where(filter.On(conversation.FieldUpdatedAt))
	return page.Of(ctx, seal, q, page.List[*ent.Conversation]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(c *ent.Conversation) gid.ID { return c.ID },
	}, args)
}

// Messages is a page of what was written in each conversation.
func Messages(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *MessageFilter, order *MessageOrder, conversations []gid.ID,
) ([]*MessageConnection, error) {
	if order == nil {
		order = &MessageOrder{Field: MessagesBySentAt}
	}
	only := filter.On(message.FieldUpdatedAt)
	return page.Under(ctx, seal, db.Read.Message.Query().Where(only), page.List[*ent.Message]{
		Key: messageKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(m *ent.Message) gid.ID { return m.ID },
	}, args, page.Parent[*ent.Message]{
		Table: message.Table, Kind: ent.TypeMessage, Column: message.FieldConversationID,
		Of: func(m *ent.Message) gid.ID { return m.ConversationID }, Only: only,
	}, conversations)
}

// Reports is a page of the reports that the viewer may see.
func Reports(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *MessageReportFilter, order *MessageReportOrder,
) (*MessageReportConnection, error) {
	q := db.Read.MessageReport.Query()
	if filter != nil {
		if filter.Status != nil {
			q.Where(messagereport.StatusIn(filter.Status...))
		}
		if filter.Reason != nil {
			q.Where(messagereport.ReasonIn(filter.Reason...))
		}
		q.Where(page.During(messagereport.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &MessageReportOrder{Field: MessageReportsByReportedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.MessageReport]{
		Key: reportKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(r *ent.MessageReport) gid.ID { return r.ID },
	}, args)
}
