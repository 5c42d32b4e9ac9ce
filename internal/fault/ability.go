package fault

// Ability says whether the viewer may do something now, and why not.
type Ability struct {
	Allowed bool
	Reasons []DenialReason
}

// DenialReason is one reason why not: what doing it would answer.
type DenialReason struct {
	Code    Code
	Message string
	RuleID  *string
}

// AbilityOf turns a rule's answer into an ability. A rule answers foreseen
// errors only.
func AbilityOf(err error) *Ability {
	told, _ := UserErrors(err)
	a := &Ability{Allowed: err == nil, Reasons: make([]DenialReason, 0, len(told))}
	for _, e := range told {
		reason := DenialReason{Code: e.GetCode(), Message: e.GetMessage()}
		if policy, ok := e.(*PolicyViolationError); ok {
			reason.RuleID = &policy.RuleID
		}
		a.Reasons = append(a.Reasons, reason)
	}
	return a
}
