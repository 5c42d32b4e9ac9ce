package engagement

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// evaluationTime is how long after the work is completed each side can evaluate
// the other.
const evaluationTime = 14 * 24 * time.Hour

// CanEvaluate: each side once, after the work is completed and in time.
func CanEvaluate(v viewer.Viewer, e *ent.Engagement, spoken bool, now time.Time) error {
	err := EngagementStates.Permit("submitEvaluation", v, SidesOf(v, e.EmployerOrgID, e.TalentID), e.Status)
	switch {
	case err != nil:
		return err
	case spoken:
		return fault.AlreadyExists("engagementId", "Your side has evaluated this engagement already.")
	case !MayEvaluate(e, now):
		return fault.WindowClosed("engagementId", "The work can be evaluated until 14 days after it was completed.")
	}
	return nil
}

// EvaluateBy is until when the sides can evaluate completed work, or nil.
func EvaluateBy(e *ent.Engagement) *time.Time {
	if e.CompletedAt == nil {
		return nil
	}
	by := e.CompletedAt.Add(evaluationTime)
	return &by
}

// MayEvaluate reports whether the time to evaluate is not over.
func MayEvaluate(e *ent.Engagement, now time.Time) bool {
	by := EvaluateBy(e)
	return by != nil && now.Before(*by)
}

// What falls due when completed work waits for what the sides say of each other.
const (
	PublishEvaluations job.Kind = "publishEvaluations"
	RemindOfEvaluation job.Kind = "remindOfEvaluation"
)

// awaitEvaluations begins the time in which both sides can evaluate.
func awaitEvaluations(ctx context.Context, tx *store.Tx, engagement gid.ID) error {
	return await(ctx, tx, PublishEvaluations, RemindOfEvaluation, engagement, tx.Now.Add(evaluationTime), evaluationTime)
}

// EndEvaluations ends that time, when both have spoken.
func EndEvaluations(ctx context.Context, tx *store.Tx, engagement gid.ID) error {
	return endWait(ctx, tx, PublishEvaluations, RemindOfEvaluation, engagement)
}

// RemindToEvaluate tells those who have not spoken that they still can, while a
// reminder is in place.
func RemindToEvaluate(ctx context.Context, tx *store.Tx, e *ent.Engagement, silent []gid.ID) error {
	if len(silent) == 0 || !isNear(EvaluateBy(e), evaluationTime, tx.Now) {
		return nil
	}
	return record(ctx, tx, e, event.EvaluationDue, silent)
}
