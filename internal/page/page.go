// Package page cuts long lists into pages. A page goes on from where the last
// one ended, however much was added meanwhile, and counts nothing that nobody
// asked to be counted.
package page

import (
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
)

const (
	standardSize = 20
	largest      = 100
	countsAtMost = 10_000
)

// Args say which page is wanted.
type Args struct {
	First  *int
	After  *string
	Last   *int
	Before *string
}

// Connection is one page of a list.
type Connection[T any] struct {
	Edges    []*Edge[T]
	Nodes    []T
	PageInfo *Info

	count func(ctx context.Context, most int) (int, error)
}

// Edge is an entry with its place in the list.
type Edge[T any] struct {
	Cursor string
	Node   T
}

// Info says where a page stands in the whole list.
type Info struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// Count is how many entries a list has, as far as they were counted.
type Count struct {
	Value     int
	Precision Precision
}

// Precision says whether counting reached the end.
type Precision string

// The precisions.
const (
	Exact   Precision = "EXACT"
	AtLeast Precision = "AT_LEAST"
)

// Direction is which way a list is ordered.
type Direction string

// The directions.
const (
	Ascending  Direction = "ASC"
	Descending Direction = "DESC"
)

// window is what Args mean: how many entries, from which end, beyond what.
type window struct {
	size     int
	backward bool
	beyond   *cursor
}

func (a Args) window(seal *Seal, o order) (window, error) {
	w := window{size: standardSize}
	if a.First != nil && a.Last != nil {
		return w, invalid("Give `first` or `last`, not both.")
	}
	switch {
	case a.First != nil:
		w.size = *a.First
	case a.Last != nil:
		w.size, w.backward = *a.Last, true
	}
	if w.size < 0 || w.size > largest {
		return w, invalid(fmt.Sprintf("A page has 0 to %d entries.", largest))
	}
	from, other := a.After, a.Before
	if w.backward {
		from, other = other, from
	}
	if other != nil {
		return w, invalid("`after` goes with `first`, `before` with `last`.")
	}
	if from == nil {
		return w, nil
	}
	var err error
	w.beyond, err = seal.open(*from, o)
	return w, err
}

func invalid(message string) error {
	return &fault.Request{Code: fault.CodeInvalidInput, Message: message}
}

// source is what ent generates for each table's queries.
type source[Q any, P, O ~func(*sql.Selector), T any, C counter] interface {
	Where(...P) Q
	Order(...O) Q
	Limit(int) Q
	Clone() Q
	All(context.Context) ([]T, error)
	Aggregate(...ent.AggregateFunc) C
}

// counter is a query that aggregates.
type counter interface {
	Int(context.Context) (int, error)
	Scan(context.Context, any) error
}

// List is how one list is ordered and what it is narrowed to. A cursor is
// sealed with both, so that a cursor of another list is refused.
type List[T any] struct {
	Key    Key[T]
	Order  Direction
	Filter any
	ID     func(T) gid.ID
}

// Of reads one page of a query.
func Of[Q source[Q, P, O, T, C], P, O ~func(*sql.Selector), T any, C counter](
	ctx context.Context, seal *Seal, query Q, list List[T], args Args,
) (*Connection[T], error) {
	o := orderOf(ctx, list)
	w, err := args.window(seal, o)
	if err != nil {
		return nil, err
	}
	whole := query.Clone()
	c := &Connection[T]{count: func(ctx context.Context, most int) (int, error) {
		return whole.Clone().Limit(most + 1).Aggregate(counted).Int(ctx)
	}}
	var rows []T
	if w.size > 0 {
		if w.beyond != nil {
			query = query.Where(P(o.beyond(w)))
		}
		if rows, err = query.Order(O(o.by(w))).Limit(w.size + 1).All(store.Quietly(ctx)); err != nil {
			return nil, err
		}
	}
	c.fill(seal, o, list, w, rows)
	store.Answered(ctx, c.Nodes)
	return c, nil
}

// counted turns a limited query into the number of its rows.
func counted(s *sql.Selector) string {
	inner := s.Clone()
	inner.Select(inner.C("id"))
	*s = *sql.Dialect(s.Dialect()).Select().From(inner.As("counted"))
	return sql.Count("*")
}

// fill makes the page of the rows, of which there may be one too many: the sign
// that more follow.
func (c *Connection[T]) fill(seal *Seal, o order, list List[T], w window, rows []T) {
	c.PageInfo = &Info{}
	more := len(rows) > w.size
	if more {
		rows = rows[:w.size]
	}
	if w.backward {
		slices.Reverse(rows)
		c.PageInfo.HasPreviousPage, c.PageInfo.HasNextPage = more, w.beyond != nil
	} else {
		c.PageInfo.HasNextPage, c.PageInfo.HasPreviousPage = more, w.beyond != nil
	}
	c.Nodes = rows
	c.Edges = make([]*Edge[T], len(rows))
	for i, row := range rows {
		c.Edges[i] = &Edge[T]{seal.close(o, list.Key.Value(row), list.ID(row)), row}
	}
	if len(rows) > 0 {
		c.PageInfo.StartCursor, c.PageInfo.EndCursor = &c.Edges[0].Cursor, &c.Edges[len(rows)-1].Cursor
	}
}

// Shown is a page of what rows stand for, one for each in their places. as is who
// counts, where it is not the reader: rows that one sees only through what is shown.
func Shown[T, U any](c *Connection[T], nodes []U, as func(context.Context) context.Context) *Connection[U] {
	shown := &Connection[U]{Nodes: nodes, Edges: make([]*Edge[U], len(c.Edges)), PageInfo: c.PageInfo}
	for i, e := range c.Edges {
		shown.Edges[i] = &Edge[U]{e.Cursor, nodes[i]}
	}
	shown.count = func(ctx context.Context, most int) (int, error) { return c.count(as(ctx), most) }
	return shown
}

// Counts answers `totalCount` for the connections of one level. It counts up to
// most and says when there are more.
func Counts[T any](ctx context.Context, connections []*Connection[T], most *int) ([]*Count, error) {
	limit := 1000
	if most != nil {
		limit = *most
	}
	if limit < 1 || limit > countsAtMost {
		return nil, invalid(fmt.Sprintf("Counting stops at 1 to %d.", countsAtMost))
	}
	counts := make([]*Count, len(connections))
	for i, c := range connections {
		if c == nil || c.count == nil {
			continue
		}
		n, err := c.count(ctx, limit)
		if err != nil {
			return nil, err
		}
		counts[i] = &Count{n, Exact}
		if n > limit {
			counts[i] = &Count{limit, AtLeast}
		}
	}
	return counts, nil
}
