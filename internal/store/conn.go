package store

import (
	"context"
	"database/sql"
	"sync/atomic"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
)

const postgres = dialect.Postgres

type selector = entsql.Selector

// statementTime is how long one statement may take.
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
	if c.changing {
		var done context.CancelFunc
		ctx, done = context.WithTimeout(context.WithoutCancel(ctx), statementTime)
		defer done()
	}
	return c.on().Exec(ctx, query, args, v)
}

// Query runs a statement that answers rows.
func (c *conn) Query(ctx context.Context, query string, args, v any) error {
	count(ctx)
	alike(args)
	if c.changing {
		// The rows outlive this call, so the server's own limit must do.
		ctx = context.WithoutCancel(ctx)
	}
	return c.on().Query(ctx, query, args, v)
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
type Tally struct{ statements atomic.Int64 }

// Statements is how many were sent.
func (t *Tally) Statements() int { return int(t.statements.Load()) }

type tallyKey struct{}

// WithTally counts the statements sent under the context.
func WithTally(ctx context.Context, t *Tally) context.Context {
	return context.WithValue(ctx, tallyKey{}, t)
}

func count(ctx context.Context) {
	if t, ok := ctx.Value(tallyKey{}).(*Tally); ok {
		t.statements.Add(1)
	}
}
