package amendment

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/amendment"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// watched are the tables that a refusal must leave alone.
var watched = []string{
	"amendments", "engagements", "deliverables", "milestones", "payment_records", "ledger_entries", "funding_pools", "funding_pool_entries", "jobs",
}

type scene struct{ *stage.Scene }

// each sets the scene on both engines and runs the test there.
func each(t *testing.T, test func(s *scene)) {
	t.Helper()
	t.Parallel()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) { test(&scene{stage.Set(t, h)}) })
}

// active is work under way until 20 March, with three deliverables: one handed
// in, one sent back and one planned.
func (s *scene) active() *ent.Engagement {
	s.Helper()
	e := s.Completed()
	s.Clock.On("2026-03-10")
	return stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.Engagement, error) {
		for i, status := range []deliverable.Status{deliverable.StatusSubmitted, deliverable.StatusRevisionRequested, deliverable.StatusPlanned} {
			d := tx.Deliverable.Create().SetWorldID(e.WorldID).SetOwnerOrgID(s.Acme).SetEmployerOrgID(s.Acme).SetEngagementID(e.ID).
				SetTalentID(e.TalentID).SetPosition(i + 1).SetTitle("A part").SetAcceptanceCriterion("It is there.").
				SetDueAt(e.EndsOn.EndIn("Europe/Berlin")).SetStatus(status)
			if status != deliverable.StatusPlanned {
				d.SetSubmissionCount(1).SetSubmittedAt(tx.Now)
			}
			if err := d.Exec(ctx); err != nil {
				return nil, err
			}
		}
		return tx.Engagement.UpdateOneID(e.ID).SetStatus(engagement.StatusActive).ClearCompletedAt().SetHandInBy(tx.Now.AddDate(0, 0, 17)).
			SetKickedOffAt(tx.Now).SetKickedOffByID(s.Supervisor.Person).SetCommunication("By mail").SetTimeZone("Europe/Berlin").Save(ctx)
	})
}

func (s *scene) engagement(id gid.ID) *ent.Engagement {
	s.Helper()
	e, err := s.DB.Read.Engagement.Get(s.All(), id)
	if err != nil {
		s.Fatal(err)
	}
	return e
}

func (s *scene) amendment(id gid.ID) *ent.Amendment {
	s.Helper()
	a, err := s.DB.Read.Amendment.Get(s.All(), id)
	if err != nil {
		s.Fatal(err)
	}
	return a
}

func (s *scene) parts(of gid.ID) []*ent.Deliverable {
	s.Helper()
	all, err := s.DB.Read.Deliverable.Query().Where(deliverable.EngagementID(of)).Order(ent.Asc(deliverable.FieldPosition)).All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	return all
}

func day(d calendar.Date) *calendar.Date { return &d }

// later lets the work end a week later.
func later(e *ent.Engagement) ProposeAmendmentInput {
	return ProposeAmendmentInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "The data came late.", EndsOn: day("2026-03-27")}
}

