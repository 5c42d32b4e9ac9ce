package project

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// Decided is the request that was decided, and its project.
type Decided struct {
	PostingRequestID gid.ID
	MicroProjectID   gid.ID
}

// closing is why Rung itself ends a request.
type closing struct{ rule, reason string }

var (
	cancelled = closing{"cancelled", "The employer cancelled the project."}
	unchosen  = closing{"audience", "The project is no longer meant for this institution's talents."}
	refused   = closing{"platform", "The platform refused the project."}
)

// ApproveMicroProject approves a project for the platform or an institution.
func ApproveMicroProject(ctx context.Context, db *store.DB, in ApproveMicroProjectInput) (Decided, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Decided, error) {
		p, q, err := asked(ctx, tx, in.PostingRequestID)
		if err != nil {
			return Decided{}, err
		}
		v := viewer.From(ctx)
		if err := canDecide(v, q, "approveMicroProject", in.ExpectedRevision); err != nil {
			return Decided{}, err
		}
		update := tx.PostingRequest.Update().SetDecidedBy(postingrequest.DecidedByStaff).SetDecidedAt(tx.Now).SetDeciderID(v.Person)
		if err := decide(ctx, tx, q, update, event.PostingRequestApproved, v.Person); err != nil {
			return Decided{}, err
		}
		if !q.InstitutionID.IsNone() {
			return Decided{q.ID, p.ID}, nil
		}
		return Decided{q.ID, p.ID}, become(ctx, tx, p, tx.MicroProject.Update(), event.MicroProjectApproved)
	})
}

// RefuseMicroProject refuses a project for the platform or an institution, with
// a reason the employer will read.
func RefuseMicroProject(ctx context.Context, db *store.DB, in RefuseMicroProjectInput) (Decided, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Decided, error) {
		p, q, err := asked(ctx, tx, in.PostingRequestID)
		if err != nil {
			return Decided{}, err
		}
		v := viewer.From(ctx)
		if err := canDecide(v, q, "refuseMicroProject", in.ExpectedRevision); err != nil {
			return Decided{}, err
		}
		var r text.Reader
		reason := r.Prose("reason", in.Reason, 3, 1000)
		if err := r.Err(); err != nil {
			return Decided{}, err
		}
		update := tx.PostingRequest.Update().SetDecidedBy(postingrequest.DecidedByStaff).SetDecidedAt(tx.Now).
			SetDeciderID(v.Person).SetReason(reason)
		if err := decide(ctx, tx, q, update, event.PostingRequestDeclined, v.Person); err != nil {
			return Decided{}, err
		}
		if !q.InstitutionID.IsNone() {
			return Decided{q.ID, p.ID}, nil
		}
		if err := become(ctx, tx, p, tx.MicroProject.Update().SetReason(reason), event.MicroProjectRefused); err != nil {
			return Decided{}, err
		}
		return Decided{q.ID, p.ID}, closePending(ctx, tx, p, refused)
	})
}

// asked reads the request that a verb is about, and its project.
func asked(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.MicroProject, *ent.PostingRequest, error) {
	unknown := fault.NotFound("postingRequestId", "There is no such request.")
	q, err := tx.PostingRequest.Get(ctx, id)
	if err != nil {
		return nil, nil, store.Found(err, unknown)
	}
	// Locked, the project before its request, as everybody else locks them: a
	// cancellation must not slip in between.
	p, err := tx.MicroProject.Query().Where(microproject.ID(q.MicroProjectID), store.Locked).Only(ctx)
	if err != nil {
		return nil, nil, store.Found(err, unknown)
	}
	q, err = tx.PostingRequest.Query().Where(postingrequest.ID(id), store.Locked).Only(ctx)
	return p, q, err
}

// decide moves a request where the kind of event leads.
func decide(
	ctx context.Context, tx *store.Tx, q *ent.PostingRequest, update *ent.PostingRequestUpdate, kind event.Kind, decider gid.ID,
) error {
	update.Where(postingrequest.ID(q.ID), postingrequest.Revision(q.Revision)).SetStatus(RequestStates.Verb(string(kind)).To)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return recordDecision(ctx, tx, q, kind, decider)
}

// recordDecision tells the employer and the body that decided.
func recordDecision(ctx context.Context, tx *store.Tx, q *ent.PostingRequest, kind event.Kind, decider gid.ID) error {
	ids := map[string]gid.ID{"microProject": q.MicroProjectID}
	if !decider.IsNone() {
		ids["decider"] = decider
	}
	return event.Record(ctx, tx, event.Event{Kind: kind, Subject: q.ID, IDs: ids, Parties: []gid.ID{q.EmployerOrgID, q.BodyID}})
}

// closePending ends what nobody has decided yet about a project that ended or
// was refused, so that no queue holds it.
func closePending(ctx context.Context, tx *store.Tx, p *ent.MicroProject, why closing) error {
	waiting, err := ending(tx).PostingRequest.Query().
		Where(postingrequest.MicroProjectID(p.ID), postingrequest.StatusEQ(postingrequest.StatusPending), store.Locked).All(ctx)
	if err != nil {
		return err
	}
	return closeRequests(ctx, tx, waiting, why)
}

func closeRequests(ctx context.Context, tx *store.Tx, requests []*ent.PostingRequest, why closing) error {
	for _, q := range requests {
		if q.Status == postingrequest.StatusDeclined {
			continue
		}
		update := ending(tx).PostingRequest.Update().SetDecidedBy(postingrequest.DecidedBySystem).SetDecidedAt(tx.Now).
			ClearDeciderID().SetRuleID(why.rule).SetReason(why.reason)
		if err := decide(ctx, tx, q, update, event.PostingRequestDeclined, gid.None); err != nil {
			return err
		}
	}
	return nil
}

// ending sees every request on a project.
func ending(tx *store.Tx) *ent.Client {
	return tx.System("what ends for a project ends in every institution's queue, whoever ended it")
}
