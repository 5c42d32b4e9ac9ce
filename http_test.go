package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/rung-dev/rung/internal/store/storetest"
)

// TestTheDoorRefuses sends what no client should, and then a decent request,
// which must be served as before.
func TestTheDoorRefuses(t *testing.T) {
	t.Parallel()
	const secret = "sesame-open-says-nobody"
	cases := map[string]struct {
		method, contentType, authorization, body string
		status                                   int
		code                                     string
	}{
		"a body that is no JSON":                {"POST", "application/json", "", `{"query": "` + secret, 400, "INVALID_INPUT"},
		"a body that is a list":                 {"POST", "application/json", "", `[{"query":"{viewer{kind}}"}]`, 400, "INVALID_INPUT"},
		"a body of more than 128 KiB":           {"POST", "application/json", "", `{"query":"` + strings.Repeat(" ", 129<<10) + `"}`, 413, "INVALID_INPUT"},
		"a document that is not GraphQL":        {"POST", "application/json", "", `{"query":"{ viewer {"}`, 200, "GRAPHQL_PARSE_FAILED"},
		"a document that does not fit":          {"POST", "application/json", "", `{"query":"{ viewer { shoeSize } }"}`, 200, "GRAPHQL_VALIDATION_FAILED"},
		"a variable of the wrong type":          {"POST", "application/json", "", `{"query":"query($n: Int){ listings(first: $n) { nodes { id } } }","variables":{"n":"three"}}`, 200, "INVALID_INPUT"},
		"a number beyond 32 bits":               {"POST", "application/json", "", `{"query":"query($n: Int){ listings(first: $n) { nodes { id } } }","variables":{"n":4294967296}}`, 200, "INVALID_INPUT"},
		"an id that is none":                    {"POST", "application/json", "", `{"query":"{ node(id: \"` + secret + `\") { id } }"}`, 200, "INVALID_INPUT"},
		"an id of another noun":                 {"POST", "application/json", "", `{"query":"{ offer(id: \"ins_0000000000e008000000000001\") { id } }"}`, 200, "INVALID_INPUT"},
		"two keys of a oneOf through variables": {"POST", "application/json", "", `{"query":"query($f: ListingFilter){ listings(filter: $f) { nodes { id } } }","variables":{"f":{"employer":{"eq":null,"in":[]}}}}`, 200, "INVALID_INPUT"},
		"a cursor that is forged":               {"POST", "application/json", "", `{"query":"{ listings(after: \"` + secret + `\") { nodes { id } } }"}`, 200, "CURSOR_INVALID"},
		"a page of 101":                         {"POST", "application/json", "", `{"query":"{ listings(first: 101) { nodes { id } } }"}`, 200, "INVALID_INPUT"},
		"first and last at once":                {"POST", "application/json", "", `{"query":"{ listings(first: 1, last: 1) { nodes { id } } }"}`, 200, "INVALID_INPUT"},
		"a token that is none":                  {"POST", "application/json", "Bearer " + secret, `{"query":"{ viewer { kind } }"}`, 401, "UNAUTHENTICATED"},
		"another scheme":                        {"POST", "application/json", "Basic " + secret, `{"query":"{ viewer { kind } }"}`, 401, "UNAUTHENTICATED"},
		"a token without a signature":           {"POST", "application/json", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.", `{"query":"{ viewer { kind } }"}`, 401, "UNAUTHENTICATED"},
		"a mutation by GET":                     {"GET", "", "", "", 405, "INVALID_INPUT"},
	}
	for _, engineName := range storetest.Engines {
		s := open(t, engineName)
		for name, tc := range cases {
			t.Run(name+"/"+engineName, func(t *testing.T) {
				path := "/graphql"
				if tc.method == http.MethodGet {
					path += "?query=mutation%7BregisterEmployer(input%3A%7Bname%3A%22Hi%22%7D)%7BuserErrors%7Bcode%7D%7D%7D"
				}
				r := httptest.NewRequestWithContext(t.Context(), tc.method, path, strings.NewReader(tc.body))
				r.Header.Set("Content-Type", tc.contentType)
				if tc.authorization != "" {
					r.Header.Set("Authorization", tc.authorization)
				}
				w := httptest.NewRecorder()
				s.handler.ServeHTTP(w, r)
				if w.Code != tc.status || !strings.Contains(w.Body.String(), tc.code) {
					t.Errorf("got %d %s, want %d %s", w.Code, w.Body, tc.status, tc.code)
				}
				if strings.Contains(w.Body.String(), secret) {
					t.Errorf("the answer repeats what was sent: %s", w.Body)
				}
				if tc.status == http.StatusUnauthorized && w.Header().Get("WWW-Authenticate") == "" {
					t.Error("a refused token is answered with WWW-Authenticate")
				}
				if after := s.ask(t, "anonymous", `{ viewer { kind } }`, nil); !strings.Contains(string(after.Data), "ANONYMOUS") {
					t.Errorf("the next request got %s", after.body)
				}
			})
		}
	}
}

// TestAnUnknownIDAndAForeignOneAnswerAlike compares, byte for byte, what a
// stranger reads of a row that is not there and of one that is another's.
func TestAnUnknownIDAndAForeignOneAnswerAlike(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			n := s.names()
			for foreign, unknown := range map[string]string{
				"project-draft": "no-such-prj", "application-open-ben": "no-such-app", "offer-open-eve": "no-such-off",
				"engagement-in-progress": "no-such-eng", "deliverable-in-progress-1": "no-such-dlv", "payment-completed": "no-such-pay",
				"evaluation-hidden": "no-such-evl", "hire-proposed": "no-such-hir", "affiliation-ivy": "no-such-aff", "ben": "no-such-tal",
				"link-harbor": "no-such-lnk", "request-in-review": "no-such-req", "agreement-filled-nda": "no-such-agr", "person-ben": "no-such-per",
			} {
				for _, who := range []string{"anonymous", "stranger", "dev", "lena", "nina"} {
					read := func(name string) string {
						a := s.ask(t, who, n.show(t, `{ node(id: "{{`+name+`}}") { id __typename } }`), nil)
						return string(a.Data) + string(a.Errors)
					}
					if got, want := read(foreign), read(unknown); got != want || !strings.Contains(want, "null") {
						t.Errorf("%s reads %s of %s, and %s of an unknown id", who, got, foreign, want)
					}
				}
			}
		})
	}
}

