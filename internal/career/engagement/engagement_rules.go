package engagement

import (
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// EngagementStates is the life of the work: it waits for its gates, is done,
// handed in and completed, or ends early.
var EngagementStates = append(backTo(), transition.Table[engagement.Status]{
	{
		Name: "confirmKickOff", By: employers, Scope: viewer.EngagementsOversee,
		From: []engagement.Status{engagement.StatusPendingGates},
		Only: "Only the employer's supervisors can confirm the kick-off.", Not: "The kick-off is confirmed before the work, and once.",
	},
	{
		Name: clearEngagement, By: []transition.Side{transition.Institution}, Scope: viewer.EngagementsClear,
		From: []engagement.Status{engagement.StatusPendingGates},
		Only: "Only the approvers of the talent's institution clear this work, where it clears any.", Not: "Work is cleared before it starts.",
	},
	{
		Name: string(event.EngagementReady), By: rung,
		From: []engagement.Status{engagement.StatusPendingGates}, To: engagement.StatusReady,
	},
	{
		// Nobody waits for work that never starts: what is held goes back.
		Name: string(event.EngagementLapsed), By: rung,
		From: []engagement.Status{engagement.StatusPendingGates, engagement.StatusReady}, To: engagement.StatusTerminated,
	},
	{
		Name: "startEngagement", By: talents, Scope: viewer.EngagementsWork,
		From: []engagement.Status{engagement.StatusReady}, To: engagement.StatusActive,
		Only: "Only the talent can start the work.", Not: "The work starts when all its gates are passed, and once.",
	},
	{
		Name: string(event.EngagementSubmitted), By: rung,
		From: []engagement.Status{engagement.StatusActive}, To: engagement.StatusSubmitted,
	},
	{
		Name: string(event.EngagementReturned), By: rung,
		From: []engagement.Status{engagement.StatusSubmitted}, To: engagement.StatusActive,
	},
	{
		Name: "pauseEngagement", By: both,
		From: []engagement.Status{engagement.StatusActive}, To: engagement.StatusPaused,
		Only: "Only the talent and the employer's supervisors can pause the work.", Not: "Only work that is under way can be paused.",
	},
	{
		Name: "resumeEngagement", By: both,
		From: []engagement.Status{engagement.StatusPaused}, To: engagement.StatusActive,
		Only: "Only the talent and the employer's supervisors can go on with the work.", Not: "Only work that was paused can go on.",
	},
	{
		Name: string(event.EngagementMissed), By: rung,
		From: []engagement.Status{engagement.StatusActive, engagement.StatusPaused}, To: engagement.StatusIncomplete,
	},
	{
		Name: "reopenEngagement", By: employers, Scope: viewer.EngagementsOversee,
		From: []engagement.Status{engagement.StatusIncomplete}, To: engagement.StatusActive,
		Only: "Only the employer's supervisors can take work up again.", Not: "Only work that was not handed in can be taken up again.",
	},
	{
		Name: string(event.EngagementClosed), By: rung, From: []engagement.Status{engagement.StatusIncomplete},
	},
	{
		Name: "completeEngagement", By: employers, Scope: viewer.EngagementsOversee,
		From: []engagement.Status{engagement.StatusSubmitted}, To: engagement.StatusCompleted,
		Only: "Only the employer's supervisors can complete the work.", Not: "The work is completed when everything is handed in, and once.",
	},
	{
		Name: string(event.EngagementAutoCompleted), By: rung,
		From: []engagement.Status{engagement.StatusSubmitted}, To: engagement.StatusCompleted,
	},
	{
		Name: "terminateEngagement", By: []transition.Side{transition.Employer, transition.Talent, transition.Rung},
		From: []engagement.Status{
			engagement.StatusPendingGates, engagement.StatusReady, engagement.StatusActive, engagement.StatusPaused, engagement.StatusSubmitted,
			engagement.StatusIncomplete,
		},
		To:   engagement.StatusTerminated,
		Only: "Only the talent and the employer's supervisors can end the work early.", Not: "This work has ended already.",
	},
	{
		Name: "reportGhosting", By: employers, Scope: viewer.EngagementsOversee,
		From: []engagement.Status{engagement.StatusReady, engagement.StatusActive, engagement.StatusIncomplete},
		Only: "Only the employer's supervisors can report that the talent stopped answering.", Not: "Only work that is ready, under way or was not handed in can be reported.",
	},
	{
		// What a dispute does to the work and to the money is more than a status.
		Name: "openDispute", By: both, Scope: viewer.DisputesOpen,
		From: append(slices.Clone(disputable), engagement.StatusTerminated),
		Only: "Only the talent and the employer's owners and recruiters can open a dispute.", Not: "There is nothing left to disagree on.",
	},
	{
		Name: string(event.EngagementDisputed), By: rung, From: disputable, To: engagement.StatusDisputed,
	},
	{
		Name: string(event.EngagementTerminated), By: rung,
		From: []engagement.Status{engagement.StatusDisputed}, To: engagement.StatusTerminated,
	},
	{
		Name: "submitEvaluation", By: both, Scope: viewer.EvaluationsSubmit, From: []engagement.Status{engagement.StatusCompleted},
		Only: "Only the talent and the employer's supervisors evaluate each other.", Not: "Evaluations follow completed work.",
	},
}...)

// SidesOf are the viewer's sides on a piece of work. Of the employer's people
// only those who oversee work have one here.
func SidesOf(v viewer.Viewer, employer, talent gid.ID) []transition.Side {
	sides := transition.Sides(v, employer, talent)
	if v.Can(viewer.EngagementsOversee) {
		return sides
	}
	return slices.DeleteFunc(sides, func(s transition.Side) bool { return s == transition.Employer })
}

// permit judges a verb on an engagement that its viewer has read as it is.
func permit(v viewer.Viewer, e *ent.Engagement, verb string, revision int) error {
	if err := EngagementStates.Permit(verb, v, SidesOf(v, e.EmployerOrgID, e.TalentID), e.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, e.Revision)
}

// canKickOff: once, by a supervisor, while something is still missing.
func canKickOff(v viewer.Viewer, e *ent.Engagement, revision int) error {
	if err := permit(v, e, "confirmKickOff", revision); err != nil {
		return err
	}
	if e.KickedOffAt != nil {
		return fault.AlreadyExists("engagementId", "The kick-off is confirmed already.")
	}
	return nil
}

// canStart: the talent, on the first day of work or later, as the zone agreed
// at kick-off counts days.
func canStart(v viewer.Viewer, e *ent.Engagement, now time.Time, revision int) error {
	if err := permit(v, e, "startEngagement", revision); err != nil {
		return err
	}
	if calendar.In(now, calendar.Zone(*e.TimeZone)).Before(e.StartsOn) {
		return fault.WindowClosed("engagementId", fmt.Sprintf("The work starts on %s (%s).", e.StartsOn, *e.TimeZone))
	}
	return nil
}

// canReopen: a supervisor, for fourteen days, with a last day still to come.
func canReopen(v viewer.Viewer, e *ent.Engagement, now time.Time, revision int) error {
	if err := permit(v, e, "reopenEngagement", revision); err != nil {
		return err
	}
	if !canStillReopen(e, now) {
		return fault.WindowClosed("engagementId", "Work that was not handed in can be taken up again for 14 days.")
	}
	return nil
}

// canTerminate: either side, until the work has ended.
func canTerminate(v viewer.Viewer, e *ent.Engagement, now time.Time, revision int) error {
	if err := permit(v, e, "terminateEngagement", revision); err != nil {
		return err
	}
	if e.Status == engagement.StatusIncomplete && !canStillReopen(e, now) {
		return fault.IllegalTransition("This work has ended already.", string(e.Status), []string{})
	}
	return nil
}

func canStillReopen(e *ent.Engagement, now time.Time) bool {
	return e.ReopenBy != nil && now.Before(*e.ReopenBy)
}

// remaining is what keeps work from being completed.
type remaining struct {
	open    int  // deliverables that are not accepted
	waiting int  // worklog entries that nobody has decided on, by the hour
	isFree  bool // by the hour, and no time is approved
	// objectBy is until when the talent can disagree with a rejection, as long as
	// that is to come.
	objectBy *time.Time
}

func left(open int, e *ent.Engagement, tallies map[gid.ID]worklog.Tally, now time.Time) remaining {
	t, isHourly := tallies[e.ID]
	r := remaining{open: open, waiting: t.Waiting, isFree: isHourly && t.ApprovedMinutes == 0}
	if t.ObjectBy != nil && now.Before(*t.ObjectBy) {
		r.objectBy = t.ObjectBy
	}
	return r
}

// canComplete: a supervisor, when every deliverable is accepted and, by the hour,
// every entry of the worklog is decided on, some time is approved, and what was
// rejected was open to disagreement for long enough.
func canComplete(v viewer.Viewer, e *ent.Engagement, left remaining, revision int) error {
	if err := permit(v, e, "completeEngagement", revision); err != nil {
		return err
	}
	why := ""
	switch {
	case left.open > 0:
		why = fmt.Sprintf("Accept every deliverable first: %d still wait for a decision.", left.open)
	case left.waiting > 0:
		why = fmt.Sprintf("Decide on the worklog first: %d entries wait.", left.waiting)
	case left.isFree:
		why = "Approve the time that it took first: nothing would be paid."
	case left.objectBy != nil:
		why = fmt.Sprintf("The talent can disagree with the time that you rejected until %s. Complete it then.", left.objectBy.Format(time.RFC3339))
	default:
		return nil
	}
	allowed := EngagementStates.Allowed(v, SidesOf(v, e.EmployerOrgID, e.TalentID), e.Status)
	return fault.IllegalTransition(why, string(e.Status),
		slices.DeleteFunc(allowed, func(verb string) bool { return verb == "completeEngagement" }))
}

// undecided counts the deliverables that are wanted and not accepted.
func undecided(deliverables []*ent.Deliverable) int {
	n := 0
	for _, d := range deliverables {
		if d.Status != deliverable.StatusAccepted && d.Status != deliverable.StatusCancelled {
			n++
		}
	}
	return n
}

// hasStarted: from here on the work is done, not prepared.
func hasStarted(e *ent.Engagement) bool { return e.StartedAt != nil }

// agreed is what a kick-off settles.
type agreed struct {
	communication string
	zone          calendar.Zone
	dueDays       []schema.DueDay
}

// readKickOff checks what was agreed. The plan is the project's; due days lie
// within the engagement's.
func readKickOff(in ConfirmKickOffInput, e *ent.Engagement, plan []*ent.PlannedDeliverable) (agreed, error) {
	var r text.Reader
	a := agreed{zone: in.TimeZone, communication: r.Prose("communication", in.Communication, 3, 500), dueDays: []schema.DueDay{}}
	if _, err := calendar.ParseZone(string(in.TimeZone)); err != nil {
		r.Refuse(fault.InvalidValue("timeZone", "Name an IANA time zone, as in America/New_York."))
	}
	seen := map[gid.ID]bool{}
	for i, d := range in.DueDays {
		path := fmt.Sprintf("dueDays.%d.", i)
		switch {
		case !slices.ContainsFunc(plan, func(p *ent.PlannedDeliverable) bool { return p.ID == d.PlannedDeliverableID }):
			r.Refuse(fault.NotFound(path+"plannedDeliverableId", "There is no such planned deliverable in this project."))
		case seen[d.PlannedDeliverableID]:
			r.Refuse(fault.InvalidValue(path+"plannedDeliverableId", "Name each planned deliverable once."))
		case d.DueOn.Before(e.StartsOn) || e.EndsOn.Before(d.DueOn):
			r.Refuse(fault.InvalidValue(path+"dueOn", fmt.Sprintf("Choose a day from %s to %s.", e.StartsOn, e.EndsOn)))
		}
		seen[d.PlannedDeliverableID] = true
		a.dueDays = append(a.dueDays, schema.DueDay{PlannedDeliverableID: d.PlannedDeliverableID, DueOn: d.DueOn})
	}
	return a, r.Err()
}

// dueAt is when a planned deliverable is due: at the end of the day agreed at
// kick-off, else of the day planned, else of the last day of work.
func dueAt(e *ent.Engagement, p *ent.PlannedDeliverable) time.Time {
	day := e.EndsOn
	if p.DueOn != nil {
		day = *p.DueOn
	}
	for _, d := range e.DueDays {
		if d.PlannedDeliverableID == p.ID {
			day = d.DueOn
		}
	}
	return day.EndIn(calendar.Zone(*e.TimeZone))
}
