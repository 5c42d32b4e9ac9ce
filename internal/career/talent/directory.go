package talent

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// OptOutOfDirectory keeps a talent out of an institution's directory, from the next
// request on and whatever the institution announces later.
func OptOutOfDirectory(ctx context.Context, db *store.DB, in OptOutOfDirectoryInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		a, err := chosen(ctx, tx, in.AffiliationID)
		if err != nil {
			return gid.None, err
		}
		if err := canOptOut(viewer.From(ctx), a, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		return a.ID, choose(ctx, tx, a, event.DirectoryOptedOut, tx.Affiliation.Update().SetDirectoryOptedOutAt(tx.Now))
	})
}

// ReturnToDirectory takes an opt-out back.
func ReturnToDirectory(ctx context.Context, db *store.DB, in ReturnToDirectoryInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		a, err := chosen(ctx, tx, in.AffiliationID)
		if err != nil {
			return gid.None, err
		}
		if err := canReturn(viewer.From(ctx), a, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		return a.ID, choose(ctx, tx, a, event.DirectoryReturned, tx.Affiliation.Update().ClearDirectoryOptedOutAt())
	})
}

func chosen(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.Affiliation, error) {
	// Locked: it may end meanwhile.
	a, err := tx.Affiliation.Query().Where(affiliation.ID(id), store.Locked).Only(ctx)
	return a, store.Found(err, fault.NotFound("affiliationId", "There is no such affiliation."))
}

func choose(ctx context.Context, tx *store.Tx, a *ent.Affiliation, kind event.Kind, update *ent.AffiliationUpdate) error {
	update.Where(affiliation.ID(a.ID), affiliation.Revision(a.Revision))
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return tell(ctx, tx, kind, a)
}

// optedOutBefore is since when a talent has opted out of an institution's directory,
// by their last affiliation with it: who comes back has not changed their mind.
func optedOutBefore(ctx context.Context, tx *store.Tx, talent, institution gid.ID) (*time.Time, error) {
	last, err := tx.Affiliation.Query().Where(affiliation.TalentID(talent), affiliation.InstitutionID(institution)).
		Order(ent.Desc(affiliation.FieldCreatedAt, affiliation.FieldID)).First(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return last.DirectoryOptedOutAt, nil
}
