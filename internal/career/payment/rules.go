package payment

import (
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	"github.com/rung-dev/rung/ent/gen/ent/paymentcallback"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

var rung = []transition.Side{transition.Rung}

// States is the way of a fee. Nobody moves money by itself, but to send once more
// what did not arrive: each other step follows from what happened to the offer or
// the work, or from what a provider told.
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
		From: []paymentrecord.Status{paymentrecord.StatusHeld, paymentrecord.StatusFrozen, paymentrecord.StatusPartiallyRefunded},
		To:   paymentrecord.StatusReleasing,
		Not:  "Only money that was set aside can be paid out.",
	},
	{
		Name: string(event.PaymentRefunded), By: rung,
		From: []paymentrecord.Status{paymentrecord.StatusHeld, paymentrecord.StatusFrozen, paymentrecord.StatusPartiallyRefunded},
		To:   paymentrecord.StatusRefunded,
		Not:  "Only money that was set aside can be given back.",
	},
	{
		Name: string(event.PaymentPartlyRefunded), By: rung,
		From: []paymentrecord.Status{paymentrecord.StatusHeld, paymentrecord.StatusFrozen, paymentrecord.StatusPartiallyRefunded},
		To:   paymentrecord.StatusPartiallyRefunded,
		Not:  "Only money that was set aside can be shared.",
	},
	{
		Name: string(event.PaymentUnfrozen), By: rung,
		From: []paymentrecord.Status{paymentrecord.StatusFrozen}, To: paymentrecord.StatusHeld,
		Not: "Only frozen money can be set aside again.",
	},
	{
		Name: string(event.PaymentFrozen), By: rung,
		From: []paymentrecord.Status{paymentrecord.StatusHeld, paymentrecord.StatusPartiallyRefunded}, To: paymentrecord.StatusFrozen,
		Not: "Only money that was set aside can be frozen.",
	},
	{
		Name: string(event.PaymentRaised), By: rung,
		From: []paymentrecord.Status{paymentrecord.StatusHeld, paymentrecord.StatusPartiallyRefunded},
		Not:  "Only money that was set aside can be added to.",
	},
	{
		// A provider can find out late that what it called failed has arrived, and a
		// bank can send back what had arrived.
		Name: string(event.PaymentPaidOut), By: rung,
		From: []paymentrecord.Status{paymentrecord.StatusReleasing, paymentrecord.StatusFailed}, To: paymentrecord.StatusPaidOut,
		Not: "Only money on its way can arrive.",
	},
	{
		Name: string(event.PaymentFailed), By: rung,
		From: []paymentrecord.Status{paymentrecord.StatusReleasing, paymentrecord.StatusPaidOut}, To: paymentrecord.StatusFailed,
		Not: "Only money on its way can fail to arrive.",
	},
	{
		Name: retryPayment, By: []transition.Side{transition.Employer, transition.Platform}, Scope: viewer.PaymentsRetry,
		From: []paymentrecord.Status{paymentrecord.StatusFailed}, To: paymentrecord.StatusReleasing,
		Only: "Only the employer's owner and the platform's operators can send money once more.",
		Not:  "Only money that did not arrive can be sent once more.",
	},
}

const retryPayment = "retryPayment"

// canRetry: the employer's owner or an operator, who has read the record as it
// is.
func canRetry(v viewer.Viewer, p *ent.PaymentRecord, revision int) error {
	if err := States.Permit(retryPayment, v, transition.Sides(v, p.EmployerOrgID, gid.None), p.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, p.Revision)
}

// canMove: the money must be where the step takes it from.
func canMove(at paymentrecord.Status, kind event.Kind) error {
	row := States.Verb(string(kind))
	if !slices.Contains(row.From, at) {
		return fault.IllegalTransition(row.Not, string(at), []string{})
	}
	return nil
}

// isNewer reports whether what a provider tells is about the money as it is sent
// now, and came about after what it told before. At one instant, arrived is newer
// than failed: so the order in which things are told does not matter.
func isNewer(p *ent.PaymentRecord, t Told) bool {
	if t.Attempt != p.PayoutAttempt {
		return false
	}
	if p.ProviderToldAt == nil || t.OccurredAt.After(*p.ProviderToldAt) {
		return true
	}
	return t.State == paymentcallback.StatePaidOut && t.OccurredAt.Equal(*p.ProviderToldAt)
}

// movement is one side of money moving: positive into the account.
type movement struct {
	account ledgerentry.Account
	minor   int64
}

// aside is what of the gross was neither given back nor released in instalments.
func aside(p *ent.PaymentRecord) int64 { return p.GrossMinor - p.RefundedMinor - p.InstalmentsMinor }

// Aside is what of the gross was neither given back nor released in instalments.
func Aside(p *ent.PaymentRecord) money.Money {
	return money.Money{Minor: aside(p), Currency: money.Currency(p.Currency)}
}

// Remaining is what can still be released or given back.
func Remaining(p *ent.PaymentRecord) *money.Money {
	left := Aside(p)
	if !isAside(p.Status) && p.Status != paymentrecord.StatusAuthorized {
		left.Minor = 0
	}
	return &left
}

// isAside reports whether money in that status is set aside.
func isAside(at paymentrecord.Status) bool {
	return at == paymentrecord.StatusHeld || at == paymentrecord.StatusFrozen || at == paymentrecord.StatusPartiallyRefunded
}

// shares are what the talent and the platform get of a part of what is set aside,
// and what they get of the rest. The platform's is rounded in each part, and never
// comes to more than its share of the whole: the last part has the remainder.
func shares(p *ent.PaymentRecord, minor int64) (talent, platform int64) {
	part, _ := money.Money{Minor: minor}.Share(p.PlatformBasisPoints)
	platform = min(part.Minor, p.PlatformMinor)
	platform = max(platform, minor-p.TalentMinor)
	return minor - platform, platform
}

// raised are the shares of what is set aside once so much is added. The platform's
// grows by what its share of all that was not given back grows by, so that it is the
// same whether a fee was agreed on at once or in steps.
func raised(p *ent.PaymentRecord, minor int64) (talent, platform int64) {
	stands := p.GrossMinor - p.RefundedMinor
	before, _ := money.Money{Minor: stands}.Share(p.PlatformBasisPoints)
	after, _ := money.Money{Minor: stands + minor}.Share(p.PlatformBasisPoints)
	platform = p.PlatformMinor + after.Minor - before.Minor
	return aside(p) + minor - platform, platform
}

// movements are both sides of what a kind of event moves. They sum to zero.
func movements(kind event.Kind, p *ent.PaymentRecord) []movement {
	var moved []movement
	switch kind {
	case event.PaymentAuthorized:
		moved = between(payer(p), ledgerentry.AccountAuthorized, p.GrossMinor)
	case event.PaymentHeld:
		moved = between(ledgerentry.AccountAuthorized, ledgerentry.AccountHeld, p.GrossMinor)
	case event.PaymentVoided:
		moved = between(ledgerentry.AccountAuthorized, payer(p), p.GrossMinor)
	case event.PaymentRefunded:
		moved = between(ledgerentry.AccountHeld, payer(p), aside(p))
	case event.PaymentPaidOut:
		moved = between(ledgerentry.AccountTalent, ledgerentry.AccountPaidOut, p.TalentMinor)
	case event.PaymentFailed:
		if p.Status == paymentrecord.StatusPaidOut {
			moved = between(ledgerentry.AccountPaidOut, ledgerentry.AccountTalent, p.TalentMinor)
		}
	case event.PaymentReleased:
		moved = []movement{
			{ledgerentry.AccountHeld, -aside(p)},
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
