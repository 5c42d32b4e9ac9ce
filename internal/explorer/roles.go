package explorer

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Role is somebody of the demo world to ask as.
type Role struct {
	Subject string `json:"subject"` // what an operation's As names
	Name    string `json:"name"`
	About   string `json:"about"` // what they do, in a word or two
	Email   string `json:"email"`
	Token   string `json:"token"`
}

// roles answers the people to ask as, with their tokens, to whom they are for.
func roles(find func(context.Context) ([]Role, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if status, why := stranger(r); status != 0 {
			http.Error(w, why, status)
			return
		}
		people, err := find(r.Context())
		if err != nil {
			slog.ErrorContext(r.Context(), "the demo world's people cannot be read", "error", err)
			http.Error(w, "The people of the demo world could not be read.", http.StatusInternalServerError)
			return
		}
		body, err := json.Marshal(map[string][]Role{"roles": people})
		if err != nil {
			panic(err) // texts always are JSON
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body) // a client that went away needs no answer
	})
}

// stranger says why a request may not have the tokens. They are for a page of
// this server, opened on this machine:
//   - a web page elsewhere that lets its own name point here (DNS rebinding)
//     still sends that name as Host;
//   - another page, though of this machine, says so in Sec-Fetch-Site, or in
//     Origin where the browser is old;
//   - a proxy on this machine speaks for somebody elsewhere.
func stranger(r *http.Request) (status int, why string) {
	h := r.Header
	switch {
	case !Loopback(r.Host):
		return http.StatusMisdirectedRequest, "Tokens are given out at 127.0.0.1 and localhost only."
	case !Loopback(r.RemoteAddr):
		return http.StatusForbidden, "Tokens are given out on this machine only."
	case proxied(h):
		return http.StatusForbidden, "Tokens are not given out through a proxy."
	case h.Get("Sec-Fetch-Site") != "" && h.Get("Sec-Fetch-Site") != "same-origin" && h.Get("Sec-Fetch-Site") != "none":
		return http.StatusForbidden, "Tokens are given out to Rung's own pages only."
	case h.Get("Origin") != "" && h.Get("Origin") != "http://"+r.Host:
		return http.StatusForbidden, "Tokens are given out to Rung's own pages only."
	}
	return 0, ""
}

func proxied(h http.Header) bool {
	for name := range h {
		if name == "Forwarded" || name == "Via" || name == "X-Real-Ip" || strings.HasPrefix(name, "X-Forwarded-") {
			return true
		}
	}
	return false
}

// Loopback reports whether an address, with a port or without, can be reached
// from this machine only.
func Loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = strings.TrimSuffix(strings.TrimPrefix(address, "["), "]")
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	at, err := netip.ParseAddr(host)
	return err == nil && at.Unmap().IsLoopback()
}
