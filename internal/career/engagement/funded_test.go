package engagement

import (
	"context"
	"sync"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpoolentry"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/career/institution"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/pool"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// fund lets a pool of the campus with so much money pay for a project.
func (s *scene) fund(admin viewer.Viewer, project gid.ID, amount money.Decimal) gid.ID {
	s.Helper()
	id := stage.Must(s, admin, pool.OpenFundingPool, pool.OpenFundingPoolInput{Name: "Fund", Currency: "USD"})
	stage.Must(s, s.Operator(), pool.RecordPoolDeposit, pool.RecordPoolDepositInput{
		FundingPoolID: id, Amount: money.Input{Amount: amount, Currency: "USD"}, Reference: "WIRE-1",
	})
	stage.Must(s, admin, pool.AdmitToFundingPool, pool.AdmitToFundingPoolInput{FundingPoolID: id, EmployerID: s.Acme})
	stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
		return tx.MicroProject.Update().Where(microproject.ID(project)).SetFundingPoolID(id).SetCurrency("USD").Save(ctx)
	})
	return id
}

func (s *scene) poolStands(id gid.ID) [3]int64 {
	s.Helper()
	p, err := s.DB.Read.FundingPool.Get(s.All(), id)
	if err != nil {
		s.Fatal(err)
	}
	sums := map[fundingpoolentry.Kind]int64{}
	rows, err := s.DB.Read.FundingPoolEntry.Query().Where(fundingpoolentry.FundingPoolID(id)).All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	for _, e := range rows {
		sums[e.Kind] += e.AmountMinor
	}
	stated := sums[fundingpoolentry.KindDeposited] - sums[fundingpoolentry.KindWithdrawn] - sums[fundingpoolentry.KindReserved] +
		sums[fundingpoolentry.KindReturned]
	if left := pool.Balance(p).Minor; left != stated || sums[fundingpoolentry.KindSpent] != p.SpentMinor {
		s.Errorf("the statement comes to %d of %d, spent %d of %d", stated, left, sums[fundingpoolentry.KindSpent], p.SpentMinor)
	}
	return [3]int64{pool.Balance(p).Minor, p.ReservedMinor, p.SpentMinor}
}

func TestAPoolPaysForTheWork(t *testing.T) {
	each(t, func(s *scene) {
		admin := s.Seat("admin", s.Campus, viewer.RoleAdmin)
		p := s.project(9, 1)
		id := s.fund(admin, p, "2000.00")
		fee := int64(500_00)

		declined := s.offered(s.Ada, p)
		if got, want := s.poolStands(id), [3]int64{2000_00 - fee, fee, 0}; got != want {
			t.Errorf("with an offer out the pool stands at %v, want %v", got, want)
		}
		stage.Must(s, s.Ada, DeclineOffer, DeclineOfferInput{OfferID: declined.ID, ExpectedRevision: declined.Revision})
		if got, want := s.poolStands(id), [3]int64{2000_00, 0, 0}; got != want {
			t.Errorf("after it was declined the pool stands at %v, want %v", got, want)
		}
		ben := s.Talent("Ben")
		s.Affiliate(ben, s.Campus)
		s.completed(ben, p)
		if got, want := s.poolStands(id), [3]int64{2000_00 - fee, 0, fee}; got != want {
			t.Errorf("after the work the pool stands at %v, want %v", got, want)
		}
		cleo := s.Talent("Cleo")
		s.Affiliate(cleo, s.Campus)
		e := s.ready(cleo, p)
		stage.Must(s, cleo, TerminateEngagement, TerminateEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "I moved away."})
		if got, want := s.poolStands(id), [3]int64{2000_00 - fee, 0, fee}; got != want {
			t.Errorf("after a refund the pool stands at %v, want %v", got, want)
		}
		s.ledger()
		sums, err := payment.Summary(viewer.With(t.Context(), s.Owner), s.DB, nil)
		if err != nil || len(sums) != 1 || sums[0].RecordCount != 3 || sums[0].EmployerCost.Minor != 0 || sums[0].PaidOut.Minor+sums[0].OnItsWay.Minor != fee*9/10 ||
			sums[0].Refunded.Minor != fee || sums[0].PlatformShare.Minor != fee/10 {
			t.Errorf("the employer's sums are %+v, %v", sums, err)
		}
		if sums, err := payment.Summary(viewer.With(t.Context(), s.Stranger), s.DB, nil); err != nil || len(sums) != 0 {
			t.Errorf("another employer reads %v, %v", sums, err)
		}
	})
}

