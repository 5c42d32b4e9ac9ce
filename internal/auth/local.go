package auth

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/gid"
)

// localLife is how long a token of the local issuer holds.
const localLife = 12 * time.Hour

// Local is Rung signing tokens itself: for trying it out and for one machine,
// and for the people of sandboxes.
type Local struct {
	key      ed25519.PrivateKey
	kid      string
	name     string
	audience string
	sandbox  bool
	session  bool
	now      func() time.Time
}

// Claims are what a token of the local issuer says.
type Claims struct {
	Subject string
	Email   string
	Name    string
	Org     gid.ID // for whom the person acts, or none
}

// OpenLocal is the local issuer with the key that the data folder keeps; the
// first time it makes one.
func OpenLocal(c config.Config, list ...Option) (*Local, error) {
	file := filepath.Join(c.DataDir, "issuer.key")
	kept, err := config.Keep(file, freshKey)
	if err != nil {
		return nil, err
	}
	key, err := readKey(kept)
	if err != nil {
		return nil, fmt.Errorf("%s is damaged: remove it, and a new one is made; tokens given out before end (%w)", file, err)
	}
	l := &Local{key: key, name: c.PublicURL + "/local", audience: c.PublicURL, now: chosen(list).now}
	l.kid = thumbprint(l.public())
	return l, nil
}

// OpenSandboxes is the issuer of the people of sandboxes.
func OpenSandboxes(c config.Config, list ...Option) (*Local, error) {
	l, err := openSecret(c, "/sandbox", "rung: tokens of sandboxes", list)
	if err == nil {
		l.sandbox = true
	}
	return l, err
}

// openSecret is an issuer whose key is made of the server's secret, so that every
// process of an installation takes its tokens.
func openSecret(c config.Config, path, purpose string, list []Option) (*Local, error) {
	secret, err := c.SealKey()
	if err != nil {
		return nil, err
	}
	seed, err := hkdf.Key(sha256.New, secret, nil, purpose, ed25519.SeedSize)
	if err != nil {
		return nil, err
	}
	l := &Local{key: ed25519.NewKeyFromSeed(seed), name: c.PublicURL + path, audience: c.PublicURL, now: chosen(list).now}
	l.kid = thumbprint(l.public())
	return l, nil
}

// Issuer is the local issuer, to be trusted with the others.
func (l *Local) Issuer() Issuer {
	key, _ := json.Marshal(map[string]string{"kty": "OKP", "crv": "Ed25519", "x": encode(l.public()), "kid": l.kid, "alg": "EdDSA", "use": "sig"})
	return Issuer{Name: l.name, Audience: l.audience, Algorithms: []string{"EdDSA"}, Keys: []json.RawMessage{key}, sandbox: l.sandbox, session: l.session}
}

// Mint signs a token that says so, for twelve hours.
func (l *Local) Mint(c Claims) (string, error) {
	now := l.now()
	claims := jwt.MapClaims{
		"iss": l.name, "aud": l.audience, "sub": c.Subject,
		"iat": now.Unix(), "exp": now.Add(localLife).Unix(),
	}
	if c.Subject == "" {
		return "", errors.New("a token needs a subject")
	}
	if c.Email != "" {
		claims["email"] = c.Email
	}
	if c.Name != "" {
		claims["name"] = c.Name
	}
	if !c.Org.IsNone() {
		claims["org"] = c.Org.String()
	}
	return l.sign(claims)
}

func (l *Local) sign(claims jwt.MapClaims) (string, error) {
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims)
	token.Header["typ"], token.Header["kid"] = "at+jwt", l.kid
	return token.SignedString(l.key)
}

func (l *Local) public() ed25519.PublicKey {
	return l.key.Public().(ed25519.PublicKey) //nolint:forcetypeassert // Ed25519's public key
}

// thumbprint names a key by what it is, as RFC 7638 and RFC 8037 say.
func thumbprint(key ed25519.PublicKey) string {
	sum := sha256.Sum256([]byte(`{"crv":"Ed25519","kty":"OKP","x":"` + encode(key) + `"}`))
	return encode(sum[:])
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

const keyBlock = "PRIVATE KEY"

func freshKey() ([]byte, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: keyBlock, Bytes: der}), nil
}

func readKey(text []byte) (ed25519.PrivateKey, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != keyBlock {
		return nil, errors.New("no private key in it")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	key, ok := parsed.(ed25519.PrivateKey)
	if !ok {
		return nil, errors.New("the key is not Ed25519")
	}
	return key, nil
}
