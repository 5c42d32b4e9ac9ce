// Package evaluation keeps what the two sides of completed work say of each other:
// neither reads the other's before both have spoken, or the time is over.
package evaluation

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/strike"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// SubmitEvaluation says what one side thinks of the other. The second of the
// two publishes both.
func SubmitEvaluation(ctx context.Context, db *store.DB, in SubmitEvaluationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// The lock makes one of two evaluations at once the second.
		e, err := application.LockEngagement(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		own, other, err := evaluationsOf(ctx, tx, e, directionOf(v, e))
		if err != nil {
			return gid.None, err
		}
		if err := engagement.CanEvaluate(v, e, own != nil, tx.Now); err != nil {
			return gid.None, err
		}
		s, err := readEvaluation(in.Overall, in.Competencies, in.PublicText, in.PrivateText)
		if err != nil {
			return gid.None, err
		}
		shared := in.IsSharedWithInstitution != nil && *in.IsSharedWithInstitution
		own, err = tx.Evaluation.Create().SetWorldID(e.WorldID).SetOwnerOrgID(e.EmployerOrgID).SetEmployerOrgID(e.EmployerOrgID).
			SetEngagementID(e.ID).SetTalentID(e.TalentID).SetAuthorID(v.Person).SetDirection(directionOf(v, e)).
			SetStatus(evaluation.StatusSubmitted).SetOverall(in.Overall).SetCompetencies(s.competencies).
			SetPublicText(s.public).SetNillablePrivateText(s.private).SetIsSharedWithInstitution(shared).
			SetSubmittedAt(tx.Now).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := recordEvaluation(ctx, tx, own, event.EvaluationSubmitted, []gid.ID{authorSide(own)}); err != nil {
			return gid.None, err
		}
		if other == nil {
			return own.ID, nil
		}
		if err := engagement.EndEvaluations(ctx, tx, e.ID); err != nil {
			return gid.None, err
		}
		return own.ID, publish(ctx, tx, e, own, other)
	})
}

// PublishWhatWasSaid publishes what one side has said when the other did not say
// anything in time.
func PublishWhatWasSaid(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := application.LockEngagement(ctx, tx, w.Subject)
		if err != nil || engagement.MayEvaluate(e, tx.Now) {
			return gid.None, err
		}
		hidden, err := tx.Evaluation.Query().Where(evaluation.EngagementID(e.ID), evaluation.StatusEQ(evaluation.StatusSubmitted)).All(ctx)
		if err != nil {
			return gid.None, err
		}
		return gid.None, publish(ctx, tx, e, hidden...)
	})
	return err
}

// EvaluationReminder tells those who have not evaluated that they still can.
func EvaluationReminder(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := application.LockEngagement(ctx, tx, w.Subject)
		if err != nil {
			return gid.None, err
		}
		said, err := bothSides(tx).Evaluation.Query().Where(evaluation.EngagementID(e.ID)).All(ctx)
		if err != nil {
			return gid.None, err
		}
		silent := []gid.ID{e.EmployerOrgID, e.TalentID}
		for _, one := range said {
			silent = slices.DeleteFunc(silent, func(id gid.ID) bool { return id == authorSide(one) })
		}
		return gid.None, engagement.RemindToEvaluate(ctx, tx, e, silent)
	})
	return err
}

// evaluationsOf are the evaluation in a direction and the one against it, where
// they exist.
func evaluationsOf(
	ctx context.Context, tx *store.Tx, e *ent.Engagement, direction evaluation.Direction,
) (own, other *ent.Evaluation, err error) {
	all, err := bothSides(tx).Evaluation.Query().Where(evaluation.EngagementID(e.ID)).All(ctx)
	for _, one := range all {
		if one.Direction == direction {
			own = one
		} else {
			other = one
		}
	}
	return own, other, err
}

// publish shows both evaluations to both sides.
func publish(ctx context.Context, tx *store.Tx, e *ent.Engagement, evaluations ...*ent.Evaluation) error {
	parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
	if err != nil {
		return err
	}
	for _, one := range evaluations {
		update := bothSides(tx).Evaluation.Update().Where(evaluation.ID(one.ID), evaluation.Revision(one.Revision)).
			SetStatus(EvaluationStates.Verb(string(event.EvaluationPublished)).To).SetPublishedAt(tx.Now)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return err
		}
		if err := recordEvaluation(ctx, tx, one, event.EvaluationPublished, parties); err != nil {
			return err
		}
		if err := strikeFor(ctx, tx, one); err != nil {
			return err
		}
	}
	return nil
}

func bothSides(tx *store.Tx) *ent.Client {
	return tx.System("both evaluations are published together, and neither side sees the other's before")
}

// authorSide is who sees an evaluation before it is published.
func authorSide(e *ent.Evaluation) gid.ID {
	if e.Direction == evaluation.DirectionTalentToEmployer {
		return e.TalentID
	}
	return e.EmployerOrgID
}

func recordEvaluation(ctx context.Context, tx *store.Tx, e *ent.Evaluation, kind event.Kind, parties []gid.ID) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: e.ID,
		IDs:     map[string]gid.ID{"engagement": e.EngagementID, "talent": e.TalentID, "employer": e.EmployerOrgID},
		Parties: parties,
	})
}

// strikeFor holds a published evaluation against a talent who was far below what
// was agreed.
func strikeFor(ctx context.Context, tx *store.Tx, e *ent.Evaluation) error {
	if e.Direction != evaluation.DirectionEmployerToTalent || e.Overall != evaluation.OverallSignificantlyBelow {
		return nil
	}
	return talent.Strike(ctx, tx, talent.Grounds{
		TalentID: e.TalentID, EngagementID: e.EngagementID, Kind: strike.KindSignificantlyBelow, Report: e.PublicText,
	})
}
