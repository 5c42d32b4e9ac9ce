package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// ClearEngagementInput: which engagement.
type ClearEngagementInput struct {
	EngagementID     gid.ID
	ExpectedRevision int
}

const clearEngagement = "clearEngagement"

// ClearEngagement says for the talent's institution that the work may start.
func ClearEngagement(ctx context.Context, db *store.DB, in ClearEngagementInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := application.LockEngagement(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := canClear(v, e, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		update := tx.Engagement.Update().Where(engagement.ID(e.ID), engagement.Revision(e.Revision)).
			SetClearedAt(tx.Now).SetClearedByID(v.Person)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return gid.None, err
		}
		if err := record(ctx, tx, e, event.EngagementCleared, parties); err != nil {
			return gid.None, err
		}
		e, err = tx.Engagement.Get(ctx, e.ID)
		if err != nil {
			return gid.None, err
		}
		return e.ID, passGates(ctx, tx, e, parties)
	})
}

// canClear: the approvers of the institution that clears this work, once, on work
// they have read as it is.
func canClear(v viewer.Viewer, e *ent.Engagement, revision int) error {
	var sides []transition.Side
	if !e.ClearingInstitutionID.IsNone() && v.Institution() == e.ClearingInstitutionID {
		sides = []transition.Side{transition.Institution}
	}
	if err := EngagementStates.Permit(clearEngagement, v, sides, e.Status); err != nil {
		return err
	}
	if err := transition.Unchanged(revision, e.Revision); err != nil {
		return err
	}
	if e.ClearedAt != nil {
		return fault.AlreadyExists("engagementId", "Your institution has cleared this work already.")
	}
	return nil
}

// clearing is the institution whose staff clear a talent's work: of those that
// the talent belongs to and that clear, the first that confirmed them.
func clearing(ctx context.Context, tx *store.Tx, talent gid.ID) (gid.ID, error) {
	rows, err := tx.System("which of the talent's institutions clears their work").Affiliation.Query().
		Where(affiliation.TalentID(talent), affiliation.StatusEQ(affiliation.StatusConfirmed)).WithInstitution().
		Order(ent.Asc(affiliation.FieldDecidedAt, affiliation.FieldID)).All(ctx)
	for _, a := range rows {
		if a.Edges.Institution.ClearsEngagements {
			return a.InstitutionID, nil
		}
	}
	return gid.None, err
}
