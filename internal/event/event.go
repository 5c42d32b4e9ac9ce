// Package event is the log of what happened. Every transition writes one event
// in its own change, and each party that may see it gets it in a sequence
// without gaps.
package event

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
)

// Event is one thing that happened to its subject.
type Event struct {
	Kind    Kind
	Subject gid.ID
	// IDs names what else took part, by role: ids, never documents.
	IDs map[string]gid.ID
	// Parties are the organisations and talent profiles that may see it.
	Parties []gid.ID
}

// Record writes the event at once, and its feed entries when the change is
// about to commit.
func Record(ctx context.Context, tx *store.Tx, e Event) error {
	if _, known := causes[e.Kind]; !known {
		return fmt.Errorf("event: %s is not in the table of kinds", e.Kind)
	}
	ids, err := json.Marshal(e.IDs)
	if err != nil {
		return err
	}
	row, err := tx.Event.Create().SetWorldID(tx.World()).SetChangeID(tx.Change).SetPosition(len(tx.Recorded)).
		SetKind(string(e.Kind)).SetSubjectID(e.Subject).SetIds(ids).SetOccurredAt(tx.Now).Save(ctx)
	if err != nil {
		return fmt.Errorf("record %s: %w", e.Kind, err)
	}
	if len(tx.Recorded) == 0 {
		tx.Last(func(ctx context.Context) error { return feed(ctx, tx) })
	}
	tx.Recorded = append(tx.Recorded, store.Recorded{ID: row.ID, Subject: e.Subject, Parties: e.Parties})
	return notify(ctx, tx, e, row.ID)
}

// feed numbers the change's events for each party. The counters are taken in
// id order, so that two changes never wait for each other in a circle.
func feed(ctx context.Context, tx *store.Tx) error {
	events := map[gid.ID][]gid.ID{}
	for _, e := range tx.Recorded {
		for _, party := range e.Parties {
			if !party.IsNone() && !slices.Contains(events[party], e.ID) {
				events[party] = append(events[party], e.ID)
			}
		}
	}
	var entries []*ent.FeedEntryCreate
	for _, party := range slices.SortedFunc(maps.Keys(events), gid.ID.Compare) {
		n := len(events[party])
		at, err := tx.Advance(ctx, party, n)
		if err != nil {
			return fmt.Errorf("advance the feed of %s: %w", party, err)
		}
		for i, id := range events[party] {
			entries = append(entries, tx.FeedEntry.Create().SetPartyID(party).SetSequence(at-int64(n-1-i)).SetEventID(id))
		}
	}
	return tx.FeedEntry.CreateBulk(entries...).Exec(ctx)
}
