package project

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
)

// EndForEmployer cancels what a banned employer offers. Projects on which somebody
// works go on.
func EndForEmployer(ctx context.Context, db *store.DB, w job.Work) error {
	ids, err := db.Read.MicroProject.Query().Where(microproject.EmployerOrgID(w.Subject),
		microproject.StatusIn(States.Verb("cancelMicroProject").From...)).Order(ent.Asc(microproject.FieldID)).IDs(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
			p, err := follow(ctx, tx, id)
			if err != nil {
				return gid.None, err
			}
			busy, err := all(tx).Engagement.Query().
				Where(engagement.MicroProjectID(id), engagement.StatusIn(working...)).Exist(ctx)
			if err != nil || busy || !isCancellable(p) {
				return gid.None, err
			}
			return id, cancel(ctx, tx, p, "The platform banned the employer.")
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// cancel ends a project. Its applications, offers and held money follow after the
// change.
func cancel(ctx context.Context, tx *store.Tx, p *ent.MicroProject, reason string) error {
	update := tx.MicroProject.Update().SetReason(reason).SetEndedAt(tx.Now)
	if err := move(ctx, p, update, States.Verb("cancelMicroProject").To); err != nil {
		return err
	}
	if err := closeListing(ctx, tx, p); err != nil {
		return err
	}
	if err := record(ctx, tx, p, event.MicroProjectCancelled, nil); err != nil {
		return err
	}
	if err := closePending(ctx, tx, p, cancelled); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, CloseOpenApplications, p.ID)
}
