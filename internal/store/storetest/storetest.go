// Package storetest gives each test a fresh database of either engine, already
// migrated.
package storetest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"entgo.io/ent/dialect"
	"go.uber.org/goleak"

	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/engine"
)

// Engines are the two engines, in the order in which tests name them.
var Engines = []string{dialect.SQLite, dialect.Postgres}

// Main runs a package's tests, then what checks them as a whole, ends the server
// they started and fails when they leave a goroutine behind.
func Main(m *testing.M, after ...func() error) {
	code := m.Run()
	for _, check := range after {
		if err := check(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	if err := clean(); err != nil {
		fmt.Fprintln(os.Stderr, "clean PostgreSQL up:", err)
		code = 1
	}
	if code == 0 {
		if err := goleak.Find(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// clean ends the server this process started, or drops its templates from
// another's.
func clean() error {
	if own.cluster != nil {
		return own.cluster.Stop()
	}
	made.Lock()
	defer made.Unlock()
	var failed error
	for _, name := range made.templates {
		failed = errors.Join(failed, onServer(context.Background(), "DROP DATABASE IF EXISTS "+name))
	}
	return failed
}

var made struct {
	sync.Mutex
	templates []string // databases on the server
}

// Each runs a test once on each engine, side by side.
func Each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	for _, name := range Engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, Open(t, name))
		})
	}
}

// Open is a fresh, migrated database that ends with the test.
func Open(t testing.TB, name string, options ...store.Option) *store.DB {
	t.Helper()
	e, err := engine.Open(t.Context(), Fresh(t, name))
	if err != nil {
		t.Fatal(err)
	}
	db := store.New(e, options...)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// Fresh makes a migrated database that ends with the test and says how to open it.
func Fresh(t testing.TB, name string) engine.Options {
	t.Helper()
	return migrated.Fresh(t, name)
}

// Empty makes a database without tables and says how to open it.
func Empty(t testing.TB, name string) engine.Options {
	t.Helper()
	if name == dialect.Postgres {
		return freshPostgres(t, "")
	}
	return engine.Options{DataDir: t.TempDir()}
}

var migrated = NewTemplate(store.Migrate)

// Template is a database that is filled once for each engine and then copied.
type Template struct {
	fill     func(context.Context, *engine.Engine) error
	sqlite   func() ([]byte, error)
	postgres func() (string, error)
}

// NewTemplate says what the copies hold. fill finds an empty database.
func NewTemplate(fill func(context.Context, *engine.Engine) error) *Template {
	t := &Template{fill: fill}
	t.sqlite, t.postgres = sync.OnceValues(t.fillSQLite), sync.OnceValues(t.fillPostgres)
	return t
}

// Fresh makes a copy that ends with the test and says how to open it.
func (tp *Template) Fresh(t testing.TB, name string) engine.Options {
	t.Helper()
	if name == dialect.Postgres {
		from, err := tp.postgres()
		if err != nil {
			t.Fatal(err)
		}
		return freshPostgres(t, from)
	}
	content, err := tp.sqlite()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "rung.db"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return engine.Options{DataDir: folder}
}

func (tp *Template) fillSQLite() ([]byte, error) {
	folder, err := os.MkdirTemp("", "rung-template-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	ctx := context.Background() // it outlives the test that needs it first
	e, err := engine.Open(ctx, engine.Options{DataDir: folder})
	if err != nil {
		return nil, err
	}
	if err := tp.fill(ctx, e); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	if _, err := e.Write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	if err := e.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(folder, "rung.db")) //nolint:gosec // our own folder
}

func (tp *Template) fillPostgres() (string, error) {
	ctx := context.Background() // it outlives the test that needs it first
	name, err := makeDatabase(ctx, "")
	if err != nil {
		return "", err
	}
	made.Lock()
	made.templates = append(made.templates, name)
	made.Unlock()
	at, err := databaseURL(name)
	if err != nil {
		return "", err
	}
	e, err := engine.Open(ctx, engine.Options{URL: at})
	if err != nil {
		return "", err
	}
	if err := tp.fill(ctx, e); err != nil {
		return "", errors.Join(err, e.Close())
	}
	// What the autovacuum of a server does in time: the copies plan by its figures.
	_, err = e.Write.ExecContext(ctx, "VACUUM (ANALYZE)")
	return name, errors.Join(err, e.Close())
}

func freshPostgres(t testing.TB, from string) engine.Options {
	t.Helper()
	name, err := makeDatabase(t.Context(), from)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := onServer(context.WithoutCancel(t.Context()), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	at, err := databaseURL(name)
	if err != nil {
		t.Fatal(err)
	}
	return engine.Options{URL: at, Most: 8}
}

// one at a time: PostgreSQL copies a template only while nobody else uses it.
var making sync.Mutex

func makeDatabase(ctx context.Context, from string) (string, error) {
	making.Lock()
	defer making.Unlock()
	var random [8]byte
	_, _ = rand.Read(random[:])
	name := "rung_test_" + hex.EncodeToString(random[:])
	statement := "CREATE DATABASE " + name
	if from != "" {
		statement += " TEMPLATE " + from
	}
	return name, onServer(ctx, statement)
}

func onServer(ctx context.Context, statement string) error {
	server, err := serverURL()
	if err != nil {
		return err
	}
	return on(ctx, server, statement)
}

func databaseURL(name string) (string, error) {
	server, err := serverURL()
	if err != nil {
		return "", err
	}
	return named(server, name)
}
