package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// attempts is how often a change is begun when it loses to another one that
// touched the same rows.
const attempts = 4

// Write makes one change: all that change does, with its events, feeds, audit
// and idempotency record, or nothing. What it returns is kept with the
// idempotency key and given again to whoever sends the same request again, so
// it is a few ids. change may run more than once and touches only the database.
func Write[R any](ctx context.Context, db *DB, change func(*Tx) (R, error)) (R, error) {
	var nothing R
	request := viewer.RequestFrom(ctx)
	if request == nil {
		return nothing, errors.New("store: a change needs a request in its context")
	}
	if !request.BeginWrite() {
		return nothing, errors.New("store: a change cannot begin inside another; give the inner step the tx")
	}
	defer request.EndWrite()
	for left := attempts; ; left-- {
		result, err := once(ctx, db, request, change)
		if err != nil && left > 1 && (errors.Is(err, errMoved) || lostRace(err)) {
			continue
		}
		if err == nil {
			db.committed()
			return result, nil
		}
		return nothing, settle(ctx, db, request, err)
	}
}

// once tries the change a single time.
func once[R any](ctx context.Context, db *DB, request *viewer.Request, change func(*Tx) (R, error)) (R, error) {
	var nothing R
	tx, end, err := begin(ctx, db)
	if err != nil {
		return nothing, err
	}
	defer end()
	earlier, err := tx.claimKey(ctx, request)
	if err != nil {
		return nothing, err
	}
	if earlier != nil {
		request.MarkReplayed()
		return recall[R](earlier)
	}
	result, err := change(tx)
	if err != nil {
		return nothing, err
	}
	for len(tx.last) > 0 { // one may add another
		next := tx.last[0]
		tx.last = tx.last[1:]
		if err := next(ctx); err != nil {
			return nothing, err
		}
	}
	if err := tx.audit(ctx, viewer.From(ctx), request, ""); err != nil {
		return nothing, err
	}
	if err := tx.keepResult(ctx, request, result); err != nil {
		return nothing, err
	}
	if err := tx.sql.Commit(); err != nil {
		return nothing, commitFailed(err)
	}
	return result, nil
}

// begin takes a connection while the request is patient and opens a
// transaction that does not end with it.
func begin(ctx context.Context, db *DB) (*Tx, func(), error) {
	c, err := db.engine.Write.Conn(ctx)
	if err != nil {
		return nil, nil, busy(err)
	}
	t, err := c.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		_ = c.Close()
		return nil, nil, busy(err)
	}
	end := func() {
		_ = t.Rollback() // after a commit this does nothing
		_ = c.Close()
	}
	world := viewer.From(ctx).World
	now, real, err := db.clockOf(ctx, t, world, db.holdClock())
	if err != nil {
		end()
		return nil, nil, err
	}
	tx, err := newTx(db, t, world, now, real)
	if err != nil {
		end()
		return nil, nil, err
	}
	return tx, func() { tx.over = true; end() }, nil
}

// holdClock keeps a sandbox's clock where it is until a change ends, so that
// the timers it sets stand by the clock that it read. On SQLite a change is
// alone anyway.
func (db *DB) holdClock() string {
	if db.engine.Name == postgres {
		return " FOR SHARE"
	}
	return ""
}

type dueKey struct{}

// WithDue lets what is done in a sandbox happen when it fell due, a real instant
// that has passed, however far its clock was moved at once. In the live world
// things happen when they do.
func WithDue(ctx context.Context, at time.Time) context.Context {
	return context.WithValue(ctx, dueKey{}, at)
}

// clockOf is the instant in a world, and the real one: a sandbox has its own.
func (db *DB) clockOf(ctx context.Context, in interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}, world gid.ID, hold string,
) (now, real time.Time, err error) {
	real = db.Now()
	if world == gid.LiveWorld {
		return real, real, nil
	}
	if due, ok := ctx.Value(dueKey{}).(time.Time); ok {
		real = due.UTC().Truncate(time.Millisecond)
	}
	count(ctx)
	var ahead int64
	err = in.QueryRowContext(ctx, `SELECT clock_offset_ms FROM worlds WHERE id = $1`+hold, world).Scan(&ahead)
	if err != nil {
		return now, real, fmt.Errorf("read the clock of %s: %w", world, err)
	}
	return real.Add(time.Duration(ahead) * time.Millisecond), real, nil
}

// settle says what a failed change means to the one who asked. A refusal of
// permission leaves an audit row.
func settle(ctx context.Context, db *DB, request *viewer.Request, err error) error {
	var refused *fault.NotPermittedError
	if errors.As(err, &refused) {
		if auditErr := auditRefusal(ctx, db, request, string(refused.Code)); auditErr != nil {
			return errors.Join(err, auditErr)
		}
		return err
	}
	if _, foreseen := fault.UserErrors(err); foreseen {
		return err
	}
	switch {
	case Conflict(err) != "":
		return fault.AlreadyExists("", "Somebody did this at the same moment. Read it again, then decide.")
	case errors.Is(err, errMoved), lostRace(err), locked(err):
		return &fault.Request{Code: fault.CodeOverloaded, Message: "Too many changes at once. Send this again.", Retryable: true, RetryAfterMs: 200}
	}
	return err
}

// auditRefusal does not end with the request: who is refused and hangs up is
// on record all the same.
func auditRefusal(ctx context.Context, db *DB, request *viewer.Request, code string) error {
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), statementTime)
	defer done()
	tx, end, err := begin(ctx, db)
	if err != nil {
		return err
	}
	defer end()
	if err := tx.audit(ctx, viewer.From(ctx), request, code); err != nil {
		return err
	}
	return tx.sql.Commit()
}

func commitFailed(err error) error {
	if unreachable(err) {
		return &fault.Request{
			Code: fault.CodeOutcomeUnknown, Retryable: true, RetryAfterMs: 1000,
			Message: "The change may or may not have been kept. Send it again with the same idempotency key.",
		}
	}
	return err
}

func busy(err error) error {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) || locked(err) {
		return &fault.Request{Code: fault.CodeOverloaded, Message: "The database is busy. Send this again.", Retryable: true, RetryAfterMs: 500}
	}
	return err
}
