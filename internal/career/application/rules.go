package application

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// CompleteProfile is the rule that a talent applies with a complete profile.
const CompleteProfile = "complete-profile"

// Closed is what Rung does with the open applications of a project that ends.
const Closed = string(event.ApplicationClosed)

// Returned is what Rung does with an application whose offer was withdrawn or
// not answered.
const Returned = string(event.ApplicationReturned)

// expired is what Rung does with an application of which nobody takes notice.
const expired = string(event.ApplicationExpired)

type status = application.Status

// waiting are the statuses in which an application waits for the employer, in
// the order in which it goes through them; each step may be left out.
var waiting = []status{application.StatusSubmitted, application.StatusReviewed, application.StatusShortlisted, application.StatusInterview}

// Open are the statuses of an application that has not ended and has led to no
// work yet.
var Open = append(slices.Clone(waiting), application.StatusOffered)

// Live are the statuses of an application beside which there is no other one of
// the same talent to the same project.
var Live = append(slices.Clone(Open), application.StatusAccepted)

// before are the statuses from which an employer's step leads to one further on.
func before(to status) []status { return waiting[:slices.Index(waiting, to)] }

const (
	onlyRecruiter = "Only the employer's recruiters can decide on an application."
	onlyTalent    = "Only the talent who applied can do this."
	onlyForward   = "Only an application that waits at an earlier step can be moved to this one."
)

var (
	employers = []transition.Side{transition.Employer}
	talents   = []transition.Side{transition.Talent}
	rung      = []transition.Side{transition.Rung}
)

// States is an application's life. It ends with its project, whoever ends that.
var States = transition.Table[status]{
	{
		Name: "reviseApplication", By: talents, Scope: viewer.ApplicationsSubmit, From: []status{application.StatusSubmitted},
		Only: onlyTalent, Not: "Only an application that the employer has not reviewed can be changed.",
	},
	{
		Name: "withdrawApplication", By: talents, Scope: viewer.ApplicationsSubmit, From: Open, To: application.StatusWithdrawn,
		Only: "Only the talent who applied can take the application back.", Not: "Only an application that is still open can be taken back.",
	},
	{
		Name: "reviewApplication", By: employers, Scope: viewer.ApplicationsDecide,
		From: before(application.StatusReviewed), To: application.StatusReviewed, Only: onlyRecruiter, Not: onlyForward,
	},
	{
		Name: "shortlistApplication", By: employers, Scope: viewer.ApplicationsDecide,
		From: before(application.StatusShortlisted), To: application.StatusShortlisted, Only: onlyRecruiter, Not: onlyForward,
	},
	{
		Name: "scheduleInterview", By: employers, Scope: viewer.ApplicationsDecide, From: waiting, To: application.StatusInterview,
		Only: onlyRecruiter, Not: "Only an application that waits for an answer leads to an interview.",
	},
	{
		Name: "declineApplication", By: employers, Scope: viewer.ApplicationsDecide, From: Open, To: application.StatusDeclined,
		Only: "Only the employer's recruiters can decline an application.", Not: "Only an application that is still open can be declined.",
	},
	{
		Name: "extendOffer", By: employers, Scope: viewer.OffersExtend, From: waiting, To: application.StatusOffered,
		Only: "Only the employer's recruiters can make an offer.", Not: "Only an application that waits for an answer takes an offer.",
	},
	{
		Name: "acceptOffer", By: talents, Scope: viewer.OffersAnswer, From: []status{application.StatusOffered}, To: application.StatusAccepted,
		Only: "Only the talent can accept an offer.", Not: "There is no open offer on this application.",
	},
	{
		Name: "declineOffer", By: talents, Scope: viewer.OffersAnswer, From: []status{application.StatusOffered}, To: application.StatusOfferDeclined,
		Only: "Only the talent can decline an offer.", Not: "There is no open offer on this application.",
	},
	{Name: Returned, By: rung, From: []status{application.StatusOffered}, To: application.StatusShortlisted},
	{Name: expired, By: rung, From: noticed, To: application.StatusExpired},
	{
		Name: Closed, By: rung, From: Live, To: application.StatusClosedBySystem,
		Only: "Applications close with their micro-project.", Not: "This application has ended already.",
	},
}

