package engine_test

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/lib/pq"

	"github.com/rung-dev/rung/internal/store/engine"
	"github.com/rung-dev/rung/internal/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func open(t *testing.T, o engine.Options) *engine.Engine {
	t.Helper()
	e, err := engine.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// single is PostgreSQL with one connection for changes and one for reads.
func single(t *testing.T) *engine.Engine {
	t.Helper()
	o := storetest.Empty(t, dialect.Postgres)
	o.Most = 2
	return open(t, o)
}

func ask(t *testing.T, e *engine.Engine, query string, args ...any) string {
	t.Helper()
	var got string
	if err := e.Write.QueryRowContext(t.Context(), query, args...).Scan(&got); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return got
}

func exec(t *testing.T, e *engine.Engine, statement string, args ...any) {
	t.Helper()
	if _, err := e.Write.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func TestTheStatementCacheIsBounded(t *testing.T) {
	t.Parallel()
	e := single(t)
	for range 2 {
		for i := range 300 {
			query := "SELECT $1::int + " + strings.Repeat("0+", i) + "0"
			if got, want := ask(t, e, query, 7), "7"; got != want {
				t.Fatalf("got %s, want %s", got, want)
			}
		}
		if got, want := ask(t, e, "SELECT count(*) FROM pg_prepared_statements"), "256"; got != want {
			t.Errorf("the connection keeps %s statements, want %s", got, want)
		}
	}
}

func TestAStatementIsPreparedOnce(t *testing.T) {
	t.Parallel()
	e := single(t)
	for range 5 {
		ask(t, e, "SELECT $1::int", 7)
		exec(t, e, "SELECT $1::text", "x")
	}
	if got, want := ask(t, e, "SELECT count(*) FROM pg_prepared_statements"), "2"; got != want {
		t.Errorf("the connection keeps %s statements, want %s", got, want)
	}
}

// outdate are ways in which a prepared statement grows old.
var outdate = map[string]string{
	"the table changed":            "ALTER TABLE shelf ADD COLUMN IF NOT EXISTS colour text",
	"a column changed its type":    "ALTER TABLE shelf ALTER COLUMN id TYPE bigint",
	"the server forgot statements": "DEALLOCATE ALL",
	"the session was discarded":    "DISCARD ALL",
}

const (
	readShelf  = "SELECT * FROM shelf WHERE name = $1"
	writeShelf = "INSERT INTO shelf (id, name) VALUES (1, $1) RETURNING *"
)

func TestOutdatedStatementsAreTriedAgain(t *testing.T) {
	t.Parallel()
	for name, statement := range outdate {
		t.Run("when "+name, func(t *testing.T) {
			t.Parallel()
			e := single(t)
			exec(t, e, "CREATE TABLE shelf (id int, name text)")
			for range 2 {
				for _, query := range []string{readShelf, writeShelf} {
					exec(t, e, query, "law")
					rows, err := e.Write.QueryContext(t.Context(), query, "law")
					if err != nil {
						t.Fatalf("%s: %v", query, err)
					}
					for rows.Next() {
					}
					if err := errors.Join(rows.Err(), rows.Close()); err != nil {
						t.Fatalf("%s: %v", query, err)
					}
				}
				exec(t, e, statement)
			}
		})
	}
}

// Inside a transaction the first failure has ended it: the error is told, and
// the whole transaction can be begun again on the same connection.
func TestOutdatedStatementsEndATransactionOnce(t *testing.T) {
	t.Parallel()
	for name, statement := range outdate {
		t.Run("when "+name, func(t *testing.T) {
			t.Parallel()
			ctx, e := t.Context(), single(t)
			exec(t, e, "CREATE TABLE shelf (id int, name text)")
			change := func() error {
				tx, err := e.Write.BeginTx(ctx, nil)
				if err != nil {
					return err
				}
				defer func() { _ = tx.Rollback() }()
				for _, query := range []string{readShelf, writeShelf} {
					rows, err := tx.QueryContext(ctx, query, "law")
					if err != nil {
						return err
					}
					for rows.Next() {
					}
					if err := errors.Join(rows.Err(), rows.Close()); err != nil {
						return err
					}
				}
				return tx.Commit()
			}
			if err := change(); err != nil {
				t.Fatal(err)
			}
			exec(t, e, statement)
			var old *pq.Error
			if err := change(); !errors.As(err, &old) || old.Code != "0A000" && old.Code != "26000" {
				t.Fatalf("got %v, want the server's word that the statement is old", err)
			}
			if err := change(); err != nil {
				t.Fatalf("the second transaction fails too: %v", err)
			}
			exec(t, e, statement)
			exec(t, e, readShelf, "law") // outside again, it is tried again
			if got, want := ask(t, e, "SELECT count(*) FROM shelf"), "2"; got != want {
				t.Errorf("the shelf holds %s, want %s", got, want)
			}
		})
	}
}

func TestAFailedStatementLeavesTheConnectionUsable(t *testing.T) {
	t.Parallel()
	e := single(t)
	for range 2 {
		if _, err := e.Write.ExecContext(t.Context(), "SELECT 1/$1::int", 0); err == nil {
			t.Fatal("division by nought succeeds")
		}
		if _, err := e.Write.ExecContext(t.Context(), "SELECT * FROM nowhere WHERE id = $1", 0); err == nil {
			t.Fatal("a table that is not there answers")
		}
		if got, want := ask(t, e, "SELECT $1::int", 7), "7"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestOurSetUpIsSafe(t *testing.T) {
	t.Parallel()
	for _, name := range storetest.Engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := open(t, storetest.Empty(t, name)).AssertSafe(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAssertSafeOnSQLite(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ set, told string }{
		"it refuses when a power cut loses changes": {"PRAGMA synchronous = OFF", "PRAGMA synchronous"},
		"it refuses when the newest may be lost":    {"PRAGMA synchronous = NORMAL", "PRAGMA synchronous"},
		"it refuses when nothing is journaled":      {"PRAGMA journal_mode = DELETE", "PRAGMA journal_mode"},
		"it refuses when foreign keys are off":      {"PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys"},
		"it refuses when nobody waits":              {"PRAGMA busy_timeout = 0", "PRAGMA busy_timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := open(t, storetest.Empty(t, dialect.SQLite))
			if strings.Contains(c.set, "journal_mode") {
				_ = e.Read.Close() // a reader keeps the journal as it is
			}
			exec(t, e, c.set)
			if err := e.AssertSafe(t.Context()); err == nil || !strings.Contains(err.Error(), c.told) {
				t.Errorf("after %s: got %v, want a refusal that names %s", c.set, err, c.told)
			}
		})
	}
}

func TestAssertSafeOnPostgreSQL(t *testing.T) {
	t.Parallel()
	const roles = `CREATE SCHEMA pretended; CREATE VIEW pretended.pg_roles AS SELECT current_user AS rolname, `
	for name, c := range map[string]struct{ before, setting, value, told string }{
		"it refuses when a crash loses changes": {"", "synchronous_commit", "off", "SHOW synchronous_commit"},
		"it refuses a superuser":                {roles + "true AS rolsuper, false AS rolbypassrls", "search_path", "pretended,pg_catalog", "superuser"},
		"it refuses a role above row security":  {roles + "false AS rolsuper, true AS rolbypassrls", "search_path", "pretended,pg_catalog", "superuser"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := storetest.Empty(t, dialect.Postgres)
			if c.before != "" {
				exec(t, open(t, o), c.before)
			}
			u, err := url.Parse(o.URL)
			if err != nil {
				t.Fatal(err)
			}
			q := u.Query()
			q.Set(c.setting, c.value)
			u.RawQuery = q.Encode()
			if err := open(t, engine.Options{URL: u.String()}).AssertSafe(t.Context()); err == nil || !strings.Contains(err.Error(), c.told) {
				t.Errorf("got %v, want a refusal that names %q", err, c.told)
			}
		})
	}
}

func TestReadersCannotWrite(t *testing.T) {
	t.Parallel()
	for _, name := range storetest.Engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := open(t, storetest.Empty(t, name))
			exec(t, e, "CREATE TABLE shelf (id int)")
			for _, statement := range []string{"INSERT INTO shelf VALUES (1)", "DELETE FROM shelf", "DROP TABLE shelf", "CREATE TABLE other (id int)"} {
				if _, err := e.Read.ExecContext(t.Context(), statement); err == nil {
					t.Errorf("the reading pool runs %q", statement)
				}
			}
		})
	}
}

