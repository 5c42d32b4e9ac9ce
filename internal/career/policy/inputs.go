package policy

import (
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/postingpolicy"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
)

// WritePostingPolicyInput: a rule of the viewer's own body.
type WritePostingPolicyInput struct {
	RuleID     string
	Conditions []*PostingConditionInput
	Severity   postingpolicy.Severity
	Message    string
	ActiveFrom *time.Time
}

// PostingConditionInput: one kind of condition.
type PostingConditionInput struct {
	Money     *MoneyConditionInput
	Number    *NumberConditionInput
	Statement *StatementConditionInput
	Words     *WordsConditionInput
}

// MoneyConditionInput: compares an amount.
type MoneyConditionInput struct {
	Field    PostingConditionField
	Operator PostingConditionOperator
	Amount   money.Input
}

// NumberConditionInput: compares a number.
type NumberConditionInput struct {
	Field    PostingConditionField
	Operator PostingConditionOperator
	Number   int
}

// StatementConditionInput: asks whether something is so.
type StatementConditionInput struct {
	Field  PostingConditionField
	IsTrue bool
}

// WordsConditionInput: asks whether a word is among some.
type WordsConditionInput struct {
	Field    PostingConditionField
	Operator PostingConditionOperator
	Words    []string
}

// RetirePostingPolicyInput: which rule.
type RetirePostingPolicyInput struct {
	PostingPolicyID  gid.ID
	ExpectedRevision int
}
