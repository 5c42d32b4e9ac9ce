// Package guard refuses documents that are cheap to send and dear to answer. It
// looks at a document once, before anything else does: the GraphQL validator
// alone needs minutes for some of less than a kilobyte.
package guard

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/rung-dev/rung/internal/fault"
)

// The limits of one document. docs/limits.md tells clients of them.
const (
	MostBytes           = 64 << 10
	MostTokens          = 2_000
	MostOperations      = 20
	MostFragments       = 50
	MostVariables       = 60
	MostDirectives      = 30
	MostAliases         = 50
	MostRootFields      = 10
	MostMutations       = 5
	MostSameKey         = 20 // of one response name, in one selection set
	MostInlineFragments = 20 // in one selection set
	MostSameSpread      = 2  // of one fragment, in one selection set
	MostInList          = 250
	MostValueDepth      = 12
	MostDepth           = 12
	MostFields          = 3_000 // once fragments are written out

	MostIntrospectionDepth = 15 // what clients' own tools send
	MostIntrospectionLists = 2  // of types and fields inside each other
)

// Parse reads a document that keeps the limits.
func Parse(text string) (*ast.QueryDocument, error) {
	if len(text) > MostBytes {
		return nil, refused("has more than %d bytes", MostBytes)
	}
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, MostTokens)
	switch {
	case err == nil:
		return document, Check(document)
	case strings.Contains(err.Error(), "exceeded token limit"):
		return nil, refused("has more than %d tokens", MostTokens)
	case strings.Contains(err.Error(), "exceeded maximum nesting depth"):
		return nil, refused("goes too deep to be read")
	}
	return nil, err
}

// Check refuses a document that breaks a limit. It visits each part of the
// document once.
func Check(document *ast.QueryDocument) error {
	w := &walk{fragments: map[string]*fragment{}}
	w.most("operations", len(document.Operations), MostOperations)
	w.most("fragments", len(document.Fragments), MostFragments)
	if w.refused != nil {
		return w.refused
	}
	for _, f := range document.Fragments {
		w.fragments[f.Name] = &fragment{definition: f}
	}
	for _, f := range document.Fragments {
		w.fragment(f.Name)
	}
	for _, operation := range document.Operations {
		w.operation(operation)
	}
	w.most("variables", w.variables, MostVariables)
	w.most("directives", w.directives, MostDirectives)
	w.most("aliases", w.aliases, MostAliases)
	return w.refused
}

// shape is what a selection set comes to with its fragments written out.
type shape struct {
	fields int
	depth  int
	lists  int // of introspection, inside each other
}

// over is the shape of two sets side by side.
func (s shape) over(other shape) shape {
	return shape{min(s.fields+other.fields, MostFields+1), max(s.depth, other.depth), max(s.lists, other.lists)}
}

type fragment struct {
	definition *ast.FragmentDefinition
	shape      shape
	entered    bool
	left       bool
}

type walk struct {
	fragments                      map[string]*fragment
	variables, directives, aliases int
	refused                        error
}

func (w *walk) refuse(format string, args ...any) {
	if w.refused == nil {
		w.refused = refused(format, args...)
	}
}

func (w *walk) most(what string, n, most int) {
	if n > most {
		w.refuse("has more than %d %s", most, what)
	}
}

func (w *walk) operation(o *ast.OperationDefinition) {
	w.variables += len(o.VariableDefinitions)
	for _, v := range o.VariableDefinitions {
		w.value(v.DefaultValue, 1)
		w.directed(v.Directives)
	}
	w.directed(o.Directives)
	w.selections(o.SelectionSet)
	roots, schemas := 0, 0
	w.roots(o.SelectionSet, map[string]bool{}, func(f *ast.Field) {
		roots++
		below := w.below(f.SelectionSet)
		if f.Name != "__schema" && f.Name != "__type" {
			w.most("levels of fields", 1+below.depth, MostDepth)
			return
		}
		if f.Name == "__schema" {
			schemas++
		}
		w.most("levels of introspection", 1+below.depth, MostIntrospectionDepth)
		w.most("lists of introspection inside each other", below.lists, MostIntrospectionLists)
	})
	w.most("introspections of the whole schema", schemas, 1)
	w.most("root fields", roots, MostRootFields)
	if o.Operation == ast.Mutation {
		w.most("mutations", roots, MostMutations)
	}
	w.most("fields once its fragments are written out", w.below(o.SelectionSet).fields, MostFields)
}

