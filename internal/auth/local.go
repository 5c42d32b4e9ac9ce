package auth

import (
	"crypto/ed25519"
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

// Local is Rung signing tokens itself, for trying it out and for one machine.
type Local struct {
	key      ed25519.PrivateKey
	kid      string
	audience string
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
	l := &Local{key: key, audience: c.PublicURL, now: chosen(list).now}
	l.kid = thumbprint(l.public())
	return l, nil
}

// Issuer is the local issuer, to be trusted with the others.
func (l *Local) Issuer() Issuer {
	key, _ := json.Marshal(map[string]string{"kty": "OKP", "crv": "Ed25519", "x": encode(l.public()), "kid": l.kid, "alg": "EdDSA", "use": "sig"})
	return Issuer{Name: l.audience + "/local", Audience: l.audience, Algorithms: []string{"EdDSA"}, Keys: []json.RawMessage{key}}
}

// Mint signs a token that says so, for twelve hours.
func (l *Local) Mint(c Claims) (string, error) {
	now := l.now()
	claims := jwt.MapClaims{
		"iss": l.audience + "/local", "aud": l.audience, "sub": c.Subject,
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
