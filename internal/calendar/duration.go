package calendar

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"time"
)

// Duration is a span of time as ISO 8601 writes it, of days, hours, minutes and
// seconds: months and years have no length of their own.
type Duration time.Duration

var iso = regexp.MustCompile(`^P(?:(\d{1,5})D)?(T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$`)

// ParseDuration reads a duration, as in P14D, PT36H or P1DT12H.
func ParseDuration(text string) (Duration, error) {
	parts := iso.FindStringSubmatch(text)
	if parts == nil || text == "P" || parts[2] == "T" {
		return 0, errors.New("write a duration as in P14D, PT36H or P1DT12H")
	}
	var d time.Duration
	for i, unit := range map[int]time.Duration{1: 24 * time.Hour, 3: time.Hour, 4: time.Minute, 5: time.Second} {
		if parts[i] != "" {
			n, err := strconv.Atoi(parts[i])
			if err != nil {
				return 0, err
			}
			d += time.Duration(n) * unit
		}
	}
	return Duration(d), nil
}

// String writes the duration in the longest units that fit.
func (d Duration) String() string {
	left := time.Duration(d).Truncate(time.Second)
	text, clock := "P", ""
	if days := left / (24 * time.Hour); days > 0 {
		text += strconv.Itoa(int(days)) + "D"
		left %= 24 * time.Hour
	}
	for _, unit := range []struct {
		length time.Duration
		name   string
	}{{time.Hour, "H"}, {time.Minute, "M"}, {time.Second, "S"}} {
		if n := left / unit.length; n > 0 {
			clock += strconv.Itoa(int(n)) + unit.name
			left %= unit.length
		}
	}
	switch {
	case clock != "":
		return text + "T" + clock
	case text == "P":
		return "PT0S"
	}
	return text
}

// MarshalGQL writes the duration.
func (d Duration) MarshalGQL(w io.Writer) { _, _ = io.WriteString(w, strconv.Quote(d.String())) }

// UnmarshalGQL reads a duration.
func (d *Duration) UnmarshalGQL(v any) error {
	text, _ := v.(string)
	read, err := ParseDuration(text)
	*d = read
	return err
}
