package talent

import (
	"github.com/rung-dev/rung/internal/fault"
)

// AffiliationAbilities is what the viewer may do with one of them now.
type AffiliationAbilities struct {
	Confirm *fault.Ability
	Decline *fault.Ability
	End     *fault.Ability
}
