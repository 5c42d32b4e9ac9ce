package talent

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/viewer"
)

// AffiliationAbilities is what the viewer may do with an affiliation now.
type AffiliationAbilities struct {
	Confirm *fault.Ability
	Decline *fault.Ability
	End     *fault.Ability
}

// Abilities says what the viewer may do with each affiliation now.
func Abilities(v viewer.Viewer, a *ent.Affiliation) *AffiliationAbilities {
	return &AffiliationAbilities{
		Confirm: fault.AbilityOf(canMove(v, a, "confirmAffiliation", a.Revision)),
		Decline: fault.AbilityOf(canMove(v, a, "declineAffiliation", a.Revision)),
		End:     fault.AbilityOf(canMove(v, a, "endAffiliation", a.Revision)),
	}
}
