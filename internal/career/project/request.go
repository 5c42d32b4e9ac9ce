package project

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/ent/gen/ent/projectinstitution"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// Decided is the request that was decided, and its project.
type Decided struct {
	PostingRequestID gid.ID
	MicroProjectID   gid.ID
}

// body is who decides on a project: the platform, or one institution.
type body struct {
	id          gid.ID
	institution gid.ID // none for the platform
	floor       money.Money
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

// ask puts the project to each body, for the first time or again, and reports
// whether the platform has approved it at once.
func ask(ctx context.Context, tx *store.Tx, p *ent.MicroProject) (approved bool, err error) {
	bodies, err := bodiesOf(ctx, tx, p)
	if err != nil {
		return false, err
	}
	before, err := tx.PostingRequest.Query().Where(postingrequest.MicroProjectID(p.ID), store.Locked).All(ctx)
	if err != nil {
		return false, err
	}
	for _, b := range bodies {
		rule, needsPerson := verdict(Fee(p), p.Hours, b.floor)
		if b.institution.IsNone() {
			approved = !needsPerson
		}
		i := slices.IndexFunc(before, func(q *ent.PostingRequest) bool { return q.BodyID == b.id })
		var earlier *ent.PostingRequest
		if i >= 0 {
			earlier = before[i]
			before = slices.Delete(before, i, i+1)
		}
		if err := askOne(ctx, tx, p, b, earlier, rule, needsPerson); err != nil {
			return false, err
		}
	}
	return approved, closeRequests(ctx, tx, before, unchosen)
}

// askOne writes the body's one request on the project.
func askOne(
	ctx context.Context, tx *store.Tx, p *ent.MicroProject, b body, earlier *ent.PostingRequest, rule string, needsPerson bool,
) error {
	q := earlier
	if earlier == nil {
		create := tx.PostingRequest.Create().SetWorldID(p.WorldID).SetOwnerOrgID(p.EmployerOrgID).SetEmployerOrgID(p.EmployerOrgID).
			SetMicroProjectID(p.ID).SetBodyID(b.id)
		if !b.institution.IsNone() {
			create.SetInstitutionID(b.institution)
		}
		answerByRule(tx, create.Mutation(), rule, needsPerson)
		var err error
		if q, err = create.Save(ctx); err != nil {
			return err
		}
	} else {
		update := tx.PostingRequest.Update().Where(postingrequest.ID(q.ID), postingrequest.Revision(q.Revision)).
			ClearReason().ClearDeciderID()
		answerByRule(tx, update.Mutation(), rule, needsPerson)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return err
		}
	}
	if needsPerson {
		return nil
	}
	return recordDecision(ctx, tx, q, event.PostingRequestApproved, gid.None)
}

// answerByRule notes which rule approved the request, or asks for a person.
func answerByRule(tx *store.Tx, m *ent.PostingRequestMutation, rule string, needsPerson bool) {
	m.SetRequestedAt(tx.Now)
	m.SetRuleID(rule)
	if needsPerson {
		m.SetStatus(RequestStates.Verb("submitMicroProjectForApproval").To)
		m.ClearDecidedBy()
		m.ClearDecidedAt()
		return
	}
	m.SetStatus(RequestStates.Verb(string(event.PostingRequestApproved)).To)
	m.SetDecidedBy(postingrequest.DecidedBySystem)
	m.SetDecidedAt(tx.Now)
}

// bodiesOf are the platform and the institutions chosen, each with its floor.
func bodiesOf(ctx context.Context, tx *store.Tx, p *ent.MicroProject) ([]body, error) {
	bodies := []body{{id: tx.World(), floor: platformFloor}}
	chosen, err := tx.ProjectInstitution.Query().Where(projectinstitution.MicroProjectID(p.ID)).
		Order(ent.Asc(projectinstitution.FieldID)).All(ctx)
	if err != nil || len(chosen) == 0 {
		return bodies, err
	}
	var ids []gid.ID
	for _, c := range chosen {
		ids = append(ids, c.InstitutionID)
	}
	rows, err := tx.Institution.Query().Where(institution.IDIn(ids...)).Order(ent.Asc(institution.FieldID)).All(ctx)
	for _, i := range rows {
		bodies = append(bodies, body{i.ID, i.ID, floorOf(i)})
	}
	return bodies, err
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
