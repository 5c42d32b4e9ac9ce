package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// PauseEngagement lets the work rest. While it does, nothing can be handed in, and
// only its end can be missed: there is at least a week to go on.
func PauseEngagement(ctx context.Context, db *store.DB, in PauseEngagementInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := application.LockEngagement(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := permit(v, e, "pauseEngagement", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.Prose("reason", in.Reason, 3, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return gid.None, err
		}
		side, by := engagement.PausedByEmployer, handInBy(e, tx.Now)
		if v.Talent == e.TalentID {
			side = engagement.PausedByTalent
		}
		err = step(ctx, tx, e, "pauseEngagement", parties, func(update *ent.EngagementUpdate) {
			update.SetPausedAt(tx.Now).SetPausedBy(side).SetPauseReason(reason).SetHandInBy(by)
		})
		if err != nil {
			return gid.None, err
		}
		return e.ID, job.At(ctx, tx, MissEnd, e.ID, by)
	})
}

// ResumeEngagement goes on with work that rested. There is at least a week to
// hand it in.
func ResumeEngagement(ctx context.Context, db *store.DB, in ResumeEngagementInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := application.LockEngagement(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		if err := permit(viewer.From(ctx), e, "resumeEngagement", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		err = goOn(ctx, tx, e, "resumeEngagement", func(update *ent.EngagementUpdate) {
			update.ClearPausedAt().ClearPausedBy().ClearPauseReason()
		})
		if err != nil {
			return gid.None, err
		}
		return e.ID, resumeWhole(ctx, tx, e.ID)
	})
}

// goOn makes work active again, with a new time to hand it in.
func goOn(ctx context.Context, tx *store.Tx, e *ent.Engagement, verb string, also func(*ent.EngagementUpdate)) error {
	parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
	if err != nil {
		return err
	}
	by := handInBy(e, tx.Now)
	err = step(ctx, tx, e, verb, parties, func(update *ent.EngagementUpdate) {
		also(update)
		update.SetHandInBy(by)
	})
	if err != nil {
		return err
	}
	return job.At(ctx, tx, MissEnd, e.ID, by)
}

// PausedBy is the side that let the work rest, or nil.
func PausedBy(e *ent.Engagement) *engagement.TerminatedBy {
	if e.PausedBy == nil {
		return nil
	}
	side := engagement.TerminatedBy(*e.PausedBy)
	return &side
}
