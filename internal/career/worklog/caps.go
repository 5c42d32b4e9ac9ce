package worklog

import (
	"context"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
)

const (
	mostADay        = 12 * 60
	minutesOfAnHour = 60

	// MostHoursAWeek is what can be logged in a week where nothing else is agreed.
	MostHoursAWeek = 40
)

// book is what of an engagement's worklog counts, with the caps on it.
type book struct {
	entries         []*ent.WorklogEntry // logged and approved
	aWeek, together int                 // the most minutes
}

// books opens those of some engagements whose terms the viewer sees.
func books(ctx context.Context, c *ent.Client, engagements ...*ent.Engagement) (map[gid.ID]book, error) {
	if len(engagements) == 0 {
		return nil, nil
	}
	var ids, offerIDs, projectIDs []gid.ID
	for _, e := range engagements {
		ids, offerIDs, projectIDs = append(ids, e.ID), append(offerIDs, e.OfferID), append(projectIDs, e.MicroProjectID)
	}
	entries, err := c.WorklogEntry.Query().Where(worklogentry.EngagementIDIn(ids...),
		worklogentry.StatusIn(worklogentry.StatusLogged, worklogentry.StatusApproved)).All(ctx)
	if err != nil {
		return nil, err
	}
	offers, err := c.Offer.Query().Where(offer.IDIn(offerIDs...)).All(ctx)
	if err != nil {
		return nil, err
	}
	projects, err := c.MicroProject.Query().Where(microproject.IDIn(projectIDs...)).All(ctx)
	if err != nil {
		return nil, err
	}
	opened := make(map[gid.ID]book, len(engagements))
	for _, e := range engagements {
		b := book{aWeek: MostHoursAWeek * minutesOfAnHour}
		for _, p := range projects {
			if p.ID == e.MicroProjectID && p.HoursPerWeek != nil {
				b.aWeek = *p.HoursPerWeek * minutesOfAnHour
			}
		}
		for _, o := range offers {
			if o.ID == e.OfferID {
				b.together = AgreedHours(e, o) * minutesOfAnHour
			}
			if o.ID == e.OfferID && o.WeeklyHours != nil {
				b.aWeek = *o.WeeklyHours * minutesOfAnHour
			}
		}
		for _, w := range entries {
			if w.EngagementID == e.ID {
				b.entries = append(b.entries, w)
			}
		}
		opened[e.ID] = b
	}
	return opened, nil
}

// AgreedHours are the hours of the offer, or those that an amendment put in their
// place.
func AgreedHours(e *ent.Engagement, o *ent.Offer) int {
	if e.AmendedHours != nil {
		return *e.AmendedHours
	}
	return o.Hours
}

// admits refuses minutes on a day that would pass a cap. A correction makes room
// once it is approved, and not while it waits.
func (b book) admits(on calendar.Date, minutes int) error {
	var day, week, all int
	for _, w := range b.entries {
		if w.Minutes < 0 && w.Status != worklogentry.StatusApproved {
			continue
		}
		all += w.Minutes
		if w.WorkedOn.Monday() == on.Monday() {
			week += w.Minutes
		}
		if w.WorkedOn == on {
			day += w.Minutes
		}
	}
	for _, c := range []struct {
		of            string
		stands, limit int
	}{
		{"on one day", day, mostADay}, {"in one week", week, b.aWeek}, {"in all", all, b.together},
	} {
		if c.stands+minutes > c.limit {
			return fault.LimitReached("worklogEntryId",
				fmt.Sprintf("At most %s can be logged %s, and %s are.", hours(c.limit), c.of, hours(c.stands)))
		}
	}
	return nil
}

// standing is how much of an entry no correction takes back, be it approved or
// waiting.
func (b book) standing(of *ent.WorklogEntry) int {
	minutes := of.Minutes
	for _, w := range b.entries {
		if w.CorrectsID == of.ID {
			minutes += w.Minutes
		}
	}
	return minutes
}

// hours writes minutes as people say them.
func hours(minutes int) string {
	if minutes%minutesOfAnHour == 0 {
		return fmt.Sprintf("%d hours", minutes/minutesOfAnHour)
	}
	return fmt.Sprintf("%d hours %d minutes", minutes/minutesOfAnHour, minutes%minutesOfAnHour)
}
