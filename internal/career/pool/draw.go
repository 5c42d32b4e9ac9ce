package pool

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpool"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpooladmission"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpoolentry"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Draw is an offer that a pool pays for.
type Draw struct {
	PoolID         gid.ID
	OfferID        gid.ID
	MicroProjectID gid.ID
	EmployerID     gid.ID
	TalentID       gid.ID
	Fee            money.Money
}

// Reserve keeps an offer's fee in the pool for it. Of many offers at once no more
// are made than it can pay.
func Reserve(ctx context.Context, tx *store.Tx, d Draw) error {
	p, err := standing(ctx, tx, d.PoolID)
	if err != nil {
		return err
	}
	asks, err := asksOf(ctx, tx.System("whether a pool pays for an offer"), []*ent.FundingPool{p}, []Draw{d})
	if err != nil {
		return err
	}
	if err := CanPay(p, asks[0]); err != nil {
		return err
	}
	return draw(ctx, tx, p, d, fundingpoolentry.KindReserved, d.Fee.Minor, p.ReservedMinor+d.Fee.Minor, p.SpentMinor)
}

// ReserveMore keeps in the pool what an amendment adds to an offer's fee. Who is
// refused learns of the pool what toldOf says.
func ReserveMore(ctx context.Context, tx *store.Tx, d Draw) error {
	return toldOf(viewer.From(ctx), d, Reserve(ctx, tx, d))
}

// Return gives the pool back what an offer does not need.
func Return(ctx context.Context, tx *store.Tx, d Draw, minor int64) error {
	p, err := standing(ctx, tx, d.PoolID)
	if err != nil {
		return err
	}
	return draw(ctx, tx, p, d, fundingpoolentry.KindReturned, minor, p.ReservedMinor-minor, p.SpentMinor)
}

// Spend pays out what was kept for an offer.
func Spend(ctx context.Context, tx *store.Tx, d Draw, minor int64) error {
	p, err := standing(ctx, tx, d.PoolID)
	if err != nil {
		return err
	}
	return draw(ctx, tx, p, d, fundingpoolentry.KindSpent, minor, p.ReservedMinor-minor, p.SpentMinor+minor)
}

// standing is the pool as it stands until the change ends, whoever asks.
// Locked: many offers draw on one pool at once.
func standing(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.FundingPool, error) {
	return unseen(tx).FundingPool.Query().Where(fundingpool.ID(id), store.Locked).Only(ctx)
}

// unseen reads and changes a pool whoever acts.
func unseen(tx *store.Tx) *ent.Client {
	return tx.System("an offer's pool, which its talent and a dismissed employer do not see")
}

func draw(
	ctx context.Context, tx *store.Tx, p *ent.FundingPool, d Draw, kind fundingpoolentry.Kind, minor, reserved, spent int64,
) error {
	if minor == 0 {
		return nil
	}
	update := unseen(tx).FundingPool.Update().Where(fundingpool.ID(p.ID), fundingpool.Revision(p.Revision)).
		SetReservedMinor(reserved).SetSpentMinor(spent)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return entry(tx, p, kind, minor).SetOfferID(d.OfferID).SetMicroProjectID(d.MicroProjectID).Exec(ctx)
}

// Named is the pool that a project names, and whether it admits the employer;
// nil when the viewer sees none.
func Named(ctx context.Context, client *ent.Client, id, employer gid.ID) (*ent.FundingPool, bool, error) {
	p, err := client.FundingPool.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	isAdmitted, err := client.FundingPoolAdmission.Query().Where(fundingpooladmission.FundingPoolID(id),
		fundingpooladmission.EmployerOrgID(employer), fundingpooladmission.DismissedAtIsNil()).Exist(ctx)
	return p, isAdmitted, err
}

// WouldPay says of each draw what keeps its pool from paying, or nil. A pool that
// the viewer does not see admits them no more.
func WouldPay(ctx context.Context, client *ent.Client, draws []Draw) ([]error, error) {
	ids := make([]gid.ID, len(draws))
	for i, d := range draws {
		ids[i] = d.PoolID
	}
	rows, err := client.FundingPool.Query().Where(fundingpool.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	byID := make(map[gid.ID]*ent.FundingPool, len(rows))
	for _, p := range rows {
		byID[p.ID] = p
	}
	pools := make([]*ent.FundingPool, len(draws))
	for i, id := range ids {
		pools[i] = byID[id]
	}
	asks, err := asksOf(ctx, client, pools, draws)
	if err != nil {
		return nil, err
	}
	refused := make([]error, len(draws))
	for i := range draws {
		refused[i] = CanPay(pools[i], asks[i])
	}
	return refused, nil
}

// WouldPayMore says of each draw what keeps its pool from paying so much more, as
// ReserveMore would tell the viewer, or nil.
func WouldPayMore(ctx context.Context, db *store.DB, draws []Draw) ([]error, error) {
	v := viewer.From(ctx)
	unseen := viewer.With(ctx, viewer.System("whether a pool pays more, for a talent who does not see it").In(v.World))
	refused, err := WouldPay(unseen, db.Read, draws)
	for i, refusal := range refused {
		refused[i] = toldOf(v, draws[i], refusal)
	}
	return refused, err
}

// asksOf reads what the rule needs to know of each draw.
func asksOf(ctx context.Context, client *ent.Client, pools []*ent.FundingPool, draws []Draw) ([]Ask, error) {
	type pair struct{ one, other gid.ID }
	admitted, own := map[pair]bool{}, map[pair]bool{}
	ids, talents := []gid.ID{}, []gid.ID{}
	for _, d := range draws {
		ids, talents = append(ids, d.PoolID), append(talents, d.TalentID)
	}
	admissions, err := client.FundingPoolAdmission.Query().
		Where(fundingpooladmission.FundingPoolIDIn(ids...), fundingpooladmission.DismissedAtIsNil()).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range admissions {
		admitted[pair{a.FundingPoolID, a.EmployerOrgID}] = true
	}
	affiliations, err := client.Affiliation.Query().
		Where(affiliation.TalentIDIn(talents...), affiliation.StatusEQ(affiliation.StatusConfirmed)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range affiliations {
		own[pair{a.InstitutionID, a.TalentID}] = true
	}
	asks := make([]Ask, len(draws))
	for i, d := range draws {
		p := pools[i]
		asks[i] = Ask{
			IsAdmitted: admitted[pair{d.PoolID, d.EmployerID}], Fee: d.Fee,
			IsOwn: p != nil && (p.InstitutionID.IsNone() || own[pair{p.InstitutionID, d.TalentID}]),
		}
	}
	return asks, nil
}
