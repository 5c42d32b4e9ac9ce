package project

import (
	"context"
	"reflect"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/calendar"
	profiles "github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
)

// MicroProjectRequirements are what a project would like talents to bring.
type MicroProjectRequirements struct {
	AuthorizedForUsWork bool
	SponsorsUsWork      bool
	AcceptsOptAndCpt    bool
	GraduatesFrom       *calendar.Date
	GraduatesTo         *calendar.Date
	MinimumGpa          *money.Decimal
	Majors              []string
	Skills              []*ent.Skill
}

// RequirementsOf are each project's requirements, nil where it has none.
func RequirementsOf(ctx context.Context, db *store.DB, projects []*ent.MicroProject) ([]*MicroProjectRequirements, error) {
	var ids []gid.ID
	for _, p := range projects {
		if p != nil && p.Requirements != nil {
			ids = append(ids, p.Requirements.SkillIDs...)
		}
	}
	named, err := skillsNamed(ctx, db.Read, ids)
	if err != nil {
		return nil, err
	}
	all := make([]*MicroProjectRequirements, len(projects))
	for i, p := range projects {
		if p != nil && p.Requirements != nil {
			all[i] = shown(p.Requirements, named)
		}
	}
	return all, nil
}

func shown(q *schema.Requirements, named map[gid.ID]*ent.Skill) *MicroProjectRequirements {
	s := &MicroProjectRequirements{
		AuthorizedForUsWork: q.AuthorizedForUSWork, SponsorsUsWork: q.SponsorsUSWork, AcceptsOptAndCpt: q.AcceptsOptAndCpt,
		GraduatesFrom: q.GraduatesFrom, GraduatesTo: q.GraduatesTo,
		Majors: append([]string{}, q.Majors...), Skills: []*ent.Skill{},
	}
	if q.MinimumGPAHundredths > 0 {
		gpa := profiles.GPA(q.MinimumGPAHundredths)
		s.MinimumGpa = &gpa
	}
	for _, id := range q.SkillIDs {
		if named[id] != nil {
			s.Skills = append(s.Skills, named[id])
		}
	}
	return s
}

func skillsNamed(ctx context.Context, client *ent.Client, ids []gid.ID) (map[gid.ID]*ent.Skill, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := client.Skill.Query().Where(skill.IDIn(ids...)).All(ctx)
	named := make(map[gid.ID]*ent.Skill, len(rows))
	for _, s := range rows {
		named[s.ID] = s
	}
	return named, err
}

func is(given *bool) bool { return given != nil && *given }

// readRequirements reads what talents should bring; nil when that is nothing.
func readRequirements(r *text.Reader, in *MicroProjectRequirementsInput) *schema.Requirements {
	if in == nil {
		return nil
	}
	q := &schema.Requirements{
		AuthorizedForUSWork: is(in.AuthorizedForUsWork),
		GraduatesFrom:       in.GraduatesFrom, GraduatesTo: in.GraduatesTo,
		SkillIDs: append([]gid.ID(nil), in.SkillIDs...),
	}
	if q.AuthorizedForUSWork {
		q.SponsorsUSWork, q.AcceptsOptAndCpt = is(in.SponsorsUsWork), is(in.AcceptsOptAndCpt)
	}
	if q.GraduatesFrom != nil && q.GraduatesTo != nil && q.GraduatesTo.Before(*q.GraduatesFrom) {
		r.Refuse(fault.InvalidValue("requirements.graduatesTo", "Let the window end on the day it begins or later."))
	}
	if gpa := profiles.ReadGPA(r, "requirements.minimumGpa", in.MinimumGpa); gpa != nil {
		q.MinimumGPAHundredths = *gpa
	}
	if len(in.Majors) > most {
		r.Refuse(fault.InvalidValue("requirements.majors", "Name at most 20 majors."))
	}
	for i, major := range in.Majors[:min(len(in.Majors), most)] {
		q.Majors = append(q.Majors, r.Line(at("requirements.majors", i), major, 1, 200))
	}
	if len(in.SkillIDs) > most {
		r.Refuse(fault.InvalidValue("requirements.skillIds", "Require at most 20 skills."))
	}
	once(r, "requirements.skillIds", in.SkillIDs)
	if reflect.DeepEqual(q, &schema.Requirements{}) {
		return nil
	}
	return q
}

// referSkills refuses skills that are not on the shared list.
func referSkills(ctx context.Context, client *ent.Client, r *text.Reader, path string, ids []gid.ID) error {
	if len(ids) > most {
		return nil // refused already
	}
	named, err := skillsNamed(ctx, client, ids)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if named[id] == nil {
			r.Refuse(fault.NotFound(at(path, i), "There is no such skill."))
		}
	}
	return nil
}
