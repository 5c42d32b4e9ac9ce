package milestone

import (
	"slices"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/stage"
)

func planned(t *testing.T, n int) []*ent.PlannedDeliverable {
	t.Helper()
	plan := make([]*ent.PlannedDeliverable, n)
	for i := range plan {
		id, err := gid.Random(gid.PlannedDeliverable, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		plan[i] = &ent.PlannedDeliverable{ID: id, Position: i + 1, Title: "A part"}
	}
	return plan
}

func TestRead(t *testing.T) {
	t.Parallel()
	plan := planned(t, 3)
	foreign := planned(t, 1)[0]
	terms := Terms{Fee: money.Money{Minor: 500_00, Currency: "USD"}, StartsOn: "2026-03-09", EndsOn: "2026-03-20", Deliverables: plan}
	m := func(amount money.Decimal, waits ...*ent.PlannedDeliverable) *MilestoneInput {
		in := &MilestoneInput{Title: "A stage", Amount: money.Input{Amount: amount, Currency: "USD"}}
		for _, p := range waits {
			in.PlannedDeliverableIDs = append(in.PlannedDeliverableIDs, p.ID)
		}
		return in
	}
	on := func(in *MilestoneInput, day calendar.Date) *MilestoneInput { in.DueOn = &day; return in }
	inEuros := m("500.00")
	inEuros.Amount.Currency = "EUR"
	untitled := m("500.00")
	untitled.Title = "x"
	for name, tc := range map[string]struct {
		in   []*MilestoneInput
		code fault.Code
		path string
	}{
		"it takes none":                             {in: nil},
		"it takes one for everything":               {in: []*MilestoneInput{m("500.00")}},
		"it takes several":                          {in: []*MilestoneInput{m("200.00", plan[0], plan[2]), m("300.00", plan[1])}},
		"it takes a day of the work":                {in: []*MilestoneInput{on(m("500.00"), "2026-03-20")}},
		"it refuses what comes to less":             {[]*MilestoneInput{m("200.00", plan[0]), m("299.99")}, fault.CodeInvalidValue, "milestones"},
		"it refuses what comes to more":             {[]*MilestoneInput{m("200.00", plan[0]), m("300.01")}, fault.CodeInvalidValue, "milestones"},
		"it refuses nothing as an amount":           {[]*MilestoneInput{m("0.00")}, fault.CodeInvalidValue, "milestones.0.amount.amount"},
		"it refuses more than the fee":              {[]*MilestoneInput{m("500.01")}, fault.CodeInvalidValue, "milestones.0.amount.amount"},
		"it refuses fractions of a cent":            {[]*MilestoneInput{m("1.001")}, fault.CodeInvalidValue, "milestones.0.amount"},
		"it refuses another currency":               {[]*MilestoneInput{inEuros}, fault.CodeInvalidValue, "milestones.0.amount.currency"},
		"it refuses no title":                       {[]*MilestoneInput{untitled}, fault.CodeInvalidValue, "milestones.0.title"},
		"it refuses one that waits for nothing":     {[]*MilestoneInput{m("200.00"), m("300.00")}, fault.CodeInvalidValue, "milestones.0.plannedDeliverableIds"},
		"it refuses a deliverable twice":            {[]*MilestoneInput{m("200.00", plan[0]), m("300.00", plan[0])}, fault.CodeInvalidValue, "milestones.1.plannedDeliverableIds.0"},
		"it refuses a deliverable of other work":    {[]*MilestoneInput{m("500.00", foreign)}, fault.CodeNotFound, "milestones.0.plannedDeliverableIds.0"},
		"it refuses a day before the work":          {[]*MilestoneInput{on(m("500.00"), "2026-03-08")}, fault.CodeInvalidValue, "milestones.0.dueOn"},
		"it refuses a day after the work":           {[]*MilestoneInput{on(m("500.00"), "2026-03-21")}, fault.CodeInvalidValue, "milestones.0.dueOn"},
		"it refuses more than it can keep track of": {slices.Repeat([]*MilestoneInput{m("1.00")}, 11), fault.CodeInvalidValue, "milestones"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(tc.in, terms)
			stage.Answers(t, err, tc.code, tc.path)
		})
	}
	hourly := terms
	hourly.IsHourly = true
	_, err := Read([]*MilestoneInput{m("500.00")}, hourly)
	stage.Answers(t, err, fault.CodeInvalidValue, "milestones")
	_, err = Read(nil, hourly)
	stage.Answers(t, err, "", "")
}

