package milestone

import (
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
)

// MilestoneInput: one instalment of a fee, and what it waits for.
type MilestoneInput struct {
	Title                 string
	Amount                money.Input
	PlannedDeliverableIDs []gid.ID
	DueOn                 *calendar.Date
}

// AmendedMilestoneInput: one milestone, and what is to be said of it anew.
type AmendedMilestoneInput struct {
	MilestoneID gid.ID
	Title       *string
	DueOn       *calendar.Date
	Amount      *money.Input
}
