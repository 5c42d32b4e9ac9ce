package worklog

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
)

// objectionTime is how long a talent has to disagree with a rejection before work
// by the hour can be completed, and the money is gone.
const objectionTime = 3 * 24 * time.Hour

// Tally is what hangs on the worklog of work that is paid by the hour.
type Tally struct {
	ApprovedMinutes int
	Waiting         int        // entries that nobody has decided on
	ObjectBy        *time.Time // until when the last rejection can be disagreed with
}

// later is the later of two instants, of which the first may be none.
func later(than *time.Time, at time.Time) *time.Time {
	if than == nil || than.Before(at) {
		return &at
	}
	return than
}

// Tallies are those of the engagements that are paid by the hour. Others have
// none.
func Tallies(ctx context.Context, c *ent.Client, engagements ...*ent.Engagement) (map[gid.ID]Tally, error) {
	if len(engagements) == 0 {
		return nil, nil
	}
	offers := gid.Of(engagements, func(e *ent.Engagement) gid.ID { return e.OfferID })
	hourly, err := c.Offer.Query().Where(offer.IDIn(offers...), offer.PayModelEQ(offer.PayModelHourly)).IDs(ctx)
	if err != nil {
		return nil, err
	}
	isHourly := make(map[gid.ID]bool, len(hourly))
	for _, id := range hourly {
		isHourly[id] = true
	}
	opened := make(map[gid.ID]Tally, len(hourly))
	var ids []gid.ID
	for _, e := range engagements {
		if isHourly[e.OfferID] {
			opened[e.ID], ids = Tally{}, append(ids, e.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	entries, err := c.WorklogEntry.Query().Where(worklogentry.EngagementIDIn(ids...),
		worklogentry.StatusIn(worklogentry.StatusLogged, worklogentry.StatusApproved, worklogentry.StatusRejected)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, w := range entries {
		t := opened[w.EngagementID]
		switch w.Status {
		case worklogentry.StatusLogged:
			t.Waiting++
		case worklogentry.StatusRejected:
			t.ObjectBy = later(t.ObjectBy, w.DecidedAt.Add(objectionTime))
		default:
			t.ApprovedMinutes += w.Minutes
		}
		opened[w.EngagementID] = t
	}
	return opened, nil
}

// HourlyRate is what an hour of offered work pays, or nil where the fee is paid as
// a whole.
func HourlyRate(o *ent.Offer) *money.Money {
	if o.PayModel != offer.PayModelHourly {
		return nil
	}
	rate := money.Money{Minor: o.FeeMinor, Currency: money.Currency(o.Currency)}.PerHour(o.Hours)
	return &rate
}

// ApproveUndecided approves what nobody has decided on in so long, all of it or,
// while some of it is younger or a rejection can be disagreed with, none: then it
// says until when. The engagement is locked.
func ApproveUndecided(ctx context.Context, tx *store.Tx, e *ent.Engagement, within time.Duration) (until *time.Time, err error) {
	entries, err := tx.WorklogEntry.Query().Where(worklogentry.EngagementID(e.ID),
		worklogentry.StatusIn(worklogentry.StatusLogged, worklogentry.StatusRejected), store.Locked).Order(ent.Asc(worklogentry.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	var waiting []*ent.WorklogEntry
	for _, w := range entries {
		if w.Status == worklogentry.StatusRejected {
			until = later(until, w.DecidedAt.Add(objectionTime))
			continue
		}
		waiting, until = append(waiting, w), later(until, w.LoggedAt.Add(within))
	}
	if until != nil && tx.Now.Before(*until) {
		return until, nil
	}
	if len(waiting) == 0 {
		return nil, nil
	}
	parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
	if err != nil {
		return nil, err
	}
	for _, w := range waiting {
		if err := store.Moved(move(tx, w, string(event.WorklogEntryAutoApproved)).SetDecidedAt(tx.Now).Save(ctx)); err != nil {
			return nil, err
		}
		if err := record(ctx, tx, w, event.WorklogEntryAutoApproved, parties); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// HasTime reports whether somebody logged time on an engagement that counts or
// may yet.
func HasTime(ctx context.Context, tx *store.Tx, e *ent.Engagement) (bool, error) {
	return tx.WorklogEntry.Query().Where(worklogentry.EngagementID(e.ID),
		worklogentry.StatusIn(worklogentry.StatusLogged, worklogentry.StatusApproved)).Exist(ctx)
}
