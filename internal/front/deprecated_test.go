package front

import (
	"slices"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

func TestFieldsThatAreGoingAwayAreNoted(t *testing.T) {
	t.Parallel()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: `type Query { a: A old: Int @deprecated(reason: "Use a.") }
		type A { b: Int c: Int @deprecated(reason: "Use b.") next: A }`})
	for document, want := range map[string][]string{
		`{ a { b } }`:     nil,
		`{ old a { c } }`: {"A.c", "Query.old"},
		`{ a { ...F next { ...F } ... on A { c } } } fragment F on A { c }`: {"A.c"},
	} {
		read := gqlparser.MustLoadQueryWithRules(schema, document, nil)
		if got := deprecated(read.Operations[0].SelectionSet); !slices.Equal(got, want) {
			t.Errorf("%s uses %v, want %v", document, got, want)
		}
	}
}
