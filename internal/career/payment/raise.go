package payment

import (
	"context"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/career/pool"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
)

// Raise adds to a fee that is set aside: what is added is promised and set aside
// at once, by whoever pays the fee.
func Raise(ctx context.Context, tx *store.Tx, subject gid.ID, added money.Money) error {
	p, err := Standing(ctx, tx, subject)
	if err != nil {
		return err
	}
	if added.Minor <= 0 || added.Currency != money.Currency(p.Currency) {
		return fmt.Errorf("payment: %s is raised by %s", p.ID, added)
	}
	talent, platform := raised(p, added.Minor)
	err = move(ctx, tx, p, event.PaymentRaised, func(u *ent.PaymentRecordUpdate) {
		u.SetGrossMinor(p.GrossMinor + added.Minor).SetTalentMinor(talent).SetPlatformMinor(platform)
	})
	if err != nil {
		return err
	}
	if err := book(ctx, tx, p, between(payer(p), ledgerentry.AccountHeld, added.Minor)); err != nil {
		return err
	}
	if p.FundingPoolID.IsNone() {
		return nil
	}
	d, err := drawOf(ctx, tx, p)
	if err != nil {
		return err
	}
	d.Fee = added
	return pool.ReserveMore(ctx, tx, d)
}

// CanRaise reports whether a fee is set aside, so that something can be added to it.
func CanRaise(p *ent.PaymentRecord) bool {
	return p != nil && canMove(p.Status, event.PaymentRaised) == nil
}

// WouldRaise says of each record what keeps its funding pool from adding so much to
// the fee, or nil. An employer that pays itself can always add.
func WouldRaise(ctx context.Context, db *store.DB, records []*ent.PaymentRecord, added []money.Money) ([]error, error) {
	var draws []pool.Draw
	var of []int
	for i, p := range records {
		if p != nil && !p.FundingPoolID.IsNone() {
			of = append(of, i)
			draws = append(draws, pool.Draw{PoolID: p.FundingPoolID, EmployerID: p.EmployerOrgID, TalentID: p.TalentID, Fee: added[i]})
		}
	}
	refused := make([]error, len(records))
	if len(draws) == 0 {
		return refused, nil
	}
	told, err := pool.WouldPayMore(ctx, db, draws)
	for i, refusal := range told {
		refused[of[i]] = refusal
	}
	return refused, err
}

// EmployerCost is what the employer pays by a record: what was neither let go nor
// given back, nor paid in instalments, which cost by records of their own; or
// nothing when a funding pool pays.
func EmployerCost(p *ent.PaymentRecord) *money.Money {
	return cost(p, aside(p))
}

// WholeCost is what the employer pays by the record of an offer and those of its
// instalments together.
func WholeCost(p *ent.PaymentRecord) *money.Money {
	return cost(p, p.GrossMinor-p.RefundedMinor)
}

func cost(p *ent.PaymentRecord, minor int64) *money.Money {
	if p.Status == paymentrecord.StatusVoided {
		minor = 0
	}
	return pool.EmployerCost(money.Money{Minor: minor, Currency: money.Currency(p.Currency)}, p.FundingPoolID)
}
