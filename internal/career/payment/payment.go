// Package payment keeps the ledger: how much an employer promised for a piece
// of work, what was set aside, and what the talent and the platform were paid.
// It does not ask what the money is for. That is for whoever tells it to move.
package payment

import (
	"context"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
)

// PlatformBasisPoints is the platform's share unless somebody agreed on another:
// ten per cent.
const PlatformBasisPoints = 1000

// Charge is a promise to pay: who pays whom how much, and for what.
type Charge struct {
	// SubjectID names what the money is for. One subject is paid for once.
	SubjectID  gid.ID
	EmployerID gid.ID
	TalentID   gid.ID
	Fee        money.Money
	// PlatformBasisPoints is the platform's share in hundredths of a per cent.
	PlatformBasisPoints int64
}

// Authorize notes the promise and returns its payment record.
func Authorize(ctx context.Context, tx *store.Tx, c Charge) (gid.ID, error) {
	if c.PlatformBasisPoints < 0 || c.PlatformBasisPoints > 10_000 {
		return gid.None, fmt.Errorf("payment: a share of %d basis points", c.PlatformBasisPoints)
	}
	platform, talent := c.Fee.Share(c.PlatformBasisPoints)
	p, err := tx.PaymentRecord.Create().SetWorldID(tx.World()).SetOwnerOrgID(c.EmployerID).
		SetEmployerOrgID(c.EmployerID).SetTalentID(c.TalentID).SetSubjectID(c.SubjectID).
		SetStatus(paymentrecord.StatusAuthorized).SetCurrency(string(c.Fee.Currency)).
		SetGrossMinor(c.Fee.Minor).SetTalentMinor(talent.Minor).SetPlatformMinor(platform.Minor).
		SetPlatformBasisPoints(c.PlatformBasisPoints).SetAuthorizedAt(tx.Now).Save(ctx)
	if err != nil {
		return gid.None, err
	}
	return p.ID, settle(ctx, tx, p, event.PaymentAuthorized)
}

// Hold sets promised money aside.
func Hold(ctx context.Context, tx *store.Tx, subject gid.ID) error {
	_, err := step(ctx, tx, subject, event.PaymentHeld, func(u *ent.PaymentRecordUpdate) { u.SetHeldAt(tx.Now) })
	return err
}

// Release pays held money to the talent and the platform.
func Release(ctx context.Context, tx *store.Tx, subject gid.ID) (gid.ID, error) {
	return step(ctx, tx, subject, event.PaymentReleased, func(u *ent.PaymentRecordUpdate) { u.SetReleasedAt(tx.Now) })
}

// Void ends a promise before any money was set aside.
func Void(ctx context.Context, tx *store.Tx, subject gid.ID) error {
	_, err := step(ctx, tx, subject, event.PaymentVoided, func(u *ent.PaymentRecordUpdate) { u.SetEndedAt(tx.Now) })
	return err
}

// Refund gives held money back to the employer.
func Refund(ctx context.Context, tx *store.Tx, subject gid.ID) (gid.ID, error) {
	return step(ctx, tx, subject, event.PaymentRefunded, func(u *ent.PaymentRecordUpdate) { u.SetEndedAt(tx.Now) })
}

// Freeze keeps held money where it is until both sides settle.
func Freeze(ctx context.Context, tx *store.Tx, subject gid.ID) (gid.ID, error) {
	return step(ctx, tx, subject, event.PaymentFrozen, func(*ent.PaymentRecordUpdate) {})
}

// Standing is where the subject's money stands. It stays so until the change
// ends.
func Standing(ctx context.Context, tx *store.Tx, subject gid.ID) (*ent.PaymentRecord, error) {
	p, err := tx.PaymentRecord.Query().Where(paymentrecord.SubjectID(subject), store.Locked).Only(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the payment for %s: %w", subject, err)
	}
	return p, nil
}

// step moves a subject's money where the kind of event says.
func step(
	ctx context.Context, tx *store.Tx, subject gid.ID, kind event.Kind, set func(*ent.PaymentRecordUpdate),
) (gid.ID, error) {
	p, err := Standing(ctx, tx, subject)
	if err != nil {
		return gid.None, err
	}
	if err := canMove(p.Status, kind); err != nil {
		return gid.None, err
	}
	update := tx.PaymentRecord.Update().Where(paymentrecord.ID(p.ID), paymentrecord.Revision(p.Revision)).
		SetStatus(States.Verb(string(kind)).To)
	set(update)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return gid.None, err
	}
	return p.ID, settle(ctx, tx, p, kind)
}

// settle writes both sides of what moved, and the event.
func settle(ctx context.Context, tx *store.Tx, p *ent.PaymentRecord, kind event.Kind) error {
	var entries []*ent.LedgerEntryCreate
	for _, m := range movements(kind, p) {
		entries = append(entries, tx.LedgerEntry.Create().SetWorldID(p.WorldID).SetPaymentRecordID(p.ID).
			SetEmployerOrgID(p.EmployerOrgID).SetTalentID(p.TalentID).SetChangeID(tx.Change).
			SetAccount(m.account).SetAmountMinor(m.minor).SetCurrency(p.Currency).SetOccurredAt(tx.Now))
	}
	if len(entries) > 0 {
		if err := tx.LedgerEntry.CreateBulk(entries...).Exec(ctx); err != nil {
			return err
		}
	}
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: p.ID, IDs: map[string]gid.ID{"for": p.SubjectID},
		Parties: []gid.ID{p.EmployerOrgID, p.TalentID},
	})
}
