package payment

import (
	"context"
	"fmt"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/paymentcallback"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// What follows from money that was released or refunded.
const (
	PayOut   job.Kind = "payOut"
	SendBack job.Kind = "sendBack"
)

// refusal is what is kept of a payout that the provider refused at once.
const refusal = "The provider refused it."

// PayingOut sends talents their pay through a provider.
func PayingOut(provider Provider) job.Handler {
	return func(ctx context.Context, db *store.DB, w job.Work) error {
		p, err := db.Read.PaymentRecord.Get(ctx, w.Subject)
		if err != nil || p.Status != paymentrecord.StatusReleasing {
			return err
		}
		outcome, err := in(w, provider).Payout(ctx, Payout{
			Key: fmt.Sprintf("%s:%d", p.ID, p.PayoutAttempt), RecordID: p.ID, TalentID: p.TalentID, Attempt: p.PayoutAttempt,
			Amount: money.Money{Minor: p.TalentMinor, Currency: money.Currency(p.Currency)},
		})
		if err != nil || outcome == UnderWay {
			return err
		}
		_, err = store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
			now, err := lock(ctx, tx, p.ID)
			if err != nil || now.Status != paymentrecord.StatusReleasing || now.PayoutAttempt != p.PayoutAttempt {
				return gid.None, err
			}
			if outcome == Refused {
				return p.ID, fail(ctx, tx, now, refusal, tx.Now)
			}
			return p.ID, arrive(ctx, tx, now, tx.Now)
		})
		return err
	}
}

// SendingBack gives employers their money back through a provider.
func SendingBack(provider Provider) job.Handler {
	return func(ctx context.Context, db *store.DB, w job.Work) error {
		p, err := db.Read.PaymentRecord.Get(ctx, w.Subject)
		if err != nil {
			return err
		}
		return in(w, provider).Refund(ctx, Repayment{
			Key: fmt.Sprintf("%s:refund:%d", p.ID, p.RefundedMinor), RecordID: p.ID, EmployerID: p.EmployerOrgID,
			Total: money.Money{Minor: p.RefundedMinor, Currency: money.Currency(p.Currency)},
		})
	}
}

// in is the provider of a piece of work. A sandbox's money is not real.
func in(w job.Work, provider Provider) Provider {
	if w.World != gid.LiveWorld {
		return LedgerOnly{}
	}
	return provider
}

// RetryPaymentInput is which record, as the viewer read it.
type RetryPaymentInput struct {
	PaymentRecordID  gid.ID
	ExpectedRevision int
}

// RetryPayment sends pay once more that did not arrive.
func RetryPayment(ctx context.Context, db *store.DB, in RetryPaymentInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := lock(ctx, tx, in.PaymentRecordID)
		if err != nil {
			return gid.None, err
		}
		if err := canRetry(viewer.From(ctx), p, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		update := tx.PaymentRecord.Update().Where(paymentrecord.ID(p.ID), paymentrecord.Revision(p.Revision)).
			SetStatus(States.Verb(retryPayment).To).AddPayoutAttempt(1).ClearFailure().ClearProviderToldAt()
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		if err := record(ctx, tx, p, event.PaymentRetried); err != nil {
			return gid.None, err
		}
		return p.ID, job.Enqueue(ctx, tx, PayOut, p.ID)
	})
}

// Told is one thing that a provider says of a payout.
type Told struct {
	EventID    string // the provider's own, the same each time it says this
	RecordID   gid.ID
	Attempt    int
	State      paymentcallback.State
	Failure    string
	OccurredAt time.Time
}

// Tell notes what a provider says, once, and follows it when it is about the
// money as it is sent now and newer than what the provider said before.
func Tell(ctx context.Context, db *store.DB, t Told) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := lock(ctx, tx, t.RecordID)
		if err != nil {
			return gid.None, err
		}
		if p.WorldID != tx.World() || t.Attempt < 1 || t.Attempt > p.PayoutAttempt {
			return gid.None, missing()
		}
		known, err := tx.PaymentCallback.Query().Where(paymentcallback.ProviderEventID(t.EventID)).Exist(ctx)
		if err != nil || known {
			return p.ID, err
		}
		err = tx.PaymentCallback.Create().SetWorldID(p.WorldID).SetPaymentRecordID(p.ID).SetProviderEventID(t.EventID).
			SetState(t.State).SetAttempt(t.Attempt).SetOccurredAt(t.OccurredAt).SetReceivedAt(tx.Now).Exec(ctx)
		if err != nil || !isNewer(p, t) {
			return p.ID, err
		}
		return p.ID, follow(ctx, tx, p, t)
	})
}

// follow moves the money where the provider says it is.
func follow(ctx context.Context, tx *store.Tx, p *ent.PaymentRecord, t Told) error {
	switch {
	case t.State == paymentcallback.StatePaidOut && p.Status != paymentrecord.StatusPaidOut:
		return arrive(ctx, tx, p, t.OccurredAt)
	case t.State == paymentcallback.StateFailed && p.Status != paymentrecord.StatusFailed:
		return fail(ctx, tx, p, t.Failure, t.OccurredAt)
	}
	// It says again what is known, of a later moment.
	return store.Moved(tx.PaymentRecord.Update().Where(paymentrecord.ID(p.ID), paymentrecord.Revision(p.Revision)).
		SetProviderToldAt(t.OccurredAt).Save(ctx))
}

func arrive(ctx context.Context, tx *store.Tx, p *ent.PaymentRecord, at time.Time) error {
	err := move(ctx, tx, p, event.PaymentPaidOut, func(u *ent.PaymentRecordUpdate) {
		u.SetPaidOutAt(tx.Now).SetProviderToldAt(at).ClearFailure()
	})
	if err != nil {
		return err
	}
	return milestone.Arrive(ctx, tx, p.ID)
}

func fail(ctx context.Context, tx *store.Tx, p *ent.PaymentRecord, why string, at time.Time) error {
	return move(ctx, tx, p, event.PaymentFailed, func(u *ent.PaymentRecordUpdate) {
		u.SetFailedAt(tx.Now).SetFailure(why).SetProviderToldAt(at).ClearPaidOutAt()
	})
}

// lock reads a record that the viewer may see.
// Locked: callbacks, retries and payouts of one record come at once.
func lock(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.PaymentRecord, error) {
	p, err := tx.PaymentRecord.Query().Where(paymentrecord.ID(id), store.Locked).Only(ctx)
	return p, store.Found(err, missing())
}

func missing() error { return fault.NotFound("paymentRecordId", "There is no such payment record.") }

// PaymentRecordAbilities is what the viewer may do with one of them now.
type PaymentRecordAbilities struct {
	Retry *fault.Ability
}

// Abilities says what the viewer may do with each record now.
func Abilities(ctx context.Context, _ *store.DB, records []*ent.PaymentRecord) ([]*PaymentRecordAbilities, error) {
	v := viewer.From(ctx)
	all := make([]*PaymentRecordAbilities, len(records))
	for i, p := range records {
		if p != nil {
			all[i] = &PaymentRecordAbilities{Retry: fault.AbilityOf(canRetry(v, p, p.Revision))}
		}
	}
	return all, nil
}
