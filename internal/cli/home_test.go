package cli

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/demo"
	"github.com/rung-dev/rung/internal/gid"
)

func TestTokensAreOfferedOnlyWhereOneIsAlone(t *testing.T) {
	t.Parallel()
	const secret = "a secret of the tests and of nobody else"
	for name, c := range map[string]struct {
		settings map[string]string
		want     int
	}{
		"the default":                       {map[string]string{}, http.StatusMisdirectedRequest},
		"localhost":                         {map[string]string{"RUNG_LISTEN": "localhost:9000"}, http.StatusMisdirectedRequest},
		"IPv6":                              {map[string]string{"RUNG_LISTEN": "[::1]:9000"}, http.StatusMisdirectedRequest},
		"it refuses every address":          {map[string]string{"RUNG_LISTEN": "0.0.0.0:8080", "RUNG_PUBLIC_URL": "http://127.0.0.1:8080"}, http.StatusNotFound},
		"it refuses no address":             {map[string]string{"RUNG_LISTEN": ":8080", "RUNG_PUBLIC_URL": "http://127.0.0.1:8080"}, http.StatusNotFound},
		"it refuses a public name":          {map[string]string{"RUNG_PUBLIC_URL": "https://rung.example.edu"}, http.StatusNotFound},
		"it refuses PostgreSQL":             {map[string]string{"RUNG_DATABASE_URL": "postgres://rung@127.0.0.1/rung", "RUNG_SECRET": secret, "RUNG_ALLOW": "local-issuer,demo-data"}, http.StatusNotFound},
		"it refuses PostgreSQL by a socket": {map[string]string{"RUNG_DATABASE_URL": "postgres:///rung?host=/tmp", "RUNG_SECRET": secret, "RUNG_ALLOW": "local-issuer,demo-data"}, http.StatusNotFound},
	} {
		c.settings["RUNG_DATA_DIR"] = t.TempDir()
		read, err := config.Read(func(name string) string { return c.settings[name] })
		if err != nil {
			t.Fatal(name, err)
		}
		h, err := demoHome(read, nil)
		if err != nil {
			t.Fatal(name, err)
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/roles.json", nil)
		r.Host = "a.stranger.example" // refused where there are tokens, before anybody is looked for
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s: got %d, want %d", name, w.Code, c.want)
		}
	}
}

func TestExamplesThatNameRowsNeedTheirIDs(t *testing.T) {
	t.Parallel()
	c := config.Config{DataDir: t.TempDir()}
	ids, err := keptNames(c)
	if err != nil || ids != nil {
		t.Fatalf("nothing was kept, and there are %v, %v", ids, err)
	}
	without := examples(ids)
	world := demo.World{IDs: map[string]gid.ID{}}
	for _, name := range []string{"writing", "occupation", "university", "basalt", "listing-open"} {
		world.IDs[name] = gid.LiveWorld
	}
	if err := keepNames(c, world); err != nil {
		t.Fatal(err)
	}
	if ids, err = keptNames(c); err != nil {
		t.Fatal(err)
	}
	with := examples(ids)
	if with[0].Name != "first_query" || with[len(with)-1].Name != "by_id" || len(with) != len(without)+4 {
		t.Errorf("there are %d examples without ids and %d with those of four", len(without), len(with))
	}
	for _, o := range append(with, without...) {
		if strings.Contains(o.Document, "{{") {
			t.Errorf("%s is shown with names for ids", o.Name)
		}
	}
}
