package main

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/rung-dev/rung/internal/auth"
)

// documents are no GraphQL, do not fit the schema, or cost too much to read.
func documents() []hostile {
	times := strings.Repeat
	broken := map[string]string{
		"a word": "viewer", "an open brace": "{ viewer {", "30,000 open braces": times("{", 30_000), "30 open brackets": "{a(x:" + times("[", 30), "an empty selection": "{ }",
		"NUL": "{ viewer \x00 { kind } }", "a bell": "{ viewer \x07 { kind } }", "an open text": `{ node(id: "abc) { id } }`, "an open block": `{ node(id: """abc) { id } }`, "a text over two lines": "{ node(id: \"a\nb\") { id } }",
		"an unknown escape": `{ node(id: "\q") { id } }`, "a number that ends early": "{ listings(first: 1e) { nodes { id } } }", "a number with a zero": "{ listings(first: 01) { nodes { id } } }",
		"a dollar alone": "query($) { viewer { kind } }", "two dots": "{ ..viewer }", "an emoji as a name": "{ \U0001F600 }", "markup": "<script>alert(1)</script>",
		"a type": "type Query { a: Int }", "an extension of the schema": "extend type Query { a: Int }",
		"a fragment called on": "{ ...on } fragment on on Query { viewer { kind } }", "SQL": "'; DROP TABLE people; --",
	}
	misfit := map[string]string{
		"an unknown field": "{ viewr { kind } }", "an unknown argument": "{ listings(frist: 1) { nodes { id } } }", "an unknown type": "{ ...F } fragment F on Nobody { a }", "an unknown fragment": "{ ...Nowhere }",
		"an unknown directive": "{ viewer @admin { kind } }", "a leaf with fields": "{ viewer { kind { a } } }", "an object without fields": "{ viewer }", "an undefined variable": "{ listings(first: $n) { nodes { id } } }",
		"an unused variable": "query($n: Int) { viewer { kind } }", "a variable of an output": "query($n: Listing) { listings(first: $n) { nodes { id } } }", "a variable twice": "query($n: Int, $n: Int) { listings(first: $n) { nodes { id } } }",
		"a variable of another type": "query($n: String) { listings(first: $n) { nodes { id } } }", "an argument twice": "{ listings(first: 1, first: 2) { nodes { id } } }", "a name twice": "query a { viewer { kind } } query a { viewer { kind } }",
		"two operations without names": "{ viewer { kind } } { viewer { kind } }", "two fields under one key": "{ a: viewer { kind } a: listings { nodes { id } } }", "an unused fragment": "{ viewer { kind } } fragment F on Viewer { kind }",
		"a fragment alone": "fragment F on Query { viewer { kind } }", "a required argument missing": "{ node { id } }",
		"a deferred fragment": "{ ... @defer { viewer { kind } } }", "a streamed list": "{ listings { nodes @stream { id } } }", "a directive twice": "{ viewer @skip(if: true) @skip(if: true) { kind } }", "the schema's own directive": "{ viewer @cost(weight: \"0\") { kind } }",
		"19 unknown fields": "{ viewer { " + numbered(19, "no%d ") + "} }", "300 unknown fields": "{ viewer { " + numbered(300, "no%d ") + "} }", "a spread that cannot be": "{ viewer { ...F } } fragment F on Listing { id }",
	}
	var doubling strings.Builder
	doubling.WriteString("{ ...F0 }")
	for i := range 40 {
		fmt.Fprintf(&doubling, " fragment F%d on Query { ...F%d ...F%d }", i, i+1, i+1)
	}
	doubling.WriteString(" fragment F40 on Query { viewer { kind } }")
	complex := map[string]string{
		"64 KiB of spaces": "{ viewer { kind } }" + times(" ", 64<<10), "64 KiB of commas": "{ viewer { kind } }" + times(",", 64<<10), "64 KiB of comment": "{ viewer { kind } } #" + times("x", 64<<10),
		"30,000 comments": "{ viewer { kind } }" + times("#\n", 30_000) + "# and more than 64 KiB of them: " + times("x", 6<<10), "10,000 root fields": "{" + times("a ", 10_000) + "}", "5,000 aliases": "{" + numbered(5_000, "a%d:viewer{kind} ") + "}",
		"51 aliases": "{ viewer {" + numbered(51, "a%d:kind ") + "} }", "30,000 open brackets": "{a(x:" + times("[", 30_000), "500 levels": times("{a", 500) + times("}", 500), "20,000 levels": times("{a", 20_000) + times("}", 20_000), "13 levels": "{ listings { nodes { employer { " + times("microProjects { nodes { employer { ", 4) + "id" + times("} ", 16),
		"a fragment in itself": "{ ...F } fragment F on Query { ...F }", "two fragments in each other": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", "fragments that double 40 times": doubling.String(),
		"a ring of 50 fragments": "{ ...F0 }" + ring(50), "51 fragments": "{ viewer { kind } }" + numbered(51, " fragment F%d on Query { viewer { kind } }"), "3,000 fragments": "{ viewer { kind } }" + numbered(1500, " fragment F%d on Query{a}"),
		"5,000 directives": "{ viewer " + times("@a ", 5_000) + "{ kind } }", "31 directives": "{ viewer " + times("@skip(if: false) ", 31) + "{ kind } }", "one field 5,000 times": "{ viewer { " + times("kind ", 5_000) + "} }", "21 of one key": "{ viewer { " + times("kind ", 21) + "} }",
		"2,000 inline fragments": "{ " + times("... { viewer { kind } } ", 2_000) + "}", "800 inline fragments inside each other": times("{ ... ", 800) + "{ viewer { kind } }" + times("}", 800), "61 variables": "query(" + numbered(61, "$v%d: Int ") + ") { viewer { kind } }", "5,000 variables": "query(" + numbered(5_000, "$v%d:Int ") + ") { viewer { kind } }",
		"a list of 20,000": "{ listings(filter: {id: {in: [" + times("1 ", 20_000) + "]}}) { nodes { id } } }", "a list of 251": "{ listings(filter: {id: {in: [" + times("1 ", 251) + "]}}) { nodes { id } } }", "a value 400 deep": "{ listings(filter: " + times("{a: ", 400) + "1" + times("}", 400) + ") { nodes { id } } }",
		"a default 400 deep": "query($f: ListingFilter = " + times("{a: ", 400) + "1" + times("}", 400) + ") { listings(filter: $f) { nodes { id } } }", "21 operations": numbered(21, "query q%d { viewer { kind } } "), "6 mutations": "mutation { " + numbered(6, `a%d: registerEmployer(input: {name: "x"}) { userErrors { code } } `) + "}",
		"an introspection in circles": "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }", "two introspections": "{ a: __schema { types { name } } b: __schema { types { name } } }", "possible types in circles": "{ __schema { types { possibleTypes { interfaces { possibleTypes { name } } } } } }",
		"11 root fields": "{ " + numbered(11, "a%d: viewer { kind } ") + "}", "3 spreads of one fragment": "{ viewer { ...F ...F ...F } } fragment F on Viewer { kind }", "2,001 tokens": "{ viewer { kind } }" + times(" query a { b }", 400),
	}
	dear := map[string]string{
		"100 of 100 of 100": "{ microProjects(first: 100) { nodes { applications(first: 100) { nodes { talent { portfolio(first: 100) { nodes { id } } } } } } } }",
		"ten whole pages":   "{ " + numbered(10, "a%d: talentProfiles(first: 100) { nodes { portfolio(first: 100) { nodes { id } } } } ") + "}",
	}
	return slices.Concat(listedDocuments("document", "GRAPHQL_PARSE_FAILED", broken), listedDocuments("document", "GRAPHQL_VALIDATION_FAILED", misfit),
		listedDocuments("document", "QUERY_TOO_COMPLEX", complex), listedDocuments("document", "QUERY_TOO_EXPENSIVE", dear))
}

