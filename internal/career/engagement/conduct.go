package engagement

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/strike"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// silenceTime is how long nothing has moved on overdue work before the talent
// can be reported.
const silenceTime = 14 * 24 * time.Hour

// ReportGhosting says that a talent has stopped answering, which is a strike.
func ReportGhosting(ctx context.Context, db *store.DB, in ReportGhostingInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := application.LockEngagement(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		silent, err := silences(ctx, tx.Client, v, []*ent.Engagement{e})
		if err != nil {
			return gid.None, err
		}
		if err := canReportGhosting(v, e, silent[e.ID], tx.Now, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		report := r.Prose("report", in.Report, 10, 4000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		update := tx.Engagement.Update().Where(engagement.ID(e.ID), engagement.Revision(e.Revision)).SetGhostingReportedAt(tx.Now)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		if err := record(ctx, tx, e, event.GhostingReported, []gid.ID{e.EmployerOrgID, e.TalentID}); err != nil {
			return gid.None, err
		}
		return e.ID, talent.Strike(ctx, tx, talent.Grounds{
			TalentID: e.TalentID, EngagementID: e.ID, Kind: strike.KindGhosting, Report: report,
		})
	})
}

// silence is what is known of work on which nothing moves.
type silence struct {
	due   *time.Time // when the first of what is still to be handed in is due
	since time.Time  // when something moved last
}

// canReportGhosting: a supervisor, once, about work that was not handed in, that was
// not started on its first day, or on which something is overdue and nothing has
// moved for long.
func canReportGhosting(v viewer.Viewer, e *ent.Engagement, s silence, now time.Time, revision int) error {
	if err := permit(v, e, "reportGhosting", revision); err != nil {
		return err
	}
	switch {
	case e.GhostingReportedAt != nil:
		return fault.AlreadyExists("engagementId", "You have reported this already.")
	case e.Status == engagement.StatusIncomplete:
		return nil
	case e.Status == engagement.StatusReady && now.Before(e.StartsOn.EndIn(zoneOf(e))):
		return fault.WindowClosed("engagementId", "The first day of work is not over.")
	case e.Status == engagement.StatusReady:
		return nil
	case s.due == nil || !now.After(*s.due):
		return fault.WindowClosed("engagementId", "Nothing is overdue.")
	case now.Before(s.since.Add(silenceTime)):
		return fault.WindowClosed("engagementId", "This can be reported when nothing has moved for 14 days.")
	}
	return nil
}

// silences reads what the employer's own work under way waits for.
func silences(ctx context.Context, client *ent.Client, v viewer.Viewer, engagements []*ent.Engagement) (map[gid.ID]silence, error) {
	ids := idsWith(engagements, engagement.StatusActive)
	if len(ids) == 0 || v.Employer().IsNone() {
		return nil, nil
	}
	rows, err := client.Deliverable.Query().Where(deliverable.EngagementIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	of := map[gid.ID][]*ent.Deliverable{}
	for _, d := range rows {
		of[d.EngagementID] = append(of[d.EngagementID], d)
	}
	all := make(map[gid.ID]silence, len(ids))
	for _, e := range engagements {
		if e != nil && of[e.ID] != nil {
			all[e.ID] = silenceOn(e, of[e.ID])
		}
	}
	return all, nil
}

// silenceOn: any change of the work or of what it hands in ends a silence.
func silenceOn(e *ent.Engagement, deliverables []*ent.Deliverable) silence {
	s := silence{since: e.UpdatedAt}
	for _, d := range deliverables {
		open := d.Status == deliverable.StatusPlanned || d.Status == deliverable.StatusRevisionRequested
		if open && (s.due == nil || d.DueAt.Before(*s.due)) {
			s.due = &d.DueAt
		}
		if d.UpdatedAt.After(s.since) {
			s.since = d.UpdatedAt
		}
	}
	return s
}

// takesOn is why the talent who asks can take on nothing new, or nil.
func takesOn(ctx context.Context, client *ent.Client) (barred, err error) {
	v := viewer.From(ctx)
	if v.Talent.IsNone() {
		return nil, nil
	}
	t, err := client.TalentProfile.Get(ctx, v.Talent)
	if err != nil {
		return nil, err
	}
	return talent.CanTakeOn(t), nil
}

func canTakeOn(ctx context.Context, client *ent.Client) error {
	barred, err := takesOn(ctx, client)
	if err != nil {
		return err
	}
	return barred
}

// GhostingReportedAt is when the talent was reported, for the two sides alone.
func GhostingReportedAt(v viewer.Viewer, e *ent.Engagement) *time.Time {
	if v.Talent == e.TalentID || v.Employer() == e.EmployerOrgID {
		return e.GhostingReportedAt
	}
	return nil
}
