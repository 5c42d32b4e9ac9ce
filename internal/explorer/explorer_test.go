package explorer

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

const token = "a.token.of.ada"

func someone(context.Context) ([]Role, error) {
	return []Role{{Subject: "ada", Name: "Ada Nwosu", About: "talent", Email: "ada@student.example", Token: token}}, nil
}

var bundle = fstest.MapFS{
	"entry.json":          {Data: []byte(`{"script":"explorer-1A.js","style":"explorer-2B.css","licences":"licences-3C.txt"}`)},
	"explorer-1A.js":      {Data: []byte("// the bundle")},
	"explorer-2B.css":     {Data: []byte("a{}")},
	"licences-3C.txt":     {Data: []byte("MIT")},
	"source-4D.map":       {Data: []byte("{}")},
	".gitignore":          {Data: []byte("*")},
	"folder-5E/inside.js": {Data: []byte("")},
}

func get(t *testing.T, h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return send(t, h, http.MethodGet, path, headers...)
}

// send asks as a page of this machine does.
func send(t *testing.T, h http.Handler, method, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, nil)
	r.Host, r.RemoteAddr = "127.0.0.1:8080", "127.0.0.1:50000"
	for i := 0; i < len(headers); i += 2 {
		switch headers[i] {
		case "Host":
			r.Host = headers[i+1]
		case "From":
			r.RemoteAddr = headers[i+1]
		default:
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestEveryAnswerHasThePolicy(t *testing.T) {
	t.Parallel()
	h := handler(Page{Endpoint: "/graphql", Roles: someone}, bundle)
	for _, path := range []string{"/", "/explorer", "/roles.json", "/assets/explorer-1A.js", "/assets/none.js", "/none"} {
		got := get(t, h, path).Header()
		csp := got.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"} {
			if !strings.Contains(csp, part) {
				t.Errorf("the policy of %s lacks %s: %s", path, part, csp)
			}
		}
		if strings.Contains(csp, "unsafe") || got.Get("Referrer-Policy") != "no-referrer" || got.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s is answered with %v", path, got)
		}
	}
}

func TestANonceIsForOneAnswer(t *testing.T) {
	t.Parallel()
	h := handler(Page{Endpoint: "/graphql"}, bundle)
	nonce := regexp.MustCompile(`style-src 'self' 'nonce-([A-Z0-9]{26})'`)
	seen := map[string]bool{}
	for range 2 {
		w := get(t, h, "/explorer")
		found := nonce.FindStringSubmatch(w.Header().Get("Content-Security-Policy"))
		if found == nil || !strings.Contains(w.Body.String(), `content="`+found[1]+`"`) {
			t.Fatalf("the page does not name the nonce of its policy: %v", w.Header())
		}
		seen[found[1]] = true
	}
	if len(seen) != 2 {
		t.Error("two answers have the same nonce")
	}
}

func TestWhatIsNotFound(t *testing.T) {
	t.Parallel()
	h := handler(Page{Endpoint: "/graphql"}, bundle)
	for _, path := range []string{
		"/none", "/explorer/", "/index.html", "/roles.json", "/assets/", "/assets/style.css", "/assets/../page/style.css",
		"/assets/entry.json", "/assets/.gitignore", "/assets/source-4D.map", "/assets/inside.js", "/page/welcome.html",
	} {
		if got := get(t, h, path).Code; got != http.StatusNotFound && got != http.StatusTemporaryRedirect && got != http.StatusMovedPermanently {
			t.Errorf("%s is answered with %d", path, got)
		}
	}
}

func TestOnlyReadingIsAnswered(t *testing.T) {
	t.Parallel()
	h := handler(Page{Endpoint: "/graphql", Roles: someone}, bundle)
	for _, path := range []string{"/", "/explorer", "/roles.json"} {
		for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS"} {
			w := send(t, h, method, path)
			if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" || strings.Contains(w.Body.String(), token) {
				t.Errorf("%s %s is answered with %d %v", method, path, w.Code, w.Header())
			}
		}
		if w := send(t, h, http.MethodHead, path); w.Code != http.StatusOK {
			t.Errorf("HEAD %s is answered with %d", path, w.Code)
		}
	}
}

