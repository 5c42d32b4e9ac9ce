package engagement

import (
	"testing"

	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	entoffer "github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/stage"
)

func TestDeclineApplication(t *testing.T) {
	each(t, func(s *scene) {
		a := s.applied(s.Ada, s.project(1, 1))
		note := "Somebody had done it before."
		in := application.DeclineApplicationInput{ApplicationID: a.ID, ExpectedRevision: 1, Reason: entapplication.DeclineReasonExperience, Note: &note}
		stage.Refuses(s, s.Stranger, DeclineApplication, in, fault.CodeNotFound, "applicationId")
		stage.Refuses(s, s.Foreigner, DeclineApplication, in, fault.CodeNotFound, "applicationId")
		stage.Refuses(s, s.Outsider, DeclineApplication, in, fault.CodeNotFound, "applicationId")
		stage.Refuses(s, s.Supervisor, DeclineApplication, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, DeclineApplication, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, DeclineApplication, in, fault.CodeNotPermitted, "")
		stale, silent := in, in
		stale.ExpectedRevision = 2
		stage.Refuses(s, s.Recruiter, DeclineApplication, stale, fault.CodeStaleRevision, "expectedRevision")
		silent.Reason, silent.Note = entapplication.DeclineReasonOther, nil
		stage.Refuses(s, s.Recruiter, DeclineApplication, silent, fault.CodeInvalidValue, "note")
		stage.Does(s, s.Recruiter, DeclineApplication, in, stage.Hears("eit", event.ApplicationDeclined)...)
		a = s.application(a.ID)
		if a.Status != entapplication.StatusDeclined || *a.DeclineReason != in.Reason || *a.Reason != note || a.DecidedAt == nil || a.ExpiresAt != nil || a.Revision != 2 {
			t.Errorf("the application is %v", a)
		}
		in.ExpectedRevision = 2
		stage.Refuses(s, s.Recruiter, DeclineApplication, in, fault.CodeIllegalTransition, "")
	})
}

// TestDecliningWithdrawsTheOffer: whoever declines takes back what they offered,
// and the money is let go.
func TestDecliningWithdrawsTheOffer(t *testing.T) {
	each(t, func(s *scene) {
		o := s.offered(s.Ada, s.project(1, 1))
		a := s.application(o.ApplicationID)
		in := application.DeclineApplicationInput{ApplicationID: a.ID, ExpectedRevision: a.Revision, Reason: entapplication.DeclineReasonProjectChanged}
		want := append(stage.Hears("eit", event.ApplicationDeclined, event.OfferLapsed), stage.Hears("et", event.PaymentVoided)...)
		stage.Does(s, s.Recruiter, DeclineApplication, in, want...)
		if got := s.offer(o.ID); got.Status != entoffer.StatusWithdrawn || s.money(o.ID) != paymentrecord.StatusVoided {
			t.Errorf("the offer is %v, its money %s", got, s.money(o.ID))
		}
		stage.Refuses(s, s.Ada, AcceptOffer, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: 2}, fault.CodeIllegalTransition, "")
		s.due()
		s.ledger()
	})
}
