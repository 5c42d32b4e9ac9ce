package notification

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/page"
)

// NotificationFilter is what a list is narrowed to; conditions left nil do not count.
type NotificationFilter struct {
	IsUnread  *bool
	Kind      []string
	UpdatedAt *page.Range
}

// NotificationOrderField is what a list of its noun can be ordered by.
type NotificationOrderField string

// The fields of NotificationOrder.
const (
	NotificationsByCreatedAt NotificationOrderField = "CREATED_AT"
	NotificationsByUpdatedAt NotificationOrderField = "UPDATED_AT"
)

// NotificationOrder is how a list is ordered.
type NotificationOrder struct {
	Field     NotificationOrderField
	Direction page.Direction
}

// NotificationConnection is a page of them, and NotificationEdge one entry of it.
type (
	NotificationConnection = page.Connection[*ent.Notification]
	NotificationEdge       = page.Edge[*ent.Notification]
)
