package demo

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// teller tells the story step by step. After a step that failed it does nothing
// more, so that steps read as if none could.
type teller struct {
	ctx    context.Context // the system's
	db     *store.DB
	clock  clock
	home   gid.ID // the world in which it happens
	shift  int    // days by which everything happens later
	issuer string
	suffix string // of the subjects in a sandbox, which has the same people
	worker *job.Worker
	world  World
	actors map[string]viewer.Viewer
	steps  int
	failed error
}

// clock is what the story's days are told by.
type clock interface {
	now() time.Time
	step()
	move(to time.Time)
	err() error
}

func newTeller(ctx context.Context, db *store.DB, c clock, o Options) *teller {
	return &teller{
		ctx: ctx, db: db, clock: c, home: gid.LiveWorld, issuer: o.Issuer, shift: o.shift(),
		world:  World{IDs: map[string]gid.ID{}, People: map[string]Person{}},
		actors: map[string]viewer.Viewer{},
	}
}

// does takes one step as somebody, and then lets follow what follows from it.
func does[I, R any](t *teller, who, verb string, act func(context.Context, *store.DB, I) (R, error), in I) R {
	var nothing R
	if t.failed != nil {
		return nothing
	}
	t.steps++
	t.clock.step()
	ctx := viewer.With(t.ctx, t.actors[who])
	ctx = viewer.WithRequest(ctx, &viewer.Request{ID: "demo-" + strconv.Itoa(t.steps), Verb: verb})
	done, err := act(ctx, t.db, in)
	err = errors.Join(err, t.clock.err())
	if err == nil {
		t.actors[who] = viewer.From(ctx)
		err = t.settle()
	}
	if err != nil {
		t.failed = fmt.Errorf("demo: step %d, %s %ss: %w", t.steps, who, verb, err)
		return nothing
	}
	return done
}

// settle lets follow what follows from a step. In a sandbox others may be doing
// some of it.
func (t *teller) settle() error {
	if t.worker.World.IsNone() {
		_, err := t.worker.Drain(t.ctx)
		return err
	}
	return t.worker.Settle(t.ctx)
}

// on moves the clock to the morning of a day of the story.
func (t *teller) on(month time.Month, day int) {
	t.clock.move(time.Date(Began.Year(), month, day+t.shift, 13, 0, 0, 0, time.UTC))
}

// day is a day of the story, as much later as the story is.
func (t *teller) day(d calendar.Date) calendar.Date { return d.Plus(t.shift) }

// named keeps an id under a name, and passes it on.
func (t *teller) named(name string, id gid.ID) gid.ID {
	if t.failed == nil {
		t.world.IDs[name] = id
	}
	return id
}

// newcomer lets somebody of the cast sign in for the first time.
func (t *teller) newcomer(subject string) {
	p := actorNamed(subject)
	t.world.People[subject] = p
	t.actors[subject] = viewer.Viewer{
		Kind: viewer.Newcomer, World: t.home, Role: viewer.RoleNewcomer, Scopes: viewer.ScopesOf(viewer.RoleNewcomer),
		Issuer: t.issuer, Subject: p.Subject + t.suffix, Name: p.Name, Email: p.Email,
	}
}

// seat lets somebody act for an organisation, in the role that the cast gives
// them.
func (t *teller) seat(subject string, organization gid.ID) {
	p := actorNamed(subject)
	t.actors["the installation"] = viewer.System("the demo world's people are appointed").In(t.home)
	seated := does(t, "the installation", "appoint", person.Appoint, person.Appointment{
		Person: person.SeatInput{Issuer: t.issuer, Subject: p.Subject + t.suffix, Name: p.Name, Email: &p.Email}, Organization: organization,
		Role: membership.Role(p.Role),
	})
	t.acts(subject, t.named(subject, seated.PersonID), organization)
}

// acts makes somebody's next steps those of an organisation.
func (t *teller) acts(subject string, who, organization gid.ID) {
	p := actorNamed(subject)
	p.Organization = organization
	t.world.People[subject] = p
	kinds := map[gid.Noun]viewer.Kind{
		gid.Employer: viewer.EmployerMember, gid.Institution: viewer.CareerStaff, gid.World: viewer.Operator,
	}
	role := viewer.Role(p.Role)
	t.actors[subject] = viewer.Viewer{
		Kind: kinds[organization.Noun()], World: t.home, Person: who, Org: organization, Role: role,
		Scopes: viewer.ScopesOf(role), Issuer: t.issuer, Subject: p.Subject + t.suffix, Name: p.Name, Email: p.Email,
	}
}

// find reads a row's id by a query of the story's own.
func (t *teller) find(name string, query func(context.Context) (gid.ID, error)) gid.ID {
	if t.failed != nil {
		return gid.None
	}
	id, err := query(t.ctx)
	if err != nil {
		t.failed = fmt.Errorf("demo: find %s: %w", name, err)
	}
	return t.named(name, id)
}

// revision is what a row stands at.
func (t *teller) revision(id gid.ID) int {
	if t.failed != nil {
		return 0
	}
	n, err := Revision(t.ctx, t.db.Read, id)
	if err != nil {
		t.failed = fmt.Errorf("demo: read the revision of %s: %w", id, err)
	}
	return n
}

func ptr[T any](v T) *T { return &v }
