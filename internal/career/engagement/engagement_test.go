package engagement

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	entoffer "github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/ent/gen/ent/planneddeliverable"
	"github.com/rung-dev/rung/ent/gen/ent/submission"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
)

func TestConfirmKickOff(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 2)
		e := s.accepted(s.Ada, p)
		plan, err := s.DB.Read.PlannedDeliverable.Query().Where(planneddeliverable.MicroProjectID(p)).Order(planneddeliverable.ByPosition()).All(s.All())
		if err != nil {
			t.Fatal(err)
		}
		in := s.kickOff(e)
		in.DueDays = []*DueDayInput{{PlannedDeliverableID: plan[0].ID, DueOn: "2026-03-13"}}
		stage.Refuses(s, s.Stranger, ConfirmKickOff, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Foreigner, ConfirmKickOff, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Recruiter, ConfirmKickOff, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, ConfirmKickOff, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, ConfirmKickOff, in, fault.CodeNotPermitted, "")
		stale, early, unknown := in, in, in
		stale.ExpectedRevision = 9
		stage.Refuses(s, s.Supervisor, ConfirmKickOff, stale, fault.CodeStaleRevision, "expectedRevision")
		early.DueDays = []*DueDayInput{{PlannedDeliverableID: plan[0].ID, DueOn: "2026-03-08"}}
		stage.Refuses(s, s.Supervisor, ConfirmKickOff, early, fault.CodeInvalidValue, "dueDays.0.dueOn")
		unknown.DueDays = []*DueDayInput{{PlannedDeliverableID: s.planOf(s.project(1, 1)), DueOn: "2026-03-13"}}
		stage.Refuses(s, s.Supervisor, ConfirmKickOff, unknown, fault.CodeNotFound, "dueDays.0.plannedDeliverableId")

		stage.Does(s, s.Supervisor, ConfirmKickOff, in, stage.Hears("eit", event.EngagementKickedOff)...)
		e = s.engagement(e.ID)
		k := KickOffOf(e)
		if e.Status != entengagement.StatusPendingGates || k == nil || k.Communication != "A call on Mondays" || k.TimeZone != "America/New_York" || e.KickedOffByID != s.Supervisor.Person {
			t.Errorf("the engagement is %v", e)
		}
		stage.Refuses(s, s.Supervisor, ConfirmKickOff, s.kickOff(e), fault.CodeAlreadyExists, "engagementId")

		s.signed(s.Ada, e.OfferID)
		s.Clock.On("2026-03-09")
		e = s.engagement(e.ID)
		stage.Must(s, s.Ada, StartEngagement, StartEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision})
		// Summer time has begun in New York: a day ends at four in the morning UTC.
		want := []time.Time{time.Date(2026, 3, 14, 3, 59, 59, 999e6, time.UTC), time.Date(2026, 3, 21, 3, 59, 59, 999e6, time.UTC)}
		for i, d := range s.deliverables(e.ID) {
			if !d.DueAt.Equal(want[i]) {
				t.Errorf("part %d is due at %s, want %s", i+1, d.DueAt, want[i])
			}
		}
	})
}

func (s *scene) planOf(project gid.ID) gid.ID {
	s.Helper()
	id, err := s.DB.Read.PlannedDeliverable.Query().Where(planneddeliverable.MicroProjectID(project)).FirstID(s.All())
	return row(s, id, err)
}

func TestKickOffIsTheLastGate(t *testing.T) {
	each(t, func(s *scene) {
		e := s.accepted(s.Ada, s.project(1, 1))
		s.signed(s.Ada, e.OfferID)
		stage.Does(s, s.Owner, ConfirmKickOff, s.kickOff(s.engagement(e.ID)), stage.Hears("eit", event.EngagementKickedOff, event.EngagementReady)...)
		if got := s.engagement(e.ID).Status; got != entengagement.StatusReady {
			t.Errorf("the engagement is %s", got)
		}
	})
}

