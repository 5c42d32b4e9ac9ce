package application

import (
	"context"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// watched are the tables that a refusal must leave alone.
var watched = []string{"applications", "interviews", "invitations", "jobs"}

type scene struct{ *stage.Scene }

// each sets the scene on both engines and runs the test there.
func each(t *testing.T, test func(s *scene)) {
	t.Helper()
	t.Parallel()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) { test(&scene{stage.Set(t, h)}) })
}

// project is an open one of Acme's.
func (s *scene) project(set func(*ent.MicroProjectCreate)) gid.ID {
	return stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		create := tx.MicroProject.Create().SetWorldID(tx.World()).SetOwnerOrgID(s.Acme).SetEmployerOrgID(s.Acme).
			SetDraftedByID(s.Recruiter.Person).SetTitle("A study").SetTitleFolded("a study").SetBrief("What to find out.").
			SetStatus(microproject.StatusOpen).SetHours(20).SetFeeMinor(50_000).SetCurrency("USD").
			SetWorkplace(microproject.WorkplaceRemote).SetAudience(microproject.AudiencePublic).
			SetSubmittedAt(tx.Now).SetPublishedAt(tx.Now)
		if set != nil {
			set(create)
		}
		p, err := create.Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return p.ID, nil
	})
}
