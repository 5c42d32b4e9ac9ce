//go:build migration

// Command tool writes the next migration of both engines from the schema.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"ariga.io/atlas/sql/migrate"

	"github.com/rung-dev/rung/ent/migrations"
	"github.com/rung-dev/rung/internal/store/engine"
	"github.com/rung-dev/rung/internal/store/storetest"
)

func main() {
	name := flag.String("name", "", "what the migration does, as in add_notices")
	edited := flag.Bool("edited", false, "take the folders as they are, after a file was edited by hand")
	flag.Parse()
	do := func() error { return write(context.Background(), *name) }
	if *edited {
		do = seal
	}
	if err := do(); err != nil {
		fmt.Fprintln(os.Stderr, "write a migration:", err)
		os.Exit(1)
	}
}

func write(ctx context.Context, name string) error {
	if !regexp.MustCompile(`^[a-z][a-z0-9_]+$`).MatchString(name) {
		return errors.New("name it in lower case with underscores: make migration name=add_notices")
	}
	folder, err := os.MkdirTemp("", "rung-migration-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	cluster, err := storetest.Start(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = cluster.Stop() }()
	empty, err := cluster.Database(ctx, "rung_diff")
	if err != nil {
		return err
	}
	for _, o := range []engine.Options{{DataDir: folder}, {URL: empty}} {
		if err := diff(ctx, o, name); err != nil {
			return err
		}
	}
	return nil
}

// seal takes both folders as they are.
func seal() error {
	var failed error
	for _, engineName := range storetest.Engines {
		failed = errors.Join(failed, migrations.Seal(filepath.Join("ent", "migrations", migrations.Folder(engineName))))
	}
	return failed
}

func diff(ctx context.Context, o engine.Options, name string) error {
	e, err := engine.Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { _ = e.Close() }()
	alone, err := e.Alone()
	if err != nil {
		return err
	}
	defer func() { _ = alone.Close() }()
	err = migrations.Diff(ctx, e.Name, alone, filepath.Join("ent", "migrations", migrations.Folder(e.Name)), name)
	if errors.Is(err, migrate.ErrNoPlan) {
		fmt.Println(e.Name, "is up to date")
		return nil
	}
	return err
}
