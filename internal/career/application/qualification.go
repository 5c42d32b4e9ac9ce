package application

import (
	"slices"
	"strings"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// RequirementKind is what a requirement is about.
type RequirementKind string

// The kinds of requirements.
const (
	RequiresUSWork     RequirementKind = "US_WORK_AUTHORIZATION"
	RequiresGraduation RequirementKind = "GRADUATION"
	RequiresGPA        RequirementKind = "MINIMUM_GPA"
	RequiresMajor      RequirementKind = "MAJOR"
	RequiresSkills     RequirementKind = "SKILLS"
)

// RequirementMet says whether a talent's profile meets a requirement.
type RequirementMet string

// What a profile says of a requirement. What it leaves out is unknown.
const (
	MetYes     RequirementMet = "YES"
	MetNo      RequirementMet = "NO"
	MetUnknown RequirementMet = "UNKNOWN"
)

// ApplicationQualification is how much of what a project would like the talent's
// profile met when they applied.
type ApplicationQualification struct {
	Met          int
	Total        int
	Requirements []*QualificationRequirement
}

// QualificationRequirement is one requirement as it stood, and whether it was met.
type QualificationRequirement struct {
	Kind RequirementKind
	Met  RequirementMet
	Text string
}

// QualificationOf is how much of what the project would like was met, for the
// two sides alone; nil where it would like nothing.
func QualificationOf(v viewer.Viewer, a *ent.Application) *ApplicationQualification {
	if !access.May("Application.qualification", IsSide(v, a)) || len(a.PacketQualification) == 0 {
		return nil
	}
	q := &ApplicationQualification{Total: len(a.PacketQualification)}
	for _, m := range a.PacketQualification {
		if isMet(m) {
			q.Met++
		}
		q.Requirements = append(q.Requirements, &QualificationRequirement{RequirementKind(m.Kind), RequirementMet(m.Met), m.Text})
	}
	return q
}

// isMet: who would rather not say whether they may work in the United States counts
// as qualified, and what they are is shown as unknown.
func isMet(m schema.MetRequirement) bool {
	return m.Met == string(MetYes) || m.Kind == string(RequiresUSWork) && m.Met == string(MetUnknown)
}

// brought is what a talent brings, as their profile says it.
type brought struct {
	profile *ent.TalentProfile
	studies []*ent.EducationRecord
	skills  []*ent.Skill
}

// qualify holds what a talent brings against what a project would like. It says
// whether, and never how much: nobody learns a grade by it.
func qualify(q *schema.Requirements, b brought, wanted []*ent.Skill) []schema.MetRequirement {
	met := []schema.MetRequirement{}
	if q == nil {
		return met
	}
	add := func(kind RequirementKind, is RequirementMet, words string) {
		met = append(met, schema.MetRequirement{Kind: string(kind), Met: string(is), Text: words})
	}
	if q.AuthorizedForUSWork {
		add(RequiresUSWork, meetsUSWork(q, b.profile), usWorkWords(q))
	}
	if q.GraduatesFrom != nil || q.GraduatesTo != nil {
		add(RequiresGraduation, meetsGraduation(q, b.studies), graduationWords(q))
	}
	if q.MinimumGPAHundredths > 0 {
		add(RequiresGPA, meetsGPA(q, b.studies), "A grade point average of at least "+string(talent.GPA(q.MinimumGPAHundredths)))
	}
	if len(q.Majors) > 0 {
		add(RequiresMajor, meetsMajor(q, b.studies), "Studies one of: "+strings.Join(q.Majors, ", "))
	}
	if len(q.SkillIDs) > 0 {
		add(RequiresSkills, meetsSkills(q, b.skills), "Has these skills: "+strings.Join(namesOf(wanted), ", "))
	}
	return met
}

// meetsUSWork: who may work and needs no sponsor meets it, and so do the others
// where the employer sponsors, or takes the permission that goes with studies. Who
// may work and says nothing of a sponsor counts as needing none.
func meetsUSWork(q *schema.Requirements, p *ent.TalentProfile) RequirementMet {
	if p.UsWorkAuthorization == nil || *p.UsWorkAuthorization == talentprofile.UsWorkAuthorizationPreferNotToSay {
		return MetUnknown
	}
	mayWork := *p.UsWorkAuthorization == talentprofile.UsWorkAuthorizationAuthorized
	needsSponsor := p.NeedsUsWorkSponsorship != nil && *p.NeedsUsWorkSponsorship
	return met(mayWork && !needsSponsor || q.SponsorsUSWork || q.AcceptsOptAndCpt)
}

func usWorkWords(q *schema.Requirements) string {
	words := "Allowed to work in the United States"
	switch {
	case q.SponsorsUSWork && q.AcceptsOptAndCpt:
		words += "; sponsorship is given, OPT and CPT are accepted"
	case q.SponsorsUSWork:
		words += "; sponsorship is given"
	case q.AcceptsOptAndCpt:
		words += "; OPT and CPT are accepted"
	}
	return words
}

// anyMeets: one course of study that meets is enough, and one that says nothing
// leaves open what the others do not meet.
func anyMeets(studies []*ent.EducationRecord, meets func(*ent.EducationRecord) RequirementMet) RequirementMet {
	known := MetUnknown
	for _, e := range studies {
		switch meets(e) {
		case MetYes:
			return MetYes
		case MetNo:
			known = MetNo
		}
	}
	return known
}

func met(yes bool) RequirementMet {
	if yes {
		return MetYes
	}
	return MetNo
}

func meetsGraduation(q *schema.Requirements, studies []*ent.EducationRecord) RequirementMet {
	return anyMeets(studies, func(e *ent.EducationRecord) RequirementMet {
		if e.GraduatesOn == nil {
			return MetUnknown
		}
		return met((q.GraduatesFrom == nil || !e.GraduatesOn.Before(*q.GraduatesFrom)) && (q.GraduatesTo == nil || !q.GraduatesTo.Before(*e.GraduatesOn)))
	})
}

func meetsGPA(q *schema.Requirements, studies []*ent.EducationRecord) RequirementMet {
	return anyMeets(studies, func(e *ent.EducationRecord) RequirementMet {
		if e.GpaHundredths == nil {
			return MetUnknown
		}
		return met(*e.GpaHundredths >= q.MinimumGPAHundredths)
	})
}

func meetsMajor(q *schema.Requirements, studies []*ent.EducationRecord) RequirementMet {
	return anyMeets(studies, func(e *ent.EducationRecord) RequirementMet {
		return met(slices.ContainsFunc(q.Majors, func(m string) bool { return text.Fold(m) == text.Fold(e.Major) }))
	})
}

func meetsSkills(q *schema.Requirements, skills []*ent.Skill) RequirementMet {
	if len(skills) == 0 {
		return MetUnknown
	}
	for _, id := range q.SkillIDs {
		if !slices.ContainsFunc(skills, func(s *ent.Skill) bool { return s.ID == id }) {
			return MetNo
		}
	}
	return MetYes
}

func graduationWords(q *schema.Requirements) string {
	day := func(d *calendar.Date) string { return string(*d) }
	switch {
	case q.GraduatesTo == nil:
		return "Graduates on " + day(q.GraduatesFrom) + " or later"
	case q.GraduatesFrom == nil:
		return "Graduates by " + day(q.GraduatesTo)
	}
	return "Graduates between " + day(q.GraduatesFrom) + " and " + day(q.GraduatesTo)
}

// namesOf are the names of skills, in order.
func namesOf(skills []*ent.Skill) []string {
	names := make([]string, 0, len(skills))
	for _, s := range skills {
		names = append(names, s.Name)
	}
	slices.Sort(names)
	return names
}

// skillsIn are the ids of skills.
func skillsIn(skills []*ent.Skill) []gid.ID {
	ids := make([]gid.ID, len(skills))
	for i, s := range skills {
		ids[i] = s.ID
	}
	return ids
}
