package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/rung-dev/rung/graph"
	"github.com/rung-dev/rung/internal/store/storetest"
)

const (
	newJSON = "application/graphql-response+json"
	oldJSON = "application/json"
)

// TestTheAuditsOfGraphQLOverHTTP holds the endpoint against the rules that npm's
// graphql-http 1.23.1 audits, by their ids there.
func TestTheAuditsOfGraphQLOverHTTP(t *testing.T) {
	t.Parallel()
	s := open(t, storetest.Engines[0])
	const plain, named = `{"query":"{ __typename }"}`, `{"query":"query Type($name: String!) { __type(name: $name) { name } }","variables":{"name":"sometype"}}`
	with := func(key, value string) string { return `{"query":"{ __typename }","` + key + `":` + value + `}` }
	type rule struct {
		id, accept, contentType, body, get string
		status                             int
		media                              string // of the answer
		data, errors                       string // "some", "none" or either
	}
	rules := []rule{
		{id: "22EB", accept: newJSON, body: plain, status: 200, media: newJSON},
		{id: "4655", accept: oldJSON, body: plain, status: 200, media: oldJSON},
		{id: "47DE", accept: "*/*", body: plain, status: 200, media: oldJSON},
		{id: "80D8 82A3 78D5 2C94 03D4", body: plain, status: 200, media: oldJSON},
		{id: "BF61", contentType: oldJSON + "; charset=utf-8", body: `{"query":"{ __type(name: \"Run🏃Swim🏊\") { name } }"}`, status: 200},
		{id: "5A70", get: "query=" + url.QueryEscape("{ __typename }"), status: 200},
		{id: "9C48", accept: newJSON, get: "query=" + url.QueryEscape("mutation { __typename }"), status: 405},
		{id: "9ABE", contentType: "none", body: plain, status: 415},
		{id: "A5BF", status: 400},
		{id: "423L", accept: newJSON, body: `{"notquery":"{ __typename }"}`, status: 400},
		{id: "34A2 13EE", accept: newJSON, body: plain, status: 200, errors: "none"},
		{id: "8161 B8B3", accept: newJSON, body: `{"operationName":"Query","query":"query Query { __typename }"}`, status: 200, errors: "none"},
		{id: "2EA1", accept: newJSON, body: named, status: 200},
		{id: "28B9", accept: oldJSON, body: named, status: 200, errors: "none"},
		{
			id: "D6D5 6A70", accept: newJSON, status: 200, errors: "none",
			get: "query=" + url.QueryEscape("query Type($name: String!) { __type(name: $name) { name } }") + "&variables=" + url.QueryEscape(`{"name":"sometype"}`),
		},
		{id: "428F 1B7A", accept: newJSON, body: with("extensions", `{"some":"value"}`), status: 200, errors: "none"},
		{id: "B6DC BCF8", accept: oldJSON, body: `{ "not a JSON`, status: 400},
		{id: "B7N8", accept: newJSON, body: `{ "not a JSON`, status: 400},
		{id: "8764 3E3A", body: `{"qeury":"{ __typename }"}`, status: 400},
		{id: "572B", accept: oldJSON, body: `{"query":"{"}`, status: 200},
		{id: "FDE2", accept: oldJSON, body: `{"query":"{ 8f31403dfe404bccbb0e835f2629c6a7 }"}`, status: 200},
		{id: "7B9B", accept: oldJSON, body: `{"query":"query CoerceFailure($id: ID!){ __typename }","variables":{"id":null}}`, status: 200},
		{id: "865D 556A D586", accept: newJSON, body: `{"query":"{"}`, status: 400, data: "none"},
		{id: "51FE 74FF 5E5B", accept: newJSON, body: `{"query":"{ f31403dfe404bccbb0e835f2629c6a7 }"}`, status: 400, data: "none"},
		{id: "86EE", accept: newJSON, body: `{"query":"query CoerceFailure($id: ID!){ __typename }","variables":{"id":null}}`, status: 400},
		// Ours: what the drafts say and nobody audits.
		{id: "q-values", accept: oldJSON + ";q=0.5, " + newJSON, body: plain, status: 200, media: newJSON},
		{id: "q of nothing", accept: newJSON + ";q=0, */*;q=0.1", body: plain, status: 200, media: oldJSON},
		{id: "nothing acceptable", accept: "text/html", body: plain, status: 406},
		{id: "a list of requests", body: "[" + plain + "]", status: 400},
		{id: "a key twice", body: `{"query":"{ __typename }","query":"{ viewer { kind } }"}`, status: 400},
		{id: "bytes that follow", body: plain + "{}", status: 400},
		{id: "invalid UTF-8", body: "{\"query\":\"{ __typename } #\xff\"}", status: 400},
		{id: "a parameter twice", get: "query={viewer{kind}}&query={viewer{kind}}", status: 400},
	}
	for _, invalid := range []string{`{"an":"object"}`, "0", "false", `["array"]`} {
		rules = append(rules, rule{id: "LKJ", body: `{"query":` + invalid + `}`, status: 400}, rule{id: "6C0", body: with("operationName", invalid), status: 400})
	}
	for _, invalid := range []string{`"string"`, "0", "false", `["array"]`} {
		rules = append(rules, rule{id: "476", body: with("variables", invalid), status: 400}, rule{id: "58B", body: with("extensions", invalid), status: 400})
	}
	for _, parameter := range []string{"variables", "operationName", "extensions"} {
		for _, media := range []string{newJSON, oldJSON} {
			rules = append(rules, rule{id: "94B 022", accept: media, body: with(parameter, "null"), status: 200, errors: "none"})
		}
	}
	for _, tc := range rules {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(tc.body))
		if tc.get != "" {
			r = httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql?"+tc.get, nil)
		} else if tc.contentType != "none" {
			r.Header.Set("Content-Type", cmp.Or(tc.contentType, oldJSON))
		}
		if tc.accept != "" {
			r.Header.Set("Accept", tc.accept)
		}
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		var answered map[string]json.RawMessage
		if err := json.Unmarshal(w.Body.Bytes(), &answered); err != nil {
			t.Errorf("%s: the answer is no JSON: %v", tc.id, err)
		}
		if w.Code != tc.status {
			t.Errorf("%s: got %d %s, want %d", tc.id, w.Code, w.Body, tc.status)
		}
		if got := w.Header().Get("Content-Type"); tc.media != "" && got != tc.media+"; charset=utf-8" {
			t.Errorf("%s: the answer is %s, want %s", tc.id, got, tc.media)
		}
		if _, there := answered["data"]; there && tc.data == "none" {
			t.Errorf("%s: the answer has data: %s", tc.id, w.Body)
		}
		if _, there := answered["errors"]; there && tc.errors == "none" {
			t.Errorf("%s: the answer has errors: %s", tc.id, w.Body)
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(strings.Join(w.Header().Values("Vary"), ", "), "Accept") || w.Header().Get("Content-Length") == "" {
			t.Errorf("%s: the headers are %v", tc.id, w.Header())
		}
	}
}

