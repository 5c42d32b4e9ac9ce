package talent

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/strike"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// IssueStrike holds a talent's conduct on some work against them, once for each.
func IssueStrike(ctx context.Context, db *store.DB, in IssueStrikeInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		if err := canIssueStrike(viewer.From(ctx)); err != nil {
			return gid.None, err
		}
		t, err := worker(ctx, tx, in)
		if err != nil {
			return gid.None, err
		}
		isHeld, err := tx.Strike.Query().Where(strike.EngagementID(in.EngagementID), strike.KindEQ(strike.KindConduct),
			strike.MessageReportIDIsNil()).Exist(ctx)
		if err != nil {
			return gid.None, err
		}
		if isHeld {
			return gid.None, fault.AlreadyExists("engagementId", "A strike for the conduct on this work was issued already.")
		}
		var r text.Reader
		report := r.Prose("report", in.Report, 10, 4000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		return hold(ctx, tx, t, Grounds{TalentID: t.ID, EngagementID: in.EngagementID, Kind: strike.KindConduct, Report: report})
	})
}

// worker is the talent who did the work that an operator names, and whose records
// they have opened: nobody is judged unseen.
func worker(ctx context.Context, tx *store.Tx, in IssueStrikeInput) (*ent.TalentProfile, error) {
	// Locked: of two strikes at once the second must count the first.
	t, err := profile(ctx, tx, in.TalentProfileID)
	if err != nil {
		return nil, err
	}
	worked, err := tx.Engagement.Query().Where(engagement.ID(in.EngagementID), engagement.TalentID(t.ID)).Exist(ctx)
	if err == nil && !worked {
		err = fault.NotFound("engagementId", "This talent has no such engagement.")
	}
	return t, err
}
