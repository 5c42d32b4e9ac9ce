package pool

import (
	"fmt"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpool"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	closeFundingPool       = "closeFundingPool"
	admitToFundingPool     = "admitToFundingPool"
	dismissFromFundingPool = "dismissFromFundingPool"
	recordPoolDeposit      = "recordPoolDeposit"
	recordPoolWithdrawal   = "recordPoolWithdrawal"

	mostAdmissions = 200
)

var (
	open   = []fundingpool.Status{fundingpool.StatusOpen}
	ever   = []fundingpool.Status{fundingpool.StatusOpen, fundingpool.StatusClosed}
	owners = []transition.Side{transition.Institution, transition.Platform}
)

// States is the life of a pool. Who funds it decides who posts into it; what the
// bank says is the platform's to record.
var States = transition.Table[fundingpool.Status]{
	{
		Name: closeFundingPool, By: owners, Scope: viewer.PoolsManage, From: open, To: fundingpool.StatusClosed,
		Only: "Only the administrators of the institution that opened the pool, or operators for the platform's, can close it.",
		Not:  "This pool is closed already.",
	},
	{
		Name: admitToFundingPool, By: owners, Scope: viewer.PoolsManage, From: open,
		Only: "Only the administrators of the institution that opened the pool, or operators for the platform's, admit employers.",
		Not:  "A closed pool admits nobody.",
	},
	{
		Name: dismissFromFundingPool, By: owners, Scope: viewer.PoolsManage, From: ever,
		Only: "Only the administrators of the institution that opened the pool, or operators for the platform's, dismiss employers.",
	},
	{
		Name: recordPoolDeposit, By: []transition.Side{transition.Platform}, Scope: viewer.PoolsBank, From: open,
		Only: "Only operators record what came in.", Not: "A closed pool takes no deposits.",
	},
	{
		Name: recordPoolWithdrawal, By: []transition.Side{transition.Platform}, Scope: viewer.PoolsBank, From: ever,
		Only: "Only operators record what went back.",
	},
}

// canOpen: an institution's administrators, and operators for the platform.
func canOpen(v viewer.Viewer) error {
	if !v.Can(viewer.PoolsManage) {
		return fault.NotPermitted("Only an institution's administrators, and operators for the platform, open funding pools.")
	}
	return nil
}

// can judges a verb on a pool that its viewer has read as it is.
func can(v viewer.Viewer, p *ent.FundingPool, verb string, revision int) error {
	if err := States.Permit(verb, v, sidesOf(v, p, verb), p.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, p.Revision)
}

// sidesOf are the viewer's sides on a pool: its institution's, or the platform's
// for its own and for what the bank says of any.
func sidesOf(v viewer.Viewer, p *ent.FundingPool, verb string) []transition.Side {
	isBank := verb == recordPoolDeposit || verb == recordPoolWithdrawal
	switch {
	case v.Kind == viewer.Operator && (isBank || p.OwnerOrgID == v.Org):
		return []transition.Side{transition.Platform}
	case v.Kind == viewer.CareerStaff && p.OwnerOrgID == v.Org:
		return []transition.Side{transition.Institution}
	}
	return nil
}

// canAdmit: a verified employer, once, while the pool has room for it.
func canAdmit(e *ent.Employer, admitted []gid.ID) error {
	switch {
	case e.Status != employer.StatusVerified:
		return fault.PolicyViolation("verified-employer", "employerId", "Only an employer that the platform has verified can be admitted.")
	case slices.Contains(admitted, e.ID):
		return fault.AlreadyExists("employerId", "This employer is admitted already.")
	case len(admitted) >= mostAdmissions:
		return fault.LimitReached("employerId", fmt.Sprintf("A pool admits at most %d employers. Dismiss one first.", mostAdmissions))
	}
	return nil
}

func readAmount(r *text.Reader, p *ent.FundingPool, given money.Input) money.Money {
	amount, err := given.Parse()
	switch {
	case err != nil:
		r.Refuse(fault.InvalidValue("amount", fmt.Sprintf("Correct the amount: %s.", err)))
	case amount.Currency != money.Currency(p.Currency):
		r.Refuse(fault.InvalidValue("amount.currency", fmt.Sprintf("This pool holds %s.", p.Currency)))
	case amount.Minor <= 0 || amount.Minor > money.Most:
		r.Refuse(fault.InvalidValue("amount.amount", "Give an amount above zero, and less than ten thousand million."))
	}
	return amount
}

// Balance is what a pool can still pay: what came in, less what offers hold and
// what was spent.
func Balance(p *ent.FundingPool) *money.Money {
	return &money.Money{Minor: p.DepositedMinor - p.ReservedMinor - p.SpentMinor, Currency: money.Currency(p.Currency)}
}

// affords: a pool pays what it has.
func affords(p *ent.FundingPool, minor int64) error {
	if left := Balance(p); left.Minor < minor {
		return fault.LimitReached("", fmt.Sprintf("The funding pool has %s left.", left))
	}
	return nil
}

// Ask is what an offer asks of a pool.
type Ask struct {
	IsAdmitted bool // whether the offer's employer is
	IsOwn      bool // whether its talent is one of the pool's institution, or may be anybody's
	Fee        money.Money
}

// CanPay: an open pool pays the projects of employers that it admits, with its
// own institution's talents, while it has the money.
func CanPay(p *ent.FundingPool, a Ask) error {
	switch {
	case p == nil || !a.IsAdmitted:
		return fault.PolicyViolation("funding-pool-admission", "", "Your employer is not admitted to the project's funding pool. Pay yourself, or name another pool.")
	case p.Status != fundingpool.StatusOpen:
		return fault.PolicyViolation("funding-pool-open", "", "The project's funding pool is closed. Pay yourself, or name another pool.")
	case a.Fee.Currency != money.Currency(p.Currency):
		return fault.PolicyViolation("funding-pool-currency", "", fmt.Sprintf("The project's funding pool pays in %s.", p.Currency))
	case !a.IsOwn:
		return fault.PolicyViolation("funding-pool-talents", "", "The project's funding pool pays the talents of its own institution only.")
	}
	return affords(p, a.Fee.Minor)
}

// toldOf is a refusal of a pool as the viewer may know it: its employer reads it
// whole, and the talent that the pool pays no more.
func toldOf(v viewer.Viewer, d Draw, refusal error) error {
	if _, told := fault.UserErrors(refusal); !told || v.Employer() == d.EmployerID {
		return refusal
	}
	return fault.PolicyViolation("funding-pool-more", "", "The funding pool that pays for this work does not pay more for it.")
}

// CanName: a project names a pool that admits its employer, in the pool's own
// currency.
func CanName(p *ent.FundingPool, isAdmitted bool, fee money.Money) error {
	switch {
	case !isAdmitted:
		return fault.NotFound("fundingPoolId", "There is no such funding pool.")
	case p.Status != fundingpool.StatusOpen:
		return fault.IllegalTransition("This funding pool is closed.", string(p.Status), []string{})
	case fee.Currency != money.Currency(p.Currency):
		return fault.InvalidValue("fee.currency", fmt.Sprintf("This funding pool pays in %s.", p.Currency))
	}
	return nil
}

// EmployerCost is what of a fee the employer pays: nothing when a pool does.
func EmployerCost(fee money.Money, pool gid.ID) *money.Money {
	if !pool.IsNone() {
		fee.Minor = 0
	}
	return &fee
}
