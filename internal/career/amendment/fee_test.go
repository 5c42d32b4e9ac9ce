package amendment

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/amendment"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpoolentry"
	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	entmilestone "github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/pool"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// paid is work under way whose fee of 500.00 EUR is set aside, by a pool or none,
// in milestones or none.
func (s *scene) paid(pool gid.ID, parts ...money.Decimal) *ent.Engagement {
	s.Helper()
	e := s.active()
	stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
		o, err := tx.Offer.Get(ctx, e.OfferID)
		if err != nil {
			return 0, err
		}
		fee := money.Money{Minor: o.FeeMinor, Currency: money.Currency(o.Currency)}
		terms := milestone.Terms{Fee: fee, StartsOn: o.StartsOn, EndsOn: o.EndsOn}
		var in []*milestone.MilestoneInput
		for i, amount := range parts {
			m := &milestone.MilestoneInput{Title: fmt.Sprintf("Stage %d", i+1), Amount: *euros(amount)}
			if i < len(parts)-1 {
				p, err := tx.PlannedDeliverable.Create().SetMicroProjectID(o.MicroProjectID).SetEmployerOrgID(o.EmployerOrgID).SetPosition(i + 1).
					SetTitle("A part").SetAcceptanceCriterion("It is there.").Save(ctx)
				if err != nil {
					return 0, err
				}
				terms.Deliverables = append(terms.Deliverables, p)
				m.PlannedDeliverableIDs = []gid.ID{p.ID}
			}
			in = append(in, m)
		}
		planned, err := milestone.Read(in, terms)
		if err != nil {
			return 0, err
		}
		if err := milestone.Plan(ctx, tx, o, planned); err != nil {
			return 0, err
		}
		_, err = payment.Authorize(ctx, tx, payment.Charge{
			SubjectID: o.ID, EmployerID: o.EmployerOrgID, TalentID: o.TalentID, Fee: fee,
			PoolID: pool, MicroProjectID: o.MicroProjectID, PlatformBasisPoints: o.PlatformBasisPoints,
		})
		if err != nil {
			return 0, err
		}
		return 1, payment.Hold(ctx, tx, o.ID)
	})
	return s.engagement(e.ID)
}

func (s *scene) record(e *ent.Engagement) *ent.PaymentRecord {
	s.Helper()
	p, err := s.DB.Read.PaymentRecord.Query().Where(paymentrecord.SubjectID(e.OfferID)).Only(s.All())
	if err != nil {
		s.Fatal(err)
	}
	return p
}

// accounts are what each account of the ledger holds, which come to nothing.
func (s *scene) accounts() map[ledgerentry.Account]int64 {
	s.Helper()
	rows, err := s.DB.Read.LedgerEntry.Query().All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	held, sum := map[ledgerentry.Account]int64{}, int64(0)
	for _, row := range rows {
		held[row.Account] += row.AmountMinor
		sum += row.AmountMinor
	}
	if sum != 0 {
		s.Errorf("the ledger sums to %d", sum)
	}
	return held
}

// split is how the fee of work is split: where each stands, how much it is, when it is
// due and what it is called.
func (s *scene) split(e *ent.Engagement) string {
	s.Helper()
	all, err := s.DB.Read.Milestone.Query().Where(entmilestone.OfferID(e.OfferID)).Order(ent.Asc(entmilestone.FieldPosition)).All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	said := make([]string, len(all))
	for i, m := range all {
		due := "some day"
		if m.DueOn != nil {
			due = string(*m.DueOn)
		}
		said[i] = fmt.Sprintf("%d %s %s %d by %s", m.Position, m.Title, m.Status, m.AmountMinor, due)
	}
	return strings.Join(said, ", ")
}

// mayAccept is what viewerCan says of an amendment.
func (s *scene) mayAccept(v viewer.Viewer, id gid.ID) *fault.Ability {
	s.Helper()
	all, err := Abilities(viewer.With(s.Context(), v), s.DB, []*ent.Amendment{s.amendment(id)})
	if err != nil {
		s.Fatal(err)
	}
	return all[0].Accept
}

// refuses is what viewerCan and the verb must answer alike.
func (s *scene) refuses(v viewer.Viewer, id gid.ID, code fault.Code) {
	s.Helper()
	if may := s.mayAccept(v, id); may.Allowed || may.Reasons[0].Code != code {
		s.Errorf("viewerCan says %+v, want %s", may, code)
	}
	stage.Refuses(s, v, AcceptAmendment, AcceptAmendmentInput{id, 1}, code, "")
}

