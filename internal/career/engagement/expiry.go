package engagement

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
)

// answerTime is how long a talent has to answer an offer.
const answerTime = 14 * 24 * time.Hour

// ExpireOffer is what falls due when an offer was not answered in time.
const ExpireOffer job.Kind = "expireOffer"

// AnswerBy is until when an offer can be accepted, or nil when it does not wait
// for an answer.
func AnswerBy(o *ent.Offer) *time.Time {
	if o.Status != offer.StatusSent {
		return nil
	}
	by := o.SentAt.Add(answerTime)
	return &by
}

// ExpireUnanswered ends an offer that was not answered in time and lets the
// authorised fee go. Its application waits for an answer again.
func ExpireUnanswered(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		o, a, err := lockOffer(ctx, tx, w.Subject)
		if err != nil {
			return gid.None, err
		}
		if by := AnswerBy(o); by == nil || tx.Now.Before(*by) {
			return gid.None, nil
		}
		parties, err := application.Parties(ctx, tx, o.EmployerOrgID, o.TalentID)
		if err != nil {
			return gid.None, err
		}
		return gid.None, giveUp(ctx, tx, o, a, event.OfferExpired, answer(tx, o, string(event.OfferExpired)), parties)
	})
	return err
}

// giveUp ends an offer without an answer. Its application waits again, and the
// authorised fee is let go.
func giveUp(
	ctx context.Context, tx *store.Tx, o *ent.Offer, a *ent.Application, kind event.Kind, update *ent.OfferUpdate, parties []gid.ID,
) error {
	if err := letGo(ctx, tx, o, kind, update, parties); err != nil {
		return err
	}
	if err := application.Step(ctx, tx, a, application.Returned, nil, parties); err != nil {
		return err
	}
	return payment.Void(ctx, tx, o.ID)
}
