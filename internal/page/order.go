package page

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// Key is a column that a list can be ordered by. Rows with the same value are
// ordered by id; rows without one come last, whichever way.
type Key[T any] struct {
	Column   string
	Nullable bool
	// Value is the row's: a string, an int64, a time.Time, or nil for none.
	Value func(T) any
}

// order is a key with a direction, and the hash that ties cursors to the list.
type order struct {
	column   string
	nullable bool
	desc     bool
	hash     [8]byte
}

func orderOf[T any](ctx context.Context, list List[T]) order {
	v := viewer.From(ctx)
	described, err := json.Marshal([]any{fmt.Sprintf("%T %T", list.ID, list.Filter), list.Key.Column, list.Order, list.Filter, v.World.String(), v.Org.String(), v.Talent.String()})
	if err != nil {
		panic(err) // filters are plain structs
	}
	o := order{column: list.Key.Column, nullable: list.Key.Nullable, desc: list.Order != Ascending}
	sum := sha256.Sum256(described)
	copy(o.hash[:], sum[:])
	return o
}

// by orders a query as the window reads it: backwards from the end when the
// last entries are wanted.
func (o order) by(w window) func(*sql.Selector) {
	return func(s *sql.Selector) { s.OrderExpr(o.terms(s, w)...) }
}

func (o order) terms(s *sql.Selector, w window) []sql.Querier {
	way := " ASC"
	if o.desc != w.backward {
		way = " DESC"
	}
	var terms []sql.Querier
	if o.nullable {
		nulls := " ASC"
		if w.backward {
			nulls = " DESC"
		}
		terms = append(terms, sql.Expr("("+s.C(o.column)+" IS NULL)"+nulls))
	}
	return append(terms, sql.Expr(s.C(o.column)+way), sql.Expr(s.C("id")+way))
}

// beyond keeps the rows that come after the cursor, in the window's direction.
func (o order) beyond(w window) func(*sql.Selector) {
	return func(s *sql.Selector) {
		column, id := s.C(o.column), s.C("id")
		further := sql.CompositeGT
		one := sql.GT
		if o.desc != w.backward {
			further, one = sql.CompositeLT, sql.LT
		}
		switch {
		case w.beyond.value == nil && w.backward:
			s.Where(sql.Or(sql.And(sql.IsNull(column), one(id, w.beyond.id)), sql.NotNull(column)))
		case w.beyond.value == nil:
			s.Where(sql.And(sql.IsNull(column), one(id, w.beyond.id)))
		case o.nullable && !w.backward:
			s.Where(sql.Or(further([]string{column, id}, w.beyond.value, w.beyond.id), sql.IsNull(column)))
		default:
			s.Where(further([]string{column, id}, w.beyond.value, w.beyond.id))
		}
	}
}

// cursor is a place in a list: the sort key's value there and the id.
type cursor struct {
	value any
	id    gid.ID
}

// sealed is what a cursor holds. One of Text, Number and At is set, or none
// where the sort key is null.
type sealed struct {
	Version int        `json:"v"`
	List    []byte     `json:"l"`
	ID      gid.ID     `json:"i"`
	Text    *string    `json:"t,omitempty"`
	Number  *int64     `json:"n,omitempty"`
	At      *time.Time `json:"a,omitempty"`
}

func (s sealed) value() any {
	switch {
	case s.Text != nil:
		return *s.Text
	case s.Number != nil:
		return *s.Number
	case s.At != nil:
		return s.At.UTC()
	}
	return nil
}

func contents(o order, value any, id gid.ID) sealed {
	c := sealed{Version: version, List: o.hash[:], ID: id}
	switch v := value.(type) {
	case string:
		c.Text = &v
	case int64:
		c.Number = &v
	case time.Time:
		v = v.UTC()
		c.At = &v
	}
	return c
}
