package institution

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	entinstitution "github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/internal/page"
)

// InstitutionFilter is what a list is narrowed to; conditions left nil do not count.
type InstitutionFilter struct {
	Search      *string
	CountryCode *string
	Status      *entinstitution.Status
	UpdatedAt   *page.Range
}

// InstitutionOrderField is what a list of its noun can be ordered by.
type InstitutionOrderField string

// The fields of InstitutionOrder.
const (
	InstitutionsByName      InstitutionOrderField = "NAME"
	InstitutionsByUpdatedAt InstitutionOrderField = "UPDATED_AT"
)

// InstitutionOrder is how a list is ordered.
type InstitutionOrder struct {
	Field     InstitutionOrderField
	Direction page.Direction
}

// InstitutionLinkFilter is what a list is narrowed to; conditions left nil do not count.
type InstitutionLinkFilter struct {
	Status      []institutionlink.Status
	Employer    *page.IDFilter
	Institution *page.IDFilter
	UpdatedAt   *page.Range
}

// InstitutionLinkOrderField is what a list of its noun can be ordered by.
type InstitutionLinkOrderField string

// The fields of InstitutionLinkOrder.
const (
	InstitutionLinksByRequestedAt InstitutionLinkOrderField = "REQUESTED_AT"
	InstitutionLinksByUpdatedAt   InstitutionLinkOrderField = "UPDATED_AT"
)

// InstitutionLinkOrder is how a list is ordered.
type InstitutionLinkOrder struct {
	Field     InstitutionLinkOrderField
	Direction page.Direction
}

// InstitutionConnection is a page of them, and InstitutionEdge one entry of it.
type (
	InstitutionConnection = page.Connection[*ent.Institution]
	InstitutionEdge       = page.Edge[*ent.Institution]
)

// InstitutionLinkConnection is a page of them, and InstitutionLinkEdge one entry of it.
type (
	InstitutionLinkConnection = page.Connection[*ent.InstitutionLink]
	InstitutionLinkEdge       = page.Edge[*ent.InstitutionLink]
)
