package calendar

import (
	"slices"
	"time"
)

// Office is when an office works, by the clocks of its zone.
type Office struct {
	Zone          Zone
	Opens, Closes int // minutes after midnight
	Days          []Weekday
}

// Weekday is a day of the week, by its name.
type Weekday string

// The days of the week.
const (
	Monday    Weekday = "MONDAY"
	Tuesday   Weekday = "TUESDAY"
	Wednesday Weekday = "WEDNESDAY"
	Thursday  Weekday = "THURSDAY"
	Friday    Weekday = "FRIDAY"
	Saturday  Weekday = "SATURDAY"
	Sunday    Weekday = "SUNDAY"
)

// WorkingWeek are the days on which an office works that names none.
var WorkingWeek = []Weekday{Monday, Tuesday, Wednesday, Thursday, Friday}

var weekdays = [...]Weekday{Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday}

// IsWeekday reports whether the name is a day's.
func IsWeekday(name Weekday) bool { return slices.Contains(weekdays[:], name) }

// Day is how many minutes the office works on a day, as its clocks show them.
func (o Office) Day() int { return o.Closes - o.Opens }

// Between is how many whole minutes the office worked between two instants: none
// when the second is not later. A day on which the clocks change counts what the
// clock on the wall shows at both ends, as staff do.
func (o Office) Between(from, to time.Time) int {
	at, err := time.LoadLocation(string(o.Zone))
	if err != nil {
		at = time.UTC
	}
	if !from.Before(to) || o.Day() <= 0 {
		return 0
	}
	from, to = from.In(at), to.In(at)
	first, last := On(wall(from)), On(wall(to))
	if first == last {
		return o.on(first, minute(from), minute(to))
	}
	worked := o.on(first, minute(from), 24*60) + o.on(last, 0, minute(to))
	return worked + o.days(first.Plus(1), last)*o.Day()
}

// on is how many minutes of a stretch of one day the office works.
func (o Office) on(day Date, from, to int) int {
	if !o.worksOn(day) {
		return 0
	}
	return max(0, min(to, o.Closes)-max(from, o.Opens))
}

// days is how many working days lie from one day to before another: whole weeks
// at once, since a request may wait for years.
func (o Office) days(from, before Date) int {
	n := from.DaysUntil(before)
	if n <= 0 {
		return 0
	}
	inWeek := 0
	for i := range 7 {
		if o.worksOn(from.Plus(i)) {
			inWeek++
		}
	}
	worked := n / 7 * inWeek
	for i := range n % 7 {
		if o.worksOn(from.Plus(i)) {
			worked++
		}
	}
	return worked
}

func (o Office) worksOn(day Date) bool {
	return slices.Contains(o.Days, weekdays[day.Start().Weekday()])
}

// wall is the same reading of the clock, in UTC.
func wall(at time.Time) time.Time {
	return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), time.UTC)
}

func minute(at time.Time) int { return at.Hour()*60 + at.Minute() }
