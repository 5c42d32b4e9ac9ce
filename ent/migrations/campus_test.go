package migrations_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/rung-dev/rung/ent/migrations"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// TestCampusProjectsOfBeforeHaveTheirListings runs what the migration does to rows
// that are there: what was published for chosen institutions has a posting, open
// where one can apply, and what nobody could apply to has none.
func TestCampusProjectsOfBeforeHaveTheirListings(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, engineName string) {
		pool := alone(t, open(t, storetest.Fresh(t, engineName)))
		unbind(t, engineName, pool)
		if engineName == dialect.Postgres {
			for _, name := range []string{"micro_projects", "employers", "listings"} {
				dropChecks(t, pool, name, "listings_closed")
			}
		}
		verified, suspended := hirer(t, pool, engineName, "VERIFIED"), hirer(t, pool, engineName, "SUSPENDED")
		now := time.UnixMilli(1000).UTC()
		campus := func(employer gid.ID, audience, status string, published *time.Time) gid.ID {
			id := idFor(gid.MicroProject)
			put(t, pool, engineName, "micro_projects", map[string]any{
				"id": id, "employer_org_id": employer, "audience": audience, "status": status, "published_at": published,
				"location": "Berlin", "hours": 20, "fee_minor": 405_10,
			})
			return id
		}
		want := map[gid.ID][]string{
			campus(verified, "INSTITUTIONS", "OPEN", &now):    {"OPEN INSTITUTIONS 2026"},
			campus(verified, "INSTITUTIONS", "PAUSED", &now):  {"CLOSED INSTITUTIONS 2026"},
			campus(suspended, "INSTITUTIONS", "OPEN", &now):   {"CLOSED INSTITUTIONS 2026"},
			campus(verified, "INSTITUTIONS", "APPROVED", nil): nil,
			campus(verified, "PUBLIC", "OPEN", &now):          nil,
		}
		moved := campus(verified, "INSTITUTIONS", "APPROVED", &now)
		put(t, pool, engineName, "listings", map[string]any{
			"id": idFor(gid.Listing), "micro_project_id": moved, "status": "CLOSED", "closed_at": now, "audience": "PUBLIC", "hourly_minor": 7,
		})
		want[moved] = []string{"CLOSED INSTITUTIONS 7"}
		for _, statement := range posts(t, engineName) {
			exec(t, pool, statement)
		}
		for id, want := range want {
			got := column[string](t, pool, "SELECT status || ' ' || audience || ' ' || hourly_minor FROM listings WHERE micro_project_id = $1", id)
			if !slices.Equal(got, want) {
				t.Errorf("%s has %v, want %v", id, got, want)
			}
		}
		for _, id := range column[gid.ID](t, pool, "SELECT id FROM listings") {
			if got, err := gid.Parse(id.String()); err != nil || got.Noun() != gid.Listing {
				t.Errorf("a listing has the id %s, %v", id, err)
			}
		}
	})
}

func hirer(t *testing.T, pool *sql.DB, engineName, status string) gid.ID {
	t.Helper()
	id := idFor(gid.Employer)
	put(t, pool, engineName, "employers", map[string]any{"id": id, "status": status})
	return id
}

// posts are the statements of the migration that make and change rows.
func posts(t *testing.T, engineName string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(migrations.Folder(engineName), "*_campus_listings.sql"))
	if err != nil || len(names) != 1 {
		t.Fatalf("the migration is %v, %v", names, err)
	}
	text, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?m)^(INSERT INTO|UPDATE) [`\"]listings.*;$").FindAllString(string(text), -1)
	if len(found) != 2 {
		t.Fatalf("%d statements fill the table, want 2", len(found))
	}
	return found
}
