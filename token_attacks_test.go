package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/rung-dev/rung/internal/auth"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// mint is one of Rung's own issuers: the key that it signs with, a token that it gave
// out, and what an attacker may know of the world.
type mint struct {
	name    string
	key     ed25519.PrivateKey
	given   string
	header  map[string]any // of the token that it gave out
	claims  map[string]any
	origin  string // of the page that shows such tokens, or none
	foreign gid.ID // an organisation that never let its holder act for it
	apart   gid.ID // one of another world
}

// attack is a token that must prove nothing, and the page that shows it.
type attack struct{ name, token, origin string }

// TestTokenAttacks sends every forged, stale, confused and misplaced token that we
// have thought of, of each of our issuers, to the whole server over HTTP. Most are
// signed with the issuer's own key, so that what is wrong with them is the one thing
// that their name says. All are answered alike, byte for byte: who is refused learns
// nothing of what there is.
func TestTokenAttacks(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			all := issuersOf(t, s)
			server := httptest.NewServer(s.handler)
			defer server.Close()
			defer server.Client().CloseIdleConnections()
			want := showing(t, server, attack{token: "nonsense"})
			if !strings.HasPrefix(want, "401 Unauthorized\n") || !strings.Contains(want, "\nWww-Authenticate: Bearer error=\"invalid_token\"\n") ||
				!strings.Contains(want, `"message":"This token is not accepted. Sign in again.","extensions":{"code":"UNAUTHENTICATED"`) {
				t.Fatalf("nonsense is answered with %s", want)
			}
			sent := 0
			for _, m := range all {
				accepts := func(when, token string) {
					t.Helper()
					if got := showing(t, server, attack{token: token, origin: m.origin}); !strings.HasPrefix(got, "200 OK\n") || strings.Contains(got, `"errors"`) {
						t.Fatalf("%s: %s a decent token is answered with %s", m.name, when, got)
					}
				}
				accepts("before the attacks", m.given)
				accepts("signed here,", m.signed(m.header, m.claims))
				accepts("with 4,096 bytes,", m.ofSize(4096))
				for _, a := range m.attacks(t, all) {
					sent++
					if got := showing(t, server, a); got != want {
						t.Errorf("%s, %s: answered with %s, want %s", m.name, a.name, got, want)
					}
				}
				accepts("after the attacks", m.given)
			}
			t.Logf("%d attacks on %d issuers", sent, len(all))
		})
	}
}

// showing sends a request with a token, and returns the whole answer but its date.
func showing(t *testing.T, server *httptest.Server, a attack) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/graphql", strings.NewReader(decent))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Request-Id", "token-attack")
	r.Header.Set("Authorization", "Bearer "+a.token)
	if a.origin != "" {
		r.Header.Set("Origin", a.origin)
	}
	answered, err := server.Client().Do(r)
	if err != nil {
		t.Fatalf("%s: %v", a.name, err)
	}
	defer func() { _ = answered.Body.Close() }()
	body, err := io.ReadAll(answered.Body)
	if err != nil {
		t.Fatal(err)
	}
	// What a browser is told is its page's own business.
	for _, name := range []string{"Date", "Vary", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers"} {
		answered.Header.Del(name)
	}
	var all bytes.Buffer
	all.WriteString(answered.Status + "\n")
	_ = answered.Header.Write(&all)
	return strings.ReplaceAll(all.String(), "\r", "") + "\n" + string(body)
}

