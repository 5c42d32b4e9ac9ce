package engagement

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/page"
)

// EngagementFilter is what a list is narrowed to; conditions left nil do not count.
type EngagementFilter struct {
	Status       []entengagement.Status
	MicroProject *page.IDFilter
	Talent       *page.IDFilter
	CreatedAt    *page.Range
	UpdatedAt    *page.Range
}

// EngagementOrderField is what a list of its noun can be ordered by.
type EngagementOrderField string

// The fields of EngagementOrder.
const (
	EngagementsByCreatedAt EngagementOrderField = "CREATED_AT"
	EngagementsByUpdatedAt EngagementOrderField = "UPDATED_AT"
)

// EngagementOrder is how a list is ordered.
type EngagementOrder struct {
	Field     EngagementOrderField
	Direction page.Direction
}

// DeliverableFilter is what a list is narrowed to; conditions left nil do not count.
type DeliverableFilter struct {
	Status     []deliverable.Status
	Engagement *page.IDFilter
	DueAt      *page.Range
	UpdatedAt  *page.Range
}

// DeliverableOrderField is what a list of its noun can be ordered by.
type DeliverableOrderField string

// The fields of DeliverableOrder.
const (
	DeliverablesByDueAt     DeliverableOrderField = "DUE_AT"
	DeliverablesByUpdatedAt DeliverableOrderField = "UPDATED_AT"
)

// DeliverableOrder is how a list is ordered.
type DeliverableOrder struct {
	Field     DeliverableOrderField
	Direction page.Direction
}

// OfferFilter is what a list is narrowed to; conditions left nil do not count.
type OfferFilter struct {
	Status       []offer.Status
	MicroProject *page.IDFilter
	Talent       *page.IDFilter
	SentAt       *page.Range
	UpdatedAt    *page.Range
}

// OfferOrderField is what a list of its noun can be ordered by.
type OfferOrderField string

// The fields of OfferOrder.
const (
	OffersBySentAt    OfferOrderField = "SENT_AT"
	OffersByUpdatedAt OfferOrderField = "UPDATED_AT"
)

// OfferOrder is how a list is ordered.
type OfferOrder struct {
	Field     OfferOrderField
	Direction page.Direction
}

// EngagementConnection is a page of them, and EngagementEdge one entry of it.
type (
	EngagementConnection = page.Connection[*ent.Engagement]
	EngagementEdge       = page.Edge[*ent.Engagement]
)

// DeliverableConnection is a page of them, and DeliverableEdge one entry of it.
type (
	DeliverableConnection = page.Connection[*ent.Deliverable]
	DeliverableEdge       = page.Edge[*ent.Deliverable]
)

// OfferConnection is a page of them, and OfferEdge one entry of it.
type (
	OfferConnection = page.Connection[*ent.Offer]
	OfferEdge       = page.Edge[*ent.Offer]
)
