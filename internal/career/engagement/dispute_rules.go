package engagement

import (
	"fmt"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/dispute"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// everybodyAsked are those who may propose how a dispute ends.
var everybodyAsked = []transition.Side{transition.Employer, transition.Talent, transition.Platform}

// DisputeStates is the life of a dispute: it is open until both sides agree or
// an operator decides.
var DisputeStates = transition.Table[dispute.Status]{
	{
		Name: "proposeDisputeResolution", By: everybodyAsked, Scope: viewer.DisputesPropose,
		From: []dispute.Status{dispute.StatusOpen, dispute.StatusProposed}, To: dispute.StatusProposed,
		Only: "Only the two sides and the platform's operators can propose how to settle.", Not: "This dispute is settled.",
	},
	{
		Name: "acceptDisputeResolution", By: both, Scope: viewer.DisputesPropose,
		From: []dispute.Status{dispute.StatusProposed}, To: dispute.StatusResolved,
		Only: "Only the two sides can accept a proposal.", Not: "There is no proposal to accept.",
	},
	{
		Name: "resolveDispute", By: []transition.Side{transition.Platform}, Scope: viewer.DisputesResolve,
		From: []dispute.Status{dispute.StatusOpen, dispute.StatusProposed}, To: dispute.StatusResolved,
		Only: "Only the platform's operators can decide on a dispute.", Not: "This dispute is settled.",
	},
}

// disputable are the statuses of work that a dispute interrupts. Work that has
// ended stays as it ended.
var disputable = []engagement.Status{
	engagement.StatusPendingGates, engagement.StatusReady, engagement.StatusActive, engagement.StatusPaused,
	engagement.StatusSubmitted, engagement.StatusIncomplete,
}

// hasEnded reports whether nobody can go on with the work.
func hasEnded(e *ent.Engagement) bool {
	return e.Status == engagement.StatusTerminated || e.Status == engagement.StatusIncomplete && e.ReopenBy == nil
}

// canDispute: either side, while there is money set aside. Of the employer those
// who make its offers.
func canDispute(v viewer.Viewer, e *ent.Engagement, p *ent.PaymentRecord, isDisputed bool, revision int) error {
	if err := EngagementStates.Permit("openDispute", v, transition.Sides(v, e.EmployerOrgID, e.TalentID), e.Status); err != nil {
		return err
	}
	aside := []paymentrecord.Status{paymentrecord.StatusHeld, paymentrecord.StatusFrozen, paymentrecord.StatusPartiallyRefunded}
	if p == nil || !slices.Contains(aside, p.Status) {
		return fault.IllegalTransition("There is no money set aside to disagree on.", string(e.Status), []string{})
	}
	if isDisputed {
		return fault.AlreadyExists("engagementId", "There is an open dispute about this work.")
	}
	return transition.Unchanged(revision, e.Revision)
}

// onDispute judges a verb on a dispute that its viewer has read as it is.
func onDispute(v viewer.Viewer, d *ent.Dispute, verb string, revision int) error {
	if err := DisputeStates.Permit(verb, v, transition.Sides(v, d.EmployerOrgID, d.TalentID), d.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, d.Revision)
}

// canAgree: whoever did not make the proposal.
func canAgree(v viewer.Viewer, d *ent.Dispute, revision int) error {
	if err := onDispute(v, d, "acceptDisputeResolution", revision); err != nil {
		return err
	}
	if *d.ProposedBy == sideIn(v, d) {
		return fault.NotPermitted("The other side accepts what you proposed.")
	}
	return nil
}

// sideIn is the side for which the viewer speaks.
func sideIn(v viewer.Viewer, d *ent.Dispute) dispute.ProposedBy {
	switch {
	case v.Kind == viewer.Operator:
		return dispute.ProposedByPlatform
	case v.Talent == d.TalentID:
		return dispute.ProposedByTalent
	}
	return dispute.ProposedByEmployer
}

// resolution is how a dispute is to end.
type resolution struct {
	releasedMinor int64
	workGoesOn    bool
	note          *string
}

// readResolution checks that what goes to the talent's side is there, and that
// nobody is to work for nothing.
func readResolution(talentSide money.Input, goesOn bool, note *string, e *ent.Engagement, p *ent.PaymentRecord) (resolution, error) {
	var r text.Reader
	found := resolution{workGoesOn: goesOn, note: r.ProseLater("note", note, 2000)}
	sum, err := talentSide.Parse()
	aside := payment.Aside(p)
	switch {
	case err != nil || sum.Currency != aside.Currency || sum.Minor < 0 || sum.Minor > aside.Minor:
		r.Refuse(fault.InvalidValue("talentSide", fmt.Sprintf("Give an amount from 0 to %s, which is set aside.", aside)))
	case goesOn && hasEnded(e):
		r.Refuse(fault.InvalidValue("workGoesOn", "This work has ended and cannot go on."))
	case goesOn && sum.Minor == 0:
		r.Refuse(fault.InvalidValue("workGoesOn", "Nobody works for nothing: leave something for the talent's side, or let the work end."))
	}
	found.releasedMinor = sum.Minor
	return found, r.Err()
}

// backTo are the rows of work that goes on where it stood.
func backTo() transition.Table[engagement.Status] {
	var rows transition.Table[engagement.Status]
	for _, status := range disputable {
		rows = append(rows, transition.Verb[engagement.Status]{
			Name: string(event.EngagementSettled), By: rung, From: []engagement.Status{engagement.StatusDisputed}, To: status,
		})
	}
	return rows
}
