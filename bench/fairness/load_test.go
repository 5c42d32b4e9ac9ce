package main

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestWhatIsFair(t *testing.T) {
	t.Parallel()
	of := func(quiet, loud time.Duration, failed, refused int) figures {
		return figures{quiet: []time.Duration{quiet, quiet / 2, quiet * 2}, loud: []time.Duration{loud * 2, loud, loud / 2}, asked: 2000, failed: failed, refused: refused, why: errors.New("500")}
	}
	for name, c := range map[string]struct {
		f    figures
		says string
	}{
		"half as long again":                      {of(10*time.Millisecond, 15*time.Millisecond, 2, 1), ""},
		"it refuses when others wait too long":    {of(10*time.Millisecond, 16*time.Millisecond, 0, 1), "1.60 times as long"},
		"it refuses when others are not served":   {of(10*time.Millisecond, 10*time.Millisecond, 3, 1), "99.85 %"},
		"it refuses when nobody was ever loud":    {of(10*time.Millisecond, 10*time.Millisecond, 0, 0), "never refused"},
		"it refuses when nothing was asked of it": {figures{quiet: []time.Duration{0}, loud: []time.Duration{0}, refused: 1}, "nothing"},
	} {
		err := c.f.judge()
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %q", name, err, c.says)
		}
	}
}

func TestTheSlowestHundredth(t *testing.T) {
	t.Parallel()
	var list []time.Duration
	for n := range 200 {
		list = append(list, time.Duration(200-n))
	}
	if p50, p99, one, none := at(0.5, list), at(0.99, list), at(0.99, list[:1]), at(0.99, nil); p50 != 100 || p99 != 198 || one != 200 || none != 0 {
		t.Errorf("got %d, %d, %d and %d", p50, p99, one, none)
	}
}

// served is a server without a network.
type served func(r *http.Request) (status int, body string)

// RoundTrip answers.
func (s served) RoundTrip(r *http.Request) (*http.Response, error) {
	status, body := s(r)
	return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

// A server that lets a loud tenant in front of the others is found out, and one that
// sends it away is not: times count from when a request was due.
func TestAnUnfairServerIsFoundOut(t *testing.T) {
	t.Parallel()
	for name, isFair := range map[string]bool{"a fair one": true, "an unfair one": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var loud atomic.Int64
				server := served(func(r *http.Request) (int, string) {
					said := r.Header.Get("Authorization")
					switch {
					case r.URL.Path == "/oauth/token":
						return http.StatusOK, `{"access_token":"` + r.FormValue("client_id") + `"}`
					case said == "Bearer loud" && (isFair || loud.Add(1)%2 == 0):
						return http.StatusTooManyRequests, ""
					case said != "Bearer loud":
						time.Sleep(time.Duration(5+min(loud.Load(), 50)) * time.Millisecond)
					}
					return http.StatusOK, `{"data":{}}`
				})
				c := &crowd{url: "http://127.0.0.1", options: options{phase: 10 * time.Second, times: 10}, mix: mix(), perQuota: 10}
				for _, name := range []string{"loud", "one", "two"} {
					c.others = append(c.others, &tenant{name: name, client: name, http: &http.Client{Transport: server}})
				}
				c.loud, c.others = c.others[0], c.others[1:]
				var f figures
				for _, isLoud := range []bool{false, true} {
					p, err := c.phase(t.Context(), 0, isLoud)
					if err != nil {
						t.Fatal(err)
					}
					f.add(p, isLoud)
				}
				err := f.judge()
				if f.failed > 0 || f.asked < 20 || f.asked > 100 || f.refused < 300 || isFair != (err == nil) || !isFair && !strings.Contains(err.Error(), "11.00 times as long") {
					t.Errorf("got %v of %+v", err, f)
				}
			})
		})
	}
}
