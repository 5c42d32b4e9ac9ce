package employer

import (
	"github.com/rung-dev/rung/internal/fault"
)

// EmployerAbilities is what the viewer may do with one of them now.
type EmployerAbilities struct {
	Approve *fault.Ability
	Refuse  *fault.Ability

	RequestVerification *fault.Ability
	Suspend             *fault.Ability
	Reinstate           *fault.Ability
	Ban                 *fault.Ability
	Flag                *fault.Ability
	AgreeFeeSplit       *fault.Ability
}

// FlagAbilities is what the viewer may do with one of them now.
type FlagAbilities struct {
	Review  *fault.Ability
	Uphold  *fault.Ability
	Dismiss *fault.Ability
}
