package calendar

import (
	"testing"
	"time"
)

func TestParseDuration(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"P14D": 14 * 24 * time.Hour, "PT36H": 36 * time.Hour, "P1DT12H30M5S": 36*time.Hour + 30*time.Minute + 5*time.Second, "PT0S": 0, "PT90S": 90 * time.Second,
	} {
		got, err := ParseDuration(text)
		if err != nil || time.Duration(got) != want {
			t.Errorf("%s is %v, %v; want %v", text, time.Duration(got), err, want)
		}
		if again, err := ParseDuration(got.String()); err != nil || again != got {
			t.Errorf("%s is written %s, which is %v, %v", text, got, again, err)
		}
	}
	for _, text := range []string{"", "P", "PT", "P1M", "P1Y", "14D", "P-1D", "P1.5D", "PT1H1D", "P999999D", "p1d", " P1D"} {
		if got, err := ParseDuration(text); err == nil {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}
