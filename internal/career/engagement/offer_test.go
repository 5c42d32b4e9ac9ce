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
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestExtendOffer(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(2, 1)
		a := s.applied(s.ada, p)
		in := s.terms(a)
		refuses(s, s.stranger, ExtendOffer, in, fault.CodeNotFound, "applicationId")
		refuses(s, s.foreigner, ExtendOffer, in, fault.CodeNotFound, "applicationId")
		refuses(s, s.supervisor, ExtendOffer, in, fault.CodeNotPermitted, "")
		refuses(s, s.ada, ExtendOffer, in, fault.CodeNotPermitted, "")
		refuses(s, s.staff, ExtendOffer, in, fault.CodeNotPermitted, "")
		stale, past, backwards := in, in, in
		stale.ExpectedRevision++
		refuses(s, s.recruiter, ExtendOffer, stale, fault.CodeStaleRevision, "expectedRevision")
		past.StartsOn = "2026-03-01"
		refuses(s, s.recruiter, ExtendOffer, past, fault.CodeInvalidValue, "startsOn")
		backwards.EndsOn = "2026-03-08"
		refuses(s, s.recruiter, ExtendOffer, backwards, fault.CodeInvalidValue, "endsOn")

		done := does(s, s.recruiter, ExtendOffer, in, slices.Concat(
			hears("eit", event.OfferExtended, event.ApplicationOffered), hears("et", event.PaymentAuthorized))...)
		o := s.offer(done.OfferID)
		if o.Status != entoffer.StatusSent || o.FeeMinor != 50_000 || o.Currency != "USD" || o.Hours != 20 || o.TalentID != s.ada.Talent {
			t.Errorf("the offer is %v", o)
		}
		if a := s.application(a.ID); a.Status != entapplication.StatusOffered || a.DecidedAt != nil || a.Revision != 2 {
			t.Errorf("the application is %v", a)
		}
		if got := s.money(o.ID); got != paymentrecord.StatusAuthorized {
			t.Errorf("the money is %s", got)
		}
		in.ExpectedRevision = 2
		refuses(s, s.recruiter, ExtendOffer, in, fault.CodeIllegalTransition, "")
	})
}

func TestExtendOfferNeedsAnOpenProject(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 1)
		a := s.applied(s.foreigner, p)
		s.accepted(s.ada, p)
		refuses(s, s.recruiter, ExtendOffer, s.terms(a), fault.CodeIllegalTransition, "")
	})
}

func TestAcceptOffer(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 1)
		o := s.offered(s.ada, p)
		rival := s.offered(s.foreigner, p)
		in := AcceptOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision}
		refuses(s, s.foreigner, AcceptOffer, in, fault.CodeNotFound, "offerId")
		refuses(s, s.stranger, AcceptOffer, in, fault.CodeNotFound, "offerId")
		refuses(s, s.outsider, AcceptOffer, in, fault.CodeNotFound, "offerId")
		refuses(s, s.owner, AcceptOffer, in, fault.CodeNotPermitted, "")
		refuses(s, s.ada, AcceptOffer, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: 7}, fault.CodeStaleRevision, "expectedRevision")

		done := does(s, s.ada, AcceptOffer, in, slices.Concat(hears("eit", event.OfferAccepted), hears("ew", event.MicroProjectFilled),
			hears("eit", event.ApplicationAccepted), hears("et", event.PaymentHeld), hears("eit", event.EngagementPrepared))...)
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
			if d.TextHash != HashOf(TextOf(d.Kind, d.TextVersion)) || IsSigned(d) {
				t.Errorf("the document is %v", d)
			}
		}
		if got := s.money(o.ID); got != paymentrecord.StatusHeld {
			t.Errorf("the money is %s", got)
		}
		if got := s.microProject(p).Status; got != microproject.StatusFilled {
			t.Errorf("the project is %s", got)
		}
		refuses(s, s.ada, AcceptOffer, in, fault.CodeIllegalTransition, "")
		refuses(s, s.foreigner, AcceptOffer, AcceptOfferInput{OfferID: rival.ID, ExpectedRevision: 1}, fault.CodeIllegalTransition, "")
		s.ledger()
	})
}

