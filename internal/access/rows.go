package access

import (
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// rows is a condition on the rows of one table.
type rows func(*sql.Selector) *sql.Predicate

func nobody(*sql.Selector) *sql.Predicate { return sql.False() }

func everybody(*sql.Selector) *sql.Predicate { return nil }

// is keeps rows whose column names the id; None names no row.
func is(column string, id gid.ID) rows {
	if isPulled() {
		return everybody
	}
	if id.IsNone() {
		return nobody
	}
	return func(s *sql.Selector) *sql.Predicate { return sql.EQ(s.C(column), id) }
}

// in keeps rows whose column holds one of the words.
func in(column string, words ...any) rows {
	if isPulled() {
		return everybody
	}
	return func(s *sql.Selector) *sql.Predicate { return sql.In(s.C(column), words...) }
}

// missing keeps rows whose column holds nothing.
func missing(column string) rows {
	if isPulled() {
		return everybody
	}
	return func(s *sql.Selector) *sql.Predicate { return sql.IsNull(s.C(column)) }
}

// present keeps rows whose column holds something.
func present(column string) rows {
	if isPulled() {
		return everybody
	}
	return func(s *sql.Selector) *sql.Predicate { return sql.NotNull(s.C(column)) }
}

// after keeps rows whose column holds an instant past another.
func after(column string, at time.Time) rows {
	if isPulled() {
		return everybody
	}
	return func(s *sql.Selector) *sql.Predicate { return sql.GT(s.C(column), at) }
}

// upTo keeps rows whose column holds an instant that is not past another.
func upTo(column string, at time.Time) rows {
	if isPulled() {
		return everybody
	}
	return func(s *sql.Selector) *sql.Predicate { return sql.LTE(s.C(column), at) }
}

// either keeps rows that one of the conditions keeps.
func either(conditions ...rows) rows {
	return func(s *sql.Selector) *sql.Predicate {
		var some []*sql.Predicate
		for _, c := range conditions {
			p := c(s)
			if p == nil {
				return nil
			}
			some = append(some, p)
		}
		return sql.Or(some...)
	}
}

// both keeps rows that every condition keeps.
func both(conditions ...rows) rows {
	return func(s *sql.Selector) *sql.Predicate {
		var all []*sql.Predicate
		for _, c := range conditions {
			if p := c(s); p != nil {
				all = append(all, p)
			}
		}
		if len(all) == 0 {
			return nil
		}
		return sql.And(all...)
	}
}

// when keeps what the condition keeps for viewers to whom it applies, and
// nothing for others.
func when(applies bool, condition rows) rows {
	if !applies && !isPulled() {
		return nobody
	}
	return condition
}

// has keeps rows named by the column of some row of another table that meets
// the condition.
func has(table, column string, condition rows) rows {
	if isPulled() {
		return everybody
	}
	return tied("id", table, column, condition)
}

// matches keeps rows whose own column equals the other table's.
func matches(own, table, column string, condition rows) rows {
	if isPulled() {
		return everybody
	}
	return tied(own, table, column, condition)
}

func tied(own, table, column string, condition rows) rows {
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
	if isPulled() {
		return everybody
	}
	return tied(column, parent, "id", seen)
}

// parties keeps rows shared by an employer and a talent, for either of them.
func parties(v viewer.Viewer) rows {
	return either(is("talent_id", v.Talent), is("employer_org_id", v.Employer()))
}

// ownTalents keeps rows about talents whose tie to the viewer's institution is
// confirmed.
func ownTalents(v viewer.Viewer) rows {
	return when(!v.Institution().IsNone(), matches("talent_id", "affiliations", "talent_id", confirmedAt(v)))
}

func confirmedAt(v viewer.Viewer) rows {
	return both(is("institution_id", v.Institution()), in("status", "CONFIRMED"))
}

func inWorld(v viewer.Viewer) rows { return is("world_id", v.World) }

// anyWorld keeps every row for viewers who are somewhere; a context without a
// viewer reads nothing.
func anyWorld(v viewer.Viewer) rows { return when(!v.World.IsNone(), everybody) }
