package engagement

import (
	"context"

	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// ReviseOffer changes the days, the time to decide, the message and the milestones
// of an offer that waits for an answer, and chooses its documents anew. The time to
// answer begins anew.
func ReviseOffer(ctx context.Context, db *store.DB, in ReviseOfferInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		o, _, err := lockOffer(ctx, tx, in.OfferID)
		if err != nil {
			return gid.None, err
		}
		if err := canAnswer(viewer.From(ctx), o, "reviseOffer", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		p, err := tx.MicroProject.Get(ctx, o.MicroProjectID)
		if err != nil {
			return gid.None, err
		}
		message, err := readTerms(p, in.StartsOn, in.EndsOn, in.DecisionDays, in.Message, calendar.On(tx.Now))
		if err != nil {
			return gid.None, err
		}
		if err := replan(ctx, tx, o, in); err != nil {
			return gid.None, err
		}
		if err := repin(ctx, tx, o, p); err != nil {
			return gid.None, err
		}
		update := offerTo(tx, o, "reviseOffer").SetStartsOn(in.StartsOn).SetEndsOn(in.EndsOn).
			SetNillableDecisionDays(in.DecisionDays).SetSentAt(tx.Now)
		if message == nil {
			update.ClearMessage()
		} else {
			update.SetMessage(*message)
		}
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, o.EmployerOrgID, o.TalentID)
		if err != nil {
			return gid.None, err
		}
		o.SentAt = tx.Now
		if err := awaitAnswer(ctx, tx, o); err != nil {
			return gid.None, err
		}
		return o.ID, recordOffer(ctx, tx, o, event.OfferRevised, parties)
	})
}

// WithdrawOffer takes an offer back that was not answered. Its application waits
// for an answer again.
func WithdrawOffer(ctx context.Context, db *store.DB, in WithdrawOfferInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		o, a, err := lockOffer(ctx, tx, in.OfferID)
		if err != nil {
			return gid.None, err
		}
		if err := canAnswer(viewer.From(ctx), o, "withdrawOffer", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.Prose("reason", in.Reason, 3, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, o.EmployerOrgID, o.TalentID)
		if err != nil {
			return gid.None, err
		}
		return o.ID, giveUp(ctx, tx, o, a, event.OfferWithdrawn, answer(tx, o, "withdrawOffer").SetReason(reason), parties)
	})
}
