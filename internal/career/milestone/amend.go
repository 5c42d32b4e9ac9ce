package milestone

import (
	"context"
	"fmt"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
)

// Amend makes what both sides agreed on hold for milestones of locked work.
func Amend(ctx context.Context, tx *store.Tx, offer gid.ID, changes []schema.AmendedMilestone) error {
	for _, change := range changes {
		update := tx.Milestone.Update().
			Where(milestone.ID(change.MilestoneID), milestone.OfferID(offer), milestone.StatusEQ(milestone.StatusFunded)).
			SetNillableTitle(change.Title).SetNillableDueOn(change.DueOn).SetNillableAmountMinor(change.AmountMinor)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// Add makes what was added to a fee that is set aside one more milestone, the last.
func Add(ctx context.Context, tx *store.Tx, o *ent.Offer, title string, added money.Money) error {
	last, err := tx.Milestone.Query().Where(milestone.OfferID(o.ID)).Order(ent.Desc(milestone.FieldPosition)).First(ctx)
	if err != nil {
		return err
	}
	if err := create(tx, o, last.Position+1, Planned{title: title, amount: added, deliverables: []gid.ID{}}).Exec(ctx); err != nil {
		return err
	}
	return Fund(ctx, tx, o.ID)
}

// Standing are the milestones of work that is to change, and between which days it
// is still done.
type Standing struct {
	All         []*ent.Milestone
	Today, Ends calendar.Date
}

// ReadAmended checks what is said anew of milestones: only of those whose money is
// set aside and not due, and so that they come to what they came to.
func ReadAmended(r *text.Reader, in []*AmendedMilestoneInput, s Standing) []schema.AmendedMilestone {
	read := make([]schema.AmendedMilestone, len(in))
	named := map[gid.ID]bool{}
	var more int64
	for i, m := range in {
		path := fmt.Sprintf("amendedMilestones.%d.", i)
		row := s.name(r, path, m.MilestoneID, named)
		read[i] = schema.AmendedMilestone{MilestoneID: m.MilestoneID, DueOn: m.DueOn, Title: r.LineLater(path+"title", m.Title, 200)}
		if m.DueOn != nil && (m.DueOn.Before(s.Today) || s.Ends.Before(*m.DueOn)) {
			r.Refuse(fault.InvalidValue(path+"dueOn", fmt.Sprintf("Choose a day from %s to %s, the last day of the work.", s.Today, s.Ends)))
		}
		if row == nil {
			continue
		}
		if m.Amount != nil {
			amount := readAmended(r, path, *m.Amount, row)
			read[i].AmountMinor, more = &amount, more+amount-row.AmountMinor
		}
		if read[i].Title == nil && m.DueOn == nil && m.Amount == nil {
			r.Refuse(fault.InvalidValue(path+"title", "Say what is to change: the title, the due day or the amount."))
		}
	}
	if more != 0 && r.Err() == nil {
		stands := money.Money{Currency: money.Currency(s.All[0].Currency)}
		for _, m := range s.funded() {
			stands.Minor += m.AmountMinor
		}
		come := money.Money{Minor: stands.Minor + more, Currency: stands.Currency}
		r.Refuse(fault.InvalidValue("amendedMilestones", fmt.Sprintf(
			"What is not due yet would come to %s. Let it come to %s, as it does; what is added to the fee is a milestone of its own.", come, stands)))
	}
	return read
}

func (s Standing) funded() []*ent.Milestone {
	return slices.DeleteFunc(slices.Clone(s.All), func(m *ent.Milestone) bool { return m.Status != milestone.StatusFunded })
}

// name finds a milestone of this work that can change, which is named once.
func (s Standing) name(r *text.Reader, path string, id gid.ID, named map[gid.ID]bool) *ent.Milestone {
	i := slices.IndexFunc(s.All, func(m *ent.Milestone) bool { return m.ID == id })
	switch {
	case i < 0:
		r.Refuse(fault.NotFound(path+"milestoneId", "There is no such milestone in this work."))
		return nil
	case named[id]:
		r.Refuse(fault.InvalidValue(path+"milestoneId", "Name each milestone once."))
	case s.All[i].Status != milestone.StatusFunded:
		r.Refuse(fault.InvalidValue(path+"milestoneId", "Only a milestone whose money is set aside and not due yet can be changed."))
	}
	named[id] = true
	return s.All[i]
}

// readAmended reads what a milestone is to be: more than what went back of it.
func readAmended(r *text.Reader, path string, given money.Input, m *ent.Milestone) int64 {
	amount, err := given.Parse()
	back := money.Money{Minor: m.RefundedMinor, Currency: money.Currency(m.Currency)}
	switch {
	case err != nil:
		r.Refuse(fault.InvalidValue(path+"amount", fmt.Sprintf("Correct the amount: %s.", err)))
	case amount.Currency != back.Currency:
		r.Refuse(fault.InvalidValue(path+"amount.currency", fmt.Sprintf("The fee is in %s.", m.Currency)))
	case amount.Minor <= back.Minor || amount.Minor > money.Most:
		r.Refuse(fault.InvalidValue(path+"amount.amount", fmt.Sprintf("Give an amount above %s, and at most what is not due yet.", back)))
	default:
		return amount.Minor
	}
	return m.AmountMinor
}

// IsLeftBehind reports whether a milestone that is not due yet would be due after
// the last day of the work.
func IsLeftBehind(s Standing, changes []schema.AmendedMilestone) bool {
	return slices.ContainsFunc(s.funded(), func(m *ent.Milestone) bool {
		moves := slices.ContainsFunc(changes, func(c schema.AmendedMilestone) bool { return c.MilestoneID == m.ID && c.DueOn != nil })
		return !moves && m.DueOn != nil && s.Ends.Before(*m.DueOn)
	})
}

// StillFits reports whether what was proposed of milestones could be proposed now:
// their money is still set aside and not due.
func StillFits(changes []schema.AmendedMilestone, s Standing) bool {
	funded := s.funded()
	return !slices.ContainsFunc(changes, func(c schema.AmendedMilestone) bool {
		i := slices.IndexFunc(funded, func(m *ent.Milestone) bool { return m.ID == c.MilestoneID })
		return i < 0 || c.DueOn != nil && c.DueOn.Before(s.Today) || c.AmountMinor != nil && *c.AmountMinor <= funded[i].RefundedMinor
	})
}
