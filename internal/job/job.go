// Package job does what a change made necessary, after the change: it was
// queued in the change's own transaction, so it is there exactly when the change
// is, and it is tried until it is done or somebody must look at it.
package job

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/job"
	"github.com/rung-dev/rung/ent/gen/ent/predicate"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
)

// Kind names what is to be done.
type Kind string

// Work is one queued job as its handler gets it. It may be done more than once:
// handlers look whether there is something left to do.
type Work struct {
	ID      gid.ID
	World   gid.ID
	Kind    Kind
	Subject gid.ID
}

// Handler does one kind of work. It changes what it changes through
// store.Write, as the viewer and with the request that the context carries.
type Handler func(ctx context.Context, db *store.DB, w Work) error

type payload struct {
	Subject gid.ID `json:"subject"`
}

// Enqueue queues work about a subject; it runs once the change has committed.
func Enqueue(ctx context.Context, tx *store.Tx, kind Kind, subject gid.ID) error {
	return queue(ctx, tx, kind, subject, tx.Now, nil)
}

// At sets a timer: work about a subject that falls due when the world's clock
// shows at. There is one of a kind for each subject: setting it again moves it.
// The change holds the subject's row, so nobody else sets it meanwhile.
func At(ctx context.Context, tx *store.Tx, kind Kind, subject gid.ID, at time.Time) error {
	moved, err := timers(tx).Update().Where(waiting(tx, kind, subject)...).SetRunAt(tx.Real(at)).Save(ctx)
	if err != nil {
		return fmt.Errorf("move the timer %s: %w", kind, err)
	}
	if moved > 0 {
		return nil
	}
	key := subject.String()
	return queue(ctx, tx, kind, subject, at, &key)
}

// Unset takes a timer back that nothing waits for any more.
func Unset(ctx context.Context, tx *store.Tx, kind Kind, subject gid.ID) error {
	_, err := timers(tx).Delete().Where(waiting(tx, kind, subject)...).Exec(ctx)
	if err != nil {
		return fmt.Errorf("unset the timer %s: %w", kind, err)
	}
	return nil
}

// Nearer brings what is queued in a world nearer: its clock was moved.
func Nearer(ctx context.Context, tx *store.Tx, world gid.ID, by time.Duration) error {
	queued, err := timers(tx).Query().Where(job.WorldID(world), job.StatusEQ(job.StatusQueued)).All(ctx)
	if err != nil {
		return fmt.Errorf("read the timers of %s: %w", world, err)
	}
	for _, j := range queued {
		err := timers(tx).Update().Where(job.ID(j.ID), job.StatusEQ(job.StatusQueued)).SetRunAt(j.RunAt.Add(-by)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("bring the timer %s nearer: %w", j.Kind, err)
		}
	}
	return nil
}

// Drop forgets what is queued in a world that has ended.
func Drop(ctx context.Context, tx *store.Tx, world gid.ID) error {
	_, err := timers(tx).Delete().Where(job.WorldID(world), job.StatusEQ(job.StatusQueued)).Exec(ctx)
	return err
}

func timers(tx *store.Tx) *ent.JobClient { return tx.System("a queued job is nobody's to see").Job }

func waiting(tx *store.Tx, kind Kind, subject gid.ID) []predicate.Job {
	return []predicate.Job{
		job.WorldID(tx.World()), job.Kind(string(kind)), job.Key(subject.String()), job.StatusEQ(job.StatusQueued),
	}
}

func queue(ctx context.Context, tx *store.Tx, kind Kind, subject gid.ID, at time.Time, key *string) error {
	body, err := json.Marshal(payload{subject})
	if err != nil {
		return err
	}
	err = timers(tx).Create().SetWorldID(tx.World()).SetKind(string(kind)).SetPayload(body).SetRunAt(tx.Real(at)).SetNillableKey(key).Exec(ctx)
	if err != nil {
		return fmt.Errorf("queue %s: %w", kind, err)
	}
	return nil
}
