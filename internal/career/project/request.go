package project

import (
	"context"
	"fmt"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	career "github.com/rung-dev/rung/internal/career/institution"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
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
	outlived  = closing{"expired", "The time to apply ended before this was decided."}
)

// ApproveMicroProject approves a project for the platform or an institution.
func ApproveMicroProject(ctx context.Context, db *store.DB, in ApproveMicroProjectInput) (Decided, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Decided, error) {
		return approve(ctx, tx, in.PostingRequestID, in.ExpectedRevision)
	})
}

func approve(ctx context.Context, tx *store.Tx, id gid.ID, revision int) (Decided, error) {
	p, q, err := permitted(ctx, tx, id, revision, "approveMicroProject")
	if err != nil {
		return Decided{}, err
	}
	update, err := byStaffNow(ctx, tx, q)
	if err != nil {
		return Decided{}, err
	}
	if err := decide(ctx, tx, q, update, event.PostingRequestApproved, viewer.From(ctx).Person); err != nil {
		return Decided{}, err
	}
	if !q.InstitutionID.IsNone() {
		return Decided{q.ID, p.ID}, career.ApproveWithPosting(ctx, tx, q.EmployerOrgID, q.InstitutionID)
	}
	return Decided{q.ID, p.ID}, become(ctx, tx, p, tx.MicroProject.Update(), event.MicroProjectApproved)
}

// RefuseMicroProject refuses a project for the platform or an institution, with
// a reason the employer will read.
func RefuseMicroProject(ctx context.Context, db *store.DB, in RefuseMicroProjectInput) (Decided, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Decided, error) {
		return refuse(ctx, tx, in.PostingRequestID, in.ExpectedRevision, in.Reason)
	})
}

func refuse(ctx context.Context, tx *store.Tx, id gid.ID, revision int, reason string) (Decided, error) {
	p, q, err := permitted(ctx, tx, id, revision, "refuseMicroProject")
	if err != nil {
		return Decided{}, err
	}
	if reason, err = readWords("reason", reason); err != nil {
		return Decided{}, err
	}
	update, err := byStaffNow(ctx, tx, q)
	if err != nil {
		return Decided{}, err
	}
	if err := decide(ctx, tx, q, update.SetReason(reason), event.PostingRequestDeclined, viewer.From(ctx).Person); err != nil {
		return Decided{}, err
	}
	return Decided{q.ID, p.ID}, refuseFor(ctx, tx, p, q, reason)
}

// refuseFor lets a project be refused when the platform is who refuses it.
func refuseFor(ctx context.Context, tx *store.Tx, p *ent.MicroProject, q *ent.PostingRequest, reason string) error {
	if !q.InstitutionID.IsNone() {
		return nil
	}
	if err := become(ctx, tx, p, tx.MicroProject.Update().SetReason(reason), event.MicroProjectRefused); err != nil {
		return err
	}
	// What people applied to while it was open ends with it.
	if p.PublishedAt != nil {
		if err := closeListing(ctx, tx, p); err != nil {
			return err
		}
		if err := job.Enqueue(ctx, tx, CloseOpenApplications, p.ID); err != nil {
			return err
		}
	}
	return closePending(ctx, tx, p, refused)
}

// RequestMicroProjectChanges asks the employer something, or for changes, before
// a body decides. The platform's question sends the project back.
func RequestMicroProjectChanges(ctx context.Context, db *store.DB, in RequestMicroProjectChangesInput) (Decided, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Decided, error) {
		p, q, err := permitted(ctx, tx, in.PostingRequestID, in.ExpectedRevision, "requestMicroProjectChanges")
		if err != nil {
			return Decided{}, err
		}
		question, err := readWords("question", in.Question)
		if err != nil {
			return Decided{}, err
		}
		update := tx.PostingRequest.Update().SetQuestion(question).ClearAnswer()
		if err := decide(ctx, tx, q, update, event.PostingRequestAsked, viewer.From(ctx).Person); err != nil || !q.InstitutionID.IsNone() {
			return Decided{q.ID, p.ID}, err
		}
		return Decided{q.ID, p.ID}, become(ctx, tx, p, tx.MicroProject.Update(), event.MicroProjectChangesRequested)
	})
}

