package auth

import (
	"context"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/apiclient"
	"github.com/rung-dev/rung/ent/gen/ent/clientsecret"
	"github.com/rung-dev/rung/internal/career/client"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// ClientLife is how long a token of an API client holds.
const ClientLife = 15 * time.Minute

// use is what a token of our own issuers is for.
type use string

const (
	forClient use = "client"
	forEmbed  use = "embed"
)

// Clients is Rung signing the tokens of API clients, and of the web pages that
// show what they may. Each of the two has an issuer, so that no token passes for
// one of the other. The keys are made of the server's secrets, so that every
// process of an installation takes them.
type Clients struct {
	keys     []ed25519.PrivateKey // the first signs; all are published
	name     string
	audience string
	now      func() time.Time
}

// OpenClients is the issuer of API clients. The key of the secret before, where
// there is one, is published beside the one that signs.
func OpenClients(c config.Config, list ...Option) (*Clients, error) {
	secret, err := c.SealKey()
	if err != nil {
		return nil, err
	}
	s := &Clients{name: c.PublicURL, audience: c.PublicURL + "/graphql", now: chosen(list).now}
	secrets := [][]byte{secret}
	if !c.OtherSecret.IsEmpty() {
		secrets = append(secrets, c.OtherSealKey())
	}
	for _, secret := range secrets {
		seed, err := hkdf.Key(sha256.New, secret, nil, "rung: tokens of API clients", ed25519.SeedSize)
		if err != nil {
			return nil, err
		}
		s.keys = append(s.keys, ed25519.NewKeyFromSeed(seed))
	}
	return s, nil
}

// Name is the issuer, as RFC 8414 names it.
func (s *Clients) Name() string { return s.name }

// Issuers are those to be trusted with the others.
func (s *Clients) Issuers() []Issuer {
	return []Issuer{
		{Name: s.name, Audience: s.audience, Algorithms: []string{"EdDSA"}, Keys: s.published(), use: forClient},
		{Name: s.name + "/embed", Audience: s.audience, Algorithms: []string{"EdDSA"}, Keys: s.published(), use: forEmbed},
	}
}

// JWKS is the set of keys with which the tokens can be checked.
func (s *Clients) JWKS() []byte {
	set, _ := json.Marshal(map[string]any{"keys": s.published()})
	return set
}

func (s *Clients) published() []json.RawMessage {
	var keys []json.RawMessage
	for _, key := range s.keys {
		public := publicOf(key)
		raw, _ := json.Marshal(map[string]string{"kty": "OKP", "crv": "Ed25519", "x": encode(public), "kid": thumbprint(public), "alg": "EdDSA", "use": "sig"})
		keys = append(keys, raw)
	}
	return keys
}

func publicOf(key ed25519.PrivateKey) ed25519.PublicKey {
	return key.Public().(ed25519.PublicKey) //nolint:forcetypeassert // Ed25519's public key
}

// ClientClaims are what a token of an API client says.
type ClientClaims struct {
	Client gid.ID
	Org    gid.ID // for whom it acts, or none
	Secret gid.ID // with which it was asked
	Scopes []viewer.Scope
}

// Mint signs a token of an API client.
func (s *Clients) Mint(c ClientClaims) (string, error) {
	scopes := make([]string, len(c.Scopes))
	for i, scope := range c.Scopes {
		scopes[i] = string(scope)
	}
	return s.sign(s.name, ClientLife, c.Client, c.Org, jwt.MapClaims{"secret": c.Secret.String(), "scope": strings.Join(scopes, " ")})
}

// MintEmbed signs a token for the pages of an origin.
func (s *Clients) MintEmbed(e client.Embed) (string, error) {
	return s.sign(s.name+"/embed", client.EmbedLife, e.Client, e.Organization, jwt.MapClaims{"origin": e.Origin})
}

func (s *Clients) sign(issuer string, life time.Duration, client, org gid.ID, claims jwt.MapClaims) (string, error) {
	now := s.now()
	claims["iss"], claims["aud"], claims["sub"], claims["client_id"] = issuer, s.audience, client.String(), client.String()
	claims["iat"], claims["exp"] = now.Unix(), now.Add(life).Unix()
	if !org.IsNone() {
		claims["org"] = org.String()
	}
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims)
	token.Header["typ"], token.Header["kid"] = "at+jwt", thumbprint(publicOf(s.keys[0]))
	return token.SignedString(s.keys[0])
}

