package worklog

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Note is what an entry says of the work, for the two sides and for whoever
// decides on a dispute: the staff see the time alone.
func Note(v viewer.Viewer, w *ent.WorklogEntry) *string {
	if !access.May("WorklogEntry.note", v.Institution().IsNone()) {
		return nil
	}
	return &w.Note
}

// Reason is why an entry was rejected, for those who read its note.
func Reason(v viewer.Viewer, w *ent.WorklogEntry) *string {
	if !access.May("WorklogEntry.reason", v.Institution().IsNone()) {
		return nil
	}
	return w.Reason
}

// sum is what the database adds up of one engagement.
type sum struct {
	EngagementID gid.ID `json:"engagement_id"`
	Minutes      int    `json:"minutes"`
}

// LoggedMinutes adds up what waits for a decision on each engagement.
func LoggedMinutes(ctx context.Context, db *store.DB, engagements []*ent.Engagement) ([]int, error) {
	return minutesAt(ctx, db, engagements, worklogentry.StatusLogged)
}

// ApprovedMinutes adds up what is approved on each engagement.
func ApprovedMinutes(ctx context.Context, db *store.DB, engagements []*ent.Engagement) ([]int, error) {
	return minutesAt(ctx, db, engagements, worklogentry.StatusApproved)
}

func minutesAt(ctx context.Context, db *store.DB, engagements []*ent.Engagement, at worklogentry.Status) ([]int, error) {
	ids := gid.Of(engagements, func(e *ent.Engagement) gid.ID { return e.ID })
	var sums []sum
	err := db.Read.WorklogEntry.Query().Where(worklogentry.EngagementIDIn(ids...), worklogentry.StatusEQ(at)).
		GroupBy(worklogentry.FieldEngagementID).Aggregate(ent.As(ent.Sum(worklogentry.FieldMinutes), "minutes")).Scan(ctx, &sums)
	of := make(map[gid.ID]int, len(sums))
	for _, s := range sums {
		of[s.EngagementID] = s.Minutes
	}
	minutes := make([]int, len(engagements))
	for i, e := range engagements {
		if e != nil {
			minutes[i] = of[e.ID]
		}
	}
	return minutes, err
}

// EffectiveHourly is what was paid for each engagement by the approved hour: as
// the implied pay, of the fee before the platform's share. Nil for who does not
// see the money, and while nothing is paid or approved.
func EffectiveHourly(ctx context.Context, db *store.DB, engagements []*ent.Engagement) ([]*money.Money, error) {
	approved, err := ApprovedMinutes(ctx, db, engagements)
	if err != nil {
		return nil, err
	}
	offers := gid.Of(engagements, func(e *ent.Engagement) gid.ID { return e.OfferID })
	records, err := db.Read.PaymentRecord.Query().Where(paymentrecord.SubjectIDIn(offers...),
		paymentrecord.StatusEQ(paymentrecord.StatusPaidOut)).All(ctx)
	if err != nil {
		return nil, err
	}
	paid := make(map[gid.ID]*ent.PaymentRecord, len(records))
	for _, p := range records {
		paid[p.SubjectID] = p
	}
	hourly := make([]*money.Money, len(engagements))
	for i, e := range engagements {
		if e == nil || approved[i] == 0 || paid[e.OfferID] == nil {
			continue
		}
		p := paid[e.OfferID]
		per := money.Money{Minor: p.GrossMinor - p.RefundedMinor, Currency: money.Currency(p.Currency)}.PerHourOf(approved[i])
		hourly[i] = &per
	}
	return hourly, nil
}
