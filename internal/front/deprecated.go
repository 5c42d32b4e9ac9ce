package front

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// deprecated are the coordinates of a document's fields that are going away, each
// once. Fragments are looked into once.
func deprecated(set ast.SelectionSet) []string {
	var found []string
	looked := map[string]bool{}
	var look func(ast.SelectionSet)
	look = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.Field:
				if s.Definition != nil && s.ObjectDefinition != nil && s.Definition.Directives.ForName("deprecated") != nil {
					found = append(found, s.ObjectDefinition.Name+"."+s.Name)
				}
				look(s.SelectionSet)
			case *ast.InlineFragment:
				look(s.SelectionSet)
			case *ast.FragmentSpread:
				if s.Definition != nil && !looked[s.Name] {
					looked[s.Name] = true
					look(s.Definition.SelectionSet)
				}
			}
		}
	}
	look(set)
	slices.Sort(found)
	return slices.Compact(found)
}
