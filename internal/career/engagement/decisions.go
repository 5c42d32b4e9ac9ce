package engagement

import (
	"context"

	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// DeclineApplication ends an application for a reason that the talent reads, and
// with it the open offer that was made on it.
func DeclineApplication(ctx context.Context, db *store.DB, in application.DeclineApplicationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		a, err := lockApplication(ctx, tx, in.ApplicationID)
		if err != nil {
			return gid.None, err
		}
		if err := application.CanDecline(viewer.From(ctx), a, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		why := application.ReadRefusal(&r, "", in.Reason, in.Note)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, a.EmployerOrgID, a.TalentID)
		if err != nil {
			return gid.None, err
		}
		if err := application.Decline(ctx, tx, a, why, parties); err != nil {
			return gid.None, err
		}
		return a.ID, withdrawOn(ctx, tx, a, "The employer declined the application.", parties)
	})
}
