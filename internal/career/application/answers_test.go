package application

import (
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/applicationquestion"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/text"
)

func TestReadAnswers(t *testing.T) {
	t.Parallel()
	ask := func(n byte, kind applicationquestion.Kind, required bool) *ent.ApplicationQuestion {
		return &ent.ApplicationQuestion{ID: id(gid.ApplicationQuestion, n), Kind: kind, Text: string(kind), IsRequired: required, Choices: []string{"Red", "Blue"}}
	}
	questions := []*ent.ApplicationQuestion{
		ask(1, applicationquestion.KindText, true), ask(2, applicationquestion.KindNumber, false),
		ask(3, applicationquestion.KindYesNo, false), ask(4, applicationquestion.KindChoice, false),
	}
	answer := func(n byte, value string) *ApplicationAnswerInput {
		return &ApplicationAnswerInput{QuestionID: id(gid.ApplicationQuestion, n), Value: value}
	}
	said := answer(1, "Because.")
	for name, tc := range map[string]struct {
		in   []*ApplicationAnswerInput
		code fault.Code
		path string
	}{
		"what is required":                      {[]*ApplicationAnswerInput{said}, "", ""},
		"everything":                            {[]*ApplicationAnswerInput{answer(4, "Blue"), answer(3, "NO"), answer(2, "-0.25"), said}, "", ""},
		"it refuses when one is missing":        {[]*ApplicationAnswerInput{answer(2, "1")}, fault.CodeInvalidValue, "answers"},
		"it refuses when none is given":         {nil, fault.CodeInvalidValue, "answers"},
		"it refuses when nobody asked":          {[]*ApplicationAnswerInput{said, answer(9, "x")}, fault.CodeNotFound, "answers.1.questionId"},
		"it refuses when one is given twice":    {[]*ApplicationAnswerInput{said, said}, fault.CodeInvalidValue, "answers.1.questionId"},
		"it refuses when words are blank":       {[]*ApplicationAnswerInput{answer(1, " ")}, fault.CodeInvalidValue, "answers.0.value"},
		"it refuses when words are too many":    {[]*ApplicationAnswerInput{answer(1, strings.Repeat("x", 4001))}, fault.CodeInvalidValue, "answers.0.value"},
		"it refuses when a number is a word":    {[]*ApplicationAnswerInput{said, answer(2, "three")}, fault.CodeInvalidValue, "answers.1.value"},
		"it refuses when a number has a tail":   {[]*ApplicationAnswerInput{said, answer(2, "1.")}, fault.CodeInvalidValue, "answers.1.value"},
		"it refuses when yes is a maybe":        {[]*ApplicationAnswerInput{said, answer(3, "yes")}, fault.CodeInvalidValue, "answers.1.value"},
		"it refuses when it is none of the two": {[]*ApplicationAnswerInput{said, answer(4, "Green")}, fault.CodeInvalidValue, "answers.1.value"},
		"it refuses when there are eleven":      {make([]*ApplicationAnswerInput, 11), fault.CodeInvalidValue, "answers"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r text.Reader
			answers := readAnswers(&r, questions, tc.in)
			stage.Answers(t, r.Err(), tc.code, tc.path)
			if tc.code == "" && (len(answers) != len(tc.in) || answers[0].Question != "TEXT" || answers[0].Value != "Because.") {
				t.Errorf("got %v, want them in the order of the questions", answers)
			}
		})
	}
}

