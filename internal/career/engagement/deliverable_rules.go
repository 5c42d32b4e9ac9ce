package engagement

import (
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/address"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// DeliverableStates is a deliverable's life: it is handed in until it is good.
var DeliverableStates = transition.Table[deliverable.Status]{
	{
		Name: "submitDeliverable", By: talents, Scope: viewer.DeliverablesSubmit,
		From: []deliverable.Status{deliverable.StatusPlanned, deliverable.StatusRevisionRequested}, To: deliverable.StatusSubmitted,
		Only: "Only the talent on this engagement can hand in work.", Not: "This deliverable takes no work now.",
	},
	{
		Name: "requestDeliverableRevision", By: employers, Scope: viewer.DeliverablesDecide,
		From: []deliverable.Status{deliverable.StatusSubmitted}, To: deliverable.StatusRevisionRequested,
		Only: "Only the employer's supervisors can send work back.", Not: "Only work that was handed in can be sent back.",
	},
	{
		Name: "acceptDeliverable", By: employers, Scope: viewer.DeliverablesDecide,
		From: []deliverable.Status{deliverable.StatusSubmitted}, To: deliverable.StatusAccepted,
		Only: "Only the employer's supervisors can accept work.", Not: "Only work that was handed in can be accepted.",
	},
	{
		Name: "extendDeliverableDueDate", By: employers, Scope: viewer.DeliverablesDecide,
		From: []deliverable.Status{deliverable.StatusPlanned, deliverable.StatusRevisionRequested},
		Only: "Only the employer's supervisors can give more time.", Not: "Only work that is still to be handed in can be given more time.",
	},
	{
		Name: string(event.DeliverableAutoAccepted), By: rung,
		From: []deliverable.Status{deliverable.StatusSubmitted}, To: deliverable.StatusAccepted,
	},
	{
		Name: string(event.DeliverableTeamSubmitted), By: rung,
		From: []deliverable.Status{deliverable.StatusPlanned, deliverable.StatusRevisionRequested}, To: deliverable.StatusSubmitted,
	},
	{
		Name: string(event.DeliverableCancelled), By: rung,
		From: []deliverable.Status{deliverable.StatusPlanned, deliverable.StatusSubmitted, deliverable.StatusRevisionRequested},
		To:   deliverable.StatusCancelled,
	},
}

const (
	mostLinks   = 20
	mostFiles   = 10
	mostReasons = 10
)

// canHandle judges a verb on a deliverable that its viewer has read as it is,
// while its engagement is under way.
func canHandle(v viewer.Viewer, e *ent.Engagement, d *ent.Deliverable, verb string, revision int) error {
	if err := DeliverableStates.Permit(verb, v, transition.Sides(v, d.EmployerOrgID, d.TalentID), d.Status); err != nil {
		return err
	}
	if e.Status != engagement.StatusActive && e.Status != engagement.StatusSubmitted {
		return fault.IllegalTransition("This engagement takes no more work.", string(e.Status),
			EngagementStates.Allowed(v, SidesOf(v, e.EmployerOrgID, e.TalentID), e.Status))
	}
	return transition.Unchanged(revision, d.Revision)
}

// work is what a submission holds.
type work struct {
	note       *string
	links      []string
	disclosure *string
	// original is the submission of a teammate that this repeats, or nil.
	original *ent.Submission
}

// readWork checks that there is some work, in a form that can be looked at.
func readWork(in SubmitDeliverableInput, p *ent.MicroProject) (work, error) {
	var r text.Reader
	w := work{note: r.ProseLater("note", in.Note, 8000), links: in.Links, disclosure: r.ProseLater("aiDisclosure", in.AiDisclosure, 2000)}
	if p.AiUse == microproject.AiUseDisclosed && w.disclosure == nil {
		r.Refuse(fault.InvalidValue("aiDisclosure", "Say which AI tools were used for what, or that none were."))
	}
	if w.links == nil {
		w.links = []string{}
	}
	if len(w.links) > mostLinks {
		r.Refuse(fault.InvalidValue("links", fmt.Sprintf("Give at most %d addresses.", mostLinks)))
		return w, r.Err()
	}
	for i, link := range w.links {
		if err := address.ParseURL(link); err != nil {
			r.Refuse(fault.InvalidValue(fmt.Sprintf("links.%d", i), "Write an absolute http or https address, as in https://example.com/report.pdf."))
		}
	}
	if len(in.UploadIDs) > mostFiles {
		r.Refuse(fault.InvalidValue("uploadIds", fmt.Sprintf("Hand in at most %d files.", mostFiles)))
	}
	if w.note == nil && len(w.links) == 0 && len(in.UploadIDs) == 0 && r.Err() == nil {
		r.Refuse(fault.InvalidValue("note", "Give the work itself: a note, a link or a file."))
	}
	return w, r.Err()
}

// readReasons checks why work goes back.
func readReasons(reasons []string) ([]string, error) {
	var r text.Reader
	if len(reasons) < 1 || len(reasons) > mostReasons {
		return nil, fault.InvalidValue("reasons", fmt.Sprintf("Give 1 to %d reasons.", mostReasons))
	}
	read := make([]string, len(reasons))
	for i, reason := range reasons {
		read[i] = r.Prose(fmt.Sprintf("reasons.%d", i), reason, 1, 500)
	}
	return read, r.Err()
}
