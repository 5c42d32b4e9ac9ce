package reference

import (
	"fmt"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/reference"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	// answerTime is how long an employer has to answer a request.
	answerTime = 30 * 24 * time.Hour
	// mostRequests is how often a reference can be asked for after one engagement.
	mostRequests = 3
)

var (
	employers = []transition.Side{transition.Employer}
	talents   = []transition.Side{transition.Talent}
	requested = []reference.Status{reference.StatusRequested}
	given     = []reference.Status{reference.StatusGiven}
)

// States is the life of a reference. What was given is never changed.
var States = transition.Table[reference.Status]{
	{
		Name: "giveReference", By: employers, Scope: viewer.ReferencesGive, From: requested, To: reference.StatusGiven,
		Only: "Only the employer's people can give a reference.", Not: "Only a reference that was asked for and waits can be given.",
	},
	{
		Name: "declineReference", By: employers, Scope: viewer.ReferencesGive, From: requested, To: reference.StatusDeclined,
		Only: "Only the employer's people can decline to give a reference.", Not: "Only a request that waits for an answer can be declined.",
	},
	{
		Name: "withdrawReferenceRequest", By: talents, Scope: viewer.ReferencesRequest, From: requested, To: reference.StatusWithdrawn,
		Only: "Only the talent can withdraw the request.", Not: "Only a request that waits for an answer can be withdrawn.",
	},
	{Name: string(event.ReferenceExpired), By: []transition.Side{transition.Rung}, From: requested, To: reference.StatusExpired},
	{
		Name: "showReference", By: talents, Scope: viewer.ReferencesRequest, From: given,
		Only: "Only the talent decides what the profile shows.", Not: "Only a reference that was given can be shown.",
	},
	{
		Name: "hideReference", By: talents, Scope: viewer.ReferencesRequest, From: given,
		Only: "Only the talent decides what the profile shows.", Not: "Only a reference that was given can be hidden.",
	},
	{
		Name: "retractReference", By: employers, Scope: viewer.ReferencesGive, From: given, To: reference.StatusRetracted,
		Only: "Only the employer's people can retract a reference.", Not: "Only a reference that was given can be retracted.",
	},
}

// Afterwards says after which engagements one can ask for a reference, and thank.
var Afterwards = transition.Table[engagement.Status]{
	{
		Name: "requestReference", By: talents, Scope: viewer.ReferencesRequest, From: []engagement.Status{engagement.StatusCompleted},
		Only: "Only the talent who did the work can ask for a reference.", Not: "A reference is asked for after completed work.",
	},
	{
		Name: "sendThankYouNote", By: []transition.Side{transition.Employer, transition.Talent}, Scope: viewer.ThanksSend,
		From: []engagement.Status{engagement.StatusCompleted},
		Only: "Only the two sides thank each other.", Not: "One thanks after completed work.",
	},
}

// can judges a verb on a reference that its viewer has read as it is.
func can(v viewer.Viewer, r *ent.Reference, verb string, revision int) error {
	if err := States.Permit(verb, v, transition.Sides(v, r.EmployerOrgID, r.TalentID), r.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, r.Revision)
}

// canAnswer: until the request expires.
func canAnswer(v viewer.Viewer, r *ent.Reference, verb string, revision int, now time.Time) error {
	if err := can(v, r, verb, revision); err != nil {
		return err
	}
	if !now.Before(r.ExpiresAt) {
		return fault.WindowClosed("referenceId", "This request has waited for 30 days and is over.")
	}
	return nil
}

// canShow: what the employer allows to be shown, and is not shown yet.
func canShow(v viewer.Viewer, r *ent.Reference, revision int) error {
	if err := can(v, r, "showReference", revision); err != nil {
		return err
	}
	switch {
	case !r.MayBeShown:
		return fault.NotPermitted("The employer gave this reference for you alone.")
	case r.ShownAt != nil:
		return fault.AlreadyExists("referenceId", "Your profile shows this reference already.")
	}
	return nil
}

// canHide: what is shown.
func canHide(v viewer.Viewer, r *ent.Reference, revision int) error {
	if err := can(v, r, "hideReference", revision); err != nil {
		return err
	}
	if r.ShownAt == nil {
		return fault.AlreadyExists("referenceId", "Your profile does not show this reference.")
	}
	return nil
}

// canRequest: after completed work, one at a time and not over and over.
func canRequest(v viewer.Viewer, e *ent.Engagement, asked []*ent.Reference) error {
	if err := Afterwards.Permit("requestReference", v, transition.Sides(v, e.EmployerOrgID, e.TalentID), e.Status); err != nil {
		return err
	}
	for _, r := range asked {
		if r.Status == reference.StatusRequested {
			return fault.AlreadyExists("engagementId", "You have asked already. The employer's people will answer.")
		}
	}
	if len(asked) >= mostRequests {
		return fault.LimitReached("engagementId", fmt.Sprintf("A reference can be asked for %d times after one engagement.", mostRequests))
	}
	return nil
}

// canThank: after completed work, each side once.
func canThank(v viewer.Viewer, e *ent.Engagement, hasThanked bool) error {
	err := Afterwards.Permit("sendThankYouNote", v, transition.Sides(v, e.EmployerOrgID, e.TalentID), e.Status)
	if err == nil && hasThanked {
		err = fault.AlreadyExists("engagementId", "Your side has sent its thank-you note already.")
	}
	return err
}

// seesRequest: what the talent wrote to ask is for the two sides.
func seesRequest(v viewer.Viewer, r *ent.Reference) bool {
	return v.Talent == r.TalentID || v.Employer() == r.EmployerOrgID
}

// Message is what the talent wrote to ask, for the two sides alone.
func Message(v viewer.Viewer, r *ent.Reference) *string {
	if !access.May("Reference.message", seesRequest(v, r)) {
		return nil
	}
	return &r.Message
}

// Addressee is whom the talent asked, for the two sides alone.
func Addressee(v viewer.Viewer, r *ent.Reference) *string {
	if !access.May("Reference.addressee", seesRequest(v, r)) {
		return nil
	}
	return &r.Addressee
}
