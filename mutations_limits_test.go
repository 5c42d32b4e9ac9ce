package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// limits are the lines of docs/limits.md whose cap a mutation can run into.
var limits = map[string]string{
	"registerIdentityIssuer":        "issuers of one organisation",
	"sendMessage":                   "10 links and 10 files",
	"proposeAmendment":              "amendments of one engagement",
	"recordPoolWithdrawal":          "what a pool pays",
	"extendOffer":                   "what a pool pays",
	"admitToFundingPool":            "employers that a funding pool admits",
	"recordTerm":                    "terms of one institution",
	"requestInstitutionLink":        "institutions asked for a link at once",
	"planDeliverable":               "deliverables that a project plans",
	"decidePostingRequests":         "posting requests decided at once",
	"writePostingPolicy":            "posting policies of one body",
	"addPortfolioItem":              "items in a portfolio",
	"promoteDeliverableToPortfolio": "items in a portfolio",
	"revisePortfolioItem":           "items in a portfolio",
	"requestReference":              "requests for a reference after one engagement",
	"declareSkills":                 "skills that a profile declares",
	"labelTalent":                   "labels that an organisation keeps by one talent",
	"recordEducation":               "courses of study in a profile",
	"claimAffiliation":              "institutions that a talent belongs to at once",
	"createUpload":                  "uploads of one person that wait to be sent or used",
	"logWorklogEntry":               "what can be logged",
	"correctWorklogEntry":           "| a correction |",
	"openSandbox":                   "A person has at most three open",
	"advanceSandboxClock":           "runs at most ten years ahead",
}

// deadlines are the lines of docs/limits.md after, or before, which it is too late,
// or too early, for a mutation.
var deadlines = map[string]string{
	"acceptAmendment":               "an amendment that was proposed",
	"applyToMicroProject":           "an open micro-project with `applyBy`",
	"inviteTalentToApply":           "an open micro-project with `applyBy`",
	"submitMicroProjectForApproval": "an open micro-project with `applyBy`",
	"publishMicroProject":           "an open micro-project with `applyBy`",
	"resumeMicroProject":            "an open micro-project with `applyBy`",
	"closeApplications":             "an open micro-project with `applyBy`",
	"chooseInterviewSlot":           "times proposed for an interview",
	"sendMessage":                   "until a conversation closes",
	"reopenEngagement":              "work that is `INCOMPLETE`",
	"startEngagement":               "when work can be started",
	"submitEvaluation":              "an evaluation that only one side has written",
	"amendEvaluation":               "amending an evaluation",
	"acceptHireConversion":          "a proposed job",
	"requestInstitutionLink":        "until an institution that declined or revoked can be asked again",
	"acceptOffer":                   "| an offer |",
	"giveReference":                 "a reference that was asked for",
	"reportGhosting":                "silence on overdue work before a talent can be reported for ghosting",
}

// TestTheLimitsAreDocumented: each line is one of docs/limits.md.
func TestTheLimitsAreDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("docs/limits.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, lines := range []map[string]string{limits, deadlines} {
		for mutation, line := range lines {
			if !strings.Contains(string(page), line) {
				t.Errorf("%s: docs/limits.md has no line %q", mutation, line)
			}
			if api.Mutation.Fields.ForName(mutation) == nil {
				t.Errorf("there is no mutation %s", mutation)
			}
		}
	}
}

// TestEveryStoryHasAStranger: somebody without a part in it asks too.
func TestEveryStoryHasAStranger(t *testing.T) {
	t.Parallel()
	asked := map[string]bool{}
	for _, a := range askersOf(t) {
		asked[a.story] = asked[a.story] || a.who == "stranger" || a.who == "anonymous"
	}
	for story, has := range asked {
		_, left := alone[story]
		if !has && !left {
			t.Errorf("%s: neither a stranger nor the anonymous ask", story)
		}
		if has && left {
			t.Errorf("%s: a stranger asks, so the exemption can go", story)
		}
	}
}

// alone are the stories without a stranger, and why.
var alone = map[string]string{
	"read_malformed": "it is about requests that are refused before anybody is looked at",
}

// seat is whom somebody acts for, and in which role.
type seat struct {
	party string
	role  viewer.Role
}

// seats are the members of the demo world's organisations.
var seats = map[string]seat{
	"olga":  {"wld-1", viewer.RoleOperator},
	"grace": {"university", viewer.RoleAdmin},
	"amir":  {"university", viewer.RoleApprover},
	"vera":  {"university", viewer.RoleViewer},
	"nina":  {"other-university", viewer.RoleAdmin},
	"bea":   {"basalt", viewer.RoleOwner},
	"remy":  {"basalt", viewer.RoleRecruiter},
	"sol":   {"basalt", viewer.RoleSupervisor},
	"hugo":  {"harbor", viewer.RoleOwner},
	"lena":  {"lantern", viewer.RoleOwner},
}

