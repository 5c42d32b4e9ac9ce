package payment

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestCanMove(t *testing.T) {
	t.Parallel()
	allowed := map[event.Kind][]paymentrecord.Status{
		event.PaymentHeld:     {paymentrecord.StatusAuthorized},
		event.PaymentVoided:   {paymentrecord.StatusAuthorized},
		event.PaymentReleased: {paymentrecord.StatusHeld, paymentrecord.StatusFrozen, paymentrecord.StatusPartiallyRefunded},
		event.PaymentRefunded: {paymentrecord.StatusHeld, paymentrecord.StatusFrozen, paymentrecord.StatusPartiallyRefunded},
		event.PaymentFrozen:   {paymentrecord.StatusHeld, paymentrecord.StatusPartiallyRefunded},
		event.PaymentUnfrozen: {paymentrecord.StatusFrozen},
		event.PaymentRaised:   {paymentrecord.StatusHeld, paymentrecord.StatusPartiallyRefunded},

		event.PaymentPartlyRefunded: {paymentrecord.StatusHeld, paymentrecord.StatusFrozen, paymentrecord.StatusPartiallyRefunded},
		event.PaymentPaidOut:        {paymentrecord.StatusReleasing, paymentrecord.StatusFailed},
		event.PaymentFailed:         {paymentrecord.StatusReleasing, paymentrecord.StatusPaidOut},
		retryPayment:                {paymentrecord.StatusFailed},
	}
	for _, row := range States {
		for _, at := range []paymentrecord.Status{
			paymentrecord.StatusAuthorized, paymentrecord.StatusHeld, paymentrecord.StatusReleasing,
			paymentrecord.StatusVoided, paymentrecord.StatusRefunded, paymentrecord.StatusFrozen,
			paymentrecord.StatusPaidOut, paymentrecord.StatusFailed, paymentrecord.StatusPartiallyRefunded,
		} {
			name := "it refuses when " + row.Name + " finds it " + string(at)
			want := fault.CodeIllegalTransition
			for _, from := range allowed[event.Kind(row.Name)] {
				if from == at {
					name, want = row.Name+" from "+string(at), ""
				}
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				told, _ := fault.UserErrors(canMove(at, event.Kind(row.Name)))
				if want == "" && len(told) > 0 || want != "" && (len(told) != 1 || told[0].GetCode() != want) {
					t.Errorf("got %v, want %q", told, want)
				}
			})
		}
	}
}

func TestMovements(t *testing.T) {
	t.Parallel()
	kinds := []event.Kind{
		event.PaymentAuthorized, event.PaymentHeld, event.PaymentVoided, event.PaymentRefunded, event.PaymentReleased,
		event.PaymentFrozen, event.PaymentPaidOut,
	}
	for _, p := range []*ent.PaymentRecord{
		{GrossMinor: 50_000, TalentMinor: 45_000, PlatformMinor: 5_000},
		{GrossMinor: 1, TalentMinor: 1},
		{GrossMinor: 1, PlatformMinor: 1},
	} {
		for _, kind := range kinds {
			sum, moved := int64(0), movements(kind, p)
			for _, m := range moved {
				if m.minor == 0 {
					t.Errorf("%s of %v moves nothing to %s", kind, p, m.account)
				}
				sum += m.minor
			}
			if sum != 0 || (kind == event.PaymentFrozen || kind == event.PaymentPaidOut && p.TalentMinor == 0) != (len(moved) == 0) {
				t.Errorf("%s of %v moves %v", kind, p, moved)
			}
		}
	}
}