func ring(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on Query { ...F%d }", i, (i+1)%n)
	}
	return b.String()
}

func listedDocuments(kind, code string, all map[string]string) []hostile {
	for name, document := range all {
		all[name] = query(document)
	}
	return listed(kind, code, all)
}

// values are of the wrong type or out of their range.
func values() []hostile {
	const page = "query($n: Int, $after: String, $f: ListingFilter) { listings(first: $n, after: $after, filter: $f) { nodes { id } } }"
	all := map[string]string{
		"a page of 101": query("{ listings(first: 101) { nodes { id } } }"), "a page below zero": query("{ listings(first: -1) { nodes { id } } }"), "both ends at once": query("{ listings(first: 1, last: 1) { nodes { id } } }"),
		"2^31": query(page, `{"n":2147483648}`), "2^64": query(page, `{"n":18446744073709551616}`), "1e400": query(page, `{"n":1e400}`), "1.5": query(page, `{"n":1.5}`), "a number as text": query(page, `{"n":"1"}`), "a list as a number": query(page, `{"n":[1]}`), "true as a number": query(page, `{"n":true}`),
		"10,000 digits": query(page, `{"n":`+strings.Repeat("9", 10_000)+`}`), "2^31 in the document": query("{ listings(first: 2147483648) { nodes { id } } }"), "text as a number in the document": query(`{ listings(first: "1") { nodes { id } } }`),
		"a filter as text": query(page, `{"f":"all"}`), "a filter's unknown key": query(page, `{"f":{"isAdmin":true}}`), "two of a oneOf": query(page, `{"f":{"employer":{"eq":null,"in":[]}}}`), "none of a oneOf": query(page, `{"f":{"employer":{}}}`), "null in a oneOf": query(page, `{"f":{"employer":{"eq":null}}}`),
		"an unknown enum value": query("{ listings(filter: {workplace: {eq: MARS}}) { nodes { id } } }"), "an unknown enum variable": query(page, `{"f":{"workplace":{"eq":"MARS"}}}`), "an enum value as text": query(`{ listings(filter: {workplace: {eq: "REMOTE"}}) { nodes { id } } }`),
		"a variable missing": query("query($id: ID!) { node(id: $id) { id } }"), "null where none may be": query("query($id: ID!) { node(id: $id) { id } }", `{"id":null}`), "NUL in a cursor": query(page, `{"after":"\u0000"}`), "an id as an object": query("query($id: ID!) { node(id: $id) { id } }", `{"id":{"$ne":null}}`),
	}
	list := listed("value", "INVALID_INPUT", all)
	forged := map[string]string{
		"empty": "", "a word": "first", "SQL": "' OR 1=1 --", "dots": "../../etc/passwd", "base64 of nothing": "e30", "base64 with a forged place": base64.RawURLEncoding.EncodeToString([]byte(`{"v":1,"l":"AAAA","i":"lst_0","a":"2026-01-01T00:00:00Z"}`)),
		"20 KiB": strings.Repeat("A", 20<<10), "percent signs": "%00%00%00%00", "emoji": "\U0001F600", "padding": "e30=",
	}
	for name, cursor := range forged {
		text, _ := json.Marshal(cursor)
		list = append(list, hostile{"cursor: " + name, query(page, `{"after":`+string(text)+`}`), "CURSOR_INVALID"})
	}
	return list
}