func TestEveryConnectionHasItsLimits(t *testing.T) {
	t.Parallel()
	e := open(t, storetest.Empty(t, dialect.Postgres))
	alone, err := e.Alone()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = alone.Close() })
	for pool, settings := range map[string]map[string]string{
		"write": {"statement_timeout": "5s", "lock_timeout": "3s", "idle_in_transaction_session_timeout": "10s", "TimeZone": "UTC"},
		"read":  {"statement_timeout": "5s", "default_transaction_read_only": "on", "TimeZone": "UTC"},
		"alone": {"statement_timeout": "0", "lock_timeout": "0", "TimeZone": "UTC"},
	} {
		for setting, want := range settings {
			var got string
			on := e.Write
			switch pool {
			case "read":
				on = e.Read
			case "alone":
				on = alone
			}
			if err := on.QueryRowContext(t.Context(), "SHOW "+setting).Scan(&got); err != nil || got != want {
				t.Errorf("%s of %s is %q, %v, want %q", setting, pool, got, err, want)
			}
		}
	}
}

func TestSQLiteTakesAnyFolder(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), `odd ?name=100% #1&_pragma=foreign_keys(0)`, "inner")
	e := open(t, engine.Options{DataDir: folder})
	exec(t, e, "CREATE TABLE shelf (id int)")
	if err := e.AssertSafe(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(folder, "rung.db")); err != nil {
		t.Error(err)
	}
	if got, want := e.Source(), filepath.Join(folder, "rung.db"); got != want {
		t.Errorf("the source is %s, want %s", got, want)
	}
}

func TestOpenSaysWhatItCannotReach(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]engine.Options{
		"it refuses when nobody listens":         {URL: "postgres://rung@127.0.0.1:1/rung?sslmode=disable"},
		"it refuses when the URL cannot be read": {URL: "postgres://rung@127.0.0.1:nought/rung"},
		"it refuses when the folder is a file":   {DataDir: file},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if e, err := engine.Open(t.Context(), o); err == nil {
				_ = e.Close()
				t.Error("it opens")
			}
		})
	}
}

func TestOpenEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, name := range storetest.Engines {
		if e, err := engine.Open(ctx, storetest.Empty(t, name)); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v, %v, want the context's end", name, e, err)
		}
	}
}
