package insight

import (
	"fmt"

	"github.com/rung-dev/rung/internal/money"
)

// definitionVersion counts how often what the metrics mean has changed.
const definitionVersion = 1

// Bound says how exactly a value is told.
type Bound string

// The bounds. A share close to all or none would tell something of everybody.
const (
	Exact Bound = "EXACT"
	Above Bound = "ABOVE"
	Below Bound = "BELOW"
)

// Metric is one number with what it is made of.
type Metric struct {
	Value             *money.Decimal
	Numerator         *int
	Denominator       *int
	Bound             Bound
	Suppressed        bool
	DefinitionVersion int
	Definition        string
}

// share is the part of a cell of whom something is true.
func share(c *cell, definition string) *Metric {
	m := &Metric{Bound: Exact, Suppressed: c.withheld, DefinitionVersion: definitionVersion, Definition: definition}
	part, all := c.yes, c.size()
	switch {
	case c.withheld:
	case all == 0:
		m.Numerator, m.Denominator = &part, &all
	case 20*part > 19*all:
		m.Value, m.Bound = decimal("%.4f", 0.95), Above
	case 20*part < all:
		m.Value, m.Bound = decimal("%.4f", 0.05), Below
	default:
		m.Value, m.Numerator, m.Denominator = decimal("%.4f", float64(part)/float64(all)), &part, &all
	}
	return m
}

func decimal(format string, value float64) *money.Decimal {
	d := money.Decimal(fmt.Sprintf(format, value))
	return &d
}
