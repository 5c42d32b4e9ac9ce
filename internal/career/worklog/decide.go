package worklog

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// ApproveWorklogEntry approves logged time, or a correction of some. It never
// changes again.
func ApproveWorklogEntry(ctx context.Context, db *store.DB, in ApproveWorklogEntryInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, w, err := lock(ctx, tx, in.WorklogEntryID)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := can(v, e, w, "approveWorklogEntry", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		update := move(tx, w, "approveWorklogEntry").SetDecidedAt(tx.Now).SetDecidedByID(v.Person)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return w.ID, tell(ctx, tx, w, event.WorklogEntryApproved)
	})
}

// RejectWorklogEntry rejects logged time for a reason that the talent reads.
func RejectWorklogEntry(ctx context.Context, db *store.DB, in RejectWorklogEntryInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, w, err := lock(ctx, tx, in.WorklogEntryID)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := can(v, e, w, "rejectWorklogEntry", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.Prose("reason", in.Reason, 3, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		update := move(tx, w, "rejectWorklogEntry").SetDecidedAt(tx.Now).SetDecidedByID(v.Person).SetReason(reason)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return w.ID, tell(ctx, tx, w, event.WorklogEntryRejected)
	})
}

// CorrectWorklogEntry takes minutes of an approved entry back by another, which
// is logged at once and counts when it is approved.
func CorrectWorklogEntry(ctx context.Context, db *store.DB, in CorrectWorklogEntryInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, w, err := lock(ctx, tx, in.WorklogEntryID)
		if err != nil {
			return gid.None, err
		}
		opened, err := books(ctx, tx.Client, e)
		if err != nil {
			return gid.None, err
		}
		if err := canCorrect(viewer.From(ctx), e, w, opened[e.ID]); err != nil {
			return gid.None, err
		}
		s, err := in.read(w, opened[e.ID].standing(w))
		if err != nil {
			return gid.None, err
		}
		correction, err := entryOf(tx, e, s).SetStatus(worklogentry.StatusLogged).SetCorrectsID(w.ID).SetLoggedAt(tx.Now).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return correction.ID, tell(ctx, tx, correction, event.WorklogEntryCorrected)
	})
}
