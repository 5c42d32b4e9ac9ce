package auth

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/gid"
)

func TestParseIssuersRefuses(t *testing.T) {
	t.Parallel()
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	key := string(rsaJWK("one", &keys().rsa.PublicKey))
	entry := func(pairs ...any) string {
		all := fields{"issuer": rsaIssuer, "audience": audience, "algorithms": []string{"RS256"}, "jwks_url": rsaIssuer + "/keys"}.with(pairs...)
		return `{"issuers":[` + string(must(json.Marshal(all))) + `]}`
	}
	given := func(keys ...string) string {
		return entry("jwks_url", nil, "keys", json.RawMessage("["+strings.Join(keys, ",")+"]"))
	}
	cases := map[string]struct{ file, says string }{
		"an issuer with a JWKS":                          {entry(), ""},
		"an issuer with a JWKS on this machine":          {entry("jwks_url", "http://127.0.0.1:9000/keys"), ""},
		"an issuer with its keys":                        {given(key), ""},
		"several algorithms of a family":                 {entry("algorithms", []string{"PS256", "PS512"}), ""},
		"an issuer bound to a school":                    {entry("organization", school), ""},
		"it refuses when it is no JSON":                  {"issuers: []", "invalid"},
		"it refuses when something follows":              {entry() + "{}", "nothing after"},
		"it refuses when a field is unknown":             {entry("jwks_uri", rsaIssuer), "jwks_uri"},
		"it refuses when the file's field is unknown":    {`{"issuer":[]}`, "unknown field"},
		"it refuses when there are none":                 {`{"issuers":[]}`, "at least one"},
		"it refuses when one stands there twice":         {strings.Replace(entry(), `]}`, `,`+strings.TrimPrefix(entry(), `{"issuers":[`), 1), ""},
		"it refuses when the issuer is empty":            {entry("issuer", ""), "issuer is"},
		"it refuses when the issuer is plain http":       {entry("issuer", "http://id.example.edu"), "issuer is"},
		"it refuses when the audience is missing":        {entry("audience", nil), "audience"},
		"it refuses when there is no algorithm":          {entry("algorithms", []string{}), "algorithms"},
		"it refuses when algorithms are of two families": {entry("algorithms", []string{"RS256", "ES256"}), "algorithms"},
		"it refuses when RS and PS are mixed":            {entry("algorithms", []string{"RS256", "PS256"}), "algorithms"},
		"it refuses HMAC":                                {entry("algorithms", []string{"HS256"}), "algorithms"},
		"it refuses none":                                {entry("algorithms", []string{"none"}), "algorithms"},
		"it refuses when there are no keys":              {entry("jwks_url", nil), "either"},
		"it refuses when the list of keys is empty":      {given(), "either"},
		"it refuses when there are both":                 {entry("keys", []json.RawMessage{json.RawMessage(key)}), "either"},
		"it refuses when the JWKS is plain http":         {entry("jwks_url", "http://id.example.edu/keys"), "jwks_url"},
		"it refuses when the JWKS is a file":             {entry("jwks_url", "file:///etc/keys"), "jwks_url"},
		"it refuses when a key is private":               {given(string(rsaJWK("one", &keys().rsa.PublicKey, "d", "canary"))), "private key"},
		"it refuses when a key is shared":                {given(`{"kty":"oct","kid":"one","k":"canary"}`), "private key"},
		"it refuses when a key has no kid":               {given(string(rsaJWK("", &keys().rsa.PublicKey))), "kid"},
		"it refuses when two keys have one kid":          {given(key, key), "same kid"},
		"it refuses when a key is weak":                  {given(string(rsaJWK("one", &weak.PublicKey))), "weak"},
		"it refuses when a key is of another family":     {given(string(ecJWK("one", &keys().ec.PublicKey))), "algorithms"},
		"it refuses when a key is none":                  {given(`"canary"`), "JSON Web Key"},
		"it refuses when it is bound to a talent":        {entry("organization", gid.ID{6: 0x70, 8: 0x80, 15: byte(gid.Talent)}), "organization"},
		"it refuses when it is bound to an empty name":   {entry("organization", ""), "organization"},
		"it refuses when it is bound to what is no id":   {entry("organization", "canary"), "not an id"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			list, err := ParseIssuers([]byte(c.file))
			if c.says == "" && !strings.Contains(name, "twice") {
				if err != nil || len(list) != 1 {
					t.Errorf("got %v, %v", list, err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "canary") {
				t.Errorf("got %v, want one that says %q", err, c.says)
			}
		})
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "issuers.json")
	text := fmt.Sprintf(`{"issuers":[{"issuer":%q,"audience":%q,"algorithms":["RS256"],"keys":[%s]}]}`,
		rsaIssuer, audience, rsaJWK("one", &keys().rsa.PublicKey))
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c := config.Config{DataDir: folder, PublicURL: "http://127.0.0.1:8080"}
	all, l, err := Open(t.Context(), c)
	if err != nil || l == nil || len(all.byName) != 5 {
		t.Errorf("without a file: %v, %v, %v; want Rung's own issuer", all, l, err)
	}
	c.IssuersFile = file
	all, l, err = Open(t.Context(), c, WithClock(atNoon))
	if err != nil || l != nil || len(all.byName) != 5 {
		t.Fatalf("with a file: %v, %v, %v; want the file's issuer alone", all, l, err)
	}
	if _, err := all.Check(t.Context(), rs256(keys().rsa, header, claims)); err != nil {
		t.Error(err)
	}
	c.Allow = []string{config.AllowLocalIssuer}
	all, l, err = Open(t.Context(), c)
	if err != nil || l == nil || len(all.byName) != 6 {
		t.Errorf("with both: %v, %v, %v", all, l, err)
	}
	c.IssuersFile = filepath.Join(folder, "nowhere")
	if _, _, err = Open(t.Context(), c); err == nil || !strings.Contains(err.Error(), "RUNG_ISSUERS") {
		t.Errorf("a missing file gives %v", err)
	}
}

// published is an issuer's JWKS, whose keys and health the test decides.
type published struct {
	*httptest.Server
	keys  atomic.Pointer[[]json.RawMessage]
	down  atomic.Bool
	asked atomic.Int64
}

func publish(t *testing.T, keys ...json.RawMessage) *published {
	t.Helper()
	p := &published{}
	p.keys.Store(&keys)
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		p.asked.Add(1)
		if p.down.Load() {
			http.Redirect(w, &http.Request{Method: http.MethodGet}, p.URL+"/elsewhere", http.StatusFound)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"keys": *p.keys.Load()})
	}))
	t.Cleanup(p.Close)
	return p
}

