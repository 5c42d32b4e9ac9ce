package engagement

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	// grace is how long after its last day work can still be handed in, and how
	// much time there is at least once it goes on after a pause or a revision.
	grace = 7 * 24 * time.Hour
	// reopenTime is how long work that was not handed in can be taken up again.
	reopenTime = 14 * 24 * time.Hour
)

// What falls due when work is not handed in: it counts as incomplete, and then
// as over. What never started lapses.
const (
	MissEnd         job.Kind = "missEngagementEnd"
	CloseIncomplete job.Kind = "closeIncompleteEngagement"
	Lapse           job.Kind = "lapseEngagement"
)

// zoneOf is where the days of work end: as agreed at kick-off, and until then in UTC.
func zoneOf(e *ent.Engagement) calendar.Zone {
	if e.TimeZone == nil {
		return "UTC"
	}
	return calendar.Zone(*e.TimeZone)
}

// lapsesAt is a week after the last day of work.
func lapsesAt(e *ent.Engagement) time.Time { return e.EndsOn.EndIn(zoneOf(e)).Add(grace) }

// handInBy is until when work must be handed in: a week after its last day, and
// at least a week from now.
func handInBy(e *ent.Engagement, now time.Time) time.Time {
	by := lapsesAt(e)
	if later := now.Add(grace); by.Before(later) {
		return later
	}
	return by
}

// MissedEnd marks work as incomplete that was not handed in by its end, be it that
// it rested.
func MissedEnd(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := application.LockEngagement(ctx, tx, w.Subject)
		if err != nil {
			return gid.None, err
		}
		if !isUnderWay(e) || e.HandInBy == nil || tx.Now.Before(*e.HandInBy) {
			return gid.None, nil
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return gid.None, err
		}
		by := tx.Now.Add(reopenTime)
		err = step(ctx, tx, e, string(event.EngagementMissed), parties, func(update *ent.EngagementUpdate) {
			update.SetIncompleteAt(tx.Now).SetReopenBy(by).ClearHandInBy().ClearPausedAt().ClearPausedBy().ClearPauseReason()
		})
		if err != nil {
			return gid.None, err
		}
		return gid.None, job.At(ctx, tx, CloseIncomplete, e.ID, by)
	})
	return err
}

func isUnderWay(e *ent.Engagement) bool {
	return e.Status == engagement.StatusActive || e.Status == engagement.StatusPaused
}

// ReopenEngagement takes work up again that was not handed in, with a new last
// day.
func ReopenEngagement(ctx context.Context, db *store.DB, in ReopenEngagementInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := application.LockEngagement(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		if err := canReopen(viewer.From(ctx), e, tx.Now, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		if in.EndsOn.Before(calendar.In(tx.Now, calendar.Zone(*e.TimeZone))) {
			return gid.None, fault.InvalidValue("endsOn", "Let the work end today or later.")
		}
		e.EndsOn = in.EndsOn
		if err := goOn(ctx, tx, e, "reopenEngagement", func(update *ent.EngagementUpdate) {
			update.SetEndsOn(in.EndsOn).ClearReopenBy().ClearIncompleteAt()
		}); err != nil {
			return gid.None, err
		}
		return e.ID, job.Unset(ctx, tx, CloseIncomplete, e.ID)
	})
}

// CloseMissed ends work for good that nobody took up again: what is open is
// cancelled, and the money goes back, or is frozen where something was handed in.
func CloseMissed(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		o, e, err := lockWork(ctx, tx, w.Subject)
		if err != nil {
			return gid.None, err
		}
		if e.Status != engagement.StatusIncomplete || e.ReopenBy == nil || tx.Now.Before(*e.ReopenBy) {
			return gid.None, nil
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return gid.None, err
		}
		err = step(ctx, tx, e, string(event.EngagementClosed), parties, func(update *ent.EngagementUpdate) { update.ClearReopenBy() })
		if err != nil {
			return gid.None, err
		}
		return stopWork(ctx, tx, o, e, parties)
	})
	return err
}
