// Package migrations holds how the tables came to be, one folder of goose files
// an engine, and applies what a database lacks.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"entgo.io/ent/dialect"
	"github.com/pressly/goose/v3"
)

//go:embed sqlite postgres standing
var files embed.FS

// Folder names the files of an engine.
func Folder(engine string) string {
	if engine == dialect.Postgres {
		return "postgres"
	}
	return "sqlite"
}

// Standing is the hand-written SQL that is applied anew after every migration:
// triggers, and rows that every database has.
func Standing(engine string) string {
	text, err := files.ReadFile("standing/" + Folder(engine) + ".sql")
	if err != nil {
		panic(err) // it is embedded
	}
	return string(text)
}

// Apply brings a database up to date. The pool has one connection and nobody
// else changes the tables meanwhile: the store's lock sees to it.
func Apply(ctx context.Context, engine string, alone *sql.DB) error {
	folder, err := fs.Sub(files, Folder(engine))
	if err != nil {
		return err
	}
	return apply(ctx, engine, folder, alone)
}

func apply(ctx context.Context, engine string, folder fs.FS, alone *sql.DB) error {
	if engine == dialect.Postgres {
		return applyPostgres(ctx, folder, alone)
	}
	return applySQLite(ctx, folder, alone)
}

// applySQLite changes tables with foreign keys off, since rebuilding a parent
// would otherwise delete its children, and looks for orphans before it commits.
func applySQLite(ctx context.Context, folder fs.FS, alone *sql.DB) (err error) {
	if _, err := alone.ExecContext(ctx, "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("begin to migrate: %w", err)
	}
	defer func() {
		if err != nil {
			_, undo := alone.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
			err = errors.Join(err, undo)
		}
	}()
	if err := up(ctx, goose.DialectSQLite3, folder, alone, goose.WithIsolateDDL(true)); err != nil {
		return err
	}
	if _, err := alone.ExecContext(ctx, Standing(dialect.SQLite)); err != nil {
		return fmt.Errorf("apply what always stands: %w", err)
	}
	if err := noOrphans(ctx, alone); err != nil {
		return err
	}
	_, err = alone.ExecContext(ctx, "COMMIT; PRAGMA foreign_keys = ON")
	return err
}

func noOrphans(ctx context.Context, alone *sql.DB) error {
	rows, err := alone.QueryContext(ctx, "SELECT \"table\", \"parent\" FROM pragma_foreign_key_check LIMIT 1")
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	if rows.Next() {
		var child, parent string
		if err := rows.Scan(&child, &parent); err != nil {
			return err
		}
		return fmt.Errorf("migrating would leave rows of %s that name no row of %s", child, parent)
	}
	return rows.Err()
}

func applyPostgres(ctx context.Context, folder fs.FS, alone *sql.DB) error {
	if err := up(ctx, goose.DialectPostgres, folder, alone); err != nil {
		return err
	}
	if _, err := alone.ExecContext(ctx, Standing(dialect.Postgres)); err != nil {
		return fmt.Errorf("apply what always stands: %w", err)
	}
	return nil
}

func up(ctx context.Context, kind goose.Dialect, folder fs.FS, alone *sql.DB, more ...goose.ProviderOption) error {
	options := append(more, goose.WithDisableGlobalRegistry(true))
	provider, err := goose.NewProvider(kind, alone, folder, options...)
	if errors.Is(err, goose.ErrNoMigrations) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}
