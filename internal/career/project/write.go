package project

import (
	"context"
	"reflect"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/occupation"
	"github.com/rung-dev/rung/ent/gen/ent/projectinstitution"
	"github.com/rung-dev/rung/ent/gen/ent/projectskill"
	"github.com/rung-dev/rung/internal/calendar"
	career "github.com/rung-dev/rung/internal/career/institution"
	"github.com/rung-dev/rung/internal/career/pool"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
)

// write sets what differs from the terms before, so that the audit names only
// what changed.
func (t terms) write(m *ent.MicroProjectMutation, before terms) {
	put(&t.title, &before.title, m.SetTitle, nil)
	folded, foldedBefore := text.Fold(t.title), text.Fold(before.title)
	put(&folded, &foldedBefore, m.SetTitleFolded, nil)
	put(&t.brief, &before.brief, m.SetBrief, nil)
	put(&t.hours, &before.hours, m.SetHours, nil)
	put(&t.fee.Minor, &before.fee.Minor, m.SetFeeMinor, nil)
	currency, currencyBefore := string(t.fee.Currency), string(before.fee.Currency)
	put(&currency, &currencyBefore, m.SetCurrency, nil)
	put(&t.seats, &before.seats, m.SetSeats, nil)
	put(&t.workplace, &before.workplace, m.SetWorkplace, nil)
	put(t.location, before.location, m.SetLocation, m.ClearLocation)
	put(&t.audience, &before.audience, m.SetAudience, nil)
	put(t.startsOn, before.startsOn, m.SetStartsOn, m.ClearStartsOn)
	put(t.startsBy, before.startsBy, m.SetStartsBy, m.ClearStartsBy)
	put(t.dueOn, before.dueOn, m.SetDueOn, m.ClearDueOn)
	put(t.applyBy, before.applyBy, m.SetApplyBy, m.ClearApplyBy)
	put(t.occupation, before.occupation, m.SetOccupationID, m.ClearOccupationID)
	t.attested.write(m, before.attested)
	t.conduct.write(m, before.conduct)
	put(t.pool, before.pool, m.SetFundingPoolID, m.ClearFundingPoolID)
	put(t.breakTerm, before.breakTerm, m.SetBreakTermID, m.ClearBreakTermID)
	put(t.hoursPerWeek, before.hoursPerWeek, m.SetHoursPerWeek, m.ClearHoursPerWeek)
	switch {
	case reflect.DeepEqual(t.requirements, before.requirements):
	case t.requirements != nil:
		m.SetRequirements(t.requirements)
	default:
		m.ClearRequirements()
	}
	switch {
	case t.breakWindow != nil:
		m.SetBreakStartsOn(t.breakWindow.StartsOn)
		m.SetBreakEndsOn(t.breakWindow.EndsOn)
	case before.breakWindow != nil:
		m.ClearBreakStartsOn()
		m.ClearBreakEndsOn()
	}
}

// put sets a column, or clears it, where it differs.
func put[T comparable](to, from *T, set func(T), unset func()) {
	switch {
	case to != nil && (from == nil || *from != *to):
		set(*to)
	case to == nil && from != nil:
		unset()
	}
}

// refer refuses ids that name nothing the viewer may see, and institutions that
// do not let the employer post to their talents.
func (t *terms) refer(ctx context.Context, client *ent.Client, r *text.Reader, employer gid.ID) error {
	if t.occupation != nil {
		there, err := client.Occupation.Query().Where(occupation.ID(*t.occupation)).Exist(ctx)
		if err != nil {
			return err
		}
		if !there {
			r.Refuse(fault.NotFound("occupationId", "There is no such occupation."))
		}
	}
	if err := referSkills(ctx, client, r, "skillIds", t.skills); err != nil {
		return err
	}
	if t.requirements != nil {
		if err := referSkills(ctx, client, r, "requirements.skillIds", t.requirements.SkillIDs); err != nil {
			return err
		}
	}
	if err := t.referTerm(ctx, client, r); err != nil {
		return err
	}
	if err := t.referPool(ctx, client, r, employer); err != nil {
		return err
	}
	if n := len(t.institutions); n > 0 && n <= most {
		return t.referInstitutions(ctx, client, r, employer)
	}
	return nil
}

// referTerm takes the days of the term that the work fits into, unless the
// project has a window of its own.
func (t *terms) referTerm(ctx context.Context, client *ent.Client, r *text.Reader) error {
	if t.breakTerm == nil {
		return nil
	}
	term, err := client.Term.Get(ctx, *t.breakTerm)
	if ent.IsNotFound(err) {
		r.Refuse(fault.NotFound("breakTermId", "There is no such term."))
		return nil
	}
	if err == nil && t.breakWindow == nil {
		t.breakWindow = &calendar.Window{StartsOn: term.StartsOn, EndsOn: term.EndsOn}
	}
	return err
}

// referPool refuses a funding pool that would not pay.
func (t *terms) referPool(ctx context.Context, client *ent.Client, r *text.Reader, employer gid.ID) error {
	if t.pool == nil {
		return nil
	}
	p, isAdmitted, err := pool.Named(ctx, client, *t.pool, employer)
	if err == nil {
		r.Refuse(pool.CanName(p, isAdmitted, t.fee))
	}
	return err
}

func (t *terms) referInstitutions(ctx context.Context, client *ent.Client, r *text.Reader, employer gid.ID) error {
	rows, err := client.Institution.Query().Where(institution.IDIn(t.institutions...)).All(ctx)
	if err != nil {
		return err
	}
	found := map[gid.ID]*ent.Institution{}
	for _, i := range rows {
		found[i.ID] = i
	}
	for n, id := range t.institutions {
		l, err := career.LinkOf(ctx, client, employer, id)
		if err != nil {
			return err
		}
		r.Refuse(canChoose(found[id], l, at("institutionIds", n)))
	}
	return nil
}

// choose makes the project's skills and institutions those of the terms.
func (t terms) choose(ctx context.Context, tx *store.Tx, p *ent.MicroProject, before terms) error {
	if gone := without(before.skills, t.skills); len(gone) > 0 {
		_, err := tx.ProjectSkill.Delete().Where(projectskill.MicroProjectID(p.ID), projectskill.SkillIDIn(gone...)).Exec(ctx)
		if err != nil {
			return err
		}
	}
	var skills []*ent.ProjectSkillCreate
	for _, id := range without(t.skills, before.skills) {
		skills = append(skills, tx.ProjectSkill.Create().SetMicroProjectID(p.ID).SetEmployerOrgID(p.EmployerOrgID).SetSkillID(id))
	}
	if err := tx.ProjectSkill.CreateBulk(skills...).Exec(ctx); err != nil {
		return err
	}
	if gone := without(before.institutions, t.institutions); len(gone) > 0 {
		_, err := tx.ProjectInstitution.Delete().
			Where(projectinstitution.MicroProjectID(p.ID), projectinstitution.InstitutionIDIn(gone...)).Exec(ctx)
		if err != nil {
			return err
		}
	}
	var institutions []*ent.ProjectInstitutionCreate
	for _, id := range without(t.institutions, before.institutions) {
		institutions = append(institutions, tx.ProjectInstitution.Create().
			SetMicroProjectID(p.ID).SetEmployerOrgID(p.EmployerOrgID).SetInstitutionID(id))
	}
	return tx.ProjectInstitution.CreateBulk(institutions...).Exec(ctx)
}

func without(ids, gone []gid.ID) []gid.ID {
	var left []gid.ID
	for _, id := range ids {
		if !slices.Contains(gone, id) {
			left = append(left, id)
		}
	}
	return left
}
