package hire

import (
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// States is the life of a job that grew out of an engagement.
var States = transition.Table[hireconversion.Status]{
	{
		Name: "acceptHireConversion", By: []transition.Side{transition.Talent}, Scope: viewer.HiresAnswer,
		From: []hireconversion.Status{hireconversion.StatusProposed}, To: hireconversion.StatusAccepted,
		Only: "Only the talent can accept a job.", Not: "Only a job that waits for an answer can be accepted.",
	},
	{
		Name: "declineHireConversion", By: []transition.Side{transition.Talent}, Scope: viewer.HiresAnswer,
		From: []hireconversion.Status{hireconversion.StatusProposed}, To: hireconversion.StatusDeclined,
		Only: "Only the talent can decline a job.", Not: "Only a job that waits for an answer can be declined.",
	},
	{
		Name: string(event.HireLapsed), By: []transition.Side{transition.Rung},
		From: []hireconversion.Status{hireconversion.StatusProposed}, To: hireconversion.StatusLapsed,
	},
	{
		Name: "confirmHireStart", By: []transition.Side{transition.Employer, transition.Talent},
		From: []hireconversion.Status{hireconversion.StatusAccepted, hireconversion.StatusStarted}, To: hireconversion.StatusStarted,
		Only: "Only the talent and the employer's recruiters can confirm the start.", Not: "Only a job that was accepted can start.",
	},
}

// Proposal says after which engagements a job can be proposed.
var Proposal = transition.Table[engagement.Status]{
	{
		Name: "proposeHireConversion", By: []transition.Side{transition.Employer}, Scope: viewer.HiresPropose,
		From: []engagement.Status{engagement.StatusCompleted},
		Only: "Only the employer's recruiters can propose a job.", Not: "A job is proposed after completed work.",
	},
}

// sidesOf are the viewer's sides on a job. Of the employer's people only those
// who propose jobs have one.
func sidesOf(v viewer.Viewer, employer, talent gid.ID) []transition.Side {
	sides := transition.Sides(v, employer, talent)
	if v.Can(viewer.HiresPropose) {
		return sides
	}
	return slices.DeleteFunc(sides, func(s transition.Side) bool { return s == transition.Employer })
}

// canPropose: a recruiter, after completed work, one job at a time.
func canPropose(v viewer.Viewer, e *ent.Engagement, isLive bool) error {
	err := Proposal.Permit("proposeHireConversion", v, transition.Sides(v, e.EmployerOrgID, e.TalentID), e.Status)
	if err == nil && isLive {
		err = fault.AlreadyExists("engagementId", "A job was proposed after this engagement already.")
	}
	return err
}

// can judges a verb on a job that its viewer has read as it is.
func can(v viewer.Viewer, h *ent.HireConversion, verb string, revision int) error {
	if err := States.Permit(verb, v, sidesOf(v, h.EmployerOrgID, h.TalentID), h.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, h.Revision)
}

// canAccept: until the proposed first day is over.
func canAccept(v viewer.Viewer, h *ent.HireConversion, revision int, now time.Time) error {
	if err := can(v, h, "acceptHireConversion", revision); err != nil {
		return err
	}
	if !now.Before(AnswerBy(h)) {
		return fault.WindowClosed("hireConversionId", fmt.Sprintf("The job was to start on %s. Ask for a new proposal.", h.StartsOn))
	}
	return nil
}

// AnswerBy is until when a talent can answer a proposed job: the end of its first
// day, wherever on earth they are.
func AnswerBy(h *ent.HireConversion) time.Time { return h.StartsOn.Start().Add(36 * time.Hour) }

// canConfirm: each side once.
func canConfirm(v viewer.Viewer, h *ent.HireConversion, revision int) error {
	if err := can(v, h, "confirmHireStart", revision); err != nil {
		return err
	}
	own := h.EmployerConfirmedAt
	if v.Talent == h.TalentID {
		own = h.TalentConfirmedAt
	}
	if own != nil {
		return fault.AlreadyExists("hireConversionId", "Your side has confirmed the start already.")
	}
	return nil
}

// isPlausible: a job starts between its acceptance and today, and on one day
// for both sides.
func isPlausible(h *ent.HireConversion, startedOn, today calendar.Date) error {
	accepted := calendar.On(*h.AnsweredAt)
	switch {
	case h.StartedOn != nil && *h.StartedOn != startedOn:
		return fault.InvalidValue("startedOn", fmt.Sprintf("The other side named %s. Agree on one day.", *h.StartedOn))
	case today.Before(startedOn):
		return fault.InvalidValue("startedOn", "Confirm the start on the first day of the job or later.")
	case startedOn.Before(accepted):
		return fault.InvalidValue("startedOn", fmt.Sprintf("The job was accepted on %s and cannot have started before.", accepted))
	}
	return nil
}

// job is what an employer proposes.
type job struct {
	title   string
	message *string
}

func readJob(in ProposeHireConversionInput, today calendar.Date) (job, error) {
	var r text.Reader
	j := job{title: r.Line("jobTitle", in.JobTitle, 2, 200), message: r.ProseLater("message", in.Message, 2000)}
	if hireconversion.KindValidator(in.Kind) != nil {
		r.Refuse(fault.InvalidValue("kind", "Choose what sort of job it is."))
	}
	if in.StartsOn.Before(today) {
		r.Refuse(fault.InvalidValue("startsOn", "Let the job start today or later."))
	}
	return j, r.Err()
}

// IsConfirmed reports whether both sides confirmed the start.
func IsConfirmed(h *ent.HireConversion) bool {
	return h.EmployerConfirmedAt != nil && h.TalentConfirmedAt != nil
}