// WithdrawPostingApproval takes an approval back, with a reason the employer will
// read. An institution's talents see the project no more; the platform's ends it
// for everybody.
func WithdrawPostingApproval(ctx context.Context, db *store.DB, in WithdrawPostingApprovalInput) (Decided, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Decided, error) {
		p, q, err := permitted(ctx, tx, in.PostingRequestID, in.ExpectedRevision, "withdrawPostingApproval")
		if err != nil {
			return Decided{}, err
		}
		if err := canWithdrawFor(p, q); err != nil {
			return Decided{}, err
		}
		reason, err := readWords("reason", in.Reason)
		if err != nil {
			return Decided{}, err
		}
		v := viewer.From(ctx)
		update := tx.PostingRequest.Update().SetDecidedBy(postingrequest.DecidedByStaff).SetDecidedAt(tx.Now).
			SetDeciderID(v.Person).SetReason(reason)
		if err := decide(ctx, tx, q, update, event.PostingRequestWithdrawn, v.Person); err != nil || !q.InstitutionID.IsNone() {
			return Decided{q.ID, p.ID}, err
		}
		return Decided{q.ID, p.ID}, refuseFor(ctx, tx, p, q, reason)
	})
}

// DecidedRequests are the requests that DecidePostingRequests decided.
type DecidedRequests struct{ PostingRequestIDs []gid.ID }

// DecidePostingRequests decides several requests of the viewer's body: all of
// them or none. What is wrong with one says which.
func DecidePostingRequests(ctx context.Context, db *store.DB, in DecidePostingRequestsInput) (DecidedRequests, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (DecidedRequests, error) {
		var done DecidedRequests
		if n := len(in.Decisions); n == 0 || n > mostDecided {
			return done, fault.LimitReached("decisions", fmt.Sprintf("Decide 1 to %d requests at once.", mostDecided))
		}
		var r text.Reader
		for n, d := range in.Decisions {
			one, err := d.decide(ctx, tx)
			r.Refuse(fault.Under(fmt.Sprintf("decisions.%d", n), "", err))
			done.PostingRequestIDs = append(done.PostingRequestIDs, one.PostingRequestID)
		}
		return done, r.Err()
	})
}

func (in PostingDecisionInput) decide(ctx context.Context, tx *store.Tx) (Decided, error) {
	if in.Decision == DecideApprove {
		return approve(ctx, tx, in.PostingRequestID, in.ExpectedRevision)
	}
	reason := ""
	if in.Reason != nil {
		reason = *in.Reason
	}
	return refuse(ctx, tx, in.PostingRequestID, in.ExpectedRevision, reason)
}

// permitted is a request that the viewer may use the verb on, and its project.
func permitted(ctx context.Context, tx *store.Tx, id gid.ID, revision int, verb string) (*ent.MicroProject, *ent.PostingRequest, error) {
	p, q, err := asked(ctx, tx, id)
	if err != nil {
		return nil, nil, err
	}
	return p, q, canDecide(viewer.From(ctx), q, verb, revision)
}

// byStaffNow notes that the viewer decides now, and how long it took in hours in
// which their office worked.
func byStaffNow(ctx context.Context, tx *store.Tx, q *ent.PostingRequest) (*ent.PostingRequestUpdate, error) {
	office := platformOffice
	if !q.InstitutionID.IsNone() {
		i, err := tx.Institution.Get(ctx, q.InstitutionID)
		if err != nil {
			return nil, err
		}
		office = career.OfficeOf(i)
	}
	return tx.PostingRequest.Update().SetDecidedBy(postingrequest.DecidedByStaff).SetDecidedAt(tx.Now).
		SetDeciderID(viewer.From(ctx).Person).SetOfficeMinutes(office.Between(q.RequestedAt, tx.Now)), nil
}

func readWords(path, said string) (string, error) {
	var r text.Reader
	said = r.Prose(path, said, 3, 1000)
	return said, r.Err()
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
	undecided, err := ending(tx).PostingRequest.Query().
		Where(postingrequest.MicroProjectID(p.ID), postingrequest.StatusIn(waiting...), store.Locked).All(ctx)
	if err != nil {
		return err
	}
	return closeRequests(ctx, tx, undecided, why)
}

// ends are the statuses of a request that can still be declined.
var ends = RequestStates.Verb(string(event.PostingRequestDeclined)).From

// expireApprovals lets the approvals of a project expire with it.
func expireApprovals(ctx context.Context, tx *store.Tx, p *ent.MicroProject) error {
	approved, err := ending(tx).PostingRequest.Query().
		Where(postingrequest.MicroProjectID(p.ID), postingrequest.StatusEQ(postingrequest.StatusApproved), store.Locked).
		Order(ent.Asc(postingrequest.FieldID)).All(ctx)
	if err != nil {
		return err
	}
	for _, q := range approved {
		update := ending(tx).PostingRequest.Update().SetDecidedBy(postingrequest.DecidedBySystem).SetDecidedAt(tx.Now).
			ClearDeciderID().SetReason("The project expired.")
		if err := decide(ctx, tx, q, update, event.PostingRequestExpired, gid.None); err != nil {
			return err
		}
	}
	return nil
}

func closeRequests(ctx context.Context, tx *store.Tx, requests []*ent.PostingRequest, why closing) error {
	for _, q := range requests {
		if !slices.Contains(ends, q.Status) {
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
