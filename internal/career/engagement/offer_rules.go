package engagement

import (
	"fmt"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	rung      = []transition.Side{transition.Rung}
	talents   = []transition.Side{transition.Talent}
	employers = []transition.Side{transition.Employer}
	both      = []transition.Side{transition.Employer, transition.Talent}
)

// OfferStates is an offer's life: the talent answers it, and both sides sign
// what it stands for.
var OfferStates = transition.Table[offer.Status]{
	{
		Name: "acceptOffer", By: talents, Scope: viewer.OffersAnswer,
		From: []offer.Status{offer.StatusSent}, To: offer.StatusAccepted,
		Only: "Only the talent can accept an offer.", Not: "Only an offer that waits for an answer can be accepted.",
	},
	{
		Name: "declineOffer", By: talents, Scope: viewer.OffersAnswer,
		From: []offer.Status{offer.StatusSent}, To: offer.StatusDeclined,
		Only: "Only the talent can decline an offer.", Not: "Only an offer that waits for an answer can be declined.",
	},
	{
		Name: "reviseOffer", By: employers, Scope: viewer.OffersExtend, From: []offer.Status{offer.StatusSent},
		Only: "Only the employer's recruiters can change an offer.", Not: "Only an offer that waits for an answer can be changed.",
	},
	{
		Name: "withdrawOffer", By: employers, Scope: viewer.OffersExtend,
		From: []offer.Status{offer.StatusSent}, To: offer.StatusWithdrawn,
		Only: "Only the employer's recruiters can take an offer back.", Not: "Only an offer that waits for an answer can be taken back.",
	},
	{
		Name: "signAgreement", By: both, Scope: viewer.AgreementsSign, From: []offer.Status{offer.StatusAccepted},
		Only: "Only the talent and the employer's recruiters sign.", Not: "Documents are signed after the offer is accepted, and once.",
	},
	{
		Name: string(event.OfferSigned), By: rung,
		From: []offer.Status{offer.StatusAccepted}, To: offer.StatusSigned,
	},
	{
		Name: string(event.OfferLapsed), By: rung,
		From: []offer.Status{offer.StatusSent}, To: offer.StatusWithdrawn,
	},
	{
		Name: string(event.OfferExpired), By: rung,
		From: []offer.Status{offer.StatusSent}, To: offer.StatusExpired,
	},
	{
		Name: string(event.OfferVoided), By: rung,
		From: []offer.Status{offer.StatusAccepted, offer.StatusSigned}, To: offer.StatusVoid,
	},
}

// canAnswer judges what one side may do with an offer that waits for an answer,
// and that its viewer has read as it is.
func canAnswer(v viewer.Viewer, o *ent.Offer, verb string, revision int) error {
	err := OfferStates.Permit(verb, v, transition.Sides(v, o.EmployerOrgID, o.TalentID), o.Status)
	if err != nil {
		return err
	}
	return transition.Unchanged(revision, o.Revision)
}

// canAccept: in time, and while the project still takes somebody.
func canAccept(v viewer.Viewer, o *ent.Offer, p *ent.MicroProject, revision int, now time.Time) error {
	if err := canAnswer(v, o, "acceptOffer", revision); err != nil {
		return err
	}
	if !now.Before(*AnswerBy(o)) {
		return fault.WindowClosed("offerId", "An offer can be accepted for 14 days. Ask for a new one.")
	}
	if p.Status != microproject.StatusOpen {
		return fault.IllegalTransition("This micro-project takes nobody any more.", string(p.Status), []string{})
	}
	return nil
}

// canSign: each side once, while the offer is accepted.
func canSign(v viewer.Viewer, o *ent.Offer, a *ent.Agreement, revision int) error {
	err := OfferStates.Permit("signAgreement", v, transition.Sides(v, a.EmployerOrgID, a.TalentID), o.Status)
	if err != nil {
		return err
	}
	if err := transition.Unchanged(revision, a.Revision); err != nil {
		return err
	}
	if signedBy(v, a) {
		return fault.AlreadyExists("agreementId", "Your side has signed this document already.")
	}
	return nil
}

// signedBy reports whether the viewer's side has signed.
func signedBy(v viewer.Viewer, a *ent.Agreement) bool {
	if v.Talent == a.TalentID {
		return a.TalentSignedAt != nil
	}
	return a.EmployerSignedAt != nil
}

// IsSigned reports whether both sides have signed.
func IsSigned(a *ent.Agreement) bool { return a.EmployerSignedAt != nil && a.TalentSignedAt != nil }

// How many days an offer can give a supervisor to decide.
const leastDecisionDays, mostDecisionDays = 3, 30

// readTerms checks what an offer proposes beyond the project's own terms.
func readTerms(
	p *ent.MicroProject, starts, ends calendar.Date, decisionDays *int, said *string, today calendar.Date,
) (message *string, err error) {
	var r text.Reader
	message = r.ProseLater("message", said, 2000)
	if starts.Before(today) {
		r.Refuse(fault.InvalidValue("startsOn", "Let the work start today or later."))
	} else {
		r.Refuse(inWindow(p, starts, today))
	}
	if ends.Before(starts) {
		r.Refuse(fault.InvalidValue("endsOn", "Let the work end on its first day or later."))
	}
	if n := decisionDays; n != nil && (*n < leastDecisionDays || *n > mostDecisionDays) {
		r.Refuse(fault.InvalidValue("decisionDays", fmt.Sprintf("Give the supervisor %d to %d days to decide.", leastDecisionDays, mostDecisionDays)))
	}
	return message, r.Err()
}

// inWindow refuses a start outside the days on which the project starts. Days that
// have passed bind nobody: whoever was found late starts when both agree.
func inWindow(p *ent.MicroProject, starts, today calendar.Date) error {
	if p.StartsOn == nil {
		return nil
	}
	from, to := *p.StartsOn, *p.StartsOn
	if p.StartsBy != nil {
		to = *p.StartsBy
	}
	switch {
	case to.Before(today) || !starts.Before(from) && !to.Before(starts):
		return nil
	case from == to:
		return fault.InvalidValue("startsOn", fmt.Sprintf("Let the work start on %s, as its project says.", from))
	}
	return fault.InvalidValue("startsOn", fmt.Sprintf("Let the work start from %s to %s, as its project says.", from, to))
}
