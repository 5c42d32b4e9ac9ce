package money_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rung-dev/rung/internal/money"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		amount   money.Decimal
		currency money.Currency
		want     int64
	}{
		"whole dollars":              {"500", "USD", 50_000},
		"dollars and cents":          {"500.05", "USD", 50_005},
		"one place of two":           {"0.5", "USD", 50},
		"zeros beyond the cents":     {"1.2300", "USD", 123},
		"zeros in front":             {"007.00", "USD", 700},
		"below zero":                 {"-1.50", "USD", -150},
		"nothing":                    {"0", "USD", 0},
		"yen have no places":         {"1500", "JPY", 1500},
		"yen with a zero place":      {"1500.0", "JPY", 1500},
		"dinars have three":          {"1.234", "KWD", 1234},
		"the largest number of euro": {"92233720368547758", "EUR", 9_223_372_036_854_775_800},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := money.Input{Amount: c.amount, Currency: c.currency}.Parse()
			if want := (money.Money{Minor: c.want, Currency: c.currency}); err != nil || got != want {
				t.Errorf("%s %s is %v, %v, want %v", c.amount, c.currency, got, err, want)
			}
		})
	}
	for name, in := range map[string]money.Input{
		"it refuses when the currency is unknown":          {Amount: "1.00", Currency: "XXX"},
		"it refuses when the currency is in small letters": {Amount: "1.00", Currency: "usd"},
		"it refuses when the currency is missing":          {Amount: "1.00"},
		"it refuses when the amount is missing":            {Currency: "USD"},
		"it refuses when there is half a cent":             {Amount: "1.005", Currency: "USD"},
		"it refuses when yen have places":                  {Amount: "1.5", Currency: "JPY"},
		"it refuses when it is too large to count":         {Amount: "92233720368547759", Currency: "USD"},
		"it refuses when it has more than 18 digits":       {Amount: "1234567890123456789", Currency: "JPY"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := in.Parse(); err == nil {
				t.Errorf("%s %s is %v, want an error", in.Amount, in.Currency, got)
			}
		})
	}
}

func TestDecimal(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]any{
		"it refuses when it is a number":              500.0,
		"it refuses when it is an integer":            int64(500),
		"it refuses when it is null":                  nil,
		"it refuses when it is empty":                 "",
		"it refuses when it is a sign alone":          "-",
		"it refuses when it has a plus":               "+5",
		"it refuses when it has an exponent":          "5e2",
		"it refuses when it begins with a point":      ".5",
		"it refuses when it ends with a point":        "5.",
		"it refuses when it has two points":           "5.0.0",
		"it refuses when it has a comma":              "5,00",
		"it refuses when it has a space":              "5 00",
		"it refuses when it has two signs":            "--5",
		"it refuses when the sign is inside":          "5-0",
		"it refuses when it is infinite":              "Infinity",
		"it refuses when it is hexadecimal":           "0x10",
		"it refuses when digits are another script's": "٥٠٠",
		"it refuses when it has a line break":         "5\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var d money.Decimal
			if err := d.UnmarshalGQL(v); err == nil {
				t.Errorf("UnmarshalGQL(%v) = %q, want an error", v, d)
			}
			if text, ok := v.(string); ok {
				if got, err := (money.Input{Amount: money.Decimal(text), Currency: "USD"}).Parse(); err == nil {
					t.Errorf("Parse(%q) = %v, want an error", text, got)
				}
			}
		})
	}
}

var currencies = []money.Currency{"USD", "EUR", "JPY", "KRW", "KWD", "BHD", "INR"}

func TestAmountsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := money.Money{
			Minor:    rapid.Int64Range(-1e17, 1e17).Draw(t, "minor"),
			Currency: rapid.SampledFrom(currencies).Draw(t, "currency"),
		}
		var amount money.Decimal
		if err := amount.UnmarshalGQL(string(want.Amount())); err != nil {
			t.Fatalf("%s is no decimal: %v", want.Amount(), err)
		}
		got, err := money.Input{Amount: amount, Currency: want.Currency}.Parse()
		if err != nil || got != want {
			t.Fatalf("%s reads back as %v, %v", want, got, err)
		}
	})
}

func TestSharesSumUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := money.Money{Minor: rapid.Int64Range(0, math.MaxInt64).Draw(t, "minor"), Currency: "USD"}
		points := rapid.Int64Range(0, 10_000).Draw(t, "basis points")
		part, rest := m.Share(points)
		if part.Minor < 0 || rest.Minor < 0 || part.Minor+rest.Minor != m.Minor || part.Currency != "USD" || rest.Currency != "USD" {
			t.Fatalf("%d basis points of %s are %s and %s", points, m, part, rest)
		}
		// |part − m·points/10000| ≤ 1/2
		off := new(big.Int).Mul(big.NewInt(m.Minor), big.NewInt(points))
		off.Sub(new(big.Int).Mul(big.NewInt(part.Minor), big.NewInt(10_000)), off)
		if off.CmpAbs(big.NewInt(5_000)) > 0 {
			t.Fatalf("%d basis points of %s are not %s: %s ten-thousandths off", points, m, part, off)
		}
	})
}

