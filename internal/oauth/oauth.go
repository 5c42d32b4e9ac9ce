// Package oauth is where API clients get their tokens: by client credentials, as
// RFC 6749 has it, with the metadata of RFC 8414 and the keys of RFC 7517.
package oauth

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rung-dev/rung/internal/auth"
	"github.com/rung-dev/rung/internal/career/client"
	"github.com/rung-dev/rung/internal/front/quota"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	mostBody = 8 << 10
	// How often an address may fail to prove a client, and how often a client that
	// proved itself may ask: at once, and again in a minute.
	mostFailures = 20
	mostTokens   = 60
)

// Door answers at /oauth/token and below /.well-known.
type Door struct {
	DB        *store.DB
	Clients   *auth.Clients
	PublicURL string

	// Failures are counted by the address that they come from, tokens by the client.
	failures, tokens *quota.Quota
}

// New is the door over a database.
func New(db *store.DB, clients *auth.Clients, publicURL string) *Door {
	return &Door{
		DB: db, Clients: clients, PublicURL: publicURL,
		// Buckets count thousandths, so that twenty a minute come back evenly.
		failures: quota.New(mostFailures*1000, mostFailures*1000/60), tokens: quota.New(mostTokens*1000, mostTokens*1000/60),
	}
}

// refusal is an error as RFC 6749, section 5.2, writes it.
type refusal struct {
	status  int
	code    string
	says    string
	wait    time.Duration
	isBasic bool
}

// Token answers POST /oauth/token.
func (d *Door) Token(w http.ResponseWriter, r *http.Request) {
	granted, refused := d.grant(r)
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Pragma", "no-cache")
	if refused == nil {
		_ = json.NewEncoder(w).Encode(granted) //nolint:gosec // to hand a token out is what it is for
		return
	}
	if refused.isBasic {
		h.Set("WWW-Authenticate", `Basic realm="Rung"`)
	}
	if refused.wait > 0 {
		h.Set("Retry-After", strconv.Itoa(int((refused.wait+time.Second-1)/time.Second)))
	}
	w.WriteHeader(refused.status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": refused.code, "error_description": refused.says})
}

type granted struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
	ExpiresIn   int    `json:"expires_in"`
	Scope       string `json:"scope"`
}

func (d *Door) grant(r *http.Request) (*granted, *refusal) {
	form, refused := read(r)
	if refused != nil {
		return nil, refused
	}
	if kind := form.Get("grant_type"); kind != "client_credentials" {
		code := "unsupported_grant_type"
		if kind == "" {
			code = "invalid_request"
		}
		return nil, &refusal{status: http.StatusBadRequest, code: code, says: "Send grant_type=client_credentials."}
	}
	proof, refused := d.prove(r, form)
	if refused != nil {
		return nil, refused
	}
	now := d.DB.Now()
	if c := d.tokens.Take(proof.Client.ID.String(), 1000, now); !c.Allowed {
		return nil, tooOften(c.After)
	}
	org, scopes, refused := d.allowed(r.Context(), proof, form)
	if refused != nil {
		return nil, refused
	}
	token, err := d.Clients.Mint(auth.ClientClaims{Client: proof.Client.ID, Org: org, Secret: proof.Secret, Scopes: scopes})
	if err == nil {
		err = client.Used(r.Context(), d.DB, proof)
	}
	if err != nil {
		return nil, broken(r.Context(), err)
	}
	return &granted{token, "Bearer", int(auth.ClientLife / time.Second), words(scopes)}, nil
}

// read takes the form apart. A parameter that is there twice is refused, as RFC
// 6749, section 3.2, asks.
func read(r *http.Request) (url.Values, *refusal) {
	bad := func(says string) *refusal {
		return &refusal{status: http.StatusBadRequest, code: "invalid_request", says: says}
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, bad("Send a form: application/x-www-form-urlencoded.")
	}
	r.Body = http.MaxBytesReader(nil, r.Body, mostBody)
	if err := r.ParseForm(); err != nil {
		return nil, bad("The form cannot be read.")
	}
	if r.URL.RawQuery != "" {
		return nil, bad("Send the parameters in the body.")
	}
	for _, values := range r.PostForm {
		if len(values) > 1 {
			return nil, bad("A parameter is there more than once.")
		}
	}
	return r.PostForm, nil
}

