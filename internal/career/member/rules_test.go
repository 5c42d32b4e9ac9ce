package member

import (
	"maps"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	acme  = gid.ID{1, 6: 0x70, 8: 0x80, 15: byte(gid.Employer)}
	evil  = gid.ID{2, 6: 0x70, 8: 0x80, 15: byte(gid.Employer)}
	owner = stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme)
	admin = stage.Who(viewer.CareerStaff, viewer.RoleAdmin, gid.ID{3, 6: 0x70, 8: 0x80, 15: byte(gid.Institution)})
)

// without is somebody who lacks a right of their role.
func without(v viewer.Viewer, scope viewer.Scope) viewer.Viewer {
	v.Scopes = maps.Clone(v.Scopes)
	delete(v.Scopes, scope)
	return v
}

func TestCanGrant(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		who  viewer.Viewer
		role membership.Role
		want fault.Code
	}{
		"an owner makes an owner":                                   {owner, membership.RoleOwner, ""},
		"an owner makes a recruiter":                                {owner, membership.RoleRecruiter, ""},
		"an administrator makes an approver":                        {admin, membership.RoleApprover, ""},
		"an operator makes an operator":                             {stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld), membership.RoleOperator, ""},
		"it refuses a recruiter":                                    {stage.Who(viewer.EmployerMember, viewer.RoleRecruiter, acme), membership.RoleRecruiter, fault.CodeNotPermitted},
		"it refuses an approver":                                    {stage.Who(viewer.CareerStaff, viewer.RoleApprover, admin.Org), membership.RoleViewer, fault.CodeNotPermitted},
		"it refuses a role of another side":                         {owner, membership.RoleAdmin, fault.CodeInvalidValue},
		"it refuses a role of the platform":                         {admin, membership.RoleOperator, fault.CodeInvalidValue},
		"it refuses to give what one lacks":                         {without(owner, viewer.OffersExtend), membership.RoleRecruiter, fault.CodeNotPermitted},
		"it gives a role without what one lacks":                    {without(owner, viewer.OffersExtend), membership.RoleSupervisor, ""},
		"it refuses a client that manages members and nothing else": {viewer.Viewer{Kind: viewer.EmployerMember, Org: acme, Scopes: viewer.Scopes{viewer.MembersManage: true}}, membership.RoleSupervisor, fault.CodeNotPermitted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := stage.CodeOf(t, canGrant(c.who, c.role)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCanManage(t *testing.T) {
	t.Parallel()
	in := func(org gid.ID, role membership.Role, status membership.Status) *ent.Membership {
		return &ent.Membership{OrganizationID: org, Role: role, Status: status, Revision: 2}
	}
	for name, c := range map[string]struct {
		who  viewer.Viewer
		of   *ent.Membership
		verb string
		at   int
		want fault.Code
	}{
		"an owner suspends a recruiter":               {owner, in(acme, "RECRUITER", "ACTIVE"), suspendMember, 2, ""},
		"an owner removes who is suspended":           {owner, in(acme, "RECRUITER", "SUSPENDED"), removeMember, 2, ""},
		"it refuses another employer's owner":         {owner, in(evil, "RECRUITER", "ACTIVE"), suspendMember, 2, fault.CodeNotPermitted},
		"it refuses an operator":                      {stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld), in(acme, "RECRUITER", "ACTIVE"), suspendMember, 2, fault.CodeNotPermitted},
		"it refuses to suspend twice":                 {owner, in(acme, "RECRUITER", "SUSPENDED"), suspendMember, 2, fault.CodeIllegalTransition},
		"it refuses to reinstate who left":            {owner, in(acme, "RECRUITER", "ENDED"), reinstateMember, 2, fault.CodeIllegalTransition},
		"it refuses a revision that has passed":       {owner, in(acme, "RECRUITER", "ACTIVE"), suspendMember, 1, fault.CodeStaleRevision},
		"it refuses on somebody who may do more":      {without(owner, viewer.PaymentsRetry), in(acme, "OWNER", "ACTIVE"), removeMember, 2, fault.CodeNotPermitted},
		"it refuses on a member, whatever the scopes": {without(owner, viewer.MembersManage), in(acme, "RECRUITER", "ACTIVE"), removeMember, 2, fault.CodeNotPermitted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := stage.CodeOf(t, canManage(c.who, c.of, c.verb, c.at)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestIsLast(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		of     *ent.Membership
		others int
		want   fault.Code
	}{
		"one of two owners goes":                  {&ent.Membership{Role: "OWNER", Status: "ACTIVE"}, 1, ""},
		"the only recruiter goes":                 {&ent.Membership{Role: "RECRUITER", Status: "ACTIVE"}, 0, ""},
		"a suspended owner goes":                  {&ent.Membership{Role: "OWNER", Status: "SUSPENDED"}, 0, ""},
		"it refuses the last owner":               {&ent.Membership{Role: "OWNER", Status: "ACTIVE"}, 0, fault.CodePolicyViolation},
		"it refuses the last administrator":       {&ent.Membership{Role: "ADMIN", Status: "ACTIVE"}, 0, fault.CodePolicyViolation},
		"it refuses the platform's last operator": {&ent.Membership{Role: "OPERATOR", Status: "ACTIVE"}, 0, fault.CodePolicyViolation},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := stage.CodeOf(t, isLast(c.of, c.others)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
