package institution

import (
	"github.com/rung-dev/rung/internal/fault"
)

// InstitutionLinkAbilities is what the viewer may do with one of them now.
type InstitutionLinkAbilities struct {
	Approve *fault.Ability
	Decline *fault.Ability
}
