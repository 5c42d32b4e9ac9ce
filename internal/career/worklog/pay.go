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

// object makes room for a rejection to be disagreed with.
func (t *Tally) object(rejected *ent.WorklogEntry) {
	if by := rejected.DecidedAt.Add(objectionTime); t.ObjectBy == nil || t.ObjectBy.Before(by) {
		t.ObjectBy = &by
	}
}

// Tallies are those of the engagements that are paid by the hour. Others have
// none.
func Tallies(ctx context.Context, c *ent.Client, engagements ...*ent.Engagement) (map[gid.ID]Tally, error) {
	if len(engagements) == 0 {
		return nil, nil
	}
	var offers []gid.ID
	for _, e := range engagements {
		offers = append(offers, e.OfferID)
	}
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
			t.object(w)
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
	tallies, err := Tallies(ctx, tx.Client, e)
	if err != nil {
		return nil, err
	}
	if by := tallies[e.ID].ObjectBy; by != nil && tx.Now.Before(*by) {
		until = by
	}
	waiting, err := tx.WorklogEntry.Query().Where(worklogentry.EngagementID(e.ID), worklogentry.StatusEQ(worklogentry.StatusLogged), store.Locked).
		Order(ent.Asc(worklogentry.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, w := range waiting {
		if by := w.LoggedAt.Add(within); tx.Now.Before(by) && (until == nil || until.Before(by)) {
			until = &by
		}
	}
	if until != nil || len(waiting) == 0 {
		return until, nil
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