// prove finds the client that asks, by Basic authentication or by the form.
func (d *Door) prove(r *http.Request, form url.Values) (client.Proof, *refusal) {
	id, secret, isBasic := r.BasicAuth()
	if isBasic {
		// RFC 6749, section 2.3.1: both are encoded as in a form.
		id, secret = decoded(id), decoded(secret)
	}
	isForm := form.Has("client_secret")
	if isBasic && isForm || !isBasic && r.Header.Get("Authorization") != "" {
		return client.Proof{}, &refusal{status: http.StatusBadRequest, code: "invalid_request", says: "Prove the client in one way: by Basic authentication or in the form."}
	}
	if isForm {
		id, secret = form.Get("client_id"), form.Get("client_secret")
	}
	// Whoever failed too often waits, whatever they send now. Success is given back.
	c := d.failures.Take(addressOf(r), 1000, d.DB.Now())
	if !c.Allowed {
		return client.Proof{}, tooOften(c.After)
	}
	return d.proven(r, id, secret, c)
}

func decoded(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

func addressOf(r *http.Request) string {
	if request := viewer.RequestFrom(r.Context()); request != nil {
		return request.From
	}
	return ""
}

func tooOften(wait time.Duration) *refusal {
	return &refusal{status: http.StatusTooManyRequests, code: "temporarily_unavailable", says: "Too many requests. Retry-After says when to go on.", wait: max(wait, time.Second)}
}

func broken(ctx context.Context, err error) *refusal {
	slog.ErrorContext(ctx, "a token could not be given", "error", err)
	return &refusal{status: http.StatusServiceUnavailable, code: "temporarily_unavailable", says: "Send it again shortly.", wait: time.Second}
}

// allowed is for whom a client acts, and what it may do there: all that was
// approved, or less where it asks for less.
func (d *Door) allowed(ctx context.Context, proof client.Proof, form url.Values) (org gid.ID, scopes []viewer.Scope, refused *refusal) {
	open := []viewer.Scope{viewer.ListingsRead}
	if named := form.Get("organization"); named != "" {
		var err error
		var approved []viewer.Scope
		if org, err = gid.Parse(named); err == nil {
			approved, err = client.Approved(ctx, d.DB, proof.Client, org)
			if err != nil {
				return gid.None, nil, broken(ctx, err)
			}
		}
		if approved == nil {
			return gid.None, nil, &refusal{status: http.StatusBadRequest, code: "invalid_grant", says: "No organisation of this id has approved the client."}
		}
		open = append(open, approved...)
	}
	slices.Sort(open)
	open = slices.Compact(open)
	asked := strings.Fields(form.Get("scope"))
	if len(asked) == 0 {
		return org, open, nil
	}
	for _, one := range asked {
		if !slices.Contains(open, viewer.Scope(one)) {
			return gid.None, nil, &refusal{status: http.StatusBadRequest, code: "invalid_scope", says: "A scope is unknown, or nobody granted it."}
		}
		scopes = append(scopes, viewer.Scope(one))
	}
	slices.Sort(scopes)
	return org, slices.Compact(scopes), nil
}

func words(scopes []viewer.Scope) string {
	all := make([]string, len(scopes))
	for i, s := range scopes {
		all[i] = string(s)
	}
	return strings.Join(all, " ")
}

// proven proves a client. Only a failure counts against the address.
func (d *Door) proven(r *http.Request, id, secret string, c *quota.Charge) (client.Proof, *refusal) {
	parsed, _ := gid.Parse(id) // none is a client that is not there
	proof, err := client.Prove(r.Context(), d.DB, parsed, secret)
	switch {
	case errors.Is(err, client.ErrUnproven):
		return client.Proof{}, &refusal{status: http.StatusUnauthorized, code: "invalid_client", says: "This client is not known by this secret.", isBasic: true}
	case err != nil:
		return client.Proof{}, broken(r.Context(), err)
	}
	c.Return(1000, d.DB.Now())
	return proof, nil
}

// Metadata answers /.well-known/oauth-authorization-server.
func (d *Door) Metadata(w http.ResponseWriter, _ *http.Request) {
	var scopes []string
	for _, e := range viewer.Catalog() {
		if e.IsGrantable {
			scopes = append(scopes, string(e.Scope))
		}
	}
	publish(w, map[string]any{
		"issuer": d.Clients.Name(), "token_endpoint": d.PublicURL + "/oauth/token", "jwks_uri": d.PublicURL + "/.well-known/jwks.json",
		"grant_types_supported":                 []string{"client_credentials"},
		"token_endpoint_auth_methods_supported": []string{"client_secret_basic", "client_secret_post"},
		"response_types_supported":              []string{},
		"scopes_supported":                      scopes,
		"service_documentation":                 "https://github.com/rung-dev/rung/blob/main/docs/guide/portal-integration.md",
	})
}

// Keys answers /.well-known/jwks.json.
func (d *Door) Keys(w http.ResponseWriter, _ *http.Request) {
	publish(w, json.RawMessage(d.Clients.JWKS()))
}

func publish(w http.ResponseWriter, document any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=300")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	_ = json.NewEncoder(w).Encode(document)
}
