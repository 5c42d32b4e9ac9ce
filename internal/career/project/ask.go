package project

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/ent/gen/ent/projectinstitution"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
)

// body is who decides on a project: the platform, or one institution.
type body struct {
	id          gid.ID
	institution gid.ID // none for the platform
	floor       money.Money
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
