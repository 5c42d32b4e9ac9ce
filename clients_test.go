package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/auditentry"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// program is an API client as whoever registered it knows it.
type program struct {
	*site
	id, secret string
}

// register makes a client that its own employer approved.
func register(t *testing.T, s *site, scopes string) program {
	t.Helper()
	var made struct {
		RegisterAPIClient struct {
			APIClient struct{ ID string }
			Secret    string
		} `json:"registerApiClient"`
	}
	s.get(t, "bea", `mutation { registerApiClient(input: {name: "Desk", purpose: "Lists our work.", scopes: [`+scopes+`],
		origins: ["https://careers.basalt.example", "https://jobs.basalt.example"]}) { apiClient { id } secret } }`, &made)
	p := program{s, made.RegisterAPIClient.APIClient.ID, made.RegisterAPIClient.Secret}
	var asked struct {
		RequestScopes struct{ ClientGrant struct{ ID string } }
	}
	s.get(t, "bea", `mutation { requestScopes(input: {apiClientId: "`+p.id+`", organizationId: "`+p.basalt()+`"}) { clientGrant { id } } }`, &asked)
	s.get(t, "bea", `mutation { approveScopes(input: {clientGrantId: "`+asked.RequestScopes.ClientGrant.ID+`", expectedRevision: 1}) { userErrors { code } } }`, nil)
	return p
}

func (p program) basalt() string { return p.world.IDs["basalt"].String() }

// get asks as somebody and reads the data, which has no errors.
func (s *site) get(t *testing.T, who, document string, into any) {
	t.Helper()
	a := s.ask(t, who, document, nil)
	if a.Errors != nil {
		t.Fatalf("%s asks %s: %s", who, document, a.body)
	}
	if into != nil {
		if err := json.Unmarshal(a.Data, into); err != nil {
			t.Fatal(err)
		}
	}
}

