package engagement

import (
	"context"
	"slices"
	"testing"

	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	entoffer "github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
)

func TestClosingFilled(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 1)
		waiting := s.applied(s.Foreigner, p)
		rival := s.offered(s.Talent("Third"), p)
		fourth := s.Talent("Fourth")
		declined := s.offered(fourth, p)
		stage.Must(s, fourth, DeclineOffer, DeclineOfferInput{OfferID: declined.ID, ExpectedRevision: 1})
		e := s.accepted(s.Ada, p)
		before := len(s.Heard())
		s.close(p)
		got := slices.Sorted(slices.Values(s.Heard()[before:]))
		want := slices.Sorted(slices.Values(slices.Concat(stage.Hears("et", event.ApplicationClosed, event.ApplicationClosed, event.OfferLapsed, event.PaymentVoided))))
		if !slices.Equal(got, want) {
			t.Errorf("events\n got %v\nwant %v", got, want)
		}
		for _, id := range []gid.ID{waiting.ID, rival.ApplicationID} {
			if a := s.application(id); a.Status != entapplication.StatusClosedBySystem || a.Reason == nil || a.DecidedAt == nil {
				t.Errorf("the application is %v", a)
			}
		}
		if got := s.application(s.offer(e.OfferID).ApplicationID).Status; got != entapplication.StatusAccepted {
			t.Errorf("the accepted application is %s", got)
		}
		if o := s.offer(rival.ID); o.Status != entoffer.StatusWithdrawn || s.money(o.ID) != paymentrecord.StatusVoided {
			t.Errorf("the rival's offer is %v, its money %s", o, s.money(o.ID))
		}
		unchanged := s.Everything(s)
		if s.close(p); s.Everything(s) != unchanged {
			t.Error("closing again changed something")
		}
		s.ledger()
	})
}

func TestClosingCancelled(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(3, 1)
		s.applied(s.Foreigner, p)
		third, fourth := s.Talent("Third"), s.Talent("Fourth")
		s.offered(third, p)
		ready := s.ready(s.Ada, p)
		ended := s.accepted(fourth, p)
		stage.Must(s, fourth, TerminateEngagement, TerminateEngagementInput{EngagementID: ended.ID, ExpectedRevision: ended.Revision, Reason: "I am ill."})
		s.cancel(p)
		before := len(s.Heard())
		s.close(p)
		got := slices.Sorted(slices.Values(s.Heard()[before:]))
		want := slices.Sorted(slices.Values(slices.Concat(
			stage.Hears("et", event.ApplicationClosed, event.ApplicationClosed, event.OfferLapsed, event.PaymentVoided, event.PaymentRefunded),
			stage.Hears("eit", event.ApplicationClosed, event.EngagementTerminated, event.OfferVoided))))
		if !slices.Equal(got, want) {
			t.Errorf("events\n got %v\nwant %v", got, want)
		}
		e := s.engagement(ready.ID)
		if e.Status != entengagement.StatusTerminated || *e.TerminatedBy != entengagement.TerminatedByEmployer || *e.Reason != "No budget." {
			t.Errorf("the engagement is %v", e)
		}
		o := s.offer(e.OfferID)
		if o.Status != entoffer.StatusVoid || s.money(o.ID) != paymentrecord.StatusRefunded {
			t.Errorf("the offer is %v, its money %s", o, s.money(o.ID))
		}
		if got := s.application(o.ApplicationID).Status; got != entapplication.StatusClosedBySystem {
			t.Errorf("the application is %s", got)
		}
		if got := s.application(s.offer(ended.OfferID).ApplicationID).Status; got != entapplication.StatusAccepted {
			t.Errorf("the application whose work had ended is %s", got)
		}
		unchanged := s.Everything(s)
		if s.close(p); s.Everything(s) != unchanged {
			t.Error("closing again changed something")
		}
		s.ledger()
	})
}

func TestClosingLeavesAnOpenProjectAlone(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 1)
		s.applied(s.Foreigner, p)
		e := s.accepted(s.Ada, p)
		// The seat falls free before the worker comes to close.
		stage.Must(s, s.Ada, TerminateEngagement, TerminateEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "I am ill."})
		before := s.Everything(s)
		if s.close(p); s.Everything(s) != before {
			t.Error("closing changed something on an open project")
		}
	})
}

func TestClosingManyGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	s := &scene{stage.Set(t, stage.Open(t, storetest.Engines[0], watched))}
	p := s.project(1, 1)
	for range 2*batch + 3 {
		s.applied(s.Talent("Someone"), p)
	}
	s.accepted(s.Ada, p)
	s.close(p)
	left, err := s.DB.Read.Application.Query().Where(entapplication.StatusEQ(entapplication.StatusSubmitted)).Count(s.All())
	if err != nil || left != 0 {
		t.Errorf("%d applications are still open, %v", left, err)
	}
}

// close does the job that a filled or cancelled project queued.
func (s *scene) close(projectID gid.ID) {
	s.Helper()
	if err := CloseApplications(s.Worker(), s.DB, job.Work{World: gid.LiveWorld, Kind: project.CloseOpenApplications, Subject: projectID}); err != nil {
		s.Fatal(err)
	}
}

func (s *scene) cancel(projectID gid.ID) {
	stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
		return tx.MicroProject.Update().Where(microproject.ID(projectID)).SetStatus(microproject.StatusCancelled).
			SetReason("No budget.").SetEndedAt(tx.Now).Save(ctx)
	})
}
