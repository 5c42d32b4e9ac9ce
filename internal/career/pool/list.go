package pool

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpool"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpoolentry"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

var keys = map[FundingPoolOrderField]page.Key[*ent.FundingPool]{
	FundingPoolsByCreatedAt: {Column: fundingpool.FieldCreatedAt, Value: func(p *ent.FundingPool) any { return p.CreatedAt }},
	FundingPoolsByUpdatedAt: {Column: fundingpool.FieldUpdatedAt, Value: func(p *ent.FundingPool) any { return p.UpdatedAt }},
}

// An entry is written once, and that is when it last changed.
var entryKeys = map[FundingPoolEntryOrderField]page.Key[*ent.FundingPoolEntry]{
	FundingPoolEntriesByOccurredAt: {Column: fundingpoolentry.FieldOccurredAt, Value: func(e *ent.FundingPoolEntry) any { return e.OccurredAt }},
	FundingPoolEntriesByUpdatedAt:  {Column: fundingpoolentry.FieldOccurredAt, Value: func(e *ent.FundingPoolEntry) any { return e.OccurredAt }},
}

// List is a page of the pools that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *FundingPoolFilter, order *FundingPoolOrder,
) (*FundingPoolConnection, error) {
	q := db.Read.FundingPool.Query()
	if filter != nil {
		if filter.Status != nil {
			q.Where(fundingpool.StatusIn(filter.Status...))
		}
		q.Where(page.During(fundingpool.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &FundingPoolOrder{Field: FundingPoolsByCreatedAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.FundingPool]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(p *ent.FundingPool) gid.ID { return p.ID },
	}, args)
}

// StatementUnder is a page of each pool's statement, for those who see it.
func StatementUnder(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args,
	filter *FundingPoolEntryFilter, order *FundingPoolEntryOrder, pools []gid.ID,
) ([]*FundingPoolEntryConnection, error) {
	if order == nil {
		order = &FundingPoolEntryOrder{Field: FundingPoolEntriesByOccurredAt, Direction: page.Descending}
	}
	only := filter.On(fundingpoolentry.FieldOccurredAt)
	return page.Under(ctx, seal, db.Read.FundingPoolEntry.Query().Where(only), page.List[*ent.FundingPoolEntry]{
		Key: entryKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(e *ent.FundingPoolEntry) gid.ID { return e.ID },
	}, args, page.Parent[*ent.FundingPoolEntry]{
		Table: fundingpoolentry.Table, Kind: ent.TypeFundingPoolEntry, Column: fundingpoolentry.FieldFundingPoolID,
		Of: func(e *ent.FundingPoolEntry) gid.ID { return e.FundingPoolID }, Only: only,
	}, pools)
}

// Own is an amount of a pool for those who run it, and nil for the employers that
// it admits: they learn its balance alone. The coordinate is the amount's.
func Own(v viewer.Viewer, coordinate string, p *ent.FundingPool, minor int64) *money.Money {
	if !access.May(coordinate, v.Org == p.OwnerOrgID || v.Kind == viewer.Operator) {
		return nil
	}
	return &money.Money{Minor: minor, Currency: money.Currency(p.Currency)}
}

// FundingPoolAbilities is what the viewer may do with one of them now.
type FundingPoolAbilities struct {
	Close            *fault.Ability
	Admit            *fault.Ability
	Dismiss          *fault.Ability
	RecordDeposit    *fault.Ability
	RecordWithdrawal *fault.Ability
}

// Abilities says what the viewer may do with a pool now.
func Abilities(v viewer.Viewer, p *ent.FundingPool) *FundingPoolAbilities {
	may := func(verb string) *fault.Ability { return fault.AbilityOf(can(v, p, verb, p.Revision)) }
	return &FundingPoolAbilities{
		Close: may(closeFundingPool), Admit: may(admitToFundingPool), Dismiss: may(dismissFromFundingPool),
		RecordDeposit: may(recordPoolDeposit), RecordWithdrawal: may(recordPoolWithdrawal),
	}
}
