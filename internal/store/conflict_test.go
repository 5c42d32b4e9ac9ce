package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
	"github.com/lib/pq"

	"github.com/rung-dev/rung/ent/gen/ent/migrate"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// For each unique index of each table, two rows that differ in all but its
// columns: both engines' errors must name that index.
func TestConflictNamesEveryUniqueIndex(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		unbind(t, db)
		for _, table := range migrate.Tables {
			tryTwice(t, db, table, table.Name+"_pkey", map[string]any{"id": newID()}, nil)
			for _, index := range table.Indexes {
				if !index.Unique {
					continue
				}
				same := apart(table, index, live(index))
				var columns []string
				for _, c := range index.Columns {
					columns = append(columns, c.Name)
					if same[c.Name] == nil {
						same[c.Name] = filler(c)
					}
				}
				tryTwice(t, db, table, index.Name, same, columns)
			}
		}
	})
}

// tryTwice inserts two rows that share some values, and one with another value
// in each of the columns.
func tryTwice(t *testing.T, db *store.DB, table *schema.Table, name string, same map[string]any, columns []string) {
	t.Helper()
	if err := insert(t, db, table, same, ""); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, c := range columns {
		if err := insert(t, db, table, same, c); err != nil && store.Conflict(err) == name {
			t.Errorf("%s refuses a row with another %s: %v", name, c, err)
		}
	}
	if got := store.Conflict(insert(t, db, table, same, "")); got != name {
		t.Errorf("two rows of %s run into %q, want %s", table.Name, got, name)
	}
}

// live are the values that make a row fall under a partial index.
func live(index *schema.Index) map[string]any {
	values := map[string]any{}
	if index.Annotation == nil {
		return values
	}
	if word := regexp.MustCompile(`(\w+) = '(\w+)'`).FindStringSubmatch(index.Annotation.Where); word != nil {
		values[word[1]] = word[2]
	}
	return values
}

// apart adds values that keep a row out of the table's other partial indexes, which
// would refuse it first.
func apart(table *schema.Table, index *schema.Index, values map[string]any) map[string]any {
	for _, other := range table.Indexes {
		for name, within := range live(other) {
			c, _ := table.Column(name)
			if !other.Unique || other == index || values[name] != nil || c == nil {
				continue
			}
			if at := slices.IndexFunc(c.Enums, func(one string) bool { return one != within }); at >= 0 {
				values[name] = c.Enums[at]
			}
		}
	}
	return values
}

// unbind drops what would refuse rows for another reason than uniqueness.
func unbind(t *testing.T, db *store.DB) {
	t.Helper()
	if db.Engine().Name == dialect.SQLite {
		for _, statement := range []string{"PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON", "PRAGMA synchronous = OFF"} {
			if _, err := db.Engine().Write.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	_, err := db.Engine().Write.ExecContext(t.Context(), `DO $$ DECLARE c record; BEGIN
		FOR c IN SELECT conrelid::regclass AS child, conname FROM pg_constraint
			WHERE contype IN ('f', 'c') AND connamespace = current_schema()::regnamespace
		LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.child, c.conname); END LOOP; END $$`)
	if err != nil {
		t.Fatal(err)
	}
}

// insert writes a row with what the table demands and what the test sets, but
// for one column that is different.
func insert(t *testing.T, db *store.DB, table *schema.Table, set map[string]any, but string) error {
	t.Helper()
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
		for c.Name == but && reflect.DeepEqual(value, set[c.Name]) {
			value = filler(c)
		}
		args = append(args, value)
		names, marks = append(names, `"`+c.Name+`"`), append(marks, fmt.Sprintf("$%d", len(args)))
	}
	_, err := db.Engine().Write.ExecContext(t.Context(),
		fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table.Name, strings.Join(names, ", "), strings.Join(marks, ", ")), args...)
	return err
}

// filler is a value that no other row has, where the column allows.
func filler(c *schema.Column) any {
	fresh := newID()
	switch c.Type {
	case field.TypeUUID:
		return fresh
	case field.TypeTime:
		return time.UnixMilli(0).UTC()
	case field.TypeEnum:
		return c.Enums[int(fresh[9])%len(c.Enums)]
	case field.TypeJSON:
		return "[]"
	case field.TypeBool:
		return true
	case field.TypeBytes:
		return fresh[:]
	case field.TypeString:
		return fresh.String()[20:]
	}
	return int(fresh[9])<<16 | int(fresh[10])<<8 | int(fresh[11])
}

func newID() gid.ID {
	id, err := gid.Random(gid.Change, time.UnixMilli(0))
	if err != nil {
		panic(err)
	}
	return id
}

