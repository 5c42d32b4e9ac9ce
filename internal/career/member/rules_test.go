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

func TestCanMerge(t *testing.T) {
	t.Parallel()
	operator := stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld)
	operator.World = gid.LiveWorld
	elsewhere := operator
	elsewhere.World = gid.ID{9, 15: byte(gid.World)}
	for name, c := range map[string]struct {
		v    viewer.Viewer
		want fault.Code
	}{
		"an operator":                         {operator, ""},
		"it refuses an operator of a sandbox": {elsewhere, fault.CodeNotPermitted},
		"it refuses an administrator":         {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, gid.LiveWorld), fault.CodeNotPermitted},
		"it refuses an owner":                 {stage.Who(viewer.EmployerMember, viewer.RoleOwner, gid.LiveWorld), fault.CodeNotPermitted},
	} {
		if got := stage.CodeOf(t, canMerge(c.v)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestCanBeOne(t *testing.T) {
	t.Parallel()
	person := func(n byte) *ent.Person { return &ent.Person{ID: gid.ID{n, 15: byte(gid.Person)}} }
	acme, brick := gid.ID{1, 15: byte(gid.Employer)}, gid.ID{2, 15: byte(gid.Employer)}
	seat := func(org, world gid.ID) []*ent.Membership {
		return []*ent.Membership{{OrganizationID: org, WorldID: world}}
	}
	profile := &ent.TalentProfile{WorldID: gid.LiveWorld}
	sandbox := gid.ID{9, 15: byte(gid.World)}
	operator := viewer.Viewer{Kind: viewer.Operator, World: gid.LiveWorld, Person: gid.ID{7, 15: byte(gid.Person)}}
	for name, c := range map[string]struct {
		one, other half
		want       fault.Code
	}{
		"a talent who has a seat elsewhere":      {half{person(1), nil, profile}, half{person(2), seat(acme, gid.LiveWorld), nil}, ""},
		"members of two employers":               {half{person(1), seat(brick, gid.LiveWorld), nil}, half{person(2), seat(acme, gid.LiveWorld), nil}, ""},
		"people who have nothing yet":            {half{person(1), nil, nil}, half{person(2), nil, nil}, ""},
		"it refuses two profiles":                {half{person(1), nil, profile}, half{person(2), nil, profile}, fault.CodeAlreadyExists},
		"it refuses two seats in one place":      {half{person(1), seat(acme, gid.LiveWorld), nil}, half{person(2), seat(acme, gid.LiveWorld), nil}, fault.CodeAlreadyExists},
		"it refuses a seat in a sandbox":         {half{person(1), nil, profile}, half{person(2), seat(acme, sandbox), nil}, fault.CodeNotFound},
		"it refuses a profile in a sandbox":      {half{person(1), nil, &ent.TalentProfile{WorldID: sandbox}}, half{person(2), nil, nil}, fault.CodeNotFound},
		"it refuses the operator who asks":       {half{person(7), nil, nil}, half{person(2), nil, nil}, fault.CodeNotPermitted},
		"it refuses the operator as a duplicate": {half{person(1), nil, nil}, half{person(7), nil, nil}, fault.CodeNotPermitted},
	} {
		if got := stage.CodeOf(t, canBeOne(operator, c.one, c.other)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
