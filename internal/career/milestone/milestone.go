// Package milestone keeps the instalments of a fixed fee: how much each is, which
// deliverables it waits for, and where it stands. It moves no money: who does
// tells it.
package milestone

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/gen/ent/planneddeliverable"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
)

// Replan splits the fee of an offer that waits for an answer anew.
func Replan(ctx context.Context, tx *store.Tx, o *ent.Offer, planned []Planned) error {
	if _, err := tx.Milestone.Delete().Where(milestone.OfferID(o.ID)).Exec(ctx); err != nil {
		return err
	}
	return Plan(ctx, tx, o, planned)
}

// Plan splits an offer's fee into milestones.
func Plan(ctx context.Context, tx *store.Tx, o *ent.Offer, planned []Planned) error {
	rows := make([]*ent.MilestoneCreate, len(planned))
	for i, p := range planned {
		rows[i] = create(tx, o, i+1, p)
	}
	return tx.Milestone.CreateBulk(rows...).Exec(ctx)
}

func create(tx *store.Tx, o *ent.Offer, position int, p Planned) *ent.MilestoneCreate {
	return tx.Milestone.Create().SetWorldID(o.WorldID).SetOwnerOrgID(o.EmployerOrgID).SetEmployerOrgID(o.EmployerOrgID).
		SetOfferID(o.ID).SetTalentID(o.TalentID).SetPosition(position).SetTitle(p.title).SetAmountMinor(p.amount.Minor).
		SetCurrency(o.Currency).SetPlannedDeliverableIds(p.deliverables).SetNillableDueOn(p.dueOn)
}

// Of are an offer's milestones with one of these statuses, in order.
// Locked: what is said of one of them depends on the others.
func Of(ctx context.Context, tx *store.Tx, offer gid.ID, statuses ...milestone.Status) ([]*ent.Milestone, error) {
	return tx.Milestone.Query().Where(milestone.OfferID(offer), milestone.StatusIn(statuses...), store.Locked).
		Order(ent.Asc(milestone.FieldPosition)).All(ctx)
}

// Fund follows the fee that is held, or was added to.
func Fund(ctx context.Context, tx *store.Tx, offer gid.ID) error {
	all, err := Of(ctx, tx, offer, milestone.StatusPlanned)
	if err != nil {
		return err
	}
	for _, m := range all {
		if err := step(ctx, tx, m, event.MilestoneFunded, func(u *ent.MilestoneUpdate) { u.SetFundedAt(tx.Now) }); err != nil {
			return err
		}
	}
	return nil
}

// LetGo follows a promise that ended before any money was held.
func LetGo(ctx context.Context, tx *store.Tx, offer gid.ID) error {
	all, err := Of(ctx, tx, offer, milestone.StatusPlanned)
	if err != nil {
		return err
	}
	for _, m := range all {
		if err := cancel(ctx, tx, m, 0); err != nil {
			return err
		}
	}
	return nil
}

