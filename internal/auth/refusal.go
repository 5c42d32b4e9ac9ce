package auth

import (
	"errors"

	"github.com/golang-jwt/jwt/v5"

	"github.com/rung-dev/rung/internal/fault"
)

// Reason is why a token was refused, for the log alone. It is one of a closed
// set and never holds anything of the token.
type Reason string

// The reasons.
const (
	TooLong         Reason = "too long"
	Malformed       Reason = "malformed"
	UnknownIssuer   Reason = "unknown issuer"
	WrongAlgorithm  Reason = "wrong algorithm"
	WrongType       Reason = "wrong type"
	ForbiddenHeader Reason = "forbidden header"
	UnknownKey      Reason = "unknown key"
	BadSignature    Reason = "bad signature"
	WrongIssuer     Reason = "wrong issuer"
	WrongAudience   Reason = "wrong audience"
	Expired         Reason = "expired"
	NotYetValid     Reason = "not yet valid"
	BadClaims       Reason = "bad claims"
	LivesTooLong    Reason = "lives too long"
	Suspended       Reason = "suspended"
	SignedOut       Reason = "signed out"
	NotAMember      Reason = "not a member"
	NoSuchWorld     Reason = "sandbox is not open"
	ForeignOrigin   Reason = "asked from another page"
	NotItsPeople    Reason = "issuer bound to another organisation"
)

// Refused says that a token proves nobody. To the caller every refusal reads
// the same; the reason is for the log.
type Refused struct{ reason Reason }

func refuse(reason Reason) error { return &Refused{reason} }

// Error is what the caller may read.
func (*Refused) Error() string { return unauthenticated.Error() }

// Reason is what the log may say.
func (r *Refused) Reason() Reason { return r.reason }

// Unwrap is the published error.
func (*Refused) Unwrap() error {
	told := unauthenticated
	return &told
}

var unauthenticated = fault.Request{Code: fault.CodeUnauthenticated, Message: "This token is not accepted. Sign in again."}

// reasonOf translates what the JWT library found.
func reasonOf(err error) Reason {
	var own *Refused
	if errors.As(err, &own) {
		return own.reason
	}
	for _, known := range []struct {
		err    error
		reason Reason
	}{
		{jwt.ErrTokenMalformed, Malformed},
		{jwt.ErrTokenUnverifiable, WrongAlgorithm},
		{jwt.ErrTokenSignatureInvalid, BadSignature},
		{jwt.ErrTokenInvalidIssuer, WrongIssuer},
		{jwt.ErrTokenInvalidAudience, WrongAudience},
		{jwt.ErrTokenExpired, Expired},
		{jwt.ErrTokenNotValidYet, NotYetValid},
		{jwt.ErrTokenUsedBeforeIssued, NotYetValid},
	} {
		if errors.Is(err, known.err) {
			return known.reason
		}
	}
	return BadClaims
}
