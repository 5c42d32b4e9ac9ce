package migrations_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/sqltool"
	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"

	"github.com/rung-dev/rung/ent/migrations"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/engine"
	"github.com/rung-dev/rung/internal/store/storetest"
)

func eachEngine(t *testing.T, test func(t *testing.T, engineName string)) {
	t.Helper()
	for _, name := range storetest.Engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, name)
		})
	}
}

// copyOf is the engine's folder with more files, and with the sum of them all.
func copyOf(t *testing.T, engineName string, more map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(migrations.Folder(engineName))); err != nil {
		t.Fatal(err)
	}
	for name, content := range more {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dir, err := sqltool.NewGooseDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := dir.Checksum()
	if err != nil {
		t.Fatal(err)
	}
	if err := migrate.WriteSumFile(dir, sum); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestReplayingTheMigrationsGivesTheSchema(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, engineName string) {
		empty := alone(t, open(t, storetest.Empty(t, engineName)))
		err := migrations.Diff(t.Context(), engineName, empty, copyOf(t, engineName, nil), "anything")
		if !errors.Is(err, migrate.ErrNoPlan) {
			t.Errorf("the schema is ahead of the %s migrations: %v; run make migration name=what_it_does", engineName, err)
		}
	})
}

// The same comparison notices what is missing, or it would show nothing.
func TestADifferenceToTheSchemaIsNoticed(t *testing.T) {
	t.Parallel()
	breaks := map[string]string{ // SQLite drops no constraint
		dialect.SQLite:   "DROP INDEX offer_application_id;",
		dialect.Postgres: "ALTER TABLE offers DROP CONSTRAINT offers_micro_project_id_employer_org_id;",
	}
	eachEngine(t, func(t *testing.T, engineName string) {
		folder := copyOf(t, engineName, map[string]string{"20991231000000_break.sql": "-- +goose Up\n" + breaks[engineName] + "\n"})
		empty := alone(t, open(t, storetest.Empty(t, engineName)))
		if err := migrations.Diff(t.Context(), engineName, empty, folder, "mend"); err != nil {
			t.Fatalf("got %v, want a migration", err)
		}
		if mended, err := filepath.Glob(filepath.Join(folder, "*_mend.sql")); err != nil || len(mended) != 1 {
			t.Errorf("the folder holds %v, %v, want one migration that mends", mended, err)
		}
	})
}

func TestTheFoldersAreIntact(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, engineName string) {
		if err := migrations.Intact(migrations.Folder(engineName)); err != nil {
			t.Errorf("a shipped migration was altered: %v", err)
		}
		folder := copyOf(t, engineName, nil)
		found, err := filepath.Glob(filepath.Join(folder, "*.sql"))
		if err != nil || len(found) == 0 {
			t.Fatalf("found %v, %v", found, err)
		}
		shipped, err := os.ReadFile(found[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(found[0], append(shipped, ' '), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := migrations.Intact(folder); err == nil {
			t.Error("an altered migration passes")
		}
	})
}

func TestFourStartersMigrateOnce(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, engineName string) {
		o := storetest.Empty(t, engineName)
		engines := make([]*engine.Engine, 4)
		for i := range engines {
			engines[i] = open(t, o)
		}
		var all sync.WaitGroup
		start, failed := make(chan struct{}), make([]error, len(engines))
		for i, e := range engines {
			all.Go(func() {
				<-start
				failed[i] = store.Migrate(t.Context(), e)
			})
		}
		close(start)
		all.Wait()
		if err := errors.Join(failed...); err != nil {
			t.Fatal(err)
		}
		versions := column[int64](t, engines[0].Read, "SELECT version_id FROM goose_db_version WHERE version_id > 0 ORDER BY version_id")
		files, err := filepath.Glob(migrations.Folder(engineName) + "/*.sql")
		if err != nil {
			t.Fatal(err)
		}
		latest, err := migrations.Latest(engineName)
		if err != nil {
			t.Fatal(err)
		}
		if len(versions) != len(files) || versions[len(versions)-1] != latest {
			t.Errorf("versions %v were applied, want each of %v once", versions, files)
		}
		if got, want := one[gid.ID](t, engines[3].Read, "SELECT id FROM worlds"), gid.LiveWorld; got != want {
			t.Errorf("the one world is %s, want %s", got, want)
		}
	})
}

