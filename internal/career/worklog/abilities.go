package worklog

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// WorklogEntryAbilities is what the viewer may do with one of them now.
type WorklogEntryAbilities struct {
	Revise  *fault.Ability
	Log     *fault.Ability
	Discard *fault.Ability
	Approve *fault.Ability
	Reject  *fault.Ability
	Correct *fault.Ability
}

// Abilities says what the viewer may do with each entry now.
func Abilities(ctx context.Context, db *store.DB, entries []*ent.WorklogEntry) ([]*WorklogEntryAbilities, error) {
	works, err := worksOf(ctx, db, entries)
	if err != nil {
		return nil, err
	}
	opened, err := ownBooks(ctx, db, works)
	if err != nil {
		return nil, err
	}
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	all := make([]*WorklogEntryAbilities, len(entries))
	for i, w := range entries {
		if w == nil {
			continue
		}
		e := works[w.EngagementID]
		able := func(verb string) *fault.Ability { return fault.AbilityOf(can(v, e, w, verb, w.Revision)) }
		all[i] = &WorklogEntryAbilities{
			Revise: able("reviseWorklogEntry"), Discard: able("discardWorklogEntry"),
			Approve: able("approveWorklogEntry"), Reject: able("rejectWorklogEntry"),
			Log:     fault.AbilityOf(canLog(v, e, w, opened[e.ID], w.Revision, now)),
			Correct: fault.AbilityOf(canCorrect(v, e, w, opened[e.ID])),
		}
	}
	return all, nil
}

// worksOf are the engagements of entries: who sees an entry sees its work.
func worksOf(ctx context.Context, db *store.DB, entries []*ent.WorklogEntry) (map[gid.ID]*ent.Engagement, error) {
	ids := gid.Of(entries, func(w *ent.WorklogEntry) gid.ID { return w.EngagementID })
	rows, err := db.Read.Engagement.Query().Where(engagement.IDIn(ids...)).All(ctx)
	works := make(map[gid.ID]*ent.Engagement, len(rows))
	for _, e := range rows {
		works[e.ID] = e
	}
	return works, err
}

// ownBooks opens the books of the viewer's own work: nobody else writes there.
func ownBooks(ctx context.Context, db *store.DB, works map[gid.ID]*ent.Engagement) (map[gid.ID]book, error) {
	v := viewer.From(ctx)
	var own []*ent.Engagement
	for _, e := range works {
		if e.TalentID == v.Talent {
			own = append(own, e)
		}
	}
	return books(ctx, db.Read, own...)
}
