package template

import (
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreementtemplate"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	acme   = gid.ID{14: 1, 15: byte(gid.Employer)}
	zenith = gid.ID{14: 2, 15: byte(gid.Employer)}
)

func TestWhoPublishes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		v    viewer.Viewer
		code fault.Code
	}{
		"it allows an owner":            {stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme), ""},
		"it refuses a recruiter":        {stage.Who(viewer.EmployerMember, viewer.RoleRecruiter, acme), fault.CodeNotPermitted},
		"it refuses an operator":        {stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld), fault.CodeNotPermitted},
		"it refuses an administrator":   {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, acme), fault.CodeNotPermitted},
		"it refuses the system's hands": {viewer.System("a test"), fault.CodeNotPermitted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stage.Answers(t, canPublish(test.v), test.code, "")
		})
	}
}

func TestAVersionFollowsTheNewest(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		newest   *ent.AgreementTemplate
		expected int
		code     fault.Code
	}{
		"it allows the first":                          {nil, 0, ""},
		"it allows the one after the newest":           {&ent.AgreementTemplate{Version: 3}, 3, ""},
		"it refuses when there is none that was read":  {nil, 1, fault.CodeStaleRevision},
		"it refuses when another was published since":  {&ent.AgreementTemplate{Version: 3}, 2, fault.CodeStaleRevision},
		"it refuses a first when there is one already": {&ent.AgreementTemplate{Version: 1}, 0, fault.CodeStaleRevision},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stage.Answers(t, canFollow(test.newest, test.expected), test.code, pathOf(test.code, "expectedVersion"))
		})
	}
}

func TestWhoRetires(t *testing.T) {
	t.Parallel()
	owner := stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme)
	const current, former = agreementtemplate.StatusPublished, agreementtemplate.StatusRetired
	for name, test := range map[string]struct {
		v        viewer.Viewer
		at       agreementtemplate.Status
		revision int
		code     fault.Code
		path     string
	}{
		"it allows an owner":                     {owner, current, 1, "", ""},
		"it refuses a recruiter":                 {stage.Who(viewer.EmployerMember, viewer.RoleRecruiter, acme), current, 1, fault.CodeNotPermitted, ""},
		"it refuses another employer's owner":    {stage.Who(viewer.EmployerMember, viewer.RoleOwner, zenith), current, 1, fault.CodeNotPermitted, ""},
		"it refuses a talent":                    {stage.Who(viewer.Talent, viewer.RoleTalent, gid.None), current, 1, fault.CodeNotPermitted, ""},
		"it refuses when it is retired":          {owner, former, 1, fault.CodeIllegalTransition, ""},
		"it refuses when it was read as another": {owner, current, 2, fault.CodeStaleRevision, "expectedRevision"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := &ent.AgreementTemplate{EmployerOrgID: acme, Status: test.at, Revision: 1}
			stage.Answers(t, canRetire(test.v, text, test.revision), test.code, test.path)
		})
	}
}

func TestWhatATextSays(t *testing.T) {
	t.Parallel()
	const enough = "What you see here stays here."
	for name, test := range map[string]struct {
		title, text string
		code        fault.Code
		path        string
	}{
		"it allows a short one":                      {"NDA", enough, "", ""},
		"it allows the longest":                      {strings.Repeat("t", 120), strings.Repeat("é", 30_000), "", ""},
		"it refuses one above that":                  {"NDA", strings.Repeat("é", 30_001), fault.CodeInvalidValue, "text"},
		"it refuses a title of two characters":       {"ND", enough, fault.CodeInvalidValue, "title"},
		"it refuses a title above 120 characters":    {strings.Repeat("t", 121), enough, fault.CodeInvalidValue, "title"},
		"it refuses a title of two lines":            {"A\nnote", enough, fault.CodeInvalidValue, "title"},
		"it refuses blank text":                      {"NDA", strings.Repeat(" \n", 30), fault.CodeInvalidValue, "text"},
		"it refuses text of a few words":             {"NDA", "Do not talk.", fault.CodeInvalidValue, "text"},
		"it refuses control characters":              {"NDA", enough + "\x00.", fault.CodeInvalidValue, "text"},
		"it refuses marks that turn what is written": {"NDA", enough + "\u202e.", fault.CodeInvalidValue, "text"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := PublishAgreementTemplateInput{Title: test.title, Text: test.text}.read()
			stage.Answers(t, err, test.code, test.path)
		})
	}
}

// TestOneTextHasOneHash: where a text was written does not change what is signed.
func TestOneTextHasOneHash(t *testing.T) {
	t.Parallel()
	for _, written := range []string{"First line of all.\nSecond.\n", "First line of all.\r\nSecond.\r\n", "First line of all.\rSecond."} {
		_, text, err := PublishAgreementTemplateInput{Title: "NDA", Text: written}.read()
		if want := "First line of all.\nSecond."; err != nil || text != want {
			t.Errorf("%q is kept as %q, %v; want %q", written, text, err, want)
		}
	}
	if got, want := HashOf("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; got != want {
		t.Errorf("the hash is %s, want %s", got, want)
	}
}

func pathOf(code fault.Code, path string) string {
	if code == "" {
		return ""
	}
	return path
}
