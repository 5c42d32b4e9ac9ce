package evaluation

import (
	"context"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/strike"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// watched are the tables that a refusal must leave alone.
var watched = []string{"engagements", "evaluations", "jobs", "strikes", "talent_profiles"}

type scene struct{ *stage.Scene }

// each sets the scene on both engines and runs the test there.
func each(t *testing.T, test func(s *scene)) {
	t.Helper()
	t.Parallel()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) { test(&scene{stage.Set(t, h)}) })
}

// completed is work of Ada's that waits for what both sides say of each other.
func (s *scene) completed() *ent.Engagement {
	s.Helper()
	e := s.Completed()
	by := *engagement.EvaluateBy(e)
	return stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.Engagement, error) {
		if err := job.At(ctx, tx, engagement.RemindOfEvaluation, e.ID, by.AddDate(0, 0, -3)); err != nil {
			return nil, err
		}
		return e, job.At(ctx, tx, engagement.PublishEvaluations, e.ID, by)
	})
}

// due lets a worker do what has fallen due, and nothing is left.
func (s *scene) due() {
	s.Helper()
	w := &job.Worker{DB: s.DB, Name: "test", Handlers: map[job.Kind]job.Handler{
		engagement.PublishEvaluations: PublishWhatWasSaid, engagement.RemindOfEvaluation: EvaluationReminder,
	}}
	if _, err := w.Drain(s.Context()); err != nil {
		s.Fatal(err)
	}
	depth, err := job.Measure(s.Context(), s.DB)
	if err != nil || depth.Due > 0 || depth.Parked > 0 {
		s.Errorf("after the work there is %+v, %v", depth, err)
	}
}

func (s *scene) evaluation(id gid.ID) *ent.Evaluation {
	s.Helper()
	e, err := s.DB.Read.Evaluation.Get(s.All(), id)
	if err != nil {
		s.Fatal(err)
	}
	return e
}

func (s *scene) evaluations(engagementID gid.ID) []*ent.Evaluation {
	s.Helper()
	all, err := s.DB.Read.Evaluation.Query().Where(evaluation.EngagementID(engagementID)).Order(ent.Asc(evaluation.FieldDirection)).All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	return all
}

func (s *scene) ada() *ent.TalentProfile {
	s.Helper()
	t, err := s.DB.Read.TalentProfile.Get(s.All(), s.Ada.Talent)
	if err != nil {
		s.Fatal(err)
	}
	return t
}

// strikes are all of them, the earliest first.
func (s *scene) strikes() []*ent.Strike {
	s.Helper()
	all, err := s.DB.Read.Strike.Query().Order(ent.Asc(strike.FieldIssuedAt)).All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	return all
}