// TestPersistedDocuments names documents by their hash: everybody the published
// ones, and each signed-in client the ones it sent itself, for queries only.
func TestPersistedDocuments(t *testing.T) {
	t.Parallel()
	s := open(t, storetest.Engines[0])
	var published string
	for _, example := range graph.Operations() {
		if example.Name == "job_board_page" {
			published = example.Document
		}
	}
	const read, change = `{ viewer { kind } }`, `mutation { registerEmployer(input: {name: "Kite Works"}) { employer { name } userErrors { code } } }`
	by := func(document string) string {
		return `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + sha(document) + `"}}}`
	}
	keep := func(document string) string {
		return `{"query":` + quoted(document) + `,"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + sha(document) + `"}}}`
	}
	for _, step := range []struct{ who, body, want, not string }{
		{"ada", by(read), "PERSISTED_QUERY_NOT_FOUND", "data"},
		{"anonymous", keep(read), "ANONYMOUS", "errors"},
		{"anonymous", by(read), "PERSISTED_QUERY_NOT_FOUND", "data"},
		{"ada", keep(read), "TALENT", "errors"},
		{"ada", by(read), "TALENT", "errors"},
		{"ada", `{"documentId":"sha256:` + sha(read) + `"}`, "TALENT", "errors"},
		{"bea", by(read), "PERSISTED_QUERY_NOT_FOUND", "data"},
		{"stranger", by(read), "PERSISTED_QUERY_NOT_FOUND", "data"},
		{"ada", `{"query":"{ viewer { role } }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + sha(read) + `"}}}`, "INVALID_INPUT", "data"},
		{"stranger", keep(change), "Kite Works", "errors"},
		{"stranger", by(change), "PERSISTED_QUERY_NOT_FOUND", "data"},
		{"anonymous", `{"documentId":"sha256:` + sha(published) + `"}`, "totalCount", "errors"},
	} {
		a := s.post(t, step.who, []byte(step.body))
		if !strings.Contains(string(a.body), step.want) || strings.Contains(string(a.body), `"`+step.not+`":`) {
			t.Errorf("%s sends %s and gets %s, want %s", step.who, step.body, a.body, step.want)
		}
	}
}

func sha(document string) string {
	sum := sha256.Sum256([]byte(document))
	return hex.EncodeToString(sum[:])
}

func quoted(text string) string {
	encoded, err := json.Marshal(text)
	if err != nil {
		panic(err) // text always is JSON
	}
	return string(encoded)
}