// seatOf is where somebody of a story sits; a talent acts for themselves.
func seatOf(who string) seat {
	if s, known := seats[who]; known {
		return s
	}
	if _, org, acts := strings.Cut(who, " of "); acts {
		return seat{strings.Trim(org, "{}"), viewer.RoleOwner}
	}
	if isTalent(who) {
		return seat{who, viewer.RoleTalent}
	}
	return seat{}
}

func isTalent(name string) bool {
	return slices.Contains(strings.Fields("ada ben cleo dev eve finn gia hal ivy jon kim lea"), name)
}

// side is a kind of tenant, with the roles that it has.
type side []viewer.Role

// sideOf is the kind of tenant that a story's name stands for.
func sideOf(party string) (side, bool) {
	switch {
	case party == "":
		return nil, false
	case strings.HasPrefix(party, "wld-"):
		return side{viewer.RoleOperator}, true
	case strings.HasSuffix(party, "university") || strings.HasPrefix(party, "ins-"):
		return side{viewer.RoleViewer, viewer.RoleApprover, viewer.RoleAdmin, viewer.RoleOutcomes, viewer.RoleSensitive}, true
	case slices.Contains([]string{"basalt", "harbor", "lantern"}, party) || strings.HasPrefix(party, "emp-"):
		return side{viewer.RoleOwner, viewer.RoleRecruiter, viewer.RoleSupervisor}, true
	}
	return side{viewer.RoleTalent}, isTalent(party) || strings.HasPrefix(party, "tal-")
}

func may(role viewer.Role, sets [][]string) bool {
	return slices.ContainsFunc(sets, func(set []string) bool {
		return !slices.ContainsFunc(set, func(scope string) bool { return !viewer.ScopesOf(role)[viewer.Scope(scope)] })
	})
}

func (s side) someMay(sets [][]string) bool {
	return slices.ContainsFunc(s, func(role viewer.Role) bool { return may(role, sets) })
}

func (s side) allMay(sets [][]string) bool {
	return !slices.ContainsFunc(s, func(role viewer.Role) bool { return !may(role, sets) })
}

// holdsActions holds what a refusal says can be done: other mutations, and nothing
// at all only where the noun's table has nothing for who asked.
func holdsActions(t *testing.T, r reply, e refusal) bool {
	t.Helper()
	if e.AllowedActions == nil || e.CurrentStatus == "" {
		return false
	}
	for _, action := range *e.AllowedActions {
		if api.Mutation.Fields.ForName(action) == nil || action == r.field.Name {
			t.Errorf("%s: %s is refused in %s, and hears of %s", r.story, r.field.Name, e.CurrentStatus, action)
		}
	}
	if len(*e.AllowedActions) > 0 || nothingElse[r.field.Name] != "" {
		return true
	}
	for _, l := range lives() {
		if !slices.ContainsFunc(l.steps, func(s step) bool { return s.name == r.field.Name }) {
			continue
		}
		for _, s := range l.steps {
			if api.Mutation.Fields.ForName(s.name) != nil && slices.Contains(s.from, e.CurrentStatus) && s.isFor(r.who) {
				t.Errorf("%s: %s says that nothing can be done in %s, and the table has %s", r.story, r.field.Name, e.CurrentStatus, s.name)
			}
		}
	}
	return true
}

// isFor reports whether somebody's side and role have the step.
func (s step) isFor(who string) bool {
	sits := seatOf(who)
	if s.scope != "" && !viewer.ScopesOf(sits.role)[s.scope] {
		return false
	}
	of := map[viewer.Role]transition.Side{
		viewer.RoleTalent: transition.Talent, viewer.RoleOperator: transition.Platform,
		viewer.RoleOwner: transition.Employer, viewer.RoleRecruiter: transition.Employer, viewer.RoleSupervisor: transition.Employer,
		viewer.RoleViewer: transition.Institution, viewer.RoleApprover: transition.Institution, viewer.RoleAdmin: transition.Institution,
	}[sits.role]
	return slices.Contains(s.by, string(of))
}

// nothingElse are the mutations that a further rule refuses, in a status in which
// the table would let them, and why nothing else is told.
var nothingElse = map[string]string{
	"cancelMicroProject":      "somebody works on it, and their engagement is ended first",
	"withdrawPostingApproval": "the status is the project's, whose work has begun",
}

type asker struct{ story, who string }

// askersOf are those who ask anything, story by story.
func askersOf(t *testing.T) (askers []asker) {
	t.Helper()
	files, err := filepath.Glob("graph/testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		story, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a := asker{strings.TrimSuffix(filepath.Base(file), ".txtar"), "anonymous"}
		for _, part := range story.Files {
			switch part.Name {
			case "as":
				a.who = strings.TrimSpace(string(part.Data))
			case "request":
				askers = append(askers, a)
			}
		}
	}
	return askers
}
