package consent

import (
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entconsent "github.com/rung-dev/rung/ent/gen/ent/consent"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	// mostTime is how long a consent may hold.
	mostTime = 2 * 365 * 24 * time.Hour
	// mostGranted is how many consents of one talent hold at once.
	mostGranted = 50
)

// States is the life of a consent. It ends when its talent says so, or by the clock.
var States = transition.Table[entconsent.Status]{
	{
		Name: "withdrawConsent", By: []transition.Side{transition.Talent}, Scope: viewer.ConsentsWrite,
		From: []entconsent.Status{entconsent.StatusGranted}, To: entconsent.StatusWithdrawn,
		Only: "Only the talent can withdraw their consent.", Not: "Only a consent that holds can be withdrawn.",
	},
	{
		Name: string(event.ConsentExpired), By: []transition.Side{transition.Rung},
		From: []entconsent.Status{entconsent.StatusGranted}, To: entconsent.StatusExpired,
	},
}

// canGrant: a talent, for themselves.
func canGrant(v viewer.Viewer, granted []*ent.Consent, in RecordConsentInput) error {
	switch {
	case v.Talent.IsNone() || !v.Can(viewer.ConsentsWrite):
		return fault.NotPermitted("Only talents consent, each for themselves.")
	case slices.ContainsFunc(granted, func(c *ent.Consent) bool { return c.RecipientID == in.RecipientID && c.Purpose == in.Purpose }):
		return fault.AlreadyExists("recipientId", "You have consented to this already. Withdraw it first to change until when.")
	case len(granted) >= mostGranted:
		return fault.LimitReached("", "At most 50 consents hold at once. Withdraw one first.")
	}
	return nil
}

// fits: what an institution reads for is not what an employer reads for.
func fits(class entconsent.RecipientClass, purpose entconsent.Purpose) error {
	if (class == entconsent.RecipientClassEmployer) != (purpose == entconsent.PurposeRecruiting) {
		return fault.InvalidValue("purpose", "Employers read for RECRUITING, institutions for ADVISING or PLACEMENT.")
	}
	return nil
}

// classOf is the class of recipients to which an id belongs.
func classOf(id gid.ID) entconsent.RecipientClass {
	if id.Noun() == gid.Employer {
		return entconsent.RecipientClassEmployer
	}
	return entconsent.RecipientClassPartnerInstitution
}

// checkEnd: from now on, and not for ever.
func checkEnd(expires, now time.Time) error {
	if !expires.After(now) || expires.After(now.Add(mostTime)) {
		return fault.InvalidValue("expiresAt", "Give an instant to come, within two years.")
	}
	return nil
}

// canWithdraw: the talent, what still holds.
func canWithdraw(v viewer.Viewer, c *ent.Consent, revision int) error {
	if err := States.Permit("withdrawConsent", v, transition.Sides(v, gid.None, c.TalentID), c.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, c.Revision)
}
