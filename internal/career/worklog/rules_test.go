package worklog

import (
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	acme, adaID = gid.ID{1, 15: byte(gid.Employer)}, gid.ID{2, 15: byte(gid.Talent)}
	started     = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	// Three in the morning of the sixth in UTC is still the fifth in Phoenix.
	now     = time.Date(2026, 3, 6, 3, 0, 0, 0, time.UTC)
	phoenix = "America/Phoenix"
)

func workAt(at engagement.Status) *ent.Engagement {
	e := &ent.Engagement{Status: at, EmployerOrgID: acme, TalentID: adaID, StartedAt: &started, TimeZone: &phoenix}
	rested := started.AddDate(0, 0, 2)
	switch at {
	case engagement.StatusPaused:
		e.PausedAt = &rested
	case engagement.StatusIncomplete:
		until := now.AddDate(0, 0, 10)
		e.IncompleteAt, e.ReopenBy = &rested, &until
	}
	return e
}

func entryAt(at worklogentry.Status, on calendar.Date, minutes int) *ent.WorklogEntry {
	return &ent.WorklogEntry{
		ID: gid.ID{9, 15: byte(gid.WorklogEntry)}, Status: at, EmployerOrgID: acme, TalentID: adaID, WorkedOn: on, Minutes: minutes, Revision: 3,
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	ada := stage.Who(viewer.Talent, viewer.RoleTalent, gid.None)
	ada.Talent = adaID
	eve := stage.Who(viewer.Talent, viewer.RoleTalent, gid.None)
	eve.Talent = gid.ID{3, 15: byte(gid.Talent)}
	supervisor := stage.Who(viewer.EmployerMember, viewer.RoleSupervisor, acme)
	owner := stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme)
	recruiter := stage.Who(viewer.EmployerMember, viewer.RoleRecruiter, acme)
	stranger := stage.Who(viewer.EmployerMember, viewer.RoleOwner, gid.ID{4, 15: byte(gid.Employer)})
	staff := stage.Who(viewer.CareerStaff, viewer.RoleAdmin, gid.ID{5, 15: byte(gid.Institution)})
	operator := stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld)

	active, paused, done := workAt(engagement.StatusActive), workAt(engagement.StatusPaused), workAt(engagement.StatusCompleted)
	closed := workAt(engagement.StatusIncomplete)
	closed.ReopenBy = nil
	draft, waits := entryAt(worklogentry.StatusDraft, "2026-03-05", 60), entryAt(worklogentry.StatusLogged, "2026-03-05", 60)
	approved, rejected := entryAt(worklogentry.StatusApproved, "2026-03-05", 60), entryAt(worklogentry.StatusRejected, "2026-03-05", 60)
	correction := entryAt(worklogentry.StatusApproved, "2026-03-05", -60)
	correction.CorrectsID = approved.ID
	open := book{aWeek: 40 * 60, together: 20 * 60}
	full := open
	full.entries = []*ent.WorklogEntry{entryAt(worklogentry.StatusLogged, "2026-03-05", 700)}
	spent := open
	spent.entries = []*ent.WorklogEntry{correction}
	logs := func(v viewer.Viewer, e *ent.Engagement, w *ent.WorklogEntry, b book) error {
		return canLog(v, e, w, b, 3, now)
	}

	for name, tc := range map[string]struct {
		err  error
		code fault.Code
		path string
	}{
		"the talent drafts":                                  {CanDraft(ada, active), "", ""},
		"the talent drafts while the work rests":             {CanDraft(ada, paused), "", ""},
		"the talent drafts when it was handed in":            {CanDraft(ada, workAt(engagement.StatusSubmitted)), "", ""},
		"the talent drafts when it was not handed in":        {CanDraft(ada, workAt(engagement.StatusIncomplete)), "", ""},
		"it refuses when the work has not started":           {CanDraft(ada, workAt(engagement.StatusReady)), fault.CodeIllegalTransition, ""},
		"it refuses when the work is completed":              {CanDraft(ada, done), fault.CodeIllegalTransition, ""},
		"it refuses when the work is disputed":               {CanDraft(ada, workAt(engagement.StatusDisputed)), fault.CodeIllegalTransition, ""},
		"it refuses a draft by another talent":               {CanDraft(eve, active), fault.CodeNotPermitted, ""},
		"it refuses a draft by the employer":                 {CanDraft(owner, active), fault.CodeNotPermitted, ""},
		"the talent revises":                                 {can(ada, active, draft, "reviseWorklogEntry", 3), "", ""},
		"it refuses to revise what was logged":               {can(ada, active, waits, "reviseWorklogEntry", 3), fault.CodeIllegalTransition, ""},
		"it refuses to revise when the work has ended":       {can(ada, workAt(engagement.StatusTerminated), draft, "reviseWorklogEntry", 3), fault.CodeIllegalTransition, ""},
		"the talent discards, however the work stands":       {can(ada, workAt(engagement.StatusTerminated), draft, "discardWorklogEntry", 3), "", ""},
		"it refuses to discard what was logged":              {can(ada, active, waits, "discardWorklogEntry", 3), fault.CodeIllegalTransition, ""},
		"it refuses when it was read as another":             {can(ada, active, draft, "discardWorklogEntry", 2), fault.CodeStaleRevision, "expectedRevision"},
		"the talent logs today, as Phoenix counts days":      {logs(ada, active, draft, open), "", ""},
		"it refuses to log tomorrow":                         {logs(ada, active, entryAt(worklogentry.StatusDraft, "2026-03-06", 60), open), fault.CodeWindowClosed, "worklogEntryId"},
		"it refuses to log a day before the work":            {logs(ada, active, entryAt(worklogentry.StatusDraft, "2026-03-01", 60), open), fault.CodeWindowClosed, "worklogEntryId"},
		"the talent logs the day on which the work paused":   {logs(ada, paused, entryAt(worklogentry.StatusDraft, "2026-03-04", 60), open), "", ""},
		"it refuses to log a day of rest":                    {logs(ada, paused, draft, open), fault.CodeWindowClosed, "worklogEntryId"},
		"it refuses to draft when it is closed for good":     {CanDraft(ada, closed), fault.CodeIllegalTransition, ""},
		"it refuses to log when it is closed for good":       {logs(ada, closed, draft, open), fault.CodeIllegalTransition, ""},
		"it refuses to log a day after the end":              {logs(ada, workAt(engagement.StatusIncomplete), draft, open), fault.CodeWindowClosed, "worklogEntryId"},
		"it refuses to log twice":                            {logs(ada, active, waits, open), fault.CodeIllegalTransition, ""},
		"it refuses to log beyond a cap":                     {logs(ada, active, draft, full), fault.CodeLimitReached, "worklogEntryId"},
		"it refuses to log for the talent":                   {logs(supervisor, active, draft, open), fault.CodeNotPermitted, ""},
		"a supervisor approves":                              {can(supervisor, active, waits, "approveWorklogEntry", 3), "", ""},
		"an owner approves after completion":                 {can(owner, done, waits, "approveWorklogEntry", 3), "", ""},
		"a supervisor rejects":                               {can(supervisor, paused, waits, "rejectWorklogEntry", 3), "", ""},
		"it refuses a recruiter, who accepts no work either": {can(recruiter, active, waits, "approveWorklogEntry", 3), fault.CodeNotPermitted, ""},
		"it refuses another employer's owner":                {can(stranger, active, waits, "approveWorklogEntry", 3), fault.CodeNotPermitted, ""},
		"it refuses the staff":                               {can(staff, active, waits, "rejectWorklogEntry", 3), fault.CodeNotPermitted, ""},
		"it refuses an operator":                             {can(operator, active, waits, "approveWorklogEntry", 3), fault.CodeNotPermitted, ""},
		"it refuses the talent's own approval":               {can(ada, active, waits, "approveWorklogEntry", 3), fault.CodeNotPermitted, ""},
		"it refuses to approve a draft":                      {can(supervisor, active, draft, "approveWorklogEntry", 3), fault.CodeIllegalTransition, ""},
		"it refuses to approve what was rejected":            {can(supervisor, active, rejected, "approveWorklogEntry", 3), fault.CodeIllegalTransition, ""},
		"it refuses to reject what was approved":             {can(supervisor, active, approved, "rejectWorklogEntry", 3), fault.CodeIllegalTransition, ""},
		"it refuses to decide while the work is disputed":    {can(supervisor, workAt(engagement.StatusDisputed), waits, "approveWorklogEntry", 3), fault.CodeIllegalTransition, ""},
		"the talent corrects":                                {canCorrect(ada, active, approved, open), "", ""},
		"it refuses to correct what waits":                   {canCorrect(ada, active, waits, open), fault.CodeIllegalTransition, ""},
		"it refuses to correct after completion":             {canCorrect(ada, done, approved, open), fault.CodeIllegalTransition, ""},
		"it refuses to correct a correction":                 {canCorrect(ada, active, correction, open), fault.CodeInvalidValue, "worklogEntryId"},
		"it refuses to correct what is all taken back":       {canCorrect(ada, active, approved, spent), fault.CodeLimitReached, "worklogEntryId"},
		"it refuses the employer's correction":               {canCorrect(supervisor, active, approved, open), fault.CodeNotPermitted, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stage.Answers(t, tc.err, tc.code, tc.path)
		})
	}
}

