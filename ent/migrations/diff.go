package migrations

import (
	"context"
	"database/sql"
	"errors"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/sqltool"
	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
)

// Diff replays the folder's migrations in an empty database and writes, as the
// next one, what is missing to the tables of the schema. Without a difference
// it answers migrate.ErrNoPlan.
func Diff(ctx context.Context, engine string, empty *sql.DB, folder, name string) error {
	dir, err := sqltool.NewGooseDir(folder)
	if err != nil {
		return err
	}
	if _, err := dir.Checksum(); errors.Is(err, migrate.ErrChecksumNotFound) {
		if err := migrate.WriteSumFile(dir, migrate.HashFile{}); err != nil {
			return err
		}
	}
	tables, err := Tables(engine)
	if err != nil {
		return err
	}
	options := []schema.MigrateOption{
		schema.WithDir(dir),
		schema.WithMigrationMode(schema.ModeReplay),
		schema.WithDialect(engine),
		schema.WithFormatter(sqltool.GooseFormatter),
		schema.WithDropColumn(true),
		schema.WithDropIndex(true),
		schema.WithErrNoPlan(true),
	}
	m, err := schema.NewMigrate(entsql.OpenDB(engine, empty), options...)
	if err != nil {
		return err
	}
	return m.NamedDiff(ctx, name, tables...)
}

// Seal writes the folder's sum anew, after a file was edited by hand.
func Seal(folder string) error {
	dir, err := sqltool.NewGooseDir(folder)
	if err != nil {
		return err
	}
	sum, err := dir.Checksum()
	if err != nil {
		return err
	}
	return migrate.WriteSumFile(dir, sum)
}

// Intact reports whether the folder's files are those its sum was made of.
func Intact(folder string) error {
	dir, err := sqltool.NewGooseDir(folder)
	if err != nil {
		return err
	}
	return migrate.Validate(dir)
}
