package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
)

// neverStarted is what both sides read of work that lapsed.
const neverStarted = "The work had not started a week after its last day."

// LapseUnstarted ends work that had not started by its end, whatever it waited for:
// the offer is void, the seat falls free and the money goes back. When the days were
// agreed on anew meanwhile, it waits for those.
func LapseUnstarted(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		o, e, err := lockWork(ctx, tx, w.Subject)
		if err != nil {
			return gid.None, err
		}
		if e.Status != engagement.StatusPendingGates && e.Status != engagement.StatusReady {
			return gid.None, nil
		}
		if at := lapsesAt(e); tx.Now.Before(at) {
			return gid.None, job.At(ctx, tx, Lapse, e.ID, at)
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return gid.None, err
		}
		err = endBy(ctx, tx, e, string(event.EngagementLapsed), engagement.TerminatedByPlatform, neverStarted, parties)
		if err != nil {
			return gid.None, err
		}
		return leaveSeat(ctx, tx, o, e, neverStarted, parties)
	})
	return err
}
