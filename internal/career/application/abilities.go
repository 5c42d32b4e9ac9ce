package application

import (
	"github.com/rung-dev/rung/internal/fault"
)

// ApplicationAbilities is what the viewer may do with one of them now.
type ApplicationAbilities struct {
	Withdraw    *fault.Ability
	Decline     *fault.Ability
	ExtendOffer *fault.Ability
}
