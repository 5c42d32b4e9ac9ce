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

	"github.com/rung-dev/rung/internal/store/engine"
	"github.com/rung-dev/rung/internal/store/storetest"
)

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
			e := reach(t, storetest.Empty(t, dialect.SQLite))
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
				exec(t, reach(t, o), c.before)
			}
			u, err := url.Parse(o.URL)
			if err != nil {
				t.Fatal(err)
			}
			q := u.Query()
			q.Set(c.setting, c.value)
			u.RawQuery = q.Encode()
			if err := reach(t, engine.Options{URL: u.String()}).AssertSafe(t.Context()); err == nil || !strings.Contains(err.Error(), c.told) {
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
			e := reach(t, storetest.Empty(t, name))
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
	e := reach(t, storetest.Empty(t, dialect.Postgres))
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
	e := reach(t, engine.Options{DataDir: folder})
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
