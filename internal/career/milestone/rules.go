package milestone

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
)

const mostMilestones = 10

var rung = []transition.Side{transition.Rung}

// States is the life of a milestone. Nobody moves one by itself: each step follows
// from what happened to the offer, the work or the money.
var States = transition.Table[milestone.Status]{
	{
		Name: string(event.MilestoneFunded), By: rung,
		From: []milestone.Status{milestone.StatusPlanned}, To: milestone.StatusFunded,
		Not: "Only a planned milestone can be funded.",
	},
	{
		Name: string(event.MilestoneDue), By: rung,
		From: []milestone.Status{milestone.StatusFunded}, To: milestone.StatusDue,
		Not: "Only a milestone with money set aside can fall due.",
	},
	{
		Name: string(event.MilestonePaid), By: rung,
		From: []milestone.Status{milestone.StatusDue}, To: milestone.StatusPaid,
		Not: "Only a milestone that is due can be paid.",
	},
	{
		Name: string(event.MilestoneCancelled), By: rung,
		From: []milestone.Status{milestone.StatusPlanned, milestone.StatusFunded}, To: milestone.StatusCancelled,
		Not: "What is due is paid.",
	},
}

// canMove: the milestone must be where the step takes it from.
func canMove(at milestone.Status, kind event.Kind) error {
	row := States.Verb(string(kind))
	if !slices.Contains(row.From, at) {
		return fault.IllegalTransition(row.Not, string(at), []string{})
	}
	return nil
}

// Terms are those of the offer whose fee is split.
type Terms struct {
	Fee      money.Money
	StartsOn calendar.Date
	EndsOn   calendar.Date
	IsHourly bool
	// Deliverables is the project's plan.
	Deliverables []*ent.PlannedDeliverable
}

// Planned is one milestone that was read.
type Planned struct {
	title        string
	amount       money.Money
	deliverables []gid.ID
	dueOn        *calendar.Date
}

// Read checks that milestones add up to the fee, and that it is plain what each
// waits for.
func Read(in []*MilestoneInput, t Terms) ([]Planned, error) {
	if len(in) > 0 && t.IsHourly {
		return nil, fault.InvalidValue("milestones", "Leave them out: work by the hour is paid when it is completed.")
	}
	if len(in) > mostMilestones {
		return nil, fault.InvalidValue("milestones", fmt.Sprintf("Split the fee into at most %d milestones.", mostMilestones))
	}
	var r text.Reader
	planned := make([]Planned, len(in))
	named := map[gid.ID]bool{}
	sum := int64(0)
	for i, m := range in {
		path := fmt.Sprintf("milestones.%d.", i)
		planned[i] = Planned{
			title: r.Line(path+"title", m.Title, 3, 200), amount: readAmount(&r, path, m.Amount, t.Fee),
			deliverables: readDeliverables(&r, path, m.PlannedDeliverableIDs, t, named), dueOn: m.DueOn,
		}
		if len(m.PlannedDeliverableIDs) == 0 && i < len(in)-1 {
			r.Refuse(fault.InvalidValue(path+"plannedDeliverableIds", "Name what it waits for. Only the last milestone may wait for the rest."))
		}
		if m.DueOn != nil && !isWithin(*m.DueOn, t) {
			r.Refuse(fault.InvalidValue(path+"dueOn", fmt.Sprintf("Choose a day from %s to %s.", t.StartsOn, t.EndsOn)))
		}
		sum += planned[i].amount.Minor
	}
	if len(in) > 0 && r.Err() == nil && sum != t.Fee.Minor {
		come := money.Money{Minor: sum, Currency: t.Fee.Currency}
		r.Refuse(fault.InvalidValue("milestones", fmt.Sprintf("The amounts come to %s. Let them come to the fee, %s.", come, t.Fee)))
	}
	return planned, r.Err()
}

func readAmount(r *text.Reader, path string, given money.Input, fee money.Money) money.Money {
	amount, err := given.Parse()
	switch {
	case err != nil:
		r.Refuse(fault.InvalidValue(path+"amount", fmt.Sprintf("Correct the amount: %s.", err)))
	case amount.Currency != fee.Currency:
		r.Refuse(fault.InvalidValue(path+"amount.currency", fmt.Sprintf("The fee is in %s.", fee.Currency)))
	case amount.Minor <= 0 || amount.Minor > fee.Minor:
		r.Refuse(fault.InvalidValue(path+"amount.amount", "Give an amount above zero, and at most the fee."))
		return money.Money{Currency: fee.Currency}
	}
	return amount
}

