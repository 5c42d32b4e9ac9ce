package fault

import (
	"maps"
	"strings"
)

// Each constructor takes the path of the input field it is about, dotted
// ("deliverables.0.title"), or "" when it is about none, and what to do.

// InvalidValue says an input field does not hold what is needed there.
func InvalidValue(path, message string) UserError {
	return &InvalidValueError{tell(CodeInvalidValue, path, message)}
}

// NotFound says the same for what does not exist and what the viewer may not
// see.
func NotFound(path, message string) UserError {
	return &NotFoundError{tell(CodeNotFound, path, message)}
}

// NotPermitted says the viewer sees the thing but may not do this with it.
func NotPermitted(message string) UserError {
	return &NotPermittedError{tell(CodeNotPermitted, "", message)}
}

// IllegalTransition says which status the thing has and what it allows.
func IllegalTransition(message, currentStatus string, allowedActions []string) UserError {
	return &IllegalTransitionError{tell(CodeIllegalTransition, "", message), currentStatus, allowedActions}
}

// StaleRevision says the thing has moved on to another revision.
func StaleRevision(path string, current int) UserError {
	return &StaleRevisionError{
		tell(CodeStaleRevision, path, "Somebody changed this since you read it. Read it again, then decide."), current,
	}
}

// AlreadyExists says what was to be made is there already.
func AlreadyExists(path, message string) UserError {
	return &AlreadyExistsError{tell(CodeAlreadyExists, path, message)}
}

// LimitReached says a count allows no more.
func LimitReached(path, message string) UserError {
	return &LimitReachedError{tell(CodeLimitReached, path, message)}
}

// WindowClosed says the time for this has passed or has not come.
func WindowClosed(path, message string) UserError {
	return &WindowClosedError{tell(CodeWindowClosed, path, message)}
}

// PolicyViolation names the rule that forbids it.
func PolicyViolation(ruleID, path, message string) UserError {
	return &PolicyViolationError{tell(CodePolicyViolation, path, message), ruleID, []string{}}
}

// Incomplete is a violated rule that asks for fields, with those that are missing.
func Incomplete(ruleID, path, message string, missing []string) UserError {
	return &PolicyViolationError{tell(CodePolicyViolation, path, message), ruleID, missing}
}

// ConsentMissing says whose agreement is needed.
func ConsentMissing(path, message string) UserError {
	return &ConsentMissingError{tell(CodeConsentMissing, path, message)}
}

// IdempotencyConflict says the key was used with other arguments.
func IdempotencyConflict() UserError {
	return &IdempotencyConflictError{tell(CodeIdempotencyConflict, "",
		"This idempotency key was used with other arguments. Use a new key for a new request.")}
}

// DependencyUnavailable says what does not answer and when to try again.
func DependencyUnavailable(message string) UserError {
	return &DependencyUnavailableError{tell(CodeDependencyUnavailable, "", message)}
}

// Under says in which row of an input the errors belong: before their own paths,
// or about the row's field, if it is named, where they have none. Others stay as they are.
func Under(row, field string, err error) error {
	all, _ := UserErrors(err)
	for _, e := range all {
		if one, ok := e.(interface{ under(row, field string) }); ok {
			one.under(row, field)
		}
	}
	return err
}

func (t *told) under(row, field string) {
	own := t.Path
	if len(own) == 0 && field != "" {
		own = []string{field}
	}
	t.Path = append(strings.Split(row, "."), own...)
}

// Request is an error that ends the field or the whole request and is told in
// the top-level errors.
type Request struct {
	Code           Code
	Message        string
	Retryable      bool
	RetryAfterMs   int
	RequiredScopes [][]string
	More           map[string]any // what else clients read of this code
}

func (r *Request) Error() string { return string(r.Code) + ": " + r.Message }

// Extensions are what clients read of the error beside its message.
func (r *Request) Extensions() map[string]any {
	extensions := map[string]any{"code": r.Code, "retryable": r.Retryable, "docs": Docs(r.Code)}
	maps.Copy(extensions, r.More)
	if r.RetryAfterMs > 0 {
		extensions["retryAfterMs"] = r.RetryAfterMs
	}
	if r.RequiredScopes != nil {
		extensions["requiredScopes"] = r.RequiredScopes
	}
	return extensions
}

// Docs is where a code is explained.
func Docs(c Code) string {
	return "https://github.com/rung-dev/rung/blob/main/docs/errors.md#" + strings.ToLower(string(c))
}

// CodeOf is the code in an error's extensions. What nobody gave one is INTERNAL.
func CodeOf(extensions map[string]any) Code {
	switch code := extensions["code"].(type) {
	case Code:
		return code
	case string:
		return Code(code)
	}
	return CodeInternal
}

// UserErrors are the foreseen errors that err is or joins; ok is false when
// anything in it was not foreseen.
func UserErrors(err error) (told []UserError, ok bool) {
	switch e := err.(type) { //nolint:errorlint // it unwraps step by step itself
	case UserError:
		return []UserError{e}, true
	case interface{ Unwrap() error }:
		return UserErrors(e.Unwrap())
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			more, ok := UserErrors(one)
			if !ok {
				return nil, false
			}
			told = append(told, more...)
		}
	}
	return told, len(told) > 0
}

func tell(code Code, path, message string) told {
	if path == "" {
		return told{Code: code, Message: message}
	}
	return told{Code: code, Message: message, Path: strings.Split(path, ".")}
}
