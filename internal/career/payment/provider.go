package payment

import (
	"context"

	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
)

// Provider moves real money. Rung asks it after the change that decided to, and
// may ask again: what carries the same key is done once.
type Provider interface {
	// Payout sends a talent's pay on its way.
	Payout(ctx context.Context, p Payout) (Outcome, error)
	// Refund gives money back to an employer.
	Refund(ctx context.Context, r Repayment) error
}

// Payout is one try to send a talent their pay.
type Payout struct {
	Key      string
	RecordID gid.ID
	TalentID gid.ID
	// Attempt is what the provider names in all that it tells of this try.
	Attempt int
	Amount  money.Money
}

// Repayment is how much of a fee has gone back to the employer in all.
type Repayment struct {
	Key        string
	RecordID   gid.ID
	EmployerID gid.ID
	Total      money.Money
}

// Outcome is what a provider says at once.
type Outcome string

// The outcomes. What is under way is told of later, by callback.
const (
	Settled  Outcome = "SETTLED"
	UnderWay Outcome = "UNDER_WAY"
	Refused  Outcome = "REFUSED"
)

// LedgerOnly moves no money but that in the ledger: what is paid has arrived.
type LedgerOnly struct{}

// Payout of LedgerOnly arrives at once.
func (LedgerOnly) Payout(context.Context, Payout) (Outcome, error) { return Settled, nil }

// Refund of LedgerOnly has nothing left to do.
func (LedgerOnly) Refund(context.Context, Repayment) error { return nil }
