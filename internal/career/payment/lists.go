package payment

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/page"
)

// PaymentRecordFilter is what a list is narrowed to; conditions left nil do not count.
type PaymentRecordFilter struct {
	Status       []paymentrecord.Status
	AuthorizedAt *page.Range
	UpdatedAt    *page.Range
}

// PaymentRecordOrderField is what a list of its noun can be ordered by.
type PaymentRecordOrderField string

// The fields of PaymentRecordOrder.
const (
	PaymentRecordsByAuthorizedAt PaymentRecordOrderField = "AUTHORIZED_AT"
	PaymentRecordsByUpdatedAt    PaymentRecordOrderField = "UPDATED_AT"
)

// PaymentRecordOrder is how a list is ordered.
type PaymentRecordOrder struct {
	Field     PaymentRecordOrderField
	Direction page.Direction
}

// PaymentRecordConnection is a page of them, and PaymentRecordEdge one entry of it.
type (
	PaymentRecordConnection = page.Connection[*ent.PaymentRecord]
	PaymentRecordEdge       = page.Edge[*ent.PaymentRecord]
)
