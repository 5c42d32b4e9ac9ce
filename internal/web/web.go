// Package web is the HTTP server around the endpoint: its paths, its time limits
// and the id of each request.
package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"sync/atomic"
	"time"

	"github.com/rung-dev/rung/internal/viewer"
)

// Site is what the server serves.
type Site struct {
	GraphQL http.Handler
	// Ready reports what keeps the server from answering, or nil.
	Ready func(context.Context) error
}

// Server serves a site until it is told to stop.
type Server struct {
	http     *http.Server
	stopping atomic.Bool
}

// New puts a site behind its paths and limits.
func New(site Site) *Server {
	s := &Server{}
	mux := http.NewServeMux()
	mux.Handle("/graphql", site.GraphQL)
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if s.stopping.Load() || site.Ready(r.Context()) != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	s.http = &http.Server{
		Handler:           identified(mux),
		ReadHeaderTimeout: 3 * time.Second,
		ReadTimeout:       5 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	return s
}

// Handler is the site without a listener, for tests.
func (s *Server) Handler() http.Handler { return s.http.Handler }

// Serve answers until the context ends, then lets requests under way finish.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.http.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.stopping.Store(true)
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer done()
	return s.http.Shutdown(ctx)
}

var acceptable = regexp.MustCompile(`^[A-Za-z0-9_.-]{8,64}$`)

// identified gives each request an id, the client's own when it sends a decent
// one, and answers it.
func identified(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get("X-Request-Id")
		if !acceptable.MatchString(id) {
			var random [12]byte
			_, _ = rand.Read(random[:])
			id = hex.EncodeToString(random[:])
		}
		w.Header().Set("X-Request-Id", id)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r.WithContext(viewer.WithRequest(r.Context(), &viewer.Request{ID: id})))
	})
}
