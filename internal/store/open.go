package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"syscall"

	"github.com/rung-dev/rung/ent/migrations"
	"github.com/rung-dev/rung/internal/store/engine"
)

// Open connects to a database, brings its tables up to date and opens the store
// on it.
func Open(ctx context.Context, o engine.Options, options ...Option) (*DB, error) {
	e, err := engine.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := Migrate(ctx, e); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return New(e, options...), nil
}

// migrationLock is the advisory lock under which PostgreSQL's tables change.
const migrationLock = 7236834620144979

// Migrate brings a database's tables up to date. Several starters at once wait
// for the first, and then find nothing to do.
func Migrate(ctx context.Context, e *engine.Engine) error {
	unlock, err := lockTables(ctx, e)
	if err != nil {
		return err
	}
	defer unlock()
	alone, err := e.Alone()
	if err != nil {
		return err
	}
	defer func() { _ = alone.Close() }()
	return migrations.Apply(ctx, e.Name, alone)
}

func lockTables(ctx context.Context, e *engine.Engine) (unlock func(), err error) {
	if e.Name == postgres {
		return lockRemote(ctx, e)
	}
	file, err := os.OpenFile(e.Source()+".migrating", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the migration lock: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX); err != nil {
		return nil, errors.Join(fmt.Errorf("take the migration lock: %w", err), file.Close())
	}
	return func() { _ = file.Close() }, nil
}

func lockRemote(ctx context.Context, e *engine.Engine) (unlock func(), err error) {
	holder, err := e.Alone()
	if err != nil {
		return nil, err
	}
	c, err := holder.Conn(ctx)
	if err == nil {
		_, err = c.ExecContext(ctx, "SELECT pg_advisory_lock($1)", migrationLock)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("take the migration lock: %w", err), holder.Close())
	}
	return func() { closeBoth(c, holder) }, nil
}

// closeBoth ends the session, and its locks with it.
func closeBoth(c *sql.Conn, holder *sql.DB) { _, _ = c.Close(), holder.Close() }
