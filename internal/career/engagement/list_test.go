package engagement

import (
	"context"
	"errors"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	entoffer "github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	seal = page.NewSeal([]byte("a key of a test"))
	args = page.Args{}
)

// counts are how many offers, engagements and deliverables a viewer finds.
func (s *scene) counts(v viewer.Viewer, f EngagementFilter) [3]int {
	s.Helper()
	ctx := viewer.With(s.Context(), v)
	offers, err := Offers(ctx, s.DB, seal, args, &OfferFilter{MicroProject: f.MicroProject, Talent: f.Talent}, nil)
	engagements, err2 := List(ctx, s.DB, seal, args, &f, nil)
	deliverables, err3 := Deliverables(ctx, s.DB, seal, args, &DeliverableFilter{}, nil)
	if err := errors.Join(err, err2, err3); err != nil {
		s.Fatal(err)
	}
	return [3]int{len(offers.Nodes), len(engagements.Nodes), len(deliverables.Nodes)}
}

func TestListsShowEachSideItsOwn(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(3, 2)
		e := s.active(s.Ada, p)
		s.offered(s.Foreigner, p)
		for name, tc := range map[string]struct {
			who  viewer.Viewer
			want [3]int
		}{
			"the employer": {s.Recruiter, [3]int{2, 1, 2}}, "the talent": {s.Ada, [3]int{1, 1, 2}}, "another talent": {s.Foreigner, [3]int{1, 0, 0}},
			"their staff": {s.Staff, [3]int{1, 1, 2}}, "other staff": {s.Outsider, [3]int{}}, "another employer": {s.Stranger, [3]int{}},
			"nobody": {viewer.Public(), [3]int{}},
		} {
			if got := s.counts(tc.who, EngagementFilter{}); got != tc.want {
				t.Errorf("%s finds %v, want %v", name, got, tc.want)
			}
		}
		one := &page.IDFilter{Eq: &s.Ada.Talent}
		if got := s.counts(s.Owner, EngagementFilter{Talent: one, MicroProject: &page.IDFilter{In: []gid.ID{p}}}); got != [3]int{1, 1, 2} {
			t.Errorf("narrowed to Ada the employer finds %v", got)
		}
		later := e.CreatedAt.AddDate(0, 0, 1)
		if got := s.counts(s.Owner, EngagementFilter{CreatedAt: &page.Range{Gte: &later}}); got[1] != 0 {
			t.Errorf("narrowed to later the employer finds %v", got)
		}
		ctx := viewer.With(t.Context(), s.Owner)
		if c, err := Offers(ctx, s.DB, seal, args, &OfferFilter{Status: []entoffer.Status{entoffer.StatusSent}, SentAt: &page.Range{Gte: &later}}, &OfferOrder{Field: OffersBySentAt}); err != nil || len(c.Nodes) != 1 {
			t.Errorf("open offers: %v, %v", c, err)
		}
		filter := &DeliverableFilter{Status: []deliverable.Status{deliverable.StatusPlanned}, Engagement: &page.IDFilter{Eq: &e.ID}}
		if c, err := Deliverables(ctx, s.DB, seal, args, filter, nil); err != nil || len(c.Nodes) != 2 {
			t.Errorf("planned deliverables: %v, %v", c, err)
		}
		var refused *fault.Request
		many := &page.IDFilter{In: make([]gid.ID, 101)}
		if _, err := List(ctx, s.DB, seal, args, &EngagementFilter{Talent: many}, nil); !errors.As(err, &refused) {
			t.Errorf("101 ids: %v", err)
		}
	})
}