// Cut leaves so much for the milestones that are not due yet. What went back is
// taken from the last first; what is left without money is cancelled.
func Cut(ctx context.Context, tx *store.Tx, offer gid.ID, leftMinor int64) error {
	all, err := Of(ctx, tx, offer, milestone.StatusFunded)
	if err != nil {
		return err
	}
	for i, back := range cuts(all, leftMinor) {
		switch m := all[i]; {
		case back == 0:
		case back == Left(m):
			err = cancel(ctx, tx, m, m.AmountMinor)
		default:
			err = store.Moved(tx.Milestone.Update().Where(milestone.ID(m.ID), milestone.Revision(m.Revision)).
				SetRefundedMinor(m.RefundedMinor + back).Save(ctx))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func cancel(ctx context.Context, tx *store.Tx, m *ent.Milestone, refundedMinor int64) error {
	return step(ctx, tx, m, event.MilestoneCancelled, func(u *ent.MilestoneUpdate) {
		u.SetCancelledAt(tx.Now).SetRefundedMinor(refundedMinor)
	})
}

// FallDue follows money that was released for a milestone.
func FallDue(ctx context.Context, tx *store.Tx, m *ent.Milestone, payment gid.ID) error {
	return step(ctx, tx, m, event.MilestoneDue, func(u *ent.MilestoneUpdate) { u.SetDueSince(tx.Now).SetPaymentRecordID(payment) })
}

// FallAllDue follows what is left of a fee, which is released for all milestones
// that are not due yet.
func FallAllDue(ctx context.Context, tx *store.Tx, offer, payment gid.ID) error {
	all, err := Of(ctx, tx, offer, milestone.StatusFunded)
	if err != nil {
		return err
	}
	for _, m := range all {
		if err := FallDue(ctx, tx, m, payment); err != nil {
			return err
		}
	}
	return nil
}

// Arrive follows a payout. The pay that a bank sends back later was paid once:
// its payment record says that it failed.
func Arrive(ctx context.Context, tx *store.Tx, payment gid.ID) error {
	all, err := tx.Milestone.Query().Where(milestone.PaymentRecordID(payment), milestone.StatusEQ(milestone.StatusDue), store.Locked).
		Order(ent.Asc(milestone.FieldPosition)).All(ctx)
	if err != nil {
		return err
	}
	for _, m := range all {
		if err := step(ctx, tx, m, event.MilestonePaid, func(u *ent.MilestoneUpdate) { u.SetPaidAt(tx.Now) }); err != nil {
			return err
		}
	}
	return nil
}

// step moves a locked milestone where the kind of event says, and records it.
func step(ctx context.Context, tx *store.Tx, m *ent.Milestone, kind event.Kind, set func(*ent.MilestoneUpdate)) error {
	if err := canMove(m.Status, kind); err != nil {
		return err
	}
	update := tx.Milestone.Update().Where(milestone.ID(m.ID), milestone.Revision(m.Revision)).SetStatus(States.Verb(string(kind)).To)
	set(update)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: m.ID,
		IDs:     map[string]gid.ID{"offer": m.OfferID, "talent": m.TalentID, "employer": m.EmployerOrgID},
		Parties: []gid.ID{m.EmployerOrgID, m.TalentID},
	})
}

// Lates report which milestones are late: money is held for them, and their day
// is over where the work is done.
func Lates(ctx context.Context, db *store.DB, all []*ent.Milestone) ([]bool, error) {
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	zones, err := zonesOf(ctx, db, all)
	if err != nil {
		return nil, err
	}
	lates := make([]bool, len(all))
	for i, m := range all {
		lates[i] = m != nil && isLate(m, zones[m.OfferID], now)
	}
	return lates, nil
}

// zonesOf are the time zones agreed at kick-off, by offer.
func zonesOf(ctx context.Context, db *store.DB, all []*ent.Milestone) (map[gid.ID]calendar.Zone, error) {
	var offers []gid.ID
	for _, m := range all {
		if m != nil && m.DueOn != nil {
			offers = append(offers, m.OfferID)
		}
	}
	zones := map[gid.ID]calendar.Zone{}
	if len(offers) == 0 {
		return zones, nil
	}
	rows, err := db.Read.Engagement.Query().Where(engagement.OfferIDIn(offers...)).All(ctx)
	for _, e := range rows {
		if e.TimeZone != nil {
			zones[e.OfferID] = calendar.Zone(*e.TimeZone)
		}
	}
	return zones, err
}

// Deliverables are what milestones wait for of the plan, in order, as far as the
// viewer sees it.
func Deliverables(ctx context.Context, db *store.DB, all []*ent.Milestone) ([][]*ent.PlannedDeliverable, error) {
	var ids []gid.ID
	for _, m := range all {
		if m != nil {
			ids = append(ids, m.PlannedDeliverableIds...)
		}
	}
	waits := make([][]*ent.PlannedDeliverable, len(all))
	var rows []*ent.PlannedDeliverable
	if len(ids) > 0 {
		var err error
		rows, err = db.Read.PlannedDeliverable.Query().Where(planneddeliverable.IDIn(ids...)).
			Order(ent.Asc(planneddeliverable.FieldPosition, planneddeliverable.FieldID)).All(ctx)
		if err != nil {
			return nil, err
		}
	}
	for i, m := range all {
		waits[i] = []*ent.PlannedDeliverable{}
		for _, p := range rows {
			if m != nil && slices.Contains(m.PlannedDeliverableIds, p.ID) {
				waits[i] = append(waits[i], p)
			}
		}
	}
	return waits, nil
}
