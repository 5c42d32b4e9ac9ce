package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync/atomic"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
)

const postgres = dialect.Postgres

type selector = entsql.Selector

// statementTime is how long one statement may take; the engine tells PostgreSQL
// the same.
const statementTime = 5 * time.Second

// conn lets ent speak to a pool or to one transaction.
type conn struct {
	sql interface {
		ExecContext(context.Context, string, ...any) (sql.Result, error)
		QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	}
	dialect string
	// changing statements are not cut off by a client that went away: they end
	// by their own time limit, and the change is kept or dropped as a whole.
	changing bool
}

func client(c *conn) *ent.Client { return ent.NewClient(ent.Driver(c)) }

func (c *conn) on() entsql.Conn { return entsql.Conn{ExecQuerier: c.sql} }

// Exec runs a statement that answers no rows.
func (c *conn) Exec(ctx context.Context, query string, args, v any) error {
	count(ctx)
	alike(args)
	ctx, done, err := c.limited(ctx)
	if err != nil {
		return err
	}
	defer done()
	return c.on().Exec(ctx, query, args, v)
}

// Query runs a statement that answers rows.
func (c *conn) Query(ctx context.Context, query string, args, v any) error {
	count(ctx)
	alike(args)
	ctx, done, err := c.limited(ctx)
	if err != nil {
		return err
	}
	if err := c.on().Query(ctx, query, args, v); err != nil {
		done()
		return err
	}
	rows, ok := v.(*entsql.Rows)
	if !ok {
		done()
		return fmt.Errorf("store: rows cannot be read into %T", v)
	}
	rows.ColumnScanner = &limitedRows{rows.ColumnScanner, done}
	return nil
}

// limitedRows are read within the time of their statement.
type limitedRows struct {
	entsql.ColumnScanner

	done context.CancelFunc
}

// Close ends the rows and their time.
func (r *limitedRows) Close() error {
	defer r.done()
	return r.ColumnScanner.Close()
}

// limited gives a statement its time: what is left of the operation's, at most
// statementTime. PostgreSQL keeps the latter itself, which spares each statement
// a watcher that costs more than a short statement does.
func (c *conn) limited(ctx context.Context) (context.Context, context.CancelFunc, error) {
	left := statementTime
	if end, ends := ctx.Deadline(); ends {
		left = min(left, time.Until(end))
	}
	if err := ctx.Err(); err != nil && !c.changing {
		return nil, nil, err
	}
	if c.dialect == postgres && left == statementTime {
		return context.WithoutCancel(ctx), func() {}, nil
	}
	if c.changing {
		ctx = context.WithoutCancel(ctx)
	}
	ctx, done := context.WithTimeout(ctx, left)
	return ctx, done, nil
}

// alike brings instants into the one form that SQLite, which keeps them as text,
// orders as PostgreSQL does.
func alike(args any) {
	list, _ := args.([]any)
	for i, v := range list {
		if at, ok := v.(time.Time); ok {
			list[i] = at.UTC().Truncate(time.Millisecond)
		}
	}
}

// Tx is asked for by ent for what it writes in several statements. A change is
// one transaction already.
func (c *conn) Tx(context.Context) (dialect.Tx, error) { return dialect.NopTx(c), nil }

// Close is the engine's to do.
func (c *conn) Close() error { return nil }

// Dialect names the engine.
func (c *conn) Dialect() string { return c.dialect }

// Tally counts the statements that a context sends.
type Tally struct {
	statements atomic.Int64
	outer      *Tally // counts them too
}

// Statements is how many were sent.
func (t *Tally) Statements() int { return int(t.statements.Load()) }

type tallyKey struct{}

// WithTally counts the statements sent under the context, as do those that the
// context has already.
func WithTally(ctx context.Context, t *Tally) context.Context {
	t.outer, _ = ctx.Value(tallyKey{}).(*Tally)
	return context.WithValue(ctx, tallyKey{}, t)
}

func count(ctx context.Context) {
	for t, _ := ctx.Value(tallyKey{}).(*Tally); t != nil; t = t.outer {
		t.statements.Add(1)
	}
}