// TestAbilitiesAgreeWithTheVerbs takes a story through its stages and compares
// what each side may do.
func TestAbilitiesAgreeWithTheVerbs(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 1)
		o := s.offered(s.Ada, p)
		s.able("accept, decline", s.Ada, o, nil)
		s.able("", s.Owner, o, nil)
		e := s.engagement(stage.Must(s, s.Ada, AcceptOffer, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: 1}).EngagementID)
		s.able("terminate", s.Ada, s.offer(o.ID), e)
		s.able("confirmKickOff, terminate", s.Supervisor, s.offer(o.ID), e)
		s.able("", s.Recruiter, s.offer(o.ID), e)
		s.signed(s.Ada, o.ID)
		stage.Must(s, s.Supervisor, ConfirmKickOff, s.kickOff(s.engagement(e.ID)))
		s.able("terminate", s.Ada, s.offer(o.ID), s.engagement(e.ID))
		s.Clock.On("2026-03-09")
		s.able("start, terminate", s.Ada, s.offer(o.ID), s.engagement(e.ID))
		stage.Must(s, s.Ada, StartEngagement, StartEngagementInput{EngagementID: e.ID, ExpectedRevision: s.engagement(e.ID).Revision})
		s.able("terminate, submit", s.Ada, s.offer(o.ID), s.engagement(e.ID))
		s.handIn(s.Ada, s.deliverables(e.ID)[0])
		s.able("terminate, requestRevision, acceptDeliverable", s.Supervisor, s.offer(o.ID), s.engagement(e.ID))
		stage.Must(s, s.Supervisor, AcceptDeliverable, AcceptDeliverableInput{DeliverableID: s.deliverables(e.ID)[0].ID, ExpectedRevision: 2})
		s.able("complete, terminate", s.Supervisor, s.offer(o.ID), s.engagement(e.ID))
		stage.Must(s, s.Supervisor, CompleteEngagement, CompleteEngagementInput{EngagementID: e.ID, ExpectedRevision: s.engagement(e.ID).Revision})
		s.able("evaluate", s.Supervisor, s.offer(o.ID), s.engagement(e.ID))
		s.able("evaluate", s.Ada, s.offer(o.ID), s.engagement(e.ID))
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.Evaluation, error) {
			return tx.Evaluation.Create().SetWorldID(e.WorldID).SetOwnerOrgID(s.Acme).SetEmployerOrgID(s.Acme).SetEngagementID(e.ID).
				SetTalentID(s.Ada.Talent).SetAuthorID(s.Ada.Person).SetDirection("TALENT_TO_EMPLOYER").SetOverall("MEETS").
				SetCompetencies([]schema.CompetencyRating{}).SetPublicText("All as agreed.").SetSubmittedAt(tx.Now).Save(ctx)
		})
		s.able("", s.Ada, s.offer(o.ID), s.engagement(e.ID))
		s.able("evaluate", s.Supervisor, s.offer(o.ID), s.engagement(e.ID))
		s.able("", s.Staff, s.offer(o.ID), s.engagement(e.ID))
	})
}

// able compares what a viewer may do with an offer, the engagement and its
// deliverables. The statements do not grow with the rows.
func (s *scene) able(want string, v viewer.Viewer, o *ent.Offer, e *ent.Engagement) {
	s.Helper()
	ctx := viewer.With(s.Context(), v)
	offers, err := OffersAbilities(ctx, s.DB, []*ent.Offer{o, nil, o})
	if err != nil {
		s.Fatal(err)
	}
	got := ""
	note := func(name string, a *fault.Ability) {
		if a.Allowed && got != "" {
			got += ", "
		}
		if a.Allowed {
			got += name
		}
	}
	note("accept", offers[2].Accept)
	note("decline", offers[0].Decline)
	if e != nil {
		engagements, err := Abilities(ctx, s.DB, []*ent.Engagement{nil, e})
		if err != nil {
			s.Fatal(err)
		}
		a := engagements[1]
		note("confirmKickOff", a.ConfirmKickOff)
		note("start", a.Start)
		note("complete", a.Complete)
		note("terminate", a.Terminate)
		note("evaluate", a.Evaluate)
		deliverables, err := DeliverablesAbilities(ctx, s.DB, s.deliverables(e.ID))
		if err != nil {
			s.Fatal(err)
		}
		for _, d := range deliverables {
			note("submit", d.Submit)
			note("requestRevision", d.RequestRevision)
			note("acceptDeliverable", d.Accept)
		}
	}
	if got != want {
		s.Errorf("%s may %q, want %q", v.Subject, got, want)
	}
}

