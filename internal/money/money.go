// Package money counts money in the smallest unit of its currency and never in
// fractions.
package money

import (
	"fmt"
	"io"
	"math/bits"
	"strconv"
	"strings"
)

// Most is the largest amount that is taken, in minor units, so that no sum of
// amounts overflows.
const Most = 1_000_000_000_000

// Currency is an ISO 4217 code, as in USD.
type Currency string

// exponents are the decimal places of the currencies Rung pays in, from ISO
// 4217. A currency that is not here is refused rather than guessed.
var exponents = map[Currency]int{
	"AUD": 2, "BHD": 3, "BRL": 2, "CAD": 2, "CHF": 2, "CNY": 2, "CZK": 2, "DKK": 2, "EUR": 2, "GBP": 2, "HKD": 2,
	"HUF": 2, "ILS": 2, "INR": 2, "JPY": 0, "KRW": 0, "KWD": 3, "MXN": 2, "NOK": 2, "NZD": 2, "PLN": 2, "SEK": 2,
	"SGD": 2, "TND": 3, "TRY": 2, "USD": 2, "ZAR": 2,
}

// IsKnown reports whether Rung can count in the currency.
func (c Currency) IsKnown() bool {
	_, known := exponents[c]
	return known
}

// MarshalGQL writes the code as a GraphQL CurrencyCode.
func (c Currency) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(c))) }

// UnmarshalGQL reads a GraphQL CurrencyCode.
func (c *Currency) UnmarshalGQL(v any) error {
	text, _ := v.(string)
	if !Currency(text).IsKnown() {
		return fmt.Errorf("name a currency by its ISO 4217 code, as in USD")
	}
	*c = Currency(text)
	return nil
}

// Decimal is an exact amount as text, as in 500.00. Clients send and get it as
// a string, so that no reader rounds it.
type Decimal string

// MarshalGQL writes the amount as a GraphQL Decimal.
func (d Decimal) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(d))) }

// UnmarshalGQL reads a GraphQL Decimal: digits with at most one point, at most
// 18 digits in all, an optional minus sign and no exponent.
func (d *Decimal) UnmarshalGQL(v any) error {
	text, _ := v.(string)
	if !isDecimal(text) {
		return fmt.Errorf("write an amount as a string of digits, as in \"500.00\"")
	}
	*d = Decimal(text)
	return nil
}

func isDecimal(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	whole, fraction, hasPoint := strings.Cut(digits, ".")
	if whole == "" || (hasPoint && fraction == "") || len(whole)+len(fraction) > 18 {
		return false
	}
	return strings.Trim(whole+fraction, "0123456789") == ""
}

// Money is an amount in minor units (cents for USD) of a currency.
type Money struct {
	Minor    int64
	Currency Currency
}

// Input is money as clients send it.
type Input struct {
	Amount   Decimal
	Currency Currency
}

// Amount is the amount with the currency's decimal places.
func (m Money) Amount() Decimal {
	places := exponents[m.Currency]
	sign, minor := "", m.Minor
	if minor < 0 {
		sign, minor = "-", -minor
	}
	digits := fmt.Sprintf("%0*d", places+1, minor)
	if places == 0 {
		return Decimal(sign + digits)
	}
	return Decimal(sign + digits[:len(digits)-places] + "." + digits[len(digits)-places:])
}

func (m Money) String() string { return string(m.Amount()) + " " + string(m.Currency) }

// Parse counts an amount in minor units. More decimal places than the currency
// has are refused, unless they are zeros.
func (in Input) Parse() (Money, error) {
	places, known := exponents[in.Currency]
	if !known || !isDecimal(string(in.Amount)) {
		return Money{}, fmt.Errorf("give an amount and a currency, as in 500.00 USD")
	}
	whole, fraction, _ := strings.Cut(string(in.Amount), ".")
	if extra := strings.TrimRight(fraction, "0"); len(extra) > places {
		return Money{}, fmt.Errorf("%s has %d decimal places", in.Currency, places)
	}
	fraction = (fraction + "000")[:places]
	minor, err := strconv.ParseInt(whole+fraction, 10, 64)
	if err != nil {
		return Money{}, fmt.Errorf("this amount is too large")
	}
	return Money{minor, in.Currency}, nil
}

// Share is the amount's part in basis points (100 are one per cent), rounded
// half up. The rest, remainder and all, is the other party's.
func (m Money) Share(basisPoints int64) (part, rest Money) {
	hi, lo := bits.Mul64(uint64(m.Minor), uint64(basisPoints))
	lo, carry := bits.Add64(lo, 5_000, 0)
	quotient, _ := bits.Div64(hi+carry, lo, 10_000)
	part = Money{int64(quotient), m.Currency}
	return part, Money{m.Minor - part.Minor, m.Currency}
}

// PaysAtLeast reports whether the amount for so many hours reaches the floor
// an hour, compared without division: fee ≥ floor × hours.
func (m Money) PaysAtLeast(floor Money, hours int) bool {
	hi, lo := bits.Mul64(uint64(floor.Minor), uint64(hours))
	return m.Currency == floor.Currency && hi == 0 && uint64(max(m.Minor, 0)) >= lo
}

// PerHourOf is the amount divided by so many minutes and told by the hour, rounded
// half up to a minor unit.
func (m Money) PerHourOf(minutes int) Money {
	of := int64(minutes)
	whole, rest := m.Minor/of, m.Minor%of // an hour of the amount itself could overflow
	return Money{whole*60 + (rest*60+of/2)/of, m.Currency}
}

// Times is the amount of an hour for so many minutes, rounded half up to a minor
// unit.
func (m Money) Times(minutes int) Money {
	of := int64(minutes)
	whole, rest := m.Minor/60, m.Minor%60
	return Money{whole*of + (rest*of+30)/60, m.Currency}
}

// PerHour is the amount divided by the hours, rounded half up to a minor unit.
func (m Money) PerHour(hours int) Money {
	h := int64(hours)
	whole, rest := m.Minor/h, m.Minor%h // doubling the amount itself could overflow
	if 2*rest >= h {
		whole++
	}
	return Money{whole, m.Currency}
}
