package demo

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/identity"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/gen/ent/world"
	"github.com/rung-dev/rung/internal/auth"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// patience is how long a request waits for what happens in a sandbox.
const patience = 30 * time.Second

// Sandboxes opens sandboxes and lets things happen in them.
type Sandboxes struct {
	Issuer    *auth.Local // who vouches for their people
	Reactions map[job.Kind]job.Handler
}

// Inhabitant is somebody of a sandbox with a token to act as them.
type Inhabitant struct {
	Name, Email, Role string
	OrganizationName  *string
	AccessToken       string
}

// Open makes a sandbox and tells the story in it, until today.
func (s Sandboxes) Open(ctx context.Context, db *store.DB, in person.OpenSandboxInput) (gid.ID, error) {
	id, err := person.OpenSandbox(ctx, db, in)
	if err != nil || viewer.RequestFrom(ctx).Replayed() {
		return id, err
	}
	// Who hangs up has a sandbox all the same.
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer done()
	if err := s.fill(ctx, db, id); err != nil {
		return gid.None, s.giveUp(ctx, db, id, err)
	}
	return id, nil
}

// giveUp closes a sandbox whose story could not be told, so that it does not
// count among its owner's.
func (s Sandboxes) giveUp(ctx context.Context, db *store.DB, id gid.ID, err error) error {
	ctx = viewer.WithRequest(context.WithoutCancel(ctx), &viewer.Request{ID: "sandbox", Verb: "closeSandbox"})
	if _, closing := person.CloseSandbox(ctx, db, person.CloseSandboxInput{SandboxID: id}); closing != nil {
		slog.ErrorContext(ctx, "a sandbox that could not be filled stays open", "sandbox", id, "error", closing)
	}
	return err
}

// fill tells the story in a world whose clock is turned back to its beginning.
func (s Sandboxes) fill(ctx context.Context, db *store.DB, id gid.ID) error {
	ctx = viewer.With(ctx, viewer.System("a sandbox is filled with the demo story").In(id))
	ctx = viewer.WithRequest(ctx, &viewer.Request{ID: "sandbox", Verb: "openSandbox"})
	o := Options{Issuer: s.Issuer.Issuer().Name, Until: db.Now()}
	t := newTeller(ctx, db, &worldClock{ctx: ctx, db: db, world: id}, o)
	t.home, t.suffix = id, "@"+id.String()
	t.worker = s.worker(db, id)
	if err := setBack(ctx, db, id, Began.AddDate(0, 0, o.shift())); err != nil {
		return err
	}
	t.campuses()
	t.tell()
	t.clock.move(db.Now())
	if t.failed == nil {
		t.failed = t.worker.Settle(ctx)
	}
	if t.failed != nil {
		return t.failed
	}
	return person.SandboxFilled(ctx, db, id)
}

func (s Sandboxes) worker(db *store.DB, id gid.ID) *job.Worker {
	return &job.Worker{DB: db, Handlers: s.Reactions, Name: "sandbox", World: id}
}

// setBack starts a new world's clock at an instant of the past.
func setBack(ctx context.Context, db *store.DB, id gid.ID, to time.Time) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		return id, tx.Client.World.Update().Where(world.ID(id)).SetClockOffsetMs(to.Sub(db.Now()).Milliseconds()).Exec(ctx)
	})
	return err
}

// AdvanceClock moves a sandbox's clock and does what falls due on the way, each
// as of when it fell due. What is not done by the end of the wait is done by the
// workers.
func (s Sandboxes) AdvanceClock(ctx context.Context, db *store.DB, in person.AdvanceSandboxClockInput) (gid.ID, error) {
	id, err := person.AdvanceSandboxClock(ctx, db, in)
	if err != nil {
		return id, err
	}
	ctx, done := context.WithTimeout(ctx, patience)
	defer done()
	if err := s.worker(db, id).Settle(ctx); err != nil && ctx.Err() == nil {
		return gid.None, err
	}
	return id, nil
}

