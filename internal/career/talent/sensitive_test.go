package talent

import (
	"testing"

	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestWhoReadsWhatIsSensitive(t *testing.T) {
	t.Parallel()
	theirs := map[gid.ID]bool{ada: true}
	for name, c := range map[string]struct {
		v    viewer.Viewer
		are  map[gid.ID]bool
		want bool
	}{
		"the talent":                               {talentOf(ada), nil, true},
		"an administrator of their institution":    {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, state), theirs, true},
		"staff of their institution for this":      {stage.Who(viewer.CareerStaff, viewer.RoleSensitive, state), theirs, true},
		"it refuses other staff":                   {stage.Who(viewer.CareerStaff, viewer.RoleApprover, state), theirs, false},
		"it refuses staff of another institution":  {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, state), nil, false},
		"it refuses another talent":                {talentOf(eve), theirs, false},
		"it refuses an employer they applied to":   {stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme), theirs, false},
		"it refuses an operator, whatever is open": {stage.Who(viewer.Operator, viewer.RoleOperator, state), theirs, false},
	} {
		if got := seesSensitive(c.v, ada, c.are); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
