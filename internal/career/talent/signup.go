package talent

import (
	"context"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/career/institution"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
)

// SignUpAttestationInput: what a person attests of themselves.
type SignUpAttestationInput struct {
	IsAtLeastAge        int
	UsWorkAuthorization talentprofile.UsWorkAuthorization
}

func (a *SignUpAttestationInput) read(r *text.Reader) {
	if a != nil && (a.IsAtLeastAge < 0 || a.IsAtLeastAge > 120) {
		r.Refuse(fault.InvalidValue("attestation.isAtLeastAge", "Give whole years: 0 to 120."))
	}
}

// attested is what a profile says its talent attested.
func attested(p *ent.TalentProfile) *SignUpAttestationInput {
	if p.AttestedAge == nil || p.UsWorkAuthorization == nil {
		return nil
	}
	return &SignUpAttestationInput{*p.AttestedAge, *p.UsWorkAuthorization}
}

// maySignUp: who attests what the rule asks. To say nothing of the right to work
// is nobody's disadvantage; to say that one has none is.
func maySignUp(rule person.SignUpRule, a *SignUpAttestationInput) error {
	asks := rule.MinimumAge > 0 || rule.RequiresUsWorkAuthorization
	switch {
	case !asks:
		return nil
	case a == nil:
		return fault.InvalidValue("attestation", "Attest your age and whether you may work in the United States: signing up asks for it here.")
	case a.IsAtLeastAge < rule.MinimumAge:
		return fault.PolicyViolation("minimum-age", "attestation.isAtLeastAge", fmt.Sprintf("You must be at least %d years old.", rule.MinimumAge))
	case rule.RequiresUsWorkAuthorization && a.UsWorkAuthorization == talentprofile.UsWorkAuthorizationNotAuthorized:
		return fault.PolicyViolation("us-work-authorization", "attestation.usWorkAuthorization", "The work here needs the right to work in the United States.")
	}
	return nil
}

// platformRule is what the platform of the world asks.
func platformRule(ctx context.Context, tx *store.Tx) (person.SignUpRule, error) {
	w, err := tx.Client.World.Get(ctx, tx.World())
	if err != nil {
		return person.SignUpRule{}, err
	}
	return *person.RuleOf(w), nil
}

// attestFor judges a claim to an institution by what the talent attests now, or
// did before.
func attestFor(i *ent.Institution, p *ent.TalentProfile, a *SignUpAttestationInput) error {
	if a == nil {
		a = attested(p)
	}
	return maySignUp(*institution.SignUpRuleOf(i), a)
}
