package evaluation

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// EvaluationAbilities is what the viewer may do with one of them now.
type EvaluationAbilities struct {
	Amend  *fault.Ability
	Reply  *fault.Ability
	Remove *fault.Ability
}

// AmendEvaluation writes an evaluation anew that nobody else has read.
func AmendEvaluation(ctx context.Context, db *store.DB, in AmendEvaluationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, work, err := lockEvaluation(ctx, tx, in.EvaluationID)
		if err != nil {
			return gid.None, err
		}
		if err := canAmend(viewer.From(ctx), e, engagement.EvaluateBy(work), in.ExpectedRevision, tx.Now); err != nil {
			return gid.None, err
		}
		s, err := readEvaluation(in.Overall, in.Competencies, in.PublicText, in.PrivateText)
		if err != nil {
			return gid.None, err
		}
		update := tx.Evaluation.Update().SetOverall(in.Overall).SetCompetencies(s.competencies).SetPublicText(s.public).
			SetIsSharedWithInstitution(in.IsSharedWithInstitution != nil && *in.IsSharedWithInstitution).SetAmendedAt(tx.Now)
		if s.private == nil {
			update.ClearPrivateText()
		} else {
			update.SetPrivateText(*s.private)
		}
		return e.ID, after(ctx, tx, e, update, event.EvaluationAmended, []gid.ID{authorSide(e)})
	})
}

// ReplyToEvaluation answers what was published about the viewer's side.
func ReplyToEvaluation(ctx context.Context, db *store.DB, in ReplyToEvaluationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, _, err := lockEvaluation(ctx, tx, in.EvaluationID)
		if err != nil {
			return gid.None, err
		}
		if err := canReply(viewer.From(ctx), e, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reply := r.Prose("reply", in.Reply, 3, 2000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return gid.None, err
		}
		return e.ID, after(ctx, tx, e, tx.Evaluation.Update().SetReply(reply).SetRepliedAt(tx.Now), event.EvaluationReplied, parties)
	})
}

// RemoveEvaluation takes an evaluation away from all but its author's side.
func RemoveEvaluation(ctx context.Context, db *store.DB, in RemoveEvaluationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: a reply must not come after it.
		e, err := tx.Evaluation.Query().Where(evaluation.ID(in.EvaluationID), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, noEvaluation)
		}
		v := viewer.From(ctx)
		if err := canRemove(v, e, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.Prose("reason", in.Reason, 10, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return gid.None, err
		}
		update := tx.Evaluation.Update().SetStatus(EvaluationStates.Verb("removeEvaluation").To).
			SetRemovedAt(tx.Now).SetRemovedByID(v.Person).SetRemovalReason(reason)
		if err := after(ctx, tx, e, update, event.EvaluationRemoved, parties); err != nil {
			return gid.None, err
		}
		if e.Direction == evaluation.DirectionTalentToEmployer {
			return e.ID, nil
		}
		return e.ID, talent.Unstrike(ctx, tx, e.EngagementID)
	})
}

// after changes an evaluation and tells of it.
func after(
	ctx context.Context, tx *store.Tx, e *ent.Evaluation, update *ent.EvaluationUpdate, kind event.Kind, parties []gid.ID,
) error {
	update.Where(evaluation.ID(e.ID), evaluation.Revision(e.Revision))
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return recordEvaluation(ctx, tx, e, kind, parties)
}

var noEvaluation = fault.NotFound("evaluationId", "There is no such evaluation.")

// lockEvaluation reads an evaluation of one of the viewer's engagements.
func lockEvaluation(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.Evaluation, *ent.Engagement, error) {
	e, err := tx.Evaluation.Get(ctx, id)
	if err != nil {
		return nil, nil, store.Found(err, noEvaluation)
	}
	// Locked, the work before its evaluations: the other side's must not come meanwhile.
	work, err := tx.Engagement.Query().Where(entengagement.ID(e.EngagementID), store.Locked).Only(ctx)
	if err != nil {
		return nil, nil, store.Found(err, noEvaluation)
	}
	// Locked: see above.
	e, err = tx.Evaluation.Query().Where(evaluation.ID(id), store.Locked).Only(ctx)
	return e, work, store.Found(err, noEvaluation)
}

// EvaluationsAbilities says what the viewer may do with each evaluation now.
func EvaluationsAbilities(ctx context.Context, db *store.DB, evaluations []*ent.Evaluation) ([]*EvaluationAbilities, error) {
	until, err := untilOf(ctx, db, evaluations)
	if err != nil {
		return nil, err
	}
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	all := make([]*EvaluationAbilities, len(evaluations))
	for i, e := range evaluations {
		if e != nil {
			all[i] = &EvaluationAbilities{
				Amend:  fault.AbilityOf(canAmend(v, e, until[e.EngagementID], e.Revision, now)),
				Reply:  fault.AbilityOf(canReply(v, e, e.Revision)),
				Remove: fault.AbilityOf(canRemove(v, e, e.Revision)),
			}
		}
	}
	return all, nil
}

// untilOf is until when hidden evaluations can be amended, by their engagements.
func untilOf(ctx context.Context, db *store.DB, evaluations []*ent.Evaluation) (map[gid.ID]*time.Time, error) {
	var ids []gid.ID
	for _, e := range evaluations {
		if e != nil && e.Status == evaluation.StatusSubmitted {
			ids = append(ids, e.EngagementID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := db.Read.Engagement.Query().Where(entengagement.IDIn(ids...)).All(ctx)
	until := make(map[gid.ID]*time.Time, len(rows))
	for _, e := range rows {
		until[e.ID] = engagement.EvaluateBy(e)
	}
	return until, err
}
