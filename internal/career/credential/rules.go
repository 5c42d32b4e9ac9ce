package credential

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// Promotion says which deliverables can be shown in a portfolio. It leaves them
// as they are.
var Promotion = transition.Table[deliverable.Status]{
	{
		Name: "promoteDeliverableToPortfolio", By: []transition.Side{transition.Talent}, Scope: viewer.PortfolioWrite,
		From: []deliverable.Status{deliverable.StatusAccepted},
		Only: "Only the talent who did the work can show it in their portfolio.", Not: "Only accepted work can be shown in a portfolio.",
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

// entry is what a talent writes of their work.
type entry struct {
	title, summary string
	result         Result
}

// readEntry checks that the work is described and its result measured.
func readEntry(in PromoteDeliverableToPortfolioInput) (entry, error) {
	var r text.Reader
	e := entry{
		title: r.Line("title", in.Title, 3, 200), summary: r.Prose("summary", in.Summary, 10, 2000),
		result: Result{
			Metric: r.Line("result.metric", in.Result.Metric, 2, 200), Value: in.Result.Value,
			Unit: r.Line("result.unit", in.Result.Unit, 1, 40),
		},
	}
	if new(money.Decimal).UnmarshalGQL(string(in.Result.Value)) != nil {
		r.Refuse(fault.InvalidValue("result.value", "Write the number in digits, as in 38 or 12.5."))
	}
	return e, r.Err()
}
