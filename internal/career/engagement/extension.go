package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// ExtendDeliverableDueDate gives more time for one deliverable. When that is
// past the last day of the work, the work ends later as well.
func ExtendDeliverableDueDate(ctx context.Context, db *store.DB, in ExtendDeliverableDueDateInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, d, err := lockDeliverable(ctx, tx, in.DeliverableID)
		if err != nil {
			return gid.None, err
		}
		if err := canHandle(viewer.From(ctx), e, d, "extendDeliverableDueDate", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		due := in.DueOn.EndIn(calendar.Zone(*e.TimeZone))
		if !due.After(d.DueAt) || due.Before(tx.Now) {
			return gid.None, fault.InvalidValue("dueOn", "Choose a day after the one on which it is due now, and not in the past.")
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return gid.None, err
		}
		err = stepDeliverable(ctx, tx, d, "extendDeliverableDueDate", parties, func(update *ent.DeliverableUpdate) { update.SetDueAt(due) })
		if err != nil || !e.EndsOn.Before(in.DueOn) {
			return d.ID, err
		}
		return d.ID, endOn(ctx, tx, e, in.DueOn, tx.Engagement.Update().Where(engagement.ID(e.ID), engagement.Revision(e.Revision)))
	})
}

// endOn moves the last day of work with an update of it, and until when the work
// is to be handed in.
func endOn(ctx context.Context, tx *store.Tx, e *ent.Engagement, on calendar.Date, update *ent.EngagementUpdate) error {
	e.EndsOn = on
	update.SetEndsOn(on)
	if e.HandInBy == nil {
		return store.Moved(update.Save(ctx))
	}
	by := handInBy(e, tx.Now)
	if err := store.Moved(update.SetHandInBy(by).Save(ctx)); err != nil {
		return err
	}
	return job.At(ctx, tx, MissEnd, e.ID, by)
}
