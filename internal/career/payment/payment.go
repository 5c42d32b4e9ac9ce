// Package payment keeps the ledger: how much an employer promised for a piece
// of work, what was set aside, and what the talent and the platform were paid.
// It does not ask what the money is for. That is for whoever tells it to move.
package payment

import (
	"context"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpoolentry"
	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/career/pool"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
)

// Charge is a promise to pay: who pays whom how much, and for what.
type Charge struct {
	// SubjectID names what the money is for. One subject is paid for once.
	SubjectID  gid.ID
	EmployerID gid.ID
	TalentID   gid.ID
	// PoolID is the funding pool that pays in the employer's place, or none, and
	// MicroProjectID what it is told that it pays for.
	PoolID         gid.ID
	MicroProjectID gid.ID
	Fee            money.Money
	// PlatformBasisPoints is the platform's share in hundredths of a per cent.
	PlatformBasisPoints int64
}

// Authorize notes the promise and returns its payment record.
func Authorize(ctx context.Context, tx *store.Tx, c Charge) (gid.ID, error) {
	if c.PlatformBasisPoints < 0 || c.PlatformBasisPoints > 10_000 {
		return gid.None, fmt.Errorf("payment: a share of %d basis points", c.PlatformBasisPoints)
	}
	platform, talent := c.Fee.Share(c.PlatformBasisPoints)
	create := tx.PaymentRecord.Create().SetWorldID(tx.World()).SetOwnerOrgID(c.EmployerID).
		SetEmployerOrgID(c.EmployerID).SetTalentID(c.TalentID).SetSubjectID(c.SubjectID).
		SetStatus(paymentrecord.StatusAuthorized).SetCurrency(string(c.Fee.Currency)).
		SetGrossMinor(c.Fee.Minor).SetTalentMinor(talent.Minor).SetPlatformMinor(platform.Minor).
		SetPlatformBasisPoints(c.PlatformBasisPoints).SetAuthorizedAt(tx.Now)
	if !c.PoolID.IsNone() {
		create.SetFundingPoolID(c.PoolID)
	}
	p, err := create.Save(ctx)
	if err != nil {
		return gid.None, err
	}
	if !c.PoolID.IsNone() {
		err := pool.Reserve(ctx, tx, pool.Draw{
			PoolID: c.PoolID, OfferID: c.SubjectID, MicroProjectID: c.MicroProjectID, EmployerID: c.EmployerID, TalentID: c.TalentID, Fee: c.Fee,
		})
		if err != nil {
			return gid.None, err
		}
	}
	return p.ID, settle(ctx, tx, p, event.PaymentAuthorized)
}

// Hold sets promised money aside.
func Hold(ctx context.Context, tx *store.Tx, subject gid.ID) error {
	_, err := step(ctx, tx, subject, event.PaymentHeld, func(u *ent.PaymentRecordUpdate) { u.SetHeldAt(tx.Now) })
	if err != nil {
		return err
	}
	return milestone.Fund(ctx, tx, subject)
}

// Release pays what is set aside to the talent and the platform. The talent's pay
// is sent after the change.
func Release(ctx context.Context, tx *store.Tx, subject gid.ID) (gid.ID, error) {
	id, err := step(ctx, tx, subject, event.PaymentReleased, func(u *ent.PaymentRecordUpdate) {
		u.SetReleasedAt(tx.Now).AddPayoutAttempt(1)
	})
	if err != nil {
		return gid.None, err
	}
	if err := milestone.FallAllDue(ctx, tx, subject, id); err != nil {
		return gid.None, err
	}
	return id, job.Enqueue(ctx, tx, PayOut, id)
}

// Void ends a promise before any money was set aside.
func Void(ctx context.Context, tx *store.Tx, subject gid.ID) error {
	_, err := step(ctx, tx, subject, event.PaymentVoided, func(u *ent.PaymentRecordUpdate) { u.SetEndedAt(tx.Now) })
	if err != nil {
		return err
	}
	return milestone.LetGo(ctx, tx, subject)
}

// Refund gives all that is still set aside back to the employer.
func Refund(ctx context.Context, tx *store.Tx, subject gid.ID) (gid.ID, error) {
	p, err := Standing(ctx, tx, subject)
	if err != nil {
		return gid.None, err
	}
	if err := move(ctx, tx, p, event.PaymentRefunded, func(u *ent.PaymentRecordUpdate) {
		u.SetRefundedMinor(p.RefundedMinor + aside(p)).SetTalentMinor(0).SetPlatformMinor(0).SetEndedAt(tx.Now)
	}); err != nil {
		return gid.None, err
	}
	if err := milestone.Cut(ctx, tx, subject, 0); err != nil {
		return gid.None, err
	}
	return p.ID, sendBack(ctx, tx, p, aside(p))
}