// readDeliverables checks what a milestone waits for: of the project's own plan,
// each deliverable once.
func readDeliverables(r *text.Reader, path string, ids []gid.ID, t Terms, named map[gid.ID]bool) []gid.ID {
	read := []gid.ID{}
	for i, id := range ids {
		at := fmt.Sprintf("%splannedDeliverableIds.%d", path, i)
		switch {
		case !slices.ContainsFunc(t.Deliverables, func(p *ent.PlannedDeliverable) bool { return p.ID == id }):
			r.Refuse(fault.NotFound(at, "There is no such planned deliverable in this project."))
		case named[id]:
			r.Refuse(fault.InvalidValue(at, "Name each planned deliverable once."))
		}
		named[id] = true
		read = append(read, id)
	}
	return read
}

func isWithin(day calendar.Date, t Terms) bool {
	return !day.Before(t.StartsOn) && !t.EndsOn.Before(day)
}

// CanKeep: milestones that stay are due on days on which the work is still done.
func CanKeep(all []*ent.Milestone, t Terms) error {
	for _, m := range all {
		if m.DueOn != nil && !isWithin(*m.DueOn, t) {
			return fault.InvalidValue("milestones", fmt.Sprintf("Give the milestones anew: one is due on %s.", *m.DueOn))
		}
	}
	return nil
}

// Left is what a milestone pays.
func Left(m *ent.Milestone) int64 { return m.AmountMinor - m.RefundedMinor }

// cuts are what is taken from each of some milestones so that so much is left of
// them, from the last one on.
func cuts(all []*ent.Milestone, leftMinor int64) []int64 {
	over := -leftMinor
	for _, m := range all {
		over += Left(m)
	}
	cut := make([]int64, len(all))
	for i, m := range slices.Backward(all) {
		cut[i] = min(Left(m), max(over, 0))
		over -= cut[i]
	}
	return cut
}

// Earned are those of an offer's milestones with money set aside that fall due: at
// least one of the deliverables they name is accepted, and each other one is or is
// not wanted any more. The last of them waits until the work is completed, and so
// do those of which nothing is wanted any more.
func Earned(funded []*ent.Milestone, deliverables []*ent.Deliverable) []*ent.Milestone {
	var earned []*ent.Milestone
	for i, m := range funded {
		if i < len(funded)-1 && isEarned(m, deliverables) {
			earned = append(earned, m)
		}
	}
	return earned
}

func isEarned(m *ent.Milestone, deliverables []*ent.Deliverable) bool {
	accepted := false
	for _, d := range deliverables {
		if !slices.Contains(m.PlannedDeliverableIds, d.PlannedDeliverableID) || d.Status == deliverable.StatusCancelled {
			continue
		}
		if d.Status != deliverable.StatusAccepted {
			return false
		}
		accepted = true
	}
	return accepted
}

// isLate: its day is over in the time zone of the work, and it is not due yet.
func isLate(m *ent.Milestone, zone calendar.Zone, now time.Time) bool {
	if m.Status != milestone.StatusFunded || m.DueOn == nil {
		return false
	}
	if zone == "" {
		return m.DueOn.Before(calendar.On(now))
	}
	return m.DueOn.Before(calendar.In(now, zone))
}

// Terms of payment, as the documents of an offer state them.
const (
	preamble = "9. Instalments. In the place of what section 3 says of when the fee is paid: the fee is set aside whole when the offer is accepted, and paid out in these instalments. " +
		"Each is paid when the deliverables named for it have been accepted; the last, and whatever else is left, when the work is completed.\n"
	ending = "An instalment that has been paid out stays paid. What section 6 says of the fee holds for what is not paid out yet.\n"
)

// Annex states milestones for the two sides to sign; it is empty where there are
// none.
func Annex(all []*ent.Milestone, plan []*ent.PlannedDeliverable) string {
	if len(all) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n" + preamble)
	for _, m := range all {
		fmt.Fprintf(&b, "\n(%d) %s: %s", m.Position, m.Title, money.Money{Minor: m.AmountMinor, Currency: money.Currency(m.Currency)})
		if m.DueOn != nil {
			fmt.Fprintf(&b, ", due on %s", *m.DueOn)
		}
		var waits []string
		for _, p := range plan {
			if slices.Contains(m.PlannedDeliverableIds, p.ID) {
				waits = append(waits, p.Title)
			}
		}
		if len(waits) > 0 {
			fmt.Fprintf(&b, "; for: %s", strings.Join(waits, "; "))
		}
		b.WriteString(".\n")
	}
	b.WriteString("\n" + ending)
	return b.String()
}
