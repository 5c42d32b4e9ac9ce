package auth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var (
	noon      = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	employer  = gid.ID{1, 6: 0x70, 8: 0x80, 15: byte(gid.Employer)}
	school    = gid.ID{2, 6: 0x70, 8: 0x80, 15: byte(gid.Institution)}
	elsewhere = gid.ID{3, 6: 0x70, 8: 0x80, 15: byte(gid.Employer)}
)

func atNoon() time.Time { return noon }

const (
	rsaIssuer = "https://id.example.edu"
	ecIssuer  = "https://id.example.org"
	audience  = "rung"
)

// keyring are the keys of the tests' issuers, made once: RSA keys take time.
type keyring struct {
	rsa, otherRSA *rsa.PrivateKey
	ec            *ecdsa.PrivateKey
}

var keys = sync.OnceValue(func() keyring {
	one, err1 := rsa.GenerateKey(rand.Reader, 2048)
	two, err2 := rsa.GenerateKey(rand.Reader, 2048)
	three, err3 := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err := errors.Join(err1, err2, err3); err != nil {
		panic(err)
	}
	return keyring{one, two, three}
})

func rsaJWK(kid string, k *rsa.PublicKey, more ...string) json.RawMessage {
	fields := map[string]string{"kty": "RSA", "kid": kid, "n": encode(k.N.Bytes()), "e": encode(big.NewInt(int64(k.E)).Bytes())}
	for i := 0; i < len(more); i += 2 {
		fields[more[i]] = more[i+1]
	}
	raw, _ := json.Marshal(fields)
	return raw
}

func ecJWK(kid string, k *ecdsa.PublicKey) json.RawMessage {
	point, _ := k.Bytes()
	return json.RawMessage(fmt.Sprintf(`{"kty":"EC","crv":"P-256","kid":%q,"x":%q,"y":%q}`, kid, encode(point[1:33]), encode(point[33:])))
}

func local(t testing.TB) *Local {
	t.Helper()
	l, err := OpenLocal(config.Config{DataDir: t.TempDir(), PublicURL: "http://127.0.0.1:8080"}, WithClock(atNoon))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// trusting is the local issuer, one with RSA and one with elliptic curves.
func trusting(t testing.TB, l *Local, more ...Issuer) *Issuers {
	t.Helper()
	all, err := Trust(t.Context(), append([]Issuer{
		l.Issuer(),
		{Name: rsaIssuer, Audience: audience, Algorithms: []string{"RS256"}, Keys: []json.RawMessage{rsaJWK("one", &keys().rsa.PublicKey)}},
		{Name: ecIssuer, Audience: audience, Algorithms: []string{"ES256"}, Keys: []json.RawMessage{ecJWK("two", &keys().ec.PublicKey)}},
	}, more...), WithClock(atNoon))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

type fields map[string]any

// with is the fields with others set, or taken out where nil.
func (f fields) with(pairs ...any) fields {
	out := maps.Clone(f)
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] == nil {
			delete(out, pairs[i].(string))
			continue
		}
		out[pairs[i].(string)] = pairs[i+1]
	}
	return out
}

var (
	header = fields{"alg": "RS256", "kid": "one", "typ": "JWT"}
	claims = fields{"iss": rsaIssuer, "aud": audience, "sub": "canary", "iat": noon.Unix(), "exp": noon.Add(time.Hour).Unix()}
)

func part(v any) string {
	if raw, is := v.(string); is {
		return encode([]byte(raw))
	}
	raw, _ := json.Marshal(v)
	return encode(raw)
}

// rs256 signs a token with an RSA key.
func rs256(key *rsa.PrivateKey, header, claims any) string {
	text := part(header) + "." + part(claims)
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return text + "." + encode(signature)
}

func hs256(key []byte, header, claims any) string {
	text := part(header) + "." + part(claims)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return text + "." + encode(mac.Sum(nil))
}

