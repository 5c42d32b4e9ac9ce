package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/dispute"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// DisputeFilter is what a list is narrowed to; conditions left nil do not count.
type DisputeFilter struct {
	Status     []dispute.Status
	Engagement *page.IDFilter
	UpdatedAt  *page.Range
}

// DisputeOrderField is what a list of its noun can be ordered by.
type DisputeOrderField string

// The fields of DisputeOrder.
const (
	DisputesByCreatedAt DisputeOrderField = "CREATED_AT"
	DisputesByUpdatedAt DisputeOrderField = "UPDATED_AT"
)

// DisputeOrder is how a list is ordered.
type DisputeOrder struct {
	Field     DisputeOrderField
	Direction page.Direction
}

// DisputeConnection is a page of them, and DisputeEdge one entry of it.
type (
	DisputeConnection = page.Connection[*ent.Dispute]
	DisputeEdge       = page.Edge[*ent.Dispute]
)

var disputeKeys = map[DisputeOrderField]page.Key[*ent.Dispute]{
	DisputesByCreatedAt: {Column: dispute.FieldCreatedAt, Value: func(d *ent.Dispute) any { return d.CreatedAt }},
	DisputesByUpdatedAt: {Column: dispute.FieldUpdatedAt, Value: func(d *ent.Dispute) any { return d.UpdatedAt }},
}

// Disputes is a page of the disputes that the viewer may see.
func Disputes(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *DisputeFilter, order *DisputeOrder,
) (*DisputeConnection, error) {
	q := db.Read.Dispute.Query()
	if filter != nil {
		if err := page.Few(filter.Engagement); err != nil {
			return nil, err
		}
		if filter.Status != nil {
			q.Where(dispute.StatusIn(filter.Status...))
		}
		q.Where(page.Among(dispute.FieldEngagementID, filter.Engagement), page.During(dispute.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &DisputeOrder{Field: DisputesByCreatedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Dispute]{
		Key: disputeKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(d *ent.Dispute) gid.ID { return d.ID },
	}, args)
}

// DisputeAbilities is what the viewer may do with one of them now.
type DisputeAbilities struct {
	Propose *fault.Ability
	Accept  *fault.Ability
	Resolve *fault.Ability
}

// DisputesAbilities says what the viewer may do with each dispute now.
func DisputesAbilities(v viewer.Viewer, d *ent.Dispute) *DisputeAbilities {
	return &DisputeAbilities{
		Propose: fault.AbilityOf(onDispute(v, d, "proposeDisputeResolution", d.Revision)),
		Accept:  fault.AbilityOf(canAgree(v, d, d.Revision)),
		Resolve: fault.AbilityOf(onDispute(v, d, "resolveDispute", d.Revision)),
	}
}

// told keeps from staff what was written and proposed: they see only that there
// is a dispute.
func told[T any](v viewer.Viewer, coordinate string, of func(*ent.Dispute) *T) func(*ent.Dispute) *T {
	if !access.May(coordinate, v.Institution().IsNone()) {
		return func(*ent.Dispute) *T { return nil }
	}
	return of
}

// DisputeReasons are what is wrong, as far as the viewer reads it.
func DisputeReasons(v viewer.Viewer) func(*ent.Dispute) *string {
	return told(v, "Dispute.reason", func(d *ent.Dispute) *string { return &d.Reason })
}

// DisputeNotes are what was written with a proposal or a decision, likewise.
func DisputeNotes(v viewer.Viewer) func(*ent.Dispute) *string {
	return told(v, "Dispute.note", func(d *ent.Dispute) *string { return d.Note })
}

// DisputesGoOn say whether the work goes on, likewise.
func DisputesGoOn(v viewer.Viewer) func(*ent.Dispute) *bool {
	return told(v, "Dispute.workGoesOn", func(d *ent.Dispute) *bool { return d.WorkGoesOn })
}

// ResolvedBy is who settled a dispute, or nil.
func ResolvedBy(d *ent.Dispute) *dispute.ProposedBy {
	if d.ResolvedBy == nil {
		return nil
	}
	side := dispute.ProposedBy(*d.ResolvedBy)
	return &side
}

// TalentSides are what goes to the talent's side of each dispute, for its two sides
// and for who decides on it. Operators read what was decided when they no longer see
// the money.
func TalentSides(ctx context.Context, db *store.DB, disputes []*ent.Dispute) ([]*money.Money, error) {
	if v := viewer.From(ctx); v.Kind == viewer.Operator {
		ctx = viewer.With(ctx, viewer.System("the currency of an amount that was decided").In(v.World))
	}
	ids := gid.Of(disputes, func(d *ent.Dispute) gid.ID { return d.PaymentRecordID })
	rows, err := db.Read.PaymentRecord.Query().Where(paymentrecord.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	currencies := make(map[gid.ID]string, len(rows))
	for _, p := range rows {
		currencies[p.ID] = p.Currency
	}
	sides := make([]*money.Money, len(disputes))
	for i, d := range disputes {
		if d != nil && d.ReleasedMinor != nil && currencies[d.PaymentRecordID] != "" {
			sides[i] = &money.Money{Minor: *d.ReleasedMinor, Currency: money.Currency(currencies[d.PaymentRecordID])}
		}
	}
	return sides, nil
}

// moneyOf is the money of engagements that could be disputed, by offer, as the
// viewer sees it.
func moneyOf(ctx context.Context, db *store.DB, engagements []*ent.Engagement) (map[gid.ID]*ent.PaymentRecord, error) {
	if !viewer.From(ctx).Can(viewer.DisputesOpen) {
		return nil, nil
	}
	offers := gid.Of(engagements, func(e *ent.Engagement) gid.ID { return e.OfferID })
	rows, err := db.Read.PaymentRecord.Query().Where(paymentrecord.SubjectIDIn(offers...)).All(ctx)
	of := make(map[gid.ID]*ent.PaymentRecord, len(rows))
	for _, p := range rows {
		of[p.SubjectID] = p
	}
	return of, err
}

// disputedOf names the engagements about which a dispute is open.
func disputedOf(ctx context.Context, client *ent.Client, engagements ...gid.ID) (map[gid.ID]bool, error) {
	rows, err := client.Dispute.Query().Where(dispute.EngagementIDIn(engagements...), dispute.StatusNEQ(dispute.StatusResolved)).All(ctx)
	disputed := make(map[gid.ID]bool, len(rows))
	for _, d := range rows {
		disputed[d.EngagementID] = true
	}
	return disputed, err
}
