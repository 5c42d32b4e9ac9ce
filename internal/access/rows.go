package access

import (
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// rows is a condition on the rows of one table. The nil condition keeps none: what
// rests on one that is nobody's is nobody's too, and takes no part in a statement.
type rows func(*sql.Selector) *sql.Predicate

// nobody keeps no row.
var nobody rows

func everybody(*sql.Selector) *sql.Predicate { return nil }

// narrow leaves of what a statement selects the rows that the condition keeps.
func (keeps rows) narrow(s *sql.Selector) {
	if keeps == nil {
		s.Where(sql.False())
	} else if p := keeps(s); p != nil {
		s.Where(p)
	}
}

// is keeps rows whose column names the id; None names no row.
func is(column string, id gid.ID) rows {
	if isPulled("is", column) {
		return everybody
	}
	if id.IsNone() {
		return nobody
	}
	return func(s *sql.Selector) *sql.Predicate { return sql.EQ(s.C(column), id) }
}

// in keeps rows whose column holds one of the words.
func in(column string, words ...any) rows {
	if isPulled("in", column) {
		return everybody
	}
	return func(s *sql.Selector) *sql.Predicate { return sql.In(s.C(column), words...) }
}

// missing keeps rows whose column holds nothing.
func missing(column string) rows {
	if isPulled("missing", column) {
		return everybody
	}
	return func(s *sql.Selector) *sql.Predicate { return sql.IsNull(s.C(column)) }
}

// present keeps rows whose column holds something.
func present(column string) rows {
	if isPulled("present", column) {
		return everybody
	}
	return func(s *sql.Selector) *sql.Predicate { return sql.NotNull(s.C(column)) }
}

// after keeps rows whose column holds an instant past another.
func after(column string, at time.Time) rows {
	if isPulled("after", column) {
		return everybody
	}
	return func(s *sql.Selector) *sql.Predicate { return sql.GT(s.C(column), at) }
}

// either keeps rows that one of the conditions keeps.
func either(conditions ...rows) rows {
	var some []rows
	for _, c := range conditions {
		if c != nil {
			some = append(some, c)
		}
	}
	switch len(some) {
	case 0:
		return nobody
	case 1:
		return some[0] // ent sets no brackets around an OR that stands alone in another
	}
	return func(s *sql.Selector) *sql.Predicate {
		var any []*sql.Predicate
		for _, c := range some {
			p := c(s)
			if p == nil {
				return nil
			}
			any = append(any, p)
		}
		return sql.Or(any...)
	}
}

// both keeps rows that every condition keeps.
func both(conditions ...rows) rows {
	for _, c := range conditions {
		if c == nil {
			return nobody
		}
	}
	return func(s *sql.Selector) *sql.Predicate {
		var all []*sql.Predicate
		for _, c := range conditions {
			if p := c(s); p != nil {
				all = append(all, p)
			}
		}
		switch len(all) {
		case 0:
			return nil
		case 1:
			return all[0]
		}
		return sql.And(all...)
	}
}

// when keeps what the condition keeps for viewers to whom it applies, and
// nothing for others.
func when(applies bool, condition rows) rows {
	if isPulled("when", "") || applies {
		return condition
	}
	return nobody
}

// has keeps rows named by the column of some row of another table that meets
// the condition.
func has(table, column string, condition rows) rows {
	if isPulled("has", table) {
		return everybody
	}
	return tied("id", table, column, condition)
}

// matches keeps rows whose own column equals the other table's.
func matches(own, table, column string, condition rows) rows {
	if isPulled("matches", table) {
		return everybody
	}
	return tied(own, table, column, condition)
}

func tied(own, table, column string, condition rows) rows {
	if condition == nil {
		return nobody
	}
	return func(s *sql.Selector) *sql.Predicate {
		other := sql.Dialect(s.Dialect()).Select().From(sql.Table(table).As("seen_" + table))
		other.Select(other.C(column))
		wanted := sql.ColumnsEQ(other.C(column), s.C(own))
		if p := condition(other); p != nil {
			wanted = sql.And(wanted, p)
		}
		return sql.Exists(other.Where(wanted))
	}
}

// through keeps rows whose column names a row of the parent table that the
// viewer may see.
func through(column, parent string, seen rows) rows {
	if isPulled("through", parent) {
		return everybody
	}
	return tied(column, parent, "id", seen)
}

// while keeps every row while the row of another table that the id names meets the
// condition.
func while(table string, id gid.ID, condition rows) rows {
	if isPulled("while", table) {
		return everybody
	}
	if id.IsNone() {
		return nobody
	}
	return func(s *sql.Selector) *sql.Predicate {
		other := sql.Dialect(s.Dialect()).Select().From(sql.Table(table).As("seen_own_" + table))
		other.Select(other.C("id")).Where(sql.EQ(other.C("id"), id))
		condition.narrow(other)
		return sql.Exists(other)
	}
}

// parties keeps rows shared by an employer and a talent, for either of them.
func parties(v viewer.Viewer) rows {
	return either(is("talent_id", v.Talent), is("employer_org_id", v.Employer()))
}

// ownTalents keeps rows about talents whose tie to the viewer's institution is
// confirmed.
func ownTalents(v viewer.Viewer) rows {
	return matches("talent_id", "affiliations", "talent_id", confirmedAt(v))
}

func confirmedAt(v viewer.Viewer) rows {
	return both(is("institution_id", v.Institution()), in("status", "CONFIRMED"))
}

func inWorld(v viewer.Viewer) rows { return is("world_id", v.World) }

// anyWorld keeps every row for viewers who are somewhere; a context without a
// viewer reads nothing.
func anyWorld(v viewer.Viewer) rows { return when(!v.World.IsNone(), everybody) }
