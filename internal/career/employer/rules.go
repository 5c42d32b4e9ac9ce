package employer

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/flag"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// States is an employer's life as the platform decides it.
var States = transition.Table[employer.Status]{
	{
		Name: "approveEmployer", By: []transition.Side{transition.Platform}, Scope: viewer.EmployersVerify,
		From: []employer.Status{employer.StatusPending}, To: employer.StatusVerified,
		Only: "Only an operator of the platform can approve employers.", Not: "Only a pending employer can be approved.",
	},
	{
		Name: "refuseEmployer", By: []transition.Side{transition.Platform}, Scope: viewer.EmployersVerify,
		From: []employer.Status{employer.StatusPending}, To: employer.StatusRejected,
		Only: "Only an operator of the platform can refuse employers.", Not: "Only a pending employer can be refused.",
	},
	{
		Name: "requestEmployerVerification", By: []transition.Side{transition.Employer}, Scope: viewer.EmployersManage,
		From: []employer.Status{employer.StatusUnverified}, To: employer.StatusPending,
		Only: "Only the employer's owners can ask the platform to verify it.", Not: "Only an employer that nobody has judged can ask.",
	},
	{
		Name: "suspendEmployer", By: []transition.Side{transition.Platform}, Scope: viewer.EmployersVerify,
		From: []employer.Status{employer.StatusVerified}, To: employer.StatusSuspended,
		Only: "Only an operator of the platform can suspend employers.", Not: "Only a verified employer can be suspended.",
	},
	{
		Name: "reinstateEmployer", By: []transition.Side{transition.Platform}, Scope: viewer.EmployersVerify,
		From: []employer.Status{employer.StatusSuspended}, To: employer.StatusVerified,
		Only: "Only an operator of the platform can reinstate employers.", Not: "Only a suspended employer can be reinstated.",
	},
	{
		Name: "banEmployer", By: []transition.Side{transition.Platform}, Scope: viewer.EmployersVerify,
		From: []employer.Status{employer.StatusSuspended}, To: employer.StatusBanned,
		Only: "Only an operator of the platform can ban employers.", Not: "Only a suspended employer can be banned.",
	},
}

// FlagStates is the life of an institution's warning.
var FlagStates = transition.Table[flag.Status]{
	{
		Name: "reviewFlag", By: []transition.Side{transition.Platform}, Scope: viewer.EmployersVerify,
		From: []flag.Status{flag.StatusOpen}, To: flag.StatusUnderReview,
		Only: onlyOperator, Not: "Only a flag that nobody looks into can be reviewed.",
	},
	{
		Name: "upholdFlag", By: []transition.Side{transition.Platform}, Scope: viewer.EmployersVerify,
		From: []flag.Status{flag.StatusOpen, flag.StatusUnderReview}, To: flag.StatusUpheld,
		Only: onlyOperator, Not: "Only a flag that waits for a decision can be upheld.",
	},
	{
		Name: "dismissFlag", By: []transition.Side{transition.Platform}, Scope: viewer.EmployersVerify,
		From: []flag.Status{flag.StatusOpen, flag.StatusUnderReview}, To: flag.StatusDismissed,
		Only: onlyOperator, Not: "Only a flag that waits for a decision can be dismissed.",
	},
}

const onlyOperator = "Only an operator of the platform decides on flags."

// canFlag: an institution's approvers, of an employer that deals with talents,
// and that waits for no answer to an earlier flag of theirs.
func canFlag(v viewer.Viewer, e *ent.Employer, isWaiting bool) error {
	if v.Institution().IsNone() || !v.Can(viewer.EmployersFlag) {
		return fault.NotPermitted("Only an institution's approvers and administrators flag employers.")
	}
	if e.Status != employer.StatusVerified && e.Status != employer.StatusSuspended {
		return fault.IllegalTransition("Only an employer that was verified can be flagged.", string(e.Status), []string{})
	}
	if isWaiting {
		return fault.AlreadyExists("employerId", "Your institution has flagged this employer already. The platform will decide.")
	}
	return nil
}

// canDecideFlag: operators, on a flag they have read as it is.
func canDecideFlag(v viewer.Viewer, f *ent.Flag, verb string, revision int) error {
	if err := FlagStates.Permit(verb, v, transition.Sides(v, gid.None, gid.None), f.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, f.Revision)
}

// MayDeal: only a verified employer publishes and makes offers.
func MayDeal(e *ent.Employer) error {
	if e.Status != employer.StatusVerified {
		return fault.PolicyViolation("verified-employer", "", "The platform must verify your employer before it can do this.")
	}
	return nil
}

// canRegister: whoever signed in for themselves or for another employer.
func canRegister(v viewer.Viewer) error {
	if !v.Can(viewer.EmployersRegister) {
		return fault.NotPermitted("Sign in for yourself, not for an institution or the platform, to register an employer.")
	}
	if !v.Bound.IsNone() {
		return fault.NotPermitted("Your issuer vouches for one organisation's people. Sign in another way to register an employer.")
	}
	return nil
}

// canDecide: whose verb it is, on an employer they have read as it is.
func canDecide(v viewer.Viewer, e *ent.Employer, verb string, revision int) error {
	if err := States.Permit(verb, v, transition.Sides(v, e.ID, gid.None), e.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, e.Revision)
}
