package page

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

const mostNamed = 100 // in one filter

// IDFilter is one id or several.
type IDFilter struct {
	Eq *gid.ID
	In []gid.ID
}

// IDs are the ids it names.
func (f *IDFilter) IDs() []gid.ID {
	if f.Eq != nil {
		return []gid.ID{*f.Eq}
	}
	return f.In
}

// Range is a span of time that includes its start and not its end.
type Range struct {
	Gte *time.Time
	Lt  *time.Time
}

// Few refuses a filter that names too many ids. Ask it before Among.
func Few(filters ...*IDFilter) error {
	for _, f := range filters {
		if f != nil && len(f.IDs()) > mostNamed {
			return invalid(fmt.Sprintf("A filter names at most %d ids.", mostNamed))
		}
	}
	return nil
}

// Among keeps the rows whose column is one of the ids; without a filter, all.
func Among(column string, f *IDFilter) func(*sql.Selector) {
	return func(s *sql.Selector) {
		if f != nil {
			s.Where(sql.In(s.C(column), anys(f.IDs())...))
		}
	}
}

// AmongSeen is Among for ids of things of another table, by the name of their
// type: those that the viewer may not see find nothing, or asking would tell
// what they are tied to.
func AmongSeen(ctx context.Context, column, table, kind string, f *IDFilter) func(*sql.Selector) {
	return func(s *sql.Selector) {
		if f == nil {
			return
		}
		seen, err := access.Rows(viewer.From(ctx), kind)
		if err != nil {
			s.AddError(err)
			return
		}
		named := sql.Dialect(s.Dialect()).Select().From(sql.Table(table).As("named_" + table))
		named.Select(named.C("id")).Where(sql.In(named.C("id"), anys(f.IDs())...))
		seen(named)
		s.Where(sql.In(s.C(column), named))
	}
}

// During keeps the rows whose instant lies in the span; without a span, all.
func During(column string, span *Range) func(*sql.Selector) {
	return func(s *sql.Selector) {
		if span == nil {
			return
		}
		if span.Gte != nil {
			s.Where(sql.GTE(s.C(column), *span.Gte))
		}
		if span.Lt != nil {
			s.Where(sql.LT(s.C(column), *span.Lt))
		}
	}
}

// Changed is the filter of a list that can be narrowed to what changed in a span,
// and to nothing else.
type Changed struct{ UpdatedAt *Range }

// On keeps the rows whose column, an instant, lies in the span. Without a filter it
// keeps all.
func (c *Changed) On(column string) func(*sql.Selector) {
	if c == nil {
		return func(*sql.Selector) {}
	}
	return During(column, c.UpdatedAt)
}

// Prefix keeps the rows whose folded column begins with a folded text. It is a
// range on the column's index, alike on both engines.
func Prefix(column, folded string) func(*sql.Selector) {
	return func(s *sql.Selector) {
		s.Where(sql.And(sql.GTE(s.C(column), folded), sql.LT(s.C(column), folded+"\U0010ffff")))
	}
}
