package credential

import (
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
)

// PromoteDeliverableToPortfolioInput: which deliverable, and its result.
type PromoteDeliverableToPortfolioInput struct {
	DeliverableID gid.ID
	Title         string
	Summary       string
	Result        MeasuredResultInput
}

// MeasuredResultInput: a result with a number.
type MeasuredResultInput struct {
	Metric string
	Value  money.Decimal
	Unit   string
}
