package hire

import (
	"github.com/rung-dev/rung/internal/fault"
)

// HireConversionAbilities is what the viewer may do with one of them now.
type HireConversionAbilities struct {
	Accept       *fault.Ability
	Decline      *fault.Ability
	ConfirmStart *fault.Ability
}
