// Package project is about the work that employers offer: micro-projects, from
// the first draft over the approval of the platform and of institutions to the
// public posting, until every seat is taken or the project ends.
package project

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	entemployer "github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/projectinstitution"
	"github.com/rung-dev/rung/ent/gen/ent/projectskill"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// Published is what PublishMicroProject opened.
type Published struct {
	MicroProjectID gid.ID
	ListingID      gid.ID
}

// DraftMicroProject writes a project down for the viewer's employer alone.
func DraftMicroProject(ctx context.Context, db *store.DB, in DraftMicroProjectInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		if err := canDraft(v); err != nil {
			return gid.None, err
		}
		var r text.Reader
		t := in.read(&r)
		t.check(&r)
		checkWindow(&r, in.ApplyBy, tx.Now)
		plan, questions := readPlan(&r, in.Deliverables, t), readQuestions(&r, in.Questions)
		if err := t.refer(ctx, tx.Client, &r, v.Employer()); err != nil {
			return gid.None, err
		}
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		return draft(ctx, tx, t, plan, questions, event.MicroProjectDrafted, map[string]gid.ID{"drafter": v.Person})
	})
}

// ReviseMicroProject changes a project. What its approvals rest on sends it back
// to those who approved it.
func ReviseMicroProject(ctx context.Context, db *store.DB, in ReviseMicroProjectInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := seen(ctx, tx, in.MicroProjectID)
		if err != nil {
			return gid.None, err
		}
		if err := canRevise(viewer.From(ctx), p, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		before, err := termsNow(ctx, tx, p)
		if err != nil {
			return gid.None, err
		}
		var r text.Reader
		t := in.read(&r, before)
		t.check(&r)
		checkWindow(&r, in.ApplyBy.Value(), tx.Now)
		asked, anew := in.Questions.ValueOK()
		questions := readQuestions(&r, asked)
		if err := t.refer(ctx, tx.Client, &r, p.EmployerOrgID); err != nil {
			return gid.None, err
		}
		t.checkStanding(&r, p, before)
		if anew && p.PublishedAt != nil {
			r.Refuse(fault.InvalidValue("questions", "The questions of a project that was published stay as they are."))
		}
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		if anew {
			if err := askQuestions(ctx, tx, p, questions); err != nil {
				return gid.None, err
			}
		}
		return p.ID, revise(ctx, tx, p, t, before)
	})
}

// SubmitMicroProjectForApproval asks the platform and each chosen institution.
// Where no rule asks for a person, they have approved at once. Of a project that
// is reviewed, approved or open already it asks only those institutions that
// wait for an answer, or take another request.
func SubmitMicroProjectForApproval(ctx context.Context, db *store.DB, in SubmitMicroProjectForApprovalInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, s, err := weighed(ctx, tx, in.MicroProjectID)
		if err != nil {
			return gid.None, err
		}
		if err := canSubmit(viewer.From(ctx), p, s, in.ExpectedRevision, tx.Now); err != nil {
			return gid.None, err
		}
		answer, err := readAnswer(in)
		if err != nil {
			return gid.None, err
		}
		return p.ID, submit(ctx, tx, p, answer)
	})
}

// PublishMicroProject opens an approved project to applications.
func PublishMicroProject(ctx context.Context, db *store.DB, in PublishMicroProjectInput) (Published, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Published, error) {
		p, s, err := weighed(ctx, tx, in.MicroProjectID)
		if err != nil {
			return Published{}, err
		}
		if err := canPublish(viewer.From(ctx), p, s, in.ExpectedRevision, tx.Now); err != nil {
			return Published{}, err
		}
		// Locked: a suspension must not slip in and miss this posting.
		e, err := tx.Employer.Query().Where(entemployer.ID(p.EmployerOrgID), store.Locked).Only(ctx)
		if err != nil {
			return Published{}, err
		}
		if err := employer.MayDeal(e); err != nil {
			return Published{}, err
		}
		update := tx.MicroProject.Update()
		// The first time counts: offers that were accepted since stay after it.
		if p.PublishedAt == nil {
			update.SetPublishedAt(tx.Now)
		}
		if err := move(ctx, p, update, States.Verb("publishMicroProject").To); err != nil {
			return Published{}, err
		}
		listing, err := list(ctx, tx, p, e.Name)
		if err != nil {
			return Published{}, err
		}
		if p.ApplyBy != nil {
			if err := job.At(ctx, tx, EndApplications, p.ID, *p.ApplyBy); err != nil {
				return Published{}, err
			}
		}
		return Published{p.ID, listing}, record(ctx, tx, p, event.MicroProjectPublished, nil)
	})
}

// CancelMicroProject ends a project that nobody works on, for its employer or for
// the platform. Its applications,
// offers and held money follow after the change.
func CancelMicroProject(ctx context.Context, db *store.DB, in CancelMicroProjectInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, s, err := weighed(ctx, tx, in.MicroProjectID)
		if err != nil {
			return gid.None, err
		}
		if err := canCancel(viewer.From(ctx), p, s, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.Prose("reason", in.Reason, 3, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		return p.ID, cancel(ctx, tx, p, reason)
	})
}

// seen reads the project that a verb is about, as far as the viewer may see it.
func seen(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.MicroProject, error) {
	// Locked: a decision, a seat or another revision must not slip in between.
	p, err := tx.MicroProject.Query().Where(microproject.ID(id), store.Locked).Only(ctx)
	if err != nil {
		return nil, store.Found(err, fault.NotFound("microProjectId", "There is no such micro-project."))
	}
	return p, nil
}

// weighed is the project with what a rule must know beyond its row, as far as
// it is the viewer's own.
func weighed(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.MicroProject, standing, error) {
	p, err := seen(ctx, tx, id)
	if err != nil || !isWeighed(viewer.From(ctx), p) {
		return p, standing{}, err
	}
	s, err := standings(ctx, tx.Client, id)
	return p, s[id], err
}

// termsNow are a project's terms with the institutions and skills it names.
func termsNow(ctx context.Context, tx *store.Tx, p *ent.MicroProject) (terms, error) {
	chosen, err := tx.ProjectInstitution.Query().Where(projectinstitution.MicroProjectID(p.ID)).
		Order(ent.Asc(projectinstitution.FieldInstitutionID)).All(ctx)
	if err != nil {
		return terms{}, err
	}
	asked, err := tx.ProjectSkill.Query().Where(projectskill.MicroProjectID(p.ID)).Order(ent.Asc(projectskill.FieldSkillID)).All(ctx)
	if err != nil {
		return terms{}, err
	}
	var institutions, skills []gid.ID
	for _, c := range chosen {
		institutions = append(institutions, c.InstitutionID)
	}
	for _, a := range asked {
		skills = append(skills, a.SkillID)
	}
	return termsOf(p, institutions, skills), nil
}
