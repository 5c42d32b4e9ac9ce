package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// Accepted is what AcceptOffer moved and made.
type Accepted struct {
	OfferID      gid.ID
	EngagementID gid.ID
}

// AcceptOffer takes a seat for the talent, holds the fee, and prepares the
// documents and the engagement.
func AcceptOffer(ctx context.Context, db *store.DB, in AcceptOfferInput) (Accepted, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Accepted, error) {
		o, a, err := lockOffer(ctx, tx, in.OfferID)
		if err != nil {
			return Accepted{}, err
		}
		p, err := tx.MicroProject.Get(ctx, o.MicroProjectID)
		if err != nil {
			return Accepted{}, err
		}
		if err := canAccept(viewer.From(ctx), o, p, in.ExpectedRevision, tx.Now); err != nil {
			return Accepted{}, err
		}
		if err := canTakeOn(ctx, tx.Client); err != nil {
			return Accepted{}, err
		}
		parties, err := application.Parties(ctx, tx, o.EmployerOrgID, o.TalentID)
		if err != nil {
			return Accepted{}, err
		}
		if err := accept(ctx, tx, o, a, parties); err != nil {
			return Accepted{}, err
		}
		id, err := prepare(ctx, tx, o, parties)
		return Accepted{o.ID, id}, err
	})
}

// accept moves offer, application and money, and takes the seat. The offer's
// event comes first: it is the verb's own.
func accept(ctx context.Context, tx *store.Tx, o *ent.Offer, a *ent.Application, parties []gid.ID) error {
	if err := recordOffer(ctx, tx, o, event.OfferAccepted, parties); err != nil {
		return err
	}
	seat, err := project.TakeSeat(ctx, tx, o.MicroProjectID)
	if err != nil {
		return err
	}
	if err := answered(ctx, tx, o, answer(tx, o, "acceptOffer").SetSeat(seat)); err != nil {
		return err
	}
	if err := application.Step(ctx, tx, a, "acceptOffer", nil, parties); err != nil {
		return err
	}
	return payment.Hold(ctx, tx, o.ID)
}

// DeclineOffer ends an offer and lets the authorised fee go.
func DeclineOffer(ctx context.Context, db *store.DB, in DeclineOfferInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		o, a, err := lockOffer(ctx, tx, in.OfferID)
		if err != nil {
			return gid.None, err
		}
		if err := canAnswer(viewer.From(ctx), o, "declineOffer", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.ProseLater("reason", in.Reason, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, o.EmployerOrgID, o.TalentID)
		if err != nil {
			return gid.None, err
		}
		if err := letGo(ctx, tx, o, event.OfferDeclined, answer(tx, o, "declineOffer").SetNillableReason(reason), parties); err != nil {
			return gid.None, err
		}
		if err := application.Step(ctx, tx, a, "declineOffer", nil, parties); err != nil {
			return gid.None, err
		}
		return o.ID, payment.Void(ctx, tx, o.ID)
	})
}

// WithdrawApplication takes an application back, and with it the open offer
// that was made on it.
func WithdrawApplication(ctx context.Context, db *store.DB, in application.WithdrawApplicationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		a, err := application.Lock(ctx, tx, in.ApplicationID)
		if err != nil {
			return gid.None, err
		}
		if err := application.CanWithdraw(viewer.From(ctx), a, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, a.EmployerOrgID, a.TalentID)
		if err != nil {
			return gid.None, err
		}
		if err := application.Step(ctx, tx, a, "withdrawApplication", nil, parties); err != nil {
			return gid.None, err
		}
		return a.ID, withdrawOn(ctx, tx, a, "The talent took the application back.", parties)
	})
}

// withdrawOn ends the open offer on an application, where there is one.
func withdrawOn(ctx context.Context, tx *store.Tx, a *ent.Application, reason string, parties []gid.ID) error {
	if a.Status != entapplication.StatusOffered {
		return nil
	}
	o, err := tx.Offer.Query().Where(offer.ApplicationID(a.ID), offer.StatusEQ(offer.StatusSent), store.Locked).Only(ctx)
	if err != nil {
		return err
	}
	if err := letGo(ctx, tx, o, event.OfferLapsed, answer(tx, o, string(event.OfferLapsed)).SetReason(reason), parties); err != nil {
		return err
	}
	return payment.Void(ctx, tx, o.ID)
}

// letGo ends an offer that was not accepted.
func letGo(
	ctx context.Context, tx *store.Tx, o *ent.Offer, kind event.Kind, update *ent.OfferUpdate, parties []gid.ID,
) error {
	if err := answered(ctx, tx, o, update); err != nil {
		return err
	}
	return recordOffer(ctx, tx, o, kind, parties)
}

// answered keeps an answer, which nothing need wait for any more.
func answered(ctx context.Context, tx *store.Tx, o *ent.Offer, update *ent.OfferUpdate) error {
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return endAnswer(ctx, tx, o.ID)
}

// answer ends the wait for an answer.
func answer(tx *store.Tx, o *ent.Offer, verb string) *ent.OfferUpdate {
	return offerTo(tx, o, verb).SetAnsweredAt(tx.Now)
}
