package member

import (
	"fmt"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/viewer"
)

// CanGrant is the rule by which the viewer gives a role, for whoever gives it in
// another way than to one person; path is the field that names it.
func CanGrant(v viewer.Viewer, role membership.Role, path string) error {
	if !slices.Contains(rolesOf[v.Kind], role) {
		return fault.InvalidValue(path, fmt.Sprintf("Choose one of your organisation's roles: %v.", rolesOf[v.Kind]))
	}
	return canGrant(v, role)
}
