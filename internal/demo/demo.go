// Package demo tells one coherent story in an empty database, through the same
// verbs that clients use: a university, three employers, a dozen talents and a
// micro-project in every state. Beside it an archive can be filled, in which
// everything else that has a life stands in every status. The story's ids and instants are the same on every run,
// so that docs and tests can quote them.
package demo

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/identity"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/intake"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/engine"
	"github.com/rung-dev/rung/internal/viewer"
)

// Began and Ended are the instants between which the story happens, unless it is
// told to end later.
var (
	Began = time.Date(2026, time.September, 7, 13, 0, 0, 0, time.UTC)
	Ended = time.Date(2026, time.October, 12, 13, 0, 0, 0, time.UTC)
)

// Options say for whom the world is made.
type Options struct {
	Issuer    string // who will vouch for its people
	Reactions map[job.Kind]job.Handler
	// Until brings the story's days nearer by whole days, so that it ends less than
	// a day before: what is open in it has then not run out yet. Zero tells it as
	// it is.
	Until time.Time
	// IsWhole adds the archive, so that everything stands somewhere in every status.
	IsWhole bool
}

// shift is by how many days the story happens later.
func (o Options) shift() int {
	if o.Until.Before(Ended) {
		return 0
	}
	return int(o.Until.Sub(Ended) / (24 * time.Hour))
}

// World is what the story made, by the names that docs and tests use.
type World struct {
	IDs    map[string]gid.ID
	People map[string]Person
}

// Person is somebody of the story, as their issuer knows them.
type Person struct {
	Subject      string
	Name         string
	Email        string
	Role         string
	Organization gid.ID // none for talents
}

// ErrNotEmpty: the database has people already, and the demo would mix with them.
var ErrNotEmpty = errors.New("the database is not empty: the demo world needs one to itself")

// Fill tells the story. It fills nothing when the database has people.
func Fill(ctx context.Context, e *engine.Engine, o Options) (World, error) {
	c := &stillClock{at: Began.AddDate(0, 0, o.shift())}
	db := store.New(e, store.WithClock(c.now), store.WithRandom(Random(1)))
	ctx = viewer.With(ctx, viewer.System("the demo world is set up"))
	if taken, err := db.Read.Person.Query().Exist(ctx); err != nil || taken {
		return World{}, errors.Join(err, whenTaken(taken))
	}
	// The lists draw ids from a source of their own, so that the story's are the
	// same where a start has loaded them already.
	lists := store.New(e, store.WithClock(c.now), store.WithRandom(Random(4)))
	if _, err := intake.LoadReference(ctx, lists); err != nil {
		return World{}, err
	}
	t := newTeller(ctx, db, c, o)
	t.worker = &job.Worker{DB: db, Handlers: o.Reactions, Name: "demo"}
	t.tell()
	if o.IsWhole && t.failed == nil {
		past := &stillClock{at: c.now().AddDate(0, 0, -sinceWhen)}
		t.failed = fileArchive(ctx, t, store.New(e, store.WithClock(past.now), store.WithRandom(Random(7))), past, o)
	}
	return t.world, t.failed
}

func whenTaken(taken bool) error {
	if taken {
		return ErrNotEmpty
	}
	return nil
}

// Read finds the people of the story in a database that has it. Their ids are
// read anew; what else the story made is not looked for.
func Read(ctx context.Context, db *store.DB, issuer string) (map[string]Person, error) {
	ctx = viewer.With(ctx, viewer.System("the demo world's people are found for their tokens"))
	found := map[string]Person{}
	for _, p := range cast {
		known, err := db.Read.Identity.Query().Where(identity.Issuer(issuer), identity.Subject(p.Subject)).Only(ctx)
		if ent.IsNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		seat, err := db.Read.Membership.Query().Where(membership.PersonID(known.PersonID), membership.EndedAtIsNil()).First(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return nil, err
		}
		if seat != nil {
			p.Organization = seat.OrganizationID
		}
		found[p.Subject] = p
	}
	return found, nil
}

// InRole is the first of the story's people, as the cast names them, whose role
// it is.
func InRole(people map[string]Person, role string) (Person, bool) {
	for _, p := range cast {
		if found, isThere := people[p.Subject]; isThere && strings.EqualFold(found.Role, role) {
			return found, true
		}
	}
	return Person{}, false
}

// Random is a source of ids that is the same on every run.
func Random(seed byte) io.Reader { return rand.NewChaCha8([32]byte{seed}) }

// stillClock stands still between the steps of the story.
type stillClock struct {
	mu sync.Mutex
	at time.Time
}

func (c *stillClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// step lets a minute pass, so that what happened is in order.
func (c *stillClock) step() { c.move(c.now().Add(time.Minute)) }

func (c *stillClock) move(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if to.After(c.at) {
		c.at = to
	}
}

func (*stillClock) err() error { return nil }
