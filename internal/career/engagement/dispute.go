package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/dispute"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// Disputed is a dispute with the work and the money it is about.
type Disputed struct {
	DisputeID       gid.ID
	EngagementID    gid.ID
	PaymentRecordID gid.ID
}

// OpenDispute freezes the money of a piece of work that its two sides do not
// agree on. The work rests; what has ended stays so.
func OpenDispute(ctx context.Context, db *store.DB, in OpenDisputeInput) (Disputed, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Disputed, error) {
		o, e, err := lockWork(ctx, tx, in.EngagementID)
		if err != nil {
			return Disputed{}, err
		}
		p, err := payment.Standing(ctx, tx, o.ID)
		if err != nil {
			return Disputed{}, err
		}
		v := viewer.From(ctx)
		disputed, err := disputedOf(ctx, tx.Client, e.ID)
		if err != nil {
			return Disputed{}, err
		}
		if err := canDispute(v, e, p, disputed[e.ID], in.ExpectedRevision); err != nil {
			return Disputed{}, err
		}
		var r text.Reader
		reason := r.Prose("reason", in.Reason, 3, 2000)
		if err := r.Err(); err != nil {
			return Disputed{}, err
		}
		by := dispute.OpenedByEmployer
		if v.Talent == e.TalentID {
			by = dispute.OpenedByTalent
		}
		d, err := tx.Dispute.Create().SetWorldID(e.WorldID).SetOwnerOrgID(e.OwnerOrgID).SetEmployerOrgID(e.EmployerOrgID).
			SetTalentID(e.TalentID).SetEngagementID(e.ID).SetPaymentRecordID(p.ID).SetOpenedBy(by).SetOpenedByID(v.Person).
			SetReason(reason).SetPriorStatus(string(e.Status)).Save(ctx)
		if store.Conflict(err) != "" {
			return Disputed{}, fault.AlreadyExists("engagementId", "There is an open dispute about this work.")
		}
		if err != nil {
			return Disputed{}, err
		}
		return Disputed{d.ID, e.ID, p.ID}, interrupt(ctx, tx, o, e, d)
	})
}

// interrupt tells of a dispute, freezes the money and lets the work rest.
func interrupt(ctx context.Context, tx *store.Tx, o *ent.Offer, e *ent.Engagement, d *ent.Dispute) error {
	if err := recordDispute(ctx, tx, d, event.DisputeOpened); err != nil {
		return err
	}
	if err := payment.Secure(ctx, tx, o.ID); err != nil || hasEnded(e) {
		return err
	}
	parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
	if err != nil {
		return err
	}
	err = step(ctx, tx, e, string(event.EngagementDisputed), parties, func(update *ent.EngagementUpdate) {
		update.ClearHandInBy().ClearReopenBy()
	})
	if err != nil {
		return err
	}
	if err := endTimers(ctx, tx, e.ID); err != nil {
		return err
	}
	waiting, err := handedIn(ctx, tx, e)
	if err != nil {
		return err
	}
	for _, one := range waiting {
		if err := endDecision(ctx, tx, one.ID); err != nil {
			return err
		}
	}
	return nil
}

// handedIn are the deliverables that wait for a decision.
func handedIn(ctx context.Context, tx *store.Tx, e *ent.Engagement) ([]*ent.Deliverable, error) {
	return tx.Deliverable.Query().Where(deliverable.EngagementID(e.ID), deliverable.StatusEQ(deliverable.StatusSubmitted), store.Locked).
		Order(ent.Asc(deliverable.FieldID)).All(ctx)
}

// ProposeDisputeResolution says how a dispute could end. It takes the place of
// what was proposed before.
func ProposeDisputeResolution(ctx context.Context, db *store.DB, in ProposeDisputeResolutionInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		q, err := lockDispute(ctx, tx, in.DisputeID, func(d *ent.Dispute) error {
			return onDispute(v, d, "proposeDisputeResolution", in.ExpectedRevision)
		})
		if err != nil {
			return gid.None, err
		}
		d := q.dispute
		r, err := readResolution(in.TalentSide, in.WorkGoesOn, in.Note, q.work, q.money)
		if err != nil {
			return gid.None, err
		}
		update := toward(tx, d, "proposeDisputeResolution", r).SetProposedBy(sideIn(v, d)).SetProposedAt(tx.Now)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return d.ID, recordDispute(ctx, tx, d, event.DisputeProposed)
	})
}

