package engagement

import (
	"context"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
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

	TaxFormStated      GateKind = "TAX_FORM_STATED"
	InstitutionCleared GateKind = "INSTITUTION_CLEARED"
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

// gatesOf says which gates an engagement has passed on a day. The money and the
// talent may be unknown.
func gatesOf(e *ent.Engagement, o *ent.Offer, money *ent.PaymentRecord, who *ent.TalentProfile, today calendar.Date) []*Gate {
	hasForm := who != nil && talent.TaxFormOf(who, today).Status == talent.TaxFormStated
	return []*Gate{
		gate(AgreementsSigned, o.SignedAt != nil, "Talent and employer each sign every document of the offer."),
		gate(MoneyHeld, money != nil && money.HeldAt != nil, "The employer's fee must be held."),
		gate(KickOffConfirmed, e.KickedOffAt != nil, "A supervisor of the employer confirms the kick-off."),
		gate(TaxFormStated, hasForm, "The talent states which tax form they have handed to the payer."),
		gate(InstitutionCleared, e.ClearingInstitutionID.IsNone() || e.ClearedAt != nil, "The staff of the talent's institution clear the work."),
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
	// Whose step passes the last gate need not see the money or the form.
	all := tx.System("whether the fee is held and a tax form stated")
	money, err := all.PaymentRecord.Query().Where(paymentrecord.SubjectID(o.ID)).Only(ctx)
	if err != nil {
		return err
	}
	who, err := all.TalentProfile.Get(ctx, e.TalentID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(gatesOf(e, o, money, who, calendar.On(tx.Now)), func(g *Gate) bool { return !g.IsPassed }) {
		return nil
	}
	return step(ctx, tx, e, string(event.EngagementReady), parties, nil)
}

// CheckGates looks again at what waits for a talent who has stated a tax form.
func CheckGates(ctx context.Context, db *store.DB, w job.Work) error {
	waiting, err := db.Read.Engagement.Query().
		Where(engagement.TalentID(w.Subject), engagement.StatusEQ(engagement.StatusPendingGates)).Order(ent.Asc(engagement.FieldID)).All(ctx)
	if err != nil {
		return err
	}
	for _, e := range waiting {
		_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
			e, err := application.LockEngagement(ctx, tx, e.ID)
			if err != nil {
				return gid.None, err
			}
			parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
			if err != nil {
				return gid.None, err
			}
			return e.ID, passGates(ctx, tx, e, parties)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Gates are the gates of each engagement. Whether the fee is held and a tax form
// stated is told to all who see the engagement, the record and the form are not.
func Gates(ctx context.Context, db *store.DB, engagements []*ent.Engagement) ([][]*Gate, error) {
	ids := gid.Of(engagements, func(e *ent.Engagement) gid.ID { return e.OfferID })
	offers, err := db.Read.Offer.Query().Where(offer.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	byID := make(map[gid.ID]*ent.Offer, len(offers))
	for _, o := range offers {
		byID[o.ID] = o
	}
	all := viewer.With(ctx, viewer.System("whether the fee is held and a tax form stated, for those who see neither").In(viewer.From(ctx).World))
	records, err := db.Read.PaymentRecord.Query().Where(paymentrecord.SubjectIDIn(ids...)).All(all)
	if err != nil {
		return nil, err
	}
	moneyOf := make(map[gid.ID]*ent.PaymentRecord, len(records))
	for _, p := range records {
		moneyOf[p.SubjectID] = p
	}
	talents, err := talentsOf(all, db, engagements)
	if err != nil {
		return nil, err
	}
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	gates := make([][]*Gate, len(engagements))
	for i, e := range engagements {
		if e != nil && byID[e.OfferID] != nil {
			gates[i] = gatesOf(e, byID[e.OfferID], moneyOf[e.OfferID], talents[e.TalentID], calendar.On(now))
		}
	}
	return gates, nil
}

// talentsOf reads whose engagements these are.
func talentsOf(ctx context.Context, db *store.DB, engagements []*ent.Engagement) (map[gid.ID]*ent.TalentProfile, error) {
	ids := gid.Of(engagements, func(e *ent.Engagement) gid.ID { return e.TalentID })
	rows, err := db.Read.TalentProfile.Query().Where(talentprofile.IDIn(ids...)).All(ctx)
	talents := make(map[gid.ID]*ent.TalentProfile, len(rows))
	for _, t := range rows {
		talents[t.ID] = t
	}
	return talents, err
}
