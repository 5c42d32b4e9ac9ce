package engine

import (
	"database/sql"
	"errors"
	"net/url"
	"runtime"
	"strings"

	"entgo.io/ent/dialect"
	_ "modernc.org/sqlite" // the driver
)

// SQLite has one writer, whose transactions take the lock when they begin, and
// several readers, which see the last commit.
func openSQLite(file string) (*Engine, error) {
	write, err := sqlitePool(file, 1, "_txlock=immediate")
	if err != nil {
		return nil, err
	}
	read, err := sqlitePool(file, max(4, runtime.NumCPU()), "_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	return &Engine{Name: dialect.SQLite, Read: read, Write: write, source: file}, nil
}

func sqlitePool(file string, most int, extra ...string) (*sql.DB, error) {
	settings := append([]string{
		"_pragma=busy_timeout(5000)",
		"_pragma=journal_mode(WAL)",
		"_pragma=synchronous(FULL)",
		"_pragma=foreign_keys(1)",
		"_pragma=mmap_size(0)",
		"_pragma=temp_store(MEMORY)", // a container from scratch has no folder for temporary files
		"_time_format=sqlite",        // else the driver writes Go's String()
	}, extra...)
	name := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath()}).String()
	pool, err := sql.Open("sqlite", name+"?"+strings.Join(settings, "&"))
	if err != nil {
		return nil, err
	}
	return keep(pool, most), nil
}

var sqliteDemands = []demand{
	{"PRAGMA journal_mode", []string{"wal"}, "readers would wait for the writer"},
	{"PRAGMA synchronous", []string{"2", "3"}, "a power cut would lose acknowledged changes"},
	{"PRAGMA foreign_keys", []string{"1"}, "rows could name rows that are not there"},
	{"PRAGMA busy_timeout", []string{"5000"}, "a second process would fail instead of waiting"},
}
