package engine_test

import (
	"errors"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"github.com/lib/pq"

	"github.com/rung-dev/rung/internal/store/engine"
	"github.com/rung-dev/rung/internal/store/storetest"
)

func reach(t *testing.T, o engine.Options) *engine.Engine {
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
	return reach(t, o)
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
