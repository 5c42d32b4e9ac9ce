package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// corpus is everything hostile that we have thought of.
func corpus(t *testing.T, p *process) []hostile {
	t.Helper()
	return slices.Concat(wires(), medias(), bodies(), addresses(), named(), documents(), values(), borrowed(t, p), ids(), tokens(t, p))
}

// post is a request with a body and, in pairs, more headers or others in the
// place of the usual ones.
func post(body string, headers ...string) string {
	have := map[string]string{
		"Host": "rung.example", "Content-Type": "application/json", "Content-Length": fmt.Sprint(len(body)), "Connection": "close",
	}
	for i := 0; i < len(headers); i += 2 {
		have[headers[i]] = headers[i+1]
	}
	return request("POST /graphql HTTP/1.1", have, body)
}

func get(query string, headers ...string) string {
	have := map[string]string{"Host": "rung.example", "Connection": "close"}
	for i := 0; i < len(headers); i += 2 {
		have[headers[i]] = headers[i+1]
	}
	return request("GET /graphql?"+query+" HTTP/1.1", have, "")
}

func request(line string, headers map[string]string, body string) string {
	var b strings.Builder
	b.WriteString(line + "\r\n")
	for name, value := range headers {
		b.WriteString(name + ": " + value + "\r\n")
	}
	return b.String() + "\r\n" + body
}

// query is a document as a decent client sends it; with variables as JSON.
func query(document string, variables ...string) string {
	text, _ := json.Marshal(document)
	body := `{"query":` + string(text)
	if len(variables) > 0 {
		body += `,"variables":` + variables[0]
	}
	return post(body + "}")
}

const decent = `{"query":"{ viewer { kind } }"}`

// wires are broken below GraphQL and mostly refused by HTTP.
func wires() []hostile {
	const head = "POST /graphql HTTP/1.1\r\nHost: rung.example\r\nContent-Type: application/json\r\nConnection: close\r\n"
	all := map[string]string{
		"two lengths":                  head + "Content-Length: 29\r\nContent-Length: 5\r\n\r\n" + decent,
		"a length below zero":          head + "Content-Length: -1\r\n\r\n" + decent,
		"a length that is no number":   head + "Content-Length: 0x1D\r\n\r\n" + decent,
		"a length beyond 64 bits":      head + "Content-Length: 99999999999999999999\r\n\r\n" + decent,
		"chunks of no size":            head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + decent + "\r\n0\r\n\r\n",
		"a chunk of 2^64":              head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n" + decent,
		"an unknown transfer encoding": head + "Transfer-Encoding: gzip\r\n\r\n" + decent,
		"two transfer encodings":       head + "Transfer-Encoding: chunked, chunked\r\n\r\n" + decent,
		"no host":                      "POST /graphql HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
		"two hosts":                    head + "Host: other.example\r\nContent-Length: 0\r\n\r\n",
		"a host with spaces":           "GET /graphql HTTP/1.1\r\nHost: rung example\r\nConnection: close\r\n\r\n",
		"a header without a name":      head + ": nothing\r\nContent-Length: 0\r\n\r\n",
		"a header with NUL":            head + "X-Odd: a\x00b\r\nContent-Length: 0\r\n\r\n",
		"a header with a space":        head + "X Odd: a\r\nContent-Length: 0\r\n\r\n",
		"a header of 20 KiB":           head + "X-Long: " + strings.Repeat("x", 20<<10) + "\r\nContent-Length: 29\r\n\r\n" + decent,
		"2000 headers":                 head + strings.Repeat("X-Many: x\r\n", 2000) + "Content-Length: 29\r\n\r\n" + decent,
		"a token of 1 MiB":             head + "Authorization: Bearer " + strings.Repeat("a", 1<<20) + "\r\nContent-Length: 29\r\n\r\n" + decent,
		"an address of 64 KiB":         "GET /graphql?query=" + strings.Repeat("x", 64<<10) + " HTTP/1.1\r\nHost: rung.example\r\nConnection: close\r\n\r\n",
		"an unknown version":           "GET /graphql HTTP/9.9\r\nHost: rung.example\r\nConnection: close\r\n\r\n",
		"no version":                   "GET /graphql\r\n\r\n",
		"HTTP/2 without asking":        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"TLS to a plain port":          "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + strings.Repeat("\x5a", 500) + "\r\n\r\n",
		"noise":                        strings.Repeat("\xde\xad\xbe\xef", 2000) + "\r\n\r\n",
		"an expectation of its own":    head + "Expect: miracles\r\nContent-Length: 29\r\n\r\n" + decent,
		"a path that climbs":           "GET /graphql/../../etc/passwd HTTP/1.1\r\nHost: rung.example\r\nConnection: close\r\n\r\n",
		"an encoded path that climbs":  "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: rung.example\r\nConnection: close\r\n\r\n",
		"the private paths":            "GET /metrics HTTP/1.1\r\nHost: rung.example\r\nConnection: close\r\n\r\n",
		"the profiler's paths":         "GET /debug/pprof/heap HTTP/1.1\r\nHost: rung.example\r\nConnection: close\r\n\r\n",
		"a path with NUL":              "GET /graphql%00 HTTP/1.1\r\nHost: rung.example\r\nConnection: close\r\n\r\n",
		"an address that is none":      "GET /%zz HTTP/1.1\r\nHost: rung.example\r\nConnection: close\r\n\r\n",
		"a proxy's CONNECT":            "CONNECT rung.example:443 HTTP/1.1\r\nHost: rung.example\r\nConnection: close\r\n\r\n",
		"a socket where there is none": "GET /graphql HTTP/1.1\r\nHost: rung.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\nGET / HTTP/1.0\r\n\r\n",
	}
	return listed("wire", "", all)
}