func TestCheckRefuses(t *testing.T) {
	t.Parallel()
	one, other := keys().rsa, keys().otherRSA
	der, _ := x509.MarshalPKIXPublicKey(&one.PublicKey)
	sign := func(header, claims any) string { return rs256(one, header, claims) }
	good := sign(header, claims)
	ecHeader, ecClaims := fields{"alg": "ES256", "kid": "two"}, claims.with("iss", ecIssuer)
	cases := map[string]struct {
		token string
		want  Reason
	}{
		"nothing":                     {"", Malformed},
		"one dot":                     {"a.b", Malformed},
		"three dots":                  {good + ".", Malformed},
		"only dots":                   {"..", Malformed},
		"5000 bytes":                  {strings.Repeat("a", 5000), TooLong},
		"5000 bytes of a good token":  {sign(header, claims.with("pad", strings.Repeat("a", 4000))), TooLong},
		"thousands of dots":           {strings.Repeat(".", 4000), Malformed},
		"a header that is no JSON":    {sign("canary", claims), Malformed},
		"a header that is a list":     {sign("[]", claims), Malformed},
		"claims that are no JSON":     {sign(header, "canary"), Malformed},
		"claims with a tail":          {sign(header, `{"iss":"`+rsaIssuer+`"} {}`), Malformed},
		"padding":                     {strings.Replace(good, ".", "=.", 1), Malformed},
		"a line break":                {strings.Replace(good, ".", "\n.", 1), Malformed},
		"a line break at the end":     {good + "\n", Malformed},
		"alg twice":                   {sign(`{"alg":"none","kid":"one","alg":"RS256"}`, claims), Malformed},
		"iss twice":                   {sign(header, `{"iss":"`+rsaIssuer+`","iss":"`+ecIssuer+`"}`), Malformed},
		"sub twice by an escape":      {sign(header, `{"iss":"`+rsaIssuer+`","sub":"a","\u0073ub":"b"}`), Malformed},
		"kid twice":                   {sign(`{"alg":"RS256","kid":"one","kid":"two"}`, claims), Malformed},
		"alg none":                    {part(header.with("alg", "none")) + "." + part(claims) + ".", WrongAlgorithm},
		"alg None, signed":            {sign(header.with("alg", "None"), claims), WrongAlgorithm},
		"no alg":                      {sign(header.with("alg", nil), claims), WrongAlgorithm},
		"alg that is a list":          {sign(header.with("alg", []string{"RS256"}), claims), WrongAlgorithm},
		"HS256 with the public key":   {hs256(der, header.with("alg", "HS256"), claims), WrongAlgorithm},
		"RS384, which is not pinned":  {sign(header.with("alg", "RS384"), claims), WrongAlgorithm},
		"another family":              {sign(header.with("alg", "PS256"), claims), WrongAlgorithm},
		"typ of another kind":         {sign(header.with("typ", "logout+jwt"), claims), WrongType},
		"typ that is a number":        {sign(header.with("typ", 1), claims), WrongType},
		"jku":                         {sign(header.with("jku", "https://canary.example"), claims), ForbiddenHeader},
		"jwk":                         {sign(header.with("jwk", rsaJWK("one", &other.PublicKey)), claims), ForbiddenHeader},
		"x5u":                         {sign(header.with("x5u", "https://canary.example"), claims), ForbiddenHeader},
		"x5c":                         {sign(header.with("x5c", []string{"canary"}), claims), ForbiddenHeader},
		"crit":                        {sign(header.with("crit", []string{"exp"}), claims), ForbiddenHeader},
		"no kid":                      {sign(header.with("kid", nil), claims), UnknownKey},
		"kid that is a number":        {sign(header.with("kid", 1), claims), UnknownKey},
		"kid unknown":                 {sign(header.with("kid", "canary"), claims), UnknownKey},
		"kid that is a path":          {sign(header.with("kid", "../../etc/canary"), claims), UnknownKey},
		"kid of another issuer":       {sign(header.with("kid", "two"), claims), UnknownKey},
		"no iss":                      {sign(header, claims.with("iss", nil)), UnknownIssuer},
		"iss unknown":                 {sign(header, claims.with("iss", "https://canary.example")), UnknownIssuer},
		"iss with a slash":            {sign(header, claims.with("iss", rsaIssuer+"/")), UnknownIssuer},
		"iss that is a list":          {sign(header, claims.with("iss", []string{rsaIssuer})), UnknownIssuer},
		"signature cut":               {cut(good), BadSignature},
		"signature gone":              {good[:strings.LastIndex(good, ".")+1], BadSignature},
		"signature of other claims":   {part(header) + "." + part(claims.with("sub", "eve")) + good[strings.LastIndex(good, "."):], BadSignature},
		"another key":                 {rs256(other, header, claims), BadSignature},
		"another issuer's key":        {sign(ecHeader, ecClaims), BadSignature},
		"another issuer's key, named": {sign(header, ecClaims), WrongAlgorithm},
		"no aud":                      {sign(header, claims.with("aud", nil)), BadClaims},
		"aud of another service":      {sign(header, claims.with("aud", "canary")), WrongAudience},
		"aud of others":               {sign(header, claims.with("aud", []string{"canary", "rung2"})), WrongAudience},
		"expired":                     {sign(header, claims.with("iat", noon.Add(-time.Hour).Unix(), "exp", noon.Add(-31*time.Second).Unix())), Expired},
		"no exp":                      {sign(header, claims.with("exp", nil)), BadClaims},
		"exp that is text":            {sign(header, claims.with("exp", "tomorrow")), BadClaims},
		"exp beyond all time":         {sign(header, claims.with("exp", 1<<41)), BadClaims},
		"nbf in the future":           {sign(header, claims.with("nbf", noon.Add(31*time.Second).Unix())), NotYetValid},
		"nbf beyond all time":         {sign(header, claims.with("nbf", 1e300)), BadClaims},
		"no iat":                      {sign(header, claims.with("iat", nil)), BadClaims},
		"iat in the future":           {sign(header, claims.with("iat", noon.Add(31*time.Second).Unix())), NotYetValid},
		"iat that is text":            {sign(header, claims.with("iat", "now")), BadClaims},
		"iat before time":             {sign(header, claims.with("iat", -1)), BadClaims},
		"a life of more than a day":   {sign(header, claims.with("exp", noon.Add(24*time.Hour+time.Second).Unix())), LivesTooLong},
		"no sub":                      {sign(header, claims.with("sub", nil)), BadClaims},
		"sub empty":                   {sign(header, claims.with("sub", "")), BadClaims},
		"sub that is a number":        {sign(header, claims.with("sub", 7)), BadClaims},
		"sub of 256 bytes":            {sign(header, claims.with("sub", strings.Repeat("é", 128))), BadClaims},
		"sub with a zero byte":        {sign(header, claims.with("sub", "a\x00b")), BadClaims},
		"sub with space around":       {sign(header, claims.with("sub", " a")), BadClaims},
		"org that is no id":           {sign(header, claims.with("org", "canary")), BadClaims},
		"org empty":                   {sign(header, claims.with("org", "")), BadClaims},
		"org null":                    {sign(header, `{"org":null,`+string(must(json.Marshal(claims)))[1:]), BadClaims},
		"org that is a list":          {sign(header, claims.with("org", []string{employer.String()})), BadClaims},
	}
	all := trusting(t, local(t))
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := all.Check(t.Context(), c.token)
			wantRefused(t, err, c.want)
		})
	}
}

