// Package stage is where the tests of the rooms play: a database of its own for
// each, somebody to act in it, and a close look at what a change did. It is for
// tests alone, and knows no room but the people.
package stage

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/world"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// Issuer vouches for everybody who signs in.
const Issuer = "https://issuer.example"

// Clock moves on by a millisecond with each look, so that changes have an order.
type Clock struct{ ms atomic.Int64 }

// Now is the instant, and the next look's is later.
func (c *Clock) Now() time.Time { return time.UnixMilli(c.ms.Add(1)).UTC() }

// Set moves the clock to an instant.
func (c *Clock) Set(at time.Time) { c.ms.Store(at.UnixMilli()) }

// On moves the clock to nine in the morning of a day.
func (c *Clock) On(day string) {
	at, err := time.Parse(time.DateTime, day+" 09:00:00")
	if err != nil {
		panic(err)
	}
	c.Set(at)
}

// Skip lets time pass.
func (c *Clock) Skip(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// House is a database that a test fills and watches.
type House struct {
	DB    *store.DB
	Clock *Clock // nil where the database has its own

	tables []string // that a refused change must leave alone
}

// Watch is a database as a house. The tables are those that a refused change
// must leave alone; events and feeds are always among them.
func Watch(db *store.DB, tables []string) *House { return &House{DB: db, tables: tables} }

// Open is an empty house on one engine, whose clock stands on 2 March 2026.
func Open(t testing.TB, engine string, tables []string) *House {
	t.Helper()
	c := &Clock{}
	c.On("2026-03-02")
	h := Watch(storetest.Open(t, engine, store.WithClock(c.Now)), tables)
	h.Clock = c
	return h
}

// Each runs a test once on each engine, side by side.
func Each(t *testing.T, tables []string, test func(t *testing.T, h *House)) {
	t.Helper()
	for _, engine := range storetest.Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			test(t, Open(t, engine, tables))
		})
	}
}

// As is the context of one request.
func As(t testing.TB, v viewer.Viewer, verb string) context.Context {
	t.Helper()
	return WithKey(t, v, verb, "")
}

// WithKey is the context of one request, or of its repetition.
func WithKey(t testing.TB, v viewer.Viewer, verb, key string) context.Context {
	t.Helper()
	return viewer.WithRequest(viewer.With(t.Context(), v), &viewer.Request{
		ID: "t", Verb: verb, IdempotencyKey: key, ArgumentHash: []byte("of the same arguments"),
	})
}

// All is the context of a look at everything.
func All(t testing.TB) context.Context {
	t.Helper()
	return viewer.With(t.Context(), viewer.System("a test looks at everything"))
}

// Made changes something as the system.
func Made[R any](t testing.TB, h *House, change func(context.Context, *store.Tx) (R, error)) R {
	t.Helper()
	ctx := As(t, viewer.System("a test sets the scene").In(gid.LiveWorld), "fixture")
	made, err := store.Write(ctx, h.DB, func(tx *store.Tx) (R, error) { return change(ctx, tx) })
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// Newcomer is somebody who signed in for the first time.
func Newcomer(subject string) viewer.Viewer {
	return viewer.Viewer{
		Kind: viewer.Newcomer, World: gid.LiveWorld, Role: viewer.RoleNewcomer, Scopes: viewer.ScopesOf(viewer.RoleNewcomer),
		Issuer: Issuer, Subject: subject, Name: subject,
	}
}

// Member is somebody with a row who acts for an organisation.
func (h *House) Member(t testing.TB, subject string, kind viewer.Kind, role viewer.Role, org gid.ID) viewer.Viewer {
	t.Helper()
	v := Newcomer(subject)
	v.Person = Made(t, h, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		return person.Known(ctx, tx, person.SeatInput{Issuer: Issuer, Subject: subject, Name: subject})
	})
	v.Kind, v.Role, v.Scopes, v.Org = kind, role, viewer.ScopesOf(role), org
	return v
}

// Sandbox is another world.
func (h *House) Sandbox(t testing.TB) gid.ID {
	t.Helper()
	return Made(t, h, func(ctx context.Context, tx *store.Tx) (*ent.World, error) {
		return tx.Client.World.Create().SetKind(world.KindSandbox).SetName("A sandbox").Save(ctx)
	}).ID
}
