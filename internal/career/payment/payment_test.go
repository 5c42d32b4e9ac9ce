package payment

import (
	"context"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

type accounts = map[ledgerentry.Account]int64

func TestWays(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := open(t, db)
		ways := map[string]struct {
			steps  []string
			status paymentrecord.Status
			told   []event.Kind
			held   accounts
		}{
			"promised": {nil, paymentrecord.StatusAuthorized, []event.Kind{event.PaymentAuthorized},
				accounts{"EMPLOYER": -50_000, "AUTHORIZED": 50_000}},
			"held": {[]string{"hold"}, paymentrecord.StatusHeld, []event.Kind{event.PaymentAuthorized, event.PaymentHeld},
				accounts{"EMPLOYER": -50_000, "HELD": 50_000}},
			"let go": {[]string{"void"}, paymentrecord.StatusVoided, []event.Kind{event.PaymentAuthorized, event.PaymentVoided}, nil},
			"paid": {[]string{"hold", "release"}, paymentrecord.StatusReleasing,
				[]event.Kind{event.PaymentAuthorized, event.PaymentHeld, event.PaymentReleased},
				accounts{"EMPLOYER": -50_000, "TALENT": 45_000, "PLATFORM": 5_000}},
			"given back": {[]string{"hold", "refund"}, paymentrecord.StatusRefunded,
				[]event.Kind{event.PaymentAuthorized, event.PaymentHeld, event.PaymentRefunded}, nil},
			"arrived": {[]string{"hold", "release", "arrive"}, paymentrecord.StatusPaidOut,
				[]event.Kind{event.PaymentAuthorized, event.PaymentHeld, event.PaymentReleased, event.PaymentPaidOut},
				accounts{"EMPLOYER": -50_000, "PAID_OUT": 45_000, "PLATFORM": 5_000}},
			"sent back": {[]string{"hold", "release", "arrive", "fail"}, paymentrecord.StatusFailed,
				[]event.Kind{event.PaymentAuthorized, event.PaymentHeld, event.PaymentReleased, event.PaymentPaidOut, event.PaymentFailed},
				accounts{"EMPLOYER": -50_000, "TALENT": 45_000, "PLATFORM": 5_000}},
			"frozen": {[]string{"hold", "freeze"}, paymentrecord.StatusFrozen,
				[]event.Kind{event.PaymentAuthorized, event.PaymentHeld, event.PaymentFrozen},
				accounts{"EMPLOYER": -50_000, "HELD": 50_000}},
		}
		for name, way := range ways {
			subject := p.authorized(t, 50_000, 1000)
			p.does(t, subject, way.steps...)
			row := p.record(t, subject)
			if row.Status != way.status || row.Revision != 1+len(way.steps) || row.OwnerOrgID != p.employer ||
				row.TalentMinor+row.PlatformMinor+row.RefundedMinor != 50_000 || (row.RefundedMinor == 50_000) != (name == "given back") || row.PlatformBasisPoints != 1000 {
				t.Errorf("%s: got %v", name, row)
			}
			held := p.balance(t, subject)
			maps.DeleteFunc(held, func(_ ledgerentry.Account, minor int64) bool { return minor == 0 })
			if !maps.Equal(held, way.held) {
				t.Errorf("%s: the accounts hold %v, want %v", name, held, way.held)
			}
			want := make([]string, len(way.told))
			for i, kind := range way.told {
				want[i] = string(kind)
			}
			for _, party := range []gid.ID{p.employer, p.talent} {
				if got := p.told(t, party, subject); !slices.Equal(got, want) {
					t.Errorf("%s: %s heard %v, want %v", name, party, got, want)
				}
			}
		}
	})
}

func TestShares(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := open(t, db)
		for _, c := range []struct{ gross, basisPoints, talent, platform int64 }{
			{10_005, 1000, 9_004, 1_001}, // half up, and the rest is the talent's
			{1, 1000, 1, 0},              // a share too small to be a coin
			{5, 1000, 4, 1},
			{50_000, 0, 50_000, 0},
			{50_000, 10_000, 0, 50_000},
		} {
			subject := p.authorized(t, c.gross, c.basisPoints)
			p.does(t, subject, "hold", "release")
			if got := p.balance(t, subject); got["TALENT"] != c.talent || got["PLATFORM"] != c.platform || got["EMPLOYER"] != -c.gross {
				t.Errorf("%d at %d: got %v", c.gross, c.basisPoints, got)
			}
		}
	})
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := open(t, db)
		subject := p.authorized(t, 50_000, 1000)
		p.does(t, subject, "hold", "release")
		before := p.record(t, subject)
		for _, step := range []string{"hold", "void", "release", "refund", "freeze"} {
			err := p.change(t, everything(t), func(ctx context.Context, tx *store.Tx) error { return take(ctx, tx, subject, step) })
			told, _ := fault.UserErrors(err)
			if len(told) != 1 || told[0].GetCode() != fault.CodeIllegalTransition {
				t.Errorf("%s: got %v", step, err)
			}
		}
		// One subject is paid for once.
		err := p.change(t, everything(t), func(ctx context.Context, tx *store.Tx) error {
			c := p.charge(t, 1, 0)
			c.SubjectID = subject
			_, err := Authorize(ctx, tx, c)
			return err
		})
		if told, _ := fault.UserErrors(err); len(told) != 1 || told[0].GetCode() != fault.CodeAlreadyExists {
			t.Errorf("a second promise: got %v", err)
		}
		// A stranger moves nothing, because a stranger sees nothing.
		eve := viewer.With(t.Context(), viewer.Viewer{Kind: viewer.Talent, World: gid.LiveWorld, Talent: p.employer})
		if p.change(t, eve, func(ctx context.Context, tx *store.Tx) error { return Hold(ctx, tx, subject) }) == nil {
			t.Error("a stranger moved money")
		}
		if after := p.record(t, subject); after.String() != before.String() || len(p.told(t, p.employer, subject)) != 3 {
			t.Errorf("it changed from %v to %v", before, after)
		}
	})
}

