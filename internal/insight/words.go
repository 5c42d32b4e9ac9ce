package insight

import (
	"fmt"
	"strings"

	"entgo.io/ent/dialect"
)

// day is the day of an instant in UTC, as text.
func day(engine, instant string) string {
	if engine == dialect.Postgres {
		return "to_char(" + instant + " AT TIME ZONE 'UTC', 'YYYY-MM-DD')"
	}
	return "substr(" + instant + ", 1, 10)"
}

// plus is the day so many days after another.
func plus(engine, from string, days int) string {
	if engine == dialect.Postgres {
		return fmt.Sprintf("to_char((%s)::date + %d, 'YYYY-MM-DD')", from, days)
	}
	return fmt.Sprintf("date(%s, '+%d days')", from, days)
}

// between counts the days from one day to another.
func between(engine, from, to string) string {
	if engine == dialect.Postgres {
		return fmt.Sprintf("(%s)::date - (%s)::date", to, from)
	}
	return fmt.Sprintf("CAST(julianday(%s) - julianday(%s) AS INTEGER)", to, from)
}

// howMany is a column: of how many rows a condition holds.
func howMany(name, condition string) string {
	return "COUNT(CASE WHEN " + condition + " THEN 1 END) AS " + name
}

// howManyPairs is a column: of how many talents and employers, taken as pairs,
// some engagement meets a condition.
func howManyPairs(name, condition string) string {
	return "COUNT(DISTINCT CASE WHEN " + condition +
		" THEN CAST(engagements.talent_id AS TEXT) || CAST(engagements.employer_org_id AS TEXT) END) AS " + name
}

// oneOf is the condition that a column holds one of the words.
func oneOf[W ~string](column string, words ...W) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = "'" + string(w) + "'"
	}
	return column + " IN (" + strings.Join(quoted, ", ") + ")"
}

// some is the condition that there is such a row.
func some(table string, conditions ...string) string {
	return "EXISTS (SELECT 1 FROM " + table + " WHERE " + strings.Join(conditions, " AND ") + ")"
}
