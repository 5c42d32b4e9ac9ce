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
	PortfolioItemsByCreatedAt: {Column: portfolioitem.FieldCreatedAt, Value: func(i *ent.PortfolioItem) any { return i.CreatedAt }},
}

// Under is a page of each talent's portfolio.
func Under(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, order *PortfolioItemOrder, talents []gid.ID,
) ([]*PortfolioItemConnection, error) {
	if order == nil {
		order = &PortfolioItemOrder{Field: PortfolioItemsByCreatedAt}
	}
	return page.Under(ctx, seal, db.Read.PortfolioItem.Query(), page.List[*ent.PortfolioItem]{
		Key: keys[order.Field], Order: order.Direction, ID: func(i *ent.PortfolioItem) gid.ID { return i.ID },
	}, args, page.Parent[*ent.PortfolioItem]{
		Table: portfolioitem.Table, Kind: ent.TypePortfolioItem, Column: portfolioitem.FieldTalentID,
		Of: func(i *ent.PortfolioItem) gid.ID { return i.TalentID },
	}, talents)
}
