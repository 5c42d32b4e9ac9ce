package amendment

import (
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/amendment"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	// answerTime is how long the other side has to answer.
	answerTime = 7 * 24 * time.Hour
	// mostAmendments is how often one piece of work can be proposed to change.
	mostAmendments = 20
)

var (
	both     = []transition.Side{transition.Employer, transition.Talent}
	proposed = []amendment.Status{amendment.StatusProposed}
	underway = []entengagement.Status{entengagement.StatusActive, entengagement.StatusPaused}
)

// States is the life of an amendment. What was proposed is never changed.
var States = transition.Table[amendment.Status]{
	{
		Name: "acceptAmendment", By: both, From: proposed, To: amendment.StatusAccepted,
		Only: "Only the talent and the employer's supervisors can accept a change.", Not: "Only a proposal that waits for an answer can be accepted.",
	},
	{
		Name: "declineAmendment", By: both, From: proposed, To: amendment.StatusDeclined,
		Only: "Only the talent and the employer's supervisors can decline a change.", Not: "Only a proposal that waits for an answer can be declined.",
	},
	{
		Name: "withdrawAmendment", By: both, From: proposed, To: amendment.StatusWithdrawn,
		Only: "Only the side that proposed a change can withdraw it.", Not: "Only a proposal that waits for an answer can be withdrawn.",
	},
	{Name: string(event.AmendmentExpired), By: []transition.Side{transition.Rung}, From: proposed, To: amendment.StatusExpired},
}

// Underway says of which engagements a change can be proposed.
var Underway = transition.Table[entengagement.Status]{
	{
		Name: "proposeAmendment", By: both, From: underway,
		Only: "Only the talent and the employer's supervisors can propose a change.", Not: "Only work that is under way or rests can be changed.",
	},
}

// canPropose: either side, one proposal at a time.
func canPropose(v viewer.Viewer, e *ent.Engagement, before []*ent.Amendment, revision int) error {
	if err := Underway.Permit("proposeAmendment", v, engagement.SidesOf(v, e.EmployerOrgID, e.TalentID), e.Status); err != nil {
		return err
	}
	if slices.ContainsFunc(before, func(a *ent.Amendment) bool { return a.Status == amendment.StatusProposed }) {
		return fault.AlreadyExists("engagementId", "A change to this work waits for an answer. Answer or withdraw it first.")
	}
	if len(before) >= mostAmendments {
		return fault.LimitReached("engagementId", fmt.Sprintf("One piece of work can be proposed to change %d times.", mostAmendments))
	}
	return transition.Unchanged(revision, e.Revision)
}

// can judges a verb on an amendment that its viewer has read as it is.
func can(v viewer.Viewer, a *ent.Amendment, verb string, revision int) error {
	if err := States.Permit(verb, v, engagement.SidesOf(v, a.EmployerOrgID, a.TalentID), a.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, a.Revision)
}

// canAnswer: the side that did not propose it.
func canAnswer(v viewer.Viewer, a *ent.Amendment, verb string, revision int) error {
	if err := can(v, a, verb, revision); err != nil {
		return err
	}
	if sideOf(v, a.TalentID) == a.ProposedBy {
		return fault.NotPermitted("The other side answers what yours proposed.")
	}
	return nil
}

// canWithdraw: the side that proposed it.
func canWithdraw(v viewer.Viewer, a *ent.Amendment, revision int) error {
	if err := can(v, a, "withdrawAmendment", revision); err != nil {
		return err
	}
	if sideOf(v, a.TalentID) != a.ProposedBy {
		return fault.NotPermitted(States.Verb("withdrawAmendment").Only)
	}
	return nil
}

// canAccept: in time, and while what it changes is still as it was.
func canAccept(v viewer.Viewer, a *ent.Amendment, w work, revision int, now time.Time) error {
	if err := canAnswer(v, a, "acceptAmendment", revision); err != nil {
		return err
	}
	switch {
	case !now.Before(a.AnswerBy):
		return fault.WindowClosed("amendmentId", "This proposal has waited for 7 days and is over.")
	case !slices.Contains(underway, w.engagement.Status):
		return movedOn(v, a, "The work is no longer under way.")
	case !stillFits(a, w, now):
		return movedOn(v, a, "The work has gone on since this was proposed: a day has passed, a deliverable was handed in or a milestone is due. Propose it anew.")
	case a.AddedFeeMinor != nil && !payment.CanRaise(w.money):
		return movedOn(v, a, "The fee is not set aside any more, so nothing can be added to it.")
	}
	return nil
}

// movedOn refuses to accept what can still be declined or withdrawn.
func movedOn(v viewer.Viewer, a *ent.Amendment, message string) error {
	allowed := States.Allowed(v, engagement.SidesOf(v, a.EmployerOrgID, a.TalentID), a.Status)
	return fault.IllegalTransition(message, string(a.Status), slices.DeleteFunc(allowed, func(verb string) bool { return verb == "acceptAmendment" }))
}

// stillFits reports whether what was proposed could be proposed now.
func stillFits(a *ent.Amendment, w work, now time.Time) bool {
	today := w.today(now)
	if !milestone.StillFits(a.AmendedMilestones, w.standing(today, w.engagement.EndsOn)) {
		return false
	}
	if a.EndsOn != nil && a.EndsOn.Before(today) || a.EndsOn == nil && len(a.Added) > 0 && w.engagement.EndsOn.Before(today) {
		return false
	}
	for _, d := range a.Amended {
		if row := w.deliverable(d.DeliverableID); row == nil || !isOpen(row) || d.DueOn != nil && d.DueOn.Before(today) {
			return false
		}
	}
	for _, d := range a.Added {
		if d.DueOn.Before(today) {
			return false
		}
	}
	return !slices.ContainsFunc(a.Dropped, func(id gid.ID) bool {
		row := w.deliverable(id)
		return row == nil || !isUntouched(row)
	})
}

// sideOf is for whom one of the two sides speaks.
func sideOf(v viewer.Viewer, talent gid.ID) amendment.ProposedBy {
	if v.Talent == talent {
		return amendment.ProposedByTalent
	}
	return amendment.ProposedByEmployer
}

// ProposedBy is the side that proposed an amendment.
func ProposedBy(a *ent.Amendment) entengagement.TerminatedBy {
	return entengagement.TerminatedBy(a.ProposedBy)
}
