package project

import (
	"errors"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	career "github.com/rung-dev/rung/internal/career/institution"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	most        = 20 // skills, institutions and planned deliverables of a project
	mostReviews = 2  // requests for approval; the second refusal is final
	mostDecided = 50 // posting requests decided at once

	// statusAsked is where the platform's question leaves a project.
	statusAsked = microproject.StatusChangesRequested
)

type status = microproject.Status

// States is a micro-project's life.
var States = transition.Table[status]{
	{
		Name: "reviseMicroProject", By: employers, Scope: viewer.ProjectsWrite,
		From: []status{
			microproject.StatusDraft, microproject.StatusChangesRequested, microproject.StatusRefused,
			microproject.StatusApproved, microproject.StatusOpen, microproject.StatusPaused,
		},
		Only: onlyEmployer, Not: "This project cannot be changed while it is reviewed, or once its seats are taken or it has ended.",
	},
	{
		Name: "planDeliverable", By: employers, Scope: viewer.ProjectsWrite,
		From: []status{microproject.StatusDraft, microproject.StatusChangesRequested},
		Only: onlyEmployer, Not: "Deliverables are planned while the project is a draft, or while the platform asks for changes.",
	},
	{
		Name: "submitMicroProjectForApproval", By: employers, Scope: viewer.ProjectsWrite,
		From: []status{
			microproject.StatusDraft, microproject.StatusChangesRequested, microproject.StatusRefused,
		}, To: microproject.StatusInReview,
		Only: onlyEmployer, Not: "Only a draft, or a project that was refused once or sent back, can be submitted.",
	},
	{
		Name: string(event.MicroProjectApproved), By: rung,
		From: []status{microproject.StatusInReview, microproject.StatusChangesRequested}, To: microproject.StatusApproved,
	},
	{
		Name: string(event.MicroProjectChangesRequested), By: rung,
		From: []status{microproject.StatusInReview}, To: microproject.StatusChangesRequested,
	},
	{
		Name: string(event.MicroProjectRefused), By: rung,
		From: []status{
			microproject.StatusInReview, microproject.StatusChangesRequested, microproject.StatusApproved, microproject.StatusOpen,
			microproject.StatusPaused,
		}, To: microproject.StatusRefused,
	},
	{
		Name: string(event.MicroProjectReturned), By: rung,
		From: approvedStatuses, To: microproject.StatusInReview,
	},
	{
		Name: "publishMicroProject", By: employers, Scope: viewer.ProjectsWrite,
		From: []status{microproject.StatusApproved}, To: microproject.StatusOpen,
		Only: onlyEmployer, Not: "Only an approved project can be published.",
	},
	{
		Name: string(event.MicroProjectFilled), By: rung,
		From: []status{microproject.StatusOpen, microproject.StatusPaused}, To: microproject.StatusFilled,
	},
	{
		Name: "pauseMicroProject", By: employers, Scope: viewer.ProjectsWrite,
		From: []status{microproject.StatusOpen}, To: microproject.StatusPaused,
		Only: onlyEmployer, Not: "Only an open project can be paused.",
	},
	{
		Name: "resumeMicroProject", By: employers, Scope: viewer.ProjectsWrite,
		From: []status{microproject.StatusPaused}, To: microproject.StatusOpen,
		Only: onlyEmployer, Not: "Only a project that was paused can go on.",
	},
	{
		Name: "extendApplicationWindow", By: employers, Scope: viewer.ProjectsWrite,
		From: []status{microproject.StatusOpen, microproject.StatusPaused},
		Only: onlyEmployer, Not: "Only an open or paused project takes applications for longer.",
	},
	{
		Name: "closeApplications", By: employers, Scope: viewer.ProjectsWrite,
		From: []status{microproject.StatusOpen, microproject.StatusPaused},
		Only: onlyEmployer, Not: "Only an open or paused project takes applications.",
	},
	{
		Name: "archiveMicroProject", By: employers, Scope: viewer.ProjectsWrite,
		From: []status{microproject.StatusCompleted, microproject.StatusExpired, microproject.StatusCancelled, microproject.StatusRefused},
		Only: onlyEmployer, Not: "Only a project that has ended can be put away.",
	},
	{
		Name: string(event.MicroProjectReopened), By: rung,
		From: []status{microproject.StatusFilled}, To: microproject.StatusOpen,
	},
	{
		Name: string(event.MicroProjectExpired), By: rung,
		From: append([]status{microproject.StatusFilled}, whilePublished...), To: microproject.StatusExpired,
	},
	{
		Name: string(event.MicroProjectStarted), By: rung,
		From: []status{microproject.StatusFilled}, To: microproject.StatusInProgress,
	},
	{
		Name: string(event.MicroProjectCompleted), By: rung,
		From: []status{microproject.StatusInProgress}, To: microproject.StatusCompleted,
	},
	{
		Name: "cancelMicroProject", By: []transition.Side{transition.Employer, transition.Platform},
		From: []status{
			microproject.StatusDraft, microproject.StatusInReview, microproject.StatusChangesRequested, microproject.StatusApproved,
			microproject.StatusRefused,
			microproject.StatusOpen, microproject.StatusPaused, microproject.StatusFilled, microproject.StatusInProgress,
		},
		To: microproject.StatusCancelled, Only: onlyCancellers, Not: "Only a project that nobody works on can be cancelled.",
	},
}

