package engagement

import (
	"context"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
)

// logged drafts, logs and approves so many minutes of a day.
func (s *scene) logged(e *ent.Engagement, on calendar.Date, minutes int) {
	s.Helper()
	id := stage.Must(s, s.Ada, worklog.DraftWorklogEntry, worklog.DraftWorklogEntryInput{EngagementID: e.ID, WorkedOn: on, Minutes: minutes, Note: "Read and wrote."})
	stage.Must(s, s.Ada, worklog.LogWorklogEntry, worklog.LogWorklogEntryInput{WorklogEntryID: id, ExpectedRevision: 1})
	stage.Must(s, s.Supervisor, worklog.ApproveWorklogEntry, worklog.ApproveWorklogEntryInput{WorklogEntryID: id, ExpectedRevision: 2})
}

// By the hour, added hours can be logged and are paid at the same rate.
func TestAddedHoursArePaidByTheHour(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 1)
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return tx.MicroProject.Update().Where(microproject.ID(p)).SetPayModel(microproject.PayModelHourly).Save(ctx)
		})
		e := s.active(s.Ada, p)
		s.Clock.On("2026-03-11")
		s.logged(e, "2026-03-09", 12*60)
		s.logged(e, "2026-03-10", 8*60)
		more := stage.Must(s, s.Ada, worklog.DraftWorklogEntry, worklog.DraftWorklogEntryInput{EngagementID: e.ID, WorkedOn: "2026-03-11", Minutes: 60, Note: "And more."})
		stage.Refuses(s, s.Ada, worklog.LogWorklogEntry, worklog.LogWorklogEntryInput{WorklogEntryID: more, ExpectedRevision: 1}, fault.CodeLimitReached, "worklogEntryId")
		s.amends(e, &ent.Amendment{Hours: new(24), AddedFeeMinor: new(int64(100_00))})
		s.logged(e, "2026-03-11", 3*60)
		s.takes(s.Ada, e, 1)
		e = s.engagement(e.ID)
		stage.Must(s, s.Supervisor, CompleteEngagement, CompleteEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision})
		s.due()
		if got, want := s.purse(e), (purse{517_50, 57_50, 25_00, 0}); got != want {
			t.Errorf("the money is %+v, want %+v", got, want)
		}
		s.ledger()
	})
}

// However work ends, all of a fee that was added to is held for it.
func TestAnAddedFeeGoesTheWayOfTheFee(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(2, 1)
		e := s.active(s.Ada, p)
		s.amends(e, &ent.Amendment{AddedFeeMinor: new(int64(100_05))})
		e = s.engagement(e.ID)
		stage.Must(s, s.Ada, TerminateEngagement, TerminateEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "I moved away."})
		s.due()
		if got, want := s.purse(e), (purse{back: 600_05}); got != want {
			t.Errorf("with nothing handed in the money is %+v, want %+v", got, want)
		}
		ben := s.Talent("Ben")
		e = s.active(ben, p)
		s.amends(e, &ent.Amendment{AddedFeeMinor: new(int64(100_05))})
		s.takes(ben, e, 1)
		e = s.engagement(e.ID)
		stage.Must(s, s.Supervisor, CompleteEngagement, CompleteEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision})
		s.due()
		if got, want := s.purse(e), (purse{talent: 540_04, platform: 60_01}); got != want {
			t.Errorf("for completed work the money is %+v, want %+v", got, want)
		}
		s.ledger()
	})
}
