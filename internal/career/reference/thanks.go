package reference

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent/thankyounote"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// SendThankYouNote thanks the other side for completed work, once.
func SendThankYouNote(ctx context.Context, db *store.DB, in SendThankYouNoteInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := application.LockEngagement(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		v, by := viewer.From(ctx), thankyounote.SentByEmployer
		if v.Talent == e.TalentID {
			by = thankyounote.SentByTalent
		}
		hasThanked, err := tx.ThankYouNote.Query().Where(thankyounote.EngagementID(e.ID), thankyounote.SentByEQ(by)).Exist(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := canThank(v, e, hasThanked); err != nil {
			return gid.None, err
		}
		var r text.Reader
		said := r.Prose("text", in.Text, 1, 2000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		note, err := tx.ThankYouNote.Create().SetWorldID(e.WorldID).SetOwnerOrgID(e.EmployerOrgID).SetEmployerOrgID(e.EmployerOrgID).
			SetEngagementID(e.ID).SetTalentID(e.TalentID).SetAuthorID(v.Person).SetSentBy(by).SetText(said).SetSentAt(tx.Now).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return note.ID, event.Record(ctx, tx, event.Event{
			Kind: event.ThankYouNoteSent, Subject: note.ID,
			IDs: map[string]gid.ID{"engagement": e.ID}, Parties: []gid.ID{e.EmployerOrgID, e.TalentID},
		})
	})
}