func listed(kind, code string, all map[string]string) []hostile {
	list := make([]hostile, 0, len(all))
	for name, raw := range all {
		list = append(list, hostile{kind + ": " + name, raw, code})
	}
	slices.SortFunc(list, func(a, b hostile) int { return strings.Compare(a.name, b.name) })
	return list
}

// medias are of the wrong method or media type.
func medias() []hostile {
	all := map[string]string{
		"two bodies in one": post(decent, "Content-Type", "multipart/form-data; boundary=x"),
		"no Accept at all":  post(decent, "Accept", strings.Repeat("text/html,", 1000)),
		"JSON with q=0":     post(decent, "Accept", "application/json;q=0, application/graphql-response+json;q=0"),
		"JSON in UTF-16":    post(decent, "Accept", "application/json;charset=utf-16"),
	}
	for _, media := range []string{
		"", "text/plain", "application/x-www-form-urlencoded", "application/graphql", "application/json; charset=utf-16", "application/json;;;=",
		"application/jsonp", "image/png", "application/json, text/plain", strings.Repeat("a", 5000), "application/json\"",
	} {
		all["a body as "+media[:min(40, len(media))]] = post(decent, "Content-Type", media)
	}
	for _, media := range []string{"text/html", "image/*", "application/xml", "application/*;q=0", ";;;", "application/json/json"} {
		all["an answer as "+media] = post(decent, "Accept", media)
	}
	for _, method := range []string{"PUT", "DELETE", "PATCH", "TRACE", "BREW", "OPTIONS", "get"} {
		all["the method "+method] = strings.Replace(post(decent), "POST", method, 1)
	}
	for _, coding := range []string{"gzip", "deflate", "br", "zstd", "identity", "gzip, gzip"} {
		all["a body packed as "+coding] = post(decent, "Content-Encoding", coding)
	}
	var bomb bytes.Buffer
	z, _ := gzip.NewWriterLevel(&bomb, gzip.BestCompression)
	_, _ = z.Write(make([]byte, 50<<20))
	_ = z.Close()
	all["50 MiB in 50 KiB"] = post(bomb.String(), "Content-Encoding", "gzip")
	return listed("media", "INVALID_INPUT", all)
}

