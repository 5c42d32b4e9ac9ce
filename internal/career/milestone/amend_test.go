package milestone

import (
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/text"
)

func named(n byte) gid.ID { return gid.ID{14: n, 15: byte(gid.Milestone)} }

// standing is a fee of which one milestone is due and two are not; of the last a
// part went back.
func standing() Standing {
	due := calendar.Date("2026-03-19")
	return Standing{
		Today: "2026-03-10", Ends: "2026-03-20",
		All: []*ent.Milestone{
			{ID: named(1), Status: milestone.StatusDue, AmountMinor: 100_00, Currency: "USD", DueOn: &due},
			{ID: named(2), Status: milestone.StatusFunded, AmountMinor: 200_00, Currency: "USD", DueOn: &due},
			{ID: named(3), Status: milestone.StatusFunded, AmountMinor: 300_00, RefundedMinor: 50_00, Currency: "USD"},
		},
	}
}

func TestReadAmended(t *testing.T) {
	t.Parallel()
	const invalid = fault.CodeInvalidValue
	of := func(n byte, amount money.Decimal) *AmendedMilestoneInput {
		return &AmendedMilestoneInput{MilestoneID: named(n), Amount: &money.Input{Amount: amount, Currency: "USD"}}
	}
	on := func(n byte, day calendar.Date) *AmendedMilestoneInput {
		return &AmendedMilestoneInput{MilestoneID: named(n), DueOn: &day}
	}
	called := func(title string) *AmendedMilestoneInput {
		return &AmendedMilestoneInput{MilestoneID: named(2), Title: &title}
	}
	inEuros := of(2, "200.00")
	inEuros.Amount.Currency = "EUR"
	for name, c := range map[string]struct {
		in   []*AmendedMilestoneInput
		code fault.Code
		path string
	}{
		"nothing":                                {},
		"another name":                           {in: []*AmendedMilestoneInput{called("Another")}},
		"today":                                  {in: []*AmendedMilestoneInput{on(2, "2026-03-10")}},
		"the last day":                           {in: []*AmendedMilestoneInput{on(3, "2026-03-20")}},
		"other parts of the same":                {in: []*AmendedMilestoneInput{of(2, "449.99"), of(3, "50.01")}},
		"it refuses yesterday":                   {[]*AmendedMilestoneInput{on(2, "2026-03-09")}, invalid, "amendedMilestones.0.dueOn"},
		"it refuses a day after the end":         {[]*AmendedMilestoneInput{on(2, "2026-03-21")}, invalid, "amendedMilestones.0.dueOn"},
		"it refuses a blank name alone":          {[]*AmendedMilestoneInput{called(" ")}, invalid, "amendedMilestones.0.title"},
		"it refuses to say nothing":              {[]*AmendedMilestoneInput{{MilestoneID: named(2)}}, invalid, "amendedMilestones.0.title"},
		"it refuses what is due":                 {[]*AmendedMilestoneInput{on(1, "2026-03-20")}, invalid, "amendedMilestones.0.milestoneId"},
		"it refuses what is not there":           {[]*AmendedMilestoneInput{on(4, "2026-03-20")}, fault.CodeNotFound, "amendedMilestones.0.milestoneId"},
		"it refuses to name one twice":           {[]*AmendedMilestoneInput{called("Another"), on(2, "2026-03-20")}, invalid, "amendedMilestones.1.milestoneId"},
		"it refuses what comes to more":          {[]*AmendedMilestoneInput{of(2, "200.01")}, invalid, "amendedMilestones"},
		"it refuses what comes to less":          {[]*AmendedMilestoneInput{of(2, "100.00"), of(3, "399.99")}, invalid, "amendedMilestones"},
		"it refuses no more than what went back": {[]*AmendedMilestoneInput{of(2, "450.00"), of(3, "50.00")}, invalid, "amendedMilestones.1.amount.amount"},
		"it refuses nothing as an amount":        {[]*AmendedMilestoneInput{of(2, "0.00"), of(3, "500.00")}, invalid, "amendedMilestones.0.amount.amount"},
		"it refuses fractions of a cent":         {[]*AmendedMilestoneInput{of(2, "1.001")}, invalid, "amendedMilestones.0.amount"},
		"it refuses another currency":            {[]*AmendedMilestoneInput{inEuros}, invalid, "amendedMilestones.0.amount.currency"},
		"it refuses more than can be counted":    {[]*AmendedMilestoneInput{of(2, "10000000000.01")}, invalid, "amendedMilestones.0.amount.amount"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r text.Reader
			ReadAmended(&r, c.in, standing())
			stage.Answers(t, r.Err(), c.code, c.path)
		})
	}
}

func TestStillFits(t *testing.T) {
	t.Parallel()
	day := func(d calendar.Date) *calendar.Date { return &d }
	for name, c := range map[string]struct {
		change schema.AmendedMilestone
		want   bool
	}{
		"what is set aside":         {schema.AmendedMilestone{MilestoneID: named(2), DueOn: day("2026-03-10")}, true},
		"a day has passed":          {schema.AmendedMilestone{MilestoneID: named(2), DueOn: day("2026-03-09")}, false},
		"it has fallen due":         {schema.AmendedMilestone{MilestoneID: named(1)}, false},
		"more than what went back":  {schema.AmendedMilestone{MilestoneID: named(3), AmountMinor: new(int64(50_01))}, true},
		"as much has gone back":     {schema.AmendedMilestone{MilestoneID: named(3), AmountMinor: new(int64(50_00))}, false},
		"a milestone of other work": {schema.AmendedMilestone{MilestoneID: named(4)}, false},
	} {
		if got := StillFits([]schema.AmendedMilestone{c.change}, standing()); got != c.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestIsLeftBehind(t *testing.T) {
	t.Parallel()
	s := standing()
	if IsLeftBehind(s, nil) {
		t.Error("nothing is due after the end")
	}
	s.Ends = "2026-03-18"
	earlier := calendar.Date("2026-03-18")
	if !IsLeftBehind(s, nil) || IsLeftBehind(s, []schema.AmendedMilestone{{MilestoneID: named(2), DueOn: &earlier}}) {
		t.Error("the second is due after the end until it is moved")
	}
}
