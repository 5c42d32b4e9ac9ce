package calendar_test

import (
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/calendar"
)

func TestBetween(t *testing.T) {
	t.Parallel()
	newYork := calendar.Office{Zone: "America/New_York", Opens: 9 * 60, Closes: 17 * 60, Days: calendar.WorkingWeek}
	utc := newYork
	utc.Zone = "UTC"
	weekend := utc
	weekend.Days = []calendar.Weekday{calendar.Saturday, calendar.Sunday}
	never := utc
	never.Closes = never.Opens
	nowhere := utc
	nowhere.Zone = "Nowhere/At_All"
	for name, c := range map[string]struct {
		office   calendar.Office
		from, to string
		want     int
	}{
		"within a day":                            {utc, "2026-03-02T10:00:00Z", "2026-03-02T11:30:00Z", 90},
		"before the office opens":                 {utc, "2026-03-02T07:00:00Z", "2026-03-02T09:00:00Z", 0},
		"over the opening":                        {utc, "2026-03-02T07:00:00Z", "2026-03-02T09:05:00Z", 5},
		"after it has closed":                     {utc, "2026-03-02T17:00:00Z", "2026-03-02T23:00:00Z", 0},
		"over a night":                            {utc, "2026-03-02T16:00:00Z", "2026-03-03T10:00:00Z", 120},
		"over a weekend":                          {utc, "2026-03-06T16:00:00Z", "2026-03-09T10:00:00Z", 120},
		"within a weekend":                        {utc, "2026-03-07T10:00:00Z", "2026-03-08T16:00:00Z", 0},
		"five working days":                       {utc, "2026-03-02T09:00:00Z", "2026-03-06T17:00:00Z", 5 * 480},
		"ten weeks":                               {utc, "2026-03-02T09:00:00Z", "2026-05-11T09:00:00Z", 50 * 480},
		"an office that works at weekends":        {weekend, "2026-03-06T09:00:00Z", "2026-03-09T17:00:00Z", 2 * 480},
		"by the zone's clocks":                    {newYork, "2026-03-02T14:00:00Z", "2026-03-02T15:00:00Z", 60},
		"before that zone's morning":              {newYork, "2026-03-02T09:00:00Z", "2026-03-02T14:00:00Z", 0},
		"the zone's Friday evening is Saturday":   {newYork, "2026-03-07T01:00:00Z", "2026-03-07T20:00:00Z", 0},
		"over the change of the clocks in spring": {newYork, "2026-03-06T21:00:00Z", "2026-03-09T14:00:00Z", 120},
		"over the change of the clocks in autumn": {newYork, "2026-10-30T20:00:00Z", "2026-11-02T15:00:00Z", 120},
		"backwards":                               {utc, "2026-03-03T10:00:00Z", "2026-03-02T10:00:00Z", 0},
		"at once":                                 {utc, "2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z", 0},
		"an office that never opens":              {never, "2026-03-02T09:00:00Z", "2026-03-09T17:00:00Z", 0},
		"an unknown zone counts as UTC":           {nowhere, "2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z", 60},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := c.office.Between(instant(t, c.from), instant(t, c.to)); got != c.want {
				t.Errorf("got %d minutes, want %d", got, c.want)
			}
		})
	}
}

func TestIsWeekday(t *testing.T) {
	t.Parallel()
	for name, want := range map[calendar.Weekday]bool{"MONDAY": true, "SUNDAY": true, "monday": false, "": false} {
		if got := calendar.IsWeekday(name); got != want {
			t.Errorf("%q: got %t, want %t", name, got, want)
		}
	}
}

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
