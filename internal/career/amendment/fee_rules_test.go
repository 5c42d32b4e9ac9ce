package amendment

import (
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	entmilestone "github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/stage"
)

func euros(amount money.Decimal) *money.Input { return &money.Input{Amount: amount, Currency: "EUR"} }

// inParts is work whose fee is split in two, of which the first is paid.
func inParts() work {
	w := inWork()
	due := calendar.Date("2026-03-19")
	w.milestones = []*ent.Milestone{
		{ID: id(gid.Milestone, 1), Status: entmilestone.StatusPaid, AmountMinor: 200_00, Currency: "EUR"},
		{ID: id(gid.Milestone, 2), Status: entmilestone.StatusFunded, AmountMinor: 300_00, Currency: "EUR", DueOn: &due},
	}
	return w
}

func TestReadPay(t *testing.T) {
	t.Parallel()
	const invalid = fault.CodeInvalidValue
	hourly := inWork()
	hourly.offer.PayModel = offer.PayModelHourly
	fewer := inWork()
	fewer.engagement.AmendedHours, fewer.engagement.AmendedFeeMinor = new(10), new(int64(600_00))
	for name, c := range map[string]struct {
		w     work
		hours *int
		added *money.Input
		code  fault.Code
		path  string
	}{
		"more pay for the same hours":                  {inWork(), nil, euros("0.01"), "", ""},
		"more pay for fewer hours":                     {inWork(), new(5), euros("1.00"), "", ""},
		"more hours at what an hour pays":              {inWork(), new(30), euros("250.00"), "", ""},
		"forty hours":                                  {inWork(), new(40), euros("500.00"), "", ""},
		"it refuses more hours at a cent less":         {inWork(), new(30), euros("249.99"), invalid, "addedFee.amount"},
		"a part of a cent is paid whole":               {inWork(), new(21), euros("25.00"), "", ""},
		"it refuses more hours without money":          {inWork(), new(21), nil, invalid, "hours"},
		"it refuses forty-one hours":                   {inWork(), new(41), euros("9999.00"), invalid, "hours"},
		"it refuses four hours":                        {inWork(), new(4), euros("1.00"), invalid, "hours"},
		"it refuses the hours that are agreed":         {inWork(), new(20), euros("1.00"), invalid, "hours"},
		"it refuses nothing":                           {inWork(), nil, euros("0.00"), invalid, "addedFee.amount"},
		"it refuses to take away":                      {inWork(), nil, euros("-1.00"), invalid, "addedFee.amount"},
		"it refuses fractions of a cent":               {inWork(), nil, euros("1.001"), invalid, "addedFee"},
		"it refuses another currency":                  {inWork(), nil, &money.Input{Amount: "1.00", Currency: "USD"}, invalid, "addedFee.currency"},
		"as much as a fee can be":                      {inWork(), nil, euros("9999999500.00"), "", ""},
		"it refuses a cent beyond that":                {inWork(), nil, euros("9999999500.01"), invalid, "addedFee.amount"},
		"it counts from what was amended":              {fewer, new(20), euros("600.00"), "", ""},
		"it refuses less than what was amended":        {fewer, new(20), euros("599.99"), invalid, "addedFee.amount"},
		"by the hour, the added hours":                 {hourly, new(24), euros("100.00"), "", ""},
		"it refuses less by the hour":                  {hourly, new(24), euros("99.99"), invalid, "addedFee.amount"},
		"it refuses more by the hour":                  {hourly, new(24), euros("100.01"), invalid, "addedFee.amount"},
		"it refuses more pay by the hour for the same": {hourly, nil, euros("25.00"), invalid, "hours"},
		"it refuses more pay by the hour for fewer":    {hourly, new(19), euros("25.00"), invalid, "hours"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := ProposeAmendmentInput{Reason: "It is more work.", Hours: c.hours, AddedFee: c.added}
			read, err := readTerms(in, c.w, now)
			stage.Answers(t, err, c.code, c.path)
			if c.code == "" && (read.fee == nil || read.fee.Amount() != c.added.Amount || read.feeTitle != nil) {
				t.Errorf("it reads %+v", read)
			}
		})
	}
}