// RequestStates is the life of a posting request: one body's decision.
var RequestStates = transition.Table[postingrequest.Status]{
	{
		Name: "submitMicroProjectForApproval", By: employers, Scope: viewer.ProjectsWrite,
		From: []postingrequest.Status{
			postingrequest.StatusInProgress, postingrequest.StatusApproved, postingrequest.StatusDeclined, postingrequest.StatusWithdrawn,
		}, To: postingrequest.StatusPending,
		Only: onlyEmployer, Not: "Only a decided request can be asked for again.",
	},
	{
		Name: "approveMicroProject", By: deciders, Scope: viewer.ProjectsDecide,
		From: waiting, To: postingrequest.StatusApproved,
		Only: onlyBody, Not: "Only a pending request can be approved.",
	},
	{
		Name: "refuseMicroProject", By: deciders, Scope: viewer.ProjectsDecide,
		From: waiting, To: postingrequest.StatusDeclined,
		Only: onlyBody, Not: "Only a pending request can be refused.",
	},
	{
		Name: "requestMicroProjectChanges", By: deciders, Scope: viewer.ProjectsDecide,
		From: []postingrequest.Status{postingrequest.StatusPending}, To: postingrequest.StatusInProgress,
		Only: onlyBody, Not: "Only a pending request can be asked about.",
	},
	{
		Name: "withdrawPostingApproval", By: deciders, Scope: viewer.ProjectsDecide,
		From: []postingrequest.Status{postingrequest.StatusApproved}, To: postingrequest.StatusWithdrawn,
		Only: onlyBody, Not: "Only an approval can be taken back.",
	},
	{
		Name: string(event.PostingRequestApproved), By: rung,
		From: []postingrequest.Status{postingrequest.StatusPending}, To: postingrequest.StatusApproved,
	},
	{
		Name: string(event.PostingRequestDeclined), By: rung,
		From: []postingrequest.Status{
			postingrequest.StatusPending, postingrequest.StatusInProgress, postingrequest.StatusApproved,
		}, To: postingrequest.StatusDeclined,
	},
	{
		Name: string(event.PostingRequestWithdrawn), By: rung,
		From: []postingrequest.Status{postingrequest.StatusApproved}, To: postingrequest.StatusWithdrawn,
	},
	{
		Name: string(event.PostingRequestAsked), By: rung,
		From: []postingrequest.Status{postingrequest.StatusPending}, To: postingrequest.StatusInProgress,
	},
	{
		Name: string(event.PostingRequestExpired), By: rung,
		From: []postingrequest.Status{postingrequest.StatusApproved}, To: postingrequest.StatusExpired,
	},
}

