package migrations_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"entgo.io/ent/dialect"
	"github.com/pressly/goose/v3"

	"github.com/rung-dev/rung/ent/migrations"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// TestRowsOfBeforeSayWhenTheyChanged migrates a database that has notices and
// entries of the shared lists from before they said when they last changed: a
// notice did when it was read, or else made; of the lists nobody knows, and they
// count as changed now, so that every copy reads them again.
func TestRowsOfBeforeSayWhenTheyChanged(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, engineName string) {
		pool := alone(t, open(t, storetest.Empty(t, engineName)))
		unbind(t, engineName, pool)
		kind := map[string]goose.Dialect{dialect.SQLite: goose.DialectSQLite3, dialect.Postgres: goose.DialectPostgres}[engineName]
		earlier, err := goose.NewProvider(kind, pool, before(t, engineName, "_updated_at_orders.sql"), goose.WithDisableGlobalRegistry(true), goose.WithIsolateDDL(true))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := earlier.Up(t.Context()); err != nil {
			t.Fatal(err)
		}
		made := time.Date(2026, 11, 24, 15, 4, 5, 120_000_000, time.UTC)
		read, began := made.Add(time.Hour), time.Now().Add(-time.Second)
		person, event := idFor(gid.Person), idFor(gid.Event)
		exec(t, pool, "INSERT INTO people (id, created_at, updated_at, revision, name) VALUES ($1, $2, $2, 1, 'Ada')", person, made)
		exec(t, pool, `INSERT INTO events (id, world_id, change_id, position, kind, subject_id, ids, occurred_at)
			VALUES ($1, $1, $1, 0, 'k', $1, '{}', $2)`, event, made)
		for party, readAt := range map[gid.ID]any{idFor(gid.Employer): read, idFor(gid.Institution): nil} {
			exec(t, pool, `INSERT INTO notifications (id, world_id, person_id, party_id, event_id, kind, subject_id, created_at, read_at)
				VALUES ($1, $2, $2, $3, $4, 'k', $4, $5, $6)`, idFor(gid.Notification), person, party, event, made, readAt)
		}
		exec(t, pool, "INSERT INTO skills (id, reference, name, name_folded, kind, category) VALUES ($1, 'r', 'n', 'n', 'SKILL', 'c')", idFor(gid.Skill))
		exec(t, pool, "INSERT INTO occupations (id, code, title, title_folded, description) VALUES ($1, 'c', 't', 't', 'd')", idFor(gid.Occupation))
		if err := migrations.Apply(t.Context(), engineName, pool); err != nil {
			t.Fatal(err)
		}
		if got := one[time.Time](t, pool, "SELECT updated_at FROM notifications WHERE read_at IS NOT NULL"); !got.Equal(read) {
			t.Errorf("the notice that was read changed at %s, want %s", got, read)
		}
		if got := one[time.Time](t, pool, "SELECT updated_at FROM notifications WHERE read_at IS NULL"); !got.Equal(made) {
			t.Errorf("the other notice changed at %s, want %s", got, made)
		}
		for _, table := range []string{"skills", "occupations"} {
			got := one[time.Time](t, pool, "SELECT updated_at FROM "+table)
			if got.Before(began.Truncate(time.Second)) || got.After(time.Now()) || !got.Equal(got.Truncate(time.Second)) {
				t.Errorf("the entry of %s changed at %s, want now in whole seconds", table, got)
			}
			// As the store writes an instant: what is compared is text on SQLite.
			if n := one[int](t, pool, "SELECT count(*) FROM "+table+" WHERE updated_at = $1", got.UTC()); n != 1 {
				t.Errorf("%d entries of %s are found by their own instant", n, table)
			}
		}
	})
}

// before is the engine's folder as it was before a file was added.
func before(t *testing.T, engineName, file string) fs.FS {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(migrations.Folder(engineName), "*.sql"))
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for _, name := range names {
		if strings.HasSuffix(name, file) {
			return folder
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		folder[filepath.Base(name)] = &fstest.MapFile{Data: content}
	}
	t.Fatalf("there is no %s among %v", file, names)
	return nil
}
