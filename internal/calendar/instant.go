package calendar

import (
	"errors"
	"io"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

const instantLayout = "2006-01-02T15:04:05.000Z"

// MarshalDateTime writes an instant as a GraphQL DateTime: RFC 3339 in UTC with
// milliseconds.
func MarshalDateTime(at time.Time) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		out := make([]byte, 0, len(instantLayout)+2)
		out = append(out, '"')
		out = at.UTC().AppendFormat(out, instantLayout)
		_, _ = w.Write(append(out, '"'))
	})
}

// UnmarshalDateTime reads a GraphQL DateTime, with any offset, to the
// millisecond.
func UnmarshalDateTime(v any) (time.Time, error) {
	text, _ := v.(string)
	at, err := time.Parse(time.RFC3339, text)
	at = at.UTC() // whose year may be another
	if err != nil || at.Year() < 1 || at.Year() > 9999 {
		return time.Time{}, errors.New("write an instant as in 2026-11-24T15:04:05Z")
	}
	return at.Truncate(time.Millisecond), nil
}

// Window is a span of days with both its ends.
type Window struct {
	StartsOn Date
	EndsOn   Date
}

// WindowOf is the window between two days that may be missing, or nil.
func WindowOf(starts, ends *Date) *Window {
	if starts == nil || ends == nil {
		return nil
	}
	return &Window{*starts, *ends}
}

// place is where the zone's clocks stand; an unknown zone's stand as in UTC.
func (z Zone) place() *time.Location {
	place, err := time.LoadLocation(string(z))
	if err != nil {
		return time.UTC
	}
	return place
}

// EndIn is the last instant of the day in a zone, to the millisecond.
func (d Date) EndIn(zone Zone) time.Time {
	place := zone.place()
	day := d.Start()
	next := time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, place)
	if next.Day() == day.Day() {
		// There is no midnight: the clocks leap over it, as in Santiago each spring.
		_, next = next.ZoneBounds()
	}
	return next.Add(-time.Millisecond).UTC()
}