func TestConflictNamesNothingElse(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := asking(t.Context())
		for name, fail := range map[string]func(tx *store.Tx) error{
			"a check": func(tx *store.Tx) error { return newInstitution(tx, "Bad").SetPayFloorMinor(1).Exec(ctx) },
			"a foreign key": func(tx *store.Tx) error {
				return tx.Identity.Create().SetPersonID(person).SetIssuer("i").SetSubject("s").Exec(ctx)
			},
			"a missing value": func(tx *store.Tx) error {
				_, err := store.Exec(tx, ctx, "INSERT INTO worlds (id) VALUES ('00000000-0000-7000-8000-000000000021')")
				return err
			},
			"an unknown table": func(tx *store.Tx) error { _, err := store.Exec(tx, ctx, "DELETE FROM nowhere"); return err },
		} {
			_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) { return gid.None, fail(tx) })
			if err == nil {
				t.Errorf("%s: nothing refuses the row", name)
			}
			if got := store.Conflict(err); got != "" {
				t.Errorf("%s runs into %q, want no unique index", name, got)
			}
			if _, foreseen := fault.UserErrors(err); foreseen {
				t.Errorf("%s is told as foreseen: %v", name, err)
			}
		}
	})
	for _, err := range []error{nil, errBroken, &pq.Error{Code: "23503", Constraint: "x"}} {
		if got := store.Conflict(err); got != "" {
			t.Errorf("%v runs into %q", err, got)
		}
	}
}

// What a verb did not catch by name is told as ALREADY_EXISTS.
func TestAnUncaughtConflictIsToldToThePerson(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := asking(t.Context())
		before := rows(t, db)
		_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
			return gid.None, errors.Join(newSkill(tx, "Same").Exec(ctx), newSkill(tx, "Same").Exec(ctx))
		})
		if got, want := code(err), fault.CodeAlreadyExists; got != want {
			t.Errorf("got %v, want %s", err, want)
		}
		grew(t, db, before, map[string]int{})
	})
}

func TestNamesAndInstantsOrderAlikeOnBothEngines(t *testing.T) {
	t.Parallel()
	names := []string{
		"zebra", "Zürich", "zurich", "Ångström", "angstrom", "Émile", "emile", "école", "Eclair", "a b", "a-b", "ab", "a_b", "A", "a", "ß", "ss",
		"東京", "京都", "ñandu", "nandu", "10", "9", "İstanbul", "istanbul", "ıssız", "~tilde", "(bracket)", "e\u0301cole", "😀", "\uffee", "z",
	}
	base := time.Date(2026, 11, 24, 15, 4, 5, 0, time.UTC)
	instants := []time.Duration{
		0, time.Millisecond, 1500 * time.Microsecond, 10 * time.Millisecond, 100 * time.Millisecond, 120 * time.Millisecond, 123 * time.Millisecond, 200 * time.Millisecond,
		999 * time.Millisecond, time.Second, 1001 * time.Millisecond, time.Minute, time.Hour, 9 * time.Hour, -time.Millisecond, -time.Second, 40 * 365 * 24 * time.Hour,
	}
	orders := map[string][]string{}
	for _, name := range storetest.Engines {
		db := storetest.Open(t, name)
		ctx := asking(t.Context())
		must(t, ctx, db, func(tx *store.Tx) (gid.ID, error) {
			for _, n := range names {
				if err := newInstitution(tx, n).SetNameFolded(n).Exec(ctx); err != nil {
					return gid.None, err
				}
			}
			for _, d := range instants {
				if err := newInstitution(tx, "at").SetNameFolded("~~~").SetOpenedAt(base.Add(d).In(time.FixedZone("", -5*3600))).Exec(ctx); err != nil {
					return gid.None, err
				}
			}
			return gid.None, nil
		})
		orders[name] = ordered(t, db)
		for _, pivot := range instants { // comparing is ordering too
			want := 0
			for _, d := range instants {
				if d.Truncate(time.Millisecond) <= pivot.Truncate(time.Millisecond) {
					want++
				}
			}
			var got int
			err := db.Engine().Read.QueryRowContext(ctx, "SELECT count(*) FROM institutions WHERE opened_at <= $1", base.Add(pivot).Truncate(time.Millisecond)).Scan(&got)
			if err != nil || got != want {
				t.Errorf("on %s %d instants are at or before %v, %v, want %d", name, got, pivot, err, want)
			}
		}
	}
	byBytes := slices.Sorted(slices.Values(names))
	for engineName, got := range orders {
		if want := append(byBytes, orders[dialect.SQLite][len(names):]...); !slices.Equal(got, want) {
			t.Errorf("%s orders\n%q, want\n%q", engineName, got, want)
		}
	}
	want := slices.Clone(instants)
	slices.Sort(want)
	for i, text := range orders[dialect.Postgres][len(names):] {
		if got := base.Add(want[i]).Truncate(time.Millisecond).Format(time.RFC3339Nano); got != text {
			t.Errorf("the %dth instant is %s, want %s", i, text, got)
		}
	}
}

// ordered lists the folded names, then the instants, as the engine orders them.
func ordered(t *testing.T, db *store.DB) []string {
	t.Helper()
	var found []string
	ctx := looking(t.Context())
	for _, query := range []string{
		"SELECT name_folded, opened_at FROM institutions WHERE opened_at IS NULL ORDER BY name_folded, id",
		"SELECT name_folded, opened_at FROM institutions WHERE opened_at IS NOT NULL ORDER BY opened_at, id",
	} {
		rows, err := db.Engine().Read.QueryContext(ctx, query)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var name string
			var at *time.Time
			if err := rows.Scan(&name, &at); err != nil {
				t.Fatal(err)
			}
			if at != nil {
				name = at.UTC().Format(time.RFC3339Nano)
			}
			found = append(found, name)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return found
}
