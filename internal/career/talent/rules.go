package talent

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// How much a profile holds.
const (
	mostSkills       = 50
	mostEducation    = 20
	mostAffiliations = 10
	mostLabels       = 20 // of one organisation by one talent
)

// AffiliationStates is the life of an affiliation. A talent's claim makes it.
var AffiliationStates = transition.Table[affiliation.Status]{
	{
		Name: "confirmAffiliation", By: []transition.Side{transition.Institution}, Scope: viewer.AffiliationsDecide,
		From: []affiliation.Status{affiliation.StatusClaimed}, To: affiliation.StatusConfirmed,
		Only: "Only the institution's approvers can confirm its talents.", Not: "Only a claim that nobody has decided can be confirmed.",
	},
	{
		Name: "declineAffiliation", By: []transition.Side{transition.Institution}, Scope: viewer.AffiliationsDecide,
		From: []affiliation.Status{affiliation.StatusClaimed}, To: affiliation.StatusDeclined,
		Only: "Only the institution's approvers can decline a claim.", Not: "Only a claim that nobody has decided can be declined.",
	},
	{
		// Two scopes lead here, one for each side: sides asks for them.
		Name: "endAffiliation", By: []transition.Side{transition.Talent, transition.Institution},
		From: []affiliation.Status{affiliation.StatusConfirmed}, To: affiliation.StatusEnded,
		Only: "Only the talent and the institution's approvers can end an affiliation.", Not: "Only a confirmed affiliation can be ended.",
	},
	{
		Name: "optOutOfDirectory", By: []transition.Side{transition.Talent}, Scope: viewer.ConsentsWrite,
		From: []affiliation.Status{affiliation.StatusClaimed, affiliation.StatusConfirmed},
		Only: "Only the talent decides whether a directory tells of them.", Not: "No directory tells of an affiliation that is over.",
	},
	{
		Name: "returnToDirectory", By: []transition.Side{transition.Talent}, Scope: viewer.ConsentsWrite,
		From: []affiliation.Status{affiliation.StatusClaimed, affiliation.StatusConfirmed},
		Only: "Only the talent decides whether a directory tells of them.", Not: "No directory tells of an affiliation that is over.",
	},
}

// canOpen: whoever signed in for themselves or an employer, once.
func canOpen(v viewer.Viewer, hasProfile bool) error {
	switch {
	case !v.Can(viewer.TalentOpen):
		return fault.NotPermitted("Sign in for yourself, not for an institution or the platform, to open a profile.")
	case hasProfile:
		return fault.AlreadyExists("", "You have a profile already. Revise it instead.")
	}
	return nil
}

// canWrite: a profile is its talent's own.
func canWrite(v viewer.Viewer, p *ent.TalentProfile) error {
	if v.Talent != p.ID || !v.Can(viewer.TalentWrite) {
		return fault.NotPermitted("Only the talent can change their profile.")
	}
	return nil
}

// canRevise: their own profile, as they have read it if that matters to them.
func canRevise(v viewer.Viewer, p *ent.TalentProfile, revision *int) error {
	if err := canWrite(v, p); err != nil || revision == nil {
		return err
	}
	return transition.Unchanged(*revision, p.Revision)
}

// canAddEducation: their own profile, while it holds few enough records.
func canAddEducation(v viewer.Viewer, p *ent.TalentProfile, records int) error {
	if err := canWrite(v, p); err != nil {
		return err
	}
	if records >= mostEducation {
		return fault.LimitReached("", "A profile holds at most 20 courses of study.")
	}
	return nil
}

// canBelong: whoever has a profile.
func canBelong(v viewer.Viewer) error {
	if v.Talent.IsNone() || !v.Can(viewer.AffiliationsClaim) {
		return fault.NotPermitted("Only talents can belong to an institution. Open a profile first.")
	}
	return nil
}

// canClaim: at an institution that decides on Rung, once at a time; live are
// the talent's claims and confirmed affiliations.
func canClaim(i *ent.Institution, live []*ent.Affiliation) error {
	if i.Status != institution.StatusOpen {
		return fault.IllegalTransition("This institution's career office is not on Rung, so nobody could confirm you.", string(i.Status), []string{})
	}
	for _, a := range live {
		if a.InstitutionID == i.ID && a.Status == affiliation.StatusConfirmed {
			return fault.AlreadyExists("institutionId", "This institution has confirmed you already.")
		}
		if a.InstitutionID == i.ID {
			return fault.AlreadyExists("institutionId", "You have claimed this already. The institution's staff will decide.")
		}
	}
	if len(live) >= mostAffiliations {
		return fault.LimitReached("", "You can belong to at most 10 institutions at once. End an affiliation first.")
	}
	return nil
}

// canMove: whose the verb is, on an affiliation they have read as it is.
func canMove(v viewer.Viewer, a *ent.Affiliation, verb string, revision int) error {
	if err := AffiliationStates.Permit(verb, v, sides(v, a), a.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, a.Revision)
}

// canOptOut: the talent, once.
func canOptOut(v viewer.Viewer, a *ent.Affiliation, revision int) error {
	if err := canMove(v, a, "optOutOfDirectory", revision); err != nil {
		return err
	}
	if a.DirectoryOptedOutAt != nil {
		return fault.AlreadyExists("affiliationId", "You have opted out already. The directory does not tell of you.")
	}
	return nil
}

// canReturn: the talent, who has opted out.
func canReturn(v viewer.Viewer, a *ent.Affiliation, revision int) error {
	if err := canMove(v, a, "returnToDirectory", revision); err != nil {
		return err
	}
	if a.DirectoryOptedOutAt == nil {
		return fault.AlreadyExists("affiliationId", "You have not opted out of this directory.")
	}
	return nil
}

// sides are the viewer's on one affiliation: its talent's, or its institution's
// for staff who may decide.
func sides(v viewer.Viewer, a *ent.Affiliation) []transition.Side {
	switch {
	case v.Talent == a.TalentID && v.Can(viewer.AffiliationsClaim):
		return []transition.Side{transition.Talent}
	case v.Institution() == a.InstitutionID && v.Can(viewer.AffiliationsDecide):
		return []transition.Side{transition.Institution}
	}
	return nil
}

// seesContact: the talent, an employer they applied to, and staff of a school of
// theirs who read what is sensitive; the latter two know them.
func seesContact(v viewer.Viewer, p *ent.TalentProfile, isKnown bool) bool {
	return v.Talent == p.ID || isKnown && (v.Kind == viewer.EmployerMember || holdsSensitive(v))
}

// seesLegalName: whoever sees the contact, and all staff of a school of theirs,
// which confirmed the talent by that name.
func seesLegalName(v viewer.Viewer, p *ent.TalentProfile, isKnown bool) bool {
	return seesContact(v, p, isKnown) || isKnown && v.Kind == viewer.CareerStaff
}
