package member

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/memberinvitation"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/page"
)

// MembershipFilter is what a list is narrowed to; conditions left nil do not count.
type MembershipFilter struct {
	Status    []membership.Status
	Role      []membership.Role
	UpdatedAt *page.Range
}

// MembershipOrderField is what a list of its noun can be ordered by.
type MembershipOrderField string

// The fields of MembershipOrder.
const (
	MembershipsByCreatedAt MembershipOrderField = "CREATED_AT"
	MembershipsByUpdatedAt MembershipOrderField = "UPDATED_AT"
)

// MembershipOrder is how a list is ordered.
type MembershipOrder struct {
	Field     MembershipOrderField
	Direction page.Direction
}

// MembershipConnection is a page of them, and MembershipEdge one entry of it.
type (
	MembershipConnection = page.Connection[*ent.Membership]
	MembershipEdge       = page.Edge[*ent.Membership]
)

// MemberInvitationFilter is what a list is narrowed to; conditions left nil do not count.
type MemberInvitationFilter struct {
	Status    []memberinvitation.Status
	UpdatedAt *page.Range
}

// MemberInvitationOrderField is what a list of its noun can be ordered by.
type MemberInvitationOrderField string

// The fields of MemberInvitationOrder.
const (
	MemberInvitationsBySentAt    MemberInvitationOrderField = "SENT_AT"
	MemberInvitationsByUpdatedAt MemberInvitationOrderField = "UPDATED_AT"
)

// MemberInvitationOrder is how a list is ordered.
type MemberInvitationOrder struct {
	Field     MemberInvitationOrderField
	Direction page.Direction
}

// MemberInvitationConnection is a page of them, and MemberInvitationEdge one entry of it.
type (
	MemberInvitationConnection = page.Connection[*ent.MemberInvitation]
	MemberInvitationEdge       = page.Edge[*ent.MemberInvitation]
)
