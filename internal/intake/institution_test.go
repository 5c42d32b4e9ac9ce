package intake

import (
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
)

const institutionsHeader = "name,country_code,region,domains,website"

func TestInstitutions(t *testing.T) {
	t.Parallel()
	file := strings.ReplaceAll(table(institutionsHeader,
		"University of Évry,fr,Essonne,evry.fr  Mail.Evry.FR evry.fr,http://www.evry.fr/",
		"Glendale Community College,US,null,gccaz.edu,http://www.gccaz.edu/",
		"Glendale Community College,US,,glendale.edu,http://www.glendale.edu/",
		"GLENDALE COMMUNITY COLLEGE,US,,www.gc.edu glendale.edu,http://www.glendale.edu/",
		"Royal College,UK,,,",
		"Nowhere College,ZZ,,nowhere.edu,",
		"Europe College,EU,,europe.edu,",
		"Long Code College,USA,,long.edu,",
		"Bad Domain College,US,,rung..edu,",
		"Worse Domain College,US,,https://rung.edu/,",
		"Bad Site College,US,,rung.edu,www.rung.edu",
		"Secret College,US,,rung.edu,https://a:b@rung.edu/",
		"Academy \u0093Leon\u0094,PL,,leon.pl,",
		"Many Domains College,US,,"+manyDomains(51)+",",
	), "\n", "\r\n")
	control := "name: Leave out control characters and marks that turn the direction of text."
	refused := []string{
		"line 5: Line 4 tells of the same institution and is kept.",
		"line 7: country_code: Write a country's code in two letters, as in US.",
		"line 8: country_code: Write a country's code in two letters, as in US.",
		"line 9: country_code: Write a country's code in two letters, as in US.",
		"line 10: domains: Write domains as in rung.edu, with spaces between them.",
		"line 11: domains: Write domains as in rung.edu, with spaces between them.",
		"line 12: website: Write an absolute http or https address, or nothing.",
		"line 13: website: Write an absolute http or https address, or nothing.",
		"line 14: " + control,
		"line 15: domains: Write at most 50 domains.",
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		wantReport(t, imported(t, db, Institutions, content(file)), append(refused, "created 4, updated 0, unchanged 0, refused 10")...)
		wantReport(t, imported(t, db, Institutions, content(file)), append(refused, "created 0, updated 0, unchanged 4, refused 10")...)
		i := one(t, db, "FR | university of evry")
		if i.Name != "University of Évry" || i.CountryCode != "FR" || *i.Region != "Essonne" || strings.Join(i.Domains, " ") != "evry.fr mail.evry.fr" ||
			*i.Website != "http://www.evry.fr/" || i.Status != institution.StatusListed || i.WorldID != gid.LiveWorld || i.Revision != 1 {
			t.Errorf("got %v", i)
		}
		if i := one(t, db, "GB | royal college"); len(i.Domains) != 0 || i.Region != nil || i.Website != nil {
			t.Errorf("got %v", i)
		}
		if i := one(t, db, "US | glendale community college"); i.Region != nil || i.Domains[0] != "gccaz.edu" {
			t.Errorf("got %v", i)
		}
		if i := one(t, db, "US | glendale community college | glendale.edu"); i.Domains[0] != "glendale.edu" {
			t.Errorf("got %v", i)
		}
	})
}

func manyDomains(n int) string {
	var all []string
	for i := range n {
		all = append(all, string(rune('a'+i%26))+string(rune('a'+i/26))+".edu")
	}
	return strings.Join(all, " ")
}

func one(t *testing.T, db *store.DB, reference string) *ent.Institution {
	t.Helper()
	return ask(t, db.Read.Institution.Query().Where(institution.Reference(reference)).Only)
}

// Whatever the order in which twins come, none becomes the other, and a second
// run finds nothing to do.
func TestTwinsStayApart(t *testing.T) {
	t.Parallel()
	row := func(domains string) string { return "Glendale Community College,US,," + domains + "," }
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		imports := func(want string, rows ...string) {
			t.Helper()
			wantReport(t, imported(t, db, Institutions, content(table(append([]string{institutionsHeader}, rows...)...))), want+", refused 0")
		}
		imports("created 1, updated 0, unchanged 0", row("glendale.edu"))
		first := one(t, db, "US | glendale community college")
		imports("created 1, updated 0, unchanged 1", row("gccaz.edu"), row("glendale.edu"))
		imports("created 0, updated 0, unchanged 2", row("glendale.edu"), row("gccaz.edu"))
		imports("created 0, updated 1, unchanged 0", row("gc.edu glendale.edu"))
		imports("created 1, updated 1, unchanged 1", row("gc.edu"), row("glendale.edu"), row("gccaz.edu"))
		imports("created 0, updated 0, unchanged 3", row("gc.edu"), row("glendale.edu"), row("gccaz.edu"))
		imports("created 1, updated 0, unchanged 3", row(""), row("gc.edu"), row("glendale.edu"), row("gccaz.edu"))
		imports("created 0, updated 0, unchanged 4", row("gc.edu"), row("glendale.edu"), row(""), row("gccaz.edu"))
		if i := one(t, db, "US | glendale community college"); i.ID != first.ID || i.Revision != 3 || i.Domains[0] != "gc.edu" {
			t.Errorf("got %v", i)
		}
	})
}

func TestAnInstitutionKeepsWhatTheListDoesNotSay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		imported(t, db, Institutions, content(table(institutionsHeader, "Rung College,US,Ohio,rung.edu,https://rung.edu/")))
		setOpen(t, db)
		wantReport(t, imported(t, db, Institutions, content(table(institutionsHeader, "Rung College,US,,rung.edu rung.org,"))),
			"created 0, updated 1, unchanged 0, refused 0")
		i := one(t, db, "US | rung college")
		if i.Status != institution.StatusOpen || *i.PayFloorMinor != 1500 || i.Region != nil || i.Website != nil || len(i.Domains) != 2 {
			t.Errorf("got %v", i)
		}
	})
}
