package policy

import (
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/text"
)

// plain is work that no rule speaks against.
func plain() Facts {
	return Facts{
		Fee: money.Money{Minor: 400_00, Currency: "USD"}, Hours: 20, WorkerClass: microproject.WorkerClassForm1099,
		PayModel: microproject.PayModelFixed, Country: "US",
	}
}

func TestTheRulesThatABodyBeginsWith(t *testing.T) {
	t.Parallel()
	minor, currency := int64(30_00), "USD"
	platform := Body{World: gid.LiveWorld}
	dear := Body{World: gid.LiveWorld, Institution: &ent.Institution{PayFloorMinor: &minor, PayFloorCurrency: &currency}}
	days := func(n int) func(*Facts) { return func(f *Facts) { f.DueDays = &n } }
	for name, c := range map[string]struct {
		body    Body
		change  func(*Facts)
		verdict PostingVerdict
		rules   string
	}{
		"nothing speaks against plain work":   {platform, func(*Facts) {}, Approve, ""},
		"exactly the floor passes":            {platform, func(f *Facts) { f.Fee.Minor, f.Hours = 140_00, 7 }, Approve, ""},
		"a cent below the floor":              {platform, func(f *Facts) { f.Fee.Minor, f.Hours = 139_99, 7 }, Review, "pay-floor"},
		"an institution's own floor":          {dear, func(*Facts) {}, Review, "pay-floor"},
		"pay that would overflow":             {platform, func(f *Facts) { f.Fee.Minor = 999_999_999_999 }, Approve, ""},
		"another currency":                    {platform, func(f *Facts) { f.Fee.Currency = "EUR" }, Review, "foreign-currency"},
		"a week":                              {platform, days(7), Approve, ""},
		"six days":                            {platform, days(6), Approve, "due-too-soon"},
		"31 days":                             {platform, days(31), Approve, ""},
		"32 days":                             {platform, days(32), Approve, "due-too-late"},
		"unpaid work":                         {platform, func(f *Facts) { f.PayModel = microproject.PayModelUnpaidCredit }, Review, "unpaid"},
		"commission only":                     {platform, func(f *Facts) { f.PayModel = microproject.PayModelCommissionOnly }, Block, "commission-only"},
		"a fee for talents":                   {platform, func(f *Facts) { f.ChargesFee = true }, Block, "charges-fee"},
		"a recruiter":                         {platform, func(f *Facts) { f.IsThirdPartyRecruiter = true }, Review, "third-party-recruiter"},
		"outside the United States":           {platform, func(f *Facts) { f.Country = "CA" }, Review, "outside-us"},
		"patients, and a dangerous workplace": {platform, func(f *Facts) { f.Risks = []string{"PATIENT_CARE", "DANGEROUS_WORKPLACE"} }, Block, "dangerous-workplace patient-care"},
		"vulnerable people":                   {platform, func(f *Facts) { f.Risks = []string{"CONTACT_WITH_VULNERABLE_PEOPLE"} }, Block, "contact-with-vulnerable-people"},
		"tutoring":                            {platform, func(f *Facts) { f.Risks = []string{"TUTORING"} }, Block, "tutoring"},
		"a block outweighs a review":          {platform, func(f *Facts) { f.ChargesFee, f.Country = true, "CA" }, Block, "charges-fee outside-us"},
		"a new employer, of which no rule":    {platform, func(f *Facts) { f.IsEmployerNew = true }, Approve, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := plain()
			c.change(&f)
			spoken, err := Spoken(defaults(c.body), f)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, s := range spoken {
				names = append(names, s.RuleID)
			}
			if got := Verdict(spoken); got != c.verdict || strings.Join(names, " ") != c.rules {
				t.Errorf("got %s by %q, want %s by %q", got, names, c.verdict, c.rules)
			}
		})
	}
}

