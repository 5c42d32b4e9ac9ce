package engagement

import (
	"slices"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/stage"
)

// fortnight is how long a supervisor has to decide where an offer says nothing else.
const fortnight = 14 * 24 * time.Hour

// An employer who stops answering does not keep the talent from being paid.
func TestWorkThatNobodyDecidesOnIsAccepted(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active(s.Ada, s.project(1, 2))
		for _, d := range s.deliverables(e.ID) {
			s.handIn(s.Ada, d)
		}
		first := s.deliverables(e.ID)[0]
		s.Clock.Skip(fortnight - time.Hour)
		s.due()
		if by := DecideBy(first); by == nil || !by.Equal(first.SubmittedAt.Add(fortnight)) || s.engagement(e.ID).Status != entengagement.StatusSubmitted {
			t.Errorf("the supervisor can decide until %v", by)
		}
		s.Clock.Skip(2 * time.Hour)
		before := len(s.Heard())
		s.due()
		want := slices.Concat(stage.Hears("eit", event.DeliverableAutoAccepted, event.DeliverableAutoAccepted, event.EngagementAutoCompleted),
			stage.Hears("ew", event.MicroProjectCompleted), stage.Hears("et", event.PaymentReleased, event.PaymentPaidOut))
		stage.Equal(s, "nobody decided", s.Heard()[before:], want)
		if got := s.engagement(e.ID); got.Status != entengagement.StatusCompleted || s.money(got.OfferID) != paymentrecord.StatusPaidOut {
			t.Errorf("the engagement is %v, its money %s", got, s.money(got.OfferID))
		}
		if d := s.deliverables(e.ID)[0]; d.Status != deliverable.StatusAccepted || d.AcceptedAt == nil || DecideBy(d) != nil {
			t.Errorf("the deliverable is %v", d)
		}
		unchanged := s.Everything(s)
		again := job.Work{World: gid.LiveWorld, Subject: first.ID}
		if err := AcceptUndecided(s.Worker(), s.DB, again); err != nil || s.Everything(s) != unchanged {
			t.Errorf("a second time something changed, %v", err)
		}
		s.ledger()
	})
}

// What was sent back waits for the talent, and begins its time anew.
func TestATimeToDecideBeginsWithEachHandIn(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active(s.Ada, s.project(1, 1))
		d := s.deliverables(e.ID)[0]
		s.handIn(s.Ada, d)
		d = s.deliverables(e.ID)[0]
		stage.Must(s, s.Supervisor, RequestDeliverableRevision, RequestDeliverableRevisionInput{DeliverableID: d.ID, ExpectedRevision: d.Revision, Reasons: []string{"Add a summary."}})
		s.Clock.Skip(fortnight + time.Hour)
		s.due()
		if got := s.deliverables(e.ID)[0].Status; got != deliverable.StatusRevisionRequested {
			t.Errorf("what was sent back is %s", got)
		}
		s.handIn(s.Ada, s.deliverables(e.ID)[0])
		s.Clock.Skip(fortnight - time.Minute)
		s.due()
		if got := s.deliverables(e.ID)[0].Status; got != deliverable.StatusSubmitted {
			t.Errorf("before its time is over it is %s", got)
		}
	})
}

func TestWorkThatNobodyCompletesIsCompleted(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active(s.Ada, s.project(1, 1))
		s.handIn(s.Ada, s.deliverables(e.ID)[0])
		d := s.deliverables(e.ID)[0]
		stage.Must(s, s.Supervisor, AcceptDeliverable, AcceptDeliverableInput{DeliverableID: d.ID, ExpectedRevision: d.Revision})
		s.Clock.Skip(fortnight - time.Minute)
		s.due()
		if got := s.engagement(e.ID).Status; got != entengagement.StatusSubmitted {
			t.Errorf("before its time is over the work is %s", got)
		}
		s.Clock.Skip(time.Minute)
		s.due()
		got := s.engagement(e.ID)
		if got.Status != entengagement.StatusCompleted || s.money(got.OfferID) != paymentrecord.StatusPaidOut {
			t.Errorf("the engagement is %v, its money %s", got, s.money(got.OfferID))
		}
		s.ledger()
	})
}

// The days to decide are those that the offer gave.
func TestTheDaysToDecideAreTheOffers(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 1)
		terms := s.terms(s.applied(s.Ada, p))
		terms.DecisionDays = new(5)
		e := s.readyOn(s.Ada, terms)
		s.Clock.On("2026-03-09")
		stage.Must(s, s.Ada, StartEngagement, StartEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision})
		s.handIn(s.Ada, s.deliverables(e.ID)[0])
		d := s.deliverables(e.ID)[0]
		if by := DecideBy(d); s.engagement(e.ID).DecisionDays != 5 || !by.Equal(d.SubmittedAt.Add(5*24*time.Hour)) {
			t.Errorf("the supervisor can decide until %v", by)
		}
		before := len(s.Heard())
		s.Clock.Set(d.SubmittedAt.Add(60*time.Hour - time.Minute)) // half of five days
		s.due()
		if got := s.Heard()[before:]; slices.Contains(got, stage.Hears("e", event.DeliverableDecisionDue)[0]) {
			t.Errorf("the reminder came early: %v", got)
		}
		s.Clock.Skip(2 * time.Minute)
		s.due()
		if got := s.Heard()[before:]; !slices.Contains(got, stage.Hears("e", event.DeliverableDecisionDue)[0]) {
			t.Errorf("no reminder came: %v", got)
		}
		s.Clock.Set(d.SubmittedAt.Add(5*24*time.Hour + time.Minute))
		s.due()
		if got := s.engagement(e.ID); got.Status != entengagement.StatusCompleted || s.money(e.OfferID) != paymentrecord.StatusPaidOut {
			t.Errorf("the engagement is %v, its money %s", got, s.money(e.OfferID))
		}
		s.ledger()
	})
}
