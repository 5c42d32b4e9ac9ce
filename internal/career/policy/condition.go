package policy

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/text"
)

// PostingConditionField is what a condition looks at.
type PostingConditionField string

// The fields, by the kind of their value.
const (
	ImpliedHourlyPay PostingConditionField = "IMPLIED_HOURLY_PAY"

	Hours   PostingConditionField = "HOURS"
	DueDays PostingConditionField = "DUE_DAYS"

	IsUnpaid              PostingConditionField = "IS_UNPAID"
	IsCommissionOnly      PostingConditionField = "IS_COMMISSION_ONLY"
	IsThirdPartyRecruiter PostingConditionField = "IS_THIRD_PARTY_RECRUITER"
	ChargesFee            PostingConditionField = "CHARGES_FEE"
	IsEmployerNew         PostingConditionField = "IS_EMPLOYER_NEW"

	WorkerClass PostingConditionField = "WORKER_CLASS"
	Country     PostingConditionField = "COUNTRY"
	Currency    PostingConditionField = "CURRENCY"
	Safety      PostingConditionField = "SAFETY"
)

// PostingConditionOperator is how a condition compares.
type PostingConditionOperator string

// The operators.
const (
	LessThan    PostingConditionOperator = "LT"
	AtMost      PostingConditionOperator = "LTE"
	MoreThan    PostingConditionOperator = "GT"
	AtLeast     PostingConditionOperator = "GTE"
	Is          PostingConditionOperator = "IS"
	In          PostingConditionOperator = "IN"
	NotIn       PostingConditionOperator = "NOT_IN"
	mostWords                            = 50
	mostNumbers                          = 10_000
)

// SafetyAttestation is a risk that the work brings with it.
type SafetyAttestation string

// The risks.
const (
	ContactWithVulnerablePeople SafetyAttestation = "CONTACT_WITH_VULNERABLE_PEOPLE"
	DangerousWorkplace          SafetyAttestation = "DANGEROUS_WORKPLACE"
	PatientCare                 SafetyAttestation = "PATIENT_CARE"
	Tutoring                    SafetyAttestation = "TUTORING"
)

var risks = []string{string(ContactWithVulnerablePeople), string(DangerousWorkplace), string(PatientCare), string(Tutoring)}

// PostingCondition is one condition as it is kept. Which of the values it has
// follows from its field.
type PostingCondition struct {
	Field    PostingConditionField    `json:"field"`
	Operator PostingConditionOperator `json:"operator"`
	Amount   *money.Money             `json:"amount,omitempty"`
	Number   *int                     `json:"number,omitempty"`
	IsTrue   *bool                    `json:"isTrue,omitempty"`
	Words    []string                 `json:"words,omitempty"`
}

// Facts are what conditions look at in a project.
type Facts struct {
	Fee                   money.Money
	Hours                 int
	DueDays               *int // none while its days are not all given
	WorkerClass           microproject.WorkerClass
	PayModel              microproject.PayModel
	IsThirdPartyRecruiter bool
	ChargesFee            bool
	IsEmployerNew         bool
	Country               string
	Risks                 []string
}

var (
	amounts    = []PostingConditionField{ImpliedHourlyPay}
	numbers    = []PostingConditionField{Hours, DueDays}
	statements = []PostingConditionField{IsUnpaid, IsCommissionOnly, IsThirdPartyRecruiter, ChargesFee, IsEmployerNew}
	words      = []PostingConditionField{WorkerClass, Country, Currency, Safety}

	comparing = []PostingConditionOperator{LessThan, AtMost, MoreThan, AtLeast}
	choosing  = []PostingConditionOperator{In, NotIn}

	isCountry = regexp.MustCompile(`^[A-Z]{2}$`)
)

// holds reports whether a condition is met. What cannot be compared does not
// meet it: pay in another currency, or days that nobody has given.
func (c PostingCondition) holds(f Facts) bool {
	switch {
	case c.Amount != nil:
		return c.Amount.Currency == f.Fee.Currency && meets(c.Operator, perHour(f.Fee, f.Hours, *c.Amount))
	case c.Number != nil:
		n := &f.Hours
		if c.Field == DueDays {
			n = f.DueDays
		}
		return n != nil && meets(c.Operator, *n-*c.Number)
	case c.IsTrue != nil:
		return f.states(c.Field) == *c.IsTrue
	}
	within := slices.ContainsFunc(f.words(c.Field), func(word string) bool { return slices.Contains(c.Words, word) })
	return within == (c.Operator == In)
}

