package member

import (
	"fmt"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/memberinvitation"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// LastOfTheirRole is the rule that somebody runs every organisation.
const LastOfTheirRole = "lastOfTheirRole"

const (
	changeMemberRole  = "changeMemberRole"
	suspendMember     = "suspendMember"
	reinstateMember   = "reinstateMember"
	removeMember      = "removeMember"
	signOutEverywhere = "signOutEverywhere"
	revokeInvitation  = "revokeMemberInvitation"
	onlyManagers      = "Only those who manage the organisation's members do this."
	noSuchPerson      = "There is no such person."
	endedAlready      = "This membership has ended. Invite the person anew."
)

var (
	managers = []transition.Side{transition.Employer, transition.Institution, transition.Platform}
	rung     = []transition.Side{transition.Rung}
	seated   = []membership.Status{membership.StatusActive, membership.StatusSuspended}
	sent     = []memberinvitation.Status{memberinvitation.StatusSent}
)

// States is the life of a membership.
var States = transition.Table[membership.Status]{
	{Name: changeMemberRole, By: managers, Scope: viewer.MembersManage, From: seated, Only: onlyManagers, Not: endedAlready},
	{Name: signOutEverywhere, By: managers, Scope: viewer.MembersManage, From: seated, Only: onlyManagers, Not: endedAlready},
	{
		Name: suspendMember, By: managers, Scope: viewer.MembersManage,
		From: []membership.Status{membership.StatusActive}, To: membership.StatusSuspended,
		Only: onlyManagers, Not: "Only a member who acts for the organisation is suspended.",
	},
	{
		Name: reinstateMember, By: managers, Scope: viewer.MembersManage,
		From: []membership.Status{membership.StatusSuspended}, To: membership.StatusActive,
		Only: onlyManagers, Not: "Only a suspended member is reinstated.",
	},
	{Name: string(event.MemberVouched), By: rung, From: seated},
	{Name: string(event.MemberLapsed), By: rung, From: seated, To: membership.StatusEnded},
	{Name: removeMember, By: managers, Scope: viewer.MembersManage, From: seated, To: membership.StatusEnded, Only: onlyManagers, Not: endedAlready},
}

// InvitationStates is the life of an invitation. Whoever accepts one sees none
// that is over.
var InvitationStates = transition.Table[memberinvitation.Status]{
	{
		Name: revokeInvitation, By: managers, Scope: viewer.MembersManage, From: sent, To: memberinvitation.StatusRevoked,
		Only: onlyManagers, Not: "This invitation is over.",
	},
	{Name: string(event.MemberInvitationAccepted), By: rung, From: sent, To: memberinvitation.StatusAccepted},
	{Name: string(event.MemberInvitationExpired), By: rung, From: sent, To: memberinvitation.StatusExpired},
}

// rolesOf are the roles there are on each side.
var rolesOf = map[viewer.Kind][]membership.Role{
	viewer.EmployerMember: {membership.RoleOwner, membership.RoleRecruiter, membership.RoleSupervisor},
	viewer.CareerStaff:    {membership.RoleViewer, membership.RoleApprover, membership.RoleAdmin, membership.RoleOutcomes, membership.RoleSensitive},
	viewer.Operator:       {membership.RoleOperator},
}

// canMerge: an operator of the live world, in which all people are met.
func canMerge(v viewer.Viewer) error {
	if v.Kind != viewer.Operator || !v.Can(viewer.PeopleMerge) || v.World != gid.LiveWorld {
		return fault.NotPermitted("Only the platform's operators merge people.")
	}
	return nil
}

// canBeOne: people of the operator's world alone, who hold nothing twice that a
// person holds once. An operator does not merge themself with anybody.
func canBeOne(v viewer.Viewer, one, other half) error {
	switch {
	case v.Person == one.person.ID, v.Person == other.person.ID:
		return fault.NotPermitted("Another operator merges you.")
	case !one.isOf(v.World):
		return fault.NotFound("personId", noSuchPerson)
	case !other.isOf(v.World):
		return fault.NotFound("duplicateId", noSuchPerson)
	}
	if one.profile != nil && other.profile != nil {
		return fault.AlreadyExists("duplicateId", "Both have a talent profile, and a person has one.")
	}
	for _, m := range other.seats {
		if slices.ContainsFunc(one.seats, func(o *ent.Membership) bool { return o.OrganizationID == m.OrganizationID }) {
			return fault.AlreadyExists("duplicateId", "Both act for the same organisation. Let one of the memberships end first.")
		}
	}
	return nil
}

// sides are the viewer's, of a row of their own organisation.
func sides(v viewer.Viewer, isOwn bool) []transition.Side {
	if !isOwn {
		return nil
	}
	switch v.Kind {
	case viewer.EmployerMember:
		return []transition.Side{transition.Employer}
	case viewer.CareerStaff:
		return []transition.Side{transition.Institution}
	case viewer.Operator:
		return []transition.Side{transition.Platform}
	}
	return nil
}

// canManage: those who manage the organisation's members, of those who may do
// nothing that they may not, as they have read it.
func canManage(v viewer.Viewer, m *ent.Membership, verb string, revision int) error {
	if err := States.Permit(verb, v, sides(v, m.OrganizationID == v.Org), m.Status); err != nil {
		return err
	}
	if lacks(v, m.Role) {
		return fault.NotPermitted("This member may do what you may not. Somebody who may do it as well decides on them.")
	}
	return transition.Unchanged(revision, m.Revision)
}

// canGrant: a role of the viewer's own side, with nothing in it that they lack.
func canGrant(v viewer.Viewer, role membership.Role) error {
	if v.Org.IsNone() || !v.Can(viewer.MembersManage) {
		return fault.NotPermitted(onlyManagers)
	}
	if !slices.Contains(rolesOf[v.Kind], role) {
		return fault.InvalidValue("role", fmt.Sprintf("Choose one of your organisation's roles: %v.", rolesOf[v.Kind]))
	}
	if lacks(v, role) {
		return fault.NotPermitted("You cannot give a role that may do what you may not.")
	}
	return nil
}

// lacks reports whether a role may do something that the viewer may not.
func lacks(v viewer.Viewer, role membership.Role) bool {
	for scope := range viewer.ScopesOf(viewer.Role(role)) {
		if !v.Can(scope) {
			return true
		}
	}
	return false
}

// runs reports whether a member is one of those who run the organisation.
func runs(m *ent.Membership) bool {
	running := []membership.Role{membership.RoleOwner, membership.RoleAdmin, membership.RoleOperator}
	return m.Status == membership.StatusActive && slices.Contains(running, m.Role)
}

// isLast refuses to take away who runs an organisation when nobody else does.
func isLast(m *ent.Membership, others int) error {
	if runs(m) && others == 0 {
		return fault.PolicyViolation(LastOfTheirRole, "membershipId", "This is the last one who runs the organisation. Give somebody else the role first.")
	}
	return nil
}

// canRevoke: those who manage members, an invitation that is open, as they have
// read it.
func canRevoke(v viewer.Viewer, i *ent.MemberInvitation, revision int) error {
	if err := InvitationStates.Permit(revokeInvitation, v, sides(v, i.OrganizationID == v.Org), i.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, i.Revision)
}
