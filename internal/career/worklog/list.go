package worklog

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
)

var keys = map[WorklogEntryOrderField]page.Key[*ent.WorklogEntry]{
	WorklogEntriesByWorkedOn:  {Column: worklogentry.FieldWorkedOn, Value: func(w *ent.WorklogEntry) any { return string(w.WorkedOn) }},
	WorklogEntriesByUpdatedAt: {Column: worklogentry.FieldUpdatedAt, Value: func(w *ent.WorklogEntry) any { return w.UpdatedAt }},
}

// List is a page of the entries that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *WorklogEntryFilter, order *WorklogEntryOrder,
) (*WorklogEntryConnection, error) {
	q := db.Read.WorklogEntry.Query()
	if filter != nil {
		if err := page.Few(filter.Engagement, filter.Talent); err != nil {
			return nil, err
		}
		q.Where(at(filter.Status), page.Among(worklogentry.FieldEngagementID, filter.Engagement),
			page.AmongSeen(ctx, worklogentry.FieldTalentID, talentprofile.Table, ent.TypeTalentProfile, filter.Talent),
			page.During(worklogentry.FieldUpdatedAt, filter.UpdatedAt))
	}
	return page.Of(ctx, seal, q, listed(order, filter), args)
}

// Under is a page of the worklog of each engagement.
func Under(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *WorklogFilter, order *WorklogEntryOrder, engagements []gid.ID,
) ([]*WorklogEntryConnection, error) {
	only := func(*sql.Selector) {}
	if filter != nil {
		only = func(s *sql.Selector) {
			at(filter.Status)(s)
			page.During(worklogentry.FieldUpdatedAt, filter.UpdatedAt)(s)
		}
	}
	return page.Under(ctx, seal, db.Read.WorklogEntry.Query().Where(only), listed(order, filter), args, page.Parent[*ent.WorklogEntry]{
		Table: worklogentry.Table, Kind: ent.TypeWorklogEntry, Column: worklogentry.FieldEngagementID,
		Of: func(w *ent.WorklogEntry) gid.ID { return w.EngagementID }, Only: only,
	}, engagements)
}

// at keeps the entries in one of the statuses; without any, all.
func at(statuses []worklogentry.Status) func(*sql.Selector) {
	return func(s *sql.Selector) {
		if statuses != nil {
			worklogentry.StatusIn(statuses...)(s)
		}
	}
}

func listed(order *WorklogEntryOrder, filter any) page.List[*ent.WorklogEntry] {
	if order == nil {
		order = &WorklogEntryOrder{Field: WorklogEntriesByWorkedOn}
	}
	return page.List[*ent.WorklogEntry]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(w *ent.WorklogEntry) gid.ID { return w.ID },
	}
}
