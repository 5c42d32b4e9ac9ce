// Package credential is about what remains of the work for a talent: the
// portfolio, in which accepted deliverables and work done elsewhere stand with
// what they achieved.
package credential

import (
	"context"
	"maps"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/portfolioitem"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
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
		e, err := readPromoted(in)
		if err != nil {
			return gid.None, err
		}
		create := tx.PortfolioItem.Create().SetEmployerOrgID(d.EmployerOrgID).SetEngagementID(d.EngagementID).SetDeliverableID(d.ID)
		return add(ctx, tx, create, portfolioitem.StatusPublished, e, in.SkillIDs, event.PortfolioItemAdded)
	})
}

// AddPortfolioItem notes work that was done elsewhere, for the talent alone
// until they publish it.
func AddPortfolioItem(ctx context.Context, db *store.DB, in AddPortfolioItemInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := readAdded(in, calendar.On(tx.Now))
		if err != nil {
			return gid.None, err
		}
		return add(ctx, tx, tx.PortfolioItem.Create(), portfolioitem.StatusHidden, e, in.SkillIDs, event.PortfolioWorkAdded)
	})
}

// add puts an item at the end of the viewer's own portfolio.
func add(
	ctx context.Context, tx *store.Tx, create *ent.PortfolioItemCreate, status portfolioitem.Status, e entry, skills []gid.ID, kind event.Kind,
) (gid.ID, error) {
	own, err := shelf(ctx, tx)
	if err != nil {
		return gid.None, err
	}
	if err := hasRoom(len(own)); err != nil {
		return gid.None, err
	}
	if err := known(ctx, tx, skills); err != nil {
		return gid.None, err
	}
	last := 0
	for _, item := range own {
		last = max(last, item.Position)
	}
	e.over(create.Mutation())
	item, err := create.SetWorldID(tx.World()).SetTalentID(viewer.From(ctx).Talent).SetStatus(status).SetPosition(last + 1).Save(ctx)
	if err != nil {
		return gid.None, err
	}
	if err := showSkills(ctx, tx, item, skills); err != nil {
		return gid.None, err
	}
	return item.ID, record(ctx, tx, item, kind, status == portfolioitem.StatusPublished)
}

// shelf are the items of the viewer's own portfolio by their ids.
func shelf(ctx context.Context, tx *store.Tx) (map[gid.ID]*ent.PortfolioItem, error) {
	talent := viewer.From(ctx).Talent
	// Locked: items are counted before one is added, and arranged all at once.
	if _, err := tx.TalentProfile.Query().Where(talentprofile.ID(talent), store.Locked).Only(ctx); err != nil {
		return nil, err
	}
	items, err := tx.PortfolioItem.Query().Where(portfolioitem.TalentID(talent)).All(ctx)
	own := make(map[gid.ID]*ent.PortfolioItem, len(items))
	for _, item := range items {
		own[item.ID] = item
	}
	return own, err
}

// record tells the talent, and of what others see also those who heard of the work.
func record(ctx context.Context, tx *store.Tx, item *ent.PortfolioItem, kind event.Kind, isSeen bool) error {
	e := event.Event{
		Kind: kind, Subject: item.ID,
		IDs:     map[string]gid.ID{"deliverable": item.DeliverableID, "engagement": item.EngagementID, "talent": item.TalentID},
		Parties: []gid.ID{item.TalentID},
	}
	maps.DeleteFunc(e.IDs, func(_ string, id gid.ID) bool { return id.IsNone() })
	if isSeen {
		parties, err := application.Parties(ctx, tx, item.EmployerOrgID, item.TalentID)
		if err != nil {
			return err
		}
		e.Parties = slices.DeleteFunc(parties, gid.ID.IsNone)
	}
	return event.Record(ctx, tx, e)
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
