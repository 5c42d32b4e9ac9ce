package hire

import (
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/internal/calendar"
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
	proposal := func(title string, on calendar.Date, kind hireconversion.Kind) error {
		_, err := readJob(ProposeHireConversionInput{JobTitle: title, StartsOn: on, Kind: kind}, "2026-03-09")
		return err
	}
	for name, tc := range map[string]struct {
		err  error
		code fault.Code
		path string
	}{
		"a recruiter proposes":                              {canPropose(recruiter, work(entengagement.StatusCompleted), false), "", ""},
		"it refuses when a supervisor proposes":             {canPropose(supervisor, work(entengagement.StatusCompleted), false), fault.CodeNotPermitted, ""},
		"it refuses when the talent proposes":               {canPropose(ada, work(entengagement.StatusCompleted), false), fault.CodeNotPermitted, ""},
		"it refuses when the work is under way":             {canPropose(recruiter, work(entengagement.StatusActive), false), fault.CodeIllegalTransition, ""},
		"it refuses when a job was proposed":                {canPropose(recruiter, work(entengagement.StatusCompleted), true), fault.CodeAlreadyExists, "engagementId"},
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
		"a start on the day of acceptance":                  {isPlausible(job(hireconversion.StatusAccepted), "2026-03-09", "2026-03-20"), "", ""},
		"a start today":                                     {isPlausible(job(hireconversion.StatusAccepted), "2026-03-20", "2026-03-20"), "", ""},
		"it refuses when the start is tomorrow":             {isPlausible(job(hireconversion.StatusAccepted), "2026-03-21", "2026-03-20"), fault.CodeInvalidValue, "startedOn"},
		"it refuses when the start precedes acceptance":     {isPlausible(job(hireconversion.StatusAccepted), "2026-03-08", "2026-03-20"), fault.CodeInvalidValue, "startedOn"},
		"it refuses when the sides name two days":           {isPlausible(started, "2026-03-11", "2026-03-20"), fault.CodeInvalidValue, "startedOn"},
		"the day that the other side named":                 {isPlausible(started, "2026-03-10", "2026-03-20"), "", ""},
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
