package project

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/applicationquestion"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/planneddeliverable"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// can judges a verb that needs no more than the project's own row.
func can(v viewer.Viewer, p *ent.MicroProject, verb string, revision int) error {
	if err := permit(verb, v, p); err != nil {
		return err
	}
	return transition.Unchanged(revision, p.Revision)
}

// canResume: while somebody could still apply.
func canResume(v viewer.Viewer, p *ent.MicroProject, revision int, now time.Time) error {
	if err := can(v, p, "resumeMicroProject", revision); err != nil {
		return err
	}
	if isWindowClosed(p.ApplyBy, now) {
		return fault.WindowClosed("microProjectId", "Nobody can apply any more. Extend the time to apply first.")
	}
	return nil
}

// canClose: while somebody could still apply.
func canClose(v viewer.Viewer, p *ent.MicroProject, revision int, now time.Time) error {
	if err := can(v, p, "closeApplications", revision); err != nil {
		return err
	}
	if isWindowClosed(p.ApplyBy, now) {
		return fault.WindowClosed("microProjectId", "Nobody can apply any more.")
	}
	return nil
}

// canArchive: once, when it has ended for good.
func canArchive(v viewer.Viewer, p *ent.MicroProject, revision int) error {
	if err := can(v, p, "archiveMicroProject", revision); err != nil {
		return err
	}
	if p.ArchivedAt != nil {
		return fault.AlreadyExists("microProjectId", "This project has been put away already.")
	}
	return nil
}

// PauseMicroProject lets an open project take nobody for a while. Its posting
// leaves the boards; what was applied for stays open.
func PauseMicroProject(ctx context.Context, db *store.DB, in PauseMicroProjectInput) (gid.ID, error) {
	return stand(ctx, db, in.MicroProjectID, func(tx *store.Tx, p *ent.MicroProject) (event.Kind, error) {
		if err := can(viewer.From(ctx), p, "pauseMicroProject", in.ExpectedRevision); err != nil {
			return "", err
		}
		if err := move(ctx, p, tx.MicroProject.Update(), States.Verb("pauseMicroProject").To); err != nil {
			return "", err
		}
		return event.MicroProjectPaused, closeListing(ctx, tx, p)
	})
}

// ResumeMicroProject opens a paused project again, with its posting.
func ResumeMicroProject(ctx context.Context, db *store.DB, in ResumeMicroProjectInput) (gid.ID, error) {
	return stand(ctx, db, in.MicroProjectID, func(tx *store.Tx, p *ent.MicroProject) (event.Kind, error) {
		if err := canResume(viewer.From(ctx), p, in.ExpectedRevision, tx.Now); err != nil {
			return "", err
		}
		if err := move(ctx, p, tx.MicroProject.Update(), States.Verb("resumeMicroProject").To); err != nil {
			return "", err
		}
		return event.MicroProjectResumed, reopenListing(ctx, tx, p)
	})
}

// ExtendApplicationWindow gives talents more time to apply.
func ExtendApplicationWindow(ctx context.Context, db *store.DB, in ExtendApplicationWindowInput) (gid.ID, error) {
	return stand(ctx, db, in.MicroProjectID, func(tx *store.Tx, p *ent.MicroProject) (event.Kind, error) {
		if err := can(viewer.From(ctx), p, "extendApplicationWindow", in.ExpectedRevision); err != nil {
			return "", err
		}
		switch {
		case p.ApplyBy == nil:
			return "", fault.InvalidValue("applyBy", "One can apply to this project without an end. Close its applications to end that.")
		case !in.ApplyBy.After(*p.ApplyBy) || !in.ApplyBy.After(tx.Now):
			return "", fault.InvalidValue("applyBy", "Choose an instant after the one until which one can apply now, and in the future.")
		}
		if err := applyUntil(ctx, tx, p, in.ApplyBy); err != nil || p.Status != microproject.StatusOpen {
			return event.MicroProjectExtended, err
		}
		// The posting left where the time was over, and an offer held the project up.
		return event.MicroProjectExtended, reopenListing(ctx, tx, p)
	})
}

// CloseApplications ends the time to apply now. What follows is as if it had
// ended by itself: the project is filled by those who were taken, or expires.
func CloseApplications(ctx context.Context, db *store.DB, in CloseApplicationsInput) (gid.ID, error) {
	return stand(ctx, db, in.MicroProjectID, func(tx *store.Tx, p *ent.MicroProject) (event.Kind, error) {
		if err := canClose(viewer.From(ctx), p, in.ExpectedRevision, tx.Now); err != nil {
			return "", err
		}
		return event.MicroProjectClosed, applyUntil(ctx, tx, p, tx.Now)
	})
}