var (
	rung      = []transition.Side{transition.Rung}
	employers = []transition.Side{transition.Employer}
	deciders  = []transition.Side{transition.Institution, transition.Platform}

	// waiting are the statuses of a request that nobody has decided.
	waiting = []postingrequest.Status{postingrequest.StatusPending, postingrequest.StatusInProgress}
	// approvedStatuses are those in which a change of the terms touches approvals.
	approvedStatuses = []status{microproject.StatusApproved, microproject.StatusOpen, microproject.StatusPaused}
	// standingStatuses are those in which single institutions can be asked again.
	standingStatuses = []status{microproject.StatusInReview, microproject.StatusApproved, microproject.StatusOpen, microproject.StatusPaused}
)

const (
	onlyEmployer = "Only owners and recruiters of the employer can do this."
	// onlyCancellers: the platform may end what its employer does not.
	onlyCancellers = "Only owners and recruiters of the employer, and operators, can do this."
	onlyBody       = "Only those who approve projects for the body that was asked can decide."
)

// permit: the verb must be the viewer's and fit the status. A second refusal is
// final, although the status has the same name as the first.
func permit(verb string, v viewer.Viewer, p *ent.MicroProject) error {
	err := States.Permit(verb, v, transition.Sides(v, p.EmployerOrgID, gid.None), p.Status)
	var notTheirs *fault.NotPermittedError
	if errors.As(err, &notTheirs) || p.Status != microproject.StatusRefused || p.Reviews < mostReviews {
		return err
	}
	return fault.IllegalTransition("It was refused twice, which is final. Draft a new one.", string(p.Status), []string{})
}

// canDraft: those who may write projects for the employer they act for.
func canDraft(v viewer.Viewer) error {
	if v.Employer().IsNone() || !v.Can(viewer.ProjectsWrite) {
		return fault.NotPermitted(onlyEmployer)
	}
	return nil
}

// canChoose: only institutions with a career office that lets the employer post
// to their talents.
func canChoose(i *ent.Institution, l *ent.InstitutionLink, path string) error {
	switch {
	case i == nil:
		return fault.NotFound(path, "There is no such institution.")
	case i.Status != institution.StatusOpen:
		return fault.InvalidValue(path, "Choose another one: this institution has no career office here that could approve the project.")
	case !career.MayPost(l) && !mayAskWith(i, l):
		return fault.PolicyViolation(ruleLink, path, "Ask this institution for a link, and choose it once it has approved.")
	}
	return nil
}

// canRevise: a draft, or what was refused once, by those who read it as it is.
func canRevise(v viewer.Viewer, p *ent.MicroProject, revision int) error {
	return can(v, p, "reviseMicroProject", revision)
}

// canPlan: a draft with room in its plan.
func canPlan(v viewer.Viewer, p *ent.MicroProject, s standing, revision int) error {
	if err := can(v, p, "planDeliverable", revision); err != nil {
		return err
	}
	if s.Planned >= most {
		return fault.LimitReached("microProjectId", "A project plans at most 20 deliverables.")
	}
	return nil
}

// canSubmit: a plan that says what will be handed in, in time, and somebody who
// can still apply.
func canSubmit(v viewer.Viewer, p *ent.MicroProject, s standing, revision int, now time.Time) error {
	if err := permit("submitMicroProjectForApproval", v, p); err != nil && !mayRenew(v, p, s) {
		return err
	}
	if err := transition.Unchanged(revision, p.Revision); err != nil {
		return err
	}
	switch {
	case s.Planned == 0:
		return fault.PolicyViolation("planned-deliverable", "", "Plan at least one deliverable before you submit the project.")
	case s.Misdated > 0:
		return fault.PolicyViolation("planned-deliverable", "", "Move the project's days: a planned deliverable is due before it starts or after it is due.")
	case isWindowClosed(p.ApplyBy, now):
		return fault.WindowClosed("", "Nobody can apply any more. Give the project a later day to apply by.")
	}
	return nil
}

