package conversation

import (
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/message"
	"github.com/rung-dev/rung/ent/gen/ent/messagereport"
	"github.com/rung-dev/rung/internal/address"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	// afterApplication is how long one can write after an application led to nothing.
	afterApplication = 30 * 24 * time.Hour
	// afterWork is how long one can write after the work has ended.
	afterWork = 90 * 24 * time.Hour
	// mostInADay is how much one person can write in one conversation in 24 hours.
	mostInADay = 50
	mostLinks  = 10
	mostFiles  = 10
)

// ReportStates is the life of a report of a message.
var ReportStates = transition.Table[messagereport.Status]{
	{
		Name: "dismissMessageReport", By: []transition.Side{transition.Platform}, Scope: viewer.ReportsDecide,
		From: []messagereport.Status{messagereport.StatusOpen}, To: messagereport.StatusDismissed,
		Only: "Only the platform's operators decide on reports.", Not: "This report was decided already.",
	},
	{
		Name: "upholdMessageReport", By: []transition.Side{transition.Platform}, Scope: viewer.ReportsDecide,
		From: []messagereport.Status{messagereport.StatusOpen}, To: messagereport.StatusUpheld,
		Only: "Only the platform's operators decide on reports.", Not: "This report was decided already.",
	},
}

// thread is what a conversation hangs on.
type thread struct {
	application *ent.Application
	work        *ent.Engagement // nil when the application has led to none
	employer    *ent.Employer   // nil when the viewer does not see it any more
}

// until is when a thread closes; nil while what it is about goes on.
func (t thread) until() *time.Time {
	if t.work != nil {
		return t.untilAfterWork()
	}
	if slices.Contains(application.Live, t.application.Status) {
		return nil
	}
	ended := t.application.UpdatedAt
	if t.application.DecidedAt != nil {
		ended = *t.application.DecidedAt
	}
	by := ended.Add(afterApplication)
	return &by
}

func (t thread) untilAfterWork() *time.Time {
	var ended *time.Time
	switch t.work.Status {
	case engagement.StatusCompleted:
		ended = t.work.CompletedAt
	case engagement.StatusTerminated:
		ended = t.work.TerminatedAt
	default:
	}
	if ended == nil {
		return nil
	}
	by := ended.Add(afterWork)
	return &by
}

// sideOf is the viewer's side of an application, and whether they have one.
func sideOf(v viewer.Viewer, employerID, talentID gid.ID) (message.SentBy, bool) {
	sides := transition.Sides(v, employerID, talentID)
	if slices.Contains(sides, transition.Talent) {
		return message.SentByTalent, true
	}
	return message.SentByEmployer, slices.Contains(sides, transition.Employer)
}

// canSend: the two sides, while the employer may deal with talents, and until
// some time after the end.
func canSend(v viewer.Viewer, t thread, now time.Time) error {
	side, has := sideOf(v, t.application.EmployerOrgID, t.application.TalentID)
	if !has || !v.Can(viewer.MessagesSend) {
		return fault.NotPermitted("Only the talent and the employer's people write to each other.")
	}
	if side == message.SentByEmployer && t.employer != nil {
		if err := employer.MayDeal(t.employer); err != nil {
			return err
		}
	}
	if by := t.until(); by != nil && !now.Before(*by) {
		return fault.WindowClosed("", "This conversation closed on "+by.UTC().Format("2006-01-02")+": what it was about has ended.")
	}
	return nil
}

// hasSaidLittle: one person writes so much in a day.
func hasSaidLittle(today int) error {
	if today >= mostInADay {
		return fault.LimitReached("", fmt.Sprintf("You have written %d messages here in 24 hours. Go on tomorrow.", mostInADay))
	}
	return nil
}

// writing is what somebody sends.
type writing struct {
	body      string
	links     []string
	uploadIDs []gid.ID
}

func readWriting(in SendMessageInput) (writing, error) {
	var r text.Reader
	w := writing{body: r.Prose("body", in.Body, 1, 5000), links: []string{}, uploadIDs: in.UploadIDs}
	if len(in.Links) > mostLinks {
		return w, fault.LimitReached("links", fmt.Sprintf("A message has at most %d links.", mostLinks))
	}
	if len(in.UploadIDs) > mostFiles {
		return w, fault.LimitReached("uploadIds", fmt.Sprintf("A message has at most %d files.", mostFiles))
	}
	for i, link := range in.Links {
		if err := address.ParseURL(link); err != nil {
			r.Refuse(fault.InvalidValue(fmt.Sprintf("links.%d", i), err.Error()))
		}
		w.links = append(w.links, link)
	}
	return w, r.Err()
}

// canReport: what the other side wrote, once, while it is there.
func canReport(v viewer.Viewer, m *ent.Message, isReported bool) error {
	side, has := sideOf(v, m.EmployerOrgID, m.TalentID)
	switch {
	case !has || !v.Can(viewer.MessagesSend):
		return fault.NotPermitted("Only the side to which it was sent can report a message.")
	case side == m.SentBy:
		return fault.NotPermitted("Report what the other side wrote, not your own side.")
	case m.RemovedAt != nil:
		return fault.AlreadyExists("messageId", "This message was removed already.")
	case isReported:
		return fault.AlreadyExists("messageId", "Your side has reported this message already.")
	}
	return nil
}

// canDecide: an operator, on a report they have read as it is.
func canDecide(v viewer.Viewer, r *ent.MessageReport, verb string, revision int) error {
	if err := ReportStates.Permit(verb, v, transition.Sides(v, gid.None, gid.None), r.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, r.Revision)
}