// worldClock is a sandbox's own clock. Between the story's days it simply runs.
type worldClock struct {
	ctx    context.Context
	db     *store.DB
	world  gid.ID
	failed error
}

func (c *worldClock) now() time.Time {
	at, err := c.db.NowIn(c.ctx, c.world)
	c.fails(err)
	return at
}

func (c *worldClock) step() {}

func (c *worldClock) move(to time.Time) {
	if c.failed == nil {
		c.fails(person.TurnClock(viewer.WithRequest(c.ctx, &viewer.Request{ID: "sandbox", Verb: "openSandbox"}), c.db, c.world, to))
	}
}

func (c *worldClock) fails(err error) {
	if c.failed == nil {
		c.failed = err
	}
}

func (c *worldClock) err() error { return c.failed }

// People are those of a sandbox, for its owner alone, each with a fresh token.
func (s Sandboxes) People(ctx context.Context, db *store.DB, w *ent.World) ([]*Inhabitant, error) {
	if w.Status != world.StatusOpen || w.OwnerPersonID.IsNone() || w.OwnerPersonID != viewer.From(ctx).Person {
		return []*Inhabitant{}, nil
	}
	ctx = viewer.With(ctx, viewer.System("a sandbox's owner may act as everybody in it").In(w.ID))
	seats, err := s.seats(ctx, db, w.ID)
	if err != nil {
		return nil, err
	}
	var people []*Inhabitant
	for _, p := range append(append([]Person{}, cast...), newcomers...) {
		in, err := s.inhabitant(p, "@"+w.ID.String(), seats[p.Subject])
		if err != nil {
			return nil, err
		}
		people = append(people, in)
	}
	return people, nil
}

// seatOf is for whom somebody of a sandbox acts.
type seatOf struct {
	id   gid.ID
	name string
}

func (s Sandboxes) inhabitant(p Person, suffix string, seat seatOf) (*Inhabitant, error) {
	token, err := s.Issuer.Mint(auth.Claims{Subject: p.Subject + suffix, Name: p.Name, Email: p.Email, Org: seat.id})
	if err != nil {
		return nil, fmt.Errorf("mint a token for %s: %w", p.Subject, err)
	}
	in := &Inhabitant{Name: p.Name, Email: p.Email, Role: p.Role, AccessToken: token}
	if seat.name != "" {
		in.OrganizationName = &seat.name
	}
	return in, nil
}

// seats finds for whom each of a sandbox's people acts, by their subject.
func (s Sandboxes) seats(ctx context.Context, db *store.DB, id gid.ID) (map[string]seatOf, error) {
	rows, err := db.Read.Membership.Query().Where(membership.WorldID(id), membership.StatusEQ(membership.StatusActive)).All(ctx)
	if err != nil {
		return nil, err
	}
	names, err := namesIn(ctx, db, id)
	if err != nil {
		return nil, err
	}
	of := make(map[gid.ID]seatOf, len(rows))
	var people []gid.ID
	for _, m := range rows {
		of[m.PersonID] = seatOf{m.OrganizationID, names[m.OrganizationID]}
		people = append(people, m.PersonID)
	}
	known, err := db.Read.Identity.Query().Where(identity.PersonIDIn(people...)).All(ctx)
	all := make(map[string]seatOf, len(known))
	for _, i := range known {
		subject, _, _ := strings.Cut(i.Subject, "@")
		all[subject] = of[i.PersonID]
	}
	return all, err
}

// namesIn are what the organisations of a sandbox are called.
func namesIn(ctx context.Context, db *store.DB, id gid.ID) (map[gid.ID]string, error) {
	names := map[gid.ID]string{id: "The platform"}
	employers, err := db.Read.Employer.Query().Where(employerIn(id)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range employers {
		names[e.ID] = e.Name
	}
	institutions, err := db.Read.Institution.Query().Where(institutionIn(id)).All(ctx)
	for _, i := range institutions {
		names[i.ID] = i.Name
	}
	return names, err
}
