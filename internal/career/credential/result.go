package credential

import "github.com/rung-dev/rung/internal/money"

// Result is what accepted work achieved: 38 (value) per cent (unit) more
// sign-ups (metric).
type Result struct {
	Metric string
	Value  money.Decimal
	Unit   string
}
