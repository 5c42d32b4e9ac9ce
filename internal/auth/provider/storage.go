package provider

import (
	"context"
	"fmt"
	"sync"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

const (
	clientID    = "rung-portal"
	callbackURL = "https://portal.example/callback"
	tokenLife   = 15 * time.Minute
)

// storage is what the provider keeps: who is about to sign in, and its keys.
type storage struct {
	audience string

	mu       sync.Mutex
	keys     int
	key      *signing
	requests map[string]*request
	codes    map[string]string
}

func newStorage(audience string) *storage {
	return &storage{audience: audience, keys: 1, key: freshKey(1), requests: map[string]*request{}, codes: map[string]string{}}
}

func (s *storage) current() *signing {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.key
}

func (s *storage) rotate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys++
	s.key = freshKey(s.keys)
}

// signedIn is what the provider's own page does once it knows who is there.
func (s *storage) signedIn(id string, who Login) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, there := s.requests[id]
	if !there {
		return errNone
	}
	r.who, r.at = who, time.Now() //nolint:forbidigo // the provider's own clock
	return nil
}

// request is a sign-in under way.
type request struct {
	asked    *oidc.AuthRequest
	id       string
	audience string
	who      Login
	at       time.Time
}

func (r *request) GetID() string                      { return r.id }
func (*request) GetACR() string                       { return "" }
func (*request) GetAMR() []string                     { return []string{"pwd"} }
func (r *request) GetAudience() []string              { return []string{r.audience} }
func (r *request) GetAuthTime() time.Time             { return r.at }
func (r *request) GetClientID() string                { return r.asked.ClientID }
func (r *request) GetNonce() string                   { return r.asked.Nonce }
func (r *request) GetRedirectURI() string             { return r.asked.RedirectURI }
func (r *request) GetResponseType() oidc.ResponseType { return r.asked.ResponseType }
func (r *request) GetResponseMode() oidc.ResponseMode { return r.asked.ResponseMode }
func (r *request) GetScopes() []string                { return r.asked.Scopes }
func (r *request) GetState() string                   { return r.asked.State }
func (r *request) GetSubject() string                 { return r.who.Subject }
func (r *request) Done() bool                         { return r.who.Subject != "" }
func (r *request) GetCodeChallenge() *oidc.CodeChallenge {
	return &oidc.CodeChallenge{Challenge: r.asked.CodeChallenge, Method: r.asked.CodeChallengeMethod}
}

func (s *storage) CreateAuthRequest(_ context.Context, asked *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &request{asked: asked, id: fmt.Sprintf("request-%d", len(s.requests)+1), audience: s.audience}
	s.requests[r.id] = r
	return r, nil
}

func (s *storage) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r, there := s.requests[id]; there {
		return r, nil
	}
	return nil, errNone
}

func (s *storage) AuthRequestByCode(ctx context.Context, code string) (op.AuthRequest, error) {
	s.mu.Lock()
	id := s.codes[code]
	s.mu.Unlock()
	return s.AuthRequestByID(ctx, id)
}

func (s *storage) SaveAuthCode(_ context.Context, id, code string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.codes[code] = id
	return nil
}

// DeleteAuthRequest ends the codes of a sign-in; what it said is read once more for
// the token's claims.
func (s *storage) DeleteAuthRequest(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for code, of := range s.codes {
		if of == id {
			delete(s.codes, code)
		}
	}
	return nil
}

func (*storage) CreateAccessToken(context.Context, op.TokenRequest) (id string, until time.Time, err error) {
	return "token", time.Now().Add(tokenLife), nil //nolint:forbidigo // the provider's own clock
}

func (*storage) CreateAccessAndRefreshTokens(context.Context, op.TokenRequest, string) (id, refresh string, until time.Time, err error) {
	return "", "", time.Time{}, errNone
}

func (*storage) TokenRequestByRefreshToken(context.Context, string) (op.RefreshTokenRequest, error) {
	return nil, errNone
}

func (*storage) TerminateSession(context.Context, string, string) error { return nil }

func (*storage) RevokeToken(context.Context, string, string, string) *oidc.Error { return nil }

func (*storage) GetRefreshTokenInfo(context.Context, string, string) (who, token string, err error) {
	return "", "", op.ErrInvalidRefreshToken
}

func (s *storage) SigningKey(context.Context) (op.SigningKey, error) { return s.current(), nil }

func (*storage) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{jose.RS256}, nil
}

func (s *storage) KeySet(context.Context) ([]op.Key, error) {
	return []op.Key{published{s.current()}}, nil
}

func (*storage) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	if id != clientID {
		return nil, errNone
	}
	return portal{}, nil
}

func (*storage) AuthorizeClientIDSecret(context.Context, string, string) error { return errNone }

func (*storage) SetUserinfoFromScopes(context.Context, *oidc.UserInfo, string, string, []string) error {
	return nil
}

func (*storage) SetUserinfoFromToken(context.Context, *oidc.UserInfo, string, string, string) error {
	return nil
}

func (*storage) SetIntrospectionFromToken(context.Context, *oidc.IntrospectionResponse, string, string, string) error {
	return errNone
}

func (*storage) GetPrivateClaimsFromScopes(context.Context, string, string, []string) (map[string]any, error) {
	return nil, nil
}

// GetPrivateClaimsFromRequest are the claims of whoever signed in.
func (*storage) GetPrivateClaimsFromRequest(_ context.Context, asked op.TokenRequest, _ []string) (map[string]any, error) {
	if r, ok := asked.(*request); ok {
		return r.who.Claims, nil
	}
	return nil, errNone
}

func (*storage) GetKeyByIDAndClientID(context.Context, string, string) (*jose.JSONWebKey, error) {
	return nil, errNone
}

func (*storage) ValidateJWTProfileScopes(context.Context, string, []string) ([]string, error) {
	return nil, errNone
}

func (*storage) Health(context.Context) error { return nil }

// portal is the one client of the provider.
type portal struct{}

func (portal) GetID() string                                                { return clientID }
func (portal) RedirectURIs() []string                                       { return []string{callbackURL} }
func (portal) PostLogoutRedirectURIs() []string                             { return nil }
func (portal) ApplicationType() op.ApplicationType                          { return op.ApplicationTypeUserAgent }
func (portal) AuthMethod() oidc.AuthMethod                                  { return oidc.AuthMethodNone }
func (portal) ResponseTypes() []oidc.ResponseType                           { return []oidc.ResponseType{oidc.ResponseTypeCode} }
func (portal) GrantTypes() []oidc.GrantType                                 { return []oidc.GrantType{oidc.GrantTypeCode} }
func (portal) LoginURL(id string) string                                    { return "https://portal.example/login?authRequestID=" + id }
func (portal) AccessTokenType() op.AccessTokenType                          { return op.AccessTokenTypeJWT }
func (portal) IDTokenLifetime() time.Duration                               { return tokenLife }
func (portal) DevMode() bool                                                { return false }
func (portal) IsScopeAllowed(string) bool                                   { return false }
func (portal) IDTokenUserinfoClaimsAssertion() bool                         { return false }
func (portal) ClockSkew() time.Duration                                     { return 0 }
func (portal) RestrictAdditionalIdTokenScopes() func([]string) []string     { return everyScope }
func (portal) RestrictAdditionalAccessTokenScopes() func([]string) []string { return everyScope }

func everyScope(scopes []string) []string { return scopes }
