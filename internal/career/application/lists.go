package application

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/invitation"
	"github.com/rung-dev/rung/internal/page"
)

// ApplicationFilter is what a list is narrowed to; conditions left nil do not count.
type ApplicationFilter struct {
	Status       []entapplication.Status
	MicroProject *page.IDFilter
	Talent       *page.IDFilter
	Employer     *page.IDFilter
	SubmittedAt  *page.Range
	Origin       []entapplication.Origin
	Institution  *page.IDFilter
	Major        *string
	Skill        *page.IDFilter
	Label        *string
	UpdatedAt    *page.Range
}

// InvitationFilter is what a list is narrowed to; conditions left nil do not count.
type InvitationFilter struct {
	Status       []invitation.Status
	MicroProject *page.IDFilter
	Talent       *page.IDFilter
	UpdatedAt    *page.Range
}

// InvitationOrderField is what a list of its noun can be ordered by.
type InvitationOrderField string

// The fields of InvitationOrder.
const (
	InvitationsBySentAt    InvitationOrderField = "SENT_AT"
	InvitationsByUpdatedAt InvitationOrderField = "UPDATED_AT"
)

// InvitationOrder is how a list is ordered.
type InvitationOrder struct {
	Field     InvitationOrderField
	Direction page.Direction
}

// MicroProjectApplicationFilter is what what was submitted to one micro-project is narrowed to: nothing but when it changed.
type MicroProjectApplicationFilter = page.Changed

// ApplicationOrderField is what a list of its noun can be ordered by.
type ApplicationOrderField string

// The fields of ApplicationOrder.
const (
	ApplicationsBySubmittedAt ApplicationOrderField = "SUBMITTED_AT"
	ApplicationsByUpdatedAt   ApplicationOrderField = "UPDATED_AT"
)

// ApplicationOrder is how a list is ordered.
type ApplicationOrder struct {
	Field     ApplicationOrderField
	Direction page.Direction
}

// ApplicationConnection is a page of them, and ApplicationEdge one entry of it.
type (
	ApplicationConnection = page.Connection[*ent.Application]
	ApplicationEdge       = page.Edge[*ent.Application]
)

// InvitationConnection is a page of them, and InvitationEdge one entry of it.
type (
	InvitationConnection = page.Connection[*ent.Invitation]
	InvitationEdge       = page.Edge[*ent.Invitation]
)
