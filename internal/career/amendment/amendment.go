// Package amendment is about changes to agreed work: either side proposes new
// days, hours or deliverables, milestones or more pay, and they hold once the other
// side accepts.
package amendment

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/amendment"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// ExpireAmendment is what falls due when nobody has answered a proposal.
const ExpireAmendment job.Kind = "expireAmendment"

// ProposeAmendment proposes to the other side to change what was agreed.
func ProposeAmendment(ctx context.Context, db *store.DB, in ProposeAmendmentInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		w, err := lockWork(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		before, err := tx.Amendment.Query().Where(amendment.EngagementID(w.engagement.ID)).All(ctx)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := canPropose(v, w.engagement, before, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		t, err := readTerms(in, w, tx.Now)
		if err != nil {
			return gid.None, err
		}
		e := w.engagement
		create := tx.Amendment.Create().SetWorldID(e.WorldID).SetOwnerOrgID(e.EmployerOrgID).SetEmployerOrgID(e.EmployerOrgID).
			SetEngagementID(e.ID).SetTalentID(e.TalentID).SetStatus(amendment.StatusProposed).
			SetProposedBy(sideOf(v, e.TalentID)).SetProposedByID(v.Person).SetProposedAt(tx.Now).SetAnswerBy(tx.Now.Add(answerTime)).
			SetReason(t.reason).SetNillableEndsOn(in.EndsOn).SetNillableHours(in.Hours).
			SetAmended(t.amended).SetAdded(t.added).SetDropped(t.dropped).
			SetAmendedMilestones(t.milestones).SetNillableAddedFeeTitle(t.feeTitle)
		if t.fee != nil {
			create.SetAddedFeeMinor(t.fee.Minor).SetCurrency(string(t.fee.Currency))
		}
		a, err := create.Save(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := job.At(ctx, tx, ExpireAmendment, a.ID, a.AnswerBy); err != nil {
			return gid.None, err
		}
		return a.ID, record(ctx, tx, a, event.AmendmentProposed)
	})
}

// Accepted is the amendment that AcceptAmendment accepted, and the work it
// changed.
type Accepted struct {
	AmendmentID  gid.ID
	EngagementID gid.ID
}

// AcceptAmendment makes what the other side proposed hold.
func AcceptAmendment(ctx context.Context, db *store.DB, in AcceptAmendmentInput) (Accepted, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Accepted, error) {
		w, a, err := lock(ctx, tx, in.AmendmentID)
		if err != nil {
			return Accepted{}, err
		}
		if w.money, err = moneyOf(ctx, tx, w.offer.ID); err != nil {
			return Accepted{}, err
		}
		if err := canAccept(viewer.From(ctx), a, w, in.ExpectedRevision, tx.Now); err != nil {
			return Accepted{}, err
		}
		update := move(tx, a, "acceptAmendment").SetFormerEndsOn(w.engagement.EndsOn).SetFormerHours(w.hours())
		if err := answer(ctx, tx, a, update, event.AmendmentAccepted); err != nil {
			return Accepted{}, err
		}
		return Accepted{a.ID, w.engagement.ID}, engagement.Amend(ctx, tx, w.engagement, a)
	})
}

// DeclineAmendment says that what was agreed stays, and why.
func DeclineAmendment(ctx context.Context, db *store.DB, in DeclineAmendmentInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		_, a, err := lock(ctx, tx, in.AmendmentID)
		if err != nil {
			return gid.None, err
		}
		if err := canAnswer(viewer.From(ctx), a, "declineAmendment", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.Prose("reason", in.Reason, 3, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		return a.ID, answer(ctx, tx, a, move(tx, a, "declineAmendment").SetAnswer(reason), event.AmendmentDeclined)
	})
}

// WithdrawAmendment takes back what the other side has not answered.
func WithdrawAmendment(ctx context.Context, db *store.DB, in WithdrawAmendmentInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		_, a, err := lock(ctx, tx, in.AmendmentID)
		if err != nil {
			return gid.None, err
		}
		if err := canWithdraw(viewer.From(ctx), a, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		return a.ID, answer(ctx, tx, a, move(tx, a, "withdrawAmendment"), event.AmendmentWithdrawn)
	})
}

// ExpireUnanswered ends a proposal that nobody answered; what was agreed stays.
func ExpireUnanswered(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		_, a, err := lock(ctx, tx, w.Subject)
		if err != nil || a.Status != amendment.StatusProposed || tx.Now.Before(a.AnswerBy) {
			return gid.None, err
		}
		if err := store.Moved(move(tx, a, string(event.AmendmentExpired)).SetAnsweredAt(tx.Now).Save(ctx)); err != nil {
			return gid.None, err
		}
		return gid.None, record(ctx, tx, a, event.AmendmentExpired)
	})
	return err
}

// answer ends a proposal by somebody's word.
func answer(ctx context.Context, tx *store.Tx, a *ent.Amendment, update *ent.AmendmentUpdate, kind event.Kind) error {
	if err := store.Moved(update.SetAnsweredAt(tx.Now).SetAnsweredByID(viewer.From(ctx).Person).Save(ctx)); err != nil {
		return err
	}
	if err := job.Unset(ctx, tx, ExpireAmendment, a.ID); err != nil {
		return err
	}
	return record(ctx, tx, a, kind)
}

// move is an update that takes an amendment where the verb leads.
func move(tx *store.Tx, a *ent.Amendment, verb string) *ent.AmendmentUpdate {
	return tx.Amendment.Update().Where(amendment.ID(a.ID), amendment.Revision(a.Revision)).SetStatus(States.Verb(verb).To)
}

// lock reads an amendment that the viewer may see, and its work.
// Locked, the work first: everything that changes it waits there.
func lock(ctx context.Context, tx *store.Tx, id gid.ID) (work, *ent.Amendment, error) {
	missing := fault.NotFound("amendmentId", "There is no such amendment.")
	seen, err := tx.Amendment.Get(ctx, id)
	if err != nil {
		return work{}, nil, store.Found(err, missing)
	}
	w, err := lockWork(ctx, tx, seen.EngagementID)
	if err != nil {
		return work{}, nil, err
	}
	a, err := tx.Amendment.Query().Where(amendment.ID(id), store.Locked).Only(ctx)
	return w, a, store.Found(err, missing)
}

// record tells the two sides and the talent's institutions.
func record(ctx context.Context, tx *store.Tx, a *ent.Amendment, kind event.Kind) error {
	parties, err := application.Parties(ctx, tx, a.EmployerOrgID, a.TalentID)
	if err != nil {
		return err
	}
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: a.ID, Parties: parties,
		IDs: map[string]gid.ID{"engagement": a.EngagementID, "talent": a.TalentID, "employer": a.EmployerOrgID},
	})
}
