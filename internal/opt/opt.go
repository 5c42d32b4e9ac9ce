// Package opt tells three things apart that a client can do with a field: leave
// it out, clear it with null, or give it a value.
package opt

import "github.com/99designs/gqlgen/graphql"

// Value is absent, null or a value.
type Value[T any] = graphql.Omittable[*T]

// List is absent, null or a list.
type List[T any] = graphql.Omittable[[]T]

// Of is a value that was given.
func Of[T any](v T) Value[T] { return graphql.OmittableOf(&v) }

// Null is a value that was cleared.
func Null[T any]() Value[T] { return graphql.OmittableOf[*T](nil) }

// ListOf is a list that was given.
func ListOf[T any](v ...T) List[T] { return graphql.OmittableOf(v) }

// Differs reports whether only one is there, or both are and differ.
func Differs[T comparable](a, b *T) bool {
	return (a == nil) != (b == nil) || a != nil && *a != *b
}

// Or is the value that was given, or what it was before; nil when it was
// cleared.
func Or[T any](v Value[T], before *T) *T {
	if given, ok := v.ValueOK(); ok {
		return given
	}
	return before
}

// Put sets a column to a value, or clears it where there is none. It does one of
// the two: PostgreSQL refuses a column that is set twice.
func Put[T any](value *T, set func(T), reset func()) {
	if value == nil {
		reset()
		return
	}
	set(*value)
}
