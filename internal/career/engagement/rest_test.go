package engagement

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	entjob "github.com/rung-dev/rung/ent/gen/ent/job"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	entoffer "github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
)

func TestPauseAndResumeEngagement(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active(s.Ada, s.project(1, 1))
		in := PauseEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "Exams."}
		stage.Refuses(s, s.Stranger, PauseEngagement, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Foreigner, PauseEngagement, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Recruiter, PauseEngagement, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, PauseEngagement, in, fault.CodeNotPermitted, "")
		stale, mute := in, in
		stale.ExpectedRevision++
		stage.Refuses(s, s.Ada, PauseEngagement, stale, fault.CodeStaleRevision, "expectedRevision")
		mute.Reason = " "
		stage.Refuses(s, s.Ada, PauseEngagement, mute, fault.CodeInvalidValue, "reason")

		stage.Does(s, s.Ada, PauseEngagement, in, stage.Hears("eit", event.EngagementPaused)...)
		e = s.engagement(e.ID)
		if by := PausedBy(e); e.Status != entengagement.StatusPaused || e.HandInBy == nil || by == nil || *by != entengagement.TerminatedByTalent {
			t.Errorf("the engagement is %v", e)
		}
		d := s.deliverables(e.ID)[0]
		stage.Refuses(s, s.Ada, SubmitDeliverable, SubmitDeliverableInput{DeliverableID: d.ID, ExpectedRevision: d.Revision, Links: []string{"https://example.com"}}, fault.CodeIllegalTransition, "")
		in.ExpectedRevision = e.Revision
		stage.Refuses(s, s.Ada, PauseEngagement, in, fault.CodeIllegalTransition, "")
		s.Clock.Set(e.HandInBy.Add(-time.Minute))
		s.due()
		if got := s.engagement(e.ID).Status; got != entengagement.StatusPaused {
			t.Errorf("while it rested it became %s", got)
		}

		resume := ResumeEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision}
		stage.Refuses(s, s.Stranger, ResumeEngagement, resume, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Recruiter, ResumeEngagement, resume, fault.CodeNotPermitted, "")
		stage.Does(s, s.Supervisor, ResumeEngagement, resume, stage.Hears("eit", event.EngagementResumed)...)
		e = s.engagement(e.ID)
		if left := e.HandInBy.Sub(s.Clock.Now()); e.Status != entengagement.StatusActive || e.PauseReason != nil || left < grace-time.Minute || left > grace+time.Minute {
			t.Errorf("it goes on with %s left: %v", left, e)
		}
		resume.ExpectedRevision = e.Revision
		stage.Refuses(s, s.Supervisor, ResumeEngagement, resume, fault.CodeIllegalTransition, "")
		s.handIn(s.Ada, d)
	})
}

// missed is work that was not handed in.
func (s *scene) missed(id gid.ID) {
	s.Helper()
	s.Clock.Set(s.engagement(id).HandInBy.Add(time.Minute))
	s.due()
}

func TestWorkThatIsNotHandedInIsIncomplete(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 2)
		e := s.active(s.Ada, p)
		s.handIn(s.Ada, s.deliverables(e.ID)[0])
		s.Clock.Set(e.HandInBy.Add(-time.Minute))
		s.due()
		if got := s.engagement(e.ID).Status; got != entengagement.StatusActive {
			t.Fatalf("before its end it is %s", got)
		}
		s.missed(e.ID)
		e = s.engagement(e.ID)
		if e.Status != entengagement.StatusIncomplete || e.ReopenBy == nil || e.HandInBy != nil || s.microProject(p).Status != microproject.StatusInProgress {
			t.Fatalf("the engagement is %v", e)
		}
		in := ReopenEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision, EndsOn: "2026-04-20"}
		stage.Refuses(s, s.Stranger, ReopenEngagement, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Ada, ReopenEngagement, in, fault.CodeNotPermitted, "")
		past := in
		past.EndsOn = "2026-03-20"
		stage.Refuses(s, s.Supervisor, ReopenEngagement, past, fault.CodeInvalidValue, "endsOn")
		stage.Does(s, s.Supervisor, ReopenEngagement, in, stage.Hears("eit", event.EngagementReopened)...)
		e = s.engagement(e.ID)
		if e.Status != entengagement.StatusActive || e.ReopenBy != nil || e.IncompleteAt != nil || e.EndsOn != "2026-04-20" {
			t.Errorf("taken up again it is %v", e)
		}

		s.missed(e.ID)
		s.Clock.Skip(reopenTime - time.Hour)
		s.due()
		if got := s.money(e.OfferID); got != paymentrecord.StatusHeld {
			t.Errorf("while it can be taken up again the money is %s", got)
		}
		s.Clock.Skip(2 * time.Hour)
		s.due()
		e = s.engagement(e.ID)
		if e.Status != entengagement.StatusIncomplete || e.ReopenBy != nil || s.money(e.OfferID) != paymentrecord.StatusFrozen {
			t.Errorf("in the end it is %v, its money %s", e, s.money(e.OfferID))
		}
		if d := s.deliverables(e.ID)[1]; d.Status != deliverable.StatusCancelled {
			t.Errorf("what was not handed in is %s", d.Status)
		}
		in.ExpectedRevision, in.EndsOn = e.Revision, "2026-06-30"
		stage.Refuses(s, s.Supervisor, ReopenEngagement, in, fault.CodeWindowClosed, "engagementId")
		stage.Refuses(s, s.Supervisor, TerminateEngagement, TerminateEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "Over."}, fault.CodeIllegalTransition, "")
		s.ledger()
	})
}

