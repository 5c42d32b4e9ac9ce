package credential

import (
	"sync"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	entdeliverable "github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/portfolioitem"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/viewer"
)

func studied(d *ent.Deliverable) PromoteDeliverableToPortfolioInput {
	return PromoteDeliverableToPortfolioInput{
		DeliverableID: d.ID, Title: "A study of sign-ups", Summary: "I asked fifty people and counted.",
		Result: MeasuredResultInput{Metric: "more sign-ups", Value: "38.5", Unit: "per cent"},
	}
}

func TestPromoteDeliverableToPortfolio(t *testing.T) {
	each(t, func(s *scene) {
		e := s.completed()
		d := s.deliverable(e, 1, entdeliverable.StatusAccepted)
		in := studied(d)
		refuses(s, s.foreigner, PromoteDeliverableToPortfolio, in, fault.CodeNotFound, "deliverableId")
		refuses(s, s.stranger, PromoteDeliverableToPortfolio, in, fault.CodeNotFound, "deliverableId")
		refuses(s, s.outsider, PromoteDeliverableToPortfolio, in, fault.CodeNotFound, "deliverableId")
		refuses(s, s.owner, PromoteDeliverableToPortfolio, in, fault.CodeNotPermitted, "")
		refuses(s, s.staff, PromoteDeliverableToPortfolio, in, fault.CodeNotPermitted, "")
		refuses(s, s.ada, PromoteDeliverableToPortfolio, studied(s.deliverable(e, 2, entdeliverable.StatusSubmitted)), fault.CodeIllegalTransition, "")
		short := in
		short.Title = "A"
		refuses(s, s.ada, PromoteDeliverableToPortfolio, short, fault.CodeInvalidValue, "title")
		loose := in
		loose.Result.Value = "a lot"
		refuses(s, s.ada, PromoteDeliverableToPortfolio, loose, fault.CodeInvalidValue, "result.value")

		id := does(s, s.ada, PromoteDeliverableToPortfolio, in, hears("eit", event.PortfolioItemAdded)...)
		item, err := s.db.Read.PortfolioItem.Get(s.all(), id)
		if err != nil || item.DeliverableID != d.ID || item.EngagementID != e.ID || *ResultOf(item) != (Result{"more sign-ups", "38.5", "per cent"}) {
			t.Errorf("the entry is %v, %v", item, err)
		}
		refuses(s, s.ada, PromoteDeliverableToPortfolio, in, fault.CodeAlreadyExists, "deliverableId")
		if _, err := s.db.Read.PortfolioItem.Query().Where(portfolioitem.ID(id)).Only(viewer.With(t.Context(), s.stranger)); !ent.IsNotFound(err) {
			t.Errorf("another employer reads it: %v", err)
		}
	})
}

func TestPromotedTwiceAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		in := studied(s.deliverable(s.completed(), 1, entdeliverable.StatusAccepted))
		answers := make(chan error, 8)
		var all sync.WaitGroup
		for range cap(answers) {
			all.Go(func() {
				_, err := PromoteDeliverableToPortfolio(s.as(s.ada, "promote"), s.db, in)
				answers <- err
			})
		}
		all.Wait()
		close(answers)
		won := 0
		for err := range answers {
			told, _ := fault.UserErrors(err)
			if err == nil {
				won++
			} else if len(told) != 1 || told[0].GetCode() != fault.CodeAlreadyExists {
				t.Errorf("a loser heard %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d won", won)
		}
	})
}

func TestUnderAndAbilities(t *testing.T) {
	each(t, func(s *scene) {
		e := s.completed()
		d, other := s.deliverable(e, 1, entdeliverable.StatusAccepted), s.deliverable(e, 2, entdeliverable.StatusAccepted)
		must(s, s.ada, PromoteDeliverableToPortfolio, studied(d))
		may := func(v viewer.Viewer) [2]bool {
			all, err := PromoteAbilities(viewer.With(t.Context(), v), s.db, []*ent.Deliverable{d, nil, other})
			if err != nil {
				t.Fatal(err)
			}
			return [2]bool{all[0].Allowed, all[2].Allowed}
		}
		if got := may(s.ada); got != [2]bool{false, true} {
			t.Errorf("the talent may %v", got)
		}
		if got := may(s.owner); got != [2]bool{} {
			t.Errorf("the employer may %v", got)
		}
		seal := page.NewSeal([]byte("a key of a test"))
		for name, tc := range map[string]struct {
			who  viewer.Viewer
			want int
		}{"the talent": {s.ada, 1}, "the employer": {s.owner, 1}, "their staff": {s.staff, 1}, "another employer": {s.stranger, 0}, "another talent": {s.foreigner, 0}} {
			pages, err := Under(viewer.With(t.Context(), tc.who), s.db, seal, page.Args{}, nil, []gid.ID{s.foreigner.Talent, s.ada.Talent})
			if err != nil || len(pages) != 2 || len(pages[0].Nodes) != 0 || len(pages[1].Nodes) != tc.want {
				t.Errorf("%s finds %v, %v", name, pages, err)
			}
		}
	})
}