// forMore adds an amount to the fee for ten more hours.
func forMore(e *ent.Engagement, amount money.Decimal) ProposeAmendmentInput {
	return ProposeAmendmentInput{
		EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "It is more work.", Hours: new(30), AddedFee: euros(amount),
	}
}

func TestAnAddedFeeIsSetAside(t *testing.T) {
	each(t, func(s *scene) {
		e := s.paid(gid.None)
		in := forMore(e, "250.05")
		for _, outsider := range []viewer.Viewer{s.Stranger, s.Foreigner, s.Outsider} {
			stage.Refuses(s, outsider, ProposeAmendment, in, fault.CodeNotFound, "engagementId")
		}
		stage.Refuses(s, s.Ada, ProposeAmendment, forMore(e, "249.99"), fault.CodeInvalidValue, "addedFee.amount")
		stage.Refuses(s, s.Ada, ProposeAmendment, forMore(e, "9999999999.00"), fault.CodeInvalidValue, "addedFee.amount")
		stale := in
		stale.ExpectedRevision++
		stage.Refuses(s, s.Ada, ProposeAmendment, stale, fault.CodeStaleRevision, "expectedRevision")
		id := stage.Does(s, s.Ada, ProposeAmendment, in, stage.Hears("eit", event.AmendmentProposed)...)
		if got := s.record(e).GrossMinor; got != 500_00 {
			t.Errorf("a proposal has raised the fee to %d", got)
		}
		if may := s.mayAccept(s.Supervisor, id); !may.Allowed {
			t.Errorf("the supervisor may not accept: %+v", may)
		}
		accept := AcceptAmendmentInput{id, 1}
		stage.Refuses(s, s.Stranger, AcceptAmendment, accept, fault.CodeNotFound, "amendmentId")
		stage.Refuses(s, s.Foreigner, AcceptAmendment, accept, fault.CodeNotFound, "amendmentId")
		stage.Refuses(s, s.Staff, AcceptAmendment, accept, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, AcceptAmendment, accept, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Supervisor, AcceptAmendment, AcceptAmendmentInput{id, 2}, fault.CodeStaleRevision, "expectedRevision")
		stage.Does(s, s.Supervisor, AcceptAmendment, accept,
			append(stage.Hears("eit", event.AmendmentAccepted), stage.Hears("et", event.PaymentRaised)...)...)

		now, p := s.engagement(e.ID), s.record(e)
		if *now.AmendedHours != 30 || *now.AmendedFeeMinor != 750_05 {
			t.Errorf("the work is %v", now)
		}
		if p.Status != paymentrecord.StatusHeld || p.GrossMinor != 750_05 || p.PlatformMinor != 75_01 || p.TalentMinor != 675_04 {
			t.Errorf("the money is %v", p)
		}
		if held := s.accounts(); held[ledgerentry.AccountHeld] != 750_05 || held[ledgerentry.AccountEmployer] != -750_05 {
			t.Errorf("the accounts hold %v", held)
		}
		fees, err := FeesOf(viewer.With(t.Context(), s.Staff), s.DB, []*ent.Engagement{now, nil})
		if err != nil || *fees[0] != (money.Money{Minor: 750_05, Currency: "EUR"}) || fees[1] != nil {
			t.Errorf("the work pays %v, %v", fees, err)
		}
		sums, err := payment.Summary(viewer.With(t.Context(), s.Owner), s.DB, nil)
		if err != nil || sums[0].Gross.Minor != 750_05 || sums[0].Held.Minor != 750_05 || sums[0].EmployerCost.Minor != 750_05 {
			t.Errorf("the employer's sums are %+v, %v", sums, err)
		}

		// The employer adds as well, and counts from what was agreed last.
		again := forMore(now, "25.00")
		again.Hours = new(31)
		stage.Refuses(s, s.Supervisor, ProposeAmendment, again, fault.CodeInvalidValue, "addedFee.amount")
		again.AddedFee.Amount = "25.01"
		id = stage.Must(s, s.Supervisor, ProposeAmendment, again)
		stage.Must(s, s.Ada, AcceptAmendment, AcceptAmendmentInput{id, 1})
		if p = s.record(e); p.GrossMinor != 775_06 || p.PlatformMinor != 77_51 || *s.engagement(e.ID).AmendedFeeMinor != 775_06 {
			t.Errorf("the money is %v", p)
		}
		s.accounts()
	})
}

