package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/rung-dev/rung/internal/store/engine"
	"github.com/rung-dev/rung/internal/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func open(t *testing.T, name string) *engine.Engine {
	t.Helper()
	e, err := engine.Open(t.Context(), storetest.Empty(t, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

func TestOurSetUpIsSafe(t *testing.T) {
	t.Parallel()
	for _, name := range storetest.Engines {
		if err := open(t, name).AssertSafe(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAssertSafeRefusesADatabaseThatLosesWhatItAcknowledged(t *testing.T) {
	t.Parallel()
	e := open(t, dialect.SQLite)
	for _, change := range []string{"PRAGMA synchronous = OFF", "PRAGMA foreign_keys = OFF"} {
		if _, err := e.Write.ExecContext(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		pragma := strings.Fields(change)[1]
		if err := e.AssertSafe(t.Context()); err == nil || !strings.Contains(err.Error(), pragma) {
			t.Errorf("after %s it says %v", change, err)
		}
	}
}

func TestReadersChangeNothing(t *testing.T) {
	t.Parallel()
	for _, name := range storetest.Engines {
		if _, err := open(t, name).Read.ExecContext(t.Context(), "CREATE TABLE things (id integer)"); err == nil {
			t.Errorf("a reader of %s made a table", name)
		}
	}
}

// TestPreparedStatementsOutliveAMigration changes a table under a statement that
// a connection has prepared, and asks more statements than one may keep.
func TestPreparedStatementsOutliveAMigration(t *testing.T) {
	t.Parallel()
	e := open(t, dialect.Postgres)
	pool := e.Write
	pool.SetMaxOpenConns(1)
	must := func(statement string, args ...any) {
		t.Helper()
		if _, err := pool.ExecContext(t.Context(), statement, args...); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	columns := func() int {
		t.Helper()
		rows, err := pool.QueryContext(t.Context(), "SELECT * FROM things WHERE id = $1", 1)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		names, err := rows.Columns()
		if err != nil || rows.Err() != nil {
			t.Fatal(err, rows.Err())
		}
		return len(names)
	}
	must("CREATE TABLE things (id integer)")
	must("INSERT INTO things VALUES ($1)", 1)
	if got := columns(); got != 1 {
		t.Errorf("the table has %d columns, want 1", got)
	}
	must("ALTER TABLE things ADD COLUMN name text")
	if got := columns(); got != 2 {
		t.Errorf("the table has %d columns after it changed, want 2", got)
	}
	must("DEALLOCATE ALL")
	if got := columns(); got != 2 {
		t.Errorf("the table has %d columns after the server forgot, want 2", got)
	}
	for i := range 300 {
		must(fmt.Sprintf("UPDATE things SET name = $1 WHERE id = %d", i), "x")
	}
	var kept int
	if err := pool.QueryRowContext(t.Context(), "SELECT count(*) FROM pg_prepared_statements").Scan(&kept); err != nil || kept > 256 {
		t.Errorf("the connection keeps %d statements, %v", kept, err)
	}
}
