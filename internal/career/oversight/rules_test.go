package oversight

import (
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/operatoraccess"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	world     = gid.ID{1, 15: byte(gid.World)}
	elsewhere = gid.ID{2, 15: byte(gid.World)}
	operator  = viewer.Viewer{Kind: viewer.Operator, World: world, Role: viewer.RoleOperator, Scopes: viewer.ScopesOf(viewer.RoleOperator)}
	staff     = viewer.Viewer{Kind: viewer.CareerStaff, World: world, Role: viewer.RoleAdmin, Scopes: viewer.ScopesOf(viewer.RoleAdmin)}
)

func codeOf(err error) fault.Code {
	if told, foreseen := fault.UserErrors(err); foreseen && len(told) > 0 {
		return told[0].GetCode()
	}
	return ""
}

func TestCanOpen(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		v      viewer.Viewer
		isOpen bool
		want   fault.Code
	}{
		"an operator":                          {operator, false, ""},
		"it refuses staff":                     {staff, false, fault.CodeNotPermitted},
		"it refuses what is open already":      {operator, true, fault.CodeAlreadyExists},
		"it refuses an operator without scope": {viewer.Viewer{Kind: viewer.Operator, World: world}, false, fault.CodeNotPermitted},
	} {
		if got := codeOf(canOpen(c.v, c.isOpen)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestHours(t *testing.T) {
	t.Parallel()
	for hours, ok := range map[int]bool{-1: false, 0: false, 1: true, 8: true, 9: false} {
		if err := checkHours(hours); (err == nil) != ok {
			t.Errorf("%d hours: got %v", hours, err)
		}
	}
}

func TestCanClose(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		v        viewer.Viewer
		a        ent.OperatorAccess
		revision int
		want     fault.Code
	}{
		"an operator":                     {operator, ent.OperatorAccess{WorldID: world, Status: operatoraccess.StatusOpen, Revision: 1}, 1, ""},
		"it refuses staff":                {staff, ent.OperatorAccess{WorldID: world, Status: operatoraccess.StatusOpen, Revision: 1}, 1, fault.CodeNotPermitted},
		"it refuses one of another world": {operator, ent.OperatorAccess{WorldID: elsewhere, Status: operatoraccess.StatusOpen, Revision: 1}, 1, fault.CodeNotPermitted},
		"it refuses what is over":         {operator, ent.OperatorAccess{WorldID: world, Status: operatoraccess.StatusExpired, Revision: 1}, 1, fault.CodeIllegalTransition},
		"it refuses a stale revision":     {operator, ent.OperatorAccess{WorldID: world, Status: operatoraccess.StatusOpen, Revision: 2}, 1, fault.CodeStaleRevision},
	} {
		if got := codeOf(canClose(c.v, &c.a, c.revision)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
