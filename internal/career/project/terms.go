package project

import (
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/text"
)

// The hours that a micro-project takes.
const (
	LeastHours = 5
	MostHours  = 40
)

// terms are what a project says of the work and its pay.
type terms struct {
	title        string
	brief        string
	hours        int
	fee          money.Money
	seats        int
	workplace    microproject.Workplace
	location     *string
	audience     microproject.Audience
	institutions []gid.ID
	breakWindow  *calendar.Window
	startsOn     *calendar.Date
	startsBy     *calendar.Date
	dueOn        *calendar.Date
	applyBy      *time.Time
	occupation   *gid.ID
	skills       []gid.ID
	requirements *schema.Requirements
	attested     attested
	breakTerm    *gid.ID
	hoursPerWeek *int
	conduct      conduct
	pool         *gid.ID
}

// termsOf are a project's terms as they stand.
func termsOf(p *ent.MicroProject, institutions, skills []gid.ID) terms {
	t := terms{
		title: p.Title, brief: p.Brief, hours: p.Hours, fee: Fee(p), seats: p.Seats,
		workplace: p.Workplace, location: p.Location, audience: p.Audience, institutions: institutions,
		breakWindow: calendar.WindowOf(p.BreakStartsOn, p.BreakEndsOn),
		startsOn:    p.StartsOn, startsBy: p.StartsBy, dueOn: p.DueOn, applyBy: p.ApplyBy, skills: skills,
		requirements: p.Requirements,
		attested:     attestedOf(p), conduct: conductOf(p), hoursPerWeek: p.HoursPerWeek,
	}
	if !p.BreakTermID.IsNone() {
		t.breakTerm = &p.BreakTermID
	}
	if !p.OccupationID.IsNone() {
		t.occupation = &p.OccupationID
	}
	if !p.FundingPoolID.IsNone() {
		t.pool = &p.FundingPoolID
	}
	return t
}

// read are the terms that an input drafts.
func (in DraftMicroProjectInput) read(r *text.Reader) terms {
	t := terms{
		title: r.Line("title", in.Title, 5, 120), brief: r.Prose("brief", in.Brief, 20, 8000),
		hours: in.Hours, fee: readFee(r, in.Fee), seats: 1,
		workplace: in.Workplace, location: r.LineLater("location", in.Location, 200),
		audience: microproject.AudiencePublic, institutions: in.InstitutionIDs,
		breakWindow: in.BreakWindow, startsOn: in.StartsOn, startsBy: in.StartsBy, dueOn: in.DueOn, applyBy: in.ApplyBy,
		occupation: in.OccupationID, skills: in.SkillIDs, requirements: readRequirements(r, in.Requirements),
		attested: in.attested(), conduct: in.conduct(r), breakTerm: in.BreakTermID, hoursPerWeek: in.HoursPerWeek,
		pool: in.FundingPoolID,
	}
	if in.Seats != nil {
		t.seats = *in.Seats
	}
	if in.Audience != nil {
		t.audience = *in.Audience
	}
	return t
}

// read are the terms that an input makes of those before.
func (in ReviseMicroProjectInput) read(r *text.Reader, before terms) terms {
	t := before
	if title, given := kept(r, "title", in.Title); given {
		t.title = r.Line("title", title, 5, 120)
	}
	if brief, given := kept(r, "brief", in.Brief); given {
		t.brief = r.Prose("brief", brief, 20, 8000)
	}
	if hours, given := kept(r, "hours", in.Hours); given {
		t.hours = hours
	}
	if fee, given := kept(r, "fee", in.Fee); given {
		t.fee = readFee(r, fee)
	}
	if seats, given := kept(r, "seats", in.Seats); given {
		t.seats = seats
	}
	if workplace, given := kept(r, "workplace", in.Workplace); given {
		t.workplace = workplace
	}
	if audience, given := kept(r, "audience", in.Audience); given {
		t.audience = audience
	}
	t.location = r.LineLater("location", opt.Or(in.Location, before.location), 200)
	t.breakWindow = opt.Or(in.BreakWindow, before.breakWindow)
	t.startsOn, t.dueOn = opt.Or(in.StartsOn, before.startsOn), opt.Or(in.DueOn, before.dueOn)
	t.startsBy = opt.Or(in.StartsBy, before.startsBy)
	t.applyBy = opt.Or(in.ApplyBy, before.applyBy)
	t.occupation = opt.Or(in.OccupationID, before.occupation)
	if requirements, given := in.Requirements.ValueOK(); given {
		t.requirements = readRequirements(r, requirements)
	}
	t.attested, t.conduct = in.attested(r, before.attested), in.conduct(r, before.conduct)
	t.breakTerm, t.hoursPerWeek = opt.Or(in.BreakTermID, before.breakTerm), opt.Or(in.HoursPerWeek, before.hoursPerWeek)
	t.pool = opt.Or(in.FundingPoolID, before.pool)
	if skills, given := in.SkillIDs.ValueOK(); given {
		t.skills = skills
	}
	if institutions, given := in.InstitutionIDs.ValueOK(); given {
		t.institutions = institutions
	} else if t.audience == microproject.AudiencePublic {
		t.institutions = nil // opening a project to everybody lets go of those chosen before
	}
	return t
}

