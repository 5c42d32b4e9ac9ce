// Package calendar holds days and time zones as people write them in
// agreements: a date is a day of the calendar, not an instant.
package calendar

import (
	"fmt"
	"io"
	"strconv"
	"time"
)

// Date is a day, written 2026-11-24. The empty Date is no day.
type Date string

const layout = "2006-01-02"

// On is the day of an instant in UTC.
func On(at time.Time) Date { return Date(at.UTC().Format(layout)) }

// In is the day of an instant in a zone, or in UTC where nobody knows the zone.
func In(at time.Time, zone Zone) Date { return Date(at.In(zone.place()).Format(layout)) }

// ParseDate reads a day and refuses days that no calendar has.
func ParseDate(text string) (Date, error) {
	if _, err := time.Parse(layout, text); err != nil {
		return "", fmt.Errorf("write a date as YYYY-MM-DD")
	}
	return Date(text), nil
}

// IsZero reports whether it is no day.
func (d Date) IsZero() bool { return d == "" }

// Before reports whether the day comes before the other.
func (d Date) Before(other Date) bool { return d < other }

// Start is the first instant of the day in UTC.
func (d Date) Start() time.Time {
	at, _ := time.Parse(layout, string(d))
	return at
}

// Plus is the day so many days later.
func (d Date) Plus(days int) Date { return On(d.Start().AddDate(0, 0, days)) }

// Monday is the first day of the day's week, as ISO 8601 counts weeks.
func (d Date) Monday() Date { return d.Plus(-(int(d.Start().Weekday()) + 6) % 7) }

// DaysUntil counts the days from this one to the other; the other before it
// gives a negative number.
func (d Date) DaysUntil(other Date) int {
	return int(other.Start().Sub(d.Start()).Hours() / 24)
}

// DaysBetween counts calendar days from one instant to another, in UTC.
func DaysBetween(from, to time.Time) int { return On(from).DaysUntil(On(to)) }

// MarshalGQL writes the day as a GraphQL Date.
func (d Date) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(d))) }

// UnmarshalGQL reads a GraphQL Date.
func (d *Date) UnmarshalGQL(v any) error {
	text, _ := v.(string)
	parsed, err := ParseDate(text)
	*d = parsed
	return err
}

// Zone is an IANA time zone's name, as in Europe/Berlin.
type Zone string

// ParseZone reads a zone that the machine's tables know.
func ParseZone(text string) (Zone, error) {
	if text == "" || text == "Local" {
		return "", fmt.Errorf("name an IANA time zone, as in America/New_York")
	}
	if _, err := time.LoadLocation(text); err != nil {
		return "", fmt.Errorf("name an IANA time zone, as in America/New_York")
	}
	return Zone(text), nil
}

// MarshalGQL writes the zone as a GraphQL TimeZone.
func (z Zone) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(string(z))) }

// UnmarshalGQL reads a GraphQL TimeZone.
func (z *Zone) UnmarshalGQL(v any) error {
	text, _ := v.(string)
	parsed, err := ParseZone(text)
	*z = parsed
	return err
}
