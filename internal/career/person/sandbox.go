package person

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/person"
	"github.com/rung-dev/rung/ent/gen/ent/world"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	// mostSandboxes is how many a person has open at once.
	mostSandboxes = 3
	// farthest is how far a sandbox's clock is moved at once.
	farthest = 400 * 24 * time.Hour
	// ahead is how far it runs ahead of the real one at most: ten years.
	ahead = 3652 * 24 * time.Hour
)

// OpenSandboxInput names a sandbox.
type OpenSandboxInput struct{ Name *string }

// AdvanceSandboxClockInput says which clock is moved, and how far.
type AdvanceSandboxClockInput struct {
	SandboxID gid.ID
	By        calendar.Duration
}

// CloseSandboxInput says which sandbox is done with.
type CloseSandboxInput struct{ SandboxID gid.ID }

// SandboxStates is the life of a sandbox. One that could not be filled can be closed.
var SandboxStates = transition.Table[world.Status]{
	{
		Name: string(event.SandboxFilled), By: []transition.Side{transition.Rung},
		From: []world.Status{world.StatusOpening}, To: world.StatusOpen,
	},
	{
		Name: "advanceSandboxClock", By: insiders, Scope: viewer.SandboxesOpen, From: []world.Status{world.StatusOpen},
		Only: "Only whoever opened a sandbox or is in it moves its clock.", Not: "Only the clock of an open sandbox is moved.",
	},
	{
		Name: "closeSandbox", By: insiders, Scope: viewer.SandboxesOpen,
		From: []world.Status{world.StatusOpening, world.StatusOpen}, To: world.StatusClosed,
		Only: "Only whoever opened a sandbox or is in it closes it.", Not: "This sandbox has been closed.",
	},
}

var insiders = []transition.Side{transition.Insider}

// SandboxAbilities is what the viewer may do with one of them now.
type SandboxAbilities struct {
	AdvanceClock *fault.Ability
	Close        *fault.Ability
}

// AbilitiesOfSandbox says what the viewer, who sees it, may do with a sandbox now.
func AbilitiesOfSandbox(v viewer.Viewer, w *ent.World) *SandboxAbilities {
	return &SandboxAbilities{
		AdvanceClock: fault.AbilityOf(SandboxStates.Permit("advanceSandboxClock", v, insiders, w.Status)),
		Close:        fault.AbilityOf(SandboxStates.Permit("closeSandbox", v, insiders, w.Status)),
	}
}

// openedSandbox is what OpenSandbox made, and whose it is.
type openedSandbox struct{ SandboxID, OwnerID gid.ID }

// OpenSandbox makes an empty world that is the actor's own. Whoever fills it
// then says that it is open.
func OpenSandbox(ctx context.Context, db *store.DB, in OpenSandboxInput) (gid.ID, error) {
	done, err := store.Write(ctx, db, func(tx *store.Tx) (openedSandbox, error) {
		var r text.Reader
		name := "Sandbox"
		if in.Name != nil {
			name = r.Line("name", *in.Name, 1, 120)
		}
		if err := r.Err(); err != nil {
			return openedSandbox{}, err
		}
		if v := viewer.From(ctx); !v.Can(viewer.SandboxesOpen) || v.World != gid.LiveWorld {
			return openedSandbox{}, fault.NotPermitted("Sandboxes are opened from the live world, by somebody who has signed in.")
		}
		owner, err := Actor(ctx, tx)
		if err != nil {
			return openedSandbox{}, err
		}
		if err := mayOpen(ctx, tx, owner); err != nil {
			return openedSandbox{}, err
		}
		w, err := tx.Client.World.Create().SetKind(world.KindSandbox).SetName(name).SetStatus(world.StatusOpening).
			SetOwnerPersonID(owner).SetOpenedAt(tx.Now).Save(ctx)
		if err != nil {
			return openedSandbox{}, err
		}
		return openedSandbox{w.ID, owner}, recordSandbox(ctx, tx, event.SandboxOpened, w)
	})
	if v := viewer.From(ctx); err == nil && v.Person.IsNone() {
		v.Person = done.OwnerID
		viewer.Become(ctx, v)
	}
	return done.SandboxID, err
}

// mayOpen counts what the owner has open already. The owner's row is locked, so
// that two requests do not both find room.
func mayOpen(ctx context.Context, tx *store.Tx, owner gid.ID) error {
	all := tx.System("a newcomer's own row is locked before they see it")
	if _, err := all.Person.Query().Where(person.ID(owner), store.Locked).Only(ctx); err != nil {
		return err
	}
	open, err := all.World.Query().Where(world.OwnerPersonID(owner), world.StatusNEQ(world.StatusClosed)).Count(ctx)
	if err == nil && open >= mostSandboxes {
		err = fault.LimitReached("", "You have three sandboxes open. Close one first.")
	}
	return err
}

