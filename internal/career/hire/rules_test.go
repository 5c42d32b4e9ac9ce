package hire

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/hirereport"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	acme       = gid.ID{0: 1, 15: byte(gid.Employer)}
	adaID      = gid.ID{0: 1, 15: byte(gid.Talent)}
	noon       = time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)
	ada        = viewer.Viewer{Kind: viewer.Talent, Talent: adaID, Scopes: viewer.ScopesOf(viewer.RoleTalent)}
	recruiter  = viewer.Viewer{Kind: viewer.EmployerMember, Org: acme, Scopes: viewer.ScopesOf(viewer.RoleRecruiter)}
	supervisor = viewer.Viewer{Kind: viewer.EmployerMember, Org: acme, Scopes: viewer.ScopesOf(viewer.RoleSupervisor)}
	reader     = viewer.Viewer{Kind: viewer.CareerStaff, Org: gid.ID{0: 1, 15: byte(gid.Institution)}, Scopes: viewer.ScopesOf(viewer.RoleViewer)}
	staff      = viewer.Viewer{Kind: viewer.CareerStaff, Org: gid.ID{0: 1, 15: byte(gid.Institution)}, Scopes: viewer.ScopesOf(viewer.RoleAdmin)}
)

func TestRules(t *testing.T) {
	t.Parallel()
	work := func(status entengagement.Status) *ent.Engagement {
		return &ent.Engagement{EmployerOrgID: acme, TalentID: adaID, Status: status}
	}
	job := func(status hireconversion.Status) *ent.HireConversion {
		return &ent.HireConversion{EmployerOrgID: acme, TalentID: adaID, Status: status, Revision: 1, AnsweredAt: &noon}
	}
	started := job(hireconversion.StatusStarted)
	started.TalentConfirmedAt = &noon
	day := calendar.Date("2026-03-10")
	started.StartedOn = &day
	finished := work(entengagement.StatusCompleted)
	finished.CompletedAt = &noon
	reported := job(hireconversion.StatusStarted)
	reported.AnsweredAt, reported.StartedOn = nil, &day
	told := func(source hirereport.Source, kind hireconversion.Kind, on calendar.Date) *ent.HireReport {
		return &ent.HireReport{Source: source, Kind: hirereport.Kind(kind), StartedOn: on}
	}
	report := func(h *ent.HireConversion, source hirereport.Source, on calendar.Date) error {
		_, _, err := readReport(ReportHireInput{Source: source, Kind: hireconversion.KindContract, JobTitle: "Analyst", StartedOn: on, Confidence: hirereport.ConfidenceLikely},
			finished, h, "2026-03-20")
		return err
	}
	outcome := func(h *ent.HireConversion, isEmployed bool, on calendar.Date, reason hireconversion.LeftReason) error {
		in := RecordHireOutcomeInput{IsEmployed: isEmployed, AsOf: on}
		if reason != "" {
			in.Reason = &reason
		}
		return isKnown(h, in, "2027-03-20")
	}
	proposal := func(title string, on calendar.Date, kind hireconversion.Kind) error {
		_, err := readJob(ProposeHireConversionInput{JobTitle: title, StartsOn: on, Kind: kind}, "2026-03-09")
		return err
	}
	for name, tc := range map[string]struct {
		err  error
		code fault.Code
		path string
	}{
		"a recruiter proposes":                              {canPropose(recruiter, work(entengagement.StatusCompleted), nil), "", ""},
		"it refuses when a supervisor proposes":             {canPropose(supervisor, work(entengagement.StatusCompleted), nil), fault.CodeNotPermitted, ""},
		"it refuses when the talent proposes":               {canPropose(ada, work(entengagement.StatusCompleted), nil), fault.CodeNotPermitted, ""},
		"it refuses when the work is under way":             {canPropose(recruiter, work(entengagement.StatusActive), nil), fault.CodeIllegalTransition, ""},
		"it refuses when a job was proposed":                {canPropose(recruiter, work(entengagement.StatusCompleted), job(hireconversion.StatusProposed)), fault.CodeAlreadyExists, "engagementId"},
		"a job that starts today":                           {proposal("Analyst", "2026-03-09", hireconversion.KindPartTime), "", ""},
		"it refuses when it starts yesterday":               {proposal("Analyst", "2026-03-08", hireconversion.KindPartTime), fault.CodeInvalidValue, "startsOn"},
		"it refuses when it has no title":                   {proposal("A", "2026-03-09", hireconversion.KindPartTime), fault.CodeInvalidValue, "jobTitle"},
		"it refuses when its sort is none":                  {proposal("Analyst", "2026-03-09", "FAVOUR"), fault.CodeInvalidValue, "kind"},
		"the talent accepts":                                {can(ada, job(hireconversion.StatusProposed), "acceptHireConversion", 1), "", ""},
		"it refuses when the recruiter accepts":             {can(recruiter, job(hireconversion.StatusProposed), "acceptHireConversion", 1), fault.CodeNotPermitted, ""},
		"it refuses when the job was declined":              {can(ada, job(hireconversion.StatusDeclined), "acceptHireConversion", 1), fault.CodeIllegalTransition, ""},
		"it refuses when the job is stale":                  {can(ada, job(hireconversion.StatusProposed), "declineHireConversion", 2), fault.CodeStaleRevision, "expectedRevision"},
		"the recruiter confirms":                            {canConfirm(recruiter, job(hireconversion.StatusAccepted), 1), "", ""},
		"the recruiter confirms after the talent":           {canConfirm(recruiter, started, 1), "", ""},
		"it refuses when the talent confirms twice":         {canConfirm(ada, started, 1), fault.CodeAlreadyExists, "hireConversionId"},
		"it refuses when a supervisor confirms":             {canConfirm(supervisor, job(hireconversion.StatusAccepted), 1), fault.CodeNotPermitted, ""},
		"it refuses when staff confirm":                     {canConfirm(staff, job(hireconversion.StatusAccepted), 1), fault.CodeNotPermitted, ""},
		"it refuses when the job waits for an answer":       {canConfirm(ada, job(hireconversion.StatusProposed), 1), fault.CodeIllegalTransition, ""},
		"a start on the day of acceptance":                  {isPlausible(job(hireconversion.StatusAccepted), finished, "2026-03-09", "2026-03-20"), "", ""},
		"a start today":                                     {isPlausible(job(hireconversion.StatusAccepted), finished, "2026-03-20", "2026-03-20"), "", ""},
		"it refuses when the start is tomorrow":             {isPlausible(job(hireconversion.StatusAccepted), finished, "2026-03-21", "2026-03-20"), fault.CodeInvalidValue, "startedOn"},
		"it refuses when the start precedes acceptance":     {isPlausible(job(hireconversion.StatusAccepted), finished, "2026-03-08", "2026-03-20"), fault.CodeInvalidValue, "startedOn"},
		"it refuses when the sides name two days":           {isPlausible(started, finished, "2026-03-11", "2026-03-20"), fault.CodeInvalidValue, "startedOn"},
		"the day that the other side named":                 {isPlausible(started, finished, "2026-03-10", "2026-03-20"), "", ""},
		"an interest makes room for a proposal":             {canPropose(recruiter, work(entengagement.StatusCompleted), job(hireconversion.StatusInterested)), "", ""},
		"a recruiter signals interest":                      {canSignal(recruiter, work(entengagement.StatusCompleted), nil), "", ""},
		"it refuses when interest is signalled twice":       {canSignal(recruiter, work(entengagement.StatusCompleted), job(hireconversion.StatusInterested)), fault.CodeAlreadyExists, "engagementId"},
		"it refuses when a supervisor signals":              {canSignal(supervisor, work(entengagement.StatusCompleted), nil), fault.CodeNotPermitted, ""},
		"it refuses when interest comes early":              {canSignal(recruiter, work(entengagement.StatusActive), nil), fault.CodeIllegalTransition, ""},
		"the recruiter withdraws":                           {can(recruiter, job(hireconversion.StatusProposed), "withdrawHireConversion", 1), "", ""},
		"it refuses when the talent withdraws":              {can(ada, job(hireconversion.StatusProposed), "withdrawHireConversion", 1), fault.CodeNotPermitted, ""},
		"it refuses when an interest is withdrawn":          {can(recruiter, job(hireconversion.StatusInterested), "withdrawHireConversion", 1), fault.CodeIllegalTransition, ""},
		"the talent reports":                                {canReport(ada, finished, nil, nil, hirereport.SourceTalent), "", ""},
		"staff report":                                      {canReport(staff, finished, nil, nil, hirereport.SourceInstitution), "", ""},
		"a recruiter copies from a system":                  {canReport(recruiter, finished, nil, nil, hirereport.SourceATS), "", ""},
		"a second source":                                   {canReport(staff, finished, reported, []*ent.HireReport{told(hirereport.SourceTalent, "CONTRACT", day)}, hirereport.SourceInstitution), "", ""},
		"it refuses when staff without the right report":    {canReport(reader, finished, nil, nil, hirereport.SourceInstitution), fault.CodeNotPermitted, ""},
		"it refuses when the talent speaks for the others":  {canReport(ada, finished, nil, nil, hirereport.SourceEmployer), fault.CodeInvalidValue, "source"},
		"it refuses when a source speaks twice":             {canReport(ada, finished, reported, []*ent.HireReport{told(hirereport.SourceTalent, "CONTRACT", day)}, hirereport.SourceTalent), fault.CodeAlreadyExists, "source"},
		"it refuses to report what was proposed":            {canReport(ada, finished, job(hireconversion.StatusProposed), nil, hirereport.SourceTalent), fault.CodeIllegalTransition, ""},
		"it refuses to report from work under way":          {canReport(ada, work(entengagement.StatusActive), nil, nil, hirereport.SourceTalent), fault.CodeIllegalTransition, ""},
		"a reported start after the work":                   {report(nil, hirereport.SourceTalent, "2026-03-09"), "", ""},
		"it refuses a reported start before the work":       {report(nil, hirereport.SourceTalent, "2026-03-08"), fault.CodeInvalidValue, "startedOn"},
		"it refuses a reported start in the future":         {report(nil, hirereport.SourceInstitution, "2026-03-21"), fault.CodeInvalidValue, "startedOn"},
		"a side corrects what others reported":              {report(reported, hirereport.SourceTalent, "2026-03-12"), "", ""},
		"it refuses when a side contradicts the other":      {report(started, hirereport.SourceEmployer, "2026-03-12"), fault.CodeInvalidValue, "startedOn"},
		"an institution may know another day":               {report(started, hirereport.SourceInstitution, "2026-03-12"), "", ""},
		"the talent is still employed":                      {outcome(started, true, "2027-03-20", ""), "", ""},
		"the talent left on the first day":                  {outcome(started, false, "2026-03-10", hireconversion.LeftReasonResigned), "", ""},
		"it refuses what nobody can know yet":               {outcome(started, true, "2027-03-21", ""), fault.CodeInvalidValue, "asOf"},
		"it refuses a day before the first":                 {outcome(started, false, "2026-03-09", hireconversion.LeftReasonOther), fault.CodeInvalidValue, "asOf"},
		"it refuses to leave without a reason":              {outcome(started, false, "2026-04-10", ""), fault.CodeInvalidValue, "reason"},
		"it refuses a reason that is none":                  {outcome(started, false, "2026-04-10", "BORED"), fault.CodeInvalidValue, "reason"},
		"it refuses a reason to stay":                       {outcome(started, true, "2026-04-10", hireconversion.LeftReasonOther), fault.CodeInvalidValue, "reason"},
		"it refuses an outcome of a job not begun":          {can(ada, job(hireconversion.StatusAccepted), "recordHireOutcome", 1), fault.CodeIllegalTransition, ""},
		"it refuses an outcome after five years":            {can(ada, job(hireconversion.StatusRetainedFiveYears), "recordHireOutcome", 1), fault.CodeIllegalTransition, ""},
		"it refuses when the one who asks is nobody's side": {can(viewer.Viewer{}, job(hireconversion.StatusProposed), "acceptHireConversion", 1), fault.CodeNotPermitted, ""},
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

func TestAgree(t *testing.T) {
	t.Parallel()
	said := func(source hirereport.Source, kind hirereport.Kind, on calendar.Date) *ent.HireReport {
		return &ent.HireReport{Source: source, Kind: kind, StartedOn: on}
	}
	talent := said(hirereport.SourceTalent, hirereport.KindContract, "2026-03-10")
	employer := said(hirereport.SourceEmployer, hirereport.KindContract, "2026-03-10")
	for name, c := range map[string]struct {
		said []*ent.HireReport
		want bool
	}{
		"both sides":                        {[]*ent.HireReport{talent, employer}, true},
		"a side and the institution":        {[]*ent.HireReport{talent, said(hirereport.SourceInstitution, hirereport.KindContract, "2026-03-10")}, true},
		"it takes one source for one":       {[]*ent.HireReport{talent}, false},
		"it takes an employer's system too": {[]*ent.HireReport{employer, said(hirereport.SourceATS, hirereport.KindContract, "2026-03-10")}, false},
		"it wants the same day":             {[]*ent.HireReport{talent, said(hirereport.SourceEmployer, hirereport.KindContract, "2026-03-11")}, false},
		"it wants the same kind":            {[]*ent.HireReport{talent, said(hirereport.SourceEmployer, hirereport.KindPartTime, "2026-03-10")}, false},
	} {
		if got := agree(c.said, hireconversion.KindContract, "2026-03-10"); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestSteps(t *testing.T) {
	t.Parallel()
	first := calendar.Date("2026-03-10")
	for name, c := range map[string]struct {
		from       hireconversion.Status
		isEmployed bool
		asOf       calendar.Date
		want       []event.Kind
	}{
		"a day short of a year":     {hireconversion.StatusStarted, true, first.Plus(364), nil},
		"a year":                    {hireconversion.StatusStarted, true, first.Plus(365), []event.Kind{event.HireRetainedOneYear}},
		"a year, once more":         {hireconversion.StatusRetainedOneYear, true, first.Plus(400), nil},
		"a day short of five years": {hireconversion.StatusRetainedOneYear, true, first.Plus(1825), nil},
		"five years":                {hireconversion.StatusRetainedOneYear, true, first.Plus(1826), []event.Kind{event.HireRetainedFiveYears}},
		"five years at once":        {hireconversion.StatusStarted, true, first.Plus(1826), []event.Kind{event.HireRetainedOneYear, event.HireRetainedFiveYears}},
		"left":                      {hireconversion.StatusStarted, false, first.Plus(500), []event.Kind{event.HireLeft}},
	} {
		h := &ent.HireConversion{Status: c.from, StartedOn: &first}
		if got := steps(h, RecordHireOutcomeInput{IsEmployed: c.isEmployed, AsOf: c.asOf}); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
