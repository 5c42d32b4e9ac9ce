package page

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Parent says how a list hangs under other rows.
type Parent[T any] struct {
	Table  string // of the list's rows
	Kind   string // ent's name of that table's type
	Column string // that names the parent
	Of     func(T) gid.ID
	Only   func(*sql.Selector) // the query's own filter once more, or nil
}

// Under reads one page of each parent's list, all in one statement.
func Under[Q source[Q, P, O, T, C], P, O ~func(*sql.Selector), T any, C counter](
	ctx context.Context, seal *Seal, query Q, list List[T], args Args, parent Parent[T], parents []gid.ID,
) ([]*Connection[T], error) {
	o := orderOf(ctx, list)
	w, err := args.window(seal, o)
	if err != nil {
		return nil, err
	}
	seen, err := access.Rows(viewer.From(ctx), parent.Kind)
	if err != nil {
		return nil, err
	}
	among := func(s *sql.Selector) {
		if seen(s); parent.Only != nil {
			parent.Only(s)
		}
	}
	tally := &tally{ask: func(ctx context.Context, most int) (map[gid.ID]int, error) {
		return countEach(ctx, query.Clone(), parent.Column, parents, most)
	}}
	rows := map[gid.ID][]T{}
	if w.size > 0 && len(parents) > 0 {
		all, err := query.Clone().Where(P(func(s *sql.Selector) {
			s.Where(sql.In(s.C("id"), firstOfEach(s.Dialect(), parent.Table, parent.Column, parents, among, o, w)))
		})).Order(O(o.by(w))).All(store.Quietly(ctx))
		if err != nil {
			return nil, err
		}
		for _, row := range all {
			rows[parent.Of(row)] = append(rows[parent.Of(row)], row)
		}
	}
	connections := make([]*Connection[T], len(parents))
	for i, id := range parents {
		c := &Connection[T]{count: func(ctx context.Context, most int) (int, error) { return tally.of(ctx, id, most) }}
		c.fill(seal, o, list, w, rows[id])
		store.Answered(ctx, c.Nodes)
		connections[i] = c
	}
	return connections, nil
}

// firstOfEach selects the ids of each parent's page and of one row more.
func firstOfEach(dialect, table, column string, parents []gid.ID, seen func(*sql.Selector), o order, w window) *sql.Selector {
	numbered := sql.Dialect(dialect).Select().From(sql.Table(table))
	var terms []string
	for _, term := range o.terms(numbered, w) {
		text, _ := term.Query()
		terms = append(terms, text)
	}
	numbered.Where(sql.In(numbered.C(column), anys(parents)...))
	seen(numbered)
	if w.beyond != nil {
		o.beyond(w)(numbered)
	}
	numbered.Select(numbered.C("id"))
	numbered.AppendSelectExpr(sql.Expr(fmt.Sprintf("row_number() OVER (PARTITION BY %s ORDER BY %s) AS place",
		numbered.C(column), strings.Join(terms, ", "))))
	few := sql.Dialect(dialect).Select().From(numbered.As("numbered"))
	return few.Select("id").Where(upTo(w.size + 1))
}

// upTo keeps the rows whose place is at most n. The column is not qualified:
// ent would name the table inside.
func upTo(n int) *sql.Predicate {
	return sql.P(func(b *sql.Builder) { b.Ident("place").WriteString(" <= ").Arg(n) })
}

// countEach counts up to most and one rows for each parent.
func countEach[Q source[Q, P, O, T, C], P, O ~func(*sql.Selector), T any, C counter](
	ctx context.Context, query Q, column string, parents []gid.ID, most int,
) (map[gid.ID]int, error) {
	var counts []struct {
		Parent gid.ID `json:"parent"`
		N      int    `json:"n"`
	}
	group := func(s *sql.Selector) string {
		s.Where(sql.In(s.C(column), anys(parents)...))
		inner := s.Clone()
		inner.Select(sql.As(inner.C(column), "parent"))
		inner.AppendSelectExpr(sql.Expr(fmt.Sprintf("row_number() OVER (PARTITION BY %s) AS place", inner.C(column))))
		outer := sql.Dialect(s.Dialect()).Select().From(inner.As("numbered"))
		*s = *outer.Where(upTo(most + 1)).GroupBy("parent")
		return "parent"
	}
	if err := query.Aggregate(group, func(*sql.Selector) string { return sql.As(sql.Count("*"), "n") }).Scan(ctx, &counts); err != nil {
		return nil, err
	}
	of := make(map[gid.ID]int, len(counts))
	for _, c := range counts {
		of[c.Parent] = c.N
	}
	return of, nil
}

// tally counts the lists of one level together, when the first is asked for.
type tally struct {
	ask    func(ctx context.Context, most int) (map[gid.ID]int, error)
	mu     sync.Mutex
	counts map[gid.ID]int
	most   int
}

func (t *tally) of(ctx context.Context, parent gid.ID, most int) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil || t.most != most {
		counts, err := t.ask(ctx, most)
		if err != nil {
			return 0, err
		}
		t.counts, t.most = counts, most
	}
	return t.counts[parent], nil
}

func anys(ids []gid.ID) []any {
	values := make([]any, len(ids))
	for i, id := range ids {
		values[i] = id
	}
	return values
}