// sendBack has what went back sent to the employer. What a pool paid stays with
// the platform, for the pool.
func sendBack(ctx context.Context, tx *store.Tx, p *ent.PaymentRecord, minor int64) error {
	if !p.FundingPoolID.IsNone() {
		return giveToPool(ctx, tx, p, minor)
	}
	return job.Enqueue(ctx, tx, SendBack, p.ID)
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
	return p.ID, move(ctx, tx, p, kind, set)
}

// move moves the money of a locked record.
func move(
	ctx context.Context, tx *store.Tx, p *ent.PaymentRecord, kind event.Kind, set func(*ent.PaymentRecordUpdate),
) error {
	if err := canMove(p.Status, kind); err != nil {
		return err
	}
	update := tx.PaymentRecord.Update().Where(paymentrecord.ID(p.ID), paymentrecord.Revision(p.Revision))
	if to := States.Verb(string(kind)).To; to != "" {
		update.SetStatus(to)
	}
	set(update)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return settle(ctx, tx, p, kind)
}

// settle writes both sides of what moved, and the event.
func settle(ctx context.Context, tx *store.Tx, p *ent.PaymentRecord, kind event.Kind) error {
	if err := book(ctx, tx, p, movements(kind, p)); err != nil {
		return err
	}
	if err := drawn(ctx, tx, p, kind); err != nil {
		return err
	}
	return record(ctx, tx, p, kind)
}

// drawn tells a funding pool what becomes of the money that it keeps for an offer,
// but for what goes back: that follows with sendBack.
func drawn(ctx context.Context, tx *store.Tx, p *ent.PaymentRecord, kind event.Kind) error {
	if p.FundingPoolID.IsNone() {
		return nil
	}
	switch kind {
	case event.PaymentVoided:
		return giveToPool(ctx, tx, p, aside(p))
	case event.PaymentReleased:
		d, err := drawOf(ctx, tx, p)
		if err != nil {
			return err
		}
		return pool.Spend(ctx, tx, d, aside(p))
	}
	return nil
}

func giveToPool(ctx context.Context, tx *store.Tx, p *ent.PaymentRecord, minor int64) error {
	d, err := drawOf(ctx, tx, p)
	if err != nil {
		return err
	}
	return pool.Return(ctx, tx, d, minor)
}

// drawOf is what the pool was told when the money was first promised.
func drawOf(ctx context.Context, tx *store.Tx, p *ent.PaymentRecord) (pool.Draw, error) {
	offer, err := offerOf(ctx, tx, p)
	if err != nil {
		return pool.Draw{}, err
	}
	was, err := tx.System("the statement of a pool whose offer has moved").FundingPoolEntry.Query().
		Where(fundingpoolentry.OfferID(offer), fundingpoolentry.KindEQ(fundingpoolentry.KindReserved)).
		Order(ent.Asc(fundingpoolentry.FieldOccurredAt, fundingpoolentry.FieldID)).First(ctx)
	if err != nil {
		return pool.Draw{}, fmt.Errorf("read what a pool keeps for %s: %w", offer, err)
	}
	return pool.Draw{
		PoolID: p.FundingPoolID, OfferID: offer, MicroProjectID: was.MicroProjectID, EmployerID: p.EmployerOrgID, TalentID: p.TalentID,
	}, nil
}

// payer is the account that a fee comes from and goes back to.
func payer(p *ent.PaymentRecord) ledgerentry.Account {
	if p.FundingPoolID.IsNone() {
		return ledgerentry.AccountEmployer
	}
	return ledgerentry.AccountPool
}

// book writes movements into the ledger, after those of the record that are there.
func book(ctx context.Context, tx *store.Tx, p *ent.PaymentRecord, moved []movement) error {
	before, err := tx.LedgerEntry.Query().Where(ledgerentry.PaymentRecordID(p.ID)).Count(ctx)
	if err != nil {
		return err
	}
	var entries []*ent.LedgerEntryCreate
	for i, m := range moved {
		entries = append(entries, tx.LedgerEntry.Create().SetWorldID(p.WorldID).SetPaymentRecordID(p.ID).
			SetEmployerOrgID(p.EmployerOrgID).SetTalentID(p.TalentID).SetChangeID(tx.Change).
			SetAccount(m.account).SetAmountMinor(m.minor).SetCurrency(p.Currency).SetOccurredAt(tx.Now).SetPosition(before+i))
	}
	if len(entries) == 0 {
		return nil
	}
	return tx.LedgerEntry.CreateBulk(entries...).Exec(ctx)
}

// record tells both sides, and the platform of what it may have to see to.
func record(ctx context.Context, tx *store.Tx, p *ent.PaymentRecord, kind event.Kind) error {
	parties := []gid.ID{p.EmployerOrgID, p.TalentID}
	if kind == event.PaymentFailed || kind == event.PaymentRetried {
		parties = append(parties, p.WorldID)
	}
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: p.ID, IDs: map[string]gid.ID{"for": p.SubjectID}, Parties: parties,
	})
}