func TestAPoolRefuses(t *testing.T) {
	each(t, func(s *scene) {
		admin := s.Seat("admin", s.Campus, viewer.RoleAdmin)
		p := s.project(9, 1)
		id := s.fund(admin, p, "700.00")
		foreign, own := s.applied(s.Foreigner, p), s.applied(s.Ada, p)
		stage.Refuses(s, s.Recruiter, ExtendOffer, s.terms(foreign), fault.CodePolicyViolation, "")
		stage.Must(s, s.Recruiter, ExtendOffer, s.terms(own))
		ben := s.Talent("Ben")
		s.Affiliate(ben, s.Campus)
		next := s.applied(ben, p)
		stage.Refuses(s, s.Recruiter, ExtendOffer, s.terms(next), fault.CodeLimitReached, "")
		stage.Must(s, s.Operator(), pool.RecordPoolDeposit, pool.RecordPoolDepositInput{
			FundingPoolID: id, Amount: money.Input{Amount: "500.00", Currency: "USD"}, Reference: "WIRE-2",
		})
		stage.Must(s, admin, pool.DismissFromFundingPool, pool.DismissFromFundingPoolInput{FundingPoolID: id, EmployerID: s.Acme})
		stage.Refuses(s, s.Recruiter, ExtendOffer, s.terms(next), fault.CodePolicyViolation, "")
		stage.Must(s, admin, pool.AdmitToFundingPool, pool.AdmitToFundingPoolInput{FundingPoolID: id, EmployerID: s.Acme})
		stood, err := s.DB.Read.FundingPool.Get(s.All(), id)
		if err != nil {
			t.Fatal(err)
		}
		stage.Must(s, admin, pool.CloseFundingPool, pool.CloseFundingPoolInput{FundingPoolID: id, ExpectedRevision: stood.Revision})
		stage.Refuses(s, s.Recruiter, ExtendOffer, s.terms(next), fault.CodePolicyViolation, "")
	})
}

// Thirty-two offers at once on a pool that can pay for five.
func TestAPoolIsDrawnOnAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(40, 1)
		id := s.fund(s.Seat("admin", s.Campus, viewer.RoleAdmin), p, "2500.00")
		var applications []*ent.Application
		for range 32 {
			who := s.Talent("Somebody")
			s.Affiliate(who, s.Campus)
			applications = append(applications, s.applied(who, p))
		}
		answers := make(chan error, len(applications))
		var all sync.WaitGroup
		for _, a := range applications {
			all.Go(func() {
				_, err := ExtendOffer(s.As(s.Recruiter, "extend"), s.DB, s.terms(a))
				answers <- err
			})
		}
		all.Wait()
		close(answers)
		made := 0
		for err := range answers {
			told, _ := fault.UserErrors(err)
			if err == nil {
				made++
			} else if len(told) != 1 || told[0].GetCode() != fault.CodeLimitReached {
				t.Errorf("a loser heard %v", err)
			}
		}
		if got, want := s.poolStands(id), [3]int64{0, 2500_00, 0}; made != 5 || got != want {
			t.Errorf("%d offers were made, and the pool stands at %v, want %v", made, got, want)
		}
		n, err := s.DB.Read.PaymentRecord.Query().Where(paymentrecord.FundingPoolID(id)).Count(s.All())
		if err != nil || n != 5 {
			t.Errorf("there are %d payment records, %v", n, err)
		}
	})
}

