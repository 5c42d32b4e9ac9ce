package pool

import (
	"errors"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpool"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// watched are the tables that a refusal must leave alone.
var watched = []string{"funding_pools", "funding_pool_admissions", "funding_pool_entries"}

type scene struct {
	*stage.Scene

	admin, otherAdmin, operator viewer.Viewer
}

func each(t *testing.T, test func(s *scene)) {
	t.Helper()
	t.Parallel()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) {
		s := &scene{Scene: stage.Set(t, h)}
		s.admin = s.Seat("admin", s.Campus, viewer.RoleAdmin)
		s.otherAdmin = s.Seat("other admin", s.Institution("Other"), viewer.RoleAdmin)
		s.operator = viewer.Viewer{
			Kind: viewer.Operator, World: gid.LiveWorld, Org: gid.LiveWorld, Person: s.admin.Person, Role: viewer.RoleOperator,
			Scopes: viewer.ScopesOf(viewer.RoleOperator),
		}
		test(s)
	})
}

func (s *scene) pool(v viewer.Viewer) gid.ID {
	s.Helper()
	return stage.Must(s, v, OpenFundingPool, OpenFundingPoolInput{Name: "Fund", Currency: "USD"})
}

func (s *scene) balance(id gid.ID) int64 {
	s.Helper()
	p, err := s.DB.Read.FundingPool.Get(s.All(), id)
	if err != nil {
		s.Fatal(err)
	}
	return Balance(p).Minor
}

func usd(amount money.Decimal) money.Input { return money.Input{Amount: amount, Currency: "USD"} }

func TestAPoolIsFilledAndEmptied(t *testing.T) {
	each(t, func(s *scene) {
		id := s.pool(s.admin)
		in := RecordPoolDepositInput{FundingPoolID: id, Amount: usd("100.00"), Reference: "WIRE-1"}
		stage.Refuses(s, s.admin, RecordPoolDeposit, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.otherAdmin, RecordPoolDeposit, in, fault.CodeNotFound, "fundingPoolId")
		stage.Refuses(s, s.Owner, RecordPoolDeposit, in, fault.CodeNotFound, "fundingPoolId")
		stage.Does(s, s.operator, RecordPoolDeposit, in, stage.Hears("iw", event.FundingPoolDeposited)...)
		stage.Refuses(s, s.operator, RecordPoolDeposit, in, fault.CodeAlreadyExists, "reference")
		out := RecordPoolWithdrawalInput{FundingPoolID: id, Amount: usd("100.01"), Reference: "WIRE-2"}
		stage.Refuses(s, s.operator, RecordPoolWithdrawal, out, fault.CodeLimitReached, "")
		out.Amount = usd("40.00")
		stage.Does(s, s.operator, RecordPoolWithdrawal, out, stage.Hears("iw", event.FundingPoolWithdrawn)...)
		if got, want := s.balance(id), int64(60_00); got != want {
			t.Errorf("the balance is %d, want %d", got, want)
		}
		p := stage.Must(s, s.admin, CloseFundingPool, CloseFundingPoolInput{FundingPoolID: id, ExpectedRevision: 3})
		in.Reference = "WIRE-3"
		stage.Refuses(s, s.operator, RecordPoolDeposit, in, fault.CodeIllegalTransition, "")
		out.Reference, out.Amount = "WIRE-4", usd("60.00")
		stage.Must(s, s.operator, RecordPoolWithdrawal, out)
		if got := s.balance(p); got != 0 {
			t.Errorf("a closed pool that was given back has %d", got)
		}
	})
}