func TestAmendmentsNeedBothSides(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active()
		in := later(e)
		hours, title := 12, "A printed part"
		in.Hours = &hours
		in.AmendedDeliverables = []*AmendedDeliverableInput{{DeliverableID: s.parts(e.ID)[2].ID, Title: &title, DueOn: day("2026-03-26")}}
		in.AddedDeliverables = []*AddedDeliverableInput{{Title: "One more", AcceptanceCriterion: "It is there.", DueOn: "2026-03-27"}}
		for _, outsider := range []viewer.Viewer{s.Stranger, s.Foreigner} {
			stage.Refuses(s, outsider, ProposeAmendment, in, fault.CodeNotFound, "engagementId")
		}
		for _, idle := range []viewer.Viewer{s.Recruiter, s.Staff} {
			stage.Refuses(s, idle, ProposeAmendment, in, fault.CodeNotPermitted, "")
		}
		stale := in
		stale.ExpectedRevision++
		stage.Refuses(s, s.Ada, ProposeAmendment, stale, fault.CodeStaleRevision, "expectedRevision")

		id := stage.Does(s, s.Ada, ProposeAmendment, in, stage.Hears("eit", event.AmendmentProposed)...)
		if now := s.engagement(e.ID); now.EndsOn != e.EndsOn || len(s.parts(e.ID)) != 3 {
			t.Errorf("a proposal has changed %v", now)
		}
		stage.Refuses(s, s.Supervisor, ProposeAmendment, later(e), fault.CodeAlreadyExists, "engagementId")
		accept := AcceptAmendmentInput{id, 1}
		for _, outsider := range []viewer.Viewer{s.Stranger, s.Foreigner} {
			stage.Refuses(s, outsider, AcceptAmendment, accept, fault.CodeNotFound, "amendmentId")
		}
		for _, idle := range []viewer.Viewer{s.Recruiter, s.Staff, s.Ada} {
			stage.Refuses(s, idle, AcceptAmendment, accept, fault.CodeNotPermitted, "")
		}
		stage.Refuses(s, s.Supervisor, AcceptAmendment, AcceptAmendmentInput{id, 2}, fault.CodeStaleRevision, "expectedRevision")
		stage.Does(s, s.Supervisor, AcceptAmendment, accept, stage.Hears("eit", event.AmendmentAccepted)...)

		a, now, parts := s.amendment(id), s.engagement(e.ID), s.parts(e.ID)
		if a.Status != amendment.StatusAccepted || *a.FormerEndsOn != "2026-03-20" || *a.FormerHours != 20 || a.AnsweredByID != s.Supervisor.Person {
			t.Errorf("the amendment is %v", a)
		}
		if by := now.EndsOn.EndIn("Europe/Berlin").AddDate(0, 0, 7); now.EndsOn != "2026-03-27" || *now.AmendedHours != 12 || !now.HandInBy.Equal(by) {
			t.Errorf("the work is %v", now)
		}
		if len(parts) != 4 || parts[2].Title != title || !parts[2].DueAt.Equal(calendar.Date("2026-03-26").EndIn("Europe/Berlin")) || parts[3].Status != deliverable.StatusPlanned {
			t.Errorf("the parts are %v", parts)
		}
		stage.Refuses(s, s.Supervisor, AcceptAmendment, AcceptAmendmentInput{id, 2}, fault.CodeIllegalTransition, "")
	})
}

func TestDroppingTheRestHandsTheWorkIn(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active()
		parts := s.parts(e.ID)
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return tx.Deliverable.Update().Where(deliverable.ID(parts[1].ID)).SetStatus(deliverable.StatusSubmitted).Save(ctx)
		})
		in := later(e)
		in.EndsOn, in.DroppedDeliverableIDs = nil, []gid.ID{parts[2].ID}
		id := stage.Must(s, s.Supervisor, ProposeAmendment, in)
		want := append(stage.Hears("eit", event.AmendmentAccepted), stage.Hears("eit", event.DeliverableCancelled)...)
		stage.Does(s, s.Ada, AcceptAmendment, AcceptAmendmentInput{id, 1}, append(want, stage.Hears("eit", event.EngagementSubmitted)...)...)
		if now := s.engagement(e.ID); now.Status != engagement.StatusSubmitted || s.parts(e.ID)[2].Status != deliverable.StatusCancelled {
			t.Errorf("the work is %v", now)
		}
	})
}

func TestAProposalThatTheWorkHasOvertakenIsNotAccepted(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active()
		in := later(e)
		in.EndsOn, in.DroppedDeliverableIDs = nil, []gid.ID{s.parts(e.ID)[2].ID}
		id := stage.Must(s, s.Supervisor, ProposeAmendment, in)
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return tx.Deliverable.Update().Where(deliverable.ID(s.parts(e.ID)[2].ID)).
				SetStatus(deliverable.StatusSubmitted).SetSubmissionCount(1).SetSubmittedAt(tx.Now).Save(ctx)
		})
		stage.Refuses(s, s.Ada, AcceptAmendment, AcceptAmendmentInput{id, 1}, fault.CodeIllegalTransition, "")
		stage.Refuses(s, s.Supervisor, DeclineAmendment, DeclineAmendmentInput{id, 1, "No."}, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, DeclineAmendment, DeclineAmendmentInput{id, 1, " "}, fault.CodeInvalidValue, "reason")
		stage.Does(s, s.Ada, DeclineAmendment, DeclineAmendmentInput{id, 1, "It is done already."}, stage.Hears("eit", event.AmendmentDeclined)...)

		id = stage.Must(s, s.Ada, ProposeAmendment, later(s.engagement(e.ID)))
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return tx.Engagement.Update().Where(engagement.ID(e.ID)).SetStatus(engagement.StatusIncomplete).SetIncompleteAt(tx.Now).Save(ctx)
		})
		stage.Refuses(s, s.Supervisor, AcceptAmendment, AcceptAmendmentInput{id, 1}, fault.CodeIllegalTransition, "")
		stage.Refuses(s, s.Supervisor, WithdrawAmendment, WithdrawAmendmentInput{id, 1}, fault.CodeNotPermitted, "")
		stage.Does(s, s.Ada, WithdrawAmendment, WithdrawAmendmentInput{id, 1}, stage.Hears("eit", event.AmendmentWithdrawn)...)
		stage.Refuses(s, s.Ada, ProposeAmendment, later(s.engagement(e.ID)), fault.CodeIllegalTransition, "")
	})
}

