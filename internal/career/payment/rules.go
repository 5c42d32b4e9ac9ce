package payment

import (
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/transition"
)

var rung = []transition.Side{transition.Rung}

// States is the way of a fee. Nobody moves money by itself: each step follows
// from what happened to the offer or the work.
var States = transition.Table[paymentrecord.Status]{
	{
		Name: string(event.PaymentHeld), By: rung,
		From: []paymentrecord.Status{paymentrecord.StatusAuthorized}, To: paymentrecord.StatusHeld,
		Not: "Only promised money can be set aside.",
	},
	{
		Name: string(event.PaymentVoided), By: rung,
		From: []paymentrecord.Status{paymentrecord.StatusAuthorized}, To: paymentrecord.StatusVoided,
		Not: "Only promised money can be let go.",
	},
	{
		Name: string(event.PaymentReleased), By: rung,
		From: []paymentrecord.Status{paymentrecord.StatusHeld}, To: paymentrecord.StatusReleasing,
		Not: "Only money that was set aside can be paid out.",
	},
	{
		Name: string(event.PaymentRefunded), By: rung,
		From: []paymentrecord.Status{paymentrecord.StatusHeld}, To: paymentrecord.StatusRefunded,
		Not: "Only money that was set aside can be given back.",
	},
	{
		Name: string(event.PaymentFrozen), By: rung,
		From: []paymentrecord.Status{paymentrecord.StatusHeld}, To: paymentrecord.StatusFrozen,
		Not: "Only money that was set aside can be frozen.",
	},
}

// canMove: the money must be where the step takes it from.
func canMove(at paymentrecord.Status, kind event.Kind) error {
	row := States.Verb(string(kind))
	if !slices.Contains(row.From, at) {
		return fault.IllegalTransition(row.Not, string(at), []string{})
	}
	return nil
}

// movement is one side of money moving: positive into the account.
type movement struct {
	account ledgerentry.Account
	minor   int64
}

// movements are both sides of what a kind of event moves. They sum to zero.
func movements(kind event.Kind, p *ent.PaymentRecord) []movement {
	var moved []movement
	switch kind {
	case event.PaymentAuthorized:
		moved = between(ledgerentry.AccountEmployer, ledgerentry.AccountAuthorized, p.GrossMinor)
	case event.PaymentHeld:
		moved = between(ledgerentry.AccountAuthorized, ledgerentry.AccountHeld, p.GrossMinor)
	case event.PaymentVoided:
		moved = between(ledgerentry.AccountAuthorized, ledgerentry.AccountEmployer, p.GrossMinor)
	case event.PaymentRefunded:
		moved = between(ledgerentry.AccountHeld, ledgerentry.AccountEmployer, p.GrossMinor)
	case event.PaymentReleased:
		moved = []movement{
			{ledgerentry.AccountHeld, -p.GrossMinor},
			{ledgerentry.AccountTalent, p.TalentMinor},
			{ledgerentry.AccountPlatform, p.PlatformMinor},
		}
	}
	// A share can be too small to be a coin.
	return slices.DeleteFunc(moved, func(m movement) bool { return m.minor == 0 })
}

func between(from, to ledgerentry.Account, minor int64) []movement {
	return []movement{{from, -minor}, {to, minor}}
}