func TestAPoolAdmitsAndDismisses(t *testing.T) {
	each(t, func(s *scene) {
		id := s.pool(s.admin)
		in := AdmitToFundingPoolInput{FundingPoolID: id, EmployerID: s.Acme}
		stage.Refuses(s, s.Staff, AdmitToFundingPool, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.operator, AdmitToFundingPool, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.otherAdmin, AdmitToFundingPool, in, fault.CodeNotFound, "fundingPoolId")
		stage.Does(s, s.admin, AdmitToFundingPool, in, stage.Hears("eiw", event.FundingPoolAdmitted)...)
		stage.Refuses(s, s.admin, AdmitToFundingPool, in, fault.CodeAlreadyExists, "employerId")
		sees := func(v viewer.Viewer) bool {
			ok, err := s.DB.Read.FundingPool.Query().Where(fundingpool.ID(id)).Exist(viewer.With(t.Context(), v))
			if err != nil {
				t.Fatal(err)
			}
			return ok
		}
		if !sees(s.Owner) || sees(s.Stranger) || sees(s.Ada) || sees(s.Outsider) || sees(viewer.Public()) {
			t.Error("a pool is seen by others than those it admits")
		}
		out := DismissFromFundingPoolInput(in)
		stage.Refuses(s, s.Owner, DismissFromFundingPool, out, fault.CodeNotPermitted, "")
		stage.Does(s, s.admin, DismissFromFundingPool, out, stage.Hears("eiw", event.FundingPoolDismissed)...)
		if sees(s.Owner) {
			t.Error("a dismissed employer sees the pool")
		}
		stage.Refuses(s, s.admin, DismissFromFundingPool, out, fault.CodeNotFound, "employerId")
	})
}

func TestThePlatformHasPoolsOfItsOwn(t *testing.T) {
	each(t, func(s *scene) {
		id := s.pool(s.operator)
		stage.Refuses(s, s.admin, CloseFundingPool, CloseFundingPoolInput{FundingPoolID: id, ExpectedRevision: 1}, fault.CodeNotFound, "fundingPoolId")
		stage.Must(s, s.operator, AdmitToFundingPool, AdmitToFundingPoolInput{FundingPoolID: id, EmployerID: s.Acme})
		stage.Refuses(s, s.operator, CloseFundingPool, CloseFundingPoolInput{FundingPoolID: id, ExpectedRevision: 1}, fault.CodeStaleRevision, "expectedRevision")
		stage.Does(s, s.operator, CloseFundingPool, CloseFundingPoolInput{FundingPoolID: id, ExpectedRevision: 2}, stage.Hears("ew", event.FundingPoolClosed)...)
	})
}

func TestToldOf(t *testing.T) {
	t.Parallel()
	acme, other := gid.ID{1, 15: byte(gid.Employer)}, gid.ID{2, 15: byte(gid.Employer)}
	empty := affords(&ent.FundingPool{Currency: "USD"}, 1)
	d := Draw{EmployerID: acme}
	stage.Answers(t, toldOf(stage.Who(viewer.EmployerMember, viewer.RoleSupervisor, acme), d, empty), fault.CodeLimitReached, "")
	stage.Answers(t, toldOf(stage.Who(viewer.Talent, viewer.RoleTalent, gid.None), d, empty), fault.CodePolicyViolation, "")
	stage.Answers(t, toldOf(stage.Who(viewer.EmployerMember, viewer.RoleOwner, other), d, empty), fault.CodePolicyViolation, "")
	stage.Answers(t, toldOf(stage.Who(viewer.Talent, viewer.RoleTalent, gid.None), d, nil), "", "")
	broken := errors.New("the database is away")
	if got := toldOf(stage.Who(viewer.Talent, viewer.RoleTalent, gid.None), d, broken); !errors.Is(got, broken) {
		t.Errorf("a defect became %v", got)
	}
}

func TestCanAdmit(t *testing.T) {
	t.Parallel()
	full := make([]gid.ID, mostAdmissions)
	for i := range full {
		full[i] = gid.ID{1, byte(i >> 8), byte(i), 15: byte(gid.Employer)}
	}
	verified := &ent.Employer{ID: gid.ID{2, 15: byte(gid.Employer)}, Status: employer.StatusVerified}
	if err := canAdmit(verified, full[1:]); err != nil {
		t.Errorf("the last place: %v", err)
	}
	stage.Answers(t, canAdmit(verified, full), fault.CodeLimitReached, "employerId")
	stage.Answers(t, canAdmit(&ent.Employer{ID: full[0], Status: employer.StatusVerified}, full), fault.CodeAlreadyExists, "employerId")
	stage.Answers(t, canAdmit(&ent.Employer{Status: employer.StatusSuspended}, nil), fault.CodePolicyViolation, "employerId")
}