func TestStartEngagement(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 2)
		waiting := s.accepted(s.Ada, s.project(1, 1))
		stage.Refuses(s, s.Ada, StartEngagement, StartEngagementInput{EngagementID: waiting.ID, ExpectedRevision: 1}, fault.CodeIllegalTransition, "")

		e := s.ready(s.Ada, p)
		in := StartEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision}
		stage.Refuses(s, s.Foreigner, StartEngagement, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Owner, StartEngagement, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, StartEngagement, in, fault.CodeWindowClosed, "engagementId")
		// In UTC it is the ninth, in New York still the eighth.
		s.Clock.Set(time.Date(2026, 3, 9, 3, 30, 0, 0, time.UTC))
		stage.Refuses(s, s.Ada, StartEngagement, in, fault.CodeWindowClosed, "engagementId")
		s.Clock.Set(time.Date(2026, 3, 9, 4, 30, 0, 0, time.UTC))
		stale := in
		stale.ExpectedRevision = 1
		stage.Refuses(s, s.Ada, StartEngagement, stale, fault.CodeStaleRevision, "expectedRevision")

		stage.Does(s, s.Ada, StartEngagement, in, slices.Concat(stage.Hears("eit", event.EngagementStarted), stage.Hears("ew", event.MicroProjectStarted))...)
		if e := s.engagement(e.ID); e.Status != entengagement.StatusActive || e.StartedAt == nil {
			t.Errorf("the engagement is %v", e)
		}
		deliverables := s.deliverables(e.ID)
		if len(deliverables) != 2 || deliverables[0].Title != "Part 1" || deliverables[1].Status != deliverable.StatusPlanned {
			t.Errorf("the deliverables are %v", deliverables)
		}
		stage.Refuses(s, s.Ada, StartEngagement, in, fault.CodeIllegalTransition, "")
	})
}

func TestStartRefusesOnACancelledProject(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(2, 1)
		e := s.ready(s.Ada, p)
		s.Clock.On("2026-03-09")
		s.cancel(p)
		stage.Refuses(s, s.Ada, StartEngagement, StartEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision}, fault.CodeIllegalTransition, "")
	})
}

func TestSubmitDeliverable(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active(s.Ada, s.project(1, 2))
		parts := s.deliverables(e.ID)
		note := "Here it is."
		in := SubmitDeliverableInput{DeliverableID: parts[0].ID, ExpectedRevision: 1, Note: &note, Links: []string{"https://example.com/r.pdf"}}
		stage.Refuses(s, s.Foreigner, SubmitDeliverable, in, fault.CodeNotFound, "deliverableId")
		stage.Refuses(s, s.Stranger, SubmitDeliverable, in, fault.CodeNotFound, "deliverableId")
		stage.Refuses(s, s.Supervisor, SubmitDeliverable, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, SubmitDeliverable, in, fault.CodeNotPermitted, "")
		stale, empty, odd := in, in, in
		stale.ExpectedRevision = 2
		stage.Refuses(s, s.Ada, SubmitDeliverable, stale, fault.CodeStaleRevision, "expectedRevision")
		empty.Note, empty.Links = nil, nil
		stage.Refuses(s, s.Ada, SubmitDeliverable, empty, fault.CodeInvalidValue, "note")
		odd.Links = []string{"javascript:alert(1)"}
		stage.Refuses(s, s.Ada, SubmitDeliverable, odd, fault.CodeInvalidValue, "links.0")

		done := stage.Does(s, s.Ada, SubmitDeliverable, in, stage.Hears("eit", event.DeliverableSubmitted)...)
		sub, err := s.DB.Read.Submission.Get(s.All(), done.SubmissionID)
		if err != nil || sub.Number != 1 || *sub.Note != note || !slices.Equal(sub.Links, in.Links) {
			t.Errorf("the submission is %v, %v", sub, err)
		}
		if d := s.deliverables(e.ID)[0]; d.Status != deliverable.StatusSubmitted || d.SubmissionCount != 1 || d.SubmittedAt == nil {
			t.Errorf("the deliverable is %v", d)
		}
		in.ExpectedRevision = 2
		stage.Refuses(s, s.Ada, SubmitDeliverable, in, fault.CodeIllegalTransition, "")

		last := SubmitDeliverableInput{DeliverableID: parts[1].ID, ExpectedRevision: 1, Note: &note}
		stage.Does(s, s.Ada, SubmitDeliverable, last, stage.Hears("eit", event.DeliverableSubmitted, event.EngagementSubmitted)...)
		if e := s.engagement(e.ID); e.Status != entengagement.StatusSubmitted || e.SubmittedAt == nil {
			t.Errorf("the engagement is %v", e)
		}
	})
}