func TestNothingIsAddedToWhatIsNotSetAside(t *testing.T) {
	each(t, func(s *scene) {
		e := s.paid(gid.None)
		id := stage.Must(s, s.Ada, ProposeAmendment, forMore(e, "250.00"))
		step := func(do func(context.Context, *store.Tx) error) {
			stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) { return 1, do(ctx, tx) })
		}
		step(func(ctx context.Context, tx *store.Tx) error { return payment.Secure(ctx, tx, e.OfferID) })
		s.refuses(s.Supervisor, id, fault.CodeIllegalTransition)
		// What is left of a fee can be added to.
		step(func(ctx context.Context, tx *store.Tx) error { return payment.Keep(ctx, tx, e.OfferID, 100_05) })
		stage.Must(s, s.Supervisor, AcceptAmendment, AcceptAmendmentInput{id, 1})
		p := s.record(e)
		if p.Status != paymentrecord.StatusPartiallyRefunded || p.GrossMinor != 750_00 || payment.Aside(p).Minor != 350_05 || p.PlatformMinor != 35_01 {
			t.Errorf("the money is %v", p)
		}
		if held := s.accounts(); held[ledgerentry.AccountHeld] != 350_05 || held[ledgerentry.AccountEmployer] != -350_05 {
			t.Errorf("the accounts hold %v", held)
		}

		id = stage.Must(s, s.Ada, ProposeAmendment, ProposeAmendmentInput{
			EngagementID: e.ID, ExpectedRevision: s.engagement(e.ID).Revision, Reason: "It is more work.", AddedFee: euros("1.00"),
		})
		step(func(ctx context.Context, tx *store.Tx) error {
			_, err := payment.Release(ctx, tx, e.OfferID)
			return err
		})
		s.refuses(s.Supervisor, id, fault.CodeIllegalTransition)
		s.Clock.Set(s.amendment(id).AnswerBy)
		stage.Refuses(s, s.Supervisor, AcceptAmendment, AcceptAmendmentInput{id, 1}, fault.CodeWindowClosed, "amendmentId")
	})
}

func TestAnAddedFeeIsOneMoreMilestone(t *testing.T) {
	each(t, func(s *scene) {
		e := s.paid(gid.None, "200.00", "300.00")
		all, err := s.DB.Read.Milestone.Query().Where(entmilestone.OfferID(e.OfferID)).Order(ent.Asc(entmilestone.FieldPosition)).All(s.All())
		if err != nil {
			t.Fatal(err)
		}
		title := "The appendix"
		in := forMore(e, "250.00")
		in.AmendedMilestones = []*milestone.AmendedMilestoneInput{
			{MilestoneID: all[0].ID, Amount: euros("150.00"), DueOn: day("2026-03-18")},
			{MilestoneID: all[1].ID, Title: &title},
		}
		stage.Refuses(s, s.Supervisor, ProposeAmendment, in, fault.CodeInvalidValue, "amendedMilestones")
		in.AmendedMilestones[1].Amount = euros("350.00")
		id := stage.Must(s, s.Supervisor, ProposeAmendment, in)
		if got, want := s.split(e), "1 Stage 1 FUNDED 20000 by some day, 2 Stage 2 FUNDED 30000 by some day"; got != want {
			t.Errorf("a proposal has made the milestones %q", got)
		}
		told := stage.Hears("eit", event.AmendmentAccepted)
		stage.Does(s, s.Ada, AcceptAmendment, AcceptAmendmentInput{id, 1}, append(told, stage.Hears("et", event.PaymentRaised, event.MilestoneFunded)...)...)
		want := "1 Stage 1 FUNDED 15000 by 2026-03-18, 2 The appendix FUNDED 35000 by some day, 3 Added fee FUNDED 25000 by some day"
		if got := s.split(e); got != want {
			t.Errorf("the milestones are %q, want %q", got, want)
		}
		said, err := AmendedMilestones(viewer.With(t.Context(), s.Staff), s.DB, []*ent.Amendment{s.amendment(id)})
		if err != nil || len(said[0]) != 2 || said[0][0].Milestone.ID != all[0].ID || said[0][0].Amount.Minor != 150_00 || *said[0][1].Title != title {
			t.Errorf("the amendment says %+v, %v", said, err)
		}
		hidden, err := AmendedMilestones(viewer.With(t.Context(), s.Stranger), s.DB, []*ent.Amendment{s.amendment(id)})
		if err != nil || len(hidden[0]) != 0 {
			t.Errorf("a stranger reads %v, %v", hidden, err)
		}

		// What has fallen due since is not changed any more.
		now := s.engagement(e.ID)
		id = stage.Must(s, s.Ada, ProposeAmendment, ProposeAmendmentInput{
			EngagementID: e.ID, ExpectedRevision: now.Revision, Reason: "It takes longer.",
			AmendedMilestones: []*milestone.AmendedMilestoneInput{{MilestoneID: all[0].ID, DueOn: day("2026-03-20")}},
		})
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			m, err := tx.Milestone.Get(ctx, all[0].ID)
			if err != nil {
				return 0, err
			}
			return 1, payment.PayInstalment(ctx, tx, m)
		})
		s.refuses(s.Supervisor, id, fault.CodeIllegalTransition)
		s.accounts()
	})
}

