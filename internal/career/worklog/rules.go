package worklog

import (
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	employers = []transition.Side{transition.Employer}
	talents   = []transition.Side{transition.Talent}
	drafts    = []worklogentry.Status{worklogentry.StatusDraft}
	logged    = []worklogentry.Status{worklogentry.StatusLogged}

	// underWay are the statuses of work whose time is logged, and decidable those
	// in which what was logged is decided on.
	underWay = []engagement.Status{
		engagement.StatusActive, engagement.StatusPaused, engagement.StatusSubmitted, engagement.StatusIncomplete,
	}
	decidable = append(slices.Clone(underWay), engagement.StatusCompleted)
)

// States is the life of an entry. What was approved never changes: a correction
// takes minutes of it back.
var States = transition.Table[worklogentry.Status]{
	{
		Name: "reviseWorklogEntry", By: talents, Scope: viewer.WorklogWrite, From: drafts,
		Only: "Only the talent writes the worklog.", Not: "Only a draft can be revised.",
	},
	{
		Name: "logWorklogEntry", By: talents, Scope: viewer.WorklogWrite, From: drafts, To: worklogentry.StatusLogged,
		Only: "Only the talent writes the worklog.", Not: "Only a draft can be logged.",
	},
	{
		Name: "discardWorklogEntry", By: talents, Scope: viewer.WorklogWrite, From: drafts, To: worklogentry.StatusDiscarded,
		Only: "Only the talent writes the worklog.", Not: "Only a draft can be discarded.",
	},
	{
		Name: "approveWorklogEntry", By: employers, Scope: viewer.WorklogDecide, From: logged, To: worklogentry.StatusApproved,
		Only: "Only the employer's supervisors can approve logged time.", Not: "Only logged time that waits can be approved.",
	},
	{
		Name: "rejectWorklogEntry", By: employers, Scope: viewer.WorklogDecide, From: logged, To: worklogentry.StatusRejected,
		Only: "Only the employer's supervisors can reject logged time.", Not: "Only logged time that waits can be rejected.",
	},
	{
		Name: "correctWorklogEntry", By: talents, Scope: viewer.WorklogWrite, From: []worklogentry.Status{worklogentry.StatusApproved},
		Only: "Only the talent writes the worklog.", Not: "Only approved time is corrected: a draft is revised, and what was rejected counts for nothing.",
	},
	{Name: string(event.WorklogEntryAutoApproved), By: []transition.Side{transition.Rung}, From: logged, To: worklogentry.StatusApproved},
}

// Work says during which work one begins an entry.
var Work = transition.Table[engagement.Status]{
	{
		Name: "draftWorklogEntry", By: talents, Scope: viewer.WorklogWrite, From: underWay,
		Only: "Only the talent writes the worklog.", Not: "Time is logged for work that has started and not ended.",
	},
}

// during says in which statuses of the work the other verbs can be used. What is
// not there can be done at any time.
var during = map[string][]engagement.Status{
	"reviseWorklogEntry": underWay, "logWorklogEntry": underWay, "correctWorklogEntry": underWay,
	"approveWorklogEntry": decidable, "rejectWorklogEntry": decidable,
}

// isOver: work that was not handed in is closed for good, and so is its money.
func isOver(e *ent.Engagement) bool {
	return e.Status == engagement.StatusIncomplete && e.ReopenBy == nil
}

// CanDraft judges a new entry on an engagement.
func CanDraft(v viewer.Viewer, e *ent.Engagement) error {
	if err := Work.Permit("draftWorklogEntry", v, transition.Sides(v, e.EmployerOrgID, e.TalentID), e.Status); err != nil {
		return err
	}
	if isOver(e) {
		return fault.IllegalTransition("This work is closed for good.", string(e.Status), []string{})
	}
	return nil
}

// can judges a verb on an entry that its viewer has read as it is, by where the
// entry and its work stand.
func can(v viewer.Viewer, e *ent.Engagement, w *ent.WorklogEntry, verb string, revision int) error {
	sides := transition.Sides(v, w.EmployerOrgID, w.TalentID)
	if err := States.Permit(verb, v, sides, w.Status); err != nil {
		return err
	}
	closed := func(verb string) bool {
		return during[verb] != nil && (!slices.Contains(during[verb], e.Status) || isOver(e))
	}
	if closed(verb) {
		return fault.IllegalTransition("The work stands where its worklog cannot be changed so.", string(e.Status),
			slices.DeleteFunc(States.Allowed(v, sides, w.Status), closed))
	}
	return transition.Unchanged(revision, w.Revision)
}

// canLog: a draft of a day that can still be logged, within the caps.
func canLog(v viewer.Viewer, e *ent.Engagement, w *ent.WorklogEntry, b book, revision int, now time.Time) error {
	if err := can(v, e, w, "logWorklogEntry", revision); err != nil {
		return err
	}
	if why := outside(e, w.WorkedOn, now); why != "" {
		return fault.WindowClosed("worklogEntryId", why)
	}
	return b.admits(w.WorkedOn, w.Minutes)
}

// canCorrect: an approved entry that is no correction itself, while something of
// it stands.
func canCorrect(v viewer.Viewer, e *ent.Engagement, w *ent.WorklogEntry, b book) error {
	if err := can(v, e, w, "correctWorklogEntry", w.Revision); err != nil {
		return err
	}
	switch {
	case !w.CorrectsID.IsNone():
		return fault.InvalidValue("worklogEntryId", "A correction is not corrected: log the time anew.")
	case b.standing(w) == 0:
		return fault.LimitReached("worklogEntryId", "All of this entry is taken back already.")
	}
	return nil
}

// outside says why a day cannot be logged, or nothing: it lies between the start
// of the work and today, as the zone agreed at kick-off counts days, and not
// after the work came to rest.
func outside(e *ent.Engagement, on calendar.Date, now time.Time) string {
	zone := calendar.Zone(*e.TimeZone)
	first, last := calendar.In(*e.StartedAt, zone), calendar.In(now, zone)
	switch e.Status {
	case engagement.StatusPaused:
		last = calendar.In(*e.PausedAt, zone)
	case engagement.StatusIncomplete:
		last = calendar.In(*e.IncompleteAt, zone)
	}
	if on.Before(first) || last.Before(on) {
		return fmt.Sprintf("Log a day of this work: from %s to %s (%s).", first, last, zone)
	}
	return ""
}