// cut takes the last byte off a token's signature.
func cut(token string) string {
	dot := strings.LastIndex(token, ".") + 1
	signature, _ := base64.RawURLEncoding.DecodeString(token[dot:])
	return token[:dot] + encode(signature[:len(signature)-1])
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func wantRefused(t *testing.T, err error, want Reason) {
	t.Helper()
	var refused *Refused
	if !errors.As(err, &refused) {
		t.Fatalf("got %v, want it refused: %s", err, want)
	}
	if refused.Reason() != want {
		t.Errorf("the reason is %q, want %q", refused.Reason(), want)
	}
	var told *fault.Request
	if !errors.As(err, &told) || told.Code != fault.CodeUnauthenticated {
		t.Fatalf("%v is not UNAUTHENTICATED", err)
	}
	if err.Error() != "UNAUTHENTICATED: This token is not accepted. Sign in again." {
		t.Errorf("the caller is told %q", err)
	}
}

func TestCheckAccepts(t *testing.T) {
	t.Parallel()
	sign := func(header, claims any) string { return rs256(keys().rsa, header, claims) }
	plain := Proof{Issuer: rsaIssuer, Subject: "canary", IssuedAt: noon}
	long := strings.Repeat("n", 250)
	cases := map[string]struct {
		claims fields
		want   Proof
	}{
		"little":                     {claims, plain},
		"several audiences":          {claims.with("aud", []string{"other", audience}), plain},
		"half a minute ahead":        {claims.with("iat", noon.Add(30*time.Second).Unix(), "nbf", noon.Add(30*time.Second).Unix()), at(plain, noon.Add(30*time.Second))},
		"half a minute late":         {claims.with("iat", noon.Add(-time.Hour).Unix(), "exp", noon.Add(-29*time.Second).Unix()), at(plain, noon.Add(-time.Hour))},
		"a whole day":                {claims.with("exp", noon.Add(24*time.Hour).Unix()), plain},
		"who and for whom":           {claims.with("email", "ada@example.edu", "email_verified", true, "name", " Ada\u0000 ", "org", employer.String()), Proof{Issuer: rsaIssuer, Subject: "canary", Email: "ada@example.edu", Name: "Ada", Org: employer, IssuedAt: noon}},
		"an address nobody verified": {claims.with("email", "ada@example.edu", "email_verified", false), plain},
		"an address that is long":    {claims.with("email", long+"@example.edu"), plain},
		"a name that is long":        {claims.with("name", long), Proof{Issuer: rsaIssuer, Subject: "canary", Name: long[:200], IssuedAt: noon}},
		"a name that is a number":    {claims.with("name", 7, "email", []string{"x"}), plain},
		"claims in capitals":         {claims.with("SUB", "eve", "ISS", "eve"), plain},
	}
	all := trusting(t, local(t))
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, typ := range []any{nil, "JWT", "at+jwt"} {
				got, err := all.Check(t.Context(), sign(header.with("typ", typ), c.claims))
				if err == nil && !got.Until.After(noon.Add(-leeway)) {
					t.Errorf("typ %v: it is said to hold until %s", typ, got.Until)
				}
				got.Until = time.Time{} // as its claim says
				if err != nil || got != c.want {
					t.Errorf("typ %v: got %+v, %v, want %+v", typ, got, err, c.want)
				}
			}
		})
	}
}

