package institution

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	// coolDown is how long an employer that was declined or revoked waits before
	// it may ask again.
	coolDown = 30 * 24 * time.Hour
	// mostAsked is how many institutions an employer asks at once.
	mostAsked = 50
)

// States is an institution's way onto Rung.
var States = transition.Table[institution.Status]{
	{
		Name: "openInstitution", By: []transition.Side{transition.Platform}, Scope: viewer.InstitutionsOpen,
		From: []institution.Status{institution.StatusListed}, To: institution.StatusOpen,
		Only: "Only an operator of the platform can open an institution.", Not: "This institution is open already.",
	},
	{
		Name: "configureInstitution", By: []transition.Side{transition.Institution}, Scope: viewer.InstitutionsManage,
		From: []institution.Status{institution.StatusOpen},
		Only: "Only the institution's administrators can change how it decides.", Not: "Only an open institution decides.",
	},
}

// LinkStates is the life of a link. An employer's first request makes it.
var LinkStates = transition.Table[institutionlink.Status]{
	{
		Name: "requestInstitutionLink", By: []transition.Side{transition.Employer}, Scope: viewer.LinksRequest,
		From: []institutionlink.Status{institutionlink.StatusDeclined, institutionlink.StatusRevoked}, To: institutionlink.StatusRequested,
		Only: "Only an employer's owners and recruiters can ask an institution.", Not: "Only what was declined or revoked can be asked for again.",
	},
	{
		Name: "approveInstitutionLink", By: []transition.Side{transition.Institution}, Scope: viewer.LinksDecide,
		From: []institutionlink.Status{institutionlink.StatusRequested}, To: institutionlink.StatusApproved,
		Only: "Only the institution's approvers can decide on employers.", Not: "Only a request that nobody has decided can be approved.",
	},
	{
		Name: "declineInstitutionLink", By: []transition.Side{transition.Institution}, Scope: viewer.LinksDecide,
		From: []institutionlink.Status{institutionlink.StatusRequested}, To: institutionlink.StatusDeclined,
		Only: "Only the institution's approvers can decide on employers.", Not: "Only a request that nobody has decided can be declined.",
	},
	{
		Name: "askAboutInstitutionLink", By: []transition.Side{transition.Institution}, Scope: viewer.LinksDecide,
		From: []institutionlink.Status{institutionlink.StatusRequested}, To: institutionlink.StatusNeedsInfo,
		Only: "Only the institution's approvers can ask employers.", Not: "Only a request that waits for a decision can be asked about.",
	},
	{
		Name: "answerInstitutionLink", By: []transition.Side{transition.Employer}, Scope: viewer.LinksRequest,
		From: []institutionlink.Status{institutionlink.StatusNeedsInfo}, To: institutionlink.StatusRequested,
		Only: "Only the employer's owners and recruiters can answer.", Not: "Only a question that the career office asked can be answered.",
	},
	{
		Name: "revokeInstitutionLink", By: []transition.Side{transition.Institution}, Scope: viewer.LinksDecide,
		From: []institutionlink.Status{institutionlink.StatusApproved}, To: institutionlink.StatusRevoked,
		Only: "Only the institution's approvers can revoke a link.", Not: "Only an approved link can be revoked.",
	},
}

// canOpen: operators only, an institution that is not open yet.
func canOpen(v viewer.Viewer, i *ent.Institution, revision int) error {
	if err := States.Permit("openInstitution", v, transition.Sides(v, gid.None, gid.None), i.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, i.Revision)
}

// canAsk: only people who may speak for an employer to institutions.
func canAsk(v viewer.Viewer) error {
	if v.Employer().IsNone() || !v.Can(viewer.LinksRequest) {
		return fault.NotPermitted(LinkStates.Verb("requestInstitutionLink").Only)
	}
	return nil
}

// canRequest: an employer that the platform has not refused, at an institution
// that decides on Rung, while no request is open or approved; l is nil before
// the first one.
func canRequest(e *ent.Employer, i *ent.Institution, l *ent.InstitutionLink, path string, now time.Time) error {
	switch {
	case slices.Contains(refused, e.Status):
		return fault.IllegalTransition("The platform has refused this employer. It cannot ask institutions.", string(e.Status), []string{})
	case i.Status != institution.StatusOpen:
		return fault.IllegalTransition("This institution's career office is not on Rung. Choose one that is open.", string(i.Status), []string{})
	case l == nil:
		return nil
	case l.Status == institutionlink.StatusApproved:
		return fault.AlreadyExists(path, "This institution has approved you already.")
	case l.Status == institutionlink.StatusRequested:
		return fault.AlreadyExists(path, "You have asked this institution already. Its career office will decide.")
	case l.Status == institutionlink.StatusNeedsInfo:
		return fault.AlreadyExists(path, "This institution has asked you something. Answer with `answerInstitutionLink`.")
	case l.DecidedAt != nil && now.Before(l.DecidedAt.Add(coolDown)):
		return fault.WindowClosed(path, fmt.Sprintf("This institution %s your request. You can ask again after %s.",
			strings.ToLower(string(l.Status)), calendar.On(l.DecidedAt.Add(coolDown))))
	}
	return nil
}

// refused are the statuses of an employer that asks nobody.
var refused = []employer.Status{employer.StatusRejected, employer.StatusSuspended, employer.StatusBanned}

// canConfigure: the administrators of that institution.
func canConfigure(v viewer.Viewer, i *ent.Institution, revision int) error {
	var sides []transition.Side
	if v.Institution() == i.ID {
		sides = []transition.Side{transition.Institution}
	}
	if err := States.Permit("configureInstitution", v, sides, i.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, i.Revision)
}

// canDecide: the career staff of that institution only, on a request they have
// read as it is.
func canDecide(v viewer.Viewer, l *ent.InstitutionLink, verb string, revision int) error {
	if err := LinkStates.Permit(verb, v, sides(v, l), l.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, l.Revision)
}

// sides are the viewer's on one link: the staff of other institutions have none.
func sides(v viewer.Viewer, l *ent.InstitutionLink) []transition.Side {
	switch {
	case v.Institution() == l.InstitutionID:
		return []transition.Side{transition.Institution}
	case v.Employer() == l.EmployerOrgID:
		return []transition.Side{transition.Employer}
	}
	return nil
}
