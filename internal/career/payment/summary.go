package payment

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// PaymentSummary sums payment records of one currency.
type PaymentSummary struct {
	RecordCount   int
	Gross         *money.Money
	EmployerCost  *money.Money
	Refunded      *money.Money
	Authorized    *money.Money
	Held          *money.Money
	OnItsWay      *money.Money
	PaidOut       *money.Money
	PlatformShare *money.Money
}

// group is what the database sums of the records of one currency, status and
// payer.
type group struct {
	Currency string               `json:"currency"`
	Status   paymentrecord.Status `json:"status"`
	Pool     gid.ID               `json:"funding_pool_id"`
	Records  int                  `json:"records"`
	Gross    int64                `json:"gross"`
	Talent   int64                `json:"talent"`
	Platform int64                `json:"platform"`
	Refunded int64                `json:"refunded"`
	// What other records pay of it: they are counted there.
	Instalments int64 `json:"instalments"`
}

// Summary sums the records that the viewer sees, one row for each currency.
func Summary(ctx context.Context, db *store.DB, authorized *page.Range) ([]*PaymentSummary, error) {
	var groups []group
	err := db.Read.PaymentRecord.Query().Where(page.During(paymentrecord.FieldAuthorizedAt, authorized)).
		GroupBy(paymentrecord.FieldCurrency, paymentrecord.FieldStatus, paymentrecord.FieldFundingPoolID).Aggregate(
		ent.As(ent.Count(), "records"), ent.As(ent.Sum(paymentrecord.FieldGrossMinor), "gross"),
		ent.As(ent.Sum(paymentrecord.FieldTalentMinor), "talent"), ent.As(ent.Sum(paymentrecord.FieldPlatformMinor), "platform"),
		ent.As(ent.Sum(paymentrecord.FieldRefundedMinor), "refunded"), ent.As(ent.Sum(paymentrecord.FieldInstalmentsMinor), "instalments"),
	).Scan(ctx, &groups)
	return summed(groups), err
}

// summed adds groups up, in the order of their currencies.
func summed(groups []group) []*PaymentSummary {
	by := map[string]*PaymentSummary{}
	var currencies []string
	for _, g := range groups {
		s, known := by[g.Currency]
		if !known {
			none := func() *money.Money { return &money.Money{Currency: money.Currency(g.Currency)} }
			s = &PaymentSummary{
				Gross: none(), EmployerCost: none(), Refunded: none(), Authorized: none(), Held: none(), OnItsWay: none(),
				PaidOut: none(), PlatformShare: none(),
			}
			by[g.Currency], currencies = s, append(currencies, g.Currency)
		}
		s.add(g)
	}
	slices.Sort(currencies)
	all := make([]*PaymentSummary, len(currencies))
	for i, c := range currencies {
		all[i] = by[c]
	}
	return all
}

func (s *PaymentSummary) add(g group) {
	s.RecordCount += g.Records
	g.Gross -= g.Instalments
	s.Gross.Minor += g.Gross
	s.Refunded.Minor += g.Refunded
	if g.Pool.IsNone() && g.Status != paymentrecord.StatusVoided {
		s.EmployerCost.Minor += g.Gross - g.Refunded
	}
	switch g.Status {
	case paymentrecord.StatusAuthorized:
		s.Authorized.Minor += g.Gross
	case paymentrecord.StatusHeld, paymentrecord.StatusFrozen, paymentrecord.StatusPartiallyRefunded:
		s.Held.Minor += g.Gross - g.Refunded
	case paymentrecord.StatusReleasing, paymentrecord.StatusFailed:
		s.OnItsWay.Minor += g.Talent
		s.PlatformShare.Minor += g.Platform
	case paymentrecord.StatusPaidOut:
		s.PaidOut.Minor += g.Talent
		s.PlatformShare.Minor += g.Platform
	}
}

// reportable are the amounts in US dollars' cents from which a payer files form
// 1099-NEC, by the year of the payment: 26 U.S.C. 6041(a), as amended by Public
// Law 119-21, section 70433, for payments after 2025. From 2027 on the amount
// follows prices and is published by the tax office.
var reportable = map[int]int64{2020: 600_00, 2021: 600_00, 2022: 600_00, 2023: 600_00, 2024: 600_00, 2025: 600_00, 2026: 2_000_00}

// TaxYear is what a contractor was paid in US dollars in a calendar year.
type TaxYear struct {
	Year               int
	PaidOut            *money.Money
	ReportingThreshold *money.Money
	IsReportable       *bool
}

// TaxYears are a year of the viewer's own profile, and nil for others.
func TaxYears(ctx context.Context, db *store.DB, profiles []*ent.TalentProfile, year int) ([]*TaxYear, error) {
	if year < 2020 || year > 2100 {
		return nil, &fault.Request{Code: fault.CodeInvalidInput, Message: "Ask for a year from 2020 to 2100."}
	}
	v := viewer.From(ctx)
	years := make([]*TaxYear, len(profiles))
	for i, p := range profiles {
		if p == nil || p.ID != v.Talent {
			continue
		}
		from := time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
		records, err := db.Read.PaymentRecord.Query().Where(paymentrecord.TalentID(p.ID), paymentrecord.Currency("USD"),
			paymentrecord.PaidOutAtGTE(from), paymentrecord.PaidOutAtLT(from.AddDate(1, 0, 0))).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("sum what %s was paid in %d: %w", p.ID, year, err)
		}
		years[i] = taxYear(year, records)
	}
	return years, nil
}

func taxYear(year int, records []*ent.PaymentRecord) *TaxYear {
	y := &TaxYear{Year: year, PaidOut: &money.Money{Currency: "USD"}}
	for _, p := range records {
		y.PaidOut.Minor += p.TalentMinor
	}
	if from, known := reportable[year]; known {
		is := y.PaidOut.Minor >= from
		y.ReportingThreshold, y.IsReportable = &money.Money{Minor: from, Currency: "USD"}, &is
	}
	return y
}