// pool is one of the campus with so many euros, which admits Acme.
func (s *scene) pool(admin viewer.Viewer, amount money.Decimal) gid.ID {
	s.Helper()
	id := stage.Must(s, admin, pool.OpenFundingPool, pool.OpenFundingPoolInput{Name: "Fund", Currency: "EUR"})
	stage.Must(s, s.Operator(), pool.RecordPoolDeposit, pool.RecordPoolDepositInput{FundingPoolID: id, Amount: *euros(amount), Reference: "WIRE-1"})
	stage.Must(s, admin, pool.AdmitToFundingPool, pool.AdmitToFundingPoolInput{FundingPoolID: id, EmployerID: s.Acme})
	return id
}

// stands is what a pool can still pay, what it keeps for offers, and what its
// statement says that it keeps for one of them.
func (s *scene) stands(id, offer gid.ID) [3]int64 {
	s.Helper()
	p, err := s.DB.Read.FundingPool.Get(s.All(), id)
	if err != nil {
		s.Fatal(err)
	}
	rows, err := s.DB.Read.FundingPoolEntry.Query().Where(fundingpoolentry.OfferID(offer)).All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	stated := int64(0)
	for _, row := range rows {
		if row.Kind == fundingpoolentry.KindReserved {
			stated += row.AmountMinor
		} else {
			stated -= row.AmountMinor
		}
	}
	return [3]int64{pool.Balance(p).Minor, p.ReservedMinor, stated}
}

func TestAPoolPaysWhatIsAdded(t *testing.T) {
	each(t, func(s *scene) {
		admin := s.Seat("admin", s.Campus, viewer.RoleAdmin)
		funds := s.pool(admin, "900.00")
		e := s.paid(funds)
		id := stage.Must(s, s.Ada, ProposeAmendment, forMore(e, "400.01"))
		s.refuses(s.Supervisor, id, fault.CodeLimitReached)
		stage.Must(s, s.Ada, WithdrawAmendment, WithdrawAmendmentInput{id, 1})
		// A talent does not learn what is in the pool.
		id = stage.Must(s, s.Supervisor, ProposeAmendment, forMore(e, "400.01"))
		s.refuses(s.Ada, id, fault.CodePolicyViolation)
		stage.Must(s, s.Supervisor, WithdrawAmendment, WithdrawAmendmentInput{id, 1})

		id = stage.Must(s, s.Ada, ProposeAmendment, forMore(e, "400.00"))
		stage.Must(s, admin, pool.DismissFromFundingPool, pool.DismissFromFundingPoolInput{FundingPoolID: funds, EmployerID: s.Acme})
		s.refuses(s.Supervisor, id, fault.CodePolicyViolation)
		stage.Must(s, admin, pool.AdmitToFundingPool, pool.AdmitToFundingPoolInput{FundingPoolID: funds, EmployerID: s.Acme})
		stage.Must(s, s.Supervisor, AcceptAmendment, AcceptAmendmentInput{id, 1})
		if got, want := s.stands(funds, e.OfferID), [3]int64{0, 900_00, 900_00}; got != want {
			t.Errorf("the pool stands at %v, want %v", got, want)
		}
		if held := s.accounts(); held[ledgerentry.AccountPool] != -900_00 || held[ledgerentry.AccountHeld] != 900_00 {
			t.Errorf("the accounts hold %v", held)
		}
		if cost := payment.WholeCost(s.record(e)); cost.Minor != 0 {
			t.Errorf("it costs the employer %v", cost)
		}
		// All of it goes back to where it came from.
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (gid.ID, error) { return payment.Refund(ctx, tx, e.OfferID) })
		if got, want := s.stands(funds, e.OfferID), [3]int64{900_00, 0, 0}; got != want {
			t.Errorf("after a refund the pool stands at %v, want %v", got, want)
		}
		s.accounts()
	})
}

