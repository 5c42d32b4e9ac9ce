// Package web is the HTTP server around the endpoint: its paths, its time limits,
// who may call it from a browser, and the id of each request.
package web

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync/atomic"
	"time"

	"github.com/rs/cors"
)

// Site is what the server serves.
type Site struct {
	GraphQL http.Handler
	// SDL is the schema that /schema.graphql answers.
	SDL string
	// Home answers who comes with a browser, or is nil.
	Home http.Handler
	// Payments answers a payment provider's callbacks, or is nil.
	Payments http.Handler
	// Files takes and gives the bytes of files, or is nil.
	Files http.Handler
	// Keep writes down what was counted meanwhile; done often, and at the end.
	Keep func(context.Context) error
	// Ready reports what keeps the server from answering, or nil.
	Ready func(context.Context) error
	// Origins are the web pages that may call from a browser, and Hears reports
	// whether one more may; nil for no more.
	Origins []string
	Hears   func(ctx context.Context, origin string) bool
	// Token, Metadata and Keys are where API clients get their tokens, or nil.
	Token, Metadata, Keys http.HandlerFunc
	// Proxies are those whose word about a caller's address is taken.
	Proxies []netip.Prefix
	// Panicked is told of each panic that was caught.
	Panicked func()
	// Grace is how long the server says that it is not ready and answers all the
	// same, before it stops: a balancer needs to notice.
	Grace time.Duration
}

// The time that a connection has. An operation takes at most a minute.
const (
	headerTime = 3 * time.Second
	bodyTime   = 5 * time.Second
	idleTime   = 60 * time.Second
	answerTime = 75 * time.Second
	drainTime  = 20 * time.Second
	headerSize = 16 << 10
)

// Server serves a site until it is told to stop.
type Server struct {
	http     *http.Server
	grace    time.Duration
	stopping atomic.Bool
}

// New puts a site behind its paths and limits.
func New(site Site) *Server {
	s := &Server{grace: site.Grace}
	mux := http.NewServeMux()
	mux.Handle("/graphql", site.GraphQL)
	mux.Handle("GET /schema.graphql", schema(site.SDL))
	if site.Home != nil {
		for _, path := range []string{"/{$}", "/explorer", "/roles.json", "/assets/"} {
			mux.Handle(path, site.Home)
		}
	}
	if site.Payments != nil {
		mux.Handle("POST /payments/callback", site.Payments)
	}
	if site.Files != nil {
		mux.Handle("PUT /files/{id}", site.Files)
		mux.Handle("GET /files/{id}", site.Files)
	}
	if site.Token != nil {
		mux.Handle("POST /oauth/token", site.Token)
		mux.Handle("GET /.well-known/oauth-authorization-server", site.Metadata)
		mux.Handle("GET /.well-known/jwks.json", site.Keys)
	}
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if s.stopping.Load() || site.Ready(r.Context()) != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	s.http = server(identified(site.Proxies, s.leaving(caught(site.Panicked, across(site, mux)))))
	return s
}

// server is one with our limits.
func server(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       bodyTime,
		IdleTimeout:       idleTime,
		WriteTimeout:      answerTime,
		MaxHeaderBytes:    headerSize,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
}

// across lets the pages of some origins call from a browser. There are no
// cookies, so nothing is sent along that the page does not have itself.
func across(site Site, next http.Handler) http.Handler {
	if len(site.Origins) == 0 && site.Hears == nil {
		return next
	}
	return cors.New(cors.Options{
		AllowOriginVaryRequestFunc: func(r *http.Request, origin string) (bool, []string) {
			return slices.Contains(site.Origins, origin) || site.Hears != nil && r.URL.Path == "/graphql" && site.Hears(r.Context(), origin), nil
		},
		AllowedMethods: []string{http.MethodGet, http.MethodPost, http.MethodPut},
		AllowedHeaders: []string{"Accept", "Authorization", "Content-Type", "Idempotency-Key", "X-Cost-Only", "X-Request-Id", "Traceparent"},
		ExposedHeaders: []string{"ETag", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"},
		MaxAge:         24 * 60 * 60,
	}).Handler(next)
}

// Handler is the site without a listener, for tests.
func (s *Server) Handler() http.Handler { return s.http.Handler }

// leaving ends each connection with its next answer once the server is stopping,
// so that clients of a balancer move on by themselves.
func (s *Server) leaving(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.stopping.Load() {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}

// Serve answers until the context ends. Then it is not ready, goes on answering
// for its time of grace, takes no more and lets requests under way finish.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.http.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.stopping.Store(true)
	select {
	case err := <-failed:
		return err
	case <-time.After(s.grace):
	}
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer done()
	return s.http.Shutdown(ctx)
}

// Private serves what only those who run Rung may see, until the context ends.
func Private(ctx context.Context, l net.Listener, h http.Handler) error {
	s := server(h)
	s.WriteTimeout = 0 // a profile takes as long as it was asked to
	stop := context.AfterFunc(ctx, func() { _ = s.Close() })
	defer stop()
	if err := s.Serve(l); ctx.Err() == nil {
		return err
	}
	return nil
}