// perHour compares a fee with an amount for each hour, without dividing.
func perHour(fee money.Money, hours int, amount money.Money) int {
	all := new(big.Int).Mul(big.NewInt(amount.Minor), big.NewInt(int64(hours)))
	return big.NewInt(fee.Minor).Cmp(all)
}

func meets(o PostingConditionOperator, sign int) bool {
	switch o {
	case LessThan:
		return sign < 0
	case AtMost:
		return sign <= 0
	case MoreThan:
		return sign > 0
	default:
		return sign >= 0
	}
}

func (f Facts) states(field PostingConditionField) bool {
	switch field {
	case IsUnpaid:
		return f.PayModel == microproject.PayModelUnpaidCredit
	case IsCommissionOnly:
		return f.PayModel == microproject.PayModelCommissionOnly
	case IsThirdPartyRecruiter:
		return f.IsThirdPartyRecruiter
	case ChargesFee:
		return f.ChargesFee
	default:
		return f.IsEmployerNew
	}
}

func (f Facts) words(field PostingConditionField) []string {
	switch field {
	case WorkerClass:
		return []string{string(f.WorkerClass)}
	case Country:
		return []string{f.Country}
	case Currency:
		return []string{string(f.Fee.Currency)}
	default:
		return f.Risks
	}
}

// read is the condition that an input writes. Its path names what is wrong.
func (in PostingConditionInput) read(r *text.Reader, path string) PostingCondition {
	given := 0
	var c PostingCondition
	if m := in.Money; m != nil {
		given++
		path += ".money"
		c = PostingCondition{Field: m.Field, Operator: m.Operator, Amount: m.amount(r, path+".amount")}
		fits(r, path, c, amounts, comparing)
	}
	if n := in.Number; n != nil {
		given++
		path += ".number"
		c = PostingCondition{Field: n.Field, Operator: n.Operator, Number: &n.Number}
		fits(r, path, c, numbers, comparing)
		if n.Number < 0 || n.Number > mostNumbers {
			r.Refuse(fault.InvalidValue(path+".number", fmt.Sprintf("Give a number from 0 to %d.", mostNumbers)))
		}
	}
	if s := in.Statement; s != nil {
		given++
		path += ".statement"
		c = PostingCondition{Field: s.Field, Operator: Is, IsTrue: &s.IsTrue}
		fits(r, path, c, statements, []PostingConditionOperator{Is})
	}
	if w := in.Words; w != nil {
		given++
		path += ".words"
		c = PostingCondition{Field: w.Field, Operator: w.Operator, Words: w.Words}
		fits(r, path, c, words, choosing)
		checkWords(r, path+".words", c)
	}
	if given != 1 {
		r.Refuse(fault.InvalidValue(path, "Give exactly one kind of condition."))
	}
	return c
}

func (in MoneyConditionInput) amount(r *text.Reader, path string) *money.Money {
	amount, err := in.Amount.Parse()
	switch {
	case err != nil:
		r.Refuse(fault.InvalidValue(path, fmt.Sprintf("Correct the amount: %s.", err)))
	case amount.Minor <= 0:
		r.Refuse(fault.InvalidValue(path, "Give an amount above zero."))
	}
	return &amount
}

// fits refuses a field or an operator that the kind of value does not have.
func fits(r *text.Reader, path string, c PostingCondition, fields []PostingConditionField, operators []PostingConditionOperator) {
	if !slices.Contains(fields, c.Field) {
		r.Refuse(fault.InvalidValue(path+".field", fmt.Sprintf("Compare one of these with such a value: %v.", fields)))
	}
	if !slices.Contains(operators, c.Operator) {
		r.Refuse(fault.InvalidValue(path+".operator", fmt.Sprintf("Use one of these operators: %v.", operators)))
	}
}

// checkWords refuses words that no project could have.
func checkWords(r *text.Reader, path string, c PostingCondition) {
	if n := len(c.Words); n == 0 || n > mostWords {
		r.Refuse(fault.InvalidValue(path, fmt.Sprintf("Name 1 to %d words.", mostWords)))
		return
	}
	for i, word := range c.Words {
		known := true
		switch c.Field {
		case WorkerClass:
			known = microproject.WorkerClassValidator(microproject.WorkerClass(word)) == nil
		case Country:
			known = isCountry.MatchString(word)
		case Currency:
			known = money.Currency(word).IsKnown()
		case Safety:
			known = slices.Contains(risks, word)
		}
		if !known {
			r.Refuse(fault.InvalidValue(fmt.Sprintf("%s.%d", path, i), fmt.Sprintf("This is no word for %s.", c.Field)))
		}
	}
}