// TestTheLastTwoAreSubmittedAtOnce must leave the engagement submitted.
func TestTheLastTwoAreSubmittedAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active(s.Ada, s.project(1, 2))
		var all sync.WaitGroup
		for _, d := range s.deliverables(e.ID) {
			all.Go(func() {
				in := SubmitDeliverableInput{DeliverableID: d.ID, ExpectedRevision: 1, Links: []string{"https://example.com"}}
				if _, err := SubmitDeliverable(s.As(s.Ada, "submitDeliverable"), s.DB, in); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := s.engagement(e.ID).Status; got != entengagement.StatusSubmitted {
			t.Errorf("the engagement is %s", got)
		}
	})
}

func TestRevisionAndCompletion(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 2)
		e := s.active(s.Ada, p)
		parts := s.deliverables(e.ID)
		back := RequestDeliverableRevisionInput{DeliverableID: parts[0].ID, ExpectedRevision: 1, Reasons: []string{"The source is missing."}}
		stage.Refuses(s, s.Supervisor, RequestDeliverableRevision, back, fault.CodeIllegalTransition, "")
		s.handIn(s.Ada, parts[0])
		s.handIn(s.Ada, parts[1])

		back.ExpectedRevision = 2
		stage.Refuses(s, s.Stranger, RequestDeliverableRevision, back, fault.CodeNotFound, "deliverableId")
		stage.Refuses(s, s.Recruiter, RequestDeliverableRevision, back, fault.CodeNotPermitted, "")
		none := back
		none.Reasons = nil
		stage.Refuses(s, s.Supervisor, RequestDeliverableRevision, none, fault.CodeInvalidValue, "reasons")
		stage.Does(s, s.Supervisor, RequestDeliverableRevision, back, stage.Hears("eit", event.DeliverableRevisionRequested, event.EngagementReturned)...)
		if d, e := s.deliverables(e.ID)[0], s.engagement(e.ID); d.Status != deliverable.StatusRevisionRequested ||
			!slices.Equal(d.RevisionReasons, back.Reasons) || e.Status != entengagement.StatusActive || e.SubmittedAt != nil {
			t.Errorf("the deliverable is %v, the engagement %v", d, e)
		}
		again := s.handIn(s.Ada, s.deliverables(e.ID)[0])
		number, err := s.DB.Read.Submission.Query().Where(submission.ID(again.SubmissionID)).Only(s.All())
		if err != nil || number.Number != 2 || len(s.deliverables(e.ID)[0].RevisionReasons) > 0 {
			t.Errorf("the second submission is %v, %v", number, err)
		}

		complete := CompleteEngagementInput{EngagementID: e.ID, ExpectedRevision: s.engagement(e.ID).Revision}
		stage.Refuses(s, s.Supervisor, CompleteEngagement, complete, fault.CodeIllegalTransition, "")
		for _, d := range s.deliverables(e.ID) {
			in := AcceptDeliverableInput{DeliverableID: d.ID, ExpectedRevision: d.Revision}
			stage.Refuses(s, s.Foreigner, AcceptDeliverable, in, fault.CodeNotFound, "deliverableId")
			stage.Refuses(s, s.Ada, AcceptDeliverable, in, fault.CodeNotPermitted, "")
			stage.Does(s, s.Supervisor, AcceptDeliverable, in, stage.Hears("eit", event.DeliverableAccepted)...)
		}
		if d := s.deliverables(e.ID)[1]; d.Status != deliverable.StatusAccepted || d.AcceptedAt == nil {
			t.Errorf("the deliverable is %v", d)
		}
		stage.Refuses(s, s.Stranger, CompleteEngagement, complete, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Ada, CompleteEngagement, complete, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Recruiter, CompleteEngagement, complete, fault.CodeNotPermitted, "")
		done := stage.Does(s, s.Supervisor, CompleteEngagement, complete,
			slices.Concat(stage.Hears("eit", event.EngagementCompleted), stage.Hears("ew", event.MicroProjectCompleted), stage.Hears("et", event.PaymentReleased))...)
		if e := s.engagement(e.ID); e.Status != entengagement.StatusCompleted || e.CompletedAt == nil || s.money(e.OfferID) != paymentrecord.StatusReleasing || done.PaymentRecordID.IsNone() {
			t.Errorf("the engagement is %v, its money %s", e, s.money(e.OfferID))
		}
		if got := s.microProject(p).Status; got != microproject.StatusCompleted {
			t.Errorf("the project is %s", got)
		}
		stage.Refuses(s, s.Supervisor, TerminateEngagement, TerminateEngagementInput{EngagementID: e.ID, ExpectedRevision: 1, Reason: "Too late"}, fault.CodeIllegalTransition, "")
		s.ledger()
	})
}

