package auth

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/MicahParks/jwkset"
	"golang.org/x/time/rate"
)

const (
	refreshEvery  = time.Hour
	refreshAtMost = time.Minute      // between two refreshes for keys that nobody knows
	keysLast      = 24 * time.Hour   // without their issuer being reached
	fetchTime     = 10 * time.Second // for one fetch
	fetchSize     = 64 << 10         // bytes of one fetch
)

// given are the keys that stand in the issuer's own entry.
func (i Issuer) given() (jwkset.Storage, error) {
	keys := jwkset.NewMemoryStorage()
	for n, raw := range i.Keys {
		key, err := publicKey(raw)
		if err != nil {
			return nil, fmt.Errorf("key %d: %w", n+1, err)
		}
		kid := key.Marshal().KID
		if _, err := keys.KeyRead(context.Background(), kid); err == nil {
			return nil, fmt.Errorf("key %d: another key has the same kid", n+1)
		}
		if !suitsAny(i.Algorithms, key.Key()) {
			return nil, fmt.Errorf("key %d: it is too weak, or serves none of the issuer's algorithms", n+1)
		}
		if err := keys.KeyWrite(context.Background(), key); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// publicKey reads a key that may stand in a file of settings.
func publicKey(raw json.RawMessage) (jwkset.JWK, error) {
	fields, err := members(raw)
	if err != nil {
		return jwkset.JWK{}, errors.New("write a JSON Web Key")
	}
	for _, private := range []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k"} {
		if _, has := fields[private]; has {
			return jwkset.JWK{}, errors.New("this is a private key: take it out of the file, replace it, and give the public one")
		}
	}
	key, err := jwkset.NewJWKFromRawJSON(raw, jwkset.JWKMarshalOptions{}, jwkset.JWKValidateOptions{})
	if err != nil {
		return jwkset.JWK{}, fmt.Errorf("read the JSON Web Key: %w", err)
	}
	if key.Marshal().KID == "" {
		return jwkset.JWK{}, errors.New("give it the kid that its issuer's tokens name")
	}
	return key, nil
}

// suits reports whether a key is of the kind and strength an algorithm needs.
func suits(algorithm string, key any) bool {
	switch k := key.(type) {
	case *rsa.PublicKey:
		return (algorithm[:2] == "RS" || algorithm[:2] == "PS") && k.N.BitLen() >= 2048
	case *ecdsa.PublicKey:
		size := map[string]int{"ES256": 256, "ES384": 384, "ES512": 521}[algorithm]
		return k.Curve.Params().BitSize == size
	case ed25519.PublicKey:
		return algorithm == "EdDSA"
	}
	return false
}

func suitsAny(algorithms []string, key any) bool {
	for _, a := range algorithms {
		if suits(a, key) {
			return true
		}
	}
	return false
}

// remote are the keys an issuer publishes. They are fetched every hour, and
// when a token names one that nobody knows, at most once a minute.
type remote struct {
	jwkset.Storage // fetches anew when it does not know a key
	known          *memory
	often          *rate.Limiter
	now            func() time.Time
}

// memory is what was fetched last, and when.
type memory struct {
	*jwkset.MemoryJWKSet
	now     func() time.Time
	fetched atomic.Pointer[time.Time]
}

func fetchKeys(ctx context.Context, address string, o options) (*remote, error) {
	known := &memory{MemoryJWKSet: jwkset.NewMemoryStorage(), now: o.now}
	fetched, err := jwkset.NewStorageFromHTTP(address, jwkset.HTTPClientStorageOptions{
		Client: o.client, Ctx: ctx, HTTPTimeout: fetchTime, RefreshInterval: refreshEvery, Storage: known,
		// An issuer that is down must not keep Rung from starting.
		NoErrorReturnFirstHTTPReq: true,
		RefreshErrorHandler: func(ctx context.Context, err error) {
			o.log.LogAttrs(ctx, slog.LevelWarn, "an issuer's keys could not be fetched",
				slog.String("url", address), slog.String("error", err.Error()))
		},
	})
	if err != nil {
		return nil, err
	}
	// remote says how often; the library's own limiter would make callers wait.
	always := rate.NewLimiter(rate.Inf, 1)
	client, err := jwkset.NewHTTPClient(jwkset.HTTPClientOptions{
		HTTPURLs: map[string]jwkset.Storage{address: fetched}, RefreshUnknownKID: always, RateLimitWaitMax: fetchTime,
	})
	return &remote{client, known, rate.NewLimiter(rate.Every(refreshAtMost), 1), o.now}, err
}

// KeyRead finds a key by its name.
func (r *remote) KeyRead(ctx context.Context, kid string) (jwkset.JWK, error) {
	key, err := r.known.KeyRead(ctx, kid)
	if err == nil || !r.often.AllowN(r.now(), 1) {
		return r.known.orUnavailable(key, err)
	}
	// A caller who goes away must not waste the one fetch of this minute.
	return r.known.orUnavailable(r.Storage.KeyRead(context.WithoutCancel(ctx), kid))
}

// KeyReplaceAll keeps what was fetched.
func (m *memory) KeyReplaceAll(ctx context.Context, keys []jwkset.JWK) error {
	now := m.now()
	m.fetched.Store(&now)
	return m.MemoryJWKSet.KeyReplaceAll(ctx, keys)
}

// age is for how long the keys are known, or longer than any when none were fetched.
func (m *memory) age() time.Duration {
	at := m.fetched.Load()
	if at == nil {
		return keysLast + 1
	}
	return m.now().Sub(*at)
}

// orUnavailable tells a key that an issuer does not have from one of an issuer that
// was not reached for too long.
func (m *memory) orUnavailable(key jwkset.JWK, err error) (jwkset.JWK, error) {
	if err != nil && m.age() > keysLast {
		return key, unavailable()
	}
	return key, err
}

// KeyRead finds a key by its name, unless it was fetched too long ago: the
// issuer may have withdrawn it since.
func (m *memory) KeyRead(ctx context.Context, kid string) (jwkset.JWK, error) {
	if m.age() > keysLast {
		return jwkset.JWK{}, jwkset.ErrKeyNotFound
	}
	return m.MemoryJWKSet.KeyRead(ctx, kid)
}

// careful is a client that asks the address it was given and no other, and
// does not read without end.
func careful() *http.Client {
	return &http.Client{
		Timeout:       fetchTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: limited{&http.Transport{
			DisableKeepAlives: true, TLSHandshakeTimeout: fetchTime / 2, MaxResponseHeaderBytes: fetchSize,
		}},
	}
}

type limited struct{ http.RoundTripper }

// RoundTrip cuts the answer off where no set of keys is that long.
func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := l.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(answer.Body, fetchSize), answer.Body}
	}
	return answer, err
}
