package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"net"
	"slices"
	"strings"
	"sync"

	"github.com/lib/pq"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/rung-dev/rung/ent/gen/ent/migrate"
)

// Conflict is the name of the unique index that err ran into, or "". It and
// its neighbours below are the only readers of driver errors.
func Conflict(err error) string {
	var pg *pq.Error
	if errors.As(err, &pg) {
		if pg.Code == "23505" {
			return pg.Constraint
		}
		return ""
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) && (lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY) {
		return uniqueIndexes()[columnsIn(lite.Error())]
	}
	return ""
}

// columnsIn reads "… UNIQUE constraint failed: offers.a, offers.b (2067)".
func columnsIn(message string) string {
	_, list, _ := strings.Cut(message, "UNIQUE constraint failed: ")
	list, _, _ = strings.Cut(list, " (")
	return list
}

// uniqueIndexes names each unique index by the columns SQLite reports.
var uniqueIndexes = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, t := range migrate.Tables {
		names[t.Name+"."+t.PrimaryKey[0].Name] = t.Name + "_pkey"
		for _, i := range t.Indexes {
			if !i.Unique {
				continue
			}
			var columns []string
			for _, c := range i.Columns {
				columns = append(columns, t.Name+"."+c.Name)
			}
			names[strings.Join(columns, ", ")] = i.Name
		}
	}
	return names
})

// lostRace reports whether the change can simply be tried again: it ran into
// another change, or into a migration that outdated a prepared statement.
func lostRace(err error) bool {
	var pg *pq.Error
	if !errors.As(err, &pg) {
		return false
	}
	return slices.Contains([]string{"40001", "40P01", "26000"}, string(pg.Code)) ||
		pg.Code == "0A000" && pg.Routine == "RevalidateCachedQuery"
}

// locked reports whether a lock was not to be had in time.
func locked(err error) bool {
	var pg *pq.Error
	if errors.As(err, &pg) {
		return pg.Code == "55P03"
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) && lite.Code()&0xff == sqlite3.SQLITE_BUSY
}

// Overloaded reports whether err says no more than that there was too little
// time: for a connection, or for a statement.
func Overloaded(err error) bool {
	var pg *pq.Error
	if errors.As(err, &pg) && pg.Code == "57014" {
		return true
	}
	return errors.Is(err, context.DeadlineExceeded)
}

// unreachable reports whether the database went away in mid-sentence.
func unreachable(err error) bool {
	var pg *pq.Error
	if errors.As(err, &pg) {
		return strings.HasPrefix(string(pg.Code), "57P") || strings.HasPrefix(string(pg.Code), "08")
	}
	var network net.Error
	return errors.Is(err, driver.ErrBadConn) || errors.As(err, &network)
}