func TestTerminateBeforeTheStart(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 1)
		e := s.ready(s.Ada, p)
		in := TerminateEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "I am ill."}
		stage.Refuses(s, s.Foreigner, TerminateEngagement, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Stranger, TerminateEngagement, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Recruiter, TerminateEngagement, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, TerminateEngagement, in, fault.CodeNotPermitted, "")
		short := in
		short.Reason = "no"
		stage.Refuses(s, s.Ada, TerminateEngagement, short, fault.CodeInvalidValue, "reason")
		done := stage.Does(s, s.Ada, TerminateEngagement, in, slices.Concat(stage.Hears("eit", event.EngagementTerminated, event.OfferVoided),
			stage.Hears("ew", event.MicroProjectReopened), stage.Hears("et", event.PaymentRefunded))...)
		e = s.engagement(e.ID)
		if e.Status != entengagement.StatusTerminated || *e.TerminatedBy != entengagement.TerminatedByTalent || *e.Reason != in.Reason || done.PaymentRecordID.IsNone() {
			t.Errorf("the engagement is %v", e)
		}
		if o := s.offer(e.OfferID); o.Status != entoffer.StatusVoid || s.money(o.ID) != paymentrecord.StatusRefunded {
			t.Errorf("the offer is %v, its money %s", o, s.money(o.ID))
		}
		// The seat is free for somebody else.
		if again := s.accepted(s.Foreigner, p); *s.offer(again.OfferID).Seat != 1 {
			t.Errorf("the seat is %d", *s.offer(again.OfferID).Seat)
		}
		s.ledger()
	})
}

func TestTerminateWithNothingHandedIn(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active(s.Ada, s.project(1, 2))
		stage.Does(s, s.Supervisor, TerminateEngagement, TerminateEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "We changed our plans."},
			slices.Concat(stage.Hears("eit", event.EngagementTerminated, event.DeliverableCancelled, event.DeliverableCancelled), stage.Hears("et", event.PaymentRefunded))...)
		if e := s.engagement(e.ID); *e.TerminatedBy != entengagement.TerminatedByEmployer || s.money(e.OfferID) != paymentrecord.StatusRefunded {
			t.Errorf("the engagement is %v, its money %s", e, s.money(e.OfferID))
		}
		d := s.deliverables(e.ID)[0]
		if d.Status != deliverable.StatusCancelled {
			t.Errorf("the deliverable is %v", d)
		}
		stage.Refuses(s, s.Ada, SubmitDeliverable, SubmitDeliverableInput{DeliverableID: d.ID, ExpectedRevision: d.Revision, Links: []string{"https://example.com"}}, fault.CodeIllegalTransition, "")
		s.ledger()
	})
}

func TestTerminateWithWorkHandedIn(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active(s.Ada, s.project(1, 2))
		parts := s.deliverables(e.ID)
		s.handIn(s.Ada, parts[0])
		stage.Must(s, s.Supervisor, AcceptDeliverable, AcceptDeliverableInput{DeliverableID: parts[0].ID, ExpectedRevision: 2})
		stage.Does(s, s.Ada, TerminateEngagement, TerminateEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "I am ill."},
			slices.Concat(stage.Hears("eit", event.EngagementTerminated, event.DeliverableCancelled), stage.Hears("et", event.PaymentFrozen))...)
		if got := s.money(e.OfferID); got != paymentrecord.StatusFrozen {
			t.Errorf("the money is %s", got)
		}
		if got := s.deliverables(e.ID)[0].Status; got != deliverable.StatusAccepted {
			t.Errorf("the accepted deliverable is %s", got)
		}
		s.ledger()
	})
}

// TestTheLastWorkOfAProjectEnds: a project under way ends when its last seat is
// left before the start.
func TestTheLastWorkOfAProjectEnds(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(2, 1)
		waiting := s.accepted(s.Foreigner, p)
		s.completed(s.Ada, p)
		if got := s.microProject(p).Status; got != microproject.StatusInProgress {
			t.Fatalf("the project is %s", got)
		}
		stage.Must(s, s.Foreigner, TerminateEngagement, TerminateEngagementInput{EngagementID: waiting.ID, ExpectedRevision: waiting.Revision, Reason: "I am ill."})
		if got := s.microProject(p).Status; got != microproject.StatusCompleted {
			t.Errorf("the project is %s", got)
		}
	})
}
