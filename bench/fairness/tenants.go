package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/rung-dev/rung/internal/auth"
	"github.com/rung-dev/rung/internal/gid"
)

// tenant is an employer with an API client that acts for it.
type tenant struct {
	name           string
	client, secret string
	organization   string
	token          string
	http           *http.Client
}

// operation is one of those that the clients of tenants send.
type operation struct {
	body   []byte
	shares int // how often it is sent, of ten
}

const (
	listings = `query Listings { listings(first: 20) { nodes { id title employerName workplace hours publishedAt fee { amount currency } hourlyPay { amount currency } skills { id name } employer { id name } } } }`
	projects = `query Projects { microProjects(first: 20) { nodes { id title status hours fee { amount currency } skills { id name } plannedDeliverables { id title } applications(first: 5) { nodes { id status } } } } }`
	draft    = `mutation Draft { draftMicroProject(input: {title: "Walk a trail", brief: "Walk it, and say how it was. All of it counts.", hours: 10, fee: {amount: "300.00", currency: "USD"}, workplace: REMOTE}) { microProject { id title } userErrors { code } } }`
)

// mix is what a client of a tenant sends: mostly pages, and something new now and then.
func mix() []operation {
	all := []operation{{shares: 5}, {shares: 4}, {shares: 1}}
	for i, document := range []string{listings, projects, draft} {
		all[i].body, _ = json.Marshal(map[string]string{"query": document})
	}
	return all
}

// crowd are the tenants, and how often each of them asks.
type crowd struct {
	url      string
	options  options
	mix      []operation
	loud     *tenant
	others   []*tenant
	perQuota float64 // operations a second that a quota allows
}

// settle registers the tenants and finds out how many operations their quota allows.
func settle(ctx context.Context, s *server, o options) (*crowd, error) {
	local, err := auth.OpenLocal(s.config)
	if err != nil {
		return nil, err
	}
	c := &crowd{url: s.url, options: o, mix: mix()}
	for i := range o.others + 1 {
		t, err := newTenant(ctx, s.url, local, fmt.Sprintf("tenant-%d", i))
		if err != nil {
			return nil, fmt.Errorf("tenant %d: %w", i, err)
		}
		c.others = append(c.others, t)
	}
	c.loud, c.others = c.others[0], c.others[1:]
	return c, c.price(ctx)
}

// newTenant is an employer that somebody has just registered, with twenty drafts and
// a client to act for it.
func newTenant(ctx context.Context, at string, local *auth.Local, name string) (*tenant, error) {
	t := &tenant{name: name, http: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: mostOpen}}}
	as := func(org gid.ID) error {
		var err error
		t.token, err = local.Mint(auth.Claims{Subject: name, Name: "Owner of " + name, Email: name + "@rung.example", Org: org})
		return err
	}
	if err := as(gid.None); err != nil {
		return nil, err
	}
	var made struct {
		RegisterEmployer struct{ Employer struct{ ID gid.ID } }
	}
	if err := t.ask(ctx, at, `mutation { registerEmployer(input: {name: "Employer of `+name+`"}) { employer { id } } }`, &made); err != nil {
		return nil, err
	}
	t.organization = made.RegisterEmployer.Employer.ID.String()
	if err := as(made.RegisterEmployer.Employer.ID); err != nil {
		return nil, err
	}
	for range 20 {
		if err := t.ask(ctx, at, draft, nil); err != nil {
			return nil, err
		}
	}
	if err := t.program(ctx, at); err != nil {
		return nil, err
	}
	return t, t.renew(ctx, at)
}

// program registers the tenant's client and lets it act for the tenant.
func (t *tenant) program(ctx context.Context, at string) error {
	var made struct {
		RegisterAPIClient struct {
			APIClient struct{ ID string }
			Secret    string
		} `json:"registerApiClient"`
	}
	const scopes = `["projects:read", "projects:write", "applications:read"]`
	if err := t.ask(ctx, at, `mutation { registerApiClient(input: {name: "Desk", purpose: "Lists our work.", scopes: `+scopes+`, origins: []}) { apiClient { id } secret } }`, &made); err != nil {
		return err
	}
	t.client, t.secret = made.RegisterAPIClient.APIClient.ID, made.RegisterAPIClient.Secret
	var asked struct {
		RequestScopes struct{ ClientGrant struct{ ID string } }
	}
	if err := t.ask(ctx, at, fmt.Sprintf(`mutation { requestScopes(input: {apiClientId: %q, organizationId: %q}) { clientGrant { id } } }`, t.client, t.organization), &asked); err != nil {
		return err
	}
	return t.ask(ctx, at, fmt.Sprintf(`mutation { approveScopes(input: {clientGrantId: %q, expectedRevision: 1}) { userErrors { code } } }`, asked.RequestScopes.ClientGrant.ID), nil)
}

// renew takes a token, which is good for a quarter of an hour.
func (t *tenant) renew(ctx context.Context, at string) error {
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {t.client}, "client_secret": {t.secret}, "organization": {t.organization}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, at+"/oauth/token", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	status, body, err := t.send(r)
	var granted struct {
		AccessToken string `json:"access_token"`
	}
	if err == nil && (status != http.StatusOK || json.Unmarshal(body, &granted) != nil) {
		err = fmt.Errorf("no token: %d %.300s", status, body)
	}
	t.token = granted.AccessToken
	return err
}

// ask sends a document, and reads the data of an answer without errors.
func (t *tenant) ask(ctx context.Context, at, document string, into any) error {
	body, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		return err
	}
	status, said, err := t.post(ctx, at, body)
	if err != nil {
		return err
	}
	if !isServed(status, said) {
		return fmt.Errorf("%d %.500s", status, said)
	}
	var answer struct{ Data json.RawMessage }
	if err := json.Unmarshal(said, &answer); err != nil || into == nil {
		return err
	}
	return json.Unmarshal(answer.Data, into)
}

func (t *tenant) post(ctx context.Context, at string, body []byte) (int, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, at+"/graphql", bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+t.token)
	return t.send(r)
}

func (t *tenant) send(r *http.Request) (int, []byte, error) {
	a, err := t.http.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = a.Body.Close() }()
	body, err := io.ReadAll(a.Body)
	return a.StatusCode, body, err
}

// isServed reports whether an answer is what was asked for.
func isServed(status int, body []byte) bool {
	return status == http.StatusOK && !bytes.HasPrefix(body, []byte(`{"errors"`)) && !bytes.Contains(body, []byte(`"userErrors":[{`))
}

// price asks each operation once and finds out how many of them, as they are mixed,
// what comes back of a quota in a second allows.
func (c *crowd) price(ctx context.Context) error {
	sum, shares := 0, 0
	for _, op := range c.mix {
		status, body, err := c.loud.post(ctx, c.url, op.body)
		if err != nil {
			return err
		}
		var told struct {
			Extensions struct{ Cost struct{ Actual int } }
		}
		if err := json.Unmarshal(body, &told); err != nil || !isServed(status, body) || told.Extensions.Cost.Actual == 0 {
			return fmt.Errorf("no price: %d %.500s", status, body)
		}
		sum, shares = sum+op.shares*told.Extensions.Cost.Actual, shares+op.shares
	}
	c.perQuota = float64(c.options.per) * float64(shares) / float64(sum)
	return nil
}
