package payment

import (
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/gid"
)

func TestTaxYear(t *testing.T) {
	t.Parallel()
	paid := func(minor ...int64) (records []*ent.PaymentRecord) {
		for _, m := range minor {
			records = append(records, &ent.PaymentRecord{TalentMinor: m})
		}
		return records
	}
	yes, no := true, false
	for name, c := range map[string]struct {
		year    int
		records []*ent.PaymentRecord
		want    *bool
	}{
		"nothing was paid":                        {2026, nil, &no},
		"a cent below the threshold":              {2026, paid(1_000_00, 999_99), &no},
		"the threshold":                           {2026, paid(1_000_00, 1_000_00), &yes},
		"the lower threshold of the years before": {2025, paid(600_00), &yes},
		"a cent below it":                         {2025, paid(599_99), &no},
		"a year whose amount is not known":        {2027, paid(9_999_00), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := taxYear(c.year, c.records)
			if (got.IsReportable == nil) != (c.want == nil) || c.want != nil && *got.IsReportable != *c.want {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestSumsByCurrency(t *testing.T) {
	t.Parallel()
	all := summed([]group{
		{Currency: "USD", Status: paymentrecord.StatusVoided, Records: 1, Gross: 10},
		{Currency: "USD", Status: paymentrecord.StatusPaidOut, Records: 2, Gross: 100, Talent: 80, Platform: 10, Refunded: 10},
		{Currency: "USD", Status: paymentrecord.StatusFailed, Records: 1, Gross: 50, Talent: 45, Platform: 5, Pool: gid.ID{0: 1, 15: byte(gid.FundingPool)}},
		{Currency: "USD", Status: paymentrecord.StatusFrozen, Records: 1, Gross: 30, Refunded: 5},
		{Currency: "EUR", Status: paymentrecord.StatusAuthorized, Records: 1, Gross: 7},
	})
	if len(all) != 2 || all[0].Authorized.Minor != 7 || all[0].Authorized.Currency != "EUR" {
		t.Fatalf("got %+v", all)
	}
	s := all[1]
	for name, c := range map[string]struct{ got, want int64 }{
		"records": {int64(s.RecordCount), 5}, "gross": {s.Gross.Minor, 190}, "cost": {s.EmployerCost.Minor, 115},
		"refunded": {s.Refunded.Minor, 15}, "held": {s.Held.Minor, 25}, "on its way": {s.OnItsWay.Minor, 45},
		"paid out": {s.PaidOut.Minor, 80}, "platform": {s.PlatformShare.Minor, 15},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", name, c.got, c.want)
		}
	}
}
