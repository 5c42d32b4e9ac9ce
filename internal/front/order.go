package front

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// inOrder sorts errors as the operation asks for their fields, and within a list
// by place. Fields run beside each other, so errors come about in any order: the
// same question is to get the same answer.
func inOrder(errors gqlerror.List, o *ast.OperationDefinition) {
	if len(errors) < 2 {
		return
	}
	asked := map[string]int{}
	number(o.SelectionSet, "", asked)
	slices.SortStableFunc(errors, func(a, b *gqlerror.Error) int {
		return slices.Compare(places(a.Path, asked), places(b.Path, asked))
	})
}

// number gives each field of a selection its place among all that are asked for.
func number(set ast.SelectionSet, above string, asked map[string]int) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			path := above + "." + s.Alias
			if _, twice := asked[path]; !twice {
				asked[path] = len(asked)
			}
			number(s.SelectionSet, path, asked)
		case *ast.InlineFragment:
			number(s.SelectionSet, above, asked)
		case *ast.FragmentSpread:
			number(s.Definition.SelectionSet, above, asked)
		}
	}
}

// places are a path's steps as numbers that compare.
func places(path ast.Path, asked map[string]int) []int {
	var names strings.Builder
	steps := make([]int, 0, len(path))
	for _, step := range path {
		switch s := step.(type) {
		case ast.PathName:
			names.WriteString("." + string(s))
			steps = append(steps, asked[names.String()])
		case ast.PathIndex:
			steps = append(steps, int(s))
		}
	}
	return steps
}
