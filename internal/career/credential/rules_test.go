package credential

import (
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	entdeliverable "github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestRules(t *testing.T) {
	t.Parallel()
	acme, adaID := gid.ID{0: 1, 15: byte(gid.Employer)}, gid.ID{0: 1, 15: byte(gid.Talent)}
	ada := viewer.Viewer{Kind: viewer.Talent, Talent: adaID, Scopes: viewer.ScopesOf(viewer.RoleTalent)}
	owner := viewer.Viewer{Kind: viewer.EmployerMember, Org: acme, Scopes: viewer.ScopesOf(viewer.RoleOwner)}
	work := func(status entdeliverable.Status) *ent.Deliverable {
		return &ent.Deliverable{EmployerOrgID: acme, TalentID: adaID, Status: status}
	}
	reads := func(change func(*PromoteDeliverableToPortfolioInput)) error {
		in := studied(work(entdeliverable.StatusAccepted))
		change(&in)
		_, err := readPromoted(in)
		return err
	}
	for name, tc := range map[string]struct {
		err  error
		code fault.Code
		path string
	}{
		"the talent's accepted work":                 {canPromote(ada, work(entdeliverable.StatusAccepted), false), "", ""},
		"it refuses when the employer shows it":      {canPromote(owner, work(entdeliverable.StatusAccepted), false), fault.CodeNotPermitted, ""},
		"it refuses when the work is not accepted":   {canPromote(ada, work(entdeliverable.StatusRevisionRequested), false), fault.CodeIllegalTransition, ""},
		"it refuses when the work was cancelled":     {canPromote(ada, work(entdeliverable.StatusCancelled), false), fault.CodeIllegalTransition, ""},
		"it refuses when it is shown already":        {canPromote(ada, work(entdeliverable.StatusAccepted), true), fault.CodeAlreadyExists, "deliverableId"},
		"a negative number":                          {reads(func(in *PromoteDeliverableToPortfolioInput) { in.Result.Value = "-12" }), "", ""},
		"it refuses when the number is a word":       {reads(func(in *PromoteDeliverableToPortfolioInput) { in.Result.Value = "many" }), fault.CodeInvalidValue, "result.value"},
		"it refuses when the number has an exponent": {reads(func(in *PromoteDeliverableToPortfolioInput) { in.Result.Value = "1e9" }), fault.CodeInvalidValue, "result.value"},
		"it refuses when nothing was measured":       {reads(func(in *PromoteDeliverableToPortfolioInput) { in.Result.Metric = "" }), fault.CodeInvalidValue, "result.metric"},
		"it refuses when the number counts nothing":  {reads(func(in *PromoteDeliverableToPortfolioInput) { in.Result.Unit = "" }), fault.CodeInvalidValue, "result.unit"},
		"it refuses when the summary is short":       {reads(func(in *PromoteDeliverableToPortfolioInput) { in.Summary = "Good." }), fault.CodeInvalidValue, "summary"},
		"it refuses when the title has two lines":    {reads(func(in *PromoteDeliverableToPortfolioInput) { in.Title = "A\nstudy" }), fault.CodeInvalidValue, "title"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			told, _ := fault.UserErrors(tc.err)
			if (tc.err == nil) != (tc.code == "") || len(told) > 0 && (told[0].GetCode() != tc.code || strings.Join(told[0].GetPath(), ".") != tc.path) {
				t.Errorf("got %v, want %s about %q", tc.err, tc.code, tc.path)
			}
		})
	}
}
