// Package fault holds the ways to be wrong: one type for each error the API
// publishes. Each tells the person at the other end what to do next.
package fault

import "fmt"

// Code is the machine-readable name of an error. Codes are only ever added.
type Code string

// The codes of what a mutation can foresee, told in its userErrors.
const (
	CodeInvalidValue          Code = "INVALID_VALUE"
	CodeNotFound              Code = "NOT_FOUND"
	CodeNotPermitted          Code = "NOT_PERMITTED"
	CodeIllegalTransition     Code = "ILLEGAL_TRANSITION"
	CodeStaleRevision         Code = "STALE_REVISION"
	CodeAlreadyExists         Code = "ALREADY_EXISTS"
	CodeLimitReached          Code = "LIMIT_REACHED"
	CodeWindowClosed          Code = "WINDOW_CLOSED"
	CodePolicyViolation       Code = "POLICY_VIOLATION"
	CodeConsentMissing        Code = "CONSENT_MISSING"
	CodeIdempotencyConflict   Code = "IDEMPOTENCY_CONFLICT"
	CodeDependencyUnavailable Code = "DEPENDENCY_UNAVAILABLE"
)

// The codes of what ends a whole field or request, told in top-level errors.
const (
	CodeUnauthenticated         Code = "UNAUTHENTICATED"
	CodeInsufficientScope       Code = "INSUFFICIENT_SCOPE"
	CodeInvalidInput            Code = "INVALID_INPUT"
	CodeCursorInvalid           Code = "CURSOR_INVALID"
	CodeIdempotencyKeyRequired  Code = "IDEMPOTENCY_KEY_REQUIRED"
	CodeIdempotencyInProgress   Code = "IDEMPOTENCY_IN_PROGRESS"
	CodeOverloaded              Code = "OVERLOADED"
	CodeIdpUnavailable          Code = "IDP_UNAVAILABLE"
	CodeRateLimited             Code = "RATE_LIMITED"
	CodeOutcomeUnknown          Code = "OUTCOME_UNKNOWN"
	CodeInternal                Code = "INTERNAL"
	CodeGraphQLParseFailed      Code = "GRAPHQL_PARSE_FAILED"
	CodeGraphQLValidationFailed Code = "GRAPHQL_VALIDATION_FAILED"
	CodeQueryTooComplex         Code = "QUERY_TOO_COMPLEX"
	CodeQueryTooExpensive       Code = "QUERY_TOO_EXPENSIVE"
	CodePersistedQueryNotFound  Code = "PERSISTED_QUERY_NOT_FOUND"
)

// Noted is all that clients hear of what nobody foresaw.
const Noted = "Something went wrong on our side. It has been noted."

// UserError is what a mutation can foresee. It changes nothing and is told in
// the payload's userErrors.
type UserError interface {
	error
	IsUserError()
	GetCode() Code
	GetMessage() string
	GetPath() []string
}

type told struct {
	Code    Code
	Message string
	Path    []string
}

func (t told) Error() string      { return fmt.Sprintf("%s: %s", t.Code, t.Message) }
func (told) IsUserError()         {}
func (t told) GetCode() Code      { return t.Code }
func (t told) GetMessage() string { return t.Message }
func (t told) GetPath() []string  { return t.Path }

// The published types, bound to the SDL's types without "Error".
type (
	// InvalidValueError: an input field does not hold what is needed there.
	InvalidValueError struct{ told }
	// NotFoundError: there is no such thing, or none that the viewer may see.
	NotFoundError struct{ told }
	// NotPermittedError: the thing is visible, the action not the viewer's.
	NotPermittedError struct{ told }
	// IllegalTransitionError: the thing's status does not allow the action.
	IllegalTransitionError struct {
		told
		CurrentStatus  string
		AllowedActions []string
	}
	// StaleRevisionError: somebody changed the thing since it was read.
	StaleRevisionError struct {
		told
		CurrentRevision int
	}
	// AlreadyExistsError: what was to be made is there already.
	AlreadyExistsError struct{ told }
	// LimitReachedError: a count allows no more.
	LimitReachedError struct{ told }
	// WindowClosedError: the time for this has passed or has not come.
	WindowClosedError struct{ told }
	// PolicyViolationError: a rule of the platform or an institution forbids it.
	PolicyViolationError struct {
		told
		RuleID string
		// Missing names the fields that the rule asks for and that are not filled in.
		Missing []string
	}
	// ConsentMissingError: a person has not agreed to what this needs.
	ConsentMissingError struct{ told }
	// IdempotencyConflictError: the key was used with other arguments.
	IdempotencyConflictError struct{ told }
	// DependencyUnavailableError: something Rung relies on does not answer.
	DependencyUnavailableError struct{ told }
)
