package amendment

import (
	"cmp"
	"fmt"

	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/money"
)

// addedFee is what the milestone of an added fee is called where nobody says.
const addedFee = "Added fee"

// readPay reads the hours with what is added to the fee. More hours need more pay,
// and no hour may pay less than it did.
func (p *proposal) readPay(hours *int, given *money.Input) *money.Money {
	added, now := p.readAddedFee(given), p.work.hours()
	next := now
	if hours != nil {
		next = *hours
	}
	switch {
	case hours != nil && given == nil && (next < project.LeastHours || next >= now):
		p.Refuse(fault.InvalidValue("hours", fmt.Sprintf(
			"For the same fee the hours can only become fewer: from %d to below %d. Add to the fee for more.", project.LeastHours, now)))
	case hours != nil && next == now:
		p.Refuse(fault.InvalidValue("hours", "These are the hours already. Leave them out, or choose others."))
	case hours != nil && (next < project.LeastHours || next > project.MostHours):
		p.Refuse(fault.InvalidValue("hours", fmt.Sprintf("A micro-project takes %d to %d hours.", project.LeastHours, project.MostHours)))
	case added != nil:
		p.Refuse(paysHours(p.work, next, *added))
	}
	return added
}

// readAddedFee reads what the employer pays on top, or nil.
func (p *proposal) readAddedFee(given *money.Input) *money.Money {
	if given == nil {
		return nil
	}
	fee := p.work.fee()
	added, err := given.Parse()
	switch {
	case err != nil:
		p.Refuse(fault.InvalidValue("addedFee", fmt.Sprintf("Correct the amount: %s.", err)))
	case added.Currency != fee.Currency:
		p.Refuse(fault.InvalidValue("addedFee.currency", fmt.Sprintf("The fee is in %s.", fee.Currency)))
	case added.Minor <= 0:
		p.Refuse(fault.InvalidValue("addedFee.amount", "Add something: more than nothing."))
	case added.Minor > money.Most-fee.Minor:
		p.Refuse(fault.InvalidValue("addedFee.amount", "Correct the amount: it is too large."))
	default:
		return &added
	}
	return nil
}

// paysHours: by the hour, what is added pays the added hours, to the cent; else an
// hour pays at least what it paid.
func paysHours(w work, hours int, added money.Money) error {
	more := hours - w.hours()
	if rate := worklog.HourlyRate(w.offer); rate != nil {
		due := rate.Times(max(more, 0) * 60)
		switch {
		case more <= 0:
			return fault.InvalidValue("hours", "This work is paid by the hour, so more pay needs more hours: say how many there are to be.")
		case added != due:
			return fault.InvalidValue("addedFee.amount", fmt.Sprintf("%d more hours at %s add %s to the fee.", more, rate, due))
		}
		return nil
	}
	fee, before := w.fee(), int64(w.hours())
	least := money.Money{Minor: (fee.Minor*int64(hours)+before-1)/before - fee.Minor, Currency: fee.Currency}
	if added.Minor < least.Minor {
		return fault.InvalidValue("addedFee.amount", fmt.Sprintf("For %d hours add at least %s, so that no hour pays less than it did.", hours, least))
	}
	return nil
}

// readFeeTitle reads what the milestone of an added fee is called, or nil where the
// fee is not split.
func (p *proposal) readFeeTitle(in ProposeAmendmentInput) *string {
	title := p.LineLater("addedFeeTitle", in.AddedFeeTitle, 200)
	switch isSplit := len(p.work.milestones) > 0; {
	case in.AddedFee != nil && isSplit:
		return cmp.Or(title, new(addedFee))
	case title != nil && in.AddedFee == nil:
		p.Refuse(fault.InvalidValue("addedFeeTitle", "Leave the title out: nothing is added to the fee."))
	case title != nil:
		p.Refuse(fault.InvalidValue("addedFeeTitle", "Leave the title out: the fee is paid in one sum, without milestones."))
	}
	return nil
}