// ArchiveMicroProject puts a project away that has ended. It stays what it is.
func ArchiveMicroProject(ctx context.Context, db *store.DB, in ArchiveMicroProjectInput) (gid.ID, error) {
	return stand(ctx, db, in.MicroProjectID, func(tx *store.Tx, p *ent.MicroProject) (event.Kind, error) {
		if err := canArchive(viewer.From(ctx), p, in.ExpectedRevision); err != nil {
			return "", err
		}
		return event.MicroProjectArchived, move(ctx, p, tx.MicroProject.Update().SetArchivedAt(tx.Now), p.Status)
	})
}

// stand changes how a project stands, and records it.
func stand(
	ctx context.Context, db *store.DB, id gid.ID, change func(*store.Tx, *ent.MicroProject) (event.Kind, error),
) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := seen(ctx, tx, id)
		if err != nil {
			return gid.None, err
		}
		kind, err := change(tx, p)
		if err != nil {
			return gid.None, err
		}
		return p.ID, record(ctx, tx, p, kind, nil)
	})
}

// applyUntil moves the end of the time to apply, on the project, on its posting and
// on the timer.
func applyUntil(ctx context.Context, tx *store.Tx, p *ent.MicroProject, by time.Time) error {
	p.ApplyBy = &by
	if err := move(ctx, p, tx.MicroProject.Update().SetApplyBy(by), p.Status); err != nil {
		return err
	}
	if err := refreshListing(ctx, tx, p); err != nil {
		return err
	}
	return job.At(ctx, tx, EndApplications, p.ID, by)
}

// canDuplicate: those who may write projects, one of their own employer.
func canDuplicate(v viewer.Viewer, p *ent.MicroProject) error {
	if err := canDraft(v); err != nil {
		return err
	}
	if p.EmployerOrgID != v.Employer() {
		return fault.NotPermitted("Only a project of your own employer can be duplicated.")
	}
	return nil
}

// DuplicateMicroProject drafts a project that says what another of the
// employer's says, in any status: so each can serve as a template. The time to
// apply, the days and what was decided are not taken over.
func DuplicateMicroProject(ctx context.Context, db *store.DB, in DuplicateMicroProjectInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		p, err := seen(ctx, tx, in.MicroProjectID)
		if err != nil {
			return gid.None, err
		}
		if err := canDuplicate(v, p); err != nil {
			return gid.None, err
		}
		t, err := termsNow(ctx, tx, p)
		if err != nil {
			return gid.None, err
		}
		t.startsOn, t.startsBy, t.dueOn, t.applyBy = nil, nil, nil, nil
		var r text.Reader
		if in.Title != nil {
			t.title = r.Line("title", *in.Title, 5, 120)
		}
		if err := t.refer(ctx, tx.Client, &r, v.Employer()); err != nil {
			return gid.None, err
		}
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		plan, questions, err := copied(ctx, tx, p)
		if err != nil {
			return gid.None, err
		}
		return draft(ctx, tx, t, plan, questions, event.MicroProjectDuplicated, map[string]gid.ID{"drafter": v.Person, "original": p.ID})
	})
}

// copied are a project's plan, without its days, and its questions.
func copied(ctx context.Context, tx *store.Tx, p *ent.MicroProject) ([]entry, []question, error) {
	planned, err := tx.PlannedDeliverable.Query().Where(planneddeliverable.MicroProjectID(p.ID)).
		Order(ent.Asc(planneddeliverable.FieldPosition)).All(ctx)
	if err != nil {
		return nil, nil, err
	}
	asked, err := tx.ApplicationQuestion.Query().Where(applicationquestion.MicroProjectID(p.ID)).
		Order(ent.Asc(applicationquestion.FieldPosition)).All(ctx)
	if err != nil {
		return nil, nil, err
	}
	plan, questions := make([]entry, len(planned)), make([]question, len(asked))
	for i, d := range planned {
		plan[i] = entry{title: d.Title, criterion: d.AcceptanceCriterion, isTeamwork: d.IsTeamwork}
	}
	for i, q := range asked {
		questions[i] = question{kind: q.Kind, text: q.Text, isRequired: q.IsRequired, choices: q.Choices}
	}
	return plan, questions, nil
}

// draft writes a new project down, with its plan and its questions.
func draft(
	ctx context.Context, tx *store.Tx, t terms, plan []entry, questions []question, kind event.Kind, ids map[string]gid.ID,
) (gid.ID, error) {
	v := viewer.From(ctx)
	create := tx.MicroProject.Create().SetWorldID(tx.World()).SetStatus(microproject.StatusDraft).
		SetOwnerOrgID(v.Employer()).SetEmployerOrgID(v.Employer()).SetDraftedByID(v.Person)
	t.write(create.Mutation(), terms{})
	p, err := create.Save(ctx)
	if err != nil {
		return gid.None, err
	}
	if err := t.choose(ctx, tx, p, terms{}); err != nil {
		return gid.None, err
	}
	if err := appendPlan(ctx, tx, p, 0, plan); err != nil {
		return gid.None, err
	}
	if err := askQuestions(ctx, tx, p, questions); err != nil {
		return gid.None, err
	}
	return p.ID, record(ctx, tx, p, kind, ids)
}
