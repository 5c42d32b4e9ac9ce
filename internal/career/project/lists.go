package project

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/page"
)

// ListingFilter is what a list is narrowed to; conditions left nil do not count.
type ListingFilter struct {
	Search           *string
	Status           []listing.Status
	Source           []listing.Source
	Institution      *gid.ID
	Employer         *page.IDFilter
	Skills           *page.IDFilter
	Workplace        []listing.Workplace
	MinimumHourlyPay *money.Input
	MaximumHours     *int
	BreakEndsBy      *calendar.Date
	BreakTerm        *page.IDFilter
	EndsBefore       *calendar.Date

	MaximumHoursPerWeek *int
	PublishedAt         *page.Range
	UpdatedAt           *page.Range
}

// ListingOrderField is what a list of its noun can be ordered by.
type ListingOrderField string

// The fields of ListingOrder.
const (
	ListingsByPublishedAt ListingOrderField = "PUBLISHED_AT"
	ListingsByHourlyPay   ListingOrderField = "HOURLY_PAY"
	ListingsByUpdatedAt   ListingOrderField = "UPDATED_AT"
)

// ListingOrder is how a list is ordered.
type ListingOrder struct {
	Field     ListingOrderField
	Direction page.Direction
}

// MicroProjectFilter is what a list is narrowed to; conditions left nil do not count.
type MicroProjectFilter struct {
	Status    []microproject.Status
	Employer  *page.IDFilter
	Skills    *page.IDFilter
	Workplace []microproject.Workplace
	CreatedAt *page.Range
	UpdatedAt *page.Range
}

// MicroProjectOrderField is what a list of its noun can be ordered by.
type MicroProjectOrderField string

// The fields of MicroProjectOrder.
const (
	MicroProjectsByCreatedAt MicroProjectOrderField = "CREATED_AT"
	MicroProjectsByUpdatedAt MicroProjectOrderField = "UPDATED_AT"
)

// MicroProjectOrder is how a list is ordered.
type MicroProjectOrder struct {
	Field     MicroProjectOrderField
	Direction page.Direction
}

// PostingRequestFilter is what a list is narrowed to; conditions left nil do not count.
type PostingRequestFilter struct {
	Status    []postingrequest.Status
	UpdatedAt *page.Range
}

// PostingRequestOrderField is what a list of its noun can be ordered by.
type PostingRequestOrderField string

// The fields of PostingRequestOrder.
const (
	PostingRequestsByRequestedAt PostingRequestOrderField = "REQUESTED_AT"
	PostingRequestsByUpdatedAt   PostingRequestOrderField = "UPDATED_AT"
)

// PostingRequestOrder is how a list is ordered.
type PostingRequestOrder struct {
	Field     PostingRequestOrderField
	Direction page.Direction
}

// ListingConnection is a page of them, and ListingEdge one entry of it.
type (
	ListingConnection = page.Connection[*ent.Listing]
	ListingEdge       = page.Edge[*ent.Listing]
)

// MicroProjectConnection is a page of them, and MicroProjectEdge one entry of it.
type (
	MicroProjectConnection = page.Connection[*ent.MicroProject]
	MicroProjectEdge       = page.Edge[*ent.MicroProject]
)

// PostingRequestConnection is a page of them, and PostingRequestEdge one entry of it.
type (
	PostingRequestConnection = page.Connection[*ent.PostingRequest]
	PostingRequestEdge       = page.Edge[*ent.PostingRequest]
)

// MicroProjectTemplateFilter is what a list is narrowed to; conditions left nil do not count.
type MicroProjectTemplateFilter struct {
	IsPlatforms *bool
	UpdatedAt   *page.Range
}

// MicroProjectTemplateOrderField is what a list of its noun can be ordered by.
type MicroProjectTemplateOrderField string

// The fields of MicroProjectTemplateOrder.
const (
	MicroProjectTemplatesByCreatedAt MicroProjectTemplateOrderField = "CREATED_AT"
	MicroProjectTemplatesByUpdatedAt MicroProjectTemplateOrderField = "UPDATED_AT"
)

// MicroProjectTemplateOrder is how a list is ordered.
type MicroProjectTemplateOrder struct {
	Field     MicroProjectTemplateOrderField
	Direction page.Direction
}

// MicroProjectTemplateConnection is a page of them, and MicroProjectTemplateEdge one entry of it.
type (
	MicroProjectTemplateConnection = page.Connection[*ent.ProjectTemplate]
	MicroProjectTemplateEdge       = page.Edge[*ent.ProjectTemplate]
)
