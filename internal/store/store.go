// Package store keeps what Rung knows. Everything is read through one client
// that sees what the viewer may see, and changed through Write, which does all
// of a change or nothing.
package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store/engine"
	"github.com/rung-dev/rung/internal/viewer"
)

// DB is an open database of either engine.
type DB struct {
	// Read answers queries as the viewer in the context. It refuses every change.
	Read *ent.Client

	engine *engine.Engine
	clock  func() time.Time
	random io.Reader
	wake   chan struct{}
}

// Option changes how a database is opened.
type Option func(*DB)

// WithClock takes the instants of changes from a clock instead of the machine's.
func WithClock(clock func() time.Time) Option { return func(db *DB) { db.clock = clock } }

// WithRandom draws ids from a source instead of the machine's randomness.
func WithRandom(source io.Reader) Option {
	return func(db *DB) { db.random = &oneAtATime{source: source} }
}

// New makes a DB of an opened and migrated engine.
func New(e *engine.Engine, options ...Option) *DB {
	db := &DB{engine: e, clock: time.Now, random: rand.Reader, wake: make(chan struct{}, 1)} //nolint:forbidigo // the one clock
	for _, option := range options {
		option(db)
	}
	db.Read = client(&conn{sql: e.Read, dialect: e.Name})
	access.Guard(db.Read)
	db.Read.Intercept(ent.InterceptFunc(remember))
	db.Read.Intercept(ent.InterceptFunc(tellReads))
	db.Read.Use(refuseChanges)
	return db
}

// Engine is the database under the store.
func (db *DB) Engine() *engine.Engine { return db.engine }

// Close ends every connection.
func (db *DB) Close() error { return db.engine.Close() }

// Now is the real instant at millisecond precision, which is the live world's.
// A change takes its instant from its Tx.
func (db *DB) Now() time.Time { return db.clock().UTC().Truncate(time.Millisecond) }

// NowFor is the instant in the viewer's world, for reads.
func (db *DB) NowFor(ctx context.Context) (time.Time, error) {
	return db.NowIn(ctx, viewer.From(ctx).World)
}

// NowIn is the instant in a world, whoever asks.
func (db *DB) NowIn(ctx context.Context, world gid.ID) (time.Time, error) {
	now, _, err := db.clockOf(ctx, db.engine.Read, world, "")
	return now, err
}

// Committed says that a change committed since it was last asked.
func (db *DB) Committed() <-chan struct{} { return db.wake }

func (db *DB) committed() {
	select {
	case db.wake <- struct{}{}:
	default:
	}
}

// Locked makes a query of a change wait for, and then hold, the rows it reads.
// On SQLite a change is alone anyway.
func Locked(s *selector) {
	if s.Dialect() == postgres {
		s.ForUpdate()
	}
}

// Found turns "no such row" into NotFound, told about an input field.
func Found(err error, notFound error) error {
	if ent.IsNotFound(err) {
		return notFound
	}
	return err
}

// errMoved: a row changed between the rule and the update in spite of the lock.
var errMoved = errors.New("a row moved while it was being changed")

// Moved checks that an update by id and revision changed its one row. When it
// did not, Write begins the change anew, so that the rule sees what is there.
func Moved(changed int, err error) error {
	if err == nil && changed != 1 {
		return errMoved
	}
	return err
}

func refuseChanges(ent.Mutator) ent.Mutator {
	return ent.MutateFunc(func(_ context.Context, m ent.Mutation) (ent.Value, error) {
		return nil, fmt.Errorf("store: %s can only be changed inside Write", m.Type())
	})
}

// newID draws an id at an instant.
func (db *DB) newID(noun gid.Noun, at time.Time) (gid.ID, error) { return gid.New(noun, at, db.random) }

// oneAtATime lets several changes draw from one source.
type oneAtATime struct {
	mu     sync.Mutex
	source io.Reader
}

func (o *oneAtATime) Read(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.source.Read(p)
}