func at(p Proof, issued time.Time) Proof {
	p.IssuedAt = issued
	return p
}

func TestMint(t *testing.T) {
	t.Parallel()
	l := local(t)
	token, err := l.Mint(Claims{Subject: "ada", Email: "ada@example.edu", Name: "Ada", Org: employer})
	if err != nil {
		t.Fatal(err)
	}
	got, err := trusting(t, l).Check(t.Context(), token)
	want := Proof{
		Issuer: "http://127.0.0.1:8080/local", Subject: "ada", Email: "ada@example.edu", Name: "Ada", Org: employer,
		IssuedAt: noon, Until: noon.Add(12 * time.Hour),
	}
	if err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	// Another installation's token names a key that this one does not know.
	foreign, err := local(t).Mint(Claims{Subject: "ada"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = trusting(t, l).Check(t.Context(), foreign)
	wantRefused(t, err, UnknownKey)
	if _, err := l.Mint(Claims{}); err == nil {
		t.Error("a token without a subject was made")
	}
}

func TestLocalKeepsItsKey(t *testing.T) {
	t.Parallel()
	c := config.Config{DataDir: t.TempDir(), PublicURL: "http://127.0.0.1:8080"}
	var kids [8]string
	var all sync.WaitGroup
	for i := range kids {
		all.Go(func() {
			l, err := OpenLocal(c)
			if err != nil {
				t.Error(err)
				return
			}
			kids[i] = l.kid
		})
	}
	all.Wait()
	for _, kid := range kids {
		if kid == "" || kid != kids[0] {
			t.Errorf("two starters got the keys %q and %q", kid, kids[0])
		}
	}
	file := c.DataDir + "/issuer.key"
	if s, err := os.Stat(file); err != nil || s.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", s.Mode(), err)
	}
	if err := os.WriteFile(file, []byte("canary"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenLocal(c); err == nil || strings.Contains(err.Error(), "canary") || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("a damaged key gives %v", err)
	}
}

// The example of RFC 8037, appendix A.3.
func TestThumbprint(t *testing.T) {
	t.Parallel()
	x, _ := base64.RawURLEncoding.DecodeString("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
	if got, want := thumbprint(x), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// FuzzToken: nothing makes Check panic or tell anything, and what it accepts
// also passes a second reading that shares no code with the first.
func FuzzToken(f *testing.F) {
	seed := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	l := &Local{key: seed, kid: thumbprint(seed.Public().(ed25519.PublicKey)), name: "http://127.0.0.1:8080/local", audience: "http://127.0.0.1:8080", now: atNoon}
	all, err := Trust(f.Context(), []Issuer{l.Issuer()}, WithClock(atNoon))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, token string, resign bool) {
		if resign { // so that the fuzzer reaches what comes after the signature
			head, rest, _ := strings.Cut(token, ".")
			token = part(head) + "." + part(rest)
			token += "." + encode(ed25519.Sign(seed, []byte(token)))
		}
		proof, err := all.Check(t.Context(), token)
		if err != nil {
			var refused *Refused
			if !errors.As(err, &refused) || err.Error() != unauthenticated.Error() {
				t.Fatalf("%q: %v", token, err)
			}
			return
		}
		if why := secondReading(seed.Public().(ed25519.PublicKey), token, proof); why != "" {
			t.Fatalf("%q was accepted: %s", token, why)
		}
	})
}

func secondReading(key ed25519.PublicKey, token string, proof Proof) string {
	parts := strings.Split(token, ".")
	if len(parts) != 3 || len(token) > 4096 {
		return "its shape"
	}
	signature, _ := base64.RawURLEncoding.DecodeString(parts[2])
	if !ed25519.Verify(key, []byte(parts[0]+"."+parts[1]), signature) {
		return "its signature"
	}
	var head struct{ Alg, Kid, Jku, Crit string }
	var body map[string]any
	one, _ := base64.RawURLEncoding.DecodeString(parts[0])
	two, _ := base64.RawURLEncoding.DecodeString(parts[1])
	if json.Unmarshal(two, &body) != nil || json.Unmarshal(one, &head) != nil && !json.Valid(one) {
		return "its JSON"
	}
	exp, _ := body["exp"].(float64)
	iat, _ := body["iat"].(float64)
	switch now := float64(noon.Unix()); {
	case exp+30 <= now, iat-30 > now, exp-iat > 24*60*60+1:
		return "its times"
	case body["iss"] != proof.Issuer, body["sub"] != proof.Subject, proof.Subject == "":
		return "its names"
	}
	return ""
}
