package evaluation

import (
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestReadEvaluation(t *testing.T) {
	t.Parallel()
	rate := func(c string, r evaluation.Overall) *CompetencyRatingInput { return &CompetencyRatingInput{c, r} }
	var all []*CompetencyRatingInput
	for _, c := range Competencies {
		all = append(all, rate(c, evaluation.OverallMeets))
	}
	for name, tc := range map[string]struct {
		overall      evaluation.Overall
		competencies []*CompetencyRatingInput
		text         string
		code         fault.Code
		path         string
	}{
		"all eight":                          {evaluation.OverallMeets, all, "All as agreed.", "", ""},
		"none":                               {evaluation.OverallMeets, nil, "All as agreed.", "", ""},
		"it refuses when the text is short":  {evaluation.OverallMeets, nil, "Fine.", fault.CodeInvalidValue, "publicText"},
		"it refuses when the rating is none": {"STELLAR", nil, "All as agreed.", fault.CodeInvalidValue, "overall"},
		"it refuses when a competency is rated twice":  {evaluation.OverallMeets, append(all, rate("TEAMWORK", evaluation.OverallAbove)), "All as agreed.", fault.CodeInvalidValue, "competencies.8.competency"},
		"it refuses when a competency is none":         {evaluation.OverallMeets, []*CompetencyRatingInput{rate("JUGGLING", evaluation.OverallMeets)}, "All as agreed.", fault.CodeInvalidValue, "competencies.0.competency"},
		"it refuses when a competency's rating is odd": {evaluation.OverallMeets, []*CompetencyRatingInput{rate("TEAMWORK", "SO_SO")}, "All as agreed.", fault.CodeInvalidValue, "competencies.0.rating"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := readEvaluation(tc.overall, tc.competencies, tc.text, nil)
			stage.Answers(t, err, tc.code, tc.path)
		})
	}
}

func TestPrivateText(t *testing.T) {
	t.Parallel()
	acme, adaID := gid.ID{1}, gid.ID{2}
	who := func(kind viewer.Kind, org, talent gid.ID) viewer.Viewer {
		return viewer.Viewer{Kind: kind, Org: org, Talent: talent}
	}
	ada, eve := who(viewer.Talent, gid.None, adaID), who(viewer.Talent, gid.None, gid.ID{3})
	recruiter, stranger := who(viewer.EmployerMember, acme, gid.None), who(viewer.EmployerMember, gid.ID{4}, gid.None)
	staff := who(viewer.CareerStaff, gid.ID{5}, gid.None)
	private := "Between us."
	for name, tc := range map[string]struct {
		who    viewer.Viewer
		shared bool
		want   bool
	}{
		"the talent": {ada, false, true}, "the employer": {recruiter, false, true}, "staff when it is shared": {staff, true, true},
		"not staff when it is not": {staff, false, false}, "not another talent": {eve, true, false}, "not another employer": {stranger, true, false},
		"nobody": {viewer.Viewer{}, true, false},
	} {
		e := &ent.Evaluation{TalentID: adaID, EmployerOrgID: acme, PrivateText: &private, IsSharedWithInstitution: tc.shared}
		if got := PrivateText(tc.who, e) != nil; got != tc.want {
			t.Errorf("%s: reads it %v, want %v", name, got, tc.want)
		}
	}
}
