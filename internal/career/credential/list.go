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
}

// List is a page of one talent's portfolio, as far as the viewer may see it.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, talent gid.ID, order *PortfolioItemOrder,
) (*PortfolioItemConnection, error) {
	q := db.Read.PortfolioItem.Query().Where(portfolioitem.TalentID(talent))
	return page.Of(ctx, seal, q, listed(order, talent), args)
}

// Under is a page of each talent's portfolio.
func Under(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, order *PortfolioItemOrder, talents []gid.ID,
) ([]*PortfolioItemConnection, error) {
	return page.Under(ctx, seal, db.Read.PortfolioItem.Query(), listed(order, nil), args, page.Parent[*ent.PortfolioItem]{
		Table: portfolioitem.Table, Kind: ent.TypePortfolioItem, Column: portfolioitem.FieldTalentID,
		Of: func(i *ent.PortfolioItem) gid.ID { return i.TalentID },
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
