package payment

import (
	"context"
	"maps"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// What is shared leaves every remainder with the talent, and nothing is lost.
func TestSettling(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := open(t, db)
		for name, tc := range map[string]struct {
			keep, minor int64 // keep before settling, when it is not 0
			status      paymentrecord.Status
			held        accounts
		}{
			"all of it":          {0, 50_005, paymentrecord.StatusReleasing, accounts{"EMPLOYER": -50_005, "TALENT": 45_004, "PLATFORM": 5_001}},
			"nothing":            {0, 0, paymentrecord.StatusRefunded, accounts{}},
			"a part":             {0, 33_333, paymentrecord.StatusReleasing, accounts{"EMPLOYER": -33_333, "TALENT": 30_000, "PLATFORM": 3_333}},
			"one coin":           {0, 1, paymentrecord.StatusReleasing, accounts{"EMPLOYER": -1, "TALENT": 1}},
			"a part of the rest": {40_000, 10_000, paymentrecord.StatusReleasing, accounts{"EMPLOYER": -10_000, "TALENT": 9_000, "PLATFORM": 1_000}},
			"nothing after all":  {40_000, 0, paymentrecord.StatusRefunded, accounts{}},
		} {
			subject := p.authorized(t, 50_005, 1000)
			p.does(t, subject, "hold")
			err := p.change(t, everything(t), func(ctx context.Context, tx *store.Tx) error {
				if err := Secure(ctx, tx, subject); err != nil || tc.keep == 0 {
					return err
				}
				if err := Keep(ctx, tx, subject, tc.keep); err != nil {
					return err
				}
				return Secure(ctx, tx, subject)
			})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			err = p.change(t, everything(t), func(ctx context.Context, tx *store.Tx) error { return Settle(ctx, tx, subject, tc.minor) })
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			row, held := p.record(t, subject), p.balance(t, subject)
			maps.DeleteFunc(held, func(_ ledgerentry.Account, minor int64) bool { return minor == 0 })
			if row.Status != tc.status || !maps.Equal(held, tc.held) || row.RefundedMinor != 50_005-tc.minor {
				t.Errorf("%s: it is %s, %d refunded, and the accounts hold %v", name, row.Status, row.RefundedMinor, held)
			}
		}
	})
}