func TestAgreementAbilities(t *testing.T) {
	each(t, func(s *scene) {
		e := s.accepted(s.Ada, s.project(1, 1))
		documents := s.agreements(e.OfferID)
		stage.Must(s, s.Ada, SignAgreement, SignAgreementInput{AgreementID: documents[0].ID, ExpectedRevision: 1, TextHash: documents[0].TextHash})
		documents = append(s.agreements(e.OfferID), nil)
		for name, tc := range map[string]struct {
			who  viewer.Viewer
			want [3]bool
		}{
			"the talent": {s.Ada, [3]bool{false, true, true}}, "the recruiter": {s.Recruiter, [3]bool{true, true, true}}, "the supervisor": {s.Supervisor, [3]bool{}},
		} {
			all, err := AgreementsAbilities(viewer.With(t.Context(), tc.who), s.DB, documents)
			if err != nil {
				t.Fatal(err)
			}
			for i, want := range tc.want {
				if all[i].Sign.Allowed != want {
					t.Errorf("%s may sign document %d: %v, want %v", name, i, all[i].Sign.Allowed, want)
				}
			}
		}
	})
}

func TestGatesAreToldToAllWhoSeeTheWork(t *testing.T) {
	each(t, func(s *scene) {
		e := s.accepted(s.Ada, s.project(1, 1))
		for _, v := range []viewer.Viewer{s.Ada, s.Supervisor, s.Staff} {
			gates := s.gates(v, e)
			if gates[0].IsPassed || !gates[1].IsPassed || gates[1].Missing != nil || gates[2].IsPassed || gates[2].Missing == nil {
				t.Errorf("%s reads %v %v %v", v.Subject, gates[0], gates[1], gates[2])
			}
		}
		s.signed(s.Ada, e.OfferID)
		stage.Must(s, s.Supervisor, ConfirmKickOff, s.kickOff(s.engagement(e.ID)))
		for _, g := range s.gates(s.Staff, s.engagement(e.ID)) {
			if !g.IsPassed || g.Missing != nil {
				t.Errorf("gate %s: %v", g.Kind, g)
			}
		}
	})
}

func (s *scene) gates(v viewer.Viewer, e *ent.Engagement) []*Gate {
	s.Helper()
	all, err := Gates(viewer.With(s.Context(), v), s.DB, []*ent.Engagement{nil, e})
	if err != nil || len(all[1]) != 5 {
		s.Fatalf("the gates are %v, %v", all, err)
	}
	return all[1]
}

func TestStatementsDoNotGrowWithRows(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(40, 1)
		var engagements []*ent.Engagement
		for range 6 {
			engagements = append(engagements, s.accepted(s.Talent("Someone"), p))
		}
		for name, ask := range map[string]func(context.Context, *store.DB, []*ent.Engagement) error{
			"gates": func(ctx context.Context, db *store.DB, e []*ent.Engagement) error {
				_, err := Gates(ctx, db, e)
				return err
			},
			"abilities": func(ctx context.Context, db *store.DB, e []*ent.Engagement) error {
				for _, one := range e {
					one.Status = entengagement.StatusSubmitted
				}
				_, err := Abilities(ctx, db, e)
				return err
			},
		} {
			var few, many store.Tally
			ctx := viewer.With(t.Context(), s.Owner)
			if err := errors.Join(ask(store.WithTally(ctx, &few), s.DB, engagements[:1]), ask(store.WithTally(ctx, &many), s.DB, engagements)); err != nil {
				t.Fatal(err)
			}
			if few.Statements() != many.Statements() || few.Statements() > 5 {
				t.Errorf("%s: %d statements for one row, %d for six", name, few.Statements(), many.Statements())
			}
		}
	})
}
