// Package engagement is about the work itself: the offer that begins it, the
// documents both sides sign, what is handed in and accepted, and what each side
// says of the other at the end.
package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	entemployer "github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Rows are locked in one order wherever several are: application, offer,
// agreements, engagement, deliverables, project, money. So no two changes wait
// for each other in a circle. Milestones move under the lock of their offer, or
// of the engagement that follows it.

// Extended is what ExtendOffer made and moved.
type Extended struct {
	OfferID       gid.ID
	ApplicationID gid.ID
}

// ExtendOffer offers the project's work and fee to an applicant, chooses the
// documents that there will be to sign, and authorises the fee.
func ExtendOffer(ctx context.Context, db *store.DB, in ExtendOfferInput) (Extended, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Extended, error) {
		a, err := application.Lock(ctx, tx, in.ApplicationID)
		if err != nil {
			return Extended{}, err
		}
		// Locked: no offer may come about beside a cancellation.
		p, err := tx.MicroProject.Query().Where(microproject.ID(a.MicroProjectID), store.Locked).Only(ctx)
		if err != nil {
			return Extended{}, store.Found(err, fault.NotFound("applicationId", "There is no such application."))
		}
		// Locked: no offer may come about beside a suspension.
		e, err := tx.Employer.Query().Where(entemployer.ID(a.EmployerOrgID), store.Locked).Only(ctx)
		if err != nil {
			return Extended{}, err
		}
		if err := application.CanOffer(viewer.From(ctx), a, p, e, in.ExpectedRevision); err != nil {
			return Extended{}, err
		}
		message, err := readTerms(p, in.StartsOn, in.EndsOn, in.DecisionDays, in.Message, calendar.On(tx.Now))
		if err != nil {
			return Extended{}, err
		}
		planned, err := readMilestones(ctx, tx, in.Milestones, p.ID, milestone.Terms{
			Fee: money.Money{Minor: p.FeeMinor, Currency: money.Currency(p.Currency)}, StartsOn: in.StartsOn, EndsOn: in.EndsOn,
			IsHourly: p.PayModel == microproject.PayModelHourly,
		})
		if err != nil {
			return Extended{}, err
		}
		share, err := employer.PlatformBasisPoints(ctx, tx, e)
		if err != nil {
			return Extended{}, err
		}
		o, err := tx.Offer.Create().SetWorldID(tx.World()).SetOwnerOrgID(a.EmployerOrgID).SetEmployerOrgID(a.EmployerOrgID).
			SetMicroProjectID(p.ID).SetApplicationID(a.ID).SetTalentID(a.TalentID).SetStatus(offer.StatusSent).
			SetFeeMinor(p.FeeMinor).SetCurrency(p.Currency).SetPlatformBasisPoints(share).SetHours(p.Hours).
			SetPayModel(offer.PayModel(p.PayModel)).SetNillableWeeklyHours(weekly(p)).SetStartsOn(in.StartsOn).SetEndsOn(in.EndsOn).
			SetNillableDecisionDays(in.DecisionDays).SetNillableMessage(message).SetSentAt(tx.Now).Save(ctx)
		if err != nil {
			return Extended{}, err
		}
		if err := milestone.Plan(ctx, tx, o, planned); err != nil {
			return Extended{}, err
		}
		if err := pin(ctx, tx, o, p); err != nil {
			return Extended{}, err
		}
		return Extended{o.ID, a.ID}, extend(ctx, tx, o, a, p.FundingPoolID)
	})
}

// weekly is how many hours of a week are paid, where hours are.
func weekly(p *ent.MicroProject) *int {
	switch {
	case p.PayModel != microproject.PayModelHourly:
		return nil
	case p.HoursPerWeek != nil:
		return p.HoursPerWeek
	}
	return new(worklog.MostHoursAWeek)
}