// shelf and rebuilt are a parent with a child that would go with it, and the
// way in which Atlas changes a table on SQLite.
const (
	shelf = `-- +goose Up
CREATE TABLE shelves (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE books (id integer PRIMARY KEY, shelf_id integer NOT NULL REFERENCES shelves (id) ON DELETE CASCADE);
INSERT INTO shelves VALUES (1, 'law'), (2, 'maps');
INSERT INTO books VALUES (1, 1), (2, 1), (3, 2);
`
	rebuiltShelf = `CREATE TABLE new_shelves (id integer PRIMARY KEY, name text NOT NULL, floor integer NULL);
INSERT INTO new_shelves (id, name) SELECT id, name FROM shelves;
DROP TABLE shelves;
ALTER TABLE new_shelves RENAME TO shelves;
`
	rebuiltEvents = `CREATE TABLE new_events AS SELECT * FROM events WHERE 0;
DROP TABLE new_events;
CREATE TABLE new_events (id uuid NOT NULL, world_id uuid NOT NULL, change_id uuid NOT NULL, position integer NOT NULL, kind text NOT NULL,
  subject_id uuid NOT NULL, ids json NOT NULL, occurred_at datetime NOT NULL, PRIMARY KEY (id));
INSERT INTO new_events SELECT id, world_id, change_id, position, kind, subject_id, ids, occurred_at FROM events;
DROP TABLE events;
ALTER TABLE new_events RENAME TO events;
`
)

func TestRebuildingAParentOnSQLiteLosesNoChild(t *testing.T) {
	t.Parallel()
	e := open(t, storetest.Fresh(t, dialect.SQLite))
	event := newID()
	all := tables(t, dialect.SQLite)
	if err := insert(t.Context(), e.Write, all["events"], map[string]any{"id": event}); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := insert(t.Context(), e.Write, all["feed_entries"], map[string]any{"event_id": event}); err != nil {
			t.Fatal(err)
		}
	}
	triggers := column[string](t, e.Read, "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
	first := withMore(t, map[string]string{"20980101000000_shelves.sql": shelf})
	if err := migrations.ApplyFrom(t.Context(), dialect.SQLite, first, alone(t, e)); err != nil {
		t.Fatal(err)
	}
	second := withMore(t, map[string]string{
		"20980101000000_shelves.sql": shelf,
		"20990101000000_rebuild.sql": "-- +goose Up\n" + rebuiltShelf + rebuiltEvents,
	})
	if err := migrations.ApplyFrom(t.Context(), dialect.SQLite, second, alone(t, e)); err != nil {
		t.Fatal(err)
	}
	for table, want := range map[string]int{"books": 3, "shelves": 2, "events": 1, "feed_entries": 3} {
		if got := one[int](t, e.Read, "SELECT count(*) FROM "+table); got != want {
			t.Errorf("%s has %d rows after the rebuild, want %d", table, got, want)
		}
	}
	if got := column[string](t, e.Read, "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"); !slices.Equal(got, triggers) {
		t.Errorf("after the rebuild the triggers are\n%s\nwant\n%s", got, triggers)
	}
	if _, err := e.Write.ExecContext(t.Context(), "DELETE FROM events"); err == nil {
		t.Error("after the rebuild an event can be deleted")
	}

	// The same statements with foreign keys on, as goose alone would run them.
	e = open(t, storetest.Empty(t, dialect.SQLite))
	exec(t, e.Write, shelf)
	exec(t, e.Write, rebuiltShelf)
	if got, want := one[int](t, e.Write, "SELECT count(*) FROM books"), 0; got != want {
		t.Errorf("with foreign keys on %d books are left: this test shows nothing any more", got)
	}
}