// bodies are no JSON objects of a request.
func bodies() []hostile {
	nested := func(open, end string, n int) string { return strings.Repeat(open, n) + "1" + strings.Repeat(end, n) }
	all := map[string]string{
		"nothing": "", "null": "null", "a list": "[" + decent + "]", "a text": `"{}"`, "a number": "7", "true": "true", "a brace": "{", "two objects": decent + decent,
		"bytes that follow": decent + "x", "NUL that follows": decent + "\x00", "a byte order mark": "\xef\xbb\xbf" + decent,
		"UTF-16": "{\x00\"\x00q\x00", "a lone continuation": `{"query":"` + "\x80" + `"}`, "an overlong slash": `{"query":"` + "\xc0\xaf" + `"}`,
		"a surrogate in bytes": `{"query":"` + "\xed\xa0\x80" + `"}`, "beyond the last character": `{"query":"` + "\xf4\x90\x80\x80" + `"}`,
		"a key twice": `{"query":"{a}","query":"{ viewer { kind } }"}`, "a key twice, escaped": `{"query":"{a}","\u0071uery":"{ viewer { kind } }"}`,
		"a variable twice": `{"query":"{ viewer { kind } }","variables":{"a":1,"a":2}}`, "an unknown key": `{"query":"{ viewer { kind } }","admin":true}`,
		"another spelling": `{"Query":"{ viewer { kind } }"}`, "a prototype": `{"query":"{ viewer { kind } }","__proto__":{}}`,
		"10,000 objects deep": `{"query":"{ viewer { kind } }","variables":` + nested(`{"a":`, "}", 10_000) + "}",
		"60,000 lists deep":   `{"query":"{ viewer { kind } }","variables":{"a":` + nested("[", "]", 60_000) + "}}",
		"129 KiB":             `{"query":"{ viewer { kind } }` + strings.Repeat(" ", 129<<10) + `"}`, "10 MiB": `{"query":"` + strings.Repeat("a", 10<<20) + `"}`,
		"a key of 100 KiB": `{"` + strings.Repeat("k", 100<<10) + `":1}`, "20,000 keys": `{"query":"{ viewer { kind } }"` + numbered(20_000, `,"k%d":1`) + "}",
		"query as a number": `{"query":1}`, "query as a list": `{"query":["{ viewer { kind } }"]}`, "query as an object": `{"query":{"a":1}}`, "query as null": `{"query":null}`,
		"query of spaces": `{"query":"   "}`, "variables as a list": `{"query":"{ viewer { kind } }","variables":[]}`,
		"variables as text": `{"query":"{ viewer { kind } }","variables":"{}"}`, "variables as a number": `{"query":"{ viewer { kind } }","variables":1}`,
		"a name as an object": `{"query":"{ viewer { kind } }","operationName":{}}`, "a name of 10 KiB": `{"query":"{ viewer { kind } }","operationName":"` + strings.Repeat("n", 10<<10) + `"}`,
		"extensions as a list": `{"query":"{ viewer { kind } }","extensions":[]}`, "NaN": `{"query":"{ viewer { kind } }","variables":{"a":NaN}}`,
		"single quotes": `{'query':'{ viewer { kind } }'}`, "a comment": `{/* */"query":"{ viewer { kind } }"}`, "a line break in text": "{\"query\":\"{\n}\"}",
		"a comma too many": `{"query":"{ viewer { kind } }",}`, "a number with a zero": `{"query":"{ viewer { kind } }","variables":{"a":01}}`,
	}
	for at := 3; at < len(decent); at += 5 {
		all[fmt.Sprintf("cut off after %d bytes", at)] = decent[:at]
	}
	for name, body := range all {
		all[name] = post(body)
	}
	all["less than was said"] = post(decent, "Content-Length", "28")
	return listed("body", "INVALID_INPUT", all)
}

func numbered(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// addresses are GETs that are not as they should be.
func addresses() []hostile {
	const ok = "query=%7Bviewer%7Bkind%7D%7D"
	return listed("address", "INVALID_INPUT", map[string]string{
		"nothing": get(""), "no query": get("variables=%7B%7D"), "the query twice": get(ok + "&" + ok), "variables that are no JSON": get(ok + "&variables=%7B"),
		"variables as a list": get(ok + "&variables=%5B%5D"), "variables twice": get(ok + "&variables=%7B%7D&variables=%7B%7D"), "extensions as text": get(ok + "&extensions=%22x%22"),
		"an unknown parameter": get(ok + "&debug=1"), "a bad escape": get("query=%7Bviewer%zz"), "semicolons": get("query=%7Bviewer%7Bkind%7D%7D;variables=%7B%7D"),
		"a mutation":            get("query=" + url.QueryEscape(`mutation { registerEmployer(input: {name: "x"}) { userErrors { code } } }`)),
		"a mutation among more": get("operationName=b&query=" + url.QueryEscape(`query a { viewer { kind } } mutation b { registerEmployer(input: {name: "x"}) { userErrors { code } } }`)),
		"2,000 parameters":      get(ok + strings.Repeat("&a=1", 2000)),
	})
}

// named are documents that are named by a hash.
func named() []hostile {
	const zeros = "0000000000000000000000000000000000000000000000000000000000000000"
	apollo := func(version, hash string) string {
		return post(`{"extensions":{"persistedQuery":{"version":` + version + `,"sha256Hash":` + hash + `}}}`)
	}
	list := listed("named", "INVALID_INPUT", map[string]string{
		"a short hash": post(`{"documentId":"sha256:00"}`), "no algorithm": post(`{"documentId":"` + zeros + `"}`), "another algorithm": post(`{"documentId":"md5:` + zeros + `"}`),
		"capitals": post(`{"documentId":"sha256:` + strings.Repeat("A", 64) + `"}`), "a path": post(`{"documentId":"sha256:../../etc/passwd"}`), "a number": post(`{"documentId":1}`),
		"with a document": post(`{"documentId":"sha256:` + zeros + `","query":"{ viewer { kind } }"}`), "version 2": apollo("2", `"`+zeros+`"`), "version as text": apollo(`"1"`, `"`+zeros+`"`),
		"a hash as a list": apollo("1", `["`+zeros+`"]`), "a list": post(`{"extensions":{"persistedQuery":[]}}`), "null": post(`{"extensions":{"persistedQuery":null}}`),
		"another document's hash": post(`{"query":"{ viewer { kind } }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + zeros + `"}}}`),
	})
	return append(list, hostile{"named: nobody's hash", post(`{"documentId":"sha256:` + zeros + `"}`), "PERSISTED_QUERY_NOT_FOUND"},
		hostile{"named: nobody's hash of Apollo's", apollo("1", `"`+zeros+`"`), "PERSISTED_QUERY_NOT_FOUND"})
}
