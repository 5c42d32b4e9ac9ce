package project

import (
	"context"
	"fmt"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/projectinstitution"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
)

// become moves a project where one of Rung's own rows of the state table leads.
func become(ctx context.Context, tx *store.Tx, p *ent.MicroProject, update *ent.MicroProjectUpdate, kind event.Kind) error {
	row := States.Verb(string(kind))
	if !slices.Contains(row.From, p.Status) {
		return fmt.Errorf("project: %s of %s, which is %s", kind, p.ID, p.Status)
	}
	if err := move(ctx, p, update, row.To); err != nil {
		return err
	}
	return record(ctx, tx, p, kind, nil)
}

// move changes a project that is still as it was read, and keeps the row in
// hand up to date for the next step.
func move(ctx context.Context, p *ent.MicroProject, update *ent.MicroProjectUpdate, to microproject.Status) error {
	update.Where(microproject.ID(p.ID), microproject.Revision(p.Revision)).SetStatus(to)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	p.Status = to
	p.Revision++
	return nil
}

// record tells the employer what happened to its project, and, once it was
// submitted, the platform and the institutions chosen.
func record(ctx context.Context, tx *store.Tx, p *ent.MicroProject, kind event.Kind, ids map[string]gid.ID) error {
	parties := []gid.ID{p.EmployerOrgID}
	if p.SubmittedAt != nil {
		chosen, err := tx.System("an event goes to every institution that the project was submitted to").ProjectInstitution.
			Query().Where(projectinstitution.MicroProjectID(p.ID)).All(ctx)
		if err != nil {
			return err
		}
		parties = append(parties, tx.World())
		for _, c := range chosen {
			parties = append(parties, c.InstitutionID)
		}
	}
	return event.Record(ctx, tx, event.Event{Kind: kind, Subject: p.ID, IDs: ids, Parties: parties})
}
