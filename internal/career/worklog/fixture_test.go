package worklog

import (
	"context"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// watched are the tables that a refusal must leave alone.
var watched = []string{"worklog_entries", "engagements"}

type scene struct{ *stage.Scene }

// each sets the scene on both engines and runs the test there.
func each(t *testing.T, test func(s *scene)) {
	t.Helper()
	t.Parallel()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) { test(&scene{stage.Set(t, h)}) })
}

// working is work of Ada's for Acme that started on 2 March and is under way on
// 5 March: 20 hours in all.
func (s *scene) working() *ent.Engagement {
	s.Helper()
	e := s.Completed()
	s.Clock.On("2026-03-05")
	return s.stands(e, engagement.StatusActive, func(u *ent.EngagementUpdateOne) {
		u.ClearCompletedAt().SetKickedOffAt(e.CreatedAt).SetKickedOffByID(s.Supervisor.Person).SetCommunication("By mail").SetTimeZone("America/Phoenix")
	})
}

// stands moves work by hand to where a test needs it.
func (s *scene) stands(e *ent.Engagement, at engagement.Status, also func(*ent.EngagementUpdateOne)) *ent.Engagement {
	s.Helper()
	return stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.Engagement, error) {
		update := tx.Engagement.UpdateOneID(e.ID).SetStatus(at)
		also(update)
		return update.Save(ctx)
	})
}

func (s *scene) entry(id gid.ID) *ent.WorklogEntry {
	s.Helper()
	w, err := s.DB.Read.WorklogEntry.Get(s.All(), id)
	if err != nil {
		s.Fatal(err)
	}
	return w
}

func (s *scene) note(e *ent.Engagement, minutes int) DraftWorklogEntryInput {
	return DraftWorklogEntryInput{EngagementID: e.ID, WorkedOn: "2026-03-04", Minutes: minutes, Note: "Read the old study."}
}

func (s *scene) drafted(e *ent.Engagement, minutes int) *ent.WorklogEntry {
	s.Helper()
	return s.entry(stage.Must(s, s.Ada, DraftWorklogEntry, s.note(e, minutes)))
}

func (s *scene) logged(e *ent.Engagement, minutes int) *ent.WorklogEntry {
	s.Helper()
	w := s.drafted(e, minutes)
	return s.entry(stage.Must(s, s.Ada, LogWorklogEntry, LogWorklogEntryInput{WorklogEntryID: w.ID, ExpectedRevision: w.Revision}))
}

func (s *scene) approved(e *ent.Engagement, minutes int) *ent.WorklogEntry {
	s.Helper()
	w := s.logged(e, minutes)
	return s.entry(stage.Must(s, s.Supervisor, ApproveWorklogEntry, ApproveWorklogEntryInput{WorklogEntryID: w.ID, ExpectedRevision: w.Revision}))
}