// mayRenew: an institution waits for the employer of a project that goes on.
func mayRenew(v viewer.Viewer, p *ent.MicroProject, s standing) bool {
	return v.Can(viewer.ProjectsWrite) && slices.Contains(standingStatuses, p.Status) && s.Renewable > 0
}

// canPublish: a verified employer, and an institution that agreed, unless the
// project is for everybody.
func canPublish(v viewer.Viewer, p *ent.MicroProject, s standing, revision int, now time.Time) error {
	if err := can(v, p, "publishMicroProject", revision); err != nil {
		return err
	}
	switch {
	case s.EmployerStatus != employer.StatusVerified:
		return fault.PolicyViolation("verified-employer", "", "The platform must verify your employer before it can publish.")
	case p.Audience == microproject.AudienceInstitutions && s.Approvals == 0:
		return fault.PolicyViolation("institution-approval", "", "Wait until one of the chosen institutions has approved the project.")
	case isWindowClosed(p.ApplyBy, now):
		return fault.WindowClosed("", "Nobody can apply any more: the day to apply by has passed.")
	}
	return nil
}

// isCancellable: a project that has not ended.
func isCancellable(p *ent.MicroProject) bool {
	return slices.Contains(States.Verb("cancelMicroProject").From, p.Status)
}

// canCancel: its employer or an operator, while nobody works on it.
func canCancel(v viewer.Viewer, p *ent.MicroProject, s standing, revision int) error {
	if !v.Can(viewer.ProjectsWrite) && !v.Can(viewer.ProjectsCancel) {
		return fault.NotPermitted(onlyCancellers)
	}
	if err := permit("cancelMicroProject", v, p); err != nil {
		return err
	}
	if s.Working > 0 {
		allowed := States.Allowed(v, transition.Sides(v, p.EmployerOrgID, gid.None), p.Status)
		return fault.IllegalTransition("Somebody works on it. End their engagement first.", string(p.Status),
			slices.DeleteFunc(allowed, func(verb string) bool { return verb == "cancelMicroProject" }))
	}
	return transition.Unchanged(revision, p.Revision)
}

// canDecide: only the body that was asked, while it has not decided.
func canDecide(v viewer.Viewer, r *ent.PostingRequest, verb string, revision int) error {
	if err := RequestStates.Permit(verb, v, bodySides(v, r), r.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, r.Revision)
}

// canWithdraw: the body that approved, while that still means something.
func canWithdraw(v viewer.Viewer, p *ent.MicroProject, q *ent.PostingRequest, revision int) error {
	if err := canDecide(v, q, "withdrawPostingApproval", revision); err != nil {
		return err
	}
	return canWithdrawFor(p, q)
}

// canWithdrawFor: the platform takes back what nobody works on yet.
func canWithdrawFor(p *ent.MicroProject, q *ent.PostingRequest) error {
	if q.InstitutionID.IsNone() && !slices.Contains(approvedStatuses, p.Status) {
		return fault.IllegalTransition("The project has gone on. It cannot be taken back any more.", string(p.Status), []string{})
	}
	return nil
}

// bodySides are the viewer's sides on a request: staff of another institution
// have none.
func bodySides(v viewer.Viewer, r *ent.PostingRequest) []transition.Side {
	switch {
	case v.Kind == viewer.Operator && r.BodyID == v.World:
		return []transition.Side{transition.Platform}
	case !v.Institution().IsNone() && r.BodyID == v.Institution():
		return []transition.Side{transition.Institution}
	case !v.Employer().IsNone() && r.EmployerOrgID == v.Employer():
		return employers
	}
	return nil
}