func TestStanding(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := open(t, db)
		subject := p.authorized(t, 50_000, 1000)
		ada := viewer.With(t.Context(), viewer.Viewer{Kind: viewer.Talent, World: gid.LiveWorld, Talent: p.talent})
		err := p.change(t, ada, func(ctx context.Context, tx *store.Tx) error {
			row, err := Standing(ctx, tx, subject)
			if err == nil && row.Status != paymentrecord.StatusAuthorized {
				t.Errorf("got %v", row)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// The ledger sums to zero and nothing is paid that was not set aside, whatever
// is tried in whatever order.
func TestLedgerSumsToZero(t *testing.T) {
	t.Parallel()
	p := open(t, storetest.Open(t, storetest.Engines[0]))
	rapid.Check(t, func(r *rapid.T) {
		minor := rapid.Int64Range(1, 1_000_000_000_000).Draw(r, "fee")
		subject := p.authorized(t, minor, rapid.Int64Range(0, 10_000).Draw(r, "share"))
		steps := rapid.SliceOfN(rapid.SampledFrom([]string{"hold", "void", "release", "refund", "freeze", "raise", "arrive", "fail"}), 1, 6).Draw(r, "steps")
		for _, s := range steps {
			// A step out of turn is refused, which changes nothing.
			err := p.change(t, everything(t), func(ctx context.Context, tx *store.Tx) error { return take(ctx, tx, subject, s) })
			if s == "raise" && err == nil {
				minor += raise
			}
			held := p.balance(t, subject)
			sum := int64(0)
			for account, balance := range held {
				if account != "EMPLOYER" && balance < 0 {
					r.Fatalf("%s holds %d after %v", account, balance, steps)
				}
				sum += balance
			}
			row := p.record(t, subject)
			aside := row.Status == paymentrecord.StatusHeld || row.Status == paymentrecord.StatusFrozen
			if sum != 0 || aside != (held["HELD"] == minor) || !aside && held["HELD"] != 0 {
				r.Fatalf("after %v it is %s and the accounts hold %v", steps, row.Status, held)
			}
		}
	})
}

func TestList(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := open(t, db)
		seal := page.NewSeal([]byte("a test"))
		held, promised := p.authorized(t, 50_000, 1000), p.authorized(t, 60_000, 1000)
		p.does(t, held, "hold")
		acme := viewer.With(t.Context(), viewer.Viewer{Kind: viewer.EmployerMember, World: gid.LiveWorld, Org: p.employer})
		all, err := List(acme, db, seal, page.Args{}, nil, nil)
		if err != nil || len(all.Nodes) != 2 {
			t.Fatalf("got %v, %v", all, err)
		}
		some, err := List(acme, db, seal, page.Args{}, &PaymentRecordFilter{Status: []paymentrecord.Status{paymentrecord.StatusAuthorized}}, nil)
		if err != nil || len(some.Nodes) != 1 || some.Nodes[0].SubjectID != promised {
			t.Errorf("promised: got %v, %v", some, err)
		}
		now := db.Now().AddDate(0, 0, 1)
		late, err := List(acme, db, seal, page.Args{}, &PaymentRecordFilter{AuthorizedAt: &page.Range{Gte: &now}}, nil)
		if err != nil || len(late.Nodes) != 0 {
			t.Errorf("tomorrow's: got %v, %v", late, err)
		}
		stranger := viewer.With(t.Context(), viewer.Viewer{Kind: viewer.EmployerMember, World: gid.LiveWorld, Org: p.talent})
		if none, err := List(stranger, db, seal, page.Args{}, nil, nil); err != nil || len(none.Nodes) != 0 {
			t.Errorf("a stranger reads %v, %v", none, err)
		}
	})
}
