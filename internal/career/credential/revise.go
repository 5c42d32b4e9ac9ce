package credential

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/portfolioitem"
	"github.com/rung-dev/rung/ent/gen/ent/portfolioskill"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// RevisePortfolioItem changes what an item says: a field left out stays.
func RevisePortfolioItem(ctx context.Context, db *store.DB, in RevisePortfolioItemInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		item, err := lock(ctx, tx, in.PortfolioItemID, "revisePortfolioItem", in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		e, err := readRevised(item, in, calendar.On(tx.Now))
		if err != nil {
			return gid.None, err
		}
		if err := reviseSkills(ctx, tx, item, in); err != nil {
			return gid.None, err
		}
		update := touch(tx, item)
		e.over(update.Mutation())
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return item.ID, record(ctx, tx, item, event.PortfolioItemRevised, item.Status == portfolioitem.StatusPublished)
	})
}

func reviseSkills(ctx context.Context, tx *store.Tx, item *ent.PortfolioItem, in RevisePortfolioItemInput) error {
	skills, given := in.SkillIDs.ValueOK()
	if !given {
		return nil
	}
	if err := known(ctx, tx, skills); err != nil {
		return err
	}
	if err := dropSkills(ctx, tx, item); err != nil {
		return err
	}
	return showSkills(ctx, tx, item, skills)
}

// ArrangePortfolio puts the talent's items into an order of their own.
func ArrangePortfolio(ctx context.Context, db *store.DB, in ArrangePortfolioInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		own, err := shelf(ctx, tx)
		if err != nil {
			return gid.None, err
		}
		if err := canArrange(in.ItemIDs, own); err != nil {
			return gid.None, err
		}
		for i, id := range in.ItemIDs {
			if own[id].Position == i+1 {
				continue
			}
			if err := store.Moved(touch(tx, own[id]).SetPosition(i + 1).Save(ctx)); err != nil {
				return gid.None, err
			}
		}
		talent := viewer.From(ctx).Talent
		return talent, event.Record(ctx, tx, event.Event{Kind: event.PortfolioArranged, Subject: talent, Parties: []gid.ID{talent}})
	})
}

// PublishPortfolioItem shows an item to whoever sees the profile.
func PublishPortfolioItem(ctx context.Context, db *store.DB, in PublishPortfolioItemInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		item, err := lock(ctx, tx, in.PortfolioItemID, "publishPortfolioItem", in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		return item.ID, move(ctx, tx, item, touch(tx, item), "publishPortfolioItem", event.PortfolioPublished)
	})
}

// HidePortfolioItem keeps an item for the talent alone.
func HidePortfolioItem(ctx context.Context, db *store.DB, in HidePortfolioItemInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		item, err := lock(ctx, tx, in.PortfolioItemID, "hidePortfolioItem", in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		return item.ID, move(ctx, tx, item, touch(tx, item), "hidePortfolioItem", event.PortfolioItemHidden)
	})
}

// RemovePortfolioItem takes an item out for good. Its row stays without its
// words, for the events that name it; the talent's id is returned.
func RemovePortfolioItem(ctx context.Context, db *store.DB, in RemovePortfolioItemInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		item, err := lock(ctx, tx, in.PortfolioItemID, "removePortfolioItem", in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		if err := dropSkills(ctx, tx, item); err != nil {
			return gid.None, err
		}
		update := touch(tx, item)
		entry{results: []schema.MeasuredResult{{}}}.over(update.Mutation())
		return item.TalentID, move(ctx, tx, item, update, "removePortfolioItem", event.PortfolioItemRemoved)
	})
}

// lock is an item on which the viewer may use the verb.
func lock(ctx context.Context, tx *store.Tx, id gid.ID, verb string, revision int) (*ent.PortfolioItem, error) {
	item, err := tx.PortfolioItem.Query().Where(portfolioitem.ID(id), store.Locked).Only(ctx)
	if err != nil {
		return nil, store.Found(err, fault.NotFound("portfolioItemId", "There is no such portfolio item."))
	}
	return item, can(viewer.From(ctx), item, verb, revision)
}

func touch(tx *store.Tx, item *ent.PortfolioItem) *ent.PortfolioItemUpdate {
	return tx.PortfolioItem.Update().Where(portfolioitem.ID(item.ID), portfolioitem.Revision(item.Revision))
}

// move takes an item where the verb leads. Others hear of it when they saw it
// before or see it now.
func move(ctx context.Context, tx *store.Tx, item *ent.PortfolioItem, update *ent.PortfolioItemUpdate, verb string, kind event.Kind) error {
	to := States.Verb(verb).To
	if err := store.Moved(update.SetStatus(to).Save(ctx)); err != nil {
		return err
	}
	return record(ctx, tx, item, kind, slices.Contains([]portfolioitem.Status{item.Status, to}, portfolioitem.StatusPublished))
}

// known refuses skills that cannot be shown.
func known(ctx context.Context, tx *store.Tx, named []gid.ID) error {
	if len(named) == 0 {
		return nil
	}
	ids, err := tx.Skill.Query().Where(skill.IDIn(named[:min(len(named), mostSkills)]...)).IDs(ctx)
	if err != nil {
		return err
	}
	return canShowSkills(named, ids)
}

func showSkills(ctx context.Context, tx *store.Tx, item *ent.PortfolioItem, skills []gid.ID) error {
	creates := make([]*ent.PortfolioSkillCreate, len(skills))
	for i, id := range skills {
		creates[i] = tx.PortfolioSkill.Create().SetPortfolioItemID(item.ID).SetTalentID(item.TalentID).SetSkillID(id)
	}
	return tx.PortfolioSkill.CreateBulk(creates...).Exec(ctx)
}

func dropSkills(ctx context.Context, tx *store.Tx, item *ent.PortfolioItem) error {
	_, err := tx.PortfolioSkill.Delete().Where(portfolioskill.PortfolioItemID(item.ID)).Exec(ctx)
	return err
}

// PortfolioItemAbilities is what the viewer may do with one of them now.
type PortfolioItemAbilities struct {
	Revise  *fault.Ability
	Publish *fault.Ability
	Hide    *fault.Ability
	Remove  *fault.Ability
}

// Abilities says what the viewer may do with a portfolio item now.
func Abilities(v viewer.Viewer, item *ent.PortfolioItem) *PortfolioItemAbilities {
	return &PortfolioItemAbilities{
		Revise:  fault.AbilityOf(can(v, item, "revisePortfolioItem", item.Revision)),
		Publish: fault.AbilityOf(can(v, item, "publishPortfolioItem", item.Revision)),
		Hide:    fault.AbilityOf(can(v, item, "hidePortfolioItem", item.Revision)),
		Remove:  fault.AbilityOf(can(v, item, "removePortfolioItem", item.Revision)),
	}
}
