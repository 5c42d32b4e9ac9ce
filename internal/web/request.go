package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	acceptable  = regexp.MustCompile(`^[A-Za-z0-9_.-]{8,64}$`)
	traceparent = regexp.MustCompile(`^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$`)
)

// identified gives each request an id, the client's own when it sends a decent
// one, and answers it.
func identified(proxies []netip.Prefix, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get("X-Request-Id")
		if !acceptable.MatchString(id) {
			var random [12]byte
			_, _ = rand.Read(random[:])
			id = hex.EncodeToString(random[:])
		}
		w.Header().Set("X-Request-Id", id)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		request := &viewer.Request{ID: id, From: caller(r, proxies), Origin: pageOf(r)}
		if parent := r.Header.Get("Traceparent"); traceparent.MatchString(parent) {
			request.Traceparent = parent
		}
		next.ServeHTTP(w, r.WithContext(viewer.WithRequest(r.Context(), request)))
	})
}

// pageOf is the web page that asks by way of a browser; empty for the site's own.
func pageOf(r *http.Request) string {
	origin := r.Header.Get("Origin")
	if _, host, isPage := strings.Cut(origin, "://"); isPage && host == r.Host {
		return ""
	}
	return origin
}

const mostHops = 16

// caller is the address a request comes from. Who is not a trusted proxy speaks
// for himself only; behind trusted ones it is the last address that is not theirs.
func caller(r *http.Request, proxies []netip.Prefix) string {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	at := peer.Addr().Unmap()
	trusted := func(a netip.Addr) bool {
		return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(a) })
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= max(0, len(hops)-mostHops) && trusted(at); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		at = before.Unmap()
	}
	return at.String()
}

// caught turns a panic into an answer that says nothing of it, and counts it.
func caught(panicked func(), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			thrown := recover()
			if thrown == nil {
				return
			}
			if err, ok := thrown.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(thrown) // net/http's own way to hang up
			}
			panicked()
			slog.ErrorContext(r.Context(), "a request panicked", "request", w.Header().Get("X-Request-Id"), "thrown", thrown, "stack", string(debug.Stack()))
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = w.Write([]byte(`{"errors":[{"message":"` + fault.Noted + `","extensions":{"code":"INTERNAL","retryable":false}}]}`))
		}()
		next.ServeHTTP(w, r)
	})
}

// schema answers the schema, or that it has not changed since it was fetched.
func schema(sdl string) http.Handler {
	sum := sha256.Sum256([]byte(sdl))
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "application/graphql; charset=utf-8")
		h.Set("Cache-Control", "public, max-age=300")
		h.Set("ETag", tag)
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(sdl))
	})
}