func TestPaysHoursRoundsUp(t *testing.T) {
	t.Parallel()
	w := inWork()
	w.offer.FeeMinor, w.offer.Hours = 100_00, 6
	// An hour pays 16.666…, so that one more is worth 16.67.
	stage.Answers(t, paysHours(w, 7, money.Money{Minor: 16_66, Currency: "EUR"}), fault.CodeInvalidValue, "addedFee.amount")
	stage.Answers(t, paysHours(w, 7, money.Money{Minor: 16_67, Currency: "EUR"}), "", "")
}

func TestReadMilestones(t *testing.T) {
	t.Parallel()
	name := "Another"
	change := func(n byte, m milestone.AmendedMilestoneInput) []*milestone.AmendedMilestoneInput {
		m.MilestoneID = id(gid.Milestone, n)
		return []*milestone.AmendedMilestoneInput{&m}
	}
	for of, c := range map[string]struct {
		w    work
		in   ProposeAmendmentInput
		code fault.Code
		path string
	}{
		"a title for what is added":                  {inParts(), ProposeAmendmentInput{AddedFee: euros("1.00"), AddedFeeTitle: &name}, "", ""},
		"it refuses a title where nothing is added":  {inParts(), ProposeAmendmentInput{EndsOn: day("2026-03-27"), AddedFeeTitle: &name}, fault.CodeInvalidValue, "addedFeeTitle"},
		"it refuses a title where nothing is split":  {inWork(), ProposeAmendmentInput{AddedFee: euros("1.00"), AddedFeeTitle: &name}, fault.CodeInvalidValue, "addedFeeTitle"},
		"a new name and day":                         {inParts(), ProposeAmendmentInput{AmendedMilestones: change(2, milestone.AmendedMilestoneInput{Title: &name, DueOn: day("2026-03-20")})}, "", ""},
		"a day by the new end":                       {inParts(), ProposeAmendmentInput{EndsOn: day("2026-03-27"), AmendedMilestones: change(2, milestone.AmendedMilestoneInput{DueOn: day("2026-03-27")})}, "", ""},
		"it refuses an end before a milestone":       {inParts(), ProposeAmendmentInput{EndsOn: day("2026-03-18")}, fault.CodeInvalidValue, "endsOn"},
		"an earlier end that takes the milestone":    {inParts(), ProposeAmendmentInput{EndsOn: day("2026-03-18"), AmendedMilestones: change(2, milestone.AmendedMilestoneInput{DueOn: day("2026-03-18")})}, "", ""},
		"it refuses to change what is paid":          {inParts(), ProposeAmendmentInput{AmendedMilestones: change(1, milestone.AmendedMilestoneInput{Title: &name})}, fault.CodeInvalidValue, "amendedMilestones.0.milestoneId"},
		"it refuses a milestone of other work":       {inParts(), ProposeAmendmentInput{AmendedMilestones: change(9, milestone.AmendedMilestoneInput{Title: &name})}, fault.CodeNotFound, "amendedMilestones.0.milestoneId"},
		"it refuses more without an added fee":       {inParts(), ProposeAmendmentInput{AmendedMilestones: change(2, milestone.AmendedMilestoneInput{Amount: euros("301.00")})}, fault.CodeInvalidValue, "amendedMilestones"},
		"it refuses to name what is added as theirs": {inParts(), ProposeAmendmentInput{AddedFee: euros("1.00"), AmendedMilestones: change(2, milestone.AmendedMilestoneInput{Amount: euros("301.00")})}, fault.CodeInvalidValue, "amendedMilestones"},
	} {
		t.Run(of, func(t *testing.T) {
			t.Parallel()
			c.in.Reason = "It is more work."
			_, err := readTerms(c.in, c.w, now)
			stage.Answers(t, err, c.code, c.path)
		})
	}
	for given, want := range map[*string]string{nil: "Added fee", &name: name} {
		read, err := readTerms(ProposeAmendmentInput{Reason: "It is more work.", AddedFee: euros("1.00"), AddedFeeTitle: given}, inParts(), now)
		if err != nil || *read.feeTitle != want {
			t.Errorf("the milestone is called %v, %v, want %s", read.feeTitle, err, want)
		}
	}
}