// kept is the value given to a field that cannot be cleared.
func kept[T any](r *text.Reader, path string, v opt.Value[T]) (value T, given bool) {
	to, given := v.ValueOK()
	if given && to == nil {
		r.Refuse(fault.InvalidValue(path, "This cannot be cleared: leave it out, or give it a value."))
		return value, false
	}
	if !given {
		return value, false
	}
	return *to, true
}

func readFee(r *text.Reader, in money.Input) money.Money {
	fee, err := in.Parse()
	switch {
	case err != nil:
		r.Refuse(fault.InvalidValue("fee", fmt.Sprintf("Correct the amount: %s.", err)))
	case fee.Minor <= 0:
		r.Refuse(fault.InvalidValue("fee", "Pay something: the fee is more than nothing."))
	case fee.Minor > money.Most:
		r.Refuse(fault.InvalidValue("fee", "Correct the amount: it is too large."))
	}
	return fee
}

// check refuses terms that do not fit the rules or one another.
func (t terms) check(r *text.Reader) {
	if t.hours < LeastHours || t.hours > MostHours {
		r.Refuse(fault.InvalidValue("hours", fmt.Sprintf("A micro-project takes %d to %d hours.", LeastHours, MostHours)))
	}
	if h := int64(t.hours); t.attested.payModel == microproject.PayModelHourly && h > 0 && t.fee.Minor%h != 0 {
		r.Refuse(fault.InvalidValue("fee", fmt.Sprintf("By the hour, choose a fee that divides into %d hours, as %s does.", h,
			money.Money{Minor: t.fee.Minor/h*h + h, Currency: t.fee.Currency})))
	}
	if t.seats < 1 || t.seats > 50 {
		r.Refuse(fault.InvalidValue("seats", "A micro-project has 1 to 50 seats."))
	}
	if t.workplace != microproject.WorkplaceRemote && t.location == nil {
		r.Refuse(fault.InvalidValue("location", "Name the place, or make the work remote."))
	}
	if w := t.breakWindow; w != nil && w.EndsOn.Before(w.StartsOn) {
		r.Refuse(fault.InvalidValue("breakWindow.endsOn", "Let the break end on the day it starts or later."))
	}
	t.checkDays(r)
	if h := t.hoursPerWeek; h != nil && (*h < 1 || *h > t.hours) {
		r.Refuse(fault.InvalidValue("hoursPerWeek", "Give at least one hour a week, and no more than the work takes in all."))
	}
	t.attested.check(r)
	switch n := len(t.institutions); {
	case t.audience == microproject.AudiencePublic && n > 0:
		r.Refuse(fault.InvalidValue("institutionIds", "Leave the institutions out, or make the audience INSTITUTIONS."))
	case t.audience == microproject.AudienceInstitutions && (n == 0 || n > most):
		r.Refuse(fault.InvalidValue("institutionIds", "Choose 1 to 20 institutions."))
	}
	if len(t.skills) > most {
		r.Refuse(fault.InvalidValue("skillIds", "Ask for at most 20 skills."))
	}
	once(r, "institutionIds", t.institutions)
	once(r, "skillIds", t.skills)
}

// checkDays refuses a window of starts that is none, and work that is due before
// it has started.
func (t terms) checkDays(r *text.Reader) {
	if by := t.startsBy; by != nil && (t.startsOn == nil || by.Before(*t.startsOn)) {
		r.Refuse(fault.InvalidValue("startsBy", "Let the latest start be on the earliest one or later, and name both."))
	}
	if start := t.latestStart(); start != nil && t.dueOn != nil && t.dueOn.Before(*start) {
		r.Refuse(fault.InvalidValue("dueOn", "Make the work due on the day it starts or later."))
	}
}

// latestStart is the last day on which the work may start: without a window the
// day that it starts.
func (t terms) latestStart() *calendar.Date {
	if t.startsBy != nil {
		return t.startsBy
	}
	return t.startsOn
}

// once refuses ids that are named a second time.
func once(r *text.Reader, path string, ids []gid.ID) {
	for i, id := range ids[:min(len(ids), most)] {
		if slices.Contains(ids[:i], id) {
			r.Refuse(fault.InvalidValue(at(path, i), "Name each one once."))
		}
	}
}

// checkWindow refuses a day to apply by that has passed. One that was given
// earlier may pass while the project is written.
func checkWindow(r *text.Reader, applyBy *time.Time, now time.Time) {
	if isWindowClosed(applyBy, now) {
		r.Refuse(fault.InvalidValue("applyBy", "Let people apply until some time in the future."))
	}
}

// checkDue refuses a deliverable that is due before the work starts or after
// all of it is.
func (t terms) checkDue(r *text.Reader, path string, due *calendar.Date) {
	switch {
	case due == nil:
	case t.startsOn != nil && due.Before(*t.startsOn):
		r.Refuse(fault.InvalidValue(path, "Make it due on the day the project starts or later."))
	case t.dueOn != nil && t.dueOn.Before(*due):
		r.Refuse(fault.InvalidValue(path, "Make it due no later than the project."))
	}
}

func at(path string, i int) string { return fmt.Sprintf("%s.%d", path, i) }
