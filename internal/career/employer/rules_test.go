package employer

import (
	"errors"
	"slices"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestCanRegister(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		v    viewer.Viewer
		want fault.Code
	}{
		"a newcomer":                                {stage.Who(viewer.Newcomer, viewer.RoleNewcomer, gid.None), ""},
		"a talent":                                  {stage.Who(viewer.Talent, viewer.RoleTalent, gid.None), ""},
		"an owner of another employer":              {stage.Who(viewer.EmployerMember, viewer.RoleOwner, gid.ID{1}), ""},
		"it refuses when career staff act":          {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, gid.ID{1}), fault.CodeNotPermitted},
		"it refuses when an operator acts":          {stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld), fault.CodeNotPermitted},
		"it refuses when nobody has signed in":      {viewer.Public(), fault.CodeNotPermitted},
		"it refuses when the request has no viewer": {viewer.Viewer{}, fault.CodeNotPermitted},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := stage.CodeOf(t, canRegister(c.v)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCanDecide(t *testing.T) {
	t.Parallel()
	id := gid.ID{1, 15: byte(gid.Employer)}
	operator := stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld)
	owner := stage.Who(viewer.EmployerMember, viewer.RoleOwner, id)
	cases := map[string]struct {
		v        viewer.Viewer
		status   employer.Status
		revision int
		want     fault.Code
	}{
		"an operator on a pending employer":               {operator, employer.StatusPending, 3, ""},
		"it refuses when its own owner decides":           {owner, employer.StatusPending, 3, fault.CodeNotPermitted},
		"it refuses when a newcomer decides":              {stage.Newcomer("eve"), employer.StatusPending, 3, fault.CodeNotPermitted},
		"it refuses when career staff decide":             {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, id), employer.StatusPending, 3, fault.CodeNotPermitted},
		"it refuses when the employer is verified":        {operator, employer.StatusVerified, 3, fault.CodeIllegalTransition},
		"it refuses when the employer is rejected":        {operator, employer.StatusRejected, 3, fault.CodeIllegalTransition},
		"it refuses when nobody has registered it":        {operator, employer.StatusUnverified, 3, fault.CodeIllegalTransition},
		"it refuses when the revision is stale":           {operator, employer.StatusPending, 2, fault.CodeStaleRevision},
		"it refuses an owner before it says more":         {owner, employer.StatusVerified, 2, fault.CodeNotPermitted},
		"it refuses the status before the stale revision": {operator, employer.StatusVerified, 2, fault.CodeIllegalTransition},
	}
	for name, c := range cases {
		for _, verb := range []string{"approveEmployer", "refuseEmployer"} {
			t.Run(verb+"/"+name, func(t *testing.T) {
				t.Parallel()
				e := &ent.Employer{ID: id, Status: c.status, Revision: 3}
				if got := stage.CodeOf(t, canDecide(c.v, e, verb, c.revision)); got != c.want {
					t.Errorf("got %q, want %q", got, c.want)
				}
			})
		}
	}
}

func TestAbilitiesSayWhatTheRuleSays(t *testing.T) {
	t.Parallel()
	e := &ent.Employer{ID: gid.ID{1}, Status: employer.StatusPending, Revision: 7}
	able := func(v viewer.Viewer) *EmployerAbilities {
		all, err := Abilities(viewer.With(t.Context(), v), nil, []*ent.Employer{e})
		if err != nil {
			t.Fatal(err)
		}
		return all[0]
	}
	if can := able(stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld)); !can.Approve.Allowed || !can.Refuse.Allowed {
		t.Errorf("an operator may approve: %v, refuse: %v; want both", can.Approve, can.Refuse)
	}
	can := able(stage.Who(viewer.EmployerMember, viewer.RoleOwner, e.ID))
	if can.Approve.Allowed || len(can.Approve.Reasons) != 1 || can.Approve.Reasons[0].Code != fault.CodeNotPermitted {
		t.Errorf("its owner may approve: %v", can.Approve)
	}
}

func TestVerifiedEmployersAreOnlySuspended(t *testing.T) {
	t.Parallel()
	operator := stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld)
	err := canDecide(operator, &ent.Employer{Status: employer.StatusVerified, Revision: 1}, "approveEmployer", 1)
	var told *fault.IllegalTransitionError
	if !errors.As(err, &told) || told.CurrentStatus != "VERIFIED" || !slices.Equal(told.AllowedActions, []string{"suspendEmployer"}) {
		t.Errorf("it answered %v, want VERIFIED with nothing but a suspension", err)
	}
}
