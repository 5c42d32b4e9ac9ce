package credential

import (
	"context"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// watched are the tables that a refusal must leave alone.
var watched = []string{"portfolio_items", "deliverables"}

type scene struct{ *stage.Scene }

// each sets the scene on both engines and runs the test there.
func each(t *testing.T, test func(s *scene)) {
	t.Helper()
	t.Parallel()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) { test(&scene{stage.Set(t, h)}) })
}

// deliverable is one of the engagement's.
func (s *scene) deliverable(e *ent.Engagement, position int, status deliverable.Status) *ent.Deliverable {
	return stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.Deliverable, error) {
		planned, err := tx.PlannedDeliverable.Create().SetMicroProjectID(e.MicroProjectID).SetEmployerOrgID(s.Acme).
			SetPosition(position).SetTitle("The report").SetAcceptanceCriterion("It answers the question.").Save(ctx)
		if err != nil {
			return nil, err
		}
		create := tx.Deliverable.Create().SetWorldID(tx.World()).SetOwnerOrgID(s.Acme).SetEmployerOrgID(s.Acme).
			SetEngagementID(e.ID).SetPlannedDeliverableID(planned.ID).SetTalentID(s.Ada.Talent).SetPosition(position).
			SetTitle("The report").SetAcceptanceCriterion("It answers the question.").SetDueAt(tx.Now).SetStatus(status).SetSubmissionCount(1)
		if status == deliverable.StatusAccepted {
			create.SetAcceptedAt(tx.Now)
		}
		return create.Save(ctx)
	})
}
