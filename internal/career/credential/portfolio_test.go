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
	"github.com/rung-dev/rung/internal/stage"
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
		e := s.Completed()
		d := s.deliverable(e, 1, entdeliverable.StatusAccepted)
		in := studied(d)
		stage.Refuses(s, s.Foreigner, PromoteDeliverableToPortfolio, in, fault.CodeNotFound, "deliverableId")
		stage.Refuses(s, s.Stranger, PromoteDeliverableToPortfolio, in, fault.CodeNotFound, "deliverableId")
		stage.Refuses(s, s.Outsider, PromoteDeliverableToPortfolio, in, fault.CodeNotFound, "deliverableId")
		stage.Refuses(s, s.Owner, PromoteDeliverableToPortfolio, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, PromoteDeliverableToPortfolio, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, PromoteDeliverableToPortfolio, studied(s.deliverable(e, 2, entdeliverable.StatusSubmitted)), fault.CodeIllegalTransition, "")
		short := in
		short.Title = "A"
		stage.Refuses(s, s.Ada, PromoteDeliverableToPortfolio, short, fault.CodeInvalidValue, "title")
		loose := in
		loose.Result.Value = "a lot"
		stage.Refuses(s, s.Ada, PromoteDeliverableToPortfolio, loose, fault.CodeInvalidValue, "result.value")

		id := stage.Does(s, s.Ada, PromoteDeliverableToPortfolio, in, stage.Hears("eit", event.PortfolioItemAdded)...)
		item, err := s.DB.Read.PortfolioItem.Get(s.All(), id)
		if err != nil || item.DeliverableID != d.ID || item.EngagementID != e.ID || *ResultOf(item) != (Result{"more sign-ups", "38.5", "per cent"}) {
			t.Errorf("the entry is %v, %v", item, err)
		}
		stage.Refuses(s, s.Ada, PromoteDeliverableToPortfolio, in, fault.CodeAlreadyExists, "deliverableId")
		if _, err := s.DB.Read.PortfolioItem.Query().Where(portfolioitem.ID(id)).Only(viewer.With(t.Context(), s.Stranger)); !ent.IsNotFound(err) {
			t.Errorf("another employer reads it: %v", err)
		}
	})
}

func TestPromotedTwiceAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		in := studied(s.deliverable(s.Completed(), 1, entdeliverable.StatusAccepted))
		answers := make(chan error, 8)
		var all sync.WaitGroup
		for range cap(answers) {
			all.Go(func() {
				_, err := PromoteDeliverableToPortfolio(s.As(s.Ada, "promote"), s.DB, in)
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
		e := s.Completed()
		d, other := s.deliverable(e, 1, entdeliverable.StatusAccepted), s.deliverable(e, 2, entdeliverable.StatusAccepted)
		stage.Must(s, s.Ada, PromoteDeliverableToPortfolio, studied(d))
		may := func(v viewer.Viewer) [2]bool {
			all, err := PromoteAbilities(viewer.With(t.Context(), v), s.DB, []*ent.Deliverable{d, nil, other})
			if err != nil {
				t.Fatal(err)
			}
			return [2]bool{all[0].Allowed, all[2].Allowed}
		}
		if got := may(s.Ada); got != [2]bool{false, true} {
			t.Errorf("the talent may %v", got)
		}
		if got := may(s.Owner); got != [2]bool{} {
			t.Errorf("the employer may %v", got)
		}
		seal := page.NewSeal([]byte("a key of a test"))
		for name, tc := range map[string]struct {
			who  viewer.Viewer
			want int
		}{"the talent": {s.Ada, 1}, "the employer": {s.Owner, 1}, "their staff": {s.Staff, 1}, "another employer": {s.Stranger, 0}, "another talent": {s.Foreigner, 0}} {
			pages, err := Under(viewer.With(t.Context(), tc.who), s.DB, seal, page.Args{}, nil, []gid.ID{s.Foreigner.Talent, s.Ada.Talent})
			if err != nil || len(pages) != 2 || len(pages[0].Nodes) != 0 || len(pages[1].Nodes) != tc.want {
				t.Errorf("%s finds %v, %v", name, pages, err)
			}
		}
	})
}