func TestTheShareIsWhatWasAgreedWhenTheOfferWasSent(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(9, 1)
		before := s.offered(s.Ada, p)
		e, err := s.DB.Read.Employer.Get(s.All(), s.Acme)
		if err != nil {
			t.Fatal(err)
		}
		share := 750
		in := employer.AgreeFeeSplitInput{EmployerID: s.Acme, ExpectedRevision: e.Revision, PlatformBasisPoints: &share}
		stage.Refuses(s, s.Owner, employer.AgreeFeeSplit, in, fault.CodeNotPermitted, "")
		stage.Does(s, s.Operator(), employer.AgreeFeeSplit, in, stage.Hears("ew", event.FeeSplitAgreed)...)
		after := s.offered(s.Foreigner, p)
		if before.PlatformBasisPoints != 1000 || after.PlatformBasisPoints != 750 {
			t.Errorf("the platform keeps %d before and %d after", before.PlatformBasisPoints, after.PlatformBasisPoints)
		}
		if got, want := PlatformShare(after).Minor+TalentShare(after).Minor, after.FeeMinor; got != want || PlatformShare(after).Minor != 37_50 {
			t.Errorf("the shares are %v and %v of %d", PlatformShare(after), TalentShare(after), want)
		}
		record, err := s.DB.Read.PaymentRecord.Query().Where(paymentrecord.SubjectID(after.ID)).Only(s.All())
		if err != nil || record.PlatformMinor != 37_50 || record.PlatformBasisPoints != 750 {
			t.Errorf("the record is %v, %v", record, err)
		}
		in.ExpectedRevision, in.PlatformBasisPoints = e.Revision+1, nil
		stage.Must(s, s.Operator(), employer.AgreeFeeSplit, in)
		if third := s.offered(s.Talent("Third"), p); third.PlatformBasisPoints != 1000 {
			t.Errorf("without an agreement the platform keeps %d", third.PlatformBasisPoints)
		}
	})
}

func TestWorkWaitsForItsInstitution(t *testing.T) {
	each(t, func(s *scene) {
		admin := s.Seat("admin", s.Campus, viewer.RoleAdmin)
		i, err := s.DB.Read.Institution.Get(s.All(), s.Campus)
		if err != nil {
			t.Fatal(err)
		}
		yes := true
		stage.Must(s, admin, institution.ConfigureInstitution, institution.ConfigureInstitutionInput{
			InstitutionID: s.Campus, ExpectedRevision: i.Revision, ClearsEngagements: &yes,
		})
		p := s.project(9, 1)
		e := s.accepted(s.Ada, p)
		s.signed(s.Ada, e.OfferID)
		stage.Must(s, s.Supervisor, ConfirmKickOff, s.kickOff(s.engagement(e.ID)))
		e = s.engagement(e.ID)
		if e.Status != "PENDING_GATES" || e.ClearingInstitutionID != s.Campus {
			t.Fatalf("the work is %v", e)
		}
		in := ClearEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision}
		stage.Refuses(s, s.Staff, ClearEngagement, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, ClearEngagement, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Owner, ClearEngagement, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Outsider, ClearEngagement, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Stranger, ClearEngagement, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, admin, ClearEngagement, ClearEngagementInput{EngagementID: e.ID, ExpectedRevision: 99}, fault.CodeStaleRevision, "expectedRevision")
		stage.Does(s, admin, ClearEngagement, in, stage.Hears("eit", event.EngagementCleared, event.EngagementReady)...)
		if e = s.engagement(e.ID); e.Status != "READY" {
			t.Errorf("the work is %s", e.Status)
		}
		in.ExpectedRevision = e.Revision
		stage.Refuses(s, admin, ClearEngagement, in, fault.CodeIllegalTransition, "")
		if other := s.accepted(s.Foreigner, p); !other.ClearingInstitutionID.IsNone() {
			t.Error("the work of a talent of no institution waits for one")
		}
	})
}

func TestWorkWaitsForATaxForm(t *testing.T) {
	each(t, func(s *scene) {
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return tx.TalentProfile.Update().ClearTaxForm().ClearTaxFormSignedOn().ClearTaxFormStatedAt().Save(ctx)
		})
		e := s.accepted(s.Ada, s.project(9, 1))
		s.signed(s.Ada, e.OfferID)
		stage.Must(s, s.Supervisor, ConfirmKickOff, s.kickOff(s.engagement(e.ID)))
		if got := s.engagement(e.ID).Status; got != "PENDING_GATES" {
			t.Fatalf("without a tax form the work is %s", got)
		}
		in := talent.StateTaxFormInput{TalentProfileID: s.Ada.Talent, Kind: "W9", SignedOn: "2026-01-05"}
		stage.Refuses(s, s.Foreigner, talent.StateTaxForm, in, fault.CodeNotFound, "talentProfileId")
		stage.Refuses(s, s.Owner, talent.StateTaxForm, in, fault.CodeNotPermitted, "")
		stage.Does(s, s.Ada, talent.StateTaxForm, in, stage.Hears("t", event.TaxFormStated)...)
		s.due()
		if got := s.engagement(e.ID).Status; got != "READY" {
			t.Errorf("with a tax form the work is %s", got)
		}
	})
}
