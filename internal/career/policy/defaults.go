package policy

import (
	"encoding/json"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/postingpolicy"
	"github.com/rung-dev/rung/internal/money"
)

// platformFloor is the pay an hour that every body begins with.
var platformFloor = money.Money{Minor: 20_00, Currency: "USD"}

// defaults are the rules that a body begins with, by their names.
func defaults(b Body) []*ent.PostingPolicy {
	floor := Floor(b.Institution)
	from := began
	if b.Institution != nil && b.Institution.OpenedAt != nil {
		from = *b.Institution.OpenedAt
	}
	rules := []struct {
		id       string
		severity postingpolicy.Severity
		message  string
		when     PostingCondition
	}{
		{"charges-fee", postingpolicy.SeverityBlock, "Talents must not pay to work.", is(ChargesFee)},
		{"commission-only", postingpolicy.SeverityBlock, "Work must not be paid by commission alone.", is(IsCommissionOnly)},
		{"contact-with-vulnerable-people", postingpolicy.SeverityBlock, "The work must not bring talents together with vulnerable people.", risk(ContactWithVulnerablePeople)},
		{"dangerous-workplace", postingpolicy.SeverityBlock, "The workplace must not be dangerous.", risk(DangerousWorkplace)},
		{"due-too-late", postingpolicy.SeverityWarn, "The work is due more than 31 days after it starts.", count(DueDays, MoreThan, 31)},
		{"due-too-soon", postingpolicy.SeverityWarn, "The work is due less than 7 days after it starts.", count(DueDays, LessThan, 7)},
		{"foreign-currency", postingpolicy.SeverityReview, fmt.Sprintf("The pay is not in %s, so a person compares it.", floor.Currency), other(Currency, string(floor.Currency))},
		{"outside-us", postingpolicy.SeverityReview, "The work is done outside the United States.", other(Country, "US")},
		{"patient-care", postingpolicy.SeverityBlock, "The work must not be the care of patients.", risk(PatientCare)},
		{"pay-floor", postingpolicy.SeverityReview, fmt.Sprintf("The pay is below %s an hour.", floor), PostingCondition{Field: ImpliedHourlyPay, Operator: LessThan, Amount: &floor}},
		{"third-party-recruiter", postingpolicy.SeverityReview, "A recruiter posts it for somebody else.", is(IsThirdPartyRecruiter)},
		{"tutoring", postingpolicy.SeverityBlock, "The work must not be tutoring.", risk(Tutoring)},
		{"unpaid", postingpolicy.SeverityReview, "The work itself is not paid.", is(IsUnpaid)},
	}
	rows := make([]*ent.PostingPolicy, len(rules))
	for i, rule := range rules {
		conditions, err := json.Marshal([]PostingCondition{rule.when})
		if err != nil {
			panic(err) // values of ours that marshal
		}
		rows[i] = &ent.PostingPolicy{
			ID: idOf(b.ID(), rule.id), WorldID: b.World, BodyID: b.ID(), RuleID: rule.id, Conditions: conditions,
			Severity: rule.severity, Message: rule.message, ActiveFrom: from, CreatedAt: from, UpdatedAt: from, Revision: 1,
		}
		if b.Institution != nil {
			rows[i].InstitutionID = b.Institution.ID
		}
	}
	return rows
}

func is(field PostingConditionField) PostingCondition {
	yes := true
	return PostingCondition{Field: field, Operator: Is, IsTrue: &yes}
}

func risk(r SafetyAttestation) PostingCondition {
	return PostingCondition{Field: Safety, Operator: In, Words: []string{string(r)}}
}

func other(field PostingConditionField, than string) PostingCondition {
	return PostingCondition{Field: field, Operator: NotIn, Words: []string{than}}
}

func count(field PostingConditionField, o PostingConditionOperator, n int) PostingCondition {
	return PostingCondition{Field: field, Operator: o, Number: &n}
}
