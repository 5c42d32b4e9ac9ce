package engagement

import (
	"context"
	"fmt"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/career/talent"
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
	"applications", "interviews", "offers", "offer_documents", "agreements", "engagements", "deliverables", "submissions", "payment_records",
	"ledger_entries", "milestones", "micro_projects", "jobs", "strikes", "talent_profiles",
}

type scene struct{ *stage.Scene }

// each sets the scene on both engines and runs the test there.
func each(t *testing.T, test func(s *scene)) {
	t.Helper()
	t.Parallel()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) { test(&scene{stage.Set(t, h)}) })
}

// project is an open one of Acme's with so many seats and planned deliverables.
func (s *scene) project(seats, planned int) gid.ID {
	return stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		p, err := tx.MicroProject.Create().SetWorldID(tx.World()).SetOwnerOrgID(s.Acme).SetEmployerOrgID(s.Acme).
			SetDraftedByID(s.Recruiter.Person).SetTitle("A study").SetTitleFolded("a study").SetBrief("What to find out.").
			SetStatus(microproject.StatusOpen).SetHours(20).SetFeeMinor(50_000).SetCurrency("USD").SetSeats(seats).
			SetWorkplace(microproject.WorkplaceRemote).SetAudience(microproject.AudiencePublic).
			SetSubmittedAt(tx.Now).SetPublishedAt(tx.Now).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		for i := range planned {
			err := tx.PlannedDeliverable.Create().SetMicroProjectID(p.ID).SetEmployerOrgID(s.Acme).SetPosition(i + 1).
				SetTitle(fmt.Sprintf("Part %d", i+1)).SetAcceptanceCriterion("It answers the question.").Exec(ctx)
			if err != nil {
				return gid.None, err
			}
		}
		return p.ID, nil
	})
}

// ledger is the sum of all money that moved, which must be zero.
func (s *scene) ledger() {
	s.Helper()
	rows, err := s.DB.Read.LedgerEntry.Query().All(s.All())
	var sum int64
	for _, row := range rows {
		sum += row.AmountMinor
	}
	if err != nil || sum != 0 {
		s.Errorf("the ledger sums to %d, %v", sum, err)
	}
}

// due lets a worker do what has fallen due, and nothing is left.
func (s *scene) due() {
	s.Helper()
	s.drain()
	depth, err := job.Measure(s.Context(), s.DB)
	if err != nil || depth.Due > 0 || depth.Parked > 0 {
		s.Errorf("after the work there is %+v, %v", depth, err)
	}
}

// drain lets a worker do what has fallen due.
func (s *scene) drain() {
	s.Helper()
	w := &job.Worker{DB: s.DB, Name: "test", Handlers: map[job.Kind]job.Handler{
		application.ExpireApplication: application.ExpireUnnoticed, talent.CheckGates: CheckGates,
		application.ExpireInvitation:  application.ExpireUnanswered,
		project.CloseOpenApplications: CloseApplications,
		project.EndApplications:       project.EndWindow, AutoAccept: AcceptUndecided, ExpireOffer: ExpireUnanswered, AutoComplete: CompleteUndecided, SubmitForTeam: TeamSubmit,
		MissEnd: MissedEnd, CloseIncomplete: CloseMissed, Lapse: LapseUnstarted, RemindOfOffer: OfferReminder, RemindOfDecision: DecisionReminder,
		talent.ExpireStrike: talent.EndStrike,
		payment.PayOut:      payment.PayingOut(payment.LedgerOnly{}), payment.SendBack: payment.SendingBack(payment.LedgerOnly{}),
	}}
	if _, err := w.Drain(s.Context()); err != nil {
		s.Fatal(err)
	}
}

// The way through the funnel, step by step.

func (s *scene) applied(v viewer.Viewer, project gid.ID) *ent.Application {
	s.Helper()
	id := stage.Must(s, v, application.ApplyToMicroProject, application.ApplyToMicroProjectInput{MicroProjectID: project, Note: "I have done this before."})
	return s.application(id)
}

func (s *scene) offered(v viewer.Viewer, project gid.ID) *ent.Offer {
	s.Helper()
	a := s.applied(v, project)
	return s.offer(stage.Must(s, s.Recruiter, ExtendOffer, s.terms(a)).OfferID)
}

func (s *scene) terms(a *ent.Application) ExtendOfferInput {
	return ExtendOfferInput{ApplicationID: a.ID, ExpectedRevision: a.Revision, StartsOn: "2026-03-09", EndsOn: "2026-03-20"}
}

func (s *scene) accepted(v viewer.Viewer, project gid.ID) *ent.Engagement {
	s.Helper()
	o := s.offered(v, project)
	return s.engagement(stage.Must(s, v, AcceptOffer, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision}).EngagementID)
}

func (s *scene) signed(v viewer.Viewer, offerID gid.ID) {
	s.Helper()
	for _, side := range []viewer.Viewer{v, s.Recruiter} {
		for _, a := range s.agreements(offerID) {
			stage.Must(s, side, SignAgreement, SignAgreementInput{AgreementID: a.ID, ExpectedRevision: a.Revision, TextHash: a.TextHash})
		}
	}
}

func (s *scene) kickOff(e *ent.Engagement) ConfirmKickOffInput {
	return ConfirmKickOffInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Communication: "A call on Mondays", TimeZone: "America/New_York"}
}

func (s *scene) ready(v viewer.Viewer, project gid.ID) *ent.Engagement {
	s.Helper()
	return s.readyOn(v, s.terms(s.applied(v, project)))
}

// readyOn is work on which nothing is missing, on an offer's terms.
func (s *scene) readyOn(v viewer.Viewer, terms ExtendOfferInput) *ent.Engagement {
	s.Helper()
	o := s.offer(stage.Must(s, s.Recruiter, ExtendOffer, terms).OfferID)
	id := stage.Must(s, v, AcceptOffer, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision}).EngagementID
	s.signed(v, o.ID)
	stage.Must(s, s.Supervisor, ConfirmKickOff, s.kickOff(s.engagement(id)))
	return s.engagement(id)
}

func (s *scene) active(v viewer.Viewer, project gid.ID) *ent.Engagement {
	s.Helper()
	e := s.ready(v, project)
	s.Clock.On("2026-03-09")
	stage.Must(s, v, StartEngagement, StartEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision})
	return s.engagement(e.ID)
}

func (s *scene) handIn(v viewer.Viewer, d *ent.Deliverable) Submitted {
	s.Helper()
	return stage.Must(s, v, SubmitDeliverable, SubmitDeliverableInput{DeliverableID: d.ID, ExpectedRevision: d.Revision, Links: []string{"https://example.com/report.pdf"}})
}

func (s *scene) completed(v viewer.Viewer, project gid.ID) *ent.Engagement {
	s.Helper()
	e := s.active(v, project)
	for _, d := range s.deliverables(e.ID) {
		s.handIn(v, d)
	}
	for _, d := range s.deliverables(e.ID) {
		stage.Must(s, s.Supervisor, AcceptDeliverable, AcceptDeliverableInput{DeliverableID: d.ID, ExpectedRevision: d.Revision})
	}
	e = s.engagement(e.ID)
	stage.Must(s, s.Supervisor, CompleteEngagement, CompleteEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision})
	return s.engagement(e.ID)
}
