package credential

import (
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/portfolioitem"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	mostItems   = 50
	mostResults = 5
	mostSkills  = 10
)

var talents = []transition.Side{transition.Talent}

// Promotion says which deliverables can be shown in a portfolio. It leaves them
// as they are.
var Promotion = transition.Table[deliverable.Status]{
	{
		Name: "promoteDeliverableToPortfolio", By: talents, Scope: viewer.PortfolioWrite,
		From: []deliverable.Status{deliverable.StatusAccepted},
		Only: "Only the talent who did the work can show it in their portfolio.", Not: "Only accepted work can be shown in a portfolio.",
	},
}

// States is the life of a portfolio item. One that was removed is seen by nobody.
var States = transition.Table[portfolioitem.Status]{
	{
		Name: "revisePortfolioItem", By: talents, Scope: viewer.PortfolioWrite,
		From: []portfolioitem.Status{portfolioitem.StatusHidden, portfolioitem.StatusPublished},
		Only: "Only the talent can change their portfolio.", Not: "This item was removed.",
	},
	{
		Name: "publishPortfolioItem", By: talents, Scope: viewer.PortfolioWrite,
		From: []portfolioitem.Status{portfolioitem.StatusHidden}, To: portfolioitem.StatusPublished,
		Only: "Only the talent can change their portfolio.", Not: "Only a hidden item can be published.",
	},
	{
		Name: "hidePortfolioItem", By: talents, Scope: viewer.PortfolioWrite,
		From: []portfolioitem.Status{portfolioitem.StatusPublished}, To: portfolioitem.StatusHidden,
		Only: "Only the talent can change their portfolio.", Not: "Only a published item can be hidden.",
	},
	{
		Name: "removePortfolioItem", By: talents, Scope: viewer.PortfolioWrite,
		From: []portfolioitem.Status{portfolioitem.StatusHidden, portfolioitem.StatusPublished}, To: portfolioitem.StatusRemoved,
		Only: "Only the talent can change their portfolio.", Not: "This item was removed.",
	},
}

// canPromote: the talent's own accepted work, once.
func canPromote(v viewer.Viewer, d *ent.Deliverable, isShown bool) error {
	err := Promotion.Permit("promoteDeliverableToPortfolio", v, transition.Sides(v, d.EmployerOrgID, d.TalentID), d.Status)
	if err == nil && isShown {
		err = fault.AlreadyExists("deliverableId", "This deliverable is in your portfolio already.")
	}
	return err
}

// can judges a verb on an item that its viewer has read as it is.
func can(v viewer.Viewer, item *ent.PortfolioItem, verb string, revision int) error {
	if err := States.Permit(verb, v, transition.Sides(v, item.EmployerOrgID, item.TalentID), item.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, item.Revision)
}

// hasRoom: a portfolio holds so many items.
func hasRoom(items int) error {
	if items >= mostItems {
		return fault.LimitReached("", fmt.Sprintf("A portfolio holds at most %d items. Remove one first.", mostItems))
	}
	return nil
}

// canArrange: all of the talent's items, each once.
func canArrange(named []gid.ID, own map[gid.ID]*ent.PortfolioItem) error {
	var r text.Reader
	seen := make(map[gid.ID]bool, len(own))
	for i, id := range named[:min(len(named), mostItems+1)] {
		path := fmt.Sprintf("itemIds.%d", i)
		switch {
		case own[id] == nil:
			r.Refuse(fault.NotFound(path, "There is no such item in your portfolio."))
		case seen[id]:
			r.Refuse(fault.InvalidValue(path, "Name each item once."))
		}
		seen[id] = true
	}
	if err := r.Err(); err != nil {
		return err
	}
	if len(named) != len(own) {
		return fault.InvalidValue("itemIds", fmt.Sprintf("Name all %d items of your portfolio.", len(own)))
	}
	return nil
}

// canShowSkills: so many skills of the shared list, each once.
func canShowSkills(named, known []gid.ID) error {
	if len(named) > mostSkills {
		return fault.LimitReached("skillIds", fmt.Sprintf("A portfolio item shows at most %d skills.", mostSkills))
	}
	var r text.Reader
	exists, seen := make(map[gid.ID]bool, len(known)), make(map[gid.ID]bool, len(named))
	for _, id := range known {
		exists[id] = true
	}
	for i, id := range named {
		path := fmt.Sprintf("skillIds.%d", i)
		switch {
		case seen[id]:
			r.Refuse(fault.InvalidValue(path, "Name each skill once."))
		case !exists[id]:
			r.Refuse(fault.NotFound(path, "There is no such skill in the shared list."))
		}
		seen[id] = true
	}
	return r.Err()
}
