// Package notification is about what people are told of what happened. The
// event log writes the notifications; here they are read and marked.
package notification

import (
	"context"
	"slices"
	"strconv"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/notification"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	mostMarked = 100
	mostKinds  = 20
)

// MarkNotificationsReadInput names the notifications to mark.
type MarkNotificationsReadInput struct{ NotificationIDs []gid.ID }

// MarkNotificationsRead marks the viewer's own notifications. Who is told of
// something twice, in two parts, reads it twice.
func MarkNotificationsRead(ctx context.Context, db *store.DB, in MarkNotificationsReadInput) ([]gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) ([]gid.ID, error) {
		ids := in.NotificationIDs
		if len(ids) == 0 || len(ids) > mostMarked {
			return nil, fault.InvalidValue("notificationIds", "Name 1 to 100 notifications.")
		}
		seen, err := tx.Notification.Query().Where(notification.IDIn(ids...)).All(ctx)
		if err != nil {
			return nil, err
		}
		if i := missing(ids, seen); i >= 0 {
			return nil, fault.NotFound("notificationIds."+strconv.Itoa(i), "There is no such notification.")
		}
		err = tx.Notification.Update().Where(notification.IDIn(ids...), notification.ReadAtIsNil()).SetReadAt(tx.Now).Exec(ctx)
		if err != nil {
			return nil, err
		}
		return ids, event.Record(ctx, tx, event.Event{
			Kind: event.NotificationsRead, Subject: seen[0].PersonID, IDs: map[string]gid.ID{"party": seen[0].PartyID},
			Parties: []gid.ID{seen[0].PartyID},
		})
	})
}

// missing is the index of the first id that no row has, or -1.
func missing(ids []gid.ID, seen []*ent.Notification) int {
	return slices.IndexFunc(ids, func(id gid.ID) bool {
		return !slices.ContainsFunc(seen, func(n *ent.Notification) bool { return n.ID == id })
	})
}

var keys = map[NotificationOrderField]page.Key[*ent.Notification]{
	NotificationsByCreatedAt: {Column: notification.FieldCreatedAt, Value: func(n *ent.Notification) any { return n.CreatedAt }},
	NotificationsByUpdatedAt: {Column: notification.FieldUpdatedAt, Value: func(n *ent.Notification) any { return n.UpdatedAt }},
}

// List is a page of what the viewer has been told.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *NotificationFilter, order *NotificationOrder,
) (*NotificationConnection, error) {
	if viewer.From(ctx).Person.IsNone() {
		return nil, fault.NotPermitted("Sign in first.")
	}
	q := db.Read.Notification.Query()
	if filter != nil {
		if len(filter.Kind) > mostKinds {
			return nil, &fault.Request{Code: fault.CodeInvalidInput, Message: "Filter by at most 20 kinds."}
		}
		if filter.Kind != nil {
			q.Where(notification.KindIn(filter.Kind...))
		}
		if filter.IsUnread != nil && *filter.IsUnread {
			q.Where(notification.ReadAtIsNil())
		}
		if filter.IsUnread != nil && !*filter.IsUnread {
			q.Where(notification.ReadAtNotNil())
		}
		q.Where(page.During(notification.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &NotificationOrder{Field: NotificationsByCreatedAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Notification]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(n *ent.Notification) gid.ID { return n.ID },
	}, args)
}