// issuersOf lets each of our issuers give out a token, by way of the API.
func issuersOf(t *testing.T, s *site) []mint {
	t.Helper()
	box, failed := s.changed(t, "stranger", "openSandbox", `name: "Another world"`, 1)
	if failed != "" {
		t.Fatal(failed)
	}
	inside := box.People[slices.IndexFunc(box.People, func(p struct{ Name, Email, Role, OrganizationName, AccessToken string }) bool {
		return p.Role == "OWNER"
	})]
	var acting struct{ ActFor struct{ AccessToken string } }
	s.get(t, "remy", fmt.Sprintf(`mutation { actFor(input: {organizationId: %q}) { accessToken } }`, s.world.IDs["basalt"]), &acting)
	p := register(t, s, `"projects:read"`)
	program := p.token(t, "organization="+p.basalt())
	const home = "https://careers.basalt.example"
	var embed struct {
		Data struct{ MintEmbedToken struct{ EmbedToken string } }
	}
	w := s.asks(t, program, "", `mutation { mintEmbedToken(input: {origin: "`+home+`"}) { embedToken } }`)
	if err := json.Unmarshal(w.Body.Bytes(), &embed); err != nil {
		t.Fatal(err)
	}
	own, err := os.ReadFile(filepath.Join(s.config.DataDir, "issuer.key"))
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(own)
	local, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	derived := func(purpose string) ed25519.PrivateKey {
		secret, err := s.config.SealKey()
		if err != nil {
			t.Fatal(err)
		}
		seed, err := hkdf.Key(sha256.New, secret, nil, purpose, ed25519.SeedSize)
		if err != nil {
			t.Fatal(err)
		}
		return ed25519.NewKeyFromSeed(seed)
	}
	clients := derived("rung: tokens of API clients")
	all := []mint{
		{name: "people", given: s.token(t, "bea"), key: local.(ed25519.PrivateKey)}, //nolint:forcetypeassert // as it is kept
		{name: "sandboxes", given: inside.AccessToken, key: derived("rung: tokens of sandboxes")},
		{name: "sessions", given: acting.ActFor.AccessToken, key: derived("rung: tokens of sessions")},
		{name: "clients", given: program, key: clients},
		{name: "pages", given: embed.Data.MintEmbedToken.EmbedToken, key: clients, origin: home},
	}
	for i := range all {
		all[i].read(t)
	}
	there, err := gid.Parse(all[1].claims["org"].(string))
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		all[i].foreign, all[i].apart = s.world.IDs["harbor"], there
	}
	all[1].apart = s.world.IDs["basalt"]
	return all
}

// read takes the token apart that was given out.
func (m *mint) read(t *testing.T) {
	t.Helper()
	parsed, _, err := jwt.NewParser().ParseUnverified(m.given, jwt.MapClaims{})
	if err != nil {
		t.Fatalf("%s: %v", m.name, err)
	}
	m.header, m.claims = parsed.Header, parsed.Claims.(jwt.MapClaims) //nolint:forcetypeassert // given above
}

// with is a set of fields with others changed, or taken out where nil.
func with(fields map[string]any, pairs ...any) map[string]any {
	out := maps.Clone(fields)
	for i := 0; i < len(pairs); i += 2 {
		name := pairs[i].(string) //nolint:forcetypeassert // as they are written below
		if out[name] = pairs[i+1]; pairs[i+1] == nil {
			delete(out, name)
		}
	}
	return out
}

// part is a part of a token: fields, or a text as it is.
func part(of any) string {
	text, isText := of.(string)
	if !isText {
		raw, _ := json.Marshal(of)
		text = string(raw)
	}
	return base64.RawURLEncoding.EncodeToString([]byte(text))
}

// sealed adds a signature by a key to two parts.
func sealed(key ed25519.PrivateKey, parts string) string {
	return parts + "." + base64.RawURLEncoding.EncodeToString(ed25519.Sign(key, []byte(parts)))
}

// signed is a token that the issuer itself could have given out.
func (m *mint) signed(header, claims any) string { return sealed(m.key, part(header)+"."+part(claims)) }

// ofSize is a decent token with so many bytes, or a few less: base64 has gaps.
func (m *mint) ofSize(n int) string {
	token := ""
	for pad := 0; ; pad++ {
		next := m.signed(m.header, with(m.claims, "pad", strings.Repeat("x", pad)))
		if len(next) > n {
			return token
		}
		token = next
	}
}

