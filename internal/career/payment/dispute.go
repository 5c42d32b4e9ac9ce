package payment

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
)

// Secure keeps a subject's money where it is until both sides settle, unless it
// is frozen already.
func Secure(ctx context.Context, tx *store.Tx, subject gid.ID) error {
	p, err := Standing(ctx, tx, subject)
	if err != nil || p.Status == paymentrecord.StatusFrozen {
		return err
	}
	_, err = Freeze(ctx, tx, subject)
	return err
}

// Keep leaves so much of frozen money set aside for the talent's side, and gives
// the rest back.
func Keep(ctx context.Context, tx *store.Tx, subject gid.ID, minor int64) error {
	p, err := Standing(ctx, tx, subject)
	if err != nil {
		return err
	}
	if minor == aside(p) {
		return move(ctx, tx, p, event.PaymentUnfrozen, func(*ent.PaymentRecordUpdate) {})
	}
	return giveBack(ctx, tx, p, aside(p)-minor)
}

// PayUpTo is Settle with what was earned: no more is paid than is set aside.
func PayUpTo(ctx context.Context, tx *store.Tx, subject gid.ID, minor int64) (gid.ID, error) {
	p, err := Standing(ctx, tx, subject)
	if err != nil {
		return gid.None, err
	}
	return p.ID, Settle(ctx, tx, subject, min(minor, aside(p)))
}

// Settle pays so much of what is set aside to the talent and the platform, and
// gives the rest back.
func Settle(ctx context.Context, tx *store.Tx, subject gid.ID, minor int64) error {
	p, err := Standing(ctx, tx, subject)
	if err != nil {
		return err
	}
	if minor == 0 {
		_, err := Refund(ctx, tx, subject)
		return err
	}
	if minor < aside(p) {
		if err := giveBack(ctx, tx, p, aside(p)-minor); err != nil {
			return err
		}
	}
	_, err = Release(ctx, tx, subject)
	return err
}

// giveBack gives a part of what is set aside back. What remains is shared anew, with
// the remainder for the talent.
func giveBack(ctx context.Context, tx *store.Tx, p *ent.PaymentRecord, minor int64) error {
	rest := money.Money{Minor: aside(p) - minor, Currency: money.Currency(p.Currency)}
	platform, talent := rest.Share(p.PlatformBasisPoints)
	err := move(ctx, tx, p, event.PaymentPartlyRefunded, func(u *ent.PaymentRecordUpdate) {
		u.SetRefundedMinor(p.RefundedMinor + minor).SetTalentMinor(talent.Minor).SetPlatformMinor(platform.Minor)
	})
	if err != nil {
		return err
	}
	if err := book(ctx, tx, p, between(ledgerentry.AccountHeld, payer(p), minor)); err != nil {
		return err
	}
	if err := milestone.Cut(ctx, tx, p.SubjectID, rest.Minor); err != nil {
		return err
	}
	return sendBack(ctx, tx, p, minor)
}