// roots visits the root fields, those in fragments as well, each fragment once.
func (w *walk) roots(set ast.SelectionSet, seen map[string]bool, visit func(*ast.Field)) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			visit(s)
		case *ast.InlineFragment:
			w.roots(s.SelectionSet, seen, visit)
		case *ast.FragmentSpread:
			if f := w.fragments[s.Name]; f != nil && !seen[s.Name] && w.refused == nil {
				seen[s.Name] = true
				w.roots(f.definition.SelectionSet, seen, visit)
			}
		}
	}
}

// selections checks one set and everything below it, but for the fragments it
// names.
func (w *walk) selections(set ast.SelectionSet) {
	keys, spreads, inline := map[string]int{}, map[string]int{}, 0
	for _, selection := range set {
		if w.refused != nil {
			return
		}
		switch s := selection.(type) {
		case *ast.Field:
			w.field(s)
			keys[s.Alias]++
			w.most("fields of one name in one selection", keys[s.Alias], MostSameKey)
			w.selections(s.SelectionSet)
		case *ast.InlineFragment:
			inline++
			w.most("inline fragments in one selection", inline, MostInlineFragments)
			w.directed(s.Directives)
			w.selections(s.SelectionSet)
		case *ast.FragmentSpread:
			spreads[s.Name]++
			w.most("spreads of one fragment in one selection", spreads[s.Name], MostSameSpread)
			w.directed(s.Directives)
		}
	}
}

func (w *walk) field(f *ast.Field) {
	if f.Alias != f.Name {
		w.aliases++
	}
	w.directed(f.Directives)
	for _, a := range f.Arguments {
		w.value(a.Value, 1)
	}
}

func (w *walk) directed(directives ast.DirectiveList) {
	w.directives += len(directives)
	for _, d := range directives {
		for _, a := range d.Arguments {
			w.value(a.Value, 1)
		}
	}
}

func (w *walk) value(v *ast.Value, depth int) {
	if v == nil || w.refused != nil {
		return
	}
	w.most("levels in a value", depth, MostValueDepth)
	w.most("entries in a list", len(v.Children), MostInList)
	for _, child := range v.Children {
		w.value(child.Value, depth+1)
	}
}

// fragment checks a fragment and finds its shape, both once. A cycle is refused
// here: everything later would follow it for ever.
func (w *walk) fragment(name string) shape {
	f := w.fragments[name]
	if f == nil || f.left || w.refused != nil {
		if f == nil {
			return shape{} // the validator says that it is not there
		}
		return f.shape
	}
	if f.entered {
		w.refuse("has fragments that contain each other")
		return shape{}
	}
	f.entered = true
	w.directed(f.definition.Directives)
	w.selections(f.definition.SelectionSet)
	f.shape = w.below(f.definition.SelectionSet)
	f.left = true
	return f.shape
}

// introspected are the lists through which introspection can go round in circles.
var introspected = map[string]int{"types": 1, "fields": 1, "inputFields": 1, "interfaces": 1, "possibleTypes": 1}

// below is the shape of a set.
func (w *walk) below(set ast.SelectionSet) shape {
	var all shape
	for _, selection := range set {
		if w.refused != nil {
			return all
		}
		switch s := selection.(type) {
		case *ast.Field:
			b := w.below(s.SelectionSet)
			all = all.over(shape{b.fields + 1, b.depth + 1, b.lists + introspected[s.Name]})
		case *ast.InlineFragment:
			all = all.over(w.below(s.SelectionSet))
		case *ast.FragmentSpread:
			all = all.over(w.fragment(s.Name))
		}
	}
	return all
}

func refused(format string, args ...any) error {
	return &fault.Request{Code: fault.CodeQueryTooComplex, Message: "The document " + fmt.Sprintf(format, args...) + "."}
}