// attacks are those on one issuer.
func (m *mint) attacks(t *testing.T, all []mint) []attack {
	t.Helper()
	var list []attack
	for _, group := range []map[string]string{m.shapes(), m.algorithms(t), m.keys(t), m.names(all), m.times(), m.persons()} {
		for _, name := range slices.Sorted(maps.Keys(group)) {
			list = append(list, attack{name, group[name], m.origin})
		}
	}
	if m.origin != "" {
		for name, page := range map[string]string{"as an access token, by no page": "", "by a page elsewhere": "https://elsewhere.example", "by another page of its client": "https://jobs.basalt.example"} {
			list = append(list, attack{name, m.given, page})
		}
	}
	return list
}

// shapes are tokens that are not written as one is.
func (m *mint) shapes() map[string]string {
	parts := strings.Split(m.given, ".")
	claims, _ := json.Marshal(m.claims)
	header, _ := json.Marshal(m.header)
	again := func(raw []byte, fields string) string { return "{" + fields + "," + string(raw[1:]) }
	standard := func(segment string) string { return segment[:len(segment)-1] + "+" }
	return map[string]string{
		"nothing": "", "one part": parts[0], "two parts": parts[0] + "." + parts[1], "no signature": parts[0] + "." + parts[1] + ".", "four parts": m.given + ".", "five parts": m.given + "." + parts[0] + "." + parts[1],
		"only dots": "..", "4,000 dots": strings.Repeat(".", 4000), "more than 4,096 bytes": m.signed(m.header, with(m.claims, "pad", strings.Repeat("x", 4000))), "one byte too many": m.ofSize(4096) + strings.Repeat("A", 4097-len(m.ofSize(4096))),
		"padding": m.given + "==", "padding in the middle": parts[0] + "=." + parts[1] + "." + parts[2], "another alphabet": parts[0] + "." + parts[1] + "." + standard(parts[2]),
		"loose bits of the signature": parts[0] + "." + parts[1] + "." + loosened(parts[2]),
		"loose bits of the claims":    sealed(m.key, part(m.header)+"."+loosened(uneven(m.claims))),
		"loose bits of the header":    sealed(m.key, loosened(uneven(m.header))+"."+part(m.claims)),
		"a signature cut short":       parts[0] + "." + parts[1] + "." + parts[2][:len(parts[2])-2],
		"claims that are no JSON":     m.signed(m.header, "{"), "claims as a list": m.signed(m.header, "[]"), "claims with a tail": m.signed(m.header, string(claims)+"{}"), "a header that is no JSON": m.signed("{", m.claims), "a header as a list": m.signed("[]", m.claims),
		"sub twice": m.signed(m.header, again(claims, `"sub":"somebody"`)), "sub twice, by an escape": m.signed(m.header, again(claims, `"\u0073ub":"somebody"`)), "iss twice": m.signed(m.header, again(claims, `"iss":"https://elsewhere.example"`)),
		"exp twice": m.signed(m.header, again(claims, `"exp":1`)), "org twice": m.signed(m.header, again(claims, `"org":"`+m.foreign.String()+`","org":"`+m.foreign.String()+`"`)),
		"alg twice": m.signed(again(header, `"alg":"none"`), m.claims), "kid twice": m.signed(again(header, `"kid":"another"`), m.claims),
	}
}

// uneven is a part whose last letter has bits that say nothing.
func uneven(fields map[string]any) string {
	for pad := ""; ; pad += "x" {
		if text := part(with(fields, "pad", pad)); len(text)%4 != 0 {
			return text
		}
	}
}

// loosened sets bits of the last letter that say nothing: careless readers take the
// two for the same.
func loosened(segment string) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := len(segment) - 1
	return segment[:last] + string(letters[strings.IndexByte(letters, segment[last])|1])
}

