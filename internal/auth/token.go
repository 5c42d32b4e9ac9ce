package auth

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/golang-jwt/jwt/v5"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/career/issuer"
	"github.com/rung-dev/rung/internal/gid"
)

const (
	longest   = 4096 // bytes of a token
	leeway    = 30 * time.Second
	oldest    = 24 * time.Hour // the longest life an issuer may give a token
	lastTime  = 1 << 40        // seconds; what is later is a mistake and would overflow
	subjectAt = 255            // bytes, as the identities keep them
	emailAt   = 254            // characters
	nameAt    = 200            // characters
)

// Proof is what a token proves: an issuer vouches for a person, at an instant.
type Proof struct {
	Issuer   string
	Subject  string
	Email    string
	Name     string
	Org      gid.ID    // for whom the person acts, or none
	IssuedAt time.Time // when the issuer signed the person in
	Until    time.Time // when the token ends

	bound gid.ID // the only organisation the issuer can speak for, or none
	world gid.ID // the sandbox in which alone the person is known, or none

	program *program // when an API client's

	registered *ent.IdentityIssuer // the issuer, when an organisation registered it
	word       *issuer.Word        // what it makes of the person; nil when a session passes its word on
}

// lives is the world in which the person acts.
func (p Proof) lives() gid.ID {
	if p.world.IsNone() {
		return gid.LiveWorld
	}
	return p.world
}

// isKnownIn: the people of a sandbox are known in no other world.
func (p Proof) isKnownIn(world gid.ID) bool { return p.world.IsNone() || p.world == world }

// Check finds out what a token of the issuers that whoever runs Rung decided on
// proves, without asking the database. Its errors are Refused.
func (s *Issuers) Check(ctx context.Context, token string) (Proof, error) {
	return s.check(ctx, s.settled, token)
}

func (s *Issuers) check(ctx context.Context, find finder, token string) (Proof, error) {
	if len(token) > longest {
		return Proof{}, refuse(TooLong)
	}
	// Go's base64 skips line breaks, which would give one token many spellings.
	if strings.Count(token, ".") != 2 || strings.ContainsAny(token, "\r\n") {
		return Proof{}, refuse(Malformed)
	}
	header, claims, _ := strings.Cut(token, ".")
	claims, _, _ = strings.Cut(claims, ".")
	algorithm, err := checkHeader(header)
	if err != nil {
		return Proof{}, err
	}
	by, err := claimed(ctx, find, claims)
	if err != nil {
		return Proof{}, err
	}
	if !slices.Contains(by.Algorithms, algorithm) {
		return Proof{}, refuse(WrongAlgorithm)
	}
	parsed, err := by.parser.ParseWithClaims(token, jwt.MapClaims{}, by.key(ctx))
	if isUnavailable(err) {
		return Proof{}, unavailable()
	}
	if err != nil {
		return Proof{}, refuse(reasonOf(err))
	}
	stated := parsed.Claims.(jwt.MapClaims) //nolint:forcetypeassert // given above
	if !by.session {
		return by.proof(stated, nil)
	}
	word, at, err := behind(ctx, find, stated)
	if err != nil {
		return Proof{}, err
	}
	return word.proof(stated, &at)
}

// checkHeader refuses tokens that bring their own key, name a place for it, or
// are of another kind, and says how it claims to be signed. kid is only ever looked up in the issuer's keys.
func checkHeader(part string) (algorithm string, err error) {
	fields, err := segment(part)
	if err != nil {
		return "", refuse(Malformed)
	}
	for _, forbidden := range []string{"crit", "jku", "jwk", "x5c", "x5u"} {
		if _, has := fields[forbidden]; has {
			return "", refuse(ForbiddenHeader)
		}
	}
	if typ, has := fields["typ"]; has && string(typ) != `"JWT"` && string(typ) != `"at+jwt"` {
		return "", refuse(WrongType)
	}
	if kid := text(fields["kid"]); kid == "" {
		return "", refuse(UnknownKey)
	}
	return text(fields["alg"]), nil
}

// claimed is the issuer that a token says it comes from. Its keys will tell.
func claimed(ctx context.Context, find finder, part string) (*trusted, error) {
	fields, err := segment(part)
	if err != nil {
		return nil, refuse(Malformed)
	}
	by, err := find(ctx, text(fields["iss"]))
	if err == nil && by == nil {
		err = refuse(UnknownIssuer)
	}
	return by, err
}