// clock is moved by the test.
type clock struct{ at atomic.Pointer[time.Time] }

func (c *clock) now() time.Time { return *c.at.Load() }
func (c *clock) set(at time.Time) {
	c.at.Store(&at)
}

func TestPublishedKeys(t *testing.T) {
	t.Parallel()
	one, two := keys().rsa, keys().otherRSA
	p := publish(t, rsaJWK("one", &one.PublicKey))
	var c clock
	c.set(noon)
	all, err := Trust(t.Context(), []Issuer{{Name: rsaIssuer, Audience: audience, Algorithms: []string{"RS256"}, JWKSURL: p.URL}}, WithClock(c.now))
	if err != nil {
		t.Fatal(err)
	}
	check := func(key *rsa.PrivateKey, kid string, at time.Time) error {
		c.set(at)
		_, err := all.Check(t.Context(), rs256(key, header.with("kid", kid), claims.with("iat", at.Unix(), "exp", at.Add(time.Minute).Unix())))
		return err
	}
	asked := func(want int64) {
		t.Helper()
		if got := p.asked.Load(); got != want {
			t.Errorf("the issuer was asked %d times, want %d", got, want)
		}
	}
	accepted := func(err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	asked(1)
	accepted(check(one, "one", noon))
	asked(1)
	for range 20 { // an unknown key is asked for once a minute
		wantRefused(t, check(two, "two", noon.Add(time.Second)), UnknownKey)
	}
	asked(2)
	p.keys.Store(&[]json.RawMessage{rsaJWK("two", &two.PublicKey)})
	wantRefused(t, check(two, "two", noon.Add(59*time.Second)), UnknownKey)
	asked(2)
	accepted(check(two, "two", noon.Add(62*time.Second)))
	asked(3)
	// The old key was withdrawn.
	wantRefused(t, check(one, "one", noon.Add(63*time.Second)), UnknownKey)
	asked(3)
	// The issuer is down: what is known holds for a day.
	p.down.Store(true)
	fetched := noon.Add(62 * time.Second)
	accepted(check(two, "two", fetched.Add(24*time.Hour)))
	asked(3)
	wantUnavailable(t, check(two, "two", fetched.Add(24*time.Hour+time.Second)))
	asked(4) // it asked, was sent elsewhere and did not go there
	p.down.Store(false)
	wantUnavailable(t, check(two, "two", fetched.Add(24*time.Hour+2*time.Second)))
	accepted(check(two, "two", fetched.Add(24*time.Hour+62*time.Second)))
	asked(5)
}

func TestPublishedKeysAreChecked(t *testing.T) {
	t.Parallel()
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	p := publish(t, rsaJWK("weak", &weak.PublicKey), rsaJWK("one", &keys().rsa.PublicKey, "use", "enc"),
		rsaJWK("other", &keys().otherRSA.PublicKey, "alg", "RS512"), json.RawMessage(`{"kty":"oct","kid":"shared","k":"AAAA"}`))
	all, err := Trust(t.Context(), []Issuer{{Name: rsaIssuer, Audience: audience, Algorithms: []string{"RS256"}, JWKSURL: p.URL}}, WithClock(atNoon))
	if err != nil {
		t.Fatal(err)
	}
	for kid, c := range map[string]struct {
		key  *rsa.PrivateKey
		want Reason
	}{
		"weak": {weak, WrongAlgorithm}, "one": {keys().rsa, UnknownKey}, "other": {keys().otherRSA, UnknownKey}, "shared": {keys().rsa, WrongAlgorithm},
	} {
		_, err := all.Check(t.Context(), rs256(c.key, header.with("kid", kid), claims))
		wantRefused(t, err, c.want)
	}
}

// An issuer that is down does not keep Rung from starting, and is asked again.
func TestIssuerDownAtTheStart(t *testing.T) {
	t.Parallel()
	p := publish(t, rsaJWK("one", &keys().rsa.PublicKey))
	p.down.Store(true)
	all, err := Trust(t.Context(), []Issuer{{Name: rsaIssuer, Audience: audience, Algorithms: []string{"RS256"}, JWKSURL: p.URL}}, WithClock(atNoon))
	if err != nil {
		t.Fatal(err)
	}
	p.down.Store(false)
	if _, err := all.Check(t.Context(), rs256(keys().rsa, header, claims)); err != nil {
		t.Error(err)
	}
}

// wantUnavailable: nobody can say whether the token is good.
func wantUnavailable(t *testing.T, err error) {
	t.Helper()
	if !isUnavailable(err) {
		t.Errorf("got %v, want IDP_UNAVAILABLE", err)
	}
}