// However a fee is added to, the talent and the platform get what they would have got
// of the whole, and neither gets less than before.
func TestRaised(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		minor := rapid.Int64Range(1, 1_000_000_000).Draw(r, "fee")
		p := &ent.PaymentRecord{GrossMinor: minor, PlatformBasisPoints: rapid.Int64Range(0, 10_000).Draw(r, "share")}
		platform, talent := money.Money{Minor: minor}.Share(p.PlatformBasisPoints)
		p.TalentMinor, p.PlatformMinor = talent.Minor, platform.Minor
		for range rapid.IntRange(1, 4).Draw(r, "times") {
			added := rapid.Int64Range(1, 1_000_000).Draw(r, "added")
			talent, platform := raised(p, added)
			if talent+platform != aside(p)+added || talent < p.TalentMinor || platform < p.PlatformMinor {
				r.Fatalf("%v and %d are shared as %d and %d", p, added, talent, platform)
			}
			p.GrossMinor, p.TalentMinor, p.PlatformMinor = p.GrossMinor+added, talent, platform
		}
		if whole, _ := (money.Money{Minor: p.GrossMinor}).Share(p.PlatformBasisPoints); whole.Minor != p.PlatformMinor {
			r.Fatalf("in steps the platform gets %d, at once %d", p.PlatformMinor, whole.Minor)
		}
	})
}

func TestEmployerCost(t *testing.T) {
	t.Parallel()
	pool := gid.ID{1, 15: byte(gid.FundingPool)}
	for name, c := range map[string]struct {
		p           ent.PaymentRecord
		part, whole int64
	}{
		"a fee":                     {ent.PaymentRecord{GrossMinor: 500, Status: paymentrecord.StatusHeld}, 500, 500},
		"what went back":            {ent.PaymentRecord{GrossMinor: 500, RefundedMinor: 100, Status: paymentrecord.StatusPartiallyRefunded}, 400, 400},
		"what instalments pay":      {ent.PaymentRecord{GrossMinor: 500, RefundedMinor: 100, InstalmentsMinor: 150, Status: paymentrecord.StatusPaidOut}, 250, 400},
		"what was let go":           {ent.PaymentRecord{GrossMinor: 500, Status: paymentrecord.StatusVoided}, 0, 0},
		"what a funding pool paid":  {ent.PaymentRecord{GrossMinor: 500, FundingPoolID: pool, Status: paymentrecord.StatusPaidOut}, 0, 0},
		"what a pool let go":        {ent.PaymentRecord{GrossMinor: 500, FundingPoolID: pool, Status: paymentrecord.StatusVoided}, 0, 0},
		"what went back as a whole": {ent.PaymentRecord{GrossMinor: 500, RefundedMinor: 500, Status: paymentrecord.StatusRefunded}, 0, 0},
	} {
		c.p.Currency = "USD"
		if part, whole := EmployerCost(&c.p), WholeCost(&c.p); part.Minor != c.part || whole.Minor != c.whole || part.Currency != "USD" {
			t.Errorf("%s: got %v of %v", name, part, whole)
		}
	}
}

func TestCanRetry(t *testing.T) {
	t.Parallel()
	acme, other := gid.ID{1, 15: byte(gid.Employer)}, gid.ID{2, 15: byte(gid.Employer)}
	failed := &ent.PaymentRecord{Status: paymentrecord.StatusFailed, EmployerOrgID: acme, Revision: 4}
	arrived := &ent.PaymentRecord{Status: paymentrecord.StatusPaidOut, EmployerOrgID: acme, Revision: 4}
	owner := stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme)
	for name, tc := range map[string]struct {
		v        viewer.Viewer
		p        *ent.PaymentRecord
		revision int
		code     fault.Code
	}{
		"the owner":                              {owner, failed, 4, ""},
		"an operator":                            {stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld), failed, 4, ""},
		"it refuses a recruiter":                 {stage.Who(viewer.EmployerMember, viewer.RoleRecruiter, acme), failed, 4, fault.CodeNotPermitted},
		"it refuses another employer's owner":    {stage.Who(viewer.EmployerMember, viewer.RoleOwner, other), failed, 4, fault.CodeNotPermitted},
		"it refuses the talent":                  {stage.Who(viewer.Talent, viewer.RoleTalent, gid.None), failed, 4, fault.CodeNotPermitted},
		"it refuses when it has arrived":         {owner, arrived, 4, fault.CodeIllegalTransition},
		"it refuses when it was read as another": {owner, failed, 3, fault.CodeStaleRevision},
	} {
		if got := stage.CodeOf(t, canRetry(tc.v, tc.p, tc.revision)); got != tc.code {
			t.Errorf("%s: got %q, want %q", name, got, tc.code)
		}
	}
}