// algorithms are tokens that say they are signed in another way.
func (m *mint) algorithms(t *testing.T) map[string]string {
	t.Helper()
	list := map[string]string{}
	parts := strings.Split(m.given, ".")
	for _, none := range []string{"none", "None", "nONE", "NONE", ""} {
		list["alg "+none+", unsigned"] = part(with(m.header, "alg", none)) + "." + parts[1] + "."
		list["alg "+none+", signed"] = m.signed(with(m.header, "alg", none), m.claims)
	}
	list["no alg"] = m.signed(with(m.header, "alg", nil), m.claims)
	for _, alg := range []any{"eddsa", "EdDSA ", "Ed25519", "ES256", "RS256", "HS256", []string{"EdDSA"}, 1} {
		list[fmt.Sprintf("alg %v, signed as always", alg)] = m.signed(with(m.header, "alg", alg), m.claims)
	}
	public := m.key.Public()
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	x := base64.RawURLEncoding.EncodeToString(public.(ed25519.PublicKey)) //nolint:forcetypeassert // Ed25519's
	for name, secret := range map[string][]byte{
		"its bytes": public.(ed25519.PublicKey), "its name in a key set": []byte(x), "DER": der, "PEM": pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), //nolint:forcetypeassert // likewise
		"its kid": []byte(fmt.Sprint(m.header["kid"])), "a JSON Web Key": []byte(`{"kty":"OKP","crv":"Ed25519","x":"` + x + `"}`), "nothing": {},
	} {
		for _, method := range []*jwt.SigningMethodHMAC{jwt.SigningMethodHS256, jwt.SigningMethodHS384, jwt.SigningMethodHS512} {
			list[method.Alg()+" with the public key, as "+name] = m.by(t, method, secret)
		}
	}
	weak, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	list["RS256 with a key of one's own"], list["PS256 with a key of one's own"] = m.by(t, jwt.SigningMethodRS256, weak), m.by(t, jwt.SigningMethodPS256, weak)
	list["ES256 with a key of one's own"] = m.by(t, jwt.SigningMethodES256, curve)
	return list
}