func TestTokensAreForPagesOfThisMachine(t *testing.T) {
	t.Parallel()
	h := handler(Page{Endpoint: "/graphql", Roles: someone}, bundle)
	for name, c := range map[string]struct {
		want    int
		headers []string
	}{
		"the page itself":                       {200, []string{"Sec-Fetch-Site", "same-origin"}},
		"its address, typed":                    {200, []string{"Sec-Fetch-Site", "none"}},
		"curl":                                  {200, nil},
		"localhost":                             {200, []string{"Host", "localhost:8080"}},
		"IPv6":                                  {200, []string{"Host", "[::1]:8080", "From", "[::1]:50000"}},
		"the page in an old browser":            {200, []string{"Origin", "http://127.0.0.1:8080"}},
		"it refuses a rebound name":             {421, []string{"Host", "rung.evil.example:8080", "Sec-Fetch-Site", "same-origin"}},
		"it refuses a name like localhost":      {421, []string{"Host", "localhost.evil.example:8080"}},
		"it refuses a name like an address":     {421, []string{"Host", "127.0.0.1.evil.example"}},
		"it refuses no name":                    {421, []string{"Host", ""}},
		"it refuses another address":            {421, []string{"Host", "192.168.1.7:8080"}},
		"it refuses another site":               {403, []string{"Sec-Fetch-Site", "cross-site"}},
		"it refuses another port":               {403, []string{"Sec-Fetch-Site", "same-site"}},
		"it refuses another site's old browser": {403, []string{"Origin", "https://evil.example"}},
		"it refuses a page from a file":         {403, []string{"Origin", "null"}},
		"it refuses another machine":            {403, []string{"From", "192.168.1.9:50000"}},
		"it refuses a proxy":                    {403, []string{"X-Forwarded-For", "198.51.100.1"}},
		"it refuses a modern proxy":             {403, []string{"Forwarded", "for=198.51.100.1"}},
	} {
		w := get(t, h, "/roles.json", c.headers...)
		if w.Code != c.want || strings.Contains(w.Body.String(), token) != (c.want == 200) {
			t.Errorf("%s: got %d %s, want %d", name, w.Code, w.Body, c.want)
		}
		if w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: the answer may be kept", name)
		}
	}
}

func TestNoPageHoldsAToken(t *testing.T) {
	t.Parallel()
	for name, roles := range map[string]func(context.Context) ([]Role, error){"with roles": someone, "without": nil} {
		h := handler(Page{Endpoint: "/graphql", Roles: roles}, bundle)
		for _, path := range []string{"/", "/explorer"} {
			if body := get(t, h, path).Body.String(); strings.Contains(body, token) || strings.Contains(body, "ada@student") {
				t.Errorf("%s %s holds somebody", path, name)
			}
		}
	}
	if w := get(t, handler(Page{}, bundle), "/roles.json"); w.Code != http.StatusNotFound {
		t.Errorf("without roles, roles.json is answered with %d", w.Code)
	}
}

func TestAFailureToFindPeopleSaysNothing(t *testing.T) {
	t.Parallel()
	h := handler(Page{Roles: func(context.Context) ([]Role, error) { return nil, errors.New("a secret of the inside") }}, bundle)
	if w := get(t, h, "/roles.json"); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}

func TestWithoutTheBundleThePageSaysWhatToRun(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]fstest.MapFS{
		"nothing was built":     {".gitignore": {Data: []byte("*")}},
		"the entry is no JSON":  {"entry.json": {Data: []byte("{")}},
		"the script is missing": {"entry.json": bundle["entry.json"], "explorer-2B.css": bundle["explorer-2B.css"], "licences-3C.txt": bundle["licences-3C.txt"]},
	} {
		h := handler(Page{Endpoint: "/graphql"}, files)
		if w := get(t, h, "/explorer"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "make explorer") {
			t.Errorf("%s: got %d %s", name, w.Code, w.Body)
		}
		if w := get(t, h, "/"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "/graphql") {
			t.Errorf("%s: the first page is answered with %d", name, w.Code)
		}
	}
}

