package employer

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
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
}

// canRegister: whoever signed in for themselves or for another employer.
func canRegister(v viewer.Viewer) error {
	if !v.Can(viewer.EmployersRegister) {
		return fault.NotPermitted("Sign in for yourself, not for an institution or the platform, to register an employer.")
	}
	return nil
}

// canDecide: operators only, on a pending employer they have read as it is.
func canDecide(v viewer.Viewer, e *ent.Employer, verb string, revision int) error {
	if err := States.Permit(verb, v, transition.Sides(v, e.ID, gid.None), e.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, e.Revision)
}
