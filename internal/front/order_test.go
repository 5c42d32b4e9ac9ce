package front

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func TestInOrder(t *testing.T) {
	t.Parallel()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: `type Query { a: Node b: Node } type Node { x: Int y: Int of: [Node] }`})
	document := gqlparser.MustLoadQueryWithRules(schema, `
		query { late: b { y ...Rest } a { of { y x } ... on Node { x } } }
		fragment Rest on Node { x of { x } }`, nil)
	errors := gqlerror.List{}
	for _, path := range []ast.Path{
		name("a", "x"), name("a", "of", 10, "y"), name("a", "of", 2, "x"), name("a", "of", 2, "y"),
		name("late", "of", 0, "x"), name("late", "x"), name("late", "y"), name("a"), nil,
	} {
		errors = append(errors, &gqlerror.Error{Path: path})
	}
	inOrder(errors, document.Operations[0])
	var got []string
	for _, e := range errors {
		got = append(got, e.Path.String())
	}
	want := " late.y late.x late.of[0].x a a.of[2].y a.of[2].x a.of[10].y a.x"
	if strings.Join(got, " ") != want {
		t.Errorf("want %q\ngot  %q", want, strings.Join(got, " "))
	}
}

func name(steps ...any) ast.Path {
	var path ast.Path
	for _, step := range steps {
		switch s := step.(type) {
		case string:
			path = append(path, ast.PathName(s))
		case int:
			path = append(path, ast.PathIndex(s))
		}
	}
	return path
}