var linked = regexp.MustCompile(`"(?:/assets/|\./)([^"]+)"`)

func TestEveryFileIsFoundByItsHashedNameAndKept(t *testing.T) {
	t.Parallel()
	h := handler(Page{Endpoint: "/graphql"}, bundle)
	hashed := regexp.MustCompile(`^(style|ask|welcome|mark)-[0-9a-f]{10}\.(css|js|svg)$|^(explorer|licences)-[0-9A-Z]+\.(js|css|txt)$`)
	waiting, seen := []string{"/", "/explorer"}, map[string]bool{}
	for len(waiting) > 0 {
		w := get(t, h, waiting[0])
		if w.Code != http.StatusOK {
			t.Errorf("%s is answered with %d", waiting[0], w.Code)
		}
		if strings.HasPrefix(waiting[0], "/assets/") && !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s is not kept", waiting[0])
		}
		waiting = waiting[1:]
		for _, found := range linked.FindAllStringSubmatch(w.Body.String(), -1) {
			if name := found[1]; !seen[name] {
				seen[name], waiting = true, append(waiting, "/assets/"+name)
				if !hashed.MatchString(name) {
					t.Errorf("%s has no hash in its name", name)
				}
			}
		}
	}
	if len(seen) < 7 {
		t.Errorf("the pages link to %v only", seen)
	}
}

func TestFilesAreCompressedForWhoTakesThat(t *testing.T) {
	t.Parallel()
	h := handler(Page{}, bundle)
	plain := get(t, h, "/assets/explorer-1A.js")
	packed := get(t, h, "/assets/explorer-1A.js", "Accept-Encoding", "br, gzip")
	if plain.Header().Get("Content-Encoding") != "" || packed.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("got %v and %v", plain.Header(), packed.Header())
	}
	zip, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(zip); err != nil || string(got) != plain.Body.String() {
		t.Errorf("unpacked it is %q, %v", got, err)
	}
}

var data = regexp.MustCompile(`(?s)<script type="application/json" id="page">(.*?)</script>`)

func TestAnOperationsTextCannotLeaveItsPlace(t *testing.T) {
	t.Parallel()
	const nasty = "# As ada: </script><script>alert(1)</script> <!-- \u2028 \"quoted\" & 'so' on.\n{ a }"
	h := handler(Page{Endpoint: "/graphql", Operations: []Operation{{Name: "a_</title>", As: "ada", Document: nasty}}}, bundle)
	for _, path := range []string{"/", "/explorer"} {
		body := get(t, h, path).Body.String()
		if strings.Contains(body, "<script>alert") || strings.Contains(body, "<!-- \u2028") {
			t.Errorf("%s lets the text out: %s", path, body)
		}
		var shown struct{ Operations []example }
		if err := json.Unmarshal([]byte(data.FindStringSubmatch(body)[1]), &shown); err != nil {
			t.Fatal(path, err)
		}
		if got := shown.Operations[0]; got.Document != nasty || got.Title != "A </title>" || !strings.HasPrefix(got.About, "</script>") {
			t.Errorf("%s shows %+v", path, got)
		}
	}
}

func TestAnExampleSaysWhatItIsAbout(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]string{
		"# As ada: the work itself.\n{ a }": "The work itself.",
		"# Plain words: with a colon.\n":    "Plain words: with a colon.",
		"{ a }":                             "",
		"#":                                 "",
		"":                                  "",
	} {
		if got := about(document); got != want {
			t.Errorf("%q is about %q, want %q", document, got, want)
		}
	}
}
