package store

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
)

type readsKey struct{}

// WithReads hands the rows that queries under the context answer to note. It may
// be called from several goroutines at once.
func WithReads(ctx context.Context, note func(rows any)) context.Context {
	return context.WithValue(ctx, readsKey{}, note)
}

// Quietly is a context under which rows are read that may not be answered; what
// of them is answered is told with Answered.
func Quietly(ctx context.Context) context.Context {
	return context.WithValue(ctx, readsKey{}, func(any) {})
}

// Answered tells of rows that were read quietly.
func Answered(ctx context.Context, rows any) {
	if note, ok := ctx.Value(readsKey{}).(func(any)); ok {
		note(rows)
	}
}

// tellReads hands on what a query answers.
func tellReads(next ent.Querier) ent.Querier {
	return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
		rows, err := next.Query(ctx, q)
		if err == nil {
			Answered(ctx, rows)
		}
		return rows, err
	})
}

// Note writes down that something was read: rows that are only ever added, and
// that no audit row stands beside. Without them nothing may be answered.
func Note(ctx context.Context, db *DB, write func(*Tx) error) error {
	tx, end, err := begin(ctx, db)
	if err != nil {
		return err
	}
	defer end()
	if err := write(tx); err != nil {
		return err
	}
	return tx.sql.Commit()
}
