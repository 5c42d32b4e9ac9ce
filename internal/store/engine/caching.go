package engine

import (
	"container/list"
	"context"
	"database/sql/driver"
	"errors"

	"github.com/lib/pq"
)

// mostStatements bounds what one connection keeps prepared.
const mostStatements = 256

// caching is a connector whose connections keep the statements they have
// prepared: parsing and planning are three quarters of a short statement's cost.
type caching struct{ driver.Connector }

// Connect opens a connection with an empty cache.
func (c *caching) Connect(ctx context.Context) (driver.Conn, error) {
	plain, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	full, ok := plain.(fullConn)
	if !ok {
		return nil, errors.New("engine: the driver's connections lack what the statement cache needs")
	}
	return &cachingConn{fullConn: full, known: map[string]*list.Element{}, used: list.New()}, nil
}

// fullConn is what lib/pq's connections can do.
type fullConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	driver.NamedValueChecker
}

// cachingConn is used by one goroutine at a time, as database/sql promises.
type cachingConn struct {
	fullConn
	known map[string]*list.Element
	used  *list.List // of *prepared, the latest first
	inTx  bool
}

type prepared struct {
	text string
	stmt driver.Stmt
}

// BeginTx notes that a failed statement cannot simply be tried again.
func (c *cachingConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	tx, err := c.fullConn.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	c.inTx = true
	return &cachingTx{tx, c}, nil
}

type cachingTx struct {
	driver.Tx
	on *cachingConn
}

func (t *cachingTx) Commit() error   { t.on.inTx = false; return t.Tx.Commit() }
func (t *cachingTx) Rollback() error { t.on.inTx = false; return t.Tx.Rollback() }

// QueryContext answers from a prepared statement.
func (c *cachingConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	if len(args) == 0 {
		return c.fullConn.QueryContext(ctx, text, args)
	}
	return prepareAnd(ctx, c, text, func(s driver.Stmt) (driver.Rows, error) {
		return s.(driver.StmtQueryContext).QueryContext(ctx, args) //nolint:forcetypeassert // checked when it was prepared
	})
}

// ExecContext runs a prepared statement.
func (c *cachingConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 {
		return c.fullConn.ExecContext(ctx, text, args)
	}
	return prepareAnd(ctx, c, text, func(s driver.Stmt) (driver.Result, error) {
		return s.(driver.StmtExecContext).ExecContext(ctx, args) //nolint:forcetypeassert // checked when it was prepared
	})
}

func prepareAnd[R any](ctx context.Context, c *cachingConn, text string, run func(driver.Stmt) (R, error)) (R, error) {
	var nothing R
	stmt, err := c.prepared(ctx, text)
	if err != nil {
		return nothing, err
	}
	result, err := run(stmt)
	if err == nil || !outdated(err) {
		return result, err
	}
	// The tables changed under the statement, or the server forgot it; the others
	// are as old.
	c.forgetAll()
	if c.inTx {
		return nothing, err
	}
	if stmt, err = c.prepared(ctx, text); err != nil {
		return nothing, err
	}
	return run(stmt)
}

func outdated(err error) bool {
	var e *pq.Error
	return errors.As(err, &e) && (e.Code == "0A000" || e.Code == "26000")
}

func (c *cachingConn) prepared(ctx context.Context, text string) (driver.Stmt, error) {
	if at, ok := c.known[text]; ok {
		c.used.MoveToFront(at)
		return at.Value.(*prepared).stmt, nil //nolint:forcetypeassert // the list holds nothing else
	}
	stmt, err := c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	_, queries := stmt.(driver.StmtQueryContext)
	_, executes := stmt.(driver.StmtExecContext)
	if !queries || !executes {
		return nil, errors.Join(errors.New("engine: the driver's statements take no context"), stmt.Close())
	}
	c.known[text] = c.used.PushFront(&prepared{text, stmt})
	if c.used.Len() > mostStatements {
		c.forget(c.used.Back().Value.(*prepared).text) //nolint:forcetypeassert // the list holds nothing else
	}
	return stmt, nil
}

func (c *cachingConn) forget(text string) {
	at, ok := c.known[text]
	if !ok {
		return
	}
	_ = c.used.Remove(at).(*prepared).stmt.Close() //nolint:forcetypeassert // the list holds nothing else
	delete(c.known, text)
}

func (c *cachingConn) forgetAll() {
	for c.used.Len() > 0 {
		c.forget(c.used.Back().Value.(*prepared).text) //nolint:forcetypeassert // the list holds nothing else
	}
}

// Close forgets every statement with the connection.
func (c *cachingConn) Close() error {
	c.known, c.used = map[string]*list.Element{}, list.New()
	return c.fullConn.Close()
}