// TestReadyAndAlive asks the paths that a balancer watches.
func TestReadyAndAlive(t *testing.T) {
	t.Parallel()
	s := open(t, storetest.Engines[0])
	for _, path := range []string{"/livez", "/readyz"} {
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		if w.Code != http.StatusNoContent {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}

// TestErrorsSayNothing looks for what only the inside may know in
// the answers to odd searches.
func TestErrorsSayNothing(t *testing.T) {
	t.Parallel()
	s := open(t, storetest.Engines[0])
	for _, document := range []string{
		`{ listings(filter: {search: "' OR 1=1 --"}) { nodes { id } } }`,
		`{ skills(filter: {search: "\u0000"}) { nodes { id } } }`,
		`{ institutions(filter: {countryCode: "U\"S"}) { nodes { id } } }`,
	} {
		a := s.ask(t, "anonymous", document, nil)
		var all any
		if err := json.Unmarshal(a.body, &all); err != nil {
			t.Fatal(err)
		}
		for _, leak := range []string{"SQL", "sqlite", "pq:", "ent:", ".go:", "goroutine", "panic", "INTERNAL"} {
			if strings.Contains(string(a.body), leak) {
				t.Errorf("%s is answered with %s", document, a.body)
			}
		}
	}
}

// Who has to wait too long for the database is told to come again, and the next
// request is served as before.
func TestABusyDatabaseIsSaidSo(t *testing.T) {
	t.Parallel()
	for engineName, lock := range map[string]string{
		dialect.SQLite: "SELECT 1", dialect.Postgres: "LOCK TABLE employers IN ACCESS EXCLUSIVE MODE",
	} {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			before, err := s.db.Engine().Alone() // its transactions take SQLite's lock when they begin
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = before.Close() }()
			tx, err := before.BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.ExecContext(t.Context(), lock); err != nil {
				t.Fatal(err)
			}
			const register = `mutation { registerEmployer(input: {name: "Late Ltd"}) @idempotent(key: "late") { employer { name } userErrors { code } } }`
			if a := s.ask(t, "stranger", register, nil); !strings.Contains(string(a.Errors), `"OVERLOADED"`) || !strings.Contains(string(a.Errors), `"retryable":true`) {
				t.Errorf("behind a lock the answer is %s", a.body)
			}
			if err := tx.Rollback(); err != nil {
				t.Fatal(err)
			}
			if a := s.ask(t, "stranger", register, nil); !strings.Contains(string(a.Data), "Late Ltd") {
				t.Errorf("after it, the answer is %s", a.body)
			}
		})
	}
}
