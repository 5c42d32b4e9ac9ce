package employer

import (
	"github.com/rung-dev/rung/internal/fault"
)

// EmployerAbilities is what the viewer may do with one of them now.
type EmployerAbilities struct {
	Approve *fault.Ability
	Refuse  *fault.Ability
}
