package auth

import (
	"errors"
	"net"
	"net/http"
	"time"

	"code.dny.dev/ssrf"
)

const (
	connectTime = 3 * time.Second
	httpsPort   = 443
)

// guarded is a client for addresses that organisations named: it asks public
// addresses over https and no others, whatever a name resolves to at that moment,
// through no proxy, and keeps no connection from one organisation to the next.
func guarded() *http.Client {
	c := careful()
	dialer := &net.Dialer{Timeout: connectTime, Control: ssrf.New(ssrf.WithPorts(httpsPort)).Safe}
	c.Transport = secured{limited{&http.Transport{
		DialContext: dialer.DialContext, DisableKeepAlives: true, TLSHandshakeTimeout: connectTime, MaxResponseHeaderBytes: fetchSize,
	}}}
	return c
}

var errNotSecure = errors.New("auth: the address is not plain https")

type secured struct{ http.RoundTripper }

// RoundTrip refuses whatever is not https, before anybody is asked.
func (s secured) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != "https" || r.URL.User != nil {
		return nil, errNotSecure
	}
	return s.RoundTripper.RoundTrip(r)
}