func TestShare(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ minor, points, part int64 }{
		"ten per cent":               {50_000, 1_000, 5_000},
		"half a cent is rounded up":  {5, 1_000, 1},
		"less is rounded down":       {4, 1_000, 0},
		"nothing of it":              {50_000, 0, 0},
		"all of it":                  {50_000, 10_000, 50_000},
		"of nothing":                 {0, 1_000, 0},
		"of the largest amount":      {math.MaxInt64, 10_000, math.MaxInt64},
		"half of the largest amount": {math.MaxInt64, 5_000, math.MaxInt64/2 + 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			part, rest := money.Money{Minor: c.minor, Currency: "USD"}.Share(c.points)
			if part.Minor != c.part || rest.Minor != c.minor-c.part {
				t.Errorf("got %s and %s, want %d and %d", part, rest, c.part, c.minor-c.part)
			}
		})
	}
}

func TestPaysAtLeast(t *testing.T) {
	t.Parallel()
	floor := money.Money{Minor: 2_000, Currency: "USD"}
	for name, c := range map[string]struct {
		minor    int64
		currency money.Currency
		hours    int
		want     bool
	}{
		"exactly the floor passes":                        {50_000, "USD", 25, true},
		"a cent more passes":                              {50_001, "USD", 25, true},
		"it refuses when a cent is missing":               {49_999, "USD", 25, false},
		"it refuses when division would round up to it":   {13_999, "USD", 7, false},
		"it refuses when the currency is another":         {50_000, "EUR", 25, false},
		"it refuses when there is nothing":                {0, "USD", 1, false},
		"it refuses when it is below zero":                {-50_000, "USD", 25, false},
		"it refuses when the floor is too large to count": {math.MaxInt64, "USD", math.MaxInt64, false},
		"the largest amount passes":                       {math.MaxInt64, "USD", 40, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := (money.Money{Minor: c.minor, Currency: c.currency}).PaysAtLeast(floor, c.hours); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		an := money.Money{Minor: rapid.Int64Range(0, math.MaxInt64).Draw(t, "floor"), Currency: "USD"}
		hours := rapid.IntRange(1, 1000).Draw(t, "hours")
		fee := money.Money{Minor: rapid.Int64Range(0, math.MaxInt64).Draw(t, "fee"), Currency: "USD"}
		due := new(big.Int).Mul(big.NewInt(an.Minor), big.NewInt(int64(hours)))
		if got, want := fee.PaysAtLeast(an, hours), big.NewInt(fee.Minor).Cmp(due) >= 0; got != want {
			t.Fatalf("%s for %d hours at a floor of %s: got %v, want %v", fee, hours, an, got, want)
		}
	})
}

func TestPerHour(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := money.Money{Minor: rapid.Int64Range(0, math.MaxInt64).Draw(t, "minor"), Currency: "USD"}
		hours := rapid.IntRange(1, 1000).Draw(t, "hours")
		want := new(big.Int).Mul(big.NewInt(m.Minor), big.NewInt(2))
		want.Add(want, big.NewInt(int64(hours))).Div(want, big.NewInt(int64(2*hours)))
		if got := m.PerHour(hours); got.Minor != want.Int64() || got.Currency != "USD" {
			t.Fatalf("%s for %d hours is %s an hour, want %s minor", m, hours, got, want)
		}
	})
}

func TestPerHourOf(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := money.Money{Minor: rapid.Int64Range(0, 1_000_000_000_000).Draw(t, "minor"), Currency: "USD"}
		minutes := rapid.IntRange(1, 60*40).Draw(t, "minutes")
		want := new(big.Int).Mul(big.NewInt(m.Minor), big.NewInt(120))
		want.Add(want, big.NewInt(int64(minutes))).Div(want, big.NewInt(int64(2*minutes)))
		if got := m.PerHourOf(minutes); got.Minor != want.Int64() || got.Currency != "USD" {
			t.Fatalf("%s for %d minutes is %s an hour, want %s minor", m, minutes, got, want)
		}
	})
}

// What an hour pays, times what was worked, is rounded once.
func TestTimes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := money.Money{Minor: rapid.Int64Range(0, 1_000_000_000_000).Draw(t, "minor"), Currency: "USD"}
		minutes := rapid.IntRange(0, 60*40).Draw(t, "minutes")
		want := new(big.Int).Mul(big.NewInt(m.Minor), big.NewInt(int64(2*minutes)))
		want.Add(want, big.NewInt(60)).Div(want, big.NewInt(120))
		if got := m.Times(minutes); got.Minor != want.Int64() || got.Currency != "USD" {
			t.Fatalf("%d minutes at %s an hour are %s, want %s minor", minutes, m, got, want)
		}
	})
}

func TestGraphQLForms(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	money.Money{Minor: -5, Currency: "KWD"}.Amount().MarshalGQL(&out)
	money.Currency("KWD").MarshalGQL(&out)
	if got, want := out.String(), `"-0.005""KWD"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, v := range []any{nil, 7, "", "usd", "US", "USDX", "XXX"} {
		var c money.Currency
		if err := c.UnmarshalGQL(v); err == nil || c != "" {
			t.Errorf("UnmarshalGQL(%v) = %q, want an error", v, c)
		}
	}
	var c money.Currency
	if err := c.UnmarshalGQL("USD"); err != nil || c != "USD" {
		t.Errorf("UnmarshalGQL(USD) = %q, %v", c, err)
	}
}