func TestAcceptOfferIsReplayed(t *testing.T) {
	each(t, func(s *scene) {
		o := s.offered(s.ada, s.project(2, 1))
		accept := func() Accepted {
			ctx := viewer.WithRequest(viewer.With(t.Context(), s.ada), &viewer.Request{ID: "t", Verb: "acceptOffer", IdempotencyKey: "once", ArgumentHash: []byte("same")})
			done, err := AcceptOffer(ctx, s.db, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision})
			if err != nil {
				t.Fatal(err)
			}
			return done
		}
		first := accept()
		before := s.everything()
		if again := accept(); again != first || s.everything() != before {
			t.Errorf("sent again it answered %v, want %v and no change", again, first)
		}
	})
}

// TestManyAcceptAtOnce lets 200 requests accept one offer. One wins, and each of
// the others hears why it did not.
func TestManyAcceptAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		const many = 200
		o := s.offered(s.ada, s.project(3, 2))
		answers := make(chan error, many)
		var all sync.WaitGroup
		for range many {
			all.Go(func() {
				_, err := AcceptOffer(s.as(s.ada, "acceptOffer"), s.db, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision})
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
		engagements, err := s.db.Read.Engagement.Query().Count(s.all())
		if won != 1 || err != nil || engagements != 1 || s.money(o.ID) != paymentrecord.StatusHeld {
			t.Errorf("%d won, %d engagements, %v", won, engagements, err)
		}
		accepted := 0
		for _, e := range s.events() {
			if e == hears("eit", event.OfferAccepted)[0] {
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
		for range 8 {
			v := s.talent("Someone")
			talents, offers = append(talents, v), append(offers, s.offered(v, p).ID)
		}
		answers := make([]error, len(talents))
		var all sync.WaitGroup
		for i, v := range talents {
			all.Go(func() {
				_, answers[i] = AcceptOffer(s.as(v, "acceptOffer"), s.db, AcceptOfferInput{OfferID: offers[i], ExpectedRevision: 1})
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
		o := s.offered(s.ada, s.project(1, 1))
		reason := "I found something else."
		in := DeclineOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision, Reason: &reason}
		refuses(s, s.stranger, DeclineOffer, in, fault.CodeNotFound, "offerId")
		refuses(s, s.recruiter, DeclineOffer, in, fault.CodeNotPermitted, "")
		does(s, s.ada, DeclineOffer, in, slices.Concat(hears("eit", event.OfferDeclined, event.ApplicationOfferDeclined), hears("et", event.PaymentVoided))...)
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
		refuses(s, s.ada, DeclineOffer, in, fault.CodeIllegalTransition, "")
		s.ledger()
	})
}

func TestWithdrawApplication(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(2, 1)
		o := s.offered(s.ada, p)
		in := application.WithdrawApplicationInput{ApplicationID: o.ApplicationID, ExpectedRevision: 2}
		refuses(s, s.foreigner, WithdrawApplication, in, fault.CodeNotFound, "applicationId")
		refuses(s, s.owner, WithdrawApplication, in, fault.CodeNotPermitted, "")
		stale := in
		stale.ExpectedRevision = 1
		refuses(s, s.ada, WithdrawApplication, stale, fault.CodeStaleRevision, "expectedRevision")
		does(s, s.ada, WithdrawApplication, in, slices.Concat(hears("eit", event.ApplicationWithdrawn, event.OfferWithdrawn), hears("et", event.PaymentVoided))...)
		if a := s.application(o.ApplicationID); a.Status != entapplication.StatusWithdrawn || a.DecidedAt == nil {
			t.Errorf("the application is %v", a)
		}
		if o := s.offer(o.ID); o.Status != entoffer.StatusWithdrawn || o.Reason == nil {
			t.Errorf("the offer is %v", o)
		}
		refuses(s, s.ada, AcceptOffer, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: 2}, fault.CodeIllegalTransition, "")

		// With nothing offered there is nothing more to undo, and one may apply again.
		again := s.applied(s.ada, p)
		does(s, s.ada, WithdrawApplication, application.WithdrawApplicationInput{ApplicationID: again.ID, ExpectedRevision: 1}, hears("eit", event.ApplicationWithdrawn)...)
		s.ledger()
	})
}

func TestAnswerAndWithdrawalAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		for range 5 {
			o := s.offered(s.ada, s.project(1, 1))
			var all sync.WaitGroup
			answers := make([]error, 2)
			all.Go(func() {
				_, answers[0] = AcceptOffer(s.as(s.ada, "acceptOffer"), s.db, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: 1})
			})
			all.Go(func() {
				_, answers[1] = WithdrawApplication(s.as(s.ada, "withdrawApplication"), s.db, application.WithdrawApplicationInput{ApplicationID: o.ApplicationID, ExpectedRevision: 2})
			})
			all.Wait()
			if (answers[0] == nil) == (answers[1] == nil) {
				t.Fatalf("both or neither: %v", answers)
			}
		}
	})
}