// extend tells of a new offer, moves its application and authorises the fee, of
// the employer or of a funding pool.
func extend(ctx context.Context, tx *store.Tx, o *ent.Offer, a *ent.Application, pool gid.ID) error {
	parties, err := application.Parties(ctx, tx, o.EmployerOrgID, o.TalentID)
	if err != nil {
		return err
	}
	if err := recordOffer(ctx, tx, o, event.OfferExtended, parties); err != nil {
		return err
	}
	if err := application.Step(ctx, tx, a, "extendOffer", nil, parties); err != nil {
		return err
	}
	if err := awaitAnswer(ctx, tx, o); err != nil {
		return err
	}
	_, err = payment.Authorize(ctx, tx, payment.Charge{
		SubjectID: o.ID, EmployerID: o.EmployerOrgID, TalentID: o.TalentID, Fee: FeeOf(o),
		PoolID: pool, MicroProjectID: o.MicroProjectID, PlatformBasisPoints: o.PlatformBasisPoints,
	})
	return err
}

// lockOffer reads an offer that the viewer may see, and its application.
// Locked, the application first: of many answers to one offer one wins.
func lockOffer(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.Offer, *ent.Application, error) {
	missing := fault.NotFound("offerId", "There is no such offer.")
	seen, err := tx.Offer.Get(ctx, id)
	if err != nil {
		return nil, nil, store.Found(err, missing)
	}
	a, err := tx.Application.Query().Where(entapplication.ID(seen.ApplicationID), store.Locked).Only(ctx)
	if err != nil {
		return nil, nil, err
	}
	o, err := tx.Offer.Query().Where(offer.ID(id), store.Locked).Only(ctx)
	return o, a, store.Found(err, missing)
}

// offerTo begins to move a locked offer where the verb leads.
func offerTo(tx *store.Tx, o *ent.Offer, verb string) *ent.OfferUpdate {
	update := tx.Offer.Update().Where(offer.ID(o.ID), offer.Revision(o.Revision))
	if to := OfferStates.Verb(verb).To; to != "" {
		update.SetStatus(to)
	}
	return update
}

func recordOffer(ctx context.Context, tx *store.Tx, o *ent.Offer, kind event.Kind, parties []gid.ID) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: o.ID,
		IDs: map[string]gid.ID{
			"application": o.ApplicationID, "microProject": o.MicroProjectID, "talent": o.TalentID, "employer": o.EmployerOrgID,
		},
		Parties: parties,
	})
}

// PlatformShare is what the platform keeps of an offer's fee.
func PlatformShare(o *ent.Offer) *money.Money {
	share, _ := FeeOf(o).Share(o.PlatformBasisPoints)
	return &share
}

// TalentShare is what the talent gets of an offer's fee.
func TalentShare(o *ent.Offer) *money.Money {
	_, share := FeeOf(o).Share(o.PlatformBasisPoints)
	return &share
}

// EmployerCosts are what offers cost their employer, or nil where the money is
// not the viewer's to see.
func EmployerCosts(ctx context.Context, db *store.DB, offers []*ent.Offer) ([]*money.Money, error) {
	ids := gid.Of(offers, func(o *ent.Offer) gid.ID { return o.ID })
	records, err := db.Read.PaymentRecord.Query().Where(paymentrecord.SubjectIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	costs := make(map[gid.ID]*money.Money, len(records))
	for _, p := range records {
		costs[p.SubjectID] = payment.WholeCost(p)
	}
	all := make([]*money.Money, len(offers))
	for i, o := range offers {
		if o != nil {
			all[i] = costs[o.ID]
		}
	}
	return all, nil
}

// FeeOf is what the offered work pays in all.
func FeeOf(o *ent.Offer) money.Money {
	return money.Money{Minor: o.FeeMinor, Currency: money.Currency(o.Currency)}
}

// AgreedFee is what work pays in all: what was offered, with what amendments added.
func AgreedFee(e *ent.Engagement, o *ent.Offer) money.Money {
	fee := FeeOf(o)
	if e.AmendedFeeMinor != nil {
		fee.Minor = *e.AmendedFeeMinor
	}
	return fee
}