// SandboxFilled says that a sandbox can be used: its story has been told.
func SandboxFilled(ctx context.Context, db *store.DB, id gid.ID) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		w, err := tx.Client.World.Query().Where(world.ID(id), world.StatusEQ(world.StatusOpening), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, err
		}
		to := SandboxStates.Verb(string(event.SandboxFilled)).To
		if err := tx.Client.World.Update().Where(world.ID(id)).SetStatus(to).Exec(ctx); err != nil {
			return gid.None, err
		}
		return id, recordSandbox(ctx, tx, event.SandboxFilled, w)
	})
	return err
}

// TurnClock brings a sandbox's clock to an instant, and its timers with it. A
// clock that is there already stays.
func TurnClock(ctx context.Context, db *store.DB, id gid.ID, to time.Time) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		w, err := tx.Client.World.Query().Where(world.ID(id), world.KindEQ(world.KindSandbox), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, err
		}
		by := to.Sub(*Shows(db, w))
		if by <= 0 {
			return gid.None, nil
		}
		return gid.None, turn(ctx, tx, w, by)
	})
	return err
}

// Shows is what a sandbox's clock shows.
func Shows(db *store.DB, w *ent.World) *time.Time {
	at := db.Now().Add(time.Duration(w.ClockOffsetMs) * time.Millisecond)
	return &at
}

// Sandbox is one that the viewer opened or is in, or nil.
func Sandbox(ctx context.Context, db *store.DB, id gid.ID) (*ent.World, error) {
	w, err := db.Read.World.Query().Where(world.ID(id), world.KindEQ(world.KindSandbox)).Only(ctx)
	return w, store.Found(err, nil)
}

// Sandboxes are those that the viewer opened and has not closed, the latest
// first.
func Sandboxes(ctx context.Context, db *store.DB) ([]*ent.World, error) {
	owner := viewer.From(ctx).Person
	if owner.IsNone() {
		return []*ent.World{}, nil
	}
	return db.Read.World.Query().Where(world.OwnerPersonID(owner), world.StatusNEQ(world.StatusClosed)).
		Order(ent.Desc(world.FieldOpenedAt, world.FieldID)).All(ctx)
}

func turn(ctx context.Context, tx *store.Tx, w *ent.World, by time.Duration) error {
	if err := tx.Client.World.Update().Where(world.ID(w.ID)).AddClockOffsetMs(by.Milliseconds()).Exec(ctx); err != nil {
		return err
	}
	return job.Nearer(ctx, tx, w.ID, by)
}

// AdvanceSandboxClock moves a sandbox's clock forward. What falls due by it is
// done next.
func AdvanceSandboxClock(ctx context.Context, db *store.DB, in AdvanceSandboxClockInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		w, err := lockSandbox(ctx, tx, in.SandboxID, "advanceSandboxClock")
		if err != nil {
			return gid.None, err
		}
		by := time.Duration(in.By)
		if by <= 0 || by > farthest {
			return gid.None, fault.InvalidValue("by", "Move the clock forward, by at most 400 days at once.")
		}
		if time.Duration(w.ClockOffsetMs)*time.Millisecond+by > ahead {
			return gid.None, fault.LimitReached("by", "A sandbox's clock runs at most ten years ahead. Open another sandbox.")
		}
		if err := turn(ctx, tx, w, by); err != nil {
			return gid.None, err
		}
		return w.ID, recordSandbox(ctx, tx, event.SandboxClockAdvanced, w)
	})
}

// CloseSandbox ends a sandbox: its tokens are refused from then on, and nothing
// falls due in it any more.
func CloseSandbox(ctx context.Context, db *store.DB, in CloseSandboxInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		w, err := lockSandbox(ctx, tx, in.SandboxID, "closeSandbox")
		if err != nil {
			return gid.None, err
		}
		if err := tx.Client.World.Update().Where(world.ID(w.ID)).SetStatus(SandboxStates.Verb("closeSandbox").To).SetClosedAt(tx.Now).Exec(ctx); err != nil {
			return gid.None, err
		}
		if err := job.Drop(ctx, tx, w.ID); err != nil {
			return gid.None, err
		}
		return w.ID, recordSandbox(ctx, tx, event.SandboxClosed, w)
	})
}

// lockSandbox finds a sandbox that the viewer opened or is in, and asks whether the
// verb is for now.
func lockSandbox(ctx context.Context, tx *store.Tx, id gid.ID, verb string) (*ent.World, error) {
	w, err := tx.Client.World.Query().Where(world.ID(id), world.KindEQ(world.KindSandbox), store.Locked).Only(ctx)
	if err != nil {
		return nil, store.Found(err, fault.NotFound("sandboxId", "There is no such sandbox."))
	}
	return w, SandboxStates.Permit(verb, viewer.From(ctx), insiders, w.Status)
}

func recordSandbox(ctx context.Context, tx *store.Tx, kind event.Kind, w *ent.World) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: w.ID, IDs: map[string]gid.ID{"owner": w.OwnerPersonID}, Parties: []gid.ID{w.ID},
	})
}