func TestSignAgreement(t *testing.T) {
	each(t, func(s *scene) {
		e := s.accepted(s.ada, s.project(1, 1))
		must(s, s.supervisor, ConfirmKickOff, s.kickOff(e))
		documents := s.agreements(e.OfferID)
		in := SignAgreementInput{AgreementID: documents[0].ID, ExpectedRevision: 1, TextHash: documents[0].TextHash}
		refuses(s, s.foreigner, SignAgreement, in, fault.CodeNotFound, "agreementId")
		refuses(s, s.stranger, SignAgreement, in, fault.CodeNotFound, "agreementId")
		refuses(s, s.staff, SignAgreement, in, fault.CodeNotFound, "agreementId")
		refuses(s, s.supervisor, SignAgreement, in, fault.CodeNotPermitted, "")
		stale, other := in, in
		stale.ExpectedRevision = 2
		refuses(s, s.ada, SignAgreement, stale, fault.CodeStaleRevision, "expectedRevision")
		other.TextHash = documents[1].TextHash
		refuses(s, s.ada, SignAgreement, other, fault.CodeInvalidValue, "textHash")

		does(s, s.ada, SignAgreement, in, hears("et", event.AgreementSigned)...)
		in.ExpectedRevision = 2
		refuses(s, s.ada, SignAgreement, in, fault.CodeAlreadyExists, "agreementId")
		does(s, s.recruiter, SignAgreement, in, hears("et", event.AgreementSigned)...)
		if a := s.agreements(e.OfferID)[0]; !IsSigned(a) || a.TalentSignerID != s.ada.Person || a.EmployerSignerID != s.recruiter.Person {
			t.Errorf("the document is %v", a)
		}
		for i, d := range documents[1:] {
			must(s, s.owner, SignAgreement, SignAgreementInput{AgreementID: d.ID, ExpectedRevision: 1, TextHash: d.TextHash})
			if i == 0 {
				must(s, s.ada, SignAgreement, SignAgreementInput{AgreementID: d.ID, ExpectedRevision: 2, TextHash: d.TextHash})
			}
		}
		if got := s.engagement(e.ID).Status; got != entengagement.StatusPendingGates {
			t.Errorf("with a signature missing the engagement is %s", got)
		}
		does(s, s.ada, SignAgreement, SignAgreementInput{AgreementID: documents[2].ID, ExpectedRevision: 2, TextHash: documents[2].TextHash},
			slices.Concat(hears("et", event.AgreementSigned), hears("eit", event.OfferSigned, event.EngagementReady))...)
		if o := s.offer(e.OfferID); o.Status != entoffer.StatusSigned || o.SignedAt == nil {
			t.Errorf("the offer is %v", o)
		}
		if got := s.engagement(e.ID).Status; got != entengagement.StatusReady {
			t.Errorf("the engagement is %s", got)
		}
		in.ExpectedRevision = 3
		refuses(s, s.ada, SignAgreement, in, fault.CodeIllegalTransition, "")
	})
}

// TestTheLastGatesPassAtOnce lets the last signatures of both sides and the
// kick-off meet: whichever comes last makes the engagement ready.
func TestTheLastGatesPassAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		e := s.accepted(s.ada, s.project(1, 1))
		documents := s.agreements(e.OfferID)
		var all sync.WaitGroup
		errs := make(chan error, 7)
		for _, d := range documents {
			for _, side := range []viewer.Viewer{s.ada, s.recruiter} {
				all.Go(func() { errs <- signWhatever(s, side, d.ID, d.TextHash) })
			}
		}
		all.Go(func() {
			_, err := ConfirmKickOff(s.as(s.supervisor, "confirmKickOff"), s.db, s.kickOff(e))
			errs <- err
		})
		all.Wait()
		close(errs)
		for err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
		if got := s.engagement(e.ID).Status; got != entengagement.StatusReady {
			t.Errorf("the engagement is %s", got)
		}
	})
}

// signWhatever signs at whichever revision the document has.
func signWhatever(s *scene, v viewer.Viewer, id gid.ID, hash string) error {
	for revision := 1; ; revision++ {
		_, err := SignAgreement(s.as(v, "signAgreement"), s.db, SignAgreementInput{AgreementID: id, ExpectedRevision: revision, TextHash: hash})
		var stale *fault.StaleRevisionError
		if !errors.As(err, &stale) || revision > 2 {
			return err
		}
	}
}
