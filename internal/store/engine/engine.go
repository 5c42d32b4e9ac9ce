// Package engine opens the database under the store: SQLite in the data folder,
// or PostgreSQL. It knows connections and settings, no tables.
package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"entgo.io/ent/dialect"
)

// Engine is one open database. Changes go through Write, reads through Read.
type Engine struct {
	Name  string // dialect.SQLite or dialect.Postgres
	Read  *sql.DB
	Write *sql.DB

	source string // the file's path, or the URL
}

// Options say which database to open.
type Options struct {
	URL     string // postgres://…, or empty for SQLite
	DataDir string // where SQLite's file lies
	Most    int    // connections to PostgreSQL, half of them for changes; 16 when zero
}

// Open connects to the database and checks that it answers.
func Open(ctx context.Context, o Options) (*Engine, error) {
	e, err := open(o)
	if err != nil {
		return nil, err
	}
	for _, pool := range []*sql.DB{e.Write, e.Read} {
		if err := pool.PingContext(ctx); err != nil {
			return nil, errors.Join(fmt.Errorf("reach the database: %w", err), e.Close())
		}
	}
	return e, nil
}

func open(o Options) (*Engine, error) {
	if o.URL != "" {
		return openPostgres(o)
	}
	if err := os.MkdirAll(o.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	return openSQLite(filepath.Join(o.DataDir, "rung.db"))
}

// Close ends every connection.
func (e *Engine) Close() error { return errors.Join(e.Read.Close(), e.Write.Close()) }

// Source is the file's path on SQLite, the URL on PostgreSQL.
func (e *Engine) Source() string { return e.source }

// Alone is a pool of one connection without the limits of the others, for
// migrations.
func (e *Engine) Alone() (*sql.DB, error) {
	if e.Name == dialect.SQLite {
		return sqlitePool(e.source, 1, "_txlock=immediate")
	}
	return postgresPool(e.source, 1, nil)
}

// demand is a setting of the database without which acknowledged work could be
// lost or rows guarded in vain.
type demand struct {
	query string
	want  []string
	why   string
}

// AssertSafe refuses a database that is set up to lose what it acknowledged.
func (e *Engine) AssertSafe(ctx context.Context) error {
	demands := sqliteDemands
	if e.Name == dialect.Postgres {
		demands = postgresDemands
	}
	var defects []error
	for _, d := range demands {
		var got string
		if err := e.Write.QueryRowContext(ctx, d.query).Scan(&got); err != nil {
			return fmt.Errorf("ask the database for %q: %w", d.query, err)
		}
		if !contains(d.want, got) {
			defects = append(defects, fmt.Errorf("the database answers %q to %q, not %s: %s", got, d.query, strings.Join(d.want, " or "), d.why))
		}
	}
	return errors.Join(defects...)
}

func contains(want []string, got string) bool {
	for _, w := range want {
		if strings.EqualFold(w, got) {
			return true
		}
	}
	return false
}

// keep sets a pool's size; idle connections stay for a while.
func keep(pool *sql.DB, most int) *sql.DB {
	pool.SetMaxOpenConns(most)
	pool.SetMaxIdleConns(most)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return pool
}
