package engagement

import (
	"github.com/rung-dev/rung/internal/fault"
)

// EngagementAbilities is what the viewer may do with one of them now.
type EngagementAbilities struct {
	ConfirmKickOff        *fault.Ability
	Start                 *fault.Ability
	Complete              *fault.Ability
	Terminate             *fault.Ability
	Evaluate              *fault.Ability
	ProposeHireConversion *fault.Ability
}

// DeliverableAbilities is what the viewer may do with one of them now.
type DeliverableAbilities struct {
	Submit             *fault.Ability
	RequestRevision    *fault.Ability
	Accept             *fault.Ability
	PromoteToPortfolio *fault.Ability
}

// OfferAbilities is what the viewer may do with one of them now.
type OfferAbilities struct {
	Accept  *fault.Ability
	Decline *fault.Ability
}

// AgreementAbilities is what the viewer may do with one of them now.
type AgreementAbilities struct {
	Sign *fault.Ability
}
