package engagement

import (
	"context"
	"testing"
	"time"

	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	entoffer "github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
)

const week = 7 * 24 * time.Hour

// until lets talents apply to a project for a week.
func (s *scene) until(id gid.ID) gid.ID {
	s.Helper()
	stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
		if err := job.At(ctx, tx, project.EndApplications, id, tx.Now.Add(week)); err != nil {
			return 0, err
		}
		return tx.MicroProject.Update().Where(microproject.ID(id)).SetApplyBy(tx.Now.Add(week)).Save(ctx)
	})
	return id
}

func (s *scene) is(id gid.ID, want microproject.Status) {
	s.Helper()
	p, err := s.DB.Read.MicroProject.Get(s.All(), id)
	if err != nil || p.Status != want {
		s.Errorf("the project is %v, %v, want %s", p, err, want)
	}
}

func TestAProjectThatTakesNobodyExpires(t *testing.T) {
	each(t, func(s *scene) {
		p := s.until(s.project(2, 1))
		a := s.applied(s.Ada, p)
		s.Clock.Skip(week - time.Hour)
		s.due()
		s.is(p, microproject.StatusOpen)
		s.Clock.Skip(time.Hour)
		stage.Refuses(s, s.Foreigner, application.ApplyToMicroProject, application.ApplyToMicroProjectInput{MicroProjectID: p, Note: "I come too late for this."}, fault.CodeWindowClosed, "microProjectId")
		before := len(s.Heard())
		s.due()
		s.is(p, microproject.StatusExpired)
		want := append(stage.Hears("ew", event.MicroProjectExpired), stage.Hears("eit", event.ApplicationClosed)...)
		stage.Equal(s, "the time to apply is over", s.Heard()[before:], want)
		if got := s.application(a.ID); got.Status != entapplication.StatusClosedBySystem || got.Reason == nil || *got.Reason != "The time to apply is over, and nobody was taken." {
			t.Errorf("the application is %v", got)
		}
		unchanged := s.Everything(s)
		if err := project.EndWindow(s.Worker(), s.DB, job.Work{World: gid.LiveWorld, Subject: p}); err != nil || s.Everything(s) != unchanged {
			t.Errorf("a second time something changed, %v", err)
		}
	})
}

// An offer that was sent in time can still be answered.
func TestAnOfferHoldsUpTheEnd(t *testing.T) {
	each(t, func(s *scene) {
		p := s.until(s.project(1, 1))
		o := s.offered(s.Ada, p)
		s.Clock.Skip(week)
		s.due()
		s.is(p, microproject.StatusOpen)
		stage.Must(s, s.Ada, DeclineOffer, DeclineOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision})
		s.Clock.Skip(time.Hour)
		s.due()
		s.is(p, microproject.StatusExpired)
		s.ledger()
	})
}

func TestAProjectGoesOnWithWhomItHas(t *testing.T) {
	each(t, func(s *scene) {
		p := s.until(s.project(3, 1))
		e := s.accepted(s.Ada, p)
		s.applied(s.Foreigner, p)
		s.Clock.Skip(week)
		s.due()
		s.is(p, microproject.StatusFilled)
		// Nobody can come in the place of who leaves now.
		stage.Must(s, s.Ada, TerminateEngagement, TerminateEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "I am ill."})
		s.is(p, microproject.StatusExpired)
		s.due()
		s.ledger()
	})
}

func TestAnOfferThatIsNotAnsweredExpires(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 1)
		o := s.offered(s.Ada, p)
		s.Clock.Skip(answerTime - time.Minute)
		s.due()
		if by := AnswerBy(s.offer(o.ID)); by == nil || !by.Equal(o.SentAt.Add(answerTime)) {
			t.Errorf("it can be answered until %v", by)
		}
		s.Clock.Skip(time.Minute)
		stage.Refuses(s, s.Ada, AcceptOffer, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision}, fault.CodeWindowClosed, "offerId")
		before := len(s.Heard())
		s.due()
		want := append(stage.Hears("eit", event.OfferExpired, event.ApplicationReturned), stage.Hears("et", event.PaymentVoided)...)
		stage.Equal(s, "nobody answered", s.Heard()[before:], want)
		if got := s.offer(o.ID); got.Status != entoffer.StatusExpired || s.money(o.ID) != paymentrecord.StatusVoided || AnswerBy(got) != nil {
			t.Errorf("the offer is %v, its money %s", got, s.money(o.ID))
		}
		a := s.application(o.ApplicationID)
		if a.Status != entapplication.StatusShortlisted || a.DecidedAt != nil || a.ExpiresAt != nil {
			t.Errorf("the application is %v", a)
		}
		unchanged := s.Everything(s)
		if err := ExpireUnanswered(s.Worker(), s.DB, job.Work{World: gid.LiveWorld, Subject: o.ID}); err != nil || s.Everything(s) != unchanged {
			t.Errorf("a second time something changed, %v", err)
		}
		again := stage.Must(s, s.Recruiter, ExtendOffer, ExtendOfferInput{ApplicationID: a.ID, ExpectedRevision: a.Revision, StartsOn: "2026-04-06", EndsOn: "2026-04-17"})
		stage.Must(s, s.Ada, AcceptOffer, AcceptOfferInput{OfferID: again.OfferID, ExpectedRevision: 1})
		s.Clock.Skip(2 * answerTime)
		s.due()
		if got := s.offer(again.OfferID).Status; got != entoffer.StatusAccepted {
			t.Errorf("an offer that was accepted is %s", got)
		}
		s.ledger()
	})
}
