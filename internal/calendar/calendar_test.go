package calendar_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rung-dev/rung/internal/calendar"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"2026-11-24", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"} {
		if got, err := calendar.ParseDate(text); err != nil || string(got) != text {
			t.Errorf("ParseDate(%q) = %q, %v", text, got, err)
		}
	}
	for name, text := range map[string]string{
		"it refuses when it is empty":                    "",
		"it refuses when the month has 30 days":          "2026-11-31",
		"it refuses when February has 28 days":           "2026-02-29",
		"it refuses when the century is no leap year":    "1900-02-29",
		"it refuses when there is no such month":         "2026-13-01",
		"it refuses when the month is nought":            "2026-00-10",
		"it refuses when the day is nought":              "2026-01-00",
		"it refuses when zeros are missing":              "2026-1-2",
		"it refuses when it is an instant":               "2026-11-24T00:00:00Z",
		"it refuses when it has a space":                 " 2026-11-24",
		"it refuses when it is written the American way": "11/24/2026",
		"it refuses when the year has five digits":       "12026-11-24",
		"it refuses when the year is below nought":       "-026-11-24",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := calendar.ParseDate(text); err == nil || got != "" {
				t.Errorf("ParseDate(%q) = %q, %v, want an error", text, got, err)
			}
			var d calendar.Date
			if err := d.UnmarshalGQL(text); err == nil {
				t.Errorf("UnmarshalGQL(%q) = %q, want an error", text, d)
			}
		})
	}
	var d calendar.Date
	if err := d.UnmarshalGQL(20261124); err == nil {
		t.Errorf("UnmarshalGQL of a number = %q, want an error", d)
	}
}

func TestEndIn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		day  calendar.Date
		zone calendar.Zone
		want string
	}{
		"in UTC":                                          {"2026-11-24", "UTC", "2026-11-24T23:59:59.999Z"},
		"in New York in winter":                           {"2026-11-24", "America/New_York", "2026-11-25T04:59:59.999Z"},
		"in New York in summer":                           {"2026-07-01", "America/New_York", "2026-07-02T03:59:59.999Z"},
		"in New York when the day has 23 hours":           {"2026-03-08", "America/New_York", "2026-03-09T03:59:59.999Z"},
		"in New York the day before":                      {"2026-03-07", "America/New_York", "2026-03-08T04:59:59.999Z"},
		"in New York when the day has 25 hours":           {"2026-11-01", "America/New_York", "2026-11-02T04:59:59.999Z"},
		"in Kolkata, half an hour off":                    {"2026-11-24", "Asia/Kolkata", "2026-11-24T18:29:59.999Z"},
		"in Kiritimati, first of all":                     {"2026-11-24", "Pacific/Kiritimati", "2026-11-24T09:59:59.999Z"},
		"at the end of a month":                           {"2026-11-30", "Asia/Kolkata", "2026-11-30T18:29:59.999Z"},
		"at the end of a year":                            {"2026-12-31", "America/New_York", "2027-01-01T04:59:59.999Z"},
		"in Santiago where the clocks leap over midnight": {"2026-09-05", "America/Santiago", "2026-09-06T03:59:59.999Z"},
		"in Santiago where the last hour comes twice":     {"2026-04-04", "America/Santiago", "2026-04-05T03:59:59.999Z"},
		"in Cairo where the clocks leap over midnight":    {"2026-04-23", "Africa/Cairo", "2026-04-23T21:59:59.999Z"},
		"in Havana where midnight comes twice":            {"2026-10-31", "America/Havana", "2026-11-01T03:59:59.999Z"},
		"in Apia before the day that never was":           {"2011-12-29", "Pacific/Apia", "2011-12-30T09:59:59.999Z"},
		"an unknown zone is UTC":                          {"2026-11-24", "Nowhere/At_All", "2026-11-24T23:59:59.999Z"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := c.day.EndIn(c.zone).Format("2006-01-02T15:04:05.000Z07:00"); got != c.want {
				t.Errorf("%s ends in %s at %s, want %s", c.day, c.zone, got, c.want)
			}
		})
	}
}

// The end is the last instant at which a clock on the wall there shows the day.
func TestEndInIsTheDaysLastInstant(t *testing.T) {
	t.Parallel()
	zones := []string{"UTC", "America/New_York", "Asia/Kolkata", "America/Santiago", "Africa/Cairo", "Australia/Lord_Howe", "Europe/Berlin", "Asia/Beirut"}
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		day := calendar.Date("2024-01-01").Plus(rapid.IntRange(0, 1500).Draw(t, "days"))
		place, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		end := day.EndIn(calendar.Zone(zone))
		if got, want := end.In(place).Format("2006-01-02"), string(day); got != want {
			t.Fatalf("at the end of %s in %s the wall shows %s", want, zone, got)
		}
		if got, want := end.Add(time.Millisecond).In(place).Format("2006-01-02"), string(day.Plus(1)); got != want {
			t.Fatalf("a millisecond after the end in %s the wall shows %s, want %s", zone, got, want)
		}
	})
}