// withMore is the embedded folder of SQLite with more files.
func withMore(t *testing.T, more map[string]string) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	names, err := filepath.Glob("sqlite/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		folder[filepath.Base(name)] = &fstest.MapFile{Data: content}
	}
	for name, content := range more {
		folder[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return folder
}

func TestAMigrationThatLeavesAnOrphanIsUndone(t *testing.T) {
	t.Parallel()
	e := open(t, storetest.Fresh(t, dialect.SQLite))
	before := column[int64](t, e.Read, "SELECT version_id FROM goose_db_version ORDER BY id")
	folder := withMore(t, map[string]string{"20980101000000_orphan.sql": "-- +goose Up\nCREATE TABLE left_behind (id integer PRIMARY KEY);\n" +
		"INSERT INTO feed_entries (id, party_id, sequence, event_id) VALUES ('a', 'b', 1, 'no such event');\n"})
	pool := alone(t, e)
	err := migrations.ApplyFrom(t.Context(), dialect.SQLite, folder, pool)
	if err == nil || !strings.Contains(err.Error(), "feed_entries") || !strings.Contains(err.Error(), "events") {
		t.Fatalf("got %v, want an error that names feed_entries and events", err)
	}
	if got := one[int](t, e.Read, "SELECT count(*) FROM feed_entries"); got != 0 {
		t.Errorf("%d orphans were kept", got)
	}
	if got := one[int](t, e.Read, "SELECT count(*) FROM sqlite_master WHERE name = 'left_behind'"); got != 0 {
		t.Error("the table was kept")
	}
	if got := column[int64](t, e.Read, "SELECT version_id FROM goose_db_version ORDER BY id"); !slices.Equal(got, before) {
		t.Errorf("the versions are %v, want %v", got, before)
	}
	if err := migrations.Apply(t.Context(), dialect.SQLite, pool); err != nil {
		t.Errorf("the same connection cannot migrate any more: %v", err)
	}
}

func TestAMigrationThatFailsIsUndone(t *testing.T) {
	t.Parallel()
	e := open(t, storetest.Fresh(t, dialect.SQLite))
	folder := withMore(t, map[string]string{
		"20980101000000_first.sql":  "-- +goose Up\nCREATE TABLE first (id integer PRIMARY KEY);\n",
		"20980101000001_second.sql": "-- +goose Up\nCREATE TABLE second (id integer PRIMARY KEY);\nINSERT INTO nowhere VALUES (1);\n",
	})
	if err := migrations.ApplyFrom(t.Context(), dialect.SQLite, folder, alone(t, e)); err == nil {
		t.Fatal("it did not fail")
	}
	if got := column[string](t, e.Read, "SELECT name FROM sqlite_master WHERE name IN ('first', 'second')"); len(got) != 0 {
		t.Errorf("kept are %v, want none: all migrations of one start are one change", got)
	}
}

// A trigger nobody wrote down would be kept by every later start, unseen.
func TestTheTriggersAreThoseThatStand(t *testing.T) {
	t.Parallel()
	t.Run(dialect.SQLite, func(t *testing.T) {
		t.Parallel()
		e := open(t, storetest.Fresh(t, dialect.SQLite))
		got := column[string](t, e.Read, "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY sql")
		want := regexp.MustCompile(`(?m)^CREATE TRIGGER .*END`).FindAllString(migrations.Standing(dialect.SQLite), -1)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("the triggers are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
	t.Run(dialect.Postgres, func(t *testing.T) {
		t.Parallel()
		e := open(t, storetest.Fresh(t, dialect.Postgres))
		got := column[string](t, e.Read, `SELECT replace(pg_get_triggerdef(oid), 'public.', '') FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1`)
		var want []string
		for _, line := range regexp.MustCompile(`(?m)^CREATE OR REPLACE TRIGGER .*;`).FindAllString(migrations.Standing(dialect.Postgres), -1) {
			line = strings.TrimSuffix(strings.Replace(line, " OR REPLACE", "", 1), ";")
			want = append(want, strings.Replace(line, "UPDATE OR DELETE", "DELETE OR UPDATE", 1)) // as PostgreSQL says it
		}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("the triggers are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

func TestHistoryIsNeitherAlteredNorDeleted(t *testing.T) {
	t.Parallel()
	history := map[string]string{ // with a column that could be altered
		"events": "kind", "feed_entries": "sequence", "audit_entries": "verb", "ledger_entries": "currency", "funding_pool_entries": "currency", "submissions": "note",
		"agreement_templates": "text", "disclosures": "request_id",
	}
	eachEngine(t, func(t *testing.T, engineName string) {
		pool := alone(t, open(t, storetest.Fresh(t, engineName)))
		unbind(t, engineName, pool)
		for name, altered := range history {
			table := tables(t, engineName)[name]
			if engineName == dialect.Postgres {
				dropChecks(t, pool, name, "")
			}
			if err := insert(t.Context(), pool, table, nil); err != nil {
				t.Fatal(err)
			}
			statements := []string{"DELETE FROM " + name, "UPDATE " + name + " SET " + altered + " = " + altered}
			if engineName == dialect.Postgres {
				statements = append(statements, "TRUNCATE "+name+" CASCADE")
			}
			for _, statement := range statements {
				if _, err := pool.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "never") {
					t.Errorf("%s: got %v, want a refusal", statement, err)
				}
			}
			if got, want := one[int](t, pool, "SELECT count(*) FROM "+name), 1; got != want {
				t.Errorf("%s has %d rows, want %d", name, got, want)
			}
		}
	})
}

// Atlas compares a check by its name alone, so what the tables really refuse is
// held against tables made of the schema at once.
func TestTheChecksAreThoseOfTheSchema(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, engineName string) {
		made := alone(t, open(t, storetest.Empty(t, engineName)))
		m, err := schema.NewMigrate(entsql.OpenDB(engineName, made), schema.WithForeignKeys(false))
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Create(t.Context(), slices.Collect(maps.Values(tables(t, engineName)))...); err != nil {
			t.Fatal(err)
		}
		migrated := alone(t, open(t, storetest.Fresh(t, engineName)))
		want, got := checksIn(t, engineName, made), checksIn(t, engineName, migrated)
		if len(want) < 20 {
			t.Fatalf("the schema has only %d checks: they were not found", len(want))
		}
		for name, check := range want {
			if got[name] != check {
				t.Errorf("%s is %q, and the schema says %q", name, got[name], check)
			}
		}
	})
}

var checkOfSQLite = regexp.MustCompile("CONSTRAINT [`\"](\\w+)[`\"] CHECK (.*?)(?:, CONSTRAINT|\\)$)")

// PostgreSQL writes a check's casts and brackets anew each time it is replayed.
var castOfPostgres = regexp.MustCompile(`::text\[\]|::text|::character varying|[()\s]`)

// checksIn are the conditions of a database's checks by their names.
func checksIn(t *testing.T, engineName string, on execer) map[string]string {
	t.Helper()
	found := map[string]string{}
	if engineName == dialect.Postgres {
		for _, line := range column[string](t, on, "SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'") {
			name, check, _ := strings.Cut(line, " ")
			found[name] = castOfPostgres.ReplaceAllString(check, "")
		}
		return found
	}
	for _, table := range column[string](t, on, "SELECT sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%CHECK%'") {
		for rest := table; ; {
			at := checkOfSQLite.FindStringSubmatchIndex(rest)
			if at == nil {
				break
			}
			found[rest[at[2]:at[3]]] = rest[at[4]:at[5]]
			rest = rest[at[5]:]
		}
	}
	return found
}
