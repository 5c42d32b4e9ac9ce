package member

import (
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/gid"
)

// InviteMemberInput: whom to ask, and for which role.
type InviteMemberInput struct {
	Email string
	Role  membership.Role
}

// AcceptMemberInvitationInput: what the invitation said.
type AcceptMemberInvitationInput struct{ Token string }

// RevokeMemberInvitationInput: which one.
type RevokeMemberInvitationInput struct {
	MemberInvitationID gid.ID
	ExpectedRevision   int
}

// ChangeMemberRoleInput: who, and their new role.
type ChangeMemberRoleInput struct {
	MembershipID     gid.ID
	ExpectedRevision int
	Role             membership.Role
}

// SuspendMemberInput: who.
type SuspendMemberInput struct {
	MembershipID     gid.ID
	ExpectedRevision int
}

// ReinstateMemberInput: who.
type ReinstateMemberInput struct {
	MembershipID     gid.ID
	ExpectedRevision int
}

// RemoveMemberInput: who.
type RemoveMemberInput struct {
	MembershipID     gid.ID
	ExpectedRevision int
}

// SignOutEverywhereInput: a member, or nobody for oneself.
type SignOutEverywhereInput struct{ MembershipID *gid.ID }

// ActForInput: for whom.
type ActForInput struct{ OrganizationID gid.ID }

// MergePeopleInput: which two people are one, and why.
type MergePeopleInput struct {
	PersonID    gid.ID
	DuplicateID gid.ID
	Reason      string
	Ticket      string
}