// key finds the issuer's key that a token names, if it suits the algorithm.
func (t *trusted) key(ctx context.Context) jwt.Keyfunc {
	return func(token *jwt.Token) (any, error) {
		key, err := t.keys.KeyfuncCtx(ctx)(token)
		if isUnavailable(err) {
			return nil, err
		}
		if err != nil {
			return nil, refuse(UnknownKey)
		}
		if !suits(token.Method.Alg(), key) {
			return nil, refuse(WrongAlgorithm)
		}
		return key, nil
	}
}

// proof reads the claims of a token whose signature is good. A session's token
// says when its issuer gave the word that it passes on.
func (t *trusted) proof(claims jwt.MapClaims, given *time.Time) (Proof, error) {
	issued, expires, ok := lifetime(claims)
	if !ok {
		return Proof{}, refuse(BadClaims)
	}
	if expires.Sub(issued) > oldest {
		return Proof{}, refuse(LivesTooLong)
	}
	if given != nil {
		issued = *given
	}
	subject, _ := claims["sub"].(string)
	if subject == "" || len(subject) > subjectAt || clean(subject) != subject {
		return Proof{}, refuse(BadClaims)
	}
	p := Proof{
		Issuer: t.Name, Subject: subject, Email: email(claims), Name: name(claims),
		IssuedAt: issued, Until: expires, bound: t.bound(), registered: t.row,
	}
	if t.row != nil && given == nil {
		word := issuer.WordOf(t.row, claims)
		p.word = &word
	}
	if t.sandbox {
		var err error
		if p.world, err = gid.Parse(subject[strings.LastIndex(subject, "@")+1:]); err != nil || p.world.Noun() != gid.World || p.world == gid.LiveWorld {
			return Proof{}, refuse(BadClaims)
		}
	}
	var err error
	if p.program, err = t.program(claims); err != nil {
		return Proof{}, err
	}
	if org, has := claims["org"]; has {
		id, _ := org.(string)
		var err error
		if p.Org, err = gid.Parse(id); err != nil {
			return Proof{}, refuse(BadClaims)
		}
	}
	return p, nil
}

// lifetime is from when to when a token holds; ok is false when it does not say.
func lifetime(claims jwt.MapClaims) (issued, expires time.Time, ok bool) {
	at := map[string]time.Time{}
	for _, claim := range []string{"iat", "exp", "nbf"} {
		stated, has := claims[claim]
		if !has {
			continue
		}
		seconds, number := stated.(float64)
		if !number || seconds < 0 || seconds > lastTime {
			return issued, expires, false
		}
		at[claim] = time.Unix(int64(seconds), 0).UTC()
	}
	issued, expires = at["iat"], at["exp"]
	return issued, expires, !issued.IsZero() && !expires.Before(issued)
}

// email is the address, unless the issuer says that nobody verified it. One
// that is too long is left out: cut, it would be somebody else's.
func email(claims jwt.MapClaims) string {
	if verified, said := claims["email_verified"]; said && verified != true && verified != "true" {
		return ""
	}
	address, _ := claims["email"].(string)
	if utf8.RuneCountInString(address) > emailAt || clean(address) != address {
		return ""
	}
	return address
}

func name(claims jwt.MapClaims) string {
	stated, _ := claims["name"].(string)
	if runes := []rune(clean(stated)); len(runes) > nameAt {
		return strings.TrimSpace(string(runes[:nameAt]))
	}
	return clean(stated)
}

// clean is a text without control characters, which PostgreSQL partly refuses,
// and without space around it.
func clean(stated string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, stated))
}

func segment(part string) (map[string]json.RawMessage, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(part)
	if err != nil {
		return nil, err
	}
	return members(raw)
}

var errNotOneObject = errors.New("this is not one JSON object with each name once")

// members are the fields of a JSON object. A name that stands there twice is
// refused: two readers could take different ones.
func members(raw []byte) (map[string]json.RawMessage, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if open, err := decoder.Token(); err != nil || open != json.Delim('{') {
		return nil, errNotOneObject
	}
	fields := map[string]json.RawMessage{}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, errNotOneObject
		}
		name, _ := key.(string)
		var value json.RawMessage
		if _, twice := fields[name]; twice || decoder.Decode(&value) != nil {
			return nil, errNotOneObject
		}
		fields[name] = value
	}
	if !json.Valid(raw) { // what follows, and the end
		return nil, errNotOneObject
	}
	return fields, nil
}

// text is a JSON string, or empty for anything else.
func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}
