package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/viewer"
	"github.com/rung-dev/rung/internal/web"
)

// site answers who asked; at ?panic it panics.
func site(panicked *int) http.Handler {
	return web.New(web.Site{
		GraphQL: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.RawQuery == "panic" {
				panic("a secret of the inside")
			}
			asked := viewer.RequestFrom(r.Context())
			_, _ = w.Write([]byte(asked.From + " " + asked.Traceparent))
		}),
		Home: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("home")) }),
		SDL:  "type Query { a: Int }", Ready: func(context.Context) error { return nil },
		Origins:  []string{"https://careers.example.edu"},
		Proxies:  []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
		Panicked: func() { *panicked++ },
	}).Handler()
}

func send(t *testing.T, h http.Handler, method, path, peer string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, nil)
	r.RemoteAddr = peer + ":4711"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestWhoseWordIsTakenAboutAnAddress(t *testing.T) {
	t.Parallel()
	var panics int
	h := site(&panics)
	for name, c := range map[string]struct{ peer, forwarded, want string }{
		"a caller by himself":              {"192.0.2.1", "", "192.0.2.1"},
		"it refuses a stranger's word":     {"192.0.2.1", "198.51.100.9", "192.0.2.1"},
		"a trusted proxy":                  {"10.0.0.1", "198.51.100.9", "198.51.100.9"},
		"two of them":                      {"10.0.0.1", "198.51.100.9, 10.0.0.2", "198.51.100.9"},
		"it refuses what came before them": {"10.0.0.1", "203.0.113.5, 198.51.100.9", "198.51.100.9"},
		"it refuses what is no address":    {"10.0.0.1", "198.51.100.9, nonsense", "10.0.0.1"},
	} {
		if got := strings.Fields(send(t, h, "GET", "/graphql", c.peer, "X-Forwarded-For", c.forwarded).Body.String())[0]; got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
	const parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
	if got := send(t, h, "GET", "/graphql", "192.0.2.1", "Traceparent", parent).Body.String(); !strings.HasSuffix(got, parent) {
		t.Errorf("the trace is lost: %s", got)
	}
}

func TestOnlyNamedPagesCallFromABrowser(t *testing.T) {
	t.Parallel()
	var panics int
	h := site(&panics)
	for origin, want := range map[string]string{"https://careers.example.edu": "https://careers.example.edu", "https://elsewhere.example": ""} {
		w := send(t, h, "OPTIONS", "/graphql", "192.0.2.1", "Origin", origin, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type")
		if got := w.Header().Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s is answered with %q, want %q", origin, got, want)
		}
		if w.Header().Get("Access-Control-Allow-Credentials") != "" {
			t.Error("credentials are let in")
		}
	}
}

func TestAPanicSaysNothing(t *testing.T) {
	t.Parallel()
	var panics int
	w := send(t, site(&panics), "GET", "/graphql?panic", "192.0.2.1")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "secret") || panics != 1 {
		t.Errorf("got %d %s and %d panics counted", w.Code, w.Body, panics)
	}
}

func TestTheSchemaIsFetchedOnce(t *testing.T) {
	t.Parallel()
	var panics int
	h := site(&panics)
	first := send(t, h, "GET", "/schema.graphql", "192.0.2.1")
	if first.Code != http.StatusOK || first.Body.String() != "type Query { a: Int }" {
		t.Fatalf("got %d %s", first.Code, first.Body)
	}
	again := send(t, h, "GET", "/schema.graphql", "192.0.2.1", "If-None-Match", first.Header().Get("ETag"))
	if again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		t.Errorf("the second time it is answered with %d %s", again.Code, again.Body)
	}
}

func TestHomeHasItsPathsAndNoOther(t *testing.T) {
	t.Parallel()
	var panics int
	h := site(&panics)
	for _, path := range []string{"/", "/explorer", "/roles.json", "/assets/some.js"} {
		if w := send(t, h, "GET", path, "192.0.2.1"); w.Body.String() != "home" {
			t.Errorf("%s is answered with %d %s", path, w.Code, w.Body)
		}
	}
	for _, path := range []string{"/none", "/explorer/x", "/roles", "/index.html"} {
		if w := send(t, h, "GET", path, "192.0.2.1"); w.Code != http.StatusNotFound || w.Body.String() != "404 page not found\n" {
			t.Errorf("%s is answered with %d %s", path, w.Code, w.Body)
		}
	}
}
