package engagement

import (
	"errors"
	"slices"
	"sync"
	"testing"

	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	entoffer "github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/template"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestExtendOffer(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(2, 1)
		a := s.applied(s.Ada, p)
		in := s.terms(a)
		stage.Refuses(s, s.Stranger, ExtendOffer, in, fault.CodeNotFound, "applicationId")
		stage.Refuses(s, s.Foreigner, ExtendOffer, in, fault.CodeNotFound, "applicationId")
		stage.Refuses(s, s.Supervisor, ExtendOffer, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, ExtendOffer, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, ExtendOffer, in, fault.CodeNotPermitted, "")
		stale, past, backwards := in, in, in
		stale.ExpectedRevision++
		stage.Refuses(s, s.Recruiter, ExtendOffer, stale, fault.CodeStaleRevision, "expectedRevision")
		past.StartsOn = "2026-03-01"
		stage.Refuses(s, s.Recruiter, ExtendOffer, past, fault.CodeInvalidValue, "startsOn")
		backwards.EndsOn = "2026-03-08"
		stage.Refuses(s, s.Recruiter, ExtendOffer, backwards, fault.CodeInvalidValue, "endsOn")

		done := stage.Does(s, s.Recruiter, ExtendOffer, in, slices.Concat(
			stage.Hears("eit", event.OfferExtended, event.ApplicationOffered), stage.Hears("et", event.PaymentAuthorized))...)
		o := s.offer(done.OfferID)
		if o.Status != entoffer.StatusSent || o.FeeMinor != 50_000 || o.Currency != "USD" || o.Hours != 20 || o.TalentID != s.Ada.Talent {
			t.Errorf("the offer is %v", o)
		}
		if a := s.application(a.ID); a.Status != entapplication.StatusOffered || a.DecidedAt != nil || a.Revision != 2 {
			t.Errorf("the application is %v", a)
		}
		if got := s.money(o.ID); got != paymentrecord.StatusAuthorized {
			t.Errorf("the money is %s", got)
		}
		in.ExpectedRevision = 2
		stage.Refuses(s, s.Recruiter, ExtendOffer, in, fault.CodeIllegalTransition, "")
	})
}

func TestExtendOfferNeedsAnOpenProject(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 1)
		a := s.applied(s.Foreigner, p)
		s.accepted(s.Ada, p)
		stage.Refuses(s, s.Recruiter, ExtendOffer, s.terms(a), fault.CodeIllegalTransition, "")
	})
}

func TestAcceptOffer(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 1)
		o := s.offered(s.Ada, p)
		rival := s.offered(s.Foreigner, p)
		in := AcceptOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision}
		stage.Refuses(s, s.Foreigner, AcceptOffer, in, fault.CodeNotFound, "offerId")
		stage.Refuses(s, s.Stranger, AcceptOffer, in, fault.CodeNotFound, "offerId")
		stage.Refuses(s, s.Outsider, AcceptOffer, in, fault.CodeNotFound, "offerId")
		stage.Refuses(s, s.Owner, AcceptOffer, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, AcceptOffer, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: 7}, fault.CodeStaleRevision, "expectedRevision")

		done := stage.Does(s, s.Ada, AcceptOffer, in, slices.Concat(stage.Hears("eit", event.OfferAccepted), stage.Hears("ew", event.MicroProjectFilled),
			stage.Hears("eit", event.ApplicationAccepted), stage.Hears("et", event.PaymentHeld), stage.Hears("eit", event.EngagementPrepared))...)
		o = s.offer(o.ID)
		if o.Status != entoffer.StatusAccepted || o.Seat == nil || *o.Seat != 1 || o.AnsweredAt == nil {
			t.Errorf("the offer is %v", o)
		}
		e := s.engagement(done.EngagementID)
		if e.Status != entengagement.StatusPendingGates || e.OfferID != o.ID || e.StartsOn != o.StartsOn || e.EndsOn != o.EndsOn {
			t.Errorf("the engagement is %v", e)
		}
		documents := s.agreements(o.ID)
		if len(documents) != 3 {
			t.Fatalf("%d documents, want 3", len(documents))
		}
		for _, d := range documents {
			if d.TextHash != template.HashOf(TextOf(d.Kind, d.TextVersion)) || IsSigned(d) {
				t.Errorf("the document is %v", d)
			}
		}
		if got := s.money(o.ID); got != paymentrecord.StatusHeld {
			t.Errorf("the money is %s", got)
		}
		if got := s.microProject(p).Status; got != microproject.StatusFilled {
			t.Errorf("the project is %s", got)
		}
		stage.Refuses(s, s.Ada, AcceptOffer, in, fault.CodeIllegalTransition, "")
		stage.Refuses(s, s.Foreigner, AcceptOffer, AcceptOfferInput{OfferID: rival.ID, ExpectedRevision: 1}, fault.CodeIllegalTransition, "")
		s.ledger()
	})
}

