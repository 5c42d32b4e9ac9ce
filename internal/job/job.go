// Package job does what a change made necessary, after the change: it was
// queued in the change's own transaction, so it is there exactly when the change
// is, and it is tried until it is done or somebody must look at it.
package job

import (
	"context"
	"encoding/json"
	"fmt"

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
	body, err := json.Marshal(payload{subject})
	if err != nil {
		return err
	}
	err = tx.System("a queued job is nobody's to see").Job.Create().SetWorldID(tx.World()).SetKind(string(kind)).
		SetPayload(body).SetRunAt(tx.Now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("queue %s: %w", kind, err)
	}
	return nil
}
