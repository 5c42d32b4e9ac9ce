package intake

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/internal/calendar"
)

func cellsOf(value string) *reading {
	return &reading{cells: cells{fields: []string{value}, columns: map[string]int{"it": 0}}, options: Options{AsOf: "2024-03-31"}}
}

func TestAgo(t *testing.T) {
	t.Parallel()
	for told, want := range map[string]calendar.Date{
		"0d": "2024-03-31", "1d": "2024-03-30", "31D": "2024-02-29", " 1mo ": "2024-02-29", "0mo": "2024-03-31", "4mo": "2023-11-30",
		"13mo": "2023-02-28", "15mo": "2022-12-31", "9999mo": "1190-12-31",
		"": "", "4 months) 🛂": "", "-1d": "", "d": "", "3": "", "10000d": "", "3w": "", "٣d": "", "1d2mo": "",
	} {
		r := cellsOf(told)
		at := r.ago("it")
		if (r.Err() == nil) != (want != "") || want != "" && !at.Equal(want.Start()) {
			t.Errorf("%q: got %s, %v, want %s", told, at, r.Err(), want)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	for told, want := range map[string]struct {
		workplace listing.Workplace
		places    []string
	}{
		"":                              {"UNKNOWN", nil},
		" ; ":                           {"UNKNOWN", nil},
		"Multiple":                      {"UNKNOWN", nil},
		"Remote":                        {"REMOTE", nil},
		"Remote in USA":                 {"REMOTE", []string{"Remote in USA"}},
		"Remote, US":                    {"REMOTE", []string{"Remote, US"}},
		"SF; NYC;SF":                    {"ON_SITE", []string{"SF", "NYC"}},
		"Toronto, ON, Canada; Remote":   {"REMOTE", []string{"Toronto, ON, Canada"}},
		"Hybrid; Ann Arbor, MI":         {"HYBRID", []string{"Ann Arbor, MI"}},
		"REMOTE; Hybrid; Dorval, Qué":   {"HYBRID", []string{"Dorval, Qué"}},
		"United States Remote, Phoenix": {"REMOTE", []string{"United States Remote, Phoenix"}},
		"Remoteville, OH":               {"ON_SITE", []string{"Remoteville, OH"}},
	} {
		r := cellsOf(told)
		places, workplace := r.places("it")
		if r.Err() != nil || workplace != want.workplace || !slices.Equal(places, want.places) {
			t.Errorf("%q: got %s %q, %v", told, workplace, places, r.Err())
		}
	}
	for name, told := range map[string]string{
		"too many":      strings.Repeat("x;", 3) + manyPlaces(51),
		"a long one":    strings.Repeat("x", 201),
		"a bell in one": "Ohio; Bell\a",
	} {
		r := cellsOf(told)
		if r.places("it"); r.Err() == nil {
			t.Errorf("it takes %s", name)
		}
	}
}

func manyPlaces(n int) string { return strings.ReplaceAll(manyDomains(n), " ", "; ") }

func TestTold(t *testing.T) {
	t.Parallel()
	day := func(d calendar.Date) time.Time { return d.Start() }
	at := func(d calendar.Date) *time.Time { instant := d.Start(); return &instant }
	here, there := "https://example.com/1", "https://example.com/2"
	open := func(published, asOf calendar.Date) postingRow {
		return postingRow{status: "OPEN", applyURL: &here, publishedAt: day(published), asOf: day(asOf)}
	}
	closed := func(published, asOf calendar.Date) postingRow {
		return postingRow{status: "CLOSED", publishedAt: day(published), asOf: day(asOf)}
	}
	for name, tc := range map[string]struct {
		row  postingRow
		now  *ent.Listing
		want ent.Listing
	}{
		"a new one is open": {open("2025-01-01", "2025-01-09"), nil,
			ent.Listing{Status: "OPEN", ApplyURL: &here, PublishedAt: day("2025-01-01")}},
		"a new one was closed by the day of the file": {closed("2025-01-01", "2025-01-09"), nil,
			ent.Listing{Status: "CLOSED", PublishedAt: day("2025-01-01"), ClosedAt: at("2025-01-09")}},
		"the first date stands": {open("2025-01-05", "2025-02-09"), &ent.Listing{Status: "OPEN", ApplyURL: &there, PublishedAt: day("2025-01-01")},
			ent.Listing{Status: "OPEN", ApplyURL: &here, PublishedAt: day("2025-01-01")}},
		"an earlier date is better": {open("2024-12-05", "2025-02-09"), &ent.Listing{Status: "OPEN", PublishedAt: day("2025-01-01")},
			ent.Listing{Status: "OPEN", ApplyURL: &here, PublishedAt: day("2024-12-05")}},
		"it closes and keeps its address": {closed("2025-01-05", "2025-02-09"), &ent.Listing{Status: "OPEN", ApplyURL: &there, PublishedAt: day("2025-01-01")},
			ent.Listing{Status: "CLOSED", ApplyURL: &there, PublishedAt: day("2025-01-01"), ClosedAt: at("2025-02-09")}},
		"it was closed before": {closed("2025-01-05", "2025-03-09"), &ent.Listing{Status: "CLOSED", PublishedAt: day("2025-01-01"), ClosedAt: at("2025-02-09")},
			ent.Listing{Status: "CLOSED", PublishedAt: day("2025-01-01"), ClosedAt: at("2025-02-09")}},
		"an older file knows that it was closed before": {closed("2025-01-01", "2025-02-02"), &ent.Listing{Status: "CLOSED", PublishedAt: day("2025-01-01"), ClosedAt: at("2025-02-09")},
			ent.Listing{Status: "CLOSED", PublishedAt: day("2025-01-01"), ClosedAt: at("2025-02-02")}},
		"it opens again, with a new date": {open("2025-03-01", "2025-03-09"), &ent.Listing{Status: "CLOSED", PublishedAt: day("2025-01-01"), ClosedAt: at("2025-02-09")},
			ent.Listing{Status: "OPEN", ApplyURL: &here, PublishedAt: day("2025-03-01")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := tc.row.told(tc.now)
			if !says(&got, tc.want) {
				t.Errorf("got %v, want %v", &got, &tc.want)
			}
			if again := tc.row.told(&got); !says(&again, got) {
				t.Errorf("told again it says %v", &again)
			}
		})
	}
}