func TestAcceptOfferIsReplayed(t *testing.T) {
	each(t, func(s *scene) {
		o := s.offered(s.Ada, s.project(2, 1))
		accept := func() Accepted {
			ctx := viewer.WithRequest(viewer.With(t.Context(), s.Ada), &viewer.Request{ID: "t", Verb: "acceptOffer", IdempotencyKey: "once", ArgumentHash: []byte("same")})
			done, err := AcceptOffer(ctx, s.DB, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision})
			if err != nil {
				t.Fatal(err)
			}
			return done
		}
		first := accept()
		before := s.Everything(s)
		if again := accept(); again != first || s.Everything(s) != before {
			t.Errorf("sent again it answered %v, want %v and no change", again, first)
		}
	})
}

// TestManyAcceptAtOnce lets 200 requests accept one offer. One wins, and each of
// the others hears why it did not.
func TestManyAcceptAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		const many = 200
		o := s.offered(s.Ada, s.project(3, 2))
		answers := make(chan error, many)
		var all sync.WaitGroup
		for range many {
			all.Go(func() {
				_, err := AcceptOffer(s.As(s.Ada, "acceptOffer"), s.DB, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision})
				answers <- err
			})
		}
		all.Wait()
		close(answers)
		won := 0
		for err := range answers {
			var illegal *fault.IllegalTransitionError
			var stale *fault.StaleRevisionError
			switch {
			case err == nil:
				won++
			case !errors.As(err, &illegal) && !errors.As(err, &stale):
				t.Errorf("a loser heard %v", err)
			}
		}
		engagements, err := s.DB.Read.Engagement.Query().Count(s.All())
		if won != 1 || err != nil || engagements != 1 || s.money(o.ID) != paymentrecord.StatusHeld {
			t.Errorf("%d won, %d engagements, %v", won, engagements, err)
		}
		accepted := 0
		for _, e := range s.Heard() {
			if e == stage.Hears("eit", event.OfferAccepted)[0] {
				accepted++
			}
		}
		if accepted != 1 {
			t.Errorf("%d events of acceptance, want 1", accepted)
		}
		s.ledger()
	})
}

// TestTheLastSeatIsTakenOnce lets several talents accept offers for one seat.
func TestTheLastSeatIsTakenOnce(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 1)
		var talents []viewer.Viewer
		var offers []gid.ID
		for range 32 {
			v := s.Talent("Someone")
			talents, offers = append(talents, v), append(offers, s.offered(v, p).ID)
		}
		answers := make([]error, len(talents))
		var all sync.WaitGroup
		for i, v := range talents {
			all.Go(func() {
				_, answers[i] = AcceptOffer(s.As(v, "acceptOffer"), s.DB, AcceptOfferInput{OfferID: offers[i], ExpectedRevision: 1})
			})
		}
		all.Wait()
		won := 0
		for _, err := range answers {
			var illegal *fault.IllegalTransitionError
			if err == nil {
				won++
			} else if !errors.As(err, &illegal) {
				t.Errorf("a loser heard %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d took the seat", won)
		}
	})
}

