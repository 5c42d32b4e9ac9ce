package credential

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/money"
)

// Result is what work achieved: 38 (value) per cent (unit) more sign-ups (metric).
type Result struct {
	Metric string
	Value  money.Decimal
	Unit   string
}

// ResultOf is the first thing that a portfolio item's work achieved.
func ResultOf(item *ent.PortfolioItem) *Result {
	return &Result{Metric: item.ResultMetric, Value: money.Decimal(item.ResultValue), Unit: item.ResultUnit}
}

// ResultsOf is all that it achieved, in the talent's order.
func ResultsOf(item *ent.PortfolioItem) []*Result {
	results := []*Result{ResultOf(item)}
	for _, more := range item.MoreResults {
		results = append(results, &Result{Metric: more.Metric, Value: money.Decimal(more.Value), Unit: more.Unit})
	}
	return results
}

// IsVerified reports whether an employer accepted the work through Rung.
func IsVerified(item *ent.PortfolioItem) bool { return !item.DeliverableID.IsNone() }
