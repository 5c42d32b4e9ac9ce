// Package directory is about what institutions tell of their talents to employers: by
// a public notice, field by field, once everybody has had time to opt out. Whoever
// opts out is told of no more.
package directory

import (
	"context"
	"encoding/json"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/directorynotice"
	entevent "github.com/rung-dev/rung/ent/gen/ent/event"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// TellOfNotice is what follows when a notice tells something new: its institution's
// talents hear of it, to opt out in time.
const TellOfNotice job.Kind = "tellOfDirectoryNotice"

// AnnounceDirectoryInformation says what the viewer's institution tells of its talents,
// in the place of what it announced before.
func AnnounceDirectoryInformation(ctx context.Context, db *store.DB, in AnnounceDirectoryInformationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		if err := canAnnounce(v); err != nil {
			return gid.None, err
		}
		// Locked: two must not announce at once.
		i, err := tx.Institution.Query().Where(institution.ID(v.Institution()), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, err
		}
		live, err := replaced(ctx, tx, i.ID, in.ReplacesID)
		if err != nil {
			return gid.None, err
		}
		p, err := in.read(live, tx.Now)
		if err != nil {
			return gid.None, err
		}
		if live != nil {
			if err := end(ctx, tx, live, announce); err != nil {
				return gid.None, err
			}
		}
		n, err := tx.DirectoryNotice.Create().SetWorldID(tx.World()).SetInstitutionID(i.ID).SetDesignated(words(p.fields)).SetKept(words(p.kept)).
			SetNoticeURL(p.noticeURL).SetAnnouncedAt(tx.Now).SetEffectiveAt(p.effectiveAt).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return n.ID, follow(ctx, tx, n, live, p)
	})
}

// replaced is the notice that stands, which whoever announces has named; nil where
// there is none.
func replaced(ctx context.Context, tx *store.Tx, institution gid.ID, named *gid.ID) (*ent.DirectoryNotice, error) {
	if named == nil {
		live, err := liveOf(ctx, tx.Client, institution)
		if err != nil {
			return nil, err
		}
		return nil, canFollow(live, named)
	}
	// Locked: it may be withdrawn meanwhile.
	n, err := tx.DirectoryNotice.Query().Where(directorynotice.ID(*named), store.Locked).Only(ctx)
	if err != nil {
		return nil, store.Found(err, fault.NotFound("replacesId", "There is no such notice."))
	}
	return n, canReplace(viewer.From(ctx), n)
}

// follow tells of a new notice, and of the one in whose place it comes.
func follow(ctx context.Context, tx *store.Tx, n, live *ent.DirectoryNotice, p plan) error {
	if err := record(ctx, tx, n, event.DirectoryNoticeAnnounced); err != nil {
		return err
	}
	if live != nil {
		if err := record(ctx, tx, live, event.DirectoryNoticeReplaced); err != nil {
			return err
		}
	}
	if !p.adds() {
		return nil
	}
	return job.Enqueue(ctx, tx, TellOfNotice, n.ID)
}

// WithdrawDirectoryInformation ends a notice. Nothing is told by it from the next
// request on.
func WithdrawDirectoryInformation(ctx context.Context, db *store.DB, in WithdrawDirectoryInformationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: it may be replaced meanwhile.
		n, err := tx.DirectoryNotice.Query().Where(directorynotice.ID(in.DirectoryNoticeID), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("directoryNoticeId", "There is no such notice."))
		}
		if err := canWithdraw(viewer.From(ctx), n, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		if err := end(ctx, tx, n, withdraw); err != nil {
			return gid.None, err
		}
		return n.ID, record(ctx, tx, n, event.DirectoryNoticeWithdrawn)
	})
}

func end(ctx context.Context, tx *store.Tx, n *ent.DirectoryNotice, verb string) error {
	update := tx.DirectoryNotice.Update().Where(directorynotice.ID(n.ID), directorynotice.Revision(n.Revision)).
		SetStatus(States.Verb(verb).To).SetEndedAt(tx.Now)
	return store.Moved(update.Save(ctx))
}