func TestAClosedPoolPaysNoMore(t *testing.T) {
	each(t, func(s *scene) {
		admin := s.Seat("admin", s.Campus, viewer.RoleAdmin)
		funds := s.pool(admin, "900.00")
		e := s.paid(funds)
		id := stage.Must(s, s.Ada, ProposeAmendment, forMore(e, "250.00"))
		stood, err := s.DB.Read.FundingPool.Get(s.All(), funds)
		if err != nil {
			t.Fatal(err)
		}
		stage.Must(s, admin, pool.CloseFundingPool, pool.CloseFundingPoolInput{FundingPoolID: funds, ExpectedRevision: stood.Revision})
		s.refuses(s.Supervisor, id, fault.CodePolicyViolation)
	})
}

// Thirty-two times at once, either side accepts 100.00 more from a pool that has
// 500.00 left.
func TestAPoolIsAddedFromAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		funds := s.pool(s.Seat("admin", s.Campus, viewer.RoleAdmin), "16500.00")
		type ask struct {
			who viewer.Viewer
			id  gid.ID
		}
		asks := make([]ask, 32)
		for i := range asks {
			e := s.paid(funds)
			proposer, answerer := s.Ada, s.Supervisor
			if i%2 == 1 {
				proposer, answerer = answerer, proposer
			}
			in := forMore(e, "100.00")
			in.Hours = nil
			asks[i] = ask{answerer, stage.Must(s, proposer, ProposeAmendment, in)}
		}
		answers := make([]error, len(asks))
		var all sync.WaitGroup
		for i, a := range asks {
			all.Go(func() {
				_, answers[i] = AcceptAmendment(s.As(a.who, "acceptAmendment"), s.DB, AcceptAmendmentInput{a.id, 1})
			})
		}
		all.Wait()
		made := 0
		for i, err := range answers {
			want := map[bool]fault.Code{true: fault.CodePolicyViolation, false: fault.CodeLimitReached}[asks[i].who.Kind == viewer.Talent]
			if err == nil {
				made++
			} else if code := stage.CodeOf(t, err); code != want {
				t.Errorf("a loser heard %v", err)
			}
		}
		accepted, err := s.DB.Read.Amendment.Query().Where(amendment.StatusEQ(amendment.StatusAccepted)).Count(s.All())
		if err != nil || made != 5 || accepted != 5 {
			t.Errorf("%d were accepted and %d stand so, %v", made, accepted, err)
		}
		if got := s.stands(funds, gid.None); got != [3]int64{0, 16500_00, 0} {
			t.Errorf("the pool stands at %v", got)
		}
		if held := s.accounts(); held[ledgerentry.AccountHeld] != 16500_00 {
			t.Errorf("the accounts hold %v", held)
		}
	})
}

// Thirty-two times at once, one added fee is accepted: it is set aside once.
func TestAnAddedFeeIsSetAsideOnce(t *testing.T) {
	each(t, func(s *scene) {
		e := s.paid(gid.None)
		id := stage.Must(s, s.Ada, ProposeAmendment, forMore(e, "250.00"))
		answers := make([]error, 32)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() {
				_, answers[i] = AcceptAmendment(s.As(s.Supervisor, "acceptAmendment"), s.DB, AcceptAmendmentInput{id, 1})
			})
		}
		all.Wait()
		made := 0
		for _, err := range answers {
			if err == nil {
				made++
			} else if code := stage.CodeOf(t, err); code != fault.CodeIllegalTransition {
				t.Errorf("a loser heard %v", err)
			}
		}
		if p := s.record(e); made != 1 || p.GrossMinor != 750_00 || s.accounts()[ledgerentry.AccountHeld] != 750_00 {
			t.Errorf("%d were taken, and the money is %v", made, p)
		}
	})
}