func TestAProposalExpires(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active()
		id := stage.Must(s, s.Ada, ProposeAmendment, later(e))
		a := s.amendment(id)
		s.Clock.Set(a.AnswerBy.Add(-time.Minute))
		s.due()
		if got := s.amendment(id).Status; got != amendment.StatusProposed {
			t.Errorf("before its time it became %s", got)
		}
		s.Clock.Set(a.AnswerBy)
		stage.Refuses(s, s.Supervisor, AcceptAmendment, AcceptAmendmentInput{id, 1}, fault.CodeWindowClosed, "amendmentId")
		s.due()
		if a = s.amendment(id); a.Status != amendment.StatusExpired || a.AnsweredAt == nil {
			t.Errorf("after its time it is %v", a)
		}
		if now := s.engagement(e.ID); now.EndsOn != e.EndsOn {
			t.Errorf("it changed %v", now)
		}
	})
}

// due lets a worker do what has fallen due.
func (s *scene) due() {
	s.Helper()
	w := &job.Worker{DB: s.DB, Name: "test", Handlers: map[job.Kind]job.Handler{ExpireAmendment: ExpireUnanswered}}
	if _, err := w.Drain(s.Context()); err != nil {
		s.Fatal(err)
	}
}

func TestOnlyOneOfManyProposalsStands(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active()
		codes := make([]fault.Code, 32)
		var all sync.WaitGroup
		for i := range codes {
			who := s.Ada
			if i%2 == 1 {
				who = s.Supervisor
			}
			all.Go(func() {
				if _, err := ProposeAmendment(s.As(who, "proposeAmendment"), s.DB, later(e)); err != nil {
					codes[i] = stage.CodeOf(t, err)
				}
			})
		}
		all.Wait()
		made := 0
		for _, code := range codes {
			switch code {
			case "":
				made++
			case fault.CodeAlreadyExists:
			default:
				t.Errorf("one heard %s", code)
			}
		}
		if made != 1 {
			t.Errorf("%d proposals stand", made)
		}
	})
}

func TestOnlyOneOfManyAnswersCounts(t *testing.T) {
	each(t, func(s *scene) {
		e := s.active()
		in := later(e)
		in.AddedDeliverables = []*AddedDeliverableInput{{Title: "One more", AcceptanceCriterion: "It is there.", DueOn: "2026-03-27"}}
		id := stage.Must(s, s.Ada, ProposeAmendment, in)
		var all sync.WaitGroup
		answers := make([]error, 32)
		for i := range answers {
			all.Go(func() {
				switch i % 3 {
				case 0:
					_, answers[i] = AcceptAmendment(s.As(s.Supervisor, "acceptAmendment"), s.DB, AcceptAmendmentInput{id, 1})
				case 1:
					_, answers[i] = DeclineAmendment(s.As(s.Owner, "declineAmendment"), s.DB, DeclineAmendmentInput{id, 1, "No."})
				default:
					_, answers[i] = WithdrawAmendment(s.As(s.Ada, "withdrawAmendment"), s.DB, WithdrawAmendmentInput{id, 1})
				}
			})
		}
		all.Wait()
		counted := 0
		for _, err := range answers {
			if err == nil {
				counted++
			} else if code := stage.CodeOf(t, err); code != fault.CodeIllegalTransition && code != fault.CodeStaleRevision {
				t.Errorf("one heard %s", code)
			}
		}
		wanted := 3
		if s.amendment(id).Status == amendment.StatusAccepted {
			wanted = 4
		}
		if got := len(s.parts(e.ID)); counted != 1 || got != wanted {
			t.Errorf("%d answers counted and %d parts are there, want %d", counted, got, wanted)
		}
	})
}