func TestConditionsHold(t *testing.T) {
	t.Parallel()
	yes, no, n := true, false, 20
	twenty := money.Money{Minor: 20_00, Currency: "USD"}
	number := func(o PostingConditionOperator) PostingCondition {
		return PostingCondition{Field: Hours, Operator: o, Number: &n}
	}
	pay := func(o PostingConditionOperator) PostingCondition {
		return PostingCondition{Field: ImpliedHourlyPay, Operator: o, Amount: &twenty}
	}
	for name, c := range map[string]struct {
		condition PostingCondition
		want      bool
	}{
		"LT of the same":           {number(LessThan), false},
		"LTE of the same":          {number(AtMost), true},
		"GT of the same":           {number(MoreThan), false},
		"GTE of the same":          {number(AtLeast), true},
		"pay LT of the same":       {pay(LessThan), false},
		"pay LTE of the same":      {pay(AtMost), true},
		"pay GT of the same":       {pay(MoreThan), false},
		"pay GTE of the same":      {pay(AtLeast), true},
		"days nobody gave":         {PostingCondition{Field: DueDays, Operator: AtLeast, Number: new(int)}, false},
		"a statement that is so":   {PostingCondition{Field: IsEmployerNew, Operator: Is, IsTrue: &no}, true},
		"a statement that is not":  {PostingCondition{Field: IsEmployerNew, Operator: Is, IsTrue: &yes}, false},
		"a class among some":       {PostingCondition{Field: WorkerClass, Operator: In, Words: []string{"FORM_W2", "FORM_1099"}}, true},
		"a class not among some":   {PostingCondition{Field: WorkerClass, Operator: NotIn, Words: []string{"FORM_W2"}}, true},
		"no risk is among any":     {PostingCondition{Field: Safety, Operator: In, Words: risks}, false},
		"the country is among one": {PostingCondition{Field: Country, Operator: NotIn, Words: []string{"US"}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := c.condition.holds(plain()); got != c.want {
				t.Errorf("got %t, want %t", got, c.want)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	usd := money.Input{Amount: "20.00", Currency: "USD"}
	for name, c := range map[string]struct {
		in   PostingConditionInput
		path string
	}{
		"no kind of condition":     {PostingConditionInput{}, "c"},
		"two kinds":                {PostingConditionInput{Number: &NumberConditionInput{Hours, LessThan, 5}, Statement: &StatementConditionInput{IsUnpaid, true}}, "c.number.statement"},
		"a field of another kind":  {PostingConditionInput{Money: &MoneyConditionInput{Hours, LessThan, usd}}, "c.money.field"},
		"an operator of another":   {PostingConditionInput{Money: &MoneyConditionInput{ImpliedHourlyPay, In, usd}}, "c.money.operator"},
		"an amount of nothing":     {PostingConditionInput{Money: &MoneyConditionInput{ImpliedHourlyPay, LessThan, money.Input{Amount: "0", Currency: "USD"}}}, "c.money.amount"},
		"a number below zero":      {PostingConditionInput{Number: &NumberConditionInput{DueDays, LessThan, -1}}, "c.number.number"},
		"a statement about hours":  {PostingConditionInput{Statement: &StatementConditionInput{Hours, true}}, "c.statement.field"},
		"no words":                 {PostingConditionInput{Words: &WordsConditionInput{Country, In, nil}}, "c.words.words"},
		"a word that is no class":  {PostingConditionInput{Words: &WordsConditionInput{WorkerClass, In, []string{"FORM_W2", "1099"}}}, "c.words.words.1"},
		"a word that is no risk":   {PostingConditionInput{Words: &WordsConditionInput{Safety, In, []string{"HEIGHT"}}}, "c.words.words.0"},
		"a country in small print": {PostingConditionInput{Words: &WordsConditionInput{Country, In, []string{"us"}}}, "c.words.words.0"},
		"an unknown currency":      {PostingConditionInput{Words: &WordsConditionInput{Currency, In, []string{"XXQ"}}}, "c.words.words.0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r text.Reader
			c.in.read(&r, "c")
			told, _ := fault.UserErrors(r.Err())
			if len(told) != 1 || strings.Join(told[0].GetPath(), ".") != c.path {
				t.Errorf("it answered %v, want one error about %s", r.Err(), c.path)
			}
		})
	}
}

func TestARuleHasOneID(t *testing.T) {
	t.Parallel()
	a, b := defaults(Body{World: gid.LiveWorld}), defaults(Body{World: gid.LiveWorld})
	seen := map[gid.ID]bool{}
	for i := range a {
		if a[i].ID != b[i].ID || a[i].ID.Noun() != gid.PostingPolicy || seen[a[i].ID] {
			t.Errorf("%s has the id %s, and then %s", a[i].RuleID, a[i].ID, b[i].ID)
		}
		seen[a[i].ID] = true
	}
}
