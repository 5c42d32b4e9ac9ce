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