func TestDays(t *testing.T) {
	t.Parallel()
	if got, want := calendar.Date("2024-02-28").Plus(2), calendar.Date("2024-03-01"); got != want {
		t.Errorf("two days after the 28th is %s, want %s", got, want)
	}
	if got, want := calendar.Date("2026-03-01").Plus(-1), calendar.Date("2026-02-28"); got != want {
		t.Errorf("the day before is %s, want %s", got, want)
	}
	if got, want := calendar.Date("2026-01-01").DaysUntil("2027-01-01"), 365; got != want {
		t.Errorf("a year has %d days, want %d", got, want)
	}
	if got, want := calendar.Date("2026-01-02").DaysUntil("2026-01-01"), -1; got != want {
		t.Errorf("the other way it is %d, want %d", got, want)
	}
	if got, want := calendar.Date("2026-01-02").Before("2026-01-10"), true; got != want {
		t.Errorf("the 2nd comes before the 10th: %v", got)
	}
	for day, monday := range map[calendar.Date]calendar.Date{"2026-03-02": "2026-03-02", "2026-03-08": "2026-03-02", "2027-01-01": "2026-12-28"} {
		if got := day.Monday(); got != monday {
			t.Errorf("the week of %s begins on %s, want %s", day, got, monday)
		}
	}
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for zone, want := range map[calendar.Zone]calendar.Date{"America/New_York": "2026-11-24", "Nowhere": "2026-11-25"} {
		if got := calendar.In(time.Date(2026, 11, 25, 4, 0, 0, 0, time.UTC), zone); got != want {
			t.Errorf("in %s it is %s, want %s", zone, got, want)
		}
	}
	late := time.Date(2026, 11, 24, 23, 0, 0, 0, newYork)
	if got, want := calendar.On(late), calendar.Date("2026-11-25"); got != want {
		t.Errorf("late in New York it is %s in UTC, want %s", got, want)
	}
	if got, want := calendar.DaysBetween(late, late.Add(24*time.Hour)), 1; got != want {
		t.Errorf("a day later %d days have passed, want %d", got, want)
	}
	rapid.Check(t, func(t *rapid.T) {
		day := calendar.Date("1990-01-01").Plus(rapid.IntRange(0, 30_000).Draw(t, "from"))
		n := rapid.IntRange(-3000, 3000).Draw(t, "days")
		if got := day.DaysUntil(day.Plus(n)); got != n {
			t.Fatalf("%s to %s are %d days, want %d", day, day.Plus(n), got, n)
		}
		if _, err := calendar.ParseDate(string(day.Plus(n))); err != nil {
			t.Fatalf("%s plus %d: %v", day, n, err)
		}
	})
}

func TestParseZone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"UTC", "America/New_York", "Asia/Kolkata"} {
		if got, err := calendar.ParseZone(text); err != nil || string(got) != text {
			t.Errorf("ParseZone(%q) = %q, %v", text, got, err)
		}
	}
	for name, text := range map[string]string{
		"it refuses when it is empty":            "",
		"it refuses when it is the machine's":    "Local",
		"it refuses when there is no such zone":  "Europe/Atlantis",
		"it refuses when it is an offset":        "+02:00",
		"it refuses when it is a path":           "../../etc/passwd",
		"it refuses when it is an absolute path": "/etc/localtime",
		"it refuses when it has a backslash":     `America\New_York`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var z calendar.Zone
			if err := z.UnmarshalGQL(text); err == nil || z != "" {
				t.Errorf("UnmarshalGQL(%q) = %q, want an error", text, z)
			}
		})
	}
}

func TestDateTime(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026-11-24T15:04:05Z":                `"2026-11-24T15:04:05.000Z"`,
		"2026-11-24T15:04:05.1Z":              `"2026-11-24T15:04:05.100Z"`,
		"2026-11-24T15:04:05.999999Z":         `"2026-11-24T15:04:05.999Z"`,
		"2026-11-24T23:04:05.123456789-05:00": `"2026-11-25T04:04:05.123Z"`,
		"0001-01-01T00:00:00Z":                `"0001-01-01T00:00:00.000Z"`,
	} {
		at, err := calendar.UnmarshalDateTime(text)
		if err != nil {
			t.Errorf("UnmarshalDateTime(%q): %v", text, err)
			continue
		}
		var out strings.Builder
		calendar.MarshalDateTime(at).MarshalGQL(&out)
		if got := out.String(); got != want {
			t.Errorf("%s is written %s, want %s", text, got, want)
		}
	}
	for name, v := range map[string]any{
		"it refuses when it is a number":                1_800_000_000,
		"it refuses when it is null":                    nil,
		"it refuses when it is a day":                   "2026-11-24",
		"it refuses when the zone is missing":           "2026-11-24T15:04:05",
		"it refuses when there is no such day":          "2026-02-30T00:00:00Z",
		"it refuses when there is no such hour":         "2026-11-24T24:00:00Z",
		"it refuses when a leap second is meant":        "2016-12-31T23:59:60Z",
		"it refuses when it is before the first year":   "0000-12-31T23:59:59Z",
		"it refuses when in UTC it is before the first": "0001-01-01T00:00:00+01:00",
		"it refuses when in UTC it is after the last":   "9999-12-31T23:59:59-01:00",
		"it refuses when it has a space":                "2026-11-24 15:04:05Z",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := calendar.UnmarshalDateTime(v); err == nil || !got.IsZero() {
				t.Errorf("UnmarshalDateTime(%v) = %v, %v, want an error", v, got, err)
			}
		})
	}
}

func TestWindowOf(t *testing.T) {
	t.Parallel()
	from, to := calendar.Date("2026-12-20"), calendar.Date("2027-01-03")
	if got := calendar.WindowOf(&from, &to); got == nil || *got != (calendar.Window{StartsOn: from, EndsOn: to}) {
		t.Errorf("WindowOf = %v", got)
	}
	if calendar.WindowOf(&from, nil) != nil || calendar.WindowOf(nil, &to) != nil || calendar.WindowOf(nil, nil) != nil {
		t.Error("half a window is a window")
	}
	if !calendar.Date("").IsZero() || from.IsZero() {
		t.Error("only the empty date is no day")
	}
}
