package payment

import (
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
)

func TestCanMove(t *testing.T) {
	t.Parallel()
	allowed := map[event.Kind][]paymentrecord.Status{
		event.PaymentHeld:     {paymentrecord.StatusAuthorized},
		event.PaymentVoided:   {paymentrecord.StatusAuthorized},
		event.PaymentReleased: {paymentrecord.StatusHeld},
		event.PaymentRefunded: {paymentrecord.StatusHeld},
		event.PaymentFrozen:   {paymentrecord.StatusHeld},
	}
	for _, row := range States {
		for _, at := range []paymentrecord.Status{
			paymentrecord.StatusAuthorized, paymentrecord.StatusHeld, paymentrecord.StatusReleasing,
			paymentrecord.StatusVoided, paymentrecord.StatusRefunded, paymentrecord.StatusFrozen,
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
		event.PaymentFrozen,
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
			if sum != 0 || (kind == event.PaymentFrozen) != (len(moved) == 0) {
				t.Errorf("%s of %v moves %v", kind, p, moved)
			}
		}
	}
}