// borrowed are cursors that were good once: changed, or given to another list.
func borrowed(t *testing.T, p *process) []hostile {
	t.Helper()
	answered, err := p.exchange(query("{ employers(first: 1) { pageInfo { endCursor } } }"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(answered), `"endCursor":"`)
	cursor, _, found := strings.Cut(rest, `"`)
	if !found || len(cursor) < 40 {
		t.Fatalf("no cursor to borrow in %s", answered)
	}
	var list []hostile
	for name, after := range map[string]string{
		"another list's":  `{ listings(after: "` + cursor + `") { nodes { id } } }`,
		"another order's": `{ employers(orderBy: {field: CREATED_AT, direction: DESC}, after: "` + cursor + `") { nodes { id } } }`,
		"one bit changed": `{ employers(after: "` + cursor[:20] + string(cursor[20]^1) + cursor[21:] + `") { nodes { id } } }`,
		"cut short":       `{ employers(after: "` + cursor[:len(cursor)-4] + `") { nodes { id } } }`,
		"longer":          `{ employers(after: "` + cursor + `AAAA") { nodes { id } } }`,
	} {
		list = append(list, hostile{"cursor: " + name, query(after), "CURSOR_INVALID"})
	}
	return list
}

// ids are none, or of another noun.
func ids() []hostile {
	var list []hostile
	for name, id := range map[string]string{
		"empty": "", "a word": "me", "a number": "1", "no noun": "_0000000000e008000000000001", "an unknown noun": "zzz_0000000000e008000000000001", "capitals": "INS_0000000000E008000000000001", "too short": "ins_00", "too long": "ins_" + strings.Repeat("0", 20<<10),
		"the wrong alphabet": "ins_000000000000000000000000il", "too large": "ins_zzzzzzzzzzzzzzzzzzzzzzzzzz", "SQL": "ins_' OR '1'='1' --00000000000", "NUL": "ins_\x000000000e008000000000001", "spaces": " ins_0000000000e008000000000001 ", "full-width letters": "ｉｎｓ_0000000000e008000000000001", "a URL": "https://rung.example/ins_1",
	} {
		text, _ := json.Marshal(id)
		list = append(list, hostile{"id: " + name, query("query($id: ID!) { node(id: $id) { id } }", `{"id":`+string(text)+`}`), "INVALID_INPUT"})
	}
	return append(list, hostile{"id: another noun's", query(`{ offer(id: "ins_0000000000e008000000000001") { id } }`), "INVALID_INPUT"})
}

// tokens prove nothing.
func tokens(t *testing.T, p *process) []hostile {
	t.Helper()
	good, err := p.local.Mint(auth.Claims{Subject: "ada", Name: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	parsed, _, err := jwt.NewParser().ParseUnverified(good, jwt.MapClaims{})
	if err != nil {
		t.Fatal(err)
	}
	_, own, _ := ed25519.GenerateKey(rand.Reader)
	ec, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	sign := func(method jwt.SigningMethod, key any, change func(header, claims map[string]any)) string {
		forged := jwt.NewWithClaims(method, maps.Clone(parsed.Claims.(jwt.MapClaims))) //nolint:forcetypeassert // parsed as such
		forged.Header["kid"], forged.Header["typ"] = parsed.Header["kid"], "at+jwt"
		change(forged.Header, forged.Claims.(jwt.MapClaims)) //nolint:forcetypeassert // made above
		text, err := forged.SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	same := func(_, _ map[string]any) {}
	parts := strings.Split(good, ".")
	given := map[string]string{
		"nothing": "Bearer", "a space": "Bearer ", "a word": "Bearer x", "another scheme": "Basic YWRhOmFkYQ==", "no scheme": good, "two tokens": "Bearer " + good + " " + good, "a comma": "Bearer " + good + ",", "in quotes": `Bearer "` + good + `"`,
		"dots": "Bearer ..", "4,000 dots": "Bearer " + strings.Repeat(".", 4000), "five parts": "Bearer a.b.c.d.e", "two parts": "Bearer " + parts[0] + "." + parts[1], "no signature": "Bearer " + parts[0] + "." + parts[1] + ".", "5 KiB": "Bearer " + strings.Repeat("a", 5<<10),
		"a changed claim": "Bearer " + parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"olga"}`)) + "." + parts[2], "a changed signature": "Bearer " + parts[0] + "." + parts[1] + "." + strings.Repeat("A", len(parts[2])), "an alphabet of its own": "Bearer " + strings.ReplaceAll(good, "e", "+"), "padding": "Bearer " + good + "==",
		"alg none":           "Bearer " + sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, same),
		"alg HS256":          "Bearer " + sign(jwt.SigningMethodHS256, []byte(fmt.Sprint(parsed.Header["kid"])), same),
		"alg ES256":          "Bearer " + sign(jwt.SigningMethodES256, ec, same),
		"another's key":      "Bearer " + sign(jwt.SigningMethodEdDSA, own, same),
		"its own key":        "Bearer " + sign(jwt.SigningMethodEdDSA, own, func(h, _ map[string]any) { h["jwk"] = map[string]any{"kty": "OKP"} }),
		"a place for keys":   "Bearer " + sign(jwt.SigningMethodEdDSA, own, func(h, _ map[string]any) { h["jku"] = "http://127.0.0.1:1/keys" }),
		"a critical header":  "Bearer " + sign(jwt.SigningMethodEdDSA, own, func(h, _ map[string]any) { h["crit"] = []string{"x"} }),
		"a kid that climbs":  "Bearer " + sign(jwt.SigningMethodEdDSA, own, func(h, _ map[string]any) { h["kid"] = "../../../dev/null" }),
		"a kid of SQL":       "Bearer " + sign(jwt.SigningMethodEdDSA, own, func(h, _ map[string]any) { h["kid"] = "' UNION SELECT 'x" }),
		"an unknown issuer":  "Bearer " + sign(jwt.SigningMethodEdDSA, own, func(_, c map[string]any) { c["iss"] = "https://evil.example" }),
		"an id token":        "Bearer " + sign(jwt.SigningMethodEdDSA, own, func(h, _ map[string]any) { h["typ"] = "id+jwt" }),
		"expired, and wrong": "Bearer " + sign(jwt.SigningMethodEdDSA, own, func(_, c map[string]any) { c["exp"] = time.Now().Add(-time.Hour).Unix() }),
	}
	all := map[string]string{"in the address": get("query=%7Bviewer%7Bkind%7D%7D&access_token=" + good)}
	list := listed("token", "INVALID_INPUT", all)
	for name, header := range given {
		list = append(list, hostile{"token: " + name, post(decent, "Authorization", header), "UNAUTHENTICATED"})
	}
	twice := strings.Replace(post(decent), "\r\n\r\n", "\r\nAuthorization: Bearer "+good+"\r\nAuthorization: Bearer "+good+"\r\n\r\n", 1)
	return append(list, hostile{"token: twice", twice, "UNAUTHENTICATED"})
}