func TestQualify(t *testing.T) {
	t.Parallel()
	yes, no, silent := talentprofile.UsWorkAuthorizationAuthorized, talentprofile.UsWorkAuthorizationNotAuthorized, talentprofile.UsWorkAuthorizationPreferNotToSay
	from, to := calendar.Date("2027-01-01"), calendar.Date("2027-12-31")
	within, early, late := calendar.Date("2027-12-31"), calendar.Date("2026-12-31"), calendar.Date("2028-01-01")
	work := &schema.Requirements{AuthorizedForUSWork: true}
	sponsored := &schema.Requirements{AuthorizedForUSWork: true, SponsorsUSWork: true}
	students := &schema.Requirements{AuthorizedForUSWork: true, AcceptsOptAndCpt: true}
	window := &schema.Requirements{GraduatesFrom: &from, GraduatesTo: &to}
	gpa := &schema.Requirements{MinimumGPAHundredths: 350}
	major := &schema.Requirements{Majors: []string{"Geology", "Économie"}}
	skills := &schema.Requirements{SkillIDs: []gid.ID{id(gid.Skill, 1), id(gid.Skill, 2)}}
	says := func(a *talentprofile.UsWorkAuthorization) brought {
		return brought{profile: &ent.TalentProfile{UsWorkAuthorization: a}}
	}
	sponsor := func(a talentprofile.UsWorkAuthorization, needs bool) brought {
		return brought{profile: &ent.TalentProfile{UsWorkAuthorization: &a, NeedsUsWorkSponsorship: &needs}}
	}
	studies := func(all ...*ent.EducationRecord) brought { return brought{studies: all} }
	can := func(ns ...byte) brought {
		var b brought
		for _, n := range ns {
			b.skills = append(b.skills, &ent.Skill{ID: id(gid.Skill, n)})
		}
		return b
	}
	for name, tc := range map[string]struct {
		wants *schema.Requirements
		has   brought
		want  RequirementMet
	}{
		"may work":                         {work, says(&yes), MetYes},
		"may not work":                     {work, says(&no), MetNo},
		"would rather not say":             {work, says(&silent), MetUnknown},
		"has not said":                     {work, says(nil), MetUnknown},
		"may work, without a sponsor":      {work, sponsor(yes, false), MetYes},
		"may work, with a sponsor":         {work, sponsor(yes, true), MetNo},
		"may work once sponsored":          {sponsored, sponsor(yes, true), MetYes},
		"may not work until sponsored":     {sponsored, says(&no), MetYes},
		"may work as long as they study":   {students, sponsor(yes, true), MetYes},
		"may not work but for OPT or CPT":  {students, says(&no), MetYes},
		"would rather not say, sponsored":  {sponsored, sponsor(silent, true), MetUnknown},
		"graduates on the last day":        {window, studies(&ent.EducationRecord{GraduatesOn: &within}), MetYes},
		"graduates before":                 {window, studies(&ent.EducationRecord{GraduatesOn: &early}), MetNo},
		"graduates after":                  {window, studies(&ent.EducationRecord{GraduatesOn: &late}), MetNo},
		"one of two fits":                  {window, studies(&ent.EducationRecord{GraduatesOn: &early}, &ent.EducationRecord{GraduatesOn: &within}), MetYes},
		"says no day":                      {window, studies(&ent.EducationRecord{}), MetUnknown},
		"studies nothing":                  {window, studies(), MetUnknown},
		"has the average":                  {gpa, studies(&ent.EducationRecord{GpaHundredths: new(350)}), MetYes},
		"has less":                         {gpa, studies(&ent.EducationRecord{GpaHundredths: new(349)}), MetNo},
		"keeps it to themself":             {gpa, studies(&ent.EducationRecord{}), MetUnknown},
		"studies it, without the accent":   {major, studies(&ent.EducationRecord{Major: "economie"}), MetYes},
		"studies something else":           {major, studies(&ent.EducationRecord{Major: "Law"}), MetNo},
		"says nothing of studies":          {major, studies(), MetUnknown},
		"can do all of it, and more":       {skills, can(1, 2, 3), MetYes},
		"can do a part":                    {skills, can(1), MetNo},
		"says nothing of what they can do": {skills, can(), MetUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := qualify(tc.wants, tc.has, nil)
			if len(got) != 1 || got[0].Met != string(tc.want) || got[0].Text == "" {
				t.Errorf("got %v, want one that is %s", got, tc.want)
			}
		})
	}
	if got := qualify(nil, brought{}, nil); len(got) != 0 {
		t.Errorf("where nothing is required there is %v", got)
	}
}

func TestOnlyTheTwoSidesReadTheQualification(t *testing.T) {
	t.Parallel()
	a := &ent.Application{EmployerOrgID: acme, TalentID: adaID, PacketQualification: []schema.MetRequirement{{Met: "YES"}, {Met: "NO"}, {Met: "UNKNOWN"}}}
	if q := QualificationOf(recruiter, a); q == nil || q.Met != 1 || q.Total != 3 {
		t.Errorf("the employer reads %v", q)
	}
	if QualificationOf(ada, a) == nil || QualificationOf(eve, a) != nil || QualificationOf(stranger, a) != nil {
		t.Error("others than the two sides read it")
	}
}