func TestNothingHandedInIsNotPaid(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active(s.Ada, s.project(1, 1))
		s.missed(e.ID)
		s.Clock.Skip(reopenTime + time.Minute)
		s.due()
		if got := s.money(e.OfferID); got != paymentrecord.StatusRefunded {
			t.Errorf("the money is %s", got)
		}
		s.ledger()
	})
}

func TestExtendDeliverableDueDate(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active(s.Ada, s.project(1, 1))
		d := s.deliverables(e.ID)[0]
		in := ExtendDeliverableDueDateInput{DeliverableID: d.ID, ExpectedRevision: d.Revision, DueOn: "2026-04-10"}
		stage.Refuses(s, s.Stranger, ExtendDeliverableDueDate, in, fault.CodeNotFound, "deliverableId")
		stage.Refuses(s, s.Ada, ExtendDeliverableDueDate, in, fault.CodeNotPermitted, "")
		sooner, stale := in, in
		sooner.DueOn, stale.ExpectedRevision = "2026-03-12", 7
		stage.Refuses(s, s.Supervisor, ExtendDeliverableDueDate, sooner, fault.CodeInvalidValue, "dueOn")
		stage.Refuses(s, s.Supervisor, ExtendDeliverableDueDate, stale, fault.CodeStaleRevision, "expectedRevision")
		stage.Does(s, s.Supervisor, ExtendDeliverableDueDate, in, stage.Hears("eit", event.DeliverableExtended)...)
		before := e.HandInBy
		e, d = s.engagement(e.ID), s.deliverables(e.ID)[0]
		if e.EndsOn != "2026-04-10" || !e.HandInBy.After(*before) || d.DueAt.Month() != time.April || d.Status != deliverable.StatusPlanned {
			t.Errorf("the work ends on %s, until %s, the deliverable on %s", e.EndsOn, e.HandInBy, d.DueAt)
		}
		s.handIn(s.Ada, d)
		in.ExpectedRevision, in.DueOn = 3, "2026-05-10"
		stage.Refuses(s, s.Supervisor, ExtendDeliverableDueDate, in, fault.CodeIllegalTransition, "")
	})
}