func record(ctx context.Context, tx *store.Tx, n *ent.DirectoryNotice, kind event.Kind) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: n.ID, IDs: map[string]gid.ID{"institution": n.InstitutionID}, Parties: []gid.ID{n.InstitutionID},
	})
}

// Tell lets some hundred talents know of a notice, and queues the rest: a school has
// more than one change should hold. Whoever is confirmed later has two weeks from then.
func Tell(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: nobody is told twice, and of a notice that has ended nobody any more.
		n, err := tx.DirectoryNotice.Query().Where(directorynotice.ID(w.Subject), store.Locked).Only(ctx)
		if err != nil || n.Status != directorynotice.StatusAnnounced {
			return gid.None, err
		}
		after, err := toldUpTo(ctx, tx, n.ID)
		if err != nil {
			return gid.None, err
		}
		q := tx.Affiliation.Query().Where(affiliation.InstitutionID(n.InstitutionID), affiliation.StatusEQ(affiliation.StatusConfirmed))
		if !after.IsNone() {
			q.Where(affiliation.IDGT(after))
		}
		next, err := q.Order(ent.Asc(affiliation.FieldID)).Limit(toldAtOnce).All(ctx)
		if err != nil || len(next) == 0 {
			return gid.None, err
		}
		told := event.Event{Kind: event.DirectoryNoticeTold, Subject: n.ID, IDs: map[string]gid.ID{"institution": n.InstitutionID, "upTo": next[len(next)-1].ID}}
		for _, a := range next {
			told.Parties = append(told.Parties, a.TalentID)
		}
		if err := event.Record(ctx, tx, told); err != nil || len(next) < toldAtOnce {
			return gid.None, err
		}
		return gid.None, job.Enqueue(ctx, tx, TellOfNotice, n.ID)
	})
	return err
}

// toldUpTo is the last affiliation whose talent was told of a notice.
func toldUpTo(ctx context.Context, tx *store.Tx, notice gid.ID) (gid.ID, error) {
	told, err := tx.Event.Query().Where(entevent.SubjectID(notice), entevent.Kind(string(event.DirectoryNoticeTold))).All(ctx)
	if err != nil {
		return gid.None, err
	}
	last := gid.None
	for _, e := range told {
		var ids map[string]gid.ID
		if err := json.Unmarshal(e.Ids, &ids); err != nil {
			return gid.None, err
		}
		if ids["upTo"].Compare(last) > 0 {
			last = ids["upTo"]
		}
	}
	return last, nil
}

// liveOf is the notice of an institution that stands, or nil.
func liveOf(ctx context.Context, read *ent.Client, institution gid.ID) (*ent.DirectoryNotice, error) {
	n, err := read.DirectoryNotice.Query().
		Where(directorynotice.InstitutionID(institution), directorynotice.StatusEQ(directorynotice.StatusAnnounced)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return n, err
}

// Live are the notices of institutions that stand.
func Live(ctx context.Context, db *store.DB, institutions []gid.ID) ([]*ent.DirectoryNotice, error) {
	return db.Read.DirectoryNotice.Query().
		Where(directorynotice.InstitutionIDIn(institutions...), directorynotice.StatusEQ(directorynotice.StatusAnnounced)).All(ctx)
}

// ShownNow is what each notice lets be told now.
func ShownNow(ctx context.Context, db *store.DB, notices []*ent.DirectoryNotice) ([][]DirectoryField, error) {
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	shown := make([][]DirectoryField, len(notices))
	for i, n := range notices {
		shown[i] = ShownAt(n, now)
	}
	return shown, nil
}

// DirectoryNoticeAbilities is what the viewer may do with one of them now.
type DirectoryNoticeAbilities struct {
	Replace  *fault.Ability
	Withdraw *fault.Ability
}

// Abilities says what the viewer may do with a notice now.
func Abilities(v viewer.Viewer, n *ent.DirectoryNotice) *DirectoryNoticeAbilities {
	return &DirectoryNoticeAbilities{
		Replace: fault.AbilityOf(canReplace(v, n)), Withdraw: fault.AbilityOf(canWithdraw(v, n, n.Revision)),
	}
}

// belongsSince is until when an institution must have confirmed a talent for its
// directory to tell of them.
func belongsSince(now time.Time) time.Time { return now.Add(-optOutTime) }
