// Package worklog keeps how long a talent worked on which day: the talent logs
// it, and the employer's supervisors approve or reject it.
package worklog

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// DraftWorklogEntry notes time that was worked. Only the talent sees it yet.
func DraftWorklogEntry(ctx context.Context, db *store.DB, in DraftWorklogEntryInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := application.LockEngagement(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		if err := CanDraft(viewer.From(ctx), e); err != nil {
			return gid.None, err
		}
		s, err := in.read(e, tx.Now)
		if err != nil {
			return gid.None, err
		}
		if err := s.belongs(ctx, tx, e); err != nil {
			return gid.None, err
		}
		w, err := entryOf(tx, e, s).SetStatus(worklogentry.StatusDraft).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return w.ID, record(ctx, tx, w, event.WorklogEntryDrafted, []gid.ID{w.TalentID})
	})
}

// ReviseWorklogEntry changes a draft: a field left out stays.
func ReviseWorklogEntry(ctx context.Context, db *store.DB, in ReviseWorklogEntryInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, w, err := lock(ctx, tx, in.WorklogEntryID)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), e, w, "reviseWorklogEntry", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		s, err := in.read(e, w, tx.Now)
		if err != nil {
			return gid.None, err
		}
		if err := s.belongs(ctx, tx, e); err != nil {
			return gid.None, err
		}
		update := touch(tx, w).SetWorkedOn(s.on).SetMinutes(s.minutes).SetNote(s.note)
		if s.deliverable.IsNone() {
			update.ClearDeliverableID()
		} else {
			update.SetDeliverableID(s.deliverable)
		}
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return w.ID, record(ctx, tx, w, event.WorklogEntryRevised, []gid.ID{w.TalentID})
	})
}

// LogWorklogEntry shows a draft to the employer, whose supervisors decide on it.
func LogWorklogEntry(ctx context.Context, db *store.DB, in LogWorklogEntryInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, w, err := lock(ctx, tx, in.WorklogEntryID)
		if err != nil {
			return gid.None, err
		}
		opened, err := books(ctx, tx.Client, e)
		if err != nil {
			return gid.None, err
		}
		if err := canLog(viewer.From(ctx), e, w, opened[e.ID], in.ExpectedRevision, tx.Now); err != nil {
			return gid.None, err
		}
		if err := store.Moved(move(tx, w, "logWorklogEntry").SetLoggedAt(tx.Now).Save(ctx)); err != nil {
			return gid.None, err
		}
		return w.ID, tell(ctx, tx, w, event.WorklogEntryLogged)
	})
}

// DiscardWorklogEntry gives a draft up.
func DiscardWorklogEntry(ctx context.Context, db *store.DB, in DiscardWorklogEntryInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, w, err := lock(ctx, tx, in.WorklogEntryID)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), e, w, "discardWorklogEntry", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		if err := store.Moved(move(tx, w, "discardWorklogEntry").Save(ctx)); err != nil {
			return gid.None, err
		}
		return w.ID, record(ctx, tx, w, event.WorklogEntryDiscarded, []gid.ID{w.TalentID})
	})
}

// entryOf begins an entry of an engagement.
func entryOf(tx *store.Tx, e *ent.Engagement, s stint) *ent.WorklogEntryCreate {
	create := tx.WorklogEntry.Create().SetWorldID(e.WorldID).SetOwnerOrgID(e.EmployerOrgID).SetEmployerOrgID(e.EmployerOrgID).
		SetEngagementID(e.ID).SetTalentID(e.TalentID).SetWorkedOn(s.on).SetMinutes(s.minutes).SetNote(s.note)
	if !s.deliverable.IsNone() {
		create.SetDeliverableID(s.deliverable)
	}
	return create
}

// lock reads an entry that the viewer may see, and its engagement: locked, the
// engagement first, as everywhere.
func lock(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.Engagement, *ent.WorklogEntry, error) {
	missing := fault.NotFound("worklogEntryId", "There is no such worklog entry.")
	seen, err := tx.WorklogEntry.Get(ctx, id)
	if err != nil {
		return nil, nil, store.Found(err, missing)
	}
	e, err := application.LockEngagement(ctx, tx, seen.EngagementID)
	if err != nil {
		return nil, nil, err
	}
	w, err := tx.WorklogEntry.Query().Where(worklogentry.ID(id), store.Locked).Only(ctx)
	return e, w, store.Found(err, missing)
}

func touch(tx *store.Tx, w *ent.WorklogEntry) *ent.WorklogEntryUpdate {
	return tx.WorklogEntry.Update().Where(worklogentry.ID(w.ID), worklogentry.Revision(w.Revision))
}

// move begins the change that leads where the verb does.
func move(tx *store.Tx, w *ent.WorklogEntry, verb string) *ent.WorklogEntryUpdate {
	return touch(tx, w).SetStatus(States.Verb(verb).To)
}

// belongs refuses a deliverable that is not of the engagement.
func (s stint) belongs(ctx context.Context, tx *store.Tx, e *ent.Engagement) error {
	if s.deliverable.IsNone() {
		return nil
	}
	there, err := tx.Deliverable.Query().Where(deliverable.ID(s.deliverable), deliverable.EngagementID(e.ID)).Exist(ctx)
	if err == nil && !there {
		err = fault.NotFound("deliverableId", "There is no such deliverable of this engagement.")
	}
	return err
}

// tell records what both sides and the talent's institutions hear of.
func tell(ctx context.Context, tx *store.Tx, w *ent.WorklogEntry, kind event.Kind) error {
	parties, err := application.Parties(ctx, tx, w.EmployerOrgID, w.TalentID)
	if err != nil {
		return err
	}
	return record(ctx, tx, w, kind, parties)
}

func record(ctx context.Context, tx *store.Tx, w *ent.WorklogEntry, kind event.Kind, parties []gid.ID) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: w.ID, Parties: parties,
		IDs: map[string]gid.ID{"engagement": w.EngagementID, "talent": w.TalentID, "employer": w.EmployerOrgID},
	})
}