func TestReviseAndWithdrawOffer(t *testing.T) {
	each(t, func(s *scene) {
		o := s.offered(s.Ada, s.project(1, 1))
		in := ReviseOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision, StartsOn: "2026-03-16", EndsOn: "2026-03-27"}
		stage.Refuses(s, s.Stranger, ReviseOffer, in, fault.CodeNotFound, "offerId")
		stage.Refuses(s, s.Foreigner, ReviseOffer, in, fault.CodeNotFound, "offerId")
		stage.Refuses(s, s.Ada, ReviseOffer, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Supervisor, ReviseOffer, in, fault.CodeNotPermitted, "")
		backwards := in
		backwards.EndsOn = "2026-03-15"
		stage.Refuses(s, s.Recruiter, ReviseOffer, backwards, fault.CodeInvalidValue, "endsOn")
		s.Clock.Skip(10 * 24 * time.Hour)
		stage.Does(s, s.Recruiter, ReviseOffer, in, stage.Hears("eit", event.OfferRevised)...)
		s.Clock.Skip(10 * 24 * time.Hour)
		s.due()
		o = s.offer(o.ID)
		if o.Status != entoffer.StatusSent || o.StartsOn != "2026-03-16" || o.Message != nil {
			t.Fatalf("the offer is %v", o)
		}
		stage.Refuses(s, s.Ada, AcceptOffer, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: 1}, fault.CodeStaleRevision, "expectedRevision")

		back := WithdrawOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision, Reason: "The budget is gone."}
		stage.Refuses(s, s.Stranger, WithdrawOffer, back, fault.CodeNotFound, "offerId")
		stage.Refuses(s, s.Ada, WithdrawOffer, back, fault.CodeNotPermitted, "")
		stage.Does(s, s.Recruiter, WithdrawOffer, back, slices.Concat(
			stage.Hears("eit", event.OfferWithdrawn, event.ApplicationReturned), stage.Hears("et", event.PaymentVoided))...)
		o = s.offer(o.ID)
		if o.Status != entoffer.StatusWithdrawn || s.application(o.ApplicationID).Status == entapplication.StatusOffered || s.money(o.ID) != paymentrecord.StatusVoided {
			t.Errorf("the offer is %v, its application %v", o, s.application(o.ApplicationID))
		}
		back.ExpectedRevision, in.ExpectedRevision = o.Revision, o.Revision
		stage.Refuses(s, s.Recruiter, WithdrawOffer, back, fault.CodeIllegalTransition, "")
		stage.Refuses(s, s.Recruiter, ReviseOffer, in, fault.CodeIllegalTransition, "")
		s.ledger()
	})
}

// Each is reminded once, and only who can still do something.
func TestReminders(t *testing.T) {
	each(t, func(s *scene) {
		waiting := s.offered(s.Foreigner, s.project(1, 1))
		before := len(s.Heard())
		s.Clock.Set(waiting.SentAt.Add(answerTime - reminder + time.Minute))
		s.due()
		s.due()
		stage.Equal(s, "an offer's reminder", s.Heard()[before:], stage.Hears("t", event.OfferAnswerDue))

		s.Clock.Set(waiting.SentAt)
		e := s.active(s.Ada, s.project(1, 1))
		s.handIn(s.Ada, s.deliverables(e.ID)[0])
		d := s.deliverables(e.ID)[0]
		before = len(s.Heard())
		s.Clock.Set(d.SubmittedAt.Add(fortnight - reminder + time.Minute))
		s.due()
		s.due()
		if got, want := s.Heard()[before:], stage.Hears("e", event.DeliverableDecisionDue)[0]; !slices.Contains(got, want) {
			t.Errorf("heard %v, want %v among it", got, want)
		}
		d = s.deliverables(e.ID)[0]
		stage.Must(s, s.Supervisor, AcceptDeliverable, AcceptDeliverableInput{DeliverableID: d.ID, ExpectedRevision: d.Revision})
		e = s.engagement(e.ID)
		stage.Must(s, s.Supervisor, CompleteEngagement, CompleteEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision})
		waits, err := s.DB.Read.Job.Query().Where(entjob.KindIn(string(PublishEvaluations), string(RemindOfEvaluation)), entjob.StatusEQ(entjob.StatusQueued)).
			Order(ent.Asc(entjob.FieldRunAt)).All(s.All())
		by := EvaluateBy(s.engagement(e.ID))
		if err != nil || len(waits) != 2 || !waits[0].RunAt.Equal(by.Add(-reminder)) || !waits[1].RunAt.Equal(*by) {
			t.Errorf("what waits for evaluations is %v, %v", waits, err)
		}
	})
}

// Where AI use is to be disclosed, a hand-in says which tools were used; and no
// agreement not to disclose is signed where the project asks for none.
func TestWhatAProjectAsksOfTheWork(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 1)
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
			return p, tx.MicroProject.Update().Where(microproject.ID(p)).SetAiUse(microproject.AiUseDisclosed).SetRequiresNda(false).Exec(ctx)
		})
		e := s.active(s.Ada, p)
		if documents := s.agreements(e.OfferID); len(documents) != 2 {
			t.Errorf("there are %d documents", len(documents))
		}
		d := s.deliverables(e.ID)[0]
		in := SubmitDeliverableInput{DeliverableID: d.ID, ExpectedRevision: d.Revision, Links: []string{"https://example.com/a"}}
		stage.Refuses(s, s.Ada, SubmitDeliverable, in, fault.CodeInvalidValue, "aiDisclosure")
		said := "None."
		in.AiDisclosure = &said
		stage.Must(s, s.Ada, SubmitDeliverable, in)
	})
}