func TestCanMove(t *testing.T) {
	t.Parallel()
	stage.Answers(t, canMove(milestone.StatusFunded, event.MilestoneDue), "", "")
	stage.Answers(t, canMove(milestone.StatusPaid, event.MilestoneCancelled), fault.CodeIllegalTransition, "")
}

func TestCanKeep(t *testing.T) {
	t.Parallel()
	day := calendar.Date("2026-03-20")
	all := []*ent.Milestone{{}, {DueOn: &day}}
	stage.Answers(t, CanKeep(all, Terms{StartsOn: "2026-03-09", EndsOn: "2026-03-20"}), "", "")
	stage.Answers(t, CanKeep(all, Terms{StartsOn: "2026-03-09", EndsOn: "2026-03-19"}), fault.CodeInvalidValue, "milestones")
}

func TestCuts(t *testing.T) {
	t.Parallel()
	all := []*ent.Milestone{{AmountMinor: 100}, {AmountMinor: 120, RefundedMinor: 20}, {AmountMinor: 100}}
	for left, want := range map[int64][]int64{300: {0, 0, 0}, 250: {0, 0, 50}, 200: {0, 0, 100}, 199: {0, 1, 100}, 1: {99, 100, 100}, 0: {100, 100, 100}} {
		if got := cuts(all, left); !slices.Equal(got, want) {
			t.Errorf("to leave %d it takes %v, want %v", left, got, want)
		}
	}
}

func TestEarned(t *testing.T) {
	t.Parallel()
	plan := planned(t, 3)
	one := &ent.Milestone{PlannedDeliverableIds: []gid.ID{plan[0].ID, plan[1].ID}}
	last := &ent.Milestone{PlannedDeliverableIds: []gid.ID{plan[2].ID}}
	d := func(n int, status deliverable.Status) *ent.Deliverable {
		return &ent.Deliverable{PlannedDeliverableID: plan[n].ID, Status: status}
	}
	const accepted, submitted, cancelled = deliverable.StatusAccepted, deliverable.StatusSubmitted, deliverable.StatusCancelled
	for name, tc := range map[string]struct {
		deliverables []*ent.Deliverable
		want         bool
	}{
		"all are accepted":                     {[]*ent.Deliverable{d(0, accepted), d(1, accepted), d(2, submitted)}, true},
		"one is accepted, the other dropped":   {[]*ent.Deliverable{d(0, accepted), d(1, cancelled)}, true},
		"it waits for one that is handed in":   {[]*ent.Deliverable{d(0, accepted), d(1, submitted)}, false},
		"it waits when all were dropped":       {[]*ent.Deliverable{d(0, cancelled), d(1, cancelled)}, false},
		"the last waits though it is accepted": {[]*ent.Deliverable{d(0, submitted), d(2, accepted)}, false},
	} {
		if got := Earned([]*ent.Milestone{one, last}, tc.deliverables); (len(got) == 1) != tc.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
	if got := Earned([]*ent.Milestone{one}, []*ent.Deliverable{d(0, accepted), d(1, accepted)}); len(got) != 0 {
		t.Errorf("the only one fell due before completion: %v", got)
	}
}

func TestIsLate(t *testing.T) {
	t.Parallel()
	day := calendar.Date("2026-03-10")
	m := &ent.Milestone{Status: milestone.StatusFunded, DueOn: &day}
	night := time.Date(2026, time.March, 11, 2, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		m    *ent.Milestone
		zone calendar.Zone
		want bool
	}{
		"the day is over":                     {m, "", true},
		"it is not over in Phoenix":           {m, "America/Phoenix", false},
		"no day was said":                     {&ent.Milestone{Status: milestone.StatusFunded}, "", false},
		"it is due, and late no more":         {&ent.Milestone{Status: milestone.StatusDue, DueOn: &day}, "", false},
		"it is planned, and nobody works yet": {&ent.Milestone{Status: milestone.StatusPlanned, DueOn: &day}, "", false},
	} {
		if got := isLate(tc.m, tc.zone, night); got != tc.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
