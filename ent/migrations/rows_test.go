package migrations_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"

	"github.com/rung-dev/rung/ent/migrations"
	"github.com/rung-dev/rung/internal/gid"
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
	t.Cleanup(func() { _ = e.Close() })
	return e
}

// alone is one connection to the database, as migrations have it.
func alone(t *testing.T, e *engine.Engine) *sql.DB {
	t.Helper()
	pool, err := e.Alone()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pool.Close() })
	return pool
}

func exec(t *testing.T, on execer, statement string, args ...any) {
	t.Helper()
	if _, err := on.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func column[T any](t *testing.T, on execer, query string, args ...any) []T {
	t.Helper()
	rows, err := on.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = rows.Close() }()
	var found []T
	for rows.Next() {
		var one T
		if err := rows.Scan(&one); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		found = append(found, one)
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return found
}

func one[T any](t *testing.T, on execer, query string, args ...any) T {
	t.Helper()
	found := column[T](t, on, query, args...)
	if len(found) != 1 {
		t.Fatalf("%s: %d rows, want 1", query, len(found))
	}
	return found[0]
}

type execer interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}

func tables(t *testing.T, engineName string) map[string]*schema.Table {
	t.Helper()
	all, err := migrations.Tables(engineName)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]*schema.Table{}
	for _, table := range all {
		named[table.Name] = table
	}
	return named
}

// insert writes a row with what the table demands and what the test sets.
func insert(ctx context.Context, on execer, table *schema.Table, set map[string]any) error {
	var names, marks []string
	var args []any
	for _, c := range table.Columns {
		value, given := set[c.Name]
		if !given && c.Nullable {
			continue
		}
		if !given {
			value = filler(c)
		}
		args = append(args, value)
		names, marks = append(names, `"`+c.Name+`"`), append(marks, fmt.Sprintf("$%d", len(args)))
	}
	_, err := on.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table.Name, strings.Join(names, ", "), strings.Join(marks, ", ")), args...)
	return err
}

func filler(c *schema.Column) any {
	switch c.Type {
	case field.TypeUUID:
		return newID()
	case field.TypeTime:
		return time.UnixMilli(0).UTC()
	case field.TypeEnum:
		return c.Enums[0]
	case field.TypeJSON:
		return "[]"
	case field.TypeBool:
		return true
	case field.TypeBytes:
		return []byte("x")
	case field.TypeString:
		return "x"
	}
	return 1
}

func newID() gid.ID {
	id, err := gid.Random(gid.Change, time.UnixMilli(0))
	if err != nil {
		panic(err)
	}
	return id
}
