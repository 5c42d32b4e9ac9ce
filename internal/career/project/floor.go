package project

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/money"
)

// The rules that look at a request first, by the names that clients read.
const (
	ruleFloor    = "pay-floor"
	ruleCurrency = "foreign-currency"
)

// platformFloor is the pay an hour below which a person decides.
var platformFloor = money.Money{Minor: 20_00, Currency: "USD"}

// floorOf is an institution's own floor, or else the platform's.
func floorOf(i *ent.Institution) money.Money {
	if i.PayFloorMinor == nil || i.PayFloorCurrency == nil {
		return platformFloor
	}
	return money.Money{Minor: *i.PayFloorMinor, Currency: money.Currency(*i.PayFloorCurrency)}
}

// verdict names the rule that settles a request, or that asks for a person: for
// pay below the floor, and for pay that cannot be compared with it.
func verdict(fee money.Money, hours int, floor money.Money) (rule string, needsPerson bool) {
	if fee.Currency != floor.Currency {
		return ruleCurrency, true
	}
	return ruleFloor, !fee.PaysAtLeast(floor, hours)
}