func TestDeclineOffer(t *testing.T) {
	each(t, func(s *scene) {
		o := s.offered(s.Ada, s.project(1, 1))
		reason := "I found something else."
		in := DeclineOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision, Reason: &reason}
		stage.Refuses(s, s.Stranger, DeclineOffer, in, fault.CodeNotFound, "offerId")
		stage.Refuses(s, s.Recruiter, DeclineOffer, in, fault.CodeNotPermitted, "")
		stage.Does(s, s.Ada, DeclineOffer, in, slices.Concat(stage.Hears("eit", event.OfferDeclined, event.ApplicationOfferDeclined), stage.Hears("et", event.PaymentVoided))...)
		if o := s.offer(o.ID); o.Status != entoffer.StatusDeclined || *o.Reason != reason || o.AnsweredAt == nil {
			t.Errorf("the offer is %v", o)
		}
		if a := s.application(o.ApplicationID); a.Status != entapplication.StatusOfferDeclined || a.DecidedAt == nil {
			t.Errorf("the application is %v", a)
		}
		if got := s.money(o.ID); got != paymentrecord.StatusVoided {
			t.Errorf("the money is %s", got)
		}
		in.ExpectedRevision = 2
		stage.Refuses(s, s.Ada, DeclineOffer, in, fault.CodeIllegalTransition, "")
		s.ledger()
	})
}

func TestWithdrawApplication(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(2, 1)
		o := s.offered(s.Ada, p)
		in := application.WithdrawApplicationInput{ApplicationID: o.ApplicationID, ExpectedRevision: 2}
		stage.Refuses(s, s.Foreigner, WithdrawApplication, in, fault.CodeNotFound, "applicationId")
		stage.Refuses(s, s.Owner, WithdrawApplication, in, fault.CodeNotPermitted, "")
		stale := in
		stale.ExpectedRevision = 1
		stage.Refuses(s, s.Ada, WithdrawApplication, stale, fault.CodeStaleRevision, "expectedRevision")
		stage.Does(s, s.Ada, WithdrawApplication, in, slices.Concat(stage.Hears("eit", event.ApplicationWithdrawn, event.OfferLapsed), stage.Hears("et", event.PaymentVoided))...)
		if a := s.application(o.ApplicationID); a.Status != entapplication.StatusWithdrawn || a.DecidedAt == nil {
			t.Errorf("the application is %v", a)
		}
		if o := s.offer(o.ID); o.Status != entoffer.StatusWithdrawn || o.Reason == nil {
			t.Errorf("the offer is %v", o)
		}
		stage.Refuses(s, s.Ada, AcceptOffer, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: 2}, fault.CodeIllegalTransition, "")

		// With nothing offered there is nothing more to undo, and one may apply again.
		again := s.applied(s.Ada, p)
		stage.Does(s, s.Ada, WithdrawApplication, application.WithdrawApplicationInput{ApplicationID: again.ID, ExpectedRevision: 1}, stage.Hears("eit", event.ApplicationWithdrawn)...)
		s.ledger()
	})
}

func TestAnswerAndWithdrawalAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		for range 5 {
			o := s.offered(s.Ada, s.project(1, 1))
			var all sync.WaitGroup
			answers := make([]error, 2)
			all.Go(func() {
				_, answers[0] = AcceptOffer(s.As(s.Ada, "acceptOffer"), s.DB, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: 1})
			})
			all.Go(func() {
				_, answers[1] = WithdrawApplication(s.As(s.Ada, "withdrawApplication"), s.DB, application.WithdrawApplicationInput{ApplicationID: o.ApplicationID, ExpectedRevision: 2})
			})
			all.Wait()
			if (answers[0] == nil) == (answers[1] == nil) {
				t.Fatalf("both or neither: %v", answers)
			}
		}
	})
}