// program is what a token says of an API client.
type program struct {
	use    use
	client gid.ID
	secret gid.ID
	scopes []string
	origin string
}

// program reads what a token of our own issuers says of its client.
func (t *trusted) program(claims jwt.MapClaims) (*program, error) {
	if t.use == "" {
		return nil, nil
	}
	said := func(name string) string {
		text, _ := claims[name].(string)
		return text
	}
	p := &program{use: t.use, scopes: strings.Fields(said("scope")), origin: said("origin")}
	var err error
	if p.client, err = gid.Parse(said("sub")); err != nil || p.client.Noun() != gid.APIClient || said("client_id") != said("sub") {
		return nil, refuse(BadClaims)
	}
	switch t.use {
	case forClient:
		if p.secret, err = gid.Parse(said("secret")); err != nil {
			return nil, refuse(BadClaims)
		}
	case forEmbed:
		if p.origin == "" {
			return nil, refuse(BadClaims)
		}
	}
	return p, nil
}

// asClient is the viewer that an API client's token stands for now: what it may
// do is read from its rows each time.
func asClient(ctx context.Context, db *store.DB, proof Proof) (viewer.Viewer, error) {
	p := proof.program
	c, err := db.Read.ApiClient.Query().Where(apiclient.ID(p.client)).Only(ctx)
	if ent.IsNotFound(err) {
		return viewer.Viewer{}, refuse(Suspended)
	}
	if err != nil {
		return viewer.Viewer{}, fmt.Errorf("find the client behind a token: %w", err)
	}
	now := db.Now()
	if !client.IsLive(c, now) {
		return viewer.Viewer{}, refuse(Suspended)
	}
	if err := inOpenWorld(ctx, db, c.WorldID); err != nil {
		return viewer.Viewer{}, err
	}
	if err := isHeardFrom(ctx, c, p); err != nil {
		return viewer.Viewer{}, err
	}
	if p.use == forClient {
		secret, err := db.Read.ClientSecret.Query().Where(clientsecret.ID(p.secret), clientsecret.ClientID(c.ID)).Only(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return viewer.Viewer{}, err
		}
		if err != nil || !client.IsLiveSecret(secret, now) {
			return viewer.Viewer{}, refuse(SignedOut)
		}
	}
	v := viewer.Viewer{
		Kind: viewer.Integration, World: c.WorldID, Person: c.PersonID, Client: c.ID, Org: proof.Org,
		Issuer: proof.Issuer, Subject: proof.Subject, Scopes: viewer.Scopes{viewer.ListingsRead: true},
	}
	if c.WorldID == gid.LiveWorld {
		v.At = now
	}
	if proof.Org.IsNone() {
		return allowed(v, p, nil), nil
	}
	approved, err := client.Approved(ctx, db, c, proof.Org)
	if err != nil {
		return viewer.Viewer{}, err
	}
	if approved == nil {
		return viewer.Viewer{}, refuse(NotAMember)
	}
	return allowed(v, p, approved), nil
}

// allowed gives a client the scopes that its token asked for, of those that are
// approved. A web page reads listings.
func allowed(v viewer.Viewer, p *program, approved []viewer.Scope) viewer.Viewer {
	if p.use == forEmbed {
		return v
	}
	for scope := range viewer.ScopesOf(viewer.RoleClient) {
		v.Scopes[scope] = true
	}
	for _, scope := range approved {
		if slices.Contains(p.scopes, string(scope)) {
			v.Scopes[scope] = true
		}
	}
	return v
}

// isHeardFrom: a token that a browser sends is taken from the pages of its client
// alone, and a web page's token from the one origin that it was minted for.
func isHeardFrom(ctx context.Context, c *ent.ApiClient, p *program) error {
	origin := ""
	if r := viewer.RequestFrom(ctx); r != nil {
		origin = r.Origin
	}
	switch {
	case origin != "" && !slices.Contains(c.Origins, origin):
		return refuse(ForeignOrigin)
	case p.use == forEmbed && (origin != p.origin || !slices.Contains(c.Origins, p.origin)):
		return refuse(ForeignOrigin)
	}
	return nil
}
