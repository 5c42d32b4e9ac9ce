package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"

	"github.com/MicahParks/jwkset"
	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/time/rate"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/identityissuer"
	"github.com/rung-dev/rung/internal/career/issuer"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/job"
)

// Asking is the work of asking the providers that organisations register whether
// they are the issuers as which they were registered.
func Asking(opts ...Option) job.Handler {
	o := chosen(opts)
	return issuer.Asking(func(ctx context.Context, i *ent.IdentityIssuer) identityissuer.Problem {
		keys, err := discover(ctx, o.abroad, i.Issuer)
		if err != nil {
			o.log.LogAttrs(ctx, slog.LevelInfo, "a provider did not prove to be an issuer",
				slog.String("issuer", i.Issuer), slog.String("error", err.Error()))
		}
		return problemOf(err, keys, issuer.Methods(i.Algorithms))
	})
}

// problemOf says what is wrong with a provider, or nothing.
func problemOf(err error, keys []jwkset.JWK, algorithms []string) identityissuer.Problem {
	var other *oidc.IssuerMismatchError
	var unanswered *url.Error
	switch {
	case errors.As(err, &other):
		return identityissuer.ProblemOtherIssuer
	case errors.As(err, &unanswered):
		return identityissuer.ProblemUnreachable
	case err != nil:
		return identityissuer.ProblemNoDiscovery
	}
	for _, key := range keys {
		if suitsAny(algorithms, key.Key()) {
			return ""
		}
	}
	return identityissuer.ProblemNoKeys
}

// discover reads a provider's keys where its discovery document says they are. The
// document must name the issuer to the letter.
func discover(ctx context.Context, client *http.Client, name string) ([]jwkset.JWK, error) {
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, client), name)
	if err != nil {
		return nil, err
	}
	var document struct {
		JWKSURL string `json:"jwks_uri"`
	}
	if err := provider.Claims(&document); err != nil {
		return nil, err
	}
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, document.JWKSURL, http.NoBody)
	if err != nil {
		return nil, err
	}
	answer, err := client.Do(ask)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the keys were answered with %d", answer.StatusCode)
	}
	var set jwkset.JWKSMarshal
	if err := json.NewDecoder(answer.Body).Decode(&set); err != nil {
		return nil, fmt.Errorf("read the keys: %w", err)
	}
	return usable(set), nil
}

// usable are the keys that can check signatures and have a name. Others, of kinds
// that nobody knows yet, are left out and spoil nothing.
func usable(set jwkset.JWKSMarshal) []jwkset.JWK {
	var keys []jwkset.JWK
	for _, one := range set.Keys {
		key, err := jwkset.NewJWKFromMarshal(one, jwkset.JWKMarshalOptions{}, jwkset.JWKValidateOptions{})
		if err == nil && one.KID != "" && (one.USE == "" || one.USE == jwkset.UseSig) {
			keys = append(keys, key)
		}
	}
	return keys
}

// discovered are the keys of a provider that an organisation registered. They are
// fetched when the first token comes, when an hour has passed since, and when a
// token names one that nobody knows; at most once a minute.
type discovered struct {
	*memory
	name     string
	client   *http.Client
	often    *rate.Limiter
	log      *slog.Logger
	fetching sync.Mutex
}

func discovering(name string, o options) *discovered {
	return &discovered{
		memory: &memory{MemoryJWKSet: jwkset.NewMemoryStorage(), now: o.now}, name: name, client: o.abroad, log: o.log,
		often: rate.NewLimiter(rate.Every(refreshAtMost), 1),
	}
}

// KeyRead finds a key by its name.
func (d *discovered) KeyRead(ctx context.Context, kid string) (jwkset.JWK, error) {
	key, err := d.memory.KeyRead(ctx, kid)
	if err == nil {
		if d.age() <= refreshEvery || !d.fetching.TryLock() {
			return key, nil
		}
	} else {
		d.fetching.Lock()
	}
	defer d.fetching.Unlock()
	if known, err := d.memory.KeyRead(ctx, kid); err == nil && d.age() <= refreshEvery {
		return known, nil // somebody else has fetched it meanwhile
	}
	if d.often.AllowN(d.now(), 1) {
		d.fetch(ctx)
	}
	return d.orUnavailable(d.memory.KeyRead(ctx, kid))
}

// fetch reads the keys anew. Those that are known stay when it fails.
func (d *discovered) fetch(ctx context.Context) {
	// A caller who goes away must not waste the one fetch of this minute.
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), fetchTime)
	defer done()
	keys, err := discover(ctx, d.client, d.name)
	if err == nil {
		err = d.KeyReplaceAll(ctx, keys)
	}
	if err != nil {
		d.log.LogAttrs(ctx, slog.LevelWarn, "an issuer's keys could not be fetched",
			slog.String("issuer", d.name), slog.String("error", err.Error()))
	}
}

// unavailable is a new value each time: what is shared must not change.
func unavailable() error {
	return &fault.Request{
		Code: fault.CodeIdpUnavailable, Message: "The issuer of this token does not answer. Send it again later.",
		Retryable: true, RetryAfterMs: int(refreshAtMost.Milliseconds()),
	}
}

func isUnavailable(err error) bool {
	var told *fault.Request
	return errors.As(err, &told) && told.Code == fault.CodeIdpUnavailable
}
