// Package auth finds out who asks. A caller shows a token, signed by an issuer
// that whoever runs Rung trusts; the token proves a person, and what that person
// may do is read from Rung's own rows each time.
package auth

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/MicahParks/jwkset"
	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/gid"
)

// Issuers are those whose word is taken.
type Issuers struct {
	byName map[string]*trusted
	abroad *abroad
	now    func() time.Time
}

// trusted is an issuer and what checks its tokens.
type trusted struct {
	Issuer
	keys   keyfunc.Keyfunc
	parser *jwt.Parser
	row    *ent.IdentityIssuer // of one that an organisation registered
}

type options struct {
	now    func() time.Time
	client *http.Client
	abroad *http.Client
	log    *slog.Logger
}

// Option changes how tokens are checked or made.
type Option func(*options)

// WithClock takes the instant from a clock instead of the machine's.
func WithClock(now func() time.Time) Option { return func(o *options) { o.now = now } }

// WithClient fetches issuers' keys with a client of one's own.
func WithClient(client *http.Client) Option { return func(o *options) { o.client = client } }

// WithAbroad fetches what the providers of organisations publish with a client of
// one's own.
func WithAbroad(client *http.Client) Option { return func(o *options) { o.abroad = client } }

// WithLog says where it is noted that an issuer's keys could not be fetched.
func WithLog(log *slog.Logger) Option { return func(o *options) { o.log = log } }

func chosen(list []Option) options {
	o := options{now: time.Now, client: careful(), abroad: guarded(), log: slog.New(slog.DiscardHandler)} //nolint:forbidigo // the one clock
	for _, option := range list {
		option(&o)
	}
	return o
}

// Trust takes the word of these issuers until the context ends. Their keys are
// fetched in the background.
func Trust(ctx context.Context, list []Issuer, opts ...Option) (*Issuers, error) {
	o := chosen(opts)
	if err := onlyOnce(list); err != nil {
		return nil, err
	}
	all := &Issuers{byName: make(map[string]*trusted, len(list)), abroad: &abroad{o: o, keys: map[gid.ID]keyfunc.Keyfunc{}}, now: o.now}
	for _, one := range list {
		t, err := trust(ctx, one, o)
		if err != nil {
			return nil, fmt.Errorf("issuer %s: %w", one.Name, err)
		}
		all.byName[one.Name] = t
	}
	return all, nil
}

// Open trusts the issuers that the settings name, Rung's own for the people of
// sandboxes and for sessions, and the local one where Rung signs tokens itself; the latter is nil
// elsewhere.
func Open(ctx context.Context, c config.Config, opts ...Option) (*Issuers, *Local, error) {
	var list []Issuer
	if c.IssuersFile != "" {
		named, err := ReadIssuers(c.IssuersFile)
		if err != nil {
			return nil, nil, err
		}
		list = named
	}
	var local *Local
	if c.LocalIssuer() {
		var err error
		if local, err = OpenLocal(c, opts...); err != nil {
			return nil, nil, err
		}
		list = append(list, local.Issuer())
	}
	sandboxes, err := OpenSandboxes(c, opts...)
	if err != nil {
		return nil, nil, err
	}
	sessions, err := OpenSessions(c, opts...)
	if err != nil {
		return nil, nil, err
	}
	clients, err := OpenClients(c, opts...)
	if err != nil {
		return nil, nil, err
	}
	list = append(append(list, sandboxes.Issuer(), sessions.Issuer()), clients.Issuers()...)
	all, err := Trust(ctx, list, opts...)
	return all, local, err
}

func trust(ctx context.Context, one Issuer, o options) (*trusted, error) {
	if err := one.check(); err != nil {
		return nil, err
	}
	keys, err := one.given()
	if one.JWKSURL != "" {
		keys, err = fetchKeys(ctx, one.JWKSURL, o)
	}
	if err != nil {
		return nil, err
	}
	byKid, err := keyfunc.New(keyfunc.Options{Ctx: ctx, Storage: keys, UseWhitelist: []jwkset.USE{"", jwkset.UseSig}})
	if err != nil {
		return nil, err
	}
	return &trusted{Issuer: one, keys: byKid, parser: parserOf(one, o.now)}, nil
}

// parserOf checks an issuer's tokens, but for their keys.
func parserOf(one Issuer, now func() time.Time) *jwt.Parser {
	return jwt.NewParser(
		jwt.WithValidMethods(one.Algorithms),
		jwt.WithIssuer(one.Name),
		jwt.WithAudience(one.Audience),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(leeway),
		jwt.WithStrictDecoding(),
		jwt.WithTimeFunc(now),
	)
}
