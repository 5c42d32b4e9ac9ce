package credential

import (
	"fmt"
	"testing"

	entdeliverable "github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/portfolioitem"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

func elsewhere(title string) AddPortfolioItemInput {
	return AddPortfolioItemInput{
		Title: title, Summary: "I did this for my chess club.",
		Results: []*MeasuredResultInput{{Metric: "members", Value: "40", Unit: "in all"}, {Metric: "quarrels", Value: "0", Unit: "a year"}},
	}
}

func TestWorkDoneElsewhere(t *testing.T) {
	each(t, func(s *scene) {
		in := elsewhere("A timetable")
		link, from, to := "https://example.com/chess", calendar.Date("2025-09-01"), calendar.Date("2025-08-01")
		in.Link, in.StartedOn, in.EndedOn = &link, &from, &to
		stage.Refuses(s, s.Ada, AddPortfolioItem, in, fault.CodeInvalidValue, "endedOn")
		to = "2026-02-01"
		id := stage.Does(s, s.Ada, AddPortfolioItem, in, stage.Hears("t", event.PortfolioWorkAdded)...)
		item, err := s.DB.Read.PortfolioItem.Get(s.All(), id)
		if err != nil || IsVerified(item) || item.Status != portfolioitem.StatusHidden || len(ResultsOf(item)) != 2 || *item.Link != link {
			t.Errorf("the item is %v, %v", item, err)
		}
		revise := RevisePortfolioItemInput{PortfolioItemID: id, ExpectedRevision: 1, Link: opt.Null[string](), EndedOn: opt.Null[calendar.Date]()}
		stage.Refuses(s, s.Foreigner, RevisePortfolioItem, revise, fault.CodeNotFound, "portfolioItemId")
		stage.Refuses(s, s.Owner, RevisePortfolioItem, revise, fault.CodeNotFound, "portfolioItemId")
		stage.Does(s, s.Ada, RevisePortfolioItem, revise, stage.Hears("t", event.PortfolioItemRevised)...)
		item, err = s.DB.Read.PortfolioItem.Get(s.All(), id)
		if err != nil || item.Link != nil || item.EndedOn != nil || item.StartedOn == nil || item.Title != in.Title || len(item.MoreResults) != 1 {
			t.Errorf("the item is %v, %v", item, err)
		}
		revise.ExpectedRevision, revise.Results = 2, opt.ListOf[*MeasuredResultInput]()
		stage.Refuses(s, s.Ada, RevisePortfolioItem, revise, fault.CodeInvalidValue, "results")
	})
}

func TestWhoSeesAnItem(t *testing.T) {
	each(t, func(s *scene) {
		id := stage.Must(s, s.Ada, PromoteDeliverableToPortfolio, studied(s.deliverable(s.Completed(), 1, entdeliverable.StatusAccepted)))
		seal := page.NewSeal([]byte("a key of a test"))
		sees := func(v viewer.Viewer) int {
			list, err := List(viewer.With(t.Context(), v), s.DB, seal, page.Args{}, s.Ada.Talent, nil)
			if err != nil {
				t.Fatal(err)
			}
			return len(list.Nodes)
		}
		shown := func(when string, ada, owner, staff int) {
			if got, want := [3]int{sees(s.Ada), sees(s.Owner), sees(s.Staff)}, [3]int{ada, owner, staff}; got != want {
				t.Errorf("%s they see %v, want %v", when, got, want)
			}
		}
		shown("at first", 1, 1, 1)
		stage.Does(s, s.Ada, HidePortfolioItem, HidePortfolioItemInput{id, 1}, stage.Hears("eit", event.PortfolioItemHidden)...)
		shown("while it is hidden", 1, 0, 0)
		stage.Refuses(s, s.Ada, HidePortfolioItem, HidePortfolioItemInput{id, 2}, fault.CodeIllegalTransition, "")
		stage.Refuses(s, s.Ada, PublishPortfolioItem, PublishPortfolioItemInput{id, 1}, fault.CodeStaleRevision, "expectedRevision")
		stage.Does(s, s.Ada, PublishPortfolioItem, PublishPortfolioItemInput{id, 2}, stage.Hears("eit", event.PortfolioPublished)...)
		shown("once it is published", 1, 1, 1)
		stage.Does(s, s.Ada, RemovePortfolioItem, RemovePortfolioItemInput{id, 3}, stage.Hears("eit", event.PortfolioItemRemoved)...)
		shown("once it is removed", 0, 0, 0)
		stage.Refuses(s, s.Ada, RemovePortfolioItem, RemovePortfolioItemInput{id, 4}, fault.CodeNotFound, "portfolioItemId")
		item, err := s.DB.Read.PortfolioItem.Get(s.All(), id)
		if err != nil || item.Title != "" || item.Summary != "" || item.ResultMetric != "" || len(item.MoreResults) != 0 {
			t.Errorf("what was removed still says %v, %v", item, err)
		}
	})
}

func TestAPortfolioIsArranged(t *testing.T) {
	each(t, func(s *scene) {
		a, b := stage.Must(s, s.Ada, AddPortfolioItem, elsewhere("The first")), stage.Must(s, s.Ada, AddPortfolioItem, elsewhere("The second"))
		others := stage.Must(s, s.Foreigner, AddPortfolioItem, elsewhere("Another's"))
		arrange := func(ids ...gid.ID) ArrangePortfolioInput { return ArrangePortfolioInput{ids} }
		stage.Refuses(s, s.Ada, ArrangePortfolio, arrange(b), fault.CodeInvalidValue, "itemIds")
		stage.Refuses(s, s.Ada, ArrangePortfolio, arrange(b, b), fault.CodeInvalidValue, "itemIds.1")
		stage.Refuses(s, s.Ada, ArrangePortfolio, arrange(b, a, others), fault.CodeNotFound, "itemIds.2")
		stage.Does(s, s.Ada, ArrangePortfolio, arrange(b, a), stage.Hears("t", event.PortfolioArranged)...)
		c := stage.Must(s, s.Ada, AddPortfolioItem, elsewhere("The third"))
		list, err := List(viewer.With(t.Context(), s.Ada), s.DB, page.NewSeal([]byte("a key of a test")), page.Args{}, s.Ada.Talent, nil)
		if err != nil || len(list.Nodes) != 3 {
			t.Fatal(list, err)
		}
		if got, want := [3]gid.ID{list.Nodes[0].ID, list.Nodes[1].ID, list.Nodes[2].ID}, [3]gid.ID{b, a, c}; got != want {
			t.Errorf("the order is %v, want %v", got, want)
		}
	})
}

func TestAPortfolioIsFull(t *testing.T) {
	each(t, func(s *scene) {
		for i := range mostItems {
			stage.Must(s, s.Ada, AddPortfolioItem, elsewhere(fmt.Sprintf("Number %d", i+1)))
		}
		stage.Refuses(s, s.Ada, AddPortfolioItem, elsewhere("One more"), fault.CodeLimitReached, "")
		stage.Refuses(s, s.Ada, PromoteDeliverableToPortfolio, studied(s.deliverable(s.Completed(), 1, entdeliverable.StatusAccepted)), fault.CodeLimitReached, "")
	})
}
