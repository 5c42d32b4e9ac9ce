package credential

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/portfolioitem"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
)

var keys = map[PortfolioItemOrderField]page.Key[*ent.PortfolioItem]{
	PortfolioItemsByPosition:  {Column: portfolioitem.FieldPosition, Value: func(i *ent.PortfolioItem) any { return i.Position }},
	PortfolioItemsByCreatedAt: {Column: portfolioitem.FieldCreatedAt, Value: func(i *ent.PortfolioItem) any { return i.CreatedAt }},
	PortfolioItemsByUpdatedAt: {Column: portfolioitem.FieldUpdatedAt, Value: func(i *ent.PortfolioItem) any { return i.UpdatedAt }},
}

// List is a page of one talent's portfolio, as far as the viewer may see it.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args,
	talent gid.ID, filter *PortfolioItemFilter, order *PortfolioItemOrder,
) (*PortfolioItemConnection, error) {
	q := db.Read.PortfolioItem.Query().Where(portfolioitem.TalentID(talent), filter.On(portfolioitem.FieldUpdatedAt))
	return page.Of(ctx, seal, q, listed(order, []any{talent, filter}), args)
}

// Under is a page of each talent's portfolio.
func Under(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *PortfolioItemFilter, order *PortfolioItemOrder, talents []gid.ID,
) ([]*PortfolioItemConnection, error) {
	only := filter.On(portfolioitem.FieldUpdatedAt)
	return page.Under(ctx, seal, db.Read.PortfolioItem.Query().Where(only), listed(order, filter), args, page.Parent[*ent.PortfolioItem]{
		Table: portfolioitem.Table, Kind: ent.TypePortfolioItem, Column: portfolioitem.FieldTalentID,
		Of: func(i *ent.PortfolioItem) gid.ID { return i.TalentID }, Only: only,
	}, talents)
}

// listed is how portfolios are listed: in the talent's own order when none is given.
func listed(order *PortfolioItemOrder, filter any) page.List[*ent.PortfolioItem] {
	if order == nil {
		order = &PortfolioItemOrder{Field: PortfolioItemsByPosition, Direction: page.Ascending}
	}
	return page.List[*ent.PortfolioItem]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(i *ent.PortfolioItem) gid.ID { return i.ID },
	}
}
