// Package provider is the OpenID provider of an organisation, for tests: a real
// one, by zitadel/oidc, with a sign-in page of its own, on this machine.
package provider

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// Provider is one OpenID provider under the name of its issuer.
type Provider struct {
	Issuer string
	// Names is what the discovery document says instead of Issuer, when it is set.
	Names atomic.Pointer[string]

	handler http.Handler
	server  *httptest.Server
	store   *storage
	down    atomic.Bool
	asked   atomic.Int64
}

// Login is somebody who signs in.
type Login struct {
	Subject string
	// Claims stand in the access token beside those of every token.
	Claims map[string]any
}

// Start is a provider whose access tokens are for an audience, until the test ends.
func Start(t testing.TB, issuer, audience string) *Provider {
	t.Helper()
	p, err := New(issuer, audience)
	if err != nil {
		t.Fatal(err)
	}
	p.server = httptest.NewTLSServer(p.handler)
	t.Cleanup(p.server.Close)
	return p
}

// New is a provider whose access tokens are for an audience, without an address of
// its own.
func New(issuer, audience string) (*Provider, error) {
	p := &Provider{Issuer: issuer, store: newStorage(audience)}
	inner, err := op.NewProvider(&op.Config{CodeMethodS256: true, SupportedScopes: []string{"openid", "profile", "email"}}, p.store,
		op.StaticIssuer(issuer), op.WithLogger(slog.New(slog.DiscardHandler)))
	if err != nil {
		return nil, err
	}
	var path string
	if u, err := url.Parse(issuer); err == nil {
		path = u.Path
	}
	p.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.asked.Add(1)
		if p.down.Load() {
			http.Error(w, "gone for lunch", http.StatusBadGateway)
			return
		}
		if named := p.Names.Load(); named != nil && strings.HasSuffix(r.URL.Path, "/openid-configuration") {
			_ = json.NewEncoder(w).Encode(map[string]any{"issuer": *named, "jwks_uri": *named + "/keys"})
			return
		}
		http.StripPrefix(path, inner).ServeHTTP(w, r)
	})
	return p, nil
}

// Down makes the provider fail, or work again.
func (p *Provider) Down(is bool) { p.down.Store(is) }

// Asked is how often anybody has asked it for anything.
func (p *Provider) Asked() int64 { return p.asked.Load() }

// Rotate signs with a new key from now on, and publishes no other.
func (p *Provider) Rotate() { p.store.rotate() }

// Key is the key with which it signs, and its name.
func (p *Provider) Key() (key *rsa.PrivateKey, kid string) {
	k := p.store.current()
	return k.key, k.id
}

// Internet is a client for which each provider stands under the name of its issuer,
// and nothing else exists.
func Internet(providers ...*Provider) *http.Client {
	known := sync.OnceValues(func() (map[string]string, *x509.CertPool) {
		hosts, pool := map[string]string{}, x509.NewCertPool()
		for _, p := range providers {
			if u, err := url.Parse(p.Issuer); err == nil {
				hosts[u.Hostname()] = p.server.Listener.Addr().String()
			}
			pool.AddCert(p.server.Certificate())
		}
		return hosts, pool
	})
	return &http.Client{
		Timeout:       10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DisableKeepAlives: true,
			DialTLSContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				hosts, pool := known()
				host, _, _ := net.SplitHostPort(address)
				there, ok := hosts[host]
				if !ok {
					return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
				}
				// The certificate of httptest is for this name.
				d := tls.Dialer{Config: &tls.Config{RootCAs: pool, ServerName: "example.com", MinVersion: tls.VersionTLS12}}
				return d.DialContext(ctx, network, there)
			},
		},
	}
}

// Directly is such a client for providers without an address.
func Directly(providers ...*Provider) *http.Client {
	known := map[string]http.Handler{}
	for _, p := range providers {
		if u, err := url.Parse(p.Issuer); err == nil {
			known[u.Hostname()] = p.handler
		}
	}
	return &http.Client{Transport: direct(known)}
}

type direct map[string]http.Handler

// RoundTrip asks the provider of that name.
func (d direct) RoundTrip(r *http.Request) (*http.Response, error) {
	there, ok := d[r.URL.Hostname()]
	if !ok {
		return nil, &net.DNSError{Err: "no such host", Name: r.URL.Hostname(), IsNotFound: true}
	}
	w := httptest.NewRecorder()
	there.ServeHTTP(w, r)
	return w.Result(), nil
}

// SignIn goes through the provider as a browser does, from its authorization
// endpoint over the page on which somebody signs in to its token endpoint, and
// returns the access token.
func (p *Provider) SignIn(ctx context.Context, who Login) (string, error) {
	client := Internet(p)
	query := url.Values{
		"client_id": {clientID}, "redirect_uri": {callbackURL}, "response_type": {"code"}, "scope": {"openid"}, "state": {"s"},
		"code_challenge": {"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, "code_challenge_method": {"S256"},
	}
	page, err := follow(ctx, client, p.Issuer+"/authorize?"+query.Encode())
	if err != nil {
		return "", err
	}
	id := page.Query().Get("authRequestID")
	if err := p.store.signedIn(id, who); err != nil {
		return "", err
	}
	back, err := follow(ctx, client, p.Issuer+"/authorize/callback?id="+url.QueryEscape(id))
	if err != nil {
		return "", err
	}
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {back.Query().Get("code")}, "redirect_uri": {callbackURL}, "client_id": {clientID},
		"code_verifier": {"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"},
	}
	ask, err := http.NewRequestWithContext(ctx, http.MethodPost, p.Issuer+"/oauth/token", strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	ask.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := client.Do(ask)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return "", err
	}
	var told struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal(body, &told); err != nil || told.AccessToken == "" {
		return "", fmt.Errorf("the token endpoint answered %d: %s", answer.StatusCode, body)
	}
	return told.AccessToken, nil
}

// follow asks for a page and says where it leads.
func follow(ctx context.Context, client *http.Client, address string) (*url.URL, error) {
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, err
	}
	answer, err := client.Do(ask)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusFound {
		body, _ := io.ReadAll(answer.Body)
		return nil, fmt.Errorf("%s answered %d: %s", address, answer.StatusCode, body)
	}
	return answer.Location()
}

// Mint signs what a test says with the provider's key, as its token endpoint would.
func (p *Provider) Mint(claims map[string]any) (string, error) {
	k := p.store.current()
	signer, err := op.SignerFromKey(k)
	if err != nil {
		return "", err
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return "", err
	}
	return signed.CompactSerialize()
}

// signing is a key of the provider.
type signing struct {
	id  string
	key *rsa.PrivateKey
}

func (k *signing) ID() string                                { return k.id }
func (*signing) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.RS256 }
func (*signing) Algorithm() jose.SignatureAlgorithm          { return jose.RS256 }
func (*signing) Use() string                                 { return "sig" }
func (k *signing) Key() any                                  { return k.key }

// published is the same key for everybody.
type published struct{ *signing }

func (k published) Key() any { return &k.key.PublicKey }

func freshKey(n int) *signing {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return &signing{fmt.Sprintf("key-%d", n), key}
}

var errNone = errors.New("provider: there is no such thing")
