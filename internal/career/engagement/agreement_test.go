package engagement

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	entoffer "github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestSignAgreement(t *testing.T) {
	each(t, func(s *scene) {
		e := s.accepted(s.Ada, s.project(1, 1))
		stage.Must(s, s.Supervisor, ConfirmKickOff, s.kickOff(e))
		documents := s.agreements(e.OfferID)
		in := SignAgreementInput{AgreementID: documents[0].ID, ExpectedRevision: 1, TextHash: documents[0].TextHash}
		stage.Refuses(s, s.Foreigner, SignAgreement, in, fault.CodeNotFound, "agreementId")
		stage.Refuses(s, s.Stranger, SignAgreement, in, fault.CodeNotFound, "agreementId")
		stage.Refuses(s, s.Staff, SignAgreement, in, fault.CodeNotFound, "agreementId")
		stage.Refuses(s, s.Supervisor, SignAgreement, in, fault.CodeNotPermitted, "")
		stale, other := in, in
		stale.ExpectedRevision = 2
		stage.Refuses(s, s.Ada, SignAgreement, stale, fault.CodeStaleRevision, "expectedRevision")
		other.TextHash = documents[1].TextHash
		stage.Refuses(s, s.Ada, SignAgreement, other, fault.CodeInvalidValue, "textHash")

		stage.Does(s, s.Ada, SignAgreement, in, stage.Hears("et", event.AgreementSigned)...)
		in.ExpectedRevision = 2
		stage.Refuses(s, s.Ada, SignAgreement, in, fault.CodeAlreadyExists, "agreementId")
		stage.Does(s, s.Recruiter, SignAgreement, in, stage.Hears("et", event.AgreementSigned)...)
		if a := s.agreements(e.OfferID)[0]; !IsSigned(a) || a.TalentSignerID != s.Ada.Person || a.EmployerSignerID != s.Recruiter.Person {
			t.Errorf("the document is %v", a)
		}
		for i, d := range documents[1:] {
			stage.Must(s, s.Owner, SignAgreement, SignAgreementInput{AgreementID: d.ID, ExpectedRevision: 1, TextHash: d.TextHash})
			if i == 0 {
				stage.Must(s, s.Ada, SignAgreement, SignAgreementInput{AgreementID: d.ID, ExpectedRevision: 2, TextHash: d.TextHash})
			}
		}
		if got := s.engagement(e.ID).Status; got != entengagement.StatusPendingGates {
			t.Errorf("with a signature missing the engagement is %s", got)
		}
		stage.Does(s, s.Ada, SignAgreement, SignAgreementInput{AgreementID: documents[2].ID, ExpectedRevision: 2, TextHash: documents[2].TextHash},
			slices.Concat(stage.Hears("et", event.AgreementSigned), stage.Hears("eit", event.OfferSigned, event.EngagementReady))...)
		if o := s.offer(e.OfferID); o.Status != entoffer.StatusSigned || o.SignedAt == nil {
			t.Errorf("the offer is %v", o)
		}
		if got := s.engagement(e.ID).Status; got != entengagement.StatusReady {
			t.Errorf("the engagement is %s", got)
		}
		in.ExpectedRevision = 3
		stage.Refuses(s, s.Ada, SignAgreement, in, fault.CodeIllegalTransition, "")
	})
}

// TestTheLastGatesPassAtOnce lets the last signatures of both sides and the
// kick-off meet: whichever comes last makes the engagement ready.
func TestTheLastGatesPassAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		e := s.accepted(s.Ada, s.project(1, 1))
		documents := s.agreements(e.OfferID)
		var all sync.WaitGroup
		errs := make(chan error, 7)
		for _, d := range documents {
			for _, side := range []viewer.Viewer{s.Ada, s.Recruiter} {
				all.Go(func() { errs <- signWhatever(s, side, d.ID, d.TextHash) })
			}
		}
		all.Go(func() {
			_, err := ConfirmKickOff(s.As(s.Supervisor, "confirmKickOff"), s.DB, s.kickOff(e))
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

// TestThirtyTwoSignAtOnce lets each document be signed thirty-two times, by both
// sides in turn. Each side's signature counts once, and the last of the six makes
// the engagement ready once.
func TestThirtyTwoSignAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		e := s.accepted(s.Ada, s.project(1, 1))
		stage.Must(s, s.Supervisor, ConfirmKickOff, s.kickOff(e))
		documents := s.agreements(e.OfferID)
		answers, start := make(chan error, 32*len(documents)), make(chan struct{})
		var all sync.WaitGroup
		for n := range 32 {
			side := []viewer.Viewer{s.Ada, s.Recruiter}[n%2]
			for _, d := range documents {
				all.Go(func() {
					<-start
					answers <- signWhatever(s, side, d.ID, d.TextHash)
				})
			}
		}
		close(start)
		all.Wait()
		close(answers)
		won := 0
		for err := range answers {
			told, _ := fault.UserErrors(err)
			if err == nil {
				won++
			} else if len(told) != 1 || told[0].GetCode() != fault.CodeAlreadyExists && told[0].GetCode() != fault.CodeIllegalTransition {
				t.Errorf("a loser heard %v", err)
			}
		}
		if won != 2*len(documents) {
			t.Errorf("%d signatures were taken, want one of each side on each of %d documents", won, len(documents))
		}
		s.signedOnce(e)
	})
}

// signedOnce: each document has one signature of each side, and of each thing
// that comes of it there is one event.
func (s *scene) signedOnce(e *ent.Engagement) {
	s.Helper()
	documents := s.agreements(e.OfferID)
	for _, d := range documents {
		if !IsSigned(d) || d.TalentSignerID != s.Ada.Person || d.EmployerSignerID != s.Recruiter.Person || d.Revision != 3 {
			s.Errorf("a document is %v", d)
		}
	}
	if got := s.engagement(e.ID).Status; got != entengagement.StatusReady {
		s.Errorf("the engagement is %s", got)
	}
	happened := map[string]int{}
	for _, heard := range s.Heard() {
		happened[heard]++
	}
	for heard, want := range map[string]int{
		stage.Hears("et", event.AgreementSigned)[0]:  2 * len(documents),
		stage.Hears("eit", event.OfferSigned)[0]:     1,
		stage.Hears("eit", event.EngagementReady)[0]: 1,
	} {
		if happened[heard] != want {
			s.Errorf("%s happened %d times, want %d", heard, happened[heard], want)
		}
	}
}

// signWhatever signs at whichever revision the document has.
func signWhatever(s *scene, v viewer.Viewer, id gid.ID, hash string) error {
	for revision := 1; ; revision++ {
		_, err := SignAgreement(s.As(v, "signAgreement"), s.DB, SignAgreementInput{AgreementID: id, ExpectedRevision: revision, TextHash: hash})
		var stale *fault.StaleRevisionError
		if !errors.As(err, &stale) || revision > 2 {
			return err
		}
	}
}
