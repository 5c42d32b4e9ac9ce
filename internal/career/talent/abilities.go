package talent

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// AffiliationAbilities is what the viewer may do with an affiliation now.
type AffiliationAbilities struct {
	Confirm *fault.Ability
	Decline *fault.Ability
	End     *fault.Ability

	OptOutOfDirectory *fault.Ability
	ReturnToDirectory *fault.Ability
}

// Abilities says what the viewer may do with each affiliation now.
func Abilities(v viewer.Viewer, a *ent.Affiliation) *AffiliationAbilities {
	return &AffiliationAbilities{
		Confirm: fault.AbilityOf(canMove(v, a, "confirmAffiliation", a.Revision)),
		Decline: fault.AbilityOf(canMove(v, a, "declineAffiliation", a.Revision)),
		End:     fault.AbilityOf(canMove(v, a, "endAffiliation", a.Revision)),

		OptOutOfDirectory: fault.AbilityOf(canOptOut(v, a, a.Revision)),
		ReturnToDirectory: fault.AbilityOf(canReturn(v, a, a.Revision)),
	}
}

// ClaimAbilities says at which of the institutions the viewer may claim to belong.
func ClaimAbilities(ctx context.Context, db *store.DB, institutions []*ent.Institution) ([]*fault.Ability, error) {
	v := viewer.From(ctx)
	mine := canBelong(v)
	var live []*ent.Affiliation
	if mine == nil {
		var err error
		if live, err = liveOf(ctx, db.Read, v.Talent); err != nil {
			return nil, err
		}
	}
	all := make([]*fault.Ability, len(institutions))
	for n, i := range institutions {
		switch {
		case i == nil:
		case mine != nil:
			all[n] = fault.AbilityOf(mine)
		default:
			all[n] = fault.AbilityOf(canClaim(i, live))
		}
	}
	return all, nil
}