// What ended work leaves open is told with the refusal.
func TestWhatEndedWorkAllows(t *testing.T) {
	t.Parallel()
	ada := stage.Who(viewer.Talent, viewer.RoleTalent, gid.None)
	ada.Talent = adaID
	err := can(ada, workAt(engagement.StatusCompleted), entryAt(worklogentry.StatusDraft, "2026-03-05", 60), "reviseWorklogEntry", 3)
	told, _ := fault.UserErrors(err)
	if len(told) != 1 {
		t.Fatal(err)
	}
	illegal, is := told[0].(*fault.IllegalTransitionError)
	if !is || illegal.CurrentStatus != "COMPLETED" || len(illegal.AllowedActions) != 1 || illegal.AllowedActions[0] != "discardWorklogEntry" {
		t.Errorf("it answers %+v", told[0])
	}
}

func TestAdmits(t *testing.T) {
	t.Parallel()
	logged := func(on calendar.Date, minutes int) *ent.WorklogEntry {
		return entryAt(worklogentry.StatusLogged, on, minutes)
	}
	approved := func(on calendar.Date, minutes int) *ent.WorklogEntry {
		return entryAt(worklogentry.StatusApproved, on, minutes)
	}
	for name, tc := range map[string]struct {
		aWeek, together int // in hours
		stands          []*ent.WorklogEntry
		minutes         int
		refused         string
	}{
		"a day of twelve hours":                   {40, 40, nil, 720, ""},
		"the last minute of a day":                {40, 40, []*ent.WorklogEntry{logged("2026-03-05", 600), approved("2026-03-05", 60)}, 60, ""},
		"it refuses a minute more":                {40, 40, []*ent.WorklogEntry{logged("2026-03-05", 600), approved("2026-03-05", 60)}, 61, "At most 12 hours can be logged on one day, and 11 hours are."},
		"the other days of a week count":          {10, 40, []*ent.WorklogEntry{logged("2026-03-02", 540)}, 60, ""},
		"it refuses more in a week":               {10, 40, []*ent.WorklogEntry{logged("2026-03-02", 545)}, 60, "At most 10 hours can be logged in one week, and 9 hours 5 minutes are."},
		"a Sunday is of the week before":          {10, 40, []*ent.WorklogEntry{logged("2026-03-01", 600)}, 600, ""},
		"a Sunday ends the week":                  {10, 40, []*ent.WorklogEntry{logged("2026-03-08", 600)}, 1, "At most 10 hours can be logged in one week, and 10 hours are."},
		"it refuses more than was agreed":         {40, 20, []*ent.WorklogEntry{logged("2026-02-02", 700), logged("2026-02-10", 500)}, 1, "At most 20 hours can be logged in all, and 20 hours are."},
		"an approved correction makes room":       {40, 40, []*ent.WorklogEntry{approved("2026-03-05", 720), approved("2026-03-05", -60)}, 60, ""},
		"it refuses while the correction waits":   {40, 40, []*ent.WorklogEntry{approved("2026-03-05", 720), logged("2026-03-05", -60)}, 60, "At most 12 hours can be logged on one day, and 12 hours are."},
		"the day is named first, then the longer": {1, 1, []*ent.WorklogEntry{logged("2026-03-05", 720)}, 1, "At most 12 hours can be logged on one day, and 12 hours are."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := book{tc.stands, tc.aWeek * 60, tc.together * 60}.admits("2026-03-05", tc.minutes)
			told, _ := fault.UserErrors(err)
			switch {
			case tc.refused == "" && err == nil:
			case len(told) != 1 || told[0].GetCode() != fault.CodeLimitReached || told[0].GetMessage() != tc.refused:
				t.Errorf("it answers %v, want %q", err, tc.refused)
			}
		})
	}
}

func TestAgreedHours(t *testing.T) {
	t.Parallel()
	fewer, o := 12, &ent.Offer{Hours: 20}
	if got, want := AgreedHours(&ent.Engagement{}, o), 20; got != want {
		t.Errorf("as offered, %d hours, want %d", got, want)
	}
	if got, want := AgreedHours(&ent.Engagement{AmendedHours: &fewer}, o), 12; got != want {
		t.Errorf("as amended, %d hours, want %d", got, want)
	}
}
