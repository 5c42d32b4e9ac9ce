// Package credential is about what remains of the work for a talent: the
// portfolio, in which accepted deliverables stand with what they achieved.
package credential

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/portfolioitem"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// PromoteDeliverableToPortfolio shows accepted work in the talent's portfolio.
func PromoteDeliverableToPortfolio(ctx context.Context, db *store.DB, in PromoteDeliverableToPortfolioInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: of two promotions at once the second must see the first.
		d, err := tx.Deliverable.Query().Where(deliverable.ID(in.DeliverableID), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("deliverableId", "There is no such deliverable."))
		}
		isShown, err := tx.PortfolioItem.Query().Where(portfolioitem.DeliverableID(d.ID)).Exist(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := canPromote(viewer.From(ctx), d, isShown); err != nil {
			return gid.None, err
		}
		e, err := readEntry(in)
		if err != nil {
			return gid.None, err
		}
		item, err := tx.PortfolioItem.Create().SetWorldID(d.WorldID).SetTalentID(d.TalentID).SetEmployerOrgID(d.EmployerOrgID).
			SetEngagementID(d.EngagementID).SetDeliverableID(d.ID).SetTitle(e.title).SetSummary(e.summary).
			SetResultMetric(e.result.Metric).SetResultValue(string(e.result.Value)).SetResultUnit(e.result.Unit).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, d.EmployerOrgID, d.TalentID)
		if err != nil {
			return gid.None, err
		}
		return item.ID, event.Record(ctx, tx, event.Event{
			Kind: event.PortfolioItemAdded, Subject: item.ID,
			IDs:     map[string]gid.ID{"deliverable": d.ID, "engagement": d.EngagementID, "talent": d.TalentID},
			Parties: parties,
		})
	})
}

// PromoteAbilities says whether the viewer may show each deliverable now.
func PromoteAbilities(ctx context.Context, db *store.DB, deliverables []*ent.Deliverable) ([]*fault.Ability, error) {
	v := viewer.From(ctx)
	var own []gid.ID
	for _, d := range deliverables {
		if d != nil && d.TalentID == v.Talent {
			own = append(own, d.ID)
		}
	}
	shown := map[gid.ID]bool{}
	if len(own) > 0 {
		items, err := db.Read.PortfolioItem.Query().Where(portfolioitem.DeliverableIDIn(own...)).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			shown[item.DeliverableID] = true
		}
	}
	abilities := make([]*fault.Ability, len(deliverables))
	for i, d := range deliverables {
		if d != nil {
			abilities[i] = fault.AbilityOf(canPromote(v, d, shown[d.ID]))
		}
	}
	return abilities, nil
}

// ResultOf is what a portfolio entry's work achieved.
func ResultOf(item *ent.PortfolioItem) *Result {
	return &Result{Metric: item.ResultMetric, Value: money.Decimal(item.ResultValue), Unit: item.ResultUnit}
}
