package payment

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
)

var keys = map[PaymentRecordOrderField]page.Key[*ent.PaymentRecord]{
	PaymentRecordsByAuthorizedAt: {
		Column: paymentrecord.FieldAuthorizedAt, Value: func(p *ent.PaymentRecord) any { return p.AuthorizedAt },
	},
	PaymentRecordsByUpdatedAt: {Column: paymentrecord.FieldUpdatedAt, Value: func(p *ent.PaymentRecord) any { return p.UpdatedAt }},
}

// List is a page of the payment records that the viewer is a party to.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *PaymentRecordFilter, order *PaymentRecordOrder,
) (*PaymentRecordConnection, error) {
	q := db.Read.PaymentRecord.Query()
	if filter != nil {
		if filter.Status != nil {
			q.Where(paymentrecord.StatusIn(filter.Status...))
		}
		q.Where(
			page.During(paymentrecord.FieldAuthorizedAt, filter.AuthorizedAt),
			page.During(paymentrecord.FieldUpdatedAt, filter.UpdatedAt),
		)
	}
	if order == nil {
		order = &PaymentRecordOrder{Field: PaymentRecordsByAuthorizedAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.PaymentRecord]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(p *ent.PaymentRecord) gid.ID { return p.ID },
	}, args)
}