// noticed are the statuses in which an application ends by itself when the
// employer takes no step.
var noticed = []status{application.StatusSubmitted, application.StatusReviewed}

// noticeTime is how long an employer may leave an application lying.
const noticeTime = 30 * 24 * time.Hour

// Opening says which micro-projects take applications.
var Opening = transition.Table[microproject.Status]{
	{
		Name: "applyToMicroProject", By: []transition.Side{transition.Talent}, Scope: viewer.ApplicationsSubmit,
		From: []microproject.Status{microproject.StatusOpen},
		Only: "Only a talent can apply: act for yourself, not for an organisation.",
		Not:  "This micro-project takes no applications.",
	},
	{
		Name: "inviteTalentToApply", By: employers, Scope: viewer.ApplicationsDecide, From: []microproject.Status{microproject.StatusOpen},
		Only: "Only the employer's recruiters can invite talents.", Not: "This micro-project takes no applications.",
	},
}

// wish is what is known of a talent and a project before they apply.
type wish struct {
	project *ent.MicroProject
	profile *ent.TalentProfile
	// isMember: the talent is also one of the employer's own people.
	isMember bool
	// isInvited: the project is for everybody, or for an institution of theirs.
	isInvited bool
	// isLive: an earlier application to it has not ended.
	isLive bool
}

// canApply: a talent with a complete profile, once, while the project is open.
func canApply(v viewer.Viewer, w wish, now time.Time) error {
	if w.isMember {
		return fault.NotPermitted("You are one of this employer's own people, so you cannot apply to its micro-projects.")
	}
	err := Opening.Permit("applyToMicroProject", v, transition.Sides(v, gid.None, v.Talent), w.project.Status)
	if err != nil {
		return err
	}
	switch by := w.project.ApplyBy; {
	case !w.isInvited:
		return fault.NotPermitted("This micro-project is for talents of the institutions it names.")
	case w.isLive:
		return fault.AlreadyExists("microProjectId", "You have applied to this micro-project already.")
	case by != nil && !now.Before(*by):
		return fault.WindowClosed("microProjectId", "Applications closed at "+by.UTC().Format("2006-01-02 15:04")+" UTC.")
	}
	if err := talent.CanTakeOn(w.profile); err != nil {
		return err
	}
	return isComplete(w.profile)
}

func isComplete(t *ent.TalentProfile) error {
	missing := talent.CompletenessOf(t).Missing
	if len(missing) == 0 {
		return nil
	}
	names := make([]string, len(missing))
	for i, field := range missing {
		names[i] = string(field)
	}
	return fault.Incomplete(CompleteProfile, "microProjectId",
		fmt.Sprintf("Complete your profile first. It lacks: %s.", strings.Join(names, ", ")), names)
}

// can judges a verb on an application that its viewer has read as it is.
func can(v viewer.Viewer, a *ent.Application, verb string, revision int) error {
	if err := States.Permit(verb, v, transition.Sides(v, a.EmployerOrgID, a.TalentID), a.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, a.Revision)
}

// CanWithdraw: the talent alone, until an offer is accepted.
func CanWithdraw(v viewer.Viewer, a *ent.Application, revision int) error {
	return can(v, a, "withdrawApplication", revision)
}

// CanDecide: what the employer's recruiters decide on one of several applications.
func CanDecide(v viewer.Viewer, a *ent.Application, d ApplicationDecision, revision int) error {
	return can(v, a, decisions[d], revision)
}

// decisions names the verb of each decision.
var decisions = map[ApplicationDecision]string{
	DecideReview: "reviewApplication", DecideShortlist: "shortlistApplication", DecideDecline: "declineApplication",
}

// CanDecline: the employer's recruiters, until an offer is accepted.
func CanDecline(v viewer.Viewer, a *ent.Application, revision int) error {
	return can(v, a, "declineApplication", revision)
}

// CanOffer: the recruiters of a verified employer, while application and project
// are open.
func CanOffer(v viewer.Viewer, a *ent.Application, p *ent.MicroProject, e *ent.Employer, revision int) error {
	if err := can(v, a, "extendOffer", revision); err != nil {
		return err
	}
	if p.Status != microproject.StatusOpen {
		return fault.IllegalTransition("Only an open micro-project takes offers.", string(p.Status), []string{})
	}
	return employer.MayDeal(e)
}