// send is one HTTP request, from one address.
func (s *site) send(t *testing.T, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	r.RemoteAddr = "192.0.2.7:4711"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

const isForm = "application/x-www-form-urlencoded"

// token asks for a token, with Basic authentication.
func (p program) token(t *testing.T, form string) string {
	t.Helper()
	w := p.send(t, "POST", "/oauth/token", "grant_type=client_credentials&"+form, "Content-Type", isForm, "Authorization", basic(p.id, p.secret))
	var granted struct {
		AccessToken string `json:"access_token"`
		TokenType   string `json:"token_type"`
		ExpiresIn   int    `json:"expires_in"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &granted); err != nil || w.Code != http.StatusOK || granted.TokenType != "Bearer" || granted.ExpiresIn != 900 {
		t.Fatalf("got %d %s", w.Code, w.Body)
	}
	return granted.AccessToken
}

func basic(id, secret string) string {
	r := &http.Request{Header: http.Header{}}
	r.SetBasicAuth(id, secret)
	return r.Header.Get("Authorization")
}

// asks sends a document with a token, from a page or from none.
func (s *site) asks(t *testing.T, token, origin, document string) *httptest.ResponseRecorder {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		t.Fatal(err)
	}
	headers := []string{"Content-Type", "application/json", "Authorization", "Bearer " + token}
	if origin != "" {
		headers = append(headers, "Origin", origin)
	}
	return s.send(t, "POST", "/graphql", string(body), headers...)
}

func onEach(t *testing.T, test func(t *testing.T, s *site)) {
	t.Helper()
	onEachWith(t, nil, test)
}

func onEachWith(t *testing.T, settings map[string]string, test func(t *testing.T, s *site)) {
	t.Helper()
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			test(t, serve(t, demoWorld.Fresh(t, engineName), &story, settings))
		})
	}
}

// RFC 6749, sections 2.3.1, 4.4 and 5.2.
func TestTokensOfClients(t *testing.T) {
	onEach(t, func(t *testing.T, s *site) {
		p := register(t, s, `"projects:read", "applications:read"`)
		grant := "grant_type=client_credentials"
		mine := "&client_id=" + p.id + "&client_secret=" + url.QueryEscape(p.secret)
		for name, c := range map[string]struct {
			form, auth, code string
			status           int
		}{
			"by Basic authentication":                        {grant, basic(p.id, p.secret), "", 200},
			"by the form":                                    {grant + mine, "", "", 200},
			"for its organisation":                           {grant + "&organization=" + p.basalt(), basic(p.id, p.secret), "", 200},
			"for less than it was granted":                   {grant + "&scope=projects:read&organization=" + p.basalt(), basic(p.id, p.secret), "", 200},
			"it refuses without a client":                    {grant, "", "invalid_client", 401},
			"it refuses another secret":                      {grant, basic(p.id, p.secret+"x"), "invalid_client", 401},
			"it refuses a client that is not there":          {grant, basic("cli_00000000000000000000000000", p.secret), "invalid_client", 401},
			"it refuses what is no client":                   {grant, basic(p.basalt(), p.secret), "invalid_client", 401},
			"it refuses two ways at once":                    {grant + mine, basic(p.id, p.secret), "invalid_request", 400},
			"it refuses another scheme":                      {grant, "Bearer x", "invalid_request", 400},
			"it refuses a password":                          {"grant_type=password", basic(p.id, p.secret), "unsupported_grant_type", 400},
			"it refuses no grant":                            {"scope=listings:read", basic(p.id, p.secret), "invalid_request", 400},
			"it refuses a parameter twice":                   {grant + "&scope=a&scope=b", basic(p.id, p.secret), "invalid_request", 400},
			"it refuses a scope that nobody granted":         {grant + "&scope=offers:read&organization=" + p.basalt(), basic(p.id, p.secret), "invalid_scope", 400},
			"it refuses a scope of an organisation for none": {grant + "&scope=projects:read", basic(p.id, p.secret), "invalid_scope", 400},
			"it refuses an organisation that never approved": {grant + "&organization=" + p.world.IDs["harbor"].String(), basic(p.id, p.secret), "invalid_grant", 400},
			"it refuses an organisation that is not there":   {grant + "&organization=emp_00000000000000000000000000", basic(p.id, p.secret), "invalid_grant", 400},
			"it refuses what is no organisation":             {grant + "&organization=x", basic(p.id, p.secret), "invalid_grant", 400},
		} {
			headers := []string{"Content-Type", isForm}
			if c.auth != "" {
				headers = append(headers, "Authorization", c.auth)
			}
			w := s.send(t, "POST", "/oauth/token", c.form, headers...)
			var told struct{ Error string }
			if err := json.Unmarshal(w.Body.Bytes(), &told); err != nil || w.Code != c.status || told.Error != c.code {
				t.Errorf("%s: got %d %s", name, w.Code, w.Body)
			}
			if w.Header().Get("Cache-Control") != "no-store" || w.Code == 401 && !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Basic") {
				t.Errorf("%s: the headers are %v", name, w.Header())
			}
		}
		foreign := s.send(t, "POST", "/oauth/token", grant+"&organization="+p.world.IDs["harbor"].String(), "Content-Type", isForm, "Authorization", basic(p.id, p.secret))
		unknown := s.send(t, "POST", "/oauth/token", grant+"&organization=emp_00000000000000000000000000", "Content-Type", isForm, "Authorization", basic(p.id, p.secret))
		if foreign.Body.String() != unknown.Body.String() {
			t.Errorf("a foreign organisation is told apart from an unknown one: %s, %s", foreign.Body, unknown.Body)
		}
	})
}

// What a client was granted it sees, in its own name, until somebody stops it.
func TestAClientIsStoppedAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, s *site) {
		p := register(t, s, `"projects:read", "projects:write"`)
		token := p.token(t, "organization="+p.basalt())
		draft := `mutation { draftMicroProject(input: {title: "Walk a trail", brief: "Walk it, and say how it was. All of it counts.", hours: 10, fee: {amount: "300.00", currency: "USD"}, workplace: REMOTE}) { microProject { title } userErrors { code } } }`
		if w := s.asks(t, token, "", draft); w.Code != 200 || !strings.Contains(w.Body.String(), `"title":"Walk a trail"`) {
			t.Fatalf("got %d %s", w.Code, w.Body)
		}
		id, err := gid.Parse(p.id)
		if err != nil {
			t.Fatal(err)
		}
		ctx := viewer.With(t.Context(), viewer.System("a test reads the audit"))
		rows, err := s.db.Read.AuditEntry.Query().Where(auditentry.ClientID(id), auditentry.Verb("draftMicroProject")).All(ctx)
		if err != nil || len(rows) != 1 || rows[0].OrganizationID.String() != p.basalt() || rows[0].PersonID.IsNone() {
			t.Errorf("the audit holds %v, %v", rows, err)
		}
		offers := s.asks(t, token, "", `{ offers(first: 1) { nodes { id } } projects: microProjects(first: 1) { nodes { id } } }`).Body.String()
		if !strings.Contains(offers, `"INSUFFICIENT_SCOPE"`) || !strings.Contains(offers, `"offers":null`) || !strings.Contains(offers, `offers:read`) || !strings.Contains(offers, `"projects":{"nodes":[{`) {
			t.Errorf("got %s", offers)
		}
		ask := func() int { return s.asks(t, token, "", `{ viewer { kind } }`).Code }
		do := func(mutation string) {
			t.Helper()
			s.get(t, "bea", `mutation { `+mutation+` { userErrors { code message } } }`, nil)
		}
		for i, verb := range []string{"suspendApiClient", "resumeApiClient"} {
			do(verb + `(input: {apiClientId: "` + p.id + `", expectedRevision: ` + strconv.Itoa(i+1) + `})`)
			if got, want := ask(), []int{401, 200}[i]; got != want {
				t.Errorf("after %s it is answered %d, want %d", verb, got, want)
			}
		}
		// A secret that ends at once takes its tokens along.
		do(`rotateApiClientSecret(input: {apiClientId: "` + p.id + `", expectedRevision: 3, formerEndsInHours: 0})`)
		if got := ask(); got != 401 {
			t.Errorf("after its secret ended it is answered %d", got)
		}
		if w := s.send(t, "POST", "/oauth/token", "grant_type=client_credentials", "Content-Type", isForm, "Authorization", basic(p.id, p.secret)); w.Code != 401 {
			t.Errorf("the secret that ended is answered %d %s", w.Code, w.Body)
		}
	})
}

// A page's token is heard from its own origin, reads listings and does nothing.
func TestEmbedTokens(t *testing.T) {
	onEach(t, func(t *testing.T, s *site) {
		p := register(t, s, `"projects:read"`)
		const home, other, elsewhere = "https://careers.basalt.example", "https://jobs.basalt.example", "https://elsewhere.example"
		mine := p.token(t, "organization="+p.basalt())
		var minted struct {
			Data struct {
				MintEmbedToken struct {
					EmbedToken       string
					ExpiresInSeconds int
				}
			}
		}
		w := s.asks(t, mine, "", `mutation { mintEmbedToken(input: {origin: "`+home+`"}) { embedToken expiresInSeconds userErrors { code } } }`)
		if err := json.Unmarshal(w.Body.Bytes(), &minted); err != nil || minted.Data.MintEmbedToken.ExpiresInSeconds != 600 {
			t.Fatalf("got %s, %v", w.Body, err)
		}
		embed := minted.Data.MintEmbedToken.EmbedToken
		for name, c := range map[string]struct {
			token, origin string
			status        int
		}{
			"a page's token at home":               {embed, home, 200},
			"it refuses it at another of its own":  {embed, other, 401},
			"it refuses it elsewhere":              {embed, elsewhere, 401},
			"it refuses it without a page":         {embed, "", 401},
			"a client's token by itself":           {mine, "", 200},
			"a client's token from one of its own": {mine, other, 200},
			"it refuses a client's from elsewhere": {mine, elsewhere, 401},
		} {
			if w := s.asks(t, c.token, c.origin, `{ listings(first: 1) { nodes { title } } }`); w.Code != c.status {
				t.Errorf("%s: got %d %s", name, w.Code, w.Body)
			}
		}
		for _, document := range []string{
			`mutation { mintEmbedToken(input: {origin: "` + home + `"}) { embedToken } }`, `{ applications(first: 1) { nodes { id } } }`, `{ apiClients(first: 1) { nodes { id } } }`,
		} {
			if w := s.asks(t, embed, home, document); !strings.Contains(w.Body.String(), "INSUFFICIENT_SCOPE") {
				t.Errorf("%s is answered %s", document, w.Body)
			}
		}
		for origin, want := range map[string]string{home: home, other: other, elsewhere: "", "null": ""} {
			w := s.send(t, "OPTIONS", "/graphql", "", "Origin", origin, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type")
			h := w.Header()
			if h.Get("Access-Control-Allow-Origin") != want || h.Get("Access-Control-Allow-Credentials") != "" || want != "" && h.Get("Access-Control-Max-Age") != "86400" {
				t.Errorf("a browser at %s is told %v", origin, h)
			}
		}
		s.get(t, "bea", `mutation { suspendApiClient(input: {apiClientId: "`+p.id+`", expectedRevision: 1}) { userErrors { code } } }`, nil)
		if w := s.asks(t, embed, home, `{ listings(first: 1) { nodes { title } } }`); w.Code != 401 {
			t.Errorf("the page of a suspended client is answered %d", w.Code)
		}
	})
}

// Whoever guesses secrets waits, and so does a client that asks for tokens without end.
func TestTokensAreLimited(t *testing.T) {
	onEach(t, func(t *testing.T, s *site) {
		p := register(t, s, `"projects:read"`)
		codes := func(secret string, n int) (all []int) {
			for range n {
				w := s.send(t, "POST", "/oauth/token", "grant_type=client_credentials", "Content-Type", isForm, "Authorization", basic(p.id, secret))
				if w.Code == 429 && w.Header().Get("Retry-After") == "" {
					t.Error("nobody says when to go on")
				}
				all = append(all, w.Code)
			}
			return all
		}
		if got := codes(p.secret, 61); slices.Contains(got[:60], 429) || got[60] != 429 {
			t.Errorf("a client is answered %v", got)
		}
		s.wait(2 * time.Minute)
		if got := codes("guessed", 21); got[19] != 401 || got[20] != 429 {
			t.Errorf("guesses are answered %v", got)
		}
		if got := codes(p.secret, 1); got[0] != 429 {
			t.Errorf("after guesses the right secret is answered %v", got)
		}
		s.wait(2 * time.Minute)
		if got := codes(p.secret, 1); got[0] != 200 {
			t.Errorf("after the wait it is answered %v", got)
		}
	})
}

// The metadata of RFC 8414 names what is there, and the keys check the tokens.
func TestWhatClientsDiscover(t *testing.T) {
	onEach(t, func(t *testing.T, s *site) {
		var metadata struct {
			Issuer   string
			Endpoint string   `json:"token_endpoint"`
			Keys     string   `json:"jwks_uri"`
			Grants   []string `json:"grant_types_supported"`
			Scopes   []string `json:"scopes_supported"`
		}
		if err := json.Unmarshal(s.send(t, "GET", "/.well-known/oauth-authorization-server", "").Body.Bytes(), &metadata); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(metadata.Endpoint, "/oauth/token") || !slices.Equal(metadata.Grants, []string{"client_credentials"}) ||
			!slices.Contains(metadata.Scopes, "projects:read") || slices.Contains(metadata.Scopes, "clients:manage") || metadata.Issuer == "" {
			t.Errorf("the metadata says %+v", metadata)
		}
		address, err := url.Parse(metadata.Keys)
		if err != nil {
			t.Fatal(err)
		}
		var set struct{ Keys []map[string]string }
		if err := json.Unmarshal(s.send(t, "GET", address.Path, "").Body.Bytes(), &set); err != nil || len(set.Keys) != 1 {
			t.Fatalf("the keys are %v, %v", set, err)
		}
		for name := range set.Keys[0] {
			if name == "d" {
				t.Error("a private key is published")
			}
		}
	})
}

// What a client asks is counted, for whom it asked, and kept in batches.
func TestWhatClientsAskIsCounted(t *testing.T) {
	onEach(t, func(t *testing.T, s *site) {
		p := register(t, s, `"projects:read"`)
		token := p.token(t, "organization="+p.basalt())
		for range 3 {
			for _, document := range []string{`{ microProjects(first: 1) { nodes { id } } }`, `{ offers(first: 1) { nodes { id } } }`} {
				s.asks(t, token, "", document)
			}
			if err := s.keep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		s.ask(t, "bea", `{ viewer { kind } }`, nil)
		if err := s.keep(t.Context()); err != nil {
			t.Fatal(err)
		}
		rows, err := s.db.Read.ClientUsage.Query().All(viewer.With(t.Context(), viewer.System("a test reads what was counted")))
		if err != nil || len(rows) != 1 {
			t.Fatalf("got %v, %v", rows, err)
		}
		if u := rows[0]; u.ClientID.String() != p.id || u.TenantOrgID.String() != p.basalt() || u.Operations != 6 || u.Refused != 3 || u.Cost == 0 || u.Coordinate != "" {
			t.Errorf("got %v", u)
		}
	})
}

// What a talent let an organisation read, its programs read as long as that lasts,
// also before it is written down that it is over.
func TestAProgramReadsNoLongerThanAConsent(t *testing.T) {
	onEach(t, func(t *testing.T, s *site) {
		p := register(t, s, `"talent:read"`)
		asked := fmt.Sprintf(`{ talentProfile(id: "%s") { id } }`, s.world.IDs["gia"])
		ctx := viewer.WithRequest(viewer.With(t.Context(), viewer.System("a test lets a talent consent")), &viewer.Request{ID: "r", Verb: "grantConsent"})
		_, err := store.Write(ctx, s.db, func(tx *store.Tx) (gid.ID, error) {
			return gid.None, tx.Consent.Create().SetWorldID(gid.LiveWorld).SetTalentID(s.world.IDs["gia"]).SetRecipientClass("EMPLOYER").
				SetRecipientID(s.world.IDs["basalt"]).SetPurpose("RECRUITING").SetStatement("s").SetGrantedAt(tx.Now).SetExpiresAt(tx.Now.Add(time.Hour)).Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []bool{true, false} {
			if a := s.ask(t, "client "+p.id+" of "+p.basalt(), asked, nil); strings.Contains(string(a.Data), `"id"`) != want || a.Errors != nil {
				t.Errorf("it reads %s, want it to read something: %v", a.body, want)
			}
			s.wait(time.Hour)
		}
	})
}