// by signs the issuer's own words in another way.
func (m *mint) by(t *testing.T, method jwt.SigningMethod, key any) string {
	t.Helper()
	token := jwt.NewWithClaims(method, jwt.MapClaims(m.claims))
	token.Header = with(m.header, "alg", method.Alg())
	text, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// keys are tokens that name a key of their own choice.
func (m *mint) keys(t *testing.T) map[string]string {
	t.Helper()
	public, own, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	forged := func(pairs ...any) string { return sealed(own, part(with(m.header, pairs...))+"."+part(m.claims)) }
	honest := func(pairs ...any) string { return m.signed(with(m.header, pairs...), m.claims) }
	jwk := map[string]any{"kty": "OKP", "crv": "Ed25519", "x": base64.RawURLEncoding.EncodeToString(public), "kid": m.header["kid"]}
	list := map[string]string{
		"a key of one's own": forged(), "no kid": honest("kid", nil), "kid empty": honest("kid", ""), "kid as a number": honest("kid", 1), "kid as a list": honest("kid", []any{m.header["kid"]}), "kid null": m.signed(with(m.header, "kid", json.RawMessage("null")), m.claims),
	}
	for name, kid := range map[string]string{
		"unknown": "nobody's", "a path": "../../../../dev/null", "a path from the root": "/proc/self/environ", "an address": "https://elsewhere.example/key", "SQL": "' UNION SELECT 'x' --", "a command": "$(id)", "very long": strings.Repeat("k", 2000), "in capitals": strings.ToUpper(fmt.Sprint(m.header["kid"])), "NUL": "\x00",
	} {
		list["kid: "+name] = honest("kid", kid)
		list["kid: "+name+", signed with a key of one's own"] = forged("kid", kid)
	}
	for field, value := range map[string]any{
		"jku": "https://elsewhere.example/keys", "x5u": "https://elsewhere.example/chain", "x5c": []string{base64.StdEncoding.EncodeToString(public)}, "jwk": jwk, "crit": []string{"exp"},
	} {
		list[field+", signed by the issuer"], list[field+", signed with the key that it brings"] = honest(field, value), forged(field, value)
	}
	list["crit, empty"] = honest("crit", []string{})
	for _, typ := range []any{"id+jwt", "logout+jwt", "dpop+jwt", "JOSE", "jwt ", 1, []string{"at+jwt"}} {
		list[fmt.Sprintf("typ %v", typ)] = honest("typ", typ)
	}
	return list
}

// names are tokens that come from, or are for, somebody else.
func (m *mint) names(all []mint) map[string]string {
	say := func(pairs ...any) string { return m.signed(m.header, with(m.claims, pairs...)) }
	name := fmt.Sprint(m.claims["iss"])
	list := map[string]string{
		"no iss": say("iss", nil), "iss unknown": say("iss", "https://elsewhere.example"), "iss with a slash": say("iss", name+"/"), "iss in capitals": say("iss", strings.ToUpper(name)), "iss as a list": say("iss", []string{name}), "iss empty": say("iss", ""),
		"no aud": say("aud", nil), "aud of another service": say("aud", "https://elsewhere.example"), "aud of others": say("aud", []string{"https://elsewhere.example", "rung"}), "aud with more": say("aud", fmt.Sprint(m.claims["aud"])+"/more"), "aud empty": say("aud", ""),
		"an id token": m.signed(with(m.header, "typ", "JWT"), with(m.claims, "aud", "a-web-page", "nonce", "n", "at_hash", "h")),
		"no sub":      say("sub", nil), "sub empty": say("sub", ""), "sub as a number": say("sub", 7), "sub with NUL": say("sub", "a\x00b"), "sub of 256 bytes": say("sub", strings.Repeat("s", 256)),
		"org that never let them": say("org", m.foreign.String()), "org that is not there": say("org", "emp_00000000000000000000000000"), "org of another world": say("org", m.apart.String()), "org that is none": say("org", "basalt"), "org null": say("org", json.RawMessage("null")), "org of the platform": say("org", gid.LiveWorld.String()),
	}
	for _, other := range all {
		if other.name == m.name {
			continue
		}
		list["said to be of "+other.name] = say("iss", other.claims["iss"])
		list["said to be for "+other.name+", by their issuer's name"] = say("iss", other.claims["iss"], "aud", other.claims["aud"])
		if !other.key.Equal(m.key) {
			list["signed by "+other.name] = sealed(other.key, part(m.header)+"."+part(m.claims))
			list["signed by "+other.name+", and said so"] = other.signed(other.header, m.claims)
		}
	}
	return list
}

// times are tokens that hold no more, or not yet.
func (m *mint) times() map[string]string {
	now := time.Now()
	say := func(pairs ...any) string { return m.signed(m.header, with(m.claims, pairs...)) }
	at := func(d time.Duration) int64 { return now.Add(d).Unix() }
	return map[string]string{
		"expired": say("iat", at(-time.Hour), "exp", at(-time.Minute)), "expired for a year": say("iat", at(-8760*time.Hour-time.Minute), "exp", at(-8760*time.Hour)),
		"no exp": say("exp", nil), "exp as text": say("exp", fmt.Sprint(at(time.Hour))), "exp null": say("exp", json.RawMessage("null")), "exp beyond all time": say("exp", 1<<41), "exp before iat": say("iat", at(0), "exp", at(-10*time.Second)),
		"not yet": say("nbf", at(2*time.Minute)), "nbf as text": say("nbf", "soon"), "nbf beyond all time": say("nbf", 1e300),
		"iat in the future": say("iat", at(2*time.Minute), "exp", at(10*time.Minute)), "no iat": say("iat", nil), "iat as text": say("iat", "now"), "iat before time": say("iat", -1),
		"a life of more than a day": say("iat", at(-time.Hour), "exp", at(24*time.Hour)),
	}
}

// persons are tokens of one kind that say what only another may, or speak of what is
// not there.
func (m *mint) persons() map[string]string {
	say := func(pairs ...any) string { return m.signed(m.header, with(m.claims, pairs...)) }
	nobody := strings.Repeat("0", 26)
	first, world, _ := strings.Cut(fmt.Sprint(m.claims["sub"]), "@")
	switch m.name {
	case "sandboxes":
		return map[string]string{
			"in no world": say("sub", first), "in the live world": say("sub", first+"@"+gid.LiveWorld.String()), "in a world that is not there": say("sub", first+"@wld_"+nobody),
			"in an employer": say("sub", first+"@"+m.apart.String()), "in two worlds": say("sub", first+"@"+world+"@"+gid.LiveWorld.String()), "somebody who is not there": say("sub", "nobody@"+world),
		}
	case "sessions":
		return map[string]string{
			"no idp": say("idp", nil), "idp unknown": say("idp", "https://elsewhere.example"), "idp a session": say("idp", m.claims["iss"]), "idp as a list": say("idp", []any{m.claims["idp"]}),
			"idp of clients": say("idp", publicURL), "idp of pages": say("idp", publicURL+"/embed"), "idp of sandboxes": say("idp", publicURL+"/sandbox"),
			"no auth_time": say("auth_time", nil), "auth_time as text": say("auth_time", "noon"), "auth_time before time": say("auth_time", -1), "somebody who is not there": say("sub", "nobody"),
		}
	case "clients":
		return map[string]string{
			"no secret": say("secret", nil), "a secret that is not there": say("secret", "csc_"+nobody), "a secret that is none": say("secret", "x"), "another's client_id": say("client_id", "cli_"+nobody),
			"a client that is not there": say("sub", "cli_"+nobody, "client_id", "cli_"+nobody), "a client that is an employer": say("sub", m.foreign.String(), "client_id", m.foreign.String()), "a person": say("sub", "bea", "client_id", "bea"),
		}
	case "pages":
		return map[string]string{
			"no page": say("origin", nil), "another page of its client": say("origin", "https://jobs.basalt.example"), "a page elsewhere": say("origin", "https://elsewhere.example"), "a page as a list": say("origin", []string{m.origin}),
			"a client that is not there": say("sub", "cli_"+nobody, "client_id", "cli_"+nobody),
		}
	}
	return map[string]string{"somebody who is not there": say("sub", "nobody"), "somebody of another organisation": say("sub", "hugo"), "a talent": say("sub", "ada")}
}

// TestAnInvitationIsGoodOnce: accepted, ended, taken back or somebody else's, its
// token is answered as one that never was.
func TestAnInvitationIsGoodOnce(t *testing.T) {
	onEach(t, func(t *testing.T, s *site) {
		var twin string
		var err error
		if twin, err = s.local.Mint(auth.Claims{Subject: "nora's twin", Email: "nora@elsewhere.example"}); err != nil {
			t.Fatal(err)
		}
		s.mu.Lock()
		s.tokens["nora's twin"] = twin
		s.mu.Unlock()
		invite := func(email string) (token, id string) {
			t.Helper()
			var sent struct {
				InviteMember struct {
					Token            string
					MemberInvitation struct{ ID string }
				}
			}
			s.get(t, "bea", fmt.Sprintf(`mutation { inviteMember(input: {email: %q, role: RECRUITER}) { token memberInvitation { id } } }`, email), &sent)
			return sent.InviteMember.Token, sent.InviteMember.MemberInvitation.ID
		}
		accept := func(who, token string) string {
			t.Helper()
			return string(s.ask(t, who, fmt.Sprintf(`mutation { acceptMemberInvitation(input: {token: %q}) { membership { role } userErrors { code message path } } }`, token), nil).Data)
		}
		unknown := accept("nora", "ivt_"+strings.Repeat("0", 52))
		if !strings.Contains(unknown, "NOT_FOUND") {
			t.Fatalf("an unknown token is answered with %s", unknown)
		}
		refused := func(when, who, token string) {
			t.Helper()
			if got := accept(who, token); got != unknown {
				t.Errorf("%s, %s is answered with %s, want %s", when, who, got, unknown)
			}
		}
		once, _ := invite("nora@elsewhere.example")
		refused("before it is accepted", "stranger", once)
		if got := accept("nora", once); !strings.Contains(got, "RECRUITER") {
			t.Fatalf("she is answered with %s", got)
		}
		for _, who := range []string{"nora", "nora's twin", "stranger", "hugo"} {
			refused("after it was accepted", who, once)
		}
		var members struct {
			Members struct {
				Nodes []struct{ ID, Revision string }
			}
		}
		s.get(t, "bea", `{ members(filter: {role: [RECRUITER]}, orderBy: {field: CREATED_AT, direction: DESC}) { nodes { id } } }`, &members)
		seat := members.Members.Nodes[0].ID
		s.get(t, "bea", fmt.Sprintf(`mutation { removeMember(input: {membershipId: %q, expectedRevision: %d}) { userErrors { code } } }`, seat, s.revisionOf(t, seat)), nil)
		refused("after her seat was taken away", "nora", once)

		back, id := invite("nora@elsewhere.example")
		s.get(t, "bea", fmt.Sprintf(`mutation { revokeMemberInvitation(input: {memberInvitationId: %q, expectedRevision: 1}) { userErrors { code } } }`, id), nil)
		refused("after it was taken back", "nora", back)
		late, _ := invite("nora@elsewhere.example")
		s.wait(7*24*time.Hour + time.Minute)
		refused("after seven days", "nora", late)
	})
}

// TestASignedLinkIsGoodForWhatItSays: a link to send or fetch a file is refused
// elsewhere than it was made for, and when it has been used.
func TestASignedLinkIsGoodForWhatItSays(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			options := demoWorld.Fresh(t, engineName)
			s := serve(t, options, &story, nil)
			// Another installation over the same rows: it has another secret.
			other := serve(t, options, &story, map[string]string{"RUNG_SECRET": "another secret of the tests and of nobody else"})
			first := s.announce(t, "lea", "a.pdf", "application/pdf", len(pdf), hashOf(pdf))
			second := s.announce(t, "lea", "b.pdf", "application/pdf", len(pdf), hashOf(pdf))
			elsewhere := func(link string) string {
				a := other.ask(t, "lea", `{ upload(id: "`+first.ID+`") { url target { url } } }`, nil)
				var told struct{ Upload sentUpload }
				if err := json.Unmarshal(a.Data, &told); err != nil {
					t.Fatalf("%v: %s", err, a.body)
				}
				if link == http.MethodPut {
					return told.Upload.Target.URL
				}
				return told.Upload.URL
			}
			send := func(link string) int {
				return s.bytesOf(t, http.MethodPut, link, "application/pdf", bytes.NewReader(pdf)).Code
			}
			fetch := func(link string) int { return s.bytesOf(t, http.MethodGet, link, "", nil).Code }
			is := func(what string, got, want int) {
				t.Helper()
				if got != want {
					t.Errorf("%s: answered with %d, want %d", what, got, want)
				}
			}
			is("a link to send, of another installation", send(elsewhere(http.MethodPut)), http.StatusForbidden)
			is("a link to send, with another upload's signature", send(strings.Replace(second.Target.URL, second.ID, first.ID, 1)), http.StatusForbidden)
			is("a link to send, to fetch with", fetch(first.Target.URL), http.StatusForbidden)
			is("a link to send", send(first.Target.URL), http.StatusNoContent)
			is("a link to send, again", send(first.Target.URL), http.StatusConflict)
			done := s.complete(t, "lea", first.ID)
			if done.Upload == nil || done.Upload.URL == "" {
				t.Fatalf("it is not ready: %+v", done)
			}
			is("a link to send, after all is done", send(first.Target.URL), http.StatusConflict)
			is("a link to fetch", fetch(done.Upload.URL), http.StatusOK)
			is("a link to fetch, of another installation", fetch(elsewhere(http.MethodGet)), http.StatusForbidden)
			is("a link to fetch, of another upload", fetch(strings.Replace(done.Upload.URL, first.ID, second.ID, 1)), http.StatusForbidden)
			is("a link to fetch, to send with", send(done.Upload.URL), http.StatusForbidden)
			if got := s.change(t, "lea", "abandonUpload", `uploadId: "`+first.ID+`"`); got.Upload == nil {
				t.Fatalf("it is not given up: %+v", got)
			}
			is("a link to fetch, after the file was given up", fetch(done.Upload.URL), http.StatusNotFound)
			s.wait(16 * time.Minute)
			is("a link to send, after its time", send(second.Target.URL), http.StatusForbidden)
			is("a link to fetch, after its time", fetch(done.Upload.URL), http.StatusForbidden)
		})
	}
}
