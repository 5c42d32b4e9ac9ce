// Package explorer is what a developer sees who opens Rung in a browser: a page
// that says what Rung is and lets one ask it something, and GraphiQL.
package explorer

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
)

// Page is what the pages are about.
type Page struct {
	Endpoint string // the path to send operations to
	// Roles are people to ask as, each with a token that was minted for this
	// request. Nil offers nobody: then one pastes a token of one's own.
	Roles      func(context.Context) ([]Role, error)
	Operations []Operation // examples; the first is shown first
}

var (
	//go:embed page
	page embed.FS
	// What `make explorer` built. Without it Git keeps the folder alone.
	//go:embed all:built
	built embed.FS
)

// Handler serves `/`, `/explorer`, `/assets/` and, when there are roles,
// `/roles.json`. Everything else is not found.
func Handler(p Page) http.Handler { return handler(p, sub(built, "built")) }

func handler(p Page, bundle fs.FS) http.Handler {
	files := assets{}
	files.plain(sub(page, "page"))
	about := view{Endpoint: p.Endpoint, HasRoles: p.Roles != nil, Operations: describe(p.Operations), Assets: files.names()}
	explorer := "unbuilt.html"
	if entry, ok := files.bundled(bundle); ok {
		explorer, about.Bundle = "explorer.html", entry
	}
	mux := http.NewServeMux()
	mux.Handle("/{$}", serve("welcome.html", about, false))
	mux.Handle("/explorer", serve(explorer, about, true))
	mux.Handle("/assets/{name}", files)
	if p.Roles != nil {
		mux.Handle("/roles.json", roles(p.Roles))
	}
	return strict(mux)
}

func sub(tree fs.FS, folder string) fs.FS {
	inside, err := fs.Sub(tree, folder)
	if err != nil {
		panic(err) // the folder was embedded
	}
	return inside
}

// view is what the templates show.
type view struct {
	Endpoint   string
	HasRoles   bool
	Operations []example
	Assets     map[string]string // hashed names by plain ones
	Bundle     entry
	Nonce      string
}

var templates = template.Must(template.ParseFS(page, "page/*.html"))

// serve answers a page. Styles that GraphiQL adds to it while it runs need the
// nonce of this one answer.
func serve(name string, about view, withNonce bool) http.Handler {
	if err := templates.ExecuteTemplate(io.Discard, name, about); err != nil {
		panic(fmt.Errorf("the page %s: %w", name, err)) // found by every test
	}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		shown := about
		if withNonce {
			shown.Nonce = allowStyles(w.Header())
		}
		var body bytes.Buffer
		if err := templates.ExecuteTemplate(&body, name, shown); err != nil {
			http.Error(w, "The page could not be written.", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(body.Bytes()) // a client that went away needs no answer
	})
}
