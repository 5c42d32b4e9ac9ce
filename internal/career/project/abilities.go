package project

import (
	"github.com/rung-dev/rung/internal/fault"
)

// MicroProjectAbilities is what the viewer may do with one of them now.
type MicroProjectAbilities struct {
	Revise            *fault.Ability
	PlanDeliverable   *fault.Ability
	SubmitForApproval *fault.Ability
	Publish           *fault.Ability
	Cancel            *fault.Ability
	Apply             *fault.Ability
}

// PostingRequestAbilities is what the viewer may do with one of them now.
type PostingRequestAbilities struct {
	Approve *fault.Ability
	Refuse  *fault.Ability
}
