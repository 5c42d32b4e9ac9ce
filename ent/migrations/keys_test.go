package migrations_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"
	"github.com/lib/pq"

	"github.com/rung-dev/rung/ent/migrations"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// Two unique indexes on the same columns in the same order could not be told apart by SQLite's
// errors, and with them not by store.Conflict.
func TestNoTwoUniqueIndexesHaveTheSameColumns(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, engineName string) {
		for _, table := range tables(t, engineName) {
			seen := map[string]string{table.PrimaryKey[0].Name: "the primary key"}
			for _, index := range table.Indexes {
				if !index.Unique {
					continue
				}
				var names []string
				for _, c := range index.Columns {
					names = append(names, c.Name)
				}
				columns := strings.Join(names, ", ")
				if other, there := seen[columns]; there {
					t.Errorf("%s: %s and %s are both unique over (%s)", table.Name, index.Name, other, columns)
				}
				seen[columns] = index.Name
			}
		}
	})
}

// PostgreSQL cuts longer names in silence, and then they are not the ones that
// store.Conflict answers on SQLite.
func TestNamesFitPostgreSQL(t *testing.T) {
	t.Parallel()
	const most = 63
	for _, table := range tables(t, dialect.Postgres) {
		names := []string{table.Name, table.Name + "_pkey"}
		for _, index := range table.Indexes {
			names = append(names, index.Name)
		}
		for _, key := range table.ForeignKeys {
			names = append(names, key.Symbol)
		}
		for check := range table.Annotation.Checks {
			names = append(names, check)
		}
		for _, name := range names {
			if len(name) > most {
				t.Errorf("%s has %d bytes, want at most %d", name, len(name), most)
			}
		}
	}
}

func TestCompositeKeysNameRowsThatCarryTheSameOwner(t *testing.T) {
	t.Parallel()
	owners := map[string]bool{"employer_org_id": true, "owner_org_id": true, "talent_id": true, "world_id": true}
	all := tables(t, dialect.Postgres)
	for _, key := range migrations.Keys() {
		child, parent := all[key.Child], all[key.Parent]
		if child == nil || parent == nil {
			t.Fatalf("the key %v names a table that is not there", key)
		}
		for _, name := range key.Columns[1:] {
			if !owners[name] {
				t.Errorf("the key %v compares %s, which is no owner", key, name)
			}
		}
		foreign := foreignKey(child, key.Child+"_"+strings.Join(key.Columns, "_"))
		if foreign == nil {
			t.Errorf("%s has no foreign key for %v", key.Child, key)
			continue
		}
		if got, want := len(foreign.Columns), len(key.Columns); got != want || len(foreign.RefColumns) != want {
			t.Errorf("the foreign key of %v has %d and %d columns, want %d: one is misspelt", key, got, len(foreign.RefColumns), want)
		}
	}
}

func foreignKey(table *schema.Table, symbol string) *schema.ForeignKey {
	for _, key := range table.ForeignKeys {
		if key.Symbol == symbol {
			return key
		}
	}
	return nil
}

// Every row that shares an owner column with a parent it names is held to it by
// a key of the list, or somebody has said here why not.
func TestEveryOwnedEdgeHasACompositeKey(t *testing.T) {
	t.Parallel()
	unheld := map[string]string{
		"hire_conversions.micro_project_id":   "it is the engagement's, and copied from there by the verb",
		"uploads.submission_id":               "a file is its maker's alone at first; the verb ties it to a submission of the same talent, with both locked",
		"uploads.message_id":                  "a file is one side's alone; the verb ties it to a message that its maker writes",
		"worklog_entries.corrects_id":         "a correction is of the same engagement: the verb copies it from what it corrects",
		"submissions.original_id":             "it is a teammate's, of the same employer: the job copies that from what it repeats",
		"deliverables.planned_deliverable_id": "a planned deliverable belongs to the project, whose engagement the key names",
	}
	held := map[string]bool{}
	for _, key := range migrations.Keys() {
		for _, c := range key.Columns[1:] {
			held[key.Child+"."+key.Columns[0]+"/"+c] = true
		}
	}
	found := map[string]bool{}
	for _, child := range tables(t, dialect.Postgres) {
		for _, key := range child.ForeignKeys {
			if len(key.Columns) != 1 {
				continue
			}
			edge := child.Name + "." + key.Columns[0].Name
			for _, owner := range []string{"employer_org_id", "talent_id"} {
				_, mine := child.Column(owner)
				_, theirs := key.RefTable.Column(owner)
				if !mine || !theirs || held[edge+"/"+owner] {
					continue
				}
				found[edge] = true
				if unheld[edge] == "" {
					t.Errorf("%s names a row of %s, and nothing holds both to one %s: add a composite key", edge, key.RefTable.Name, owner)
				}
			}
		}
	}
	for edge := range unheld {
		if !found[edge] {
			t.Errorf("%s is held by now: take it off this test's list", edge)
		}
	}
}

// unbind lets a connection write rows that name nothing and keep no rule, so
// that a test can look at one constraint alone.
func unbind(t *testing.T, engineName string, pool *sql.DB) {
	t.Helper()
	if engineName == dialect.SQLite {
		exec(t, pool, "PRAGMA foreign_keys = OFF")
		exec(t, pool, "PRAGMA ignore_check_constraints = ON")
	}
}

// dropChecks drops all foreign keys and checks of a table but one.
func dropChecks(t *testing.T, on execer, table, but string) {
	t.Helper()
	for _, name := range column[string](t, on, `SELECT conname FROM pg_constraint
		WHERE conrelid = $1::regclass AND contype IN ('f', 'c') AND conname <> $2`, table, but) {
		exec(t, on, "ALTER TABLE "+table+" DROP CONSTRAINT "+name)
	}
}

