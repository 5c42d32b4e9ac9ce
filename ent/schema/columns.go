// Package schema says what Rung keeps: one file a noun, with what is personal
// in it. Rules do not live here; neither does who may see what.
package schema

import (
	"strings"

	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"entgo.io/ent/schema/mixin"

	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
)

// row has an id that names its noun. The store makes it.
type row struct{ mixin.Schema }

func (row) Fields() []ent.Field {
	return []ent.Field{field.UUID("id", gid.ID{}).Immutable()}
}

// node is a row that clients hold on to: it knows when it came to be, when it
// last changed and how often. The store keeps all three.
type node struct{ mixin.Schema }

func (node) Fields() []ent.Field {
	return append(row{}.Fields(),
		fixed(instant("created_at")),
		instant("updated_at"),
		field.Int("revision").Default(1).Positive(),
	)
}

// Personal marks a column that says something about a person.
type Personal struct{}

// Name is how ent carries the mark.
func (Personal) Name() string { return "Personal" }

func personal(f ent.Field) ent.Field {
	d := f.Descriptor()
	d.Annotations = append(d.Annotations, Personal{})
	return f
}

// fixed columns are written once.
func fixed(f ent.Field) ent.Field {
	f.Descriptor().Immutable = true
	return f
}

// ref names another row by an id that is required and never changes.
func ref(name string) ent.Field { return field.UUID(name, gid.ID{}).Immutable() }

// refMoved names another row by an id that is required and can change.
func refMoved(name string) ent.Field { return field.UUID(name, gid.ID{}) }

// refLater names another row by an id that may come later or never.
func refLater(name string) ent.Field { return field.UUID(name, gid.ID{}).Optional() }

// instant is a moment in UTC at millisecond precision.
func instant(name string) ent.Field { return field.Time(name) }

// instantLater is a moment that may come later or never.
func instantLater(name string) ent.Field { return field.Time(name).Optional().Nillable() }

// day is a date of the calendar, kept as YYYY-MM-DD so that it sorts.
func day(name string) ent.Field { return field.String(name).GoType(calendar.Date("")) }

// dayLater is a date that may come later or never.
func dayLater(name string) ent.Field {
	return field.String(name).GoType(calendar.Date("")).Optional().Nillable()
}

// text is kept up to so many characters.
func text(name string, size int) ent.Field { return field.String(name).MaxRuneLen(size) }

// textLater is text that may come later or never.
func textLater(name string, size int) ent.Field {
	return field.String(name).MaxRuneLen(size).Optional().Nillable()
}

// minor is an amount of money in the smallest unit of its currency.
func minor(name string) ent.Field { return field.Int64(name).NonNegative() }

// to is an edge over a required, unchanging column.
func to(name string, kind any, column string) ent.Edge {
	return edge.To(name, kind).Unique().Required().Immutable().Field(column).Annotations(entsql.OnDelete(entsql.NoAction))
}

// toMoved is an edge over a required column that can change.
func toMoved(name string, kind any, column string) ent.Edge {
	return edge.To(name, kind).Unique().Required().Field(column).Annotations(entsql.OnDelete(entsql.NoAction))
}

// toLater is an edge over a column that may be empty.
func toLater(name string, kind any, column string) ent.Edge {
	return edge.To(name, kind).Unique().Field(column).Annotations(entsql.OnDelete(entsql.NoAction))
}

// toOnce is an edge over a column that is empty or never changes.
func toOnce(name string, kind any, column string) ent.Edge {
	return edge.To(name, kind).Unique().Immutable().Field(column).Annotations(entsql.OnDelete(entsql.NoAction))
}

type schemaAnnotation = schema.Annotation

// checks is what the database itself refuses, by name.
type checks = map[string]string

func table(name string, refuses checks) []schemaAnnotation {
	for check, condition := range refuses {
		// Whole conditions in brackets: Atlas takes "(a) = (b)" for bracketed.
		refuses[check] = "(" + condition + ")"
	}
	return []schemaAnnotation{entsql.Annotation{Table: name, Checks: refuses}}
}

// unique says which columns together name one row; where narrows it to the
// rows that are live.
func unique(where string, columns ...string) ent.Index {
	i := index.Fields(columns...).Unique()
	if where != "" {
		i = i.Annotations(entsql.IndexWhere(where))
	}
	return i
}

// whenStatus is a condition of unique: the status is one of these. It is
// written with OR because PostgreSQL rewrites IN anew each time it is replayed.
func whenStatus(statuses ...string) string {
	conditions := make([]string, len(statuses))
	for i, status := range statuses {
		conditions[i] = "status = '" + status + "'"
	}
	return strings.Join(conditions, " OR ")
}

// ordered is an index for a list in that order.
func ordered(columns ...string) ent.Index { return index.Fields(columns...) }
