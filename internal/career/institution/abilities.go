package institution

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/viewer"
)

// InstitutionLinkAbilities is what the viewer may do with a link now.
type InstitutionLinkAbilities struct {
	Approve *fault.Ability
	Decline *fault.Ability
	Ask     *fault.Ability
	Answer  *fault.Ability
	Revoke  *fault.Ability
}

// Abilities says what the viewer may do with each link now.
func Abilities(v viewer.Viewer, l *ent.InstitutionLink) *InstitutionLinkAbilities {
	return &InstitutionLinkAbilities{
		Approve: fault.AbilityOf(canDecide(v, l, "approveInstitutionLink", l.Revision)),
		Decline: fault.AbilityOf(canDecide(v, l, "declineInstitutionLink", l.Revision)),
		Ask:     fault.AbilityOf(canDecide(v, l, "askAboutInstitutionLink", l.Revision)),
		Answer:  fault.AbilityOf(canDecide(v, l, "answerInstitutionLink", l.Revision)),
		Revoke:  fault.AbilityOf(canDecide(v, l, "revokeInstitutionLink", l.Revision)),
	}
}