// AcceptDisputeResolution agrees to a proposal, which settles the dispute. What
// an operator proposed needs both sides: the first to accept makes it their own.
func AcceptDisputeResolution(ctx context.Context, db *store.DB, in AcceptDisputeResolutionInput) (Disputed, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Disputed, error) {
		v := viewer.From(ctx)
		q, err := lockDispute(ctx, tx, in.DisputeID, func(d *ent.Dispute) error { return canAgree(v, d, in.ExpectedRevision) })
		if err != nil {
			return Disputed{}, err
		}
		d := q.dispute
		side, verb := sideIn(v, d), "acceptDisputeResolution"
		if *d.ProposedBy == dispute.ProposedByPlatform {
			verb = "proposeDisputeResolution"
		}
		r := resolution{releasedMinor: *d.ReleasedMinor, workGoesOn: *d.WorkGoesOn, note: d.Note}
		update := toward(tx, d, verb, r)
		if verb == "proposeDisputeResolution" {
			update.SetProposedBy(side).SetProposedAt(tx.Now)
		} else {
			update.SetResolvedBy(dispute.ResolvedBy(side)).SetResolvedAt(tx.Now)
		}
		if err := store.Moved(update.Save(ctx)); err != nil {
			return Disputed{}, err
		}
		if err := recordDispute(ctx, tx, d, event.DisputeAccepted); err != nil || verb == "proposeDisputeResolution" {
			return q.ids(), err
		}
		return q.ids(), settleDispute(ctx, tx, q, r, engagement.TerminatedByBoth)
	})
}

// ResolveDispute decides on a dispute for both sides.
func ResolveDispute(ctx context.Context, db *store.DB, in ResolveDisputeInput) (Disputed, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Disputed, error) {
		q, err := lockDispute(ctx, tx, in.DisputeID, func(d *ent.Dispute) error {
			return onDispute(viewer.From(ctx), d, "resolveDispute", in.ExpectedRevision)
		})
		if err != nil {
			return Disputed{}, err
		}
		d := q.dispute
		r, err := readResolution(in.TalentSide, in.WorkGoesOn, &in.Note, q.work, q.money)
		if err != nil {
			return Disputed{}, err
		}
		if err := recordDispute(ctx, tx, d, event.DisputeResolved); err != nil {
			return Disputed{}, err
		}
		if err := settleDispute(ctx, tx, q, r, engagement.TerminatedByPlatform); err != nil {
			return Disputed{}, err
		}
		// The dispute ends last: with it the operator loses sight of the work.
		update := toward(tx, d, "resolveDispute", r).SetResolvedBy(dispute.ResolvedByPlatform).SetResolvedAt(tx.Now)
		return q.ids(), store.Moved(update.Save(ctx))
	})
}

// quarrel is a dispute with what it is about.
type quarrel struct {
	dispute *ent.Dispute
	offer   *ent.Offer
	work    *ent.Engagement
	money   *ent.PaymentRecord
}

func (q quarrel) ids() Disputed { return Disputed{q.dispute.ID, q.work.ID, q.money.ID} }

// lockDispute reads a dispute that the viewer may see and move, and what it is
// about. Locked, the offer and the work first, as everywhere. It is judged before
// them too: an operator sees the work only while there is something to decide.
func lockDispute(ctx context.Context, tx *store.Tx, id gid.ID, can func(*ent.Dispute) error) (q quarrel, err error) {
	if q.dispute, err = tx.Dispute.Get(ctx, id); err != nil {
		return q, store.Found(err, fault.NotFound("disputeId", "There is no such dispute."))
	}
	if err := can(q.dispute); err != nil {
		return q, err
	}
	moved := fault.StaleRevision("expectedRevision", q.dispute.Revision+1)
	e, err := tx.Engagement.Get(ctx, q.dispute.EngagementID)
	if err != nil {
		return q, store.Found(err, moved)
	}
	if q.offer, err = tx.Offer.Query().Where(offer.ID(e.OfferID), store.Locked).Only(ctx); err != nil {
		return q, store.Found(err, moved)
	}
	if q.work, err = tx.Engagement.Query().Where(engagement.ID(e.ID), store.Locked).Only(ctx); err != nil {
		return q, store.Found(err, moved)
	}
	if q.dispute, err = tx.Dispute.Query().Where(dispute.ID(id), store.Locked).Only(ctx); err != nil {
		return q, err
	}
	if err := can(q.dispute); err != nil {
		return q, err
	}
	q.money, err = payment.Standing(ctx, tx, e.OfferID)
	return q, err
}

// toward begins to move a dispute where the verb leads, with a resolution.
func toward(tx *store.Tx, d *ent.Dispute, verb string, r resolution) *ent.DisputeUpdate {
	update := tx.Dispute.Update().Where(dispute.ID(d.ID), dispute.Revision(d.Revision)).SetStatus(DisputeStates.Verb(verb).To).
		SetReleasedMinor(r.releasedMinor).SetWorkGoesOn(r.workGoesOn)
	if r.note == nil {
		return update.ClearNote()
	}
	return update.SetNote(*r.note)
}

// recordDispute tells both sides, the staff and the operators that there is one.
func recordDispute(ctx context.Context, tx *store.Tx, d *ent.Dispute, kind event.Kind) error {
	parties, err := application.Parties(ctx, tx, d.EmployerOrgID, d.TalentID)
	if err != nil {
		return err
	}
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: d.ID, IDs: map[string]gid.ID{"engagement": d.EngagementID, "paymentRecord": d.PaymentRecordID},
		Parties: append(parties, d.WorldID),
	})
}
