package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/submission"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
)

// SubmitForTeam is queued when somebody hands in teamwork.
const SubmitForTeam job.Kind = "submitForTeam"

// TeamSubmit hands a submission in for the teammates of who made it: those whose
// work on the project is under way, and whose copy of the deliverable takes work.
// Who rests or begins later hands in by themselves.
func TeamSubmit(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		s, err := tx.Submission.Get(ctx, w.Subject)
		if err != nil {
			return gid.None, err
		}
		d, err := tx.Deliverable.Get(ctx, s.DeliverableID)
		if err != nil {
			return gid.None, err
		}
		own, err := tx.Engagement.Get(ctx, d.EngagementID)
		if err != nil {
			return gid.None, err
		}
		// Locked in the order of their ids: two of a team may hand in at once.
		team, err := tx.Engagement.Query().Where(engagement.MicroProjectID(own.MicroProjectID), engagement.IDNEQ(own.ID),
			engagement.StatusEQ(engagement.StatusActive), store.Locked).Order(ent.Asc(engagement.FieldID)).All(ctx)
		if err != nil {
			return gid.None, err
		}
		for _, e := range team {
			if err := submitFor(ctx, tx, e, d.PlannedDeliverableID, s); err != nil {
				return gid.None, err
			}
		}
		return gid.None, nil
	})
	return err
}

// submitFor repeats a submission for a teammate's locked work, once.
func submitFor(ctx context.Context, tx *store.Tx, e *ent.Engagement, planned gid.ID, s *ent.Submission) error {
	repeated, err := tx.Submission.Query().Where(submission.OriginalID(s.ID), submission.TalentID(e.TalentID)).Exist(ctx)
	if err != nil || repeated {
		return err
	}
	d, err := tx.Deliverable.Query().Where(deliverable.EngagementID(e.ID), deliverable.PlannedDeliverableID(planned),
		deliverable.StatusIn(deliverable.StatusPlanned, deliverable.StatusRevisionRequested), store.Locked).Only(ctx)
	if ent.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
	if err != nil {
		return err
	}
	w := work{note: s.Note, links: s.Links, disclosure: s.AiDisclosure, original: s}
	_, err = handIn(ctx, tx, e, d, w, string(event.DeliverableTeamSubmitted), parties)
	return err
}

// IsFromTeammate reports whether a teammate handed it in.
func IsFromTeammate(s *ent.Submission) bool { return !s.OriginalID.IsNone() }

// FilesFrom names the submission that has the files of one: a teammate's own, where
// it repeats that.
func FilesFrom(s *ent.Submission) gid.ID {
	if IsFromTeammate(s) {
		return s.OriginalID
	}
	return s.ID
}