func TestEveryCompositeKeyRefusesARowOfAnother(t *testing.T) {
	t.Parallel()
	for engineName, refuses := range map[string]func(*testing.T, *sql.DB, migrations.Key){
		dialect.SQLite: refusedBySQLite, dialect.Postgres: refusedByPostgres,
	} {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			pool := alone(t, open(t, storetest.Fresh(t, engineName)))
			for _, key := range migrations.Keys() {
				refuses(t, pool, key)
			}
		})
	}
}

// family is a parent row's columns, a child of the same owners, and one child
// for each owner column that is another's.
func family(key migrations.Key) (parent, child map[string]any, strangers []map[string]any) {
	parent, child = map[string]any{"id": newID()}, map[string]any{}
	child[key.Columns[0]] = parent["id"]
	for _, c := range key.Columns[1:] {
		parent[c] = newID()
		child[c] = parent[c]
	}
	for _, c := range key.Columns[1:] {
		stranger := map[string]any{"id": newID()}
		for name, value := range child {
			stranger[name] = value
		}
		stranger[c] = newID()
		strangers = append(strangers, stranger)
	}
	return parent, child, strangers
}

func refusedByPostgres(t *testing.T, pool *sql.DB, key migrations.Key) {
	t.Helper()
	ctx, all := t.Context(), tables(t, dialect.Postgres)
	symbol := key.Child + "_" + strings.Join(key.Columns, "_")
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	dropChecks(t, tx, key.Parent, "")
	dropChecks(t, tx, key.Child, symbol)
	parent, child, strangers := family(key)
	if err := insert(ctx, tx, all[key.Parent], parent); err != nil {
		t.Fatalf("%s: %v", symbol, err)
	}
	exec(t, tx, "SAVEPOINT parent")
	if err := insert(ctx, tx, all[key.Child], child); err != nil {
		t.Errorf("%s refuses a row of the same owners: %v", symbol, err)
	}
	exec(t, tx, "ROLLBACK TO SAVEPOINT parent")
	for _, stranger := range strangers {
		err := insert(ctx, tx, all[key.Child], stranger)
		var refused *pq.Error
		if !errors.As(err, &refused) || refused.Code != "23503" || refused.Constraint != symbol {
			t.Errorf("%s: a row of another gives %v, want a violation of this key", symbol, err)
		}
		exec(t, tx, "ROLLBACK TO SAVEPOINT parent")
	}
}

func refusedBySQLite(t *testing.T, pool *sql.DB, key migrations.Key) {
	t.Helper()
	ctx, all := t.Context(), tables(t, dialect.SQLite)
	unbind(t, dialect.SQLite, pool)
	columns := strings.Join(key.Columns, ",")
	numbers := column[int](t, pool, `SELECT id FROM (SELECT id, group_concat("from", ',' ORDER BY seq) AS "from" FROM pragma_foreign_key_list($1)
		WHERE "table" = $2 GROUP BY id) WHERE "from" = $3`, key.Child, key.Parent, columns)
	if len(numbers) != 1 {
		t.Errorf("%s has %d foreign keys (%s) to %s, want 1", key.Child, len(numbers), columns, key.Parent)
		return
	}
	violated := func() int {
		return one[int](t, pool, `SELECT count(*) FROM pragma_foreign_key_check($1) WHERE fkid = $2`, key.Child, numbers[0])
	}
	exec(t, pool, "BEGIN")
	parent, child, strangers := family(key)
	if err := insert(ctx, pool, all[key.Parent], parent); err != nil {
		t.Fatalf("%v: %v", key, err)
	}
	exec(t, pool, "SAVEPOINT parent")
	if err := insert(ctx, pool, all[key.Child], child); err != nil {
		t.Fatalf("%v: %v", key, err)
	}
	if got := violated(); got != 0 {
		t.Errorf("%v finds fault with a row of the same owners", key)
	}
	for _, stranger := range strangers {
		exec(t, pool, "ROLLBACK TO parent")
		if err := insert(ctx, pool, all[key.Child], stranger); err != nil {
			t.Fatalf("%v: %v", key, err)
		}
		if got, want := violated(), 1; got != want {
			t.Errorf("%v finds %d rows of another, want %d", key, got, want)
		}
	}
	exec(t, pool, "ROLLBACK")
	exec(t, pool, "PRAGMA foreign_keys = ON")
	err := insert(ctx, pool, all[key.Child], strangers[0])
	if err == nil || !strings.Contains(err.Error(), "FOREIGN KEY constraint failed") {
		t.Errorf("%v: with foreign keys on, a row of another gives %v", key, err)
	}
}

// A key with an empty first column is not checked: a CHECK says when it may be,
// or this list that it always may.
func TestAnEmptyParentIsNotChecked(t *testing.T) {
	t.Parallel()
	optional := map[string]bool{
		"worklog_entries.deliverable_id": true, // the talent names one or none
	}
	all := tables(t, dialect.Postgres)
	for _, key := range migrations.Keys() {
		c, there := all[key.Child].Column(key.Columns[0])
		if !there || !c.Nullable {
			continue
		}
		checked := optional[key.Child+"."+c.Name]
		for _, condition := range all[key.Child].Annotation.Checks {
			checked = checked || strings.Contains(condition, c.Name+" IS NOT NULL")
		}
		if !checked {
			t.Errorf("%s.%s may be empty, and no CHECK says when", key.Child, c.Name)
		}
	}
}
