package engagement

import (
	"context"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// GateKind is something that must be in place before the work can start.
type GateKind string

// The gates.
const (
	AgreementsSigned GateKind = "AGREEMENTS_SIGNED"
	MoneyHeld        GateKind = "MONEY_HELD"
	KickOffConfirmed GateKind = "KICK_OFF_CONFIRMED"
)

// Gate is one of them, and what to do about it while it is not passed.
type Gate struct {
	Kind     GateKind
	IsPassed bool
	Missing  *string
}

// KickOff is what supervisor and talent agreed before the work.
type KickOff struct {
	ConfirmedAt   time.Time
	Communication string
	TimeZone      calendar.Zone
}

// KickOffOf is an engagement's kick-off, or nil before it is confirmed.
func KickOffOf(e *ent.Engagement) *KickOff {
	if e.KickedOffAt == nil {
		return nil
	}
	return &KickOff{*e.KickedOffAt, *e.Communication, calendar.Zone(*e.TimeZone)}
}

// gatesOf says which gates an engagement has passed. The money may be unknown.
func gatesOf(e *ent.Engagement, o *ent.Offer, money *ent.PaymentRecord) []*Gate {
	return []*Gate{
		gate(AgreementsSigned, o.SignedAt != nil, "Talent and employer each sign every document of the offer."),
		gate(MoneyHeld, money != nil && money.HeldAt != nil, "The employer's fee must be held."),
		gate(KickOffConfirmed, e.KickedOffAt != nil, "A supervisor of the employer confirms the kick-off."),
	}
}

func gate(kind GateKind, passed bool, missing string) *Gate {
	if passed {
		return &Gate{Kind: kind, IsPassed: true}
	}
	return &Gate{Kind: kind, Missing: &missing}
}

// passGates makes a locked engagement ready when nothing is missing any more.
func passGates(ctx context.Context, tx *store.Tx, e *ent.Engagement, parties []gid.ID) error {
	if e.Status != engagement.StatusPendingGates { // a dispute holds it up
		return nil
	}
	o, err := tx.Offer.Get(ctx, e.OfferID)
	if err != nil {
		return err
	}
	money, err := payment.Standing(ctx, tx, o.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(gatesOf(e, o, money), func(g *Gate) bool { return !g.IsPassed }) {
		return nil
	}
	return step(ctx, tx, e, string(event.EngagementReady), parties, nil)
}

// Gates are the gates of each engagement. Whether the fee is held is told to
// all who see the engagement, the record of it is not.
func Gates(ctx context.Context, db *store.DB, engagements []*ent.Engagement) ([][]*Gate, error) {
	var ids []gid.ID
	for _, e := range engagements {
		if e != nil {
			ids = append(ids, e.OfferID)
		}
	}
	offers, err := db.Read.Offer.Query().Where(offer.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	byID := make(map[gid.ID]*ent.Offer, len(offers))
	for _, o := range offers {
		byID[o.ID] = o
	}
	all := viewer.With(ctx, viewer.System("whether the fee is held, for staff who do not see the payment record").In(viewer.From(ctx).World))
	records, err := db.Read.PaymentRecord.Query().Where(paymentrecord.SubjectIDIn(ids...)).All(all)
	if err != nil {
		return nil, err
	}
	moneyOf := make(map[gid.ID]*ent.PaymentRecord, len(records))
	for _, p := range records {
		moneyOf[p.SubjectID] = p
	}
	gates := make([][]*Gate, len(engagements))
	for i, e := range engagements {
		if e != nil && byID[e.OfferID] != nil {
			gates[i] = gatesOf(e, byID[e.OfferID], moneyOf[e.OfferID])
		}
	}
	return gates, nil
}
