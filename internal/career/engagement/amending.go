package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
)

// Amend makes what both sides agreed on hold for locked work: its last day, its
// hours, its deliverables, its milestones and its fee. When nothing is left to hand
// in, it is handed in whole.
func Amend(ctx context.Context, tx *store.Tx, e *ent.Engagement, a *ent.Amendment) error {
	parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
	if err != nil {
		return err
	}
	if err := amendDeliverables(ctx, tx, e, a, parties); err != nil {
		return err
	}
	if err := addDeliverables(ctx, tx, e, a); err != nil {
		return err
	}
	update := tx.Engagement.Update().Where(engagement.ID(e.ID), engagement.Revision(e.Revision)).SetNillableAmendedHours(a.Hours)
	if err := amendPay(ctx, tx, e, a, update); err != nil {
		return err
	}
	if a.EndsOn == nil {
		err = store.Moved(update.Save(ctx))
	} else {
		err = endOn(ctx, tx, e, *a.EndsOn, update)
	}
	if err != nil {
		return err
	}
	if e, err = tx.Engagement.Get(ctx, e.ID); err != nil {
		return err
	}
	if err := payEarned(ctx, tx, e); err != nil {
		return err
	}
	return closeWhole(ctx, tx, e, parties)
}

// closeWhole hands in the whole when nothing is left to hand in, and sets the
// time to complete it when nothing is left to decide.
func closeWhole(ctx context.Context, tx *store.Tx, e *ent.Engagement, parties []gid.ID) error {
	if err := submitWhole(ctx, tx, e, parties); err != nil {
		return err
	}
	e, err := tx.Engagement.Get(ctx, e.ID)
	if err != nil {
		return err
	}
	return awaitCompletion(ctx, tx, e)
}

// resumeWhole hands in the whole when what was left of it was dropped while it
// rested.
func resumeWhole(ctx context.Context, tx *store.Tx, id gid.ID) error {
	e, err := tx.Engagement.Get(ctx, id)
	if err != nil {
		return err
	}
	parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
	if err != nil {
		return err
	}
	return closeWhole(ctx, tx, e, parties)
}

// amendDeliverables changes what was agreed of deliverables, and cancels those
// that both sides dropped.
func amendDeliverables(ctx context.Context, tx *store.Tx, e *ent.Engagement, a *ent.Amendment, parties []gid.ID) error {
	for _, change := range a.Amended {
		update := tx.Deliverable.Update().Where(deliverable.ID(change.DeliverableID), deliverable.EngagementID(e.ID)).
			SetNillableTitle(change.Title).SetNillableAcceptanceCriterion(change.AcceptanceCriterion)
		if change.DueOn != nil {
			update.SetDueAt(change.DueOn.EndIn(calendar.Zone(*e.TimeZone)))
		}
		if err := store.Moved(update.Save(ctx)); err != nil {
			return err
		}
	}
	for _, id := range a.Dropped {
		d, err := tx.Deliverable.Query().Where(deliverable.ID(id), store.Locked).Only(ctx)
		if err != nil {
			return err
		}
		if err := stepDeliverable(ctx, tx, d, string(event.DeliverableCancelled), parties, nil); err != nil {
			return err
		}
	}
	return nil
}

// amendPay changes the milestones, and sets aside what the employer pays on top:
// where the fee is split it is one more milestone.
func amendPay(ctx context.Context, tx *store.Tx, e *ent.Engagement, a *ent.Amendment, update *ent.EngagementUpdate) error {
	if err := milestone.Amend(ctx, tx, e.OfferID, a.AmendedMilestones); err != nil || a.AddedFeeMinor == nil {
		return err
	}
	o, err := tx.Offer.Get(ctx, e.OfferID)
	if err != nil {
		return err
	}
	fee := AgreedFee(e, o)
	added := money.Money{Minor: *a.AddedFeeMinor, Currency: fee.Currency}
	update.SetAmendedFeeMinor(fee.Minor + added.Minor)
	if err := payment.Raise(ctx, tx, o.ID, added); err != nil || a.AddedFeeTitle == nil {
		return err
	}
	return milestone.Add(ctx, tx, o, *a.AddedFeeTitle, added)
}

// addDeliverables puts what both sides added behind what is there.
func addDeliverables(ctx context.Context, tx *store.Tx, e *ent.Engagement, a *ent.Amendment) error {
	last, err := tx.Deliverable.Query().Where(deliverable.EngagementID(e.ID)).Order(ent.Desc(deliverable.FieldPosition)).First(ctx)
	if err != nil {
		return err
	}
	rows := make([]*ent.DeliverableCreate, len(a.Added))
	for i, d := range a.Added {
		rows[i] = tx.Deliverable.Create().SetWorldID(e.WorldID).SetOwnerOrgID(e.EmployerOrgID).SetEmployerOrgID(e.EmployerOrgID).
			SetEngagementID(e.ID).SetTalentID(e.TalentID).SetPosition(last.Position + 1 + i).SetTitle(d.Title).
			SetAcceptanceCriterion(d.AcceptanceCriterion).SetDueAt(d.DueOn.EndIn(calendar.Zone(*e.TimeZone))).SetDecisionDays(e.DecisionDays).
			SetStatus(deliverable.StatusPlanned)
	}
	return tx.Deliverable.CreateBulk(rows...).Exec(ctx)
}
