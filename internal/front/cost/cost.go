// Package cost says what an operation costs before it runs, and what it did cost
// afterwards, by the cost directives specification (IBM, @cost and @listSize):
// https://ibm.github.io/graphql-specs/cost-spec.html. A field costs its weight
// and what is below it, once for each entry of its list; what has no @cost
// weighs 1 when it is an object, and nothing when it is a value.
package cost

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Most is what one operation may cost.
const Most = 25_000

// Introspection has prices of its own: its lists have no @listSize.
const (
	wholeSchema = 100
	oneType     = 10
)

// boundless keeps a sum from running over; it is more than anybody may spend.
const boundless = 1 << 40

// Model prices the operations of one schema.
type Model struct {
	schema *ast.Schema
	prices map[*ast.FieldDefinition]price
	inputs map[*ast.Definition]int
}

// price is what the schema says of a field.
type price struct {
	coordinate string
	weight     int
	assumed    int      // entries, when no slicing argument says; 1 for no list
	slicing    []string // arguments that say how many
	sized      []string // fields below that have so many
	isList     bool
	takesInput bool // some argument has a price
}

// New reads the prices from a schema.
func New(schema *ast.Schema) (*Model, error) {
	m := &Model{schema: schema, prices: map[*ast.FieldDefinition]price{}, inputs: map[*ast.Definition]int{}}
	for _, d := range schema.Types {
		weight, err := m.weightOf(d.Directives, d, 1)
		if err != nil {
			return nil, err
		}
		m.inputs[d] = weight
	}
	for _, d := range schema.Types {
		if d.Kind != ast.Object && d.Kind != ast.Interface {
			continue
		}
		for _, f := range d.Fields {
			p, err := m.price(d, f)
			if err != nil {
				return nil, fmt.Errorf("%s.%s: %w", d.Name, f.Name, err)
			}
			m.prices[f] = p
		}
	}
	return m, nil
}

// weightOf is what @cost says, or the standard weight of the type.
func (*Model) weightOf(directives ast.DirectiveList, of *ast.Definition, composite int) (int, error) {
	if d := directives.ForName("cost"); d != nil {
		weight, err := strconv.ParseFloat(d.Arguments.ForName("weight").Value.Raw, 64)
		if err != nil || !(weight >= 0 && weight <= boundless) {
			return 0, fmt.Errorf("the weight of @cost is no number of zero or more")
		}
		return int(weight + 0.5), nil
	}
	if of == nil || of.IsLeafType() {
		return 0, nil
	}
	return composite, nil
}

func (m *Model) price(parent *ast.Definition, f *ast.FieldDefinition) (price, error) {
	named := m.schema.Types[f.Type.Name()]
	p := price{coordinate: parent.Name + "." + f.Name, assumed: 1, isList: f.Type.Elem != nil}
	if strings.HasPrefix(parent.Name, "__") {
		return p, nil
	}
	if of := m.inputs[named]; named != nil {
		weight, err := m.weightOf(f.Directives, named, of)
		if err != nil {
			return p, err
		}
		p.weight = weight
	}
	for _, a := range f.Arguments {
		p.takesInput = p.takesInput || a.Directives.ForName("cost") != nil || m.schema.Types[a.Type.Name()].Kind == ast.InputObject
	}
	if d := f.Directives.ForName("listSize"); d != nil {
		size, err := m.sizes(d)
		if err != nil {
			return p, err
		}
		p.assumed, p.slicing, p.sized = size.assumed, size.slicing, size.sized
	}
	return p, nil
}

func (*Model) sizes(d *ast.Directive) (price, error) {
	p := price{assumed: 1}
	for _, a := range d.Arguments {
		value, err := a.Value.Value(nil)
		if err != nil {
			return p, err
		}
		switch a.Name {
		case "assumedSize":
			n, ok := value.(int64)
			if !ok || n < 0 {
				return p, fmt.Errorf("assumedSize is no number of zero or more")
			}
			p.assumed = int(n)
		case "slicingArguments":
			p.slicing = words(value)
		case "sizedFields":
			p.sized = words(value)
		}
	}
	return p, nil
}

func words(list any) []string {
	entries, _ := list.([]any)
	out := make([]string, len(entries))
	for i, entry := range entries {
		out[i], _ = entry.(string)
	}
	return out
}

// Item is what one coordinate of the schema adds to an operation's cost.
type Item struct {
	Coordinate string `json:"coordinate"`
	Cost       int    `json:"cost"`
}

// Estimate is the most an operation can cost with these variables, which have
// been coerced. The document is valid and has no fragment cycles. Each fragment
// is priced once for each size that its place gives to its fields.
func (m *Model) Estimate(o *ast.OperationDefinition, variables map[string]any) int {
	e := &estimate{model: m, variables: variables, times: 1, memo: map[place]int{}}
	return e.selections(o.SelectionSet, nil, 0)
}

// Dearest are the coordinates that cost an operation most, the dearest first.
// The operation's fields, with fragments written out, are few enough to visit.
func (m *Model) Dearest(o *ast.OperationDefinition, variables map[string]any, most int) []Item {
	e := &estimate{model: m, variables: variables, times: 1, spent: map[string]int{}}
	e.selections(o.SelectionSet, nil, 0)
	items := make([]Item, 0, len(e.spent))
	for coordinate, cost := range e.spent {
		items = append(items, Item{coordinate, cost})
	}
	slices.SortFunc(items, func(a, b Item) int {
		return cmp.Or(cmp.Compare(b.Cost, a.Cost), cmp.Compare(a.Coordinate, b.Coordinate))
	})
	return items[:min(most, len(items))]
}

type place struct {
	fragment string
	sized    string // the fields that have a size here
	size     int
}

type estimate struct {
	model     *Model
	variables map[string]any
	memo      map[place]int  // nil when spent is kept
	spent     map[string]int // by coordinate
	times     int            // how often what is being priced is there
}

// selections prices a set. The fields named in sized have size entries.
func (e *estimate) selections(set ast.SelectionSet, sized []string, size int) int {
	sum := 0
	for _, selection := range set {
		if !included(selection, e.variables) {
			continue
		}
		switch s := selection.(type) {
		case *ast.Field:
			sum = plus(sum, e.field(s, sized, size))
		case *ast.InlineFragment:
			sum = plus(sum, e.selections(s.SelectionSet, sized, size))
		case *ast.FragmentSpread:
			sum = plus(sum, e.spread(s, sized, size))
		}
	}
	return sum
}

func (e *estimate) spread(s *ast.FragmentSpread, sized []string, size int) int {
	at := place{s.Name, strings.Join(sized, " "), size}
	if known, ok := e.memo[at]; ok {
		return known
	}
	sum := e.selections(s.Definition.SelectionSet, sized, size)
	if e.memo != nil {
		e.memo[at] = sum
	}
	return sum
}

func (e *estimate) field(f *ast.Field, sized []string, size int) int {
	switch f.Name {
	case "__schema":
		return e.spend("__schema", wholeSchema)
	case "__type":
		return e.spend("__type", oneType)
	case "__typename":
		return 0
	}
	p := e.model.prices[f.Definition]
	entries, below := e.model.entries(p, f, e.variables)
	if slices.Contains(sized, f.Name) {
		entries = size
	}
	arguments := e.spend(p.coordinate, e.model.arguments(p, f, e.variables))
	outer := e.times
	e.times = times(outer, entries)
	each := plus(e.spend(p.coordinate, p.weight), e.selections(f.SelectionSet, p.sized, below))
	e.times = outer
	return plus(arguments, times(entries, each))
}

// spend notes a cost at its coordinate, for as often as it is there.
func (e *estimate) spend(coordinate string, cost int) int {
	if e.spent != nil && cost > 0 && e.times > 0 {
		e.spent[coordinate] = plus(e.spent[coordinate], times(e.times, cost))
	}
	return cost
}

// entries is how many entries a field has, and how many its sized fields have.
func (m *Model) entries(p price, f *ast.Field, variables map[string]any) (own, below int) {
	size := p.assumed
	if len(p.slicing) > 0 {
		given, asked := f.ArgumentMap(variables), -1
		for _, name := range p.slicing {
			if n, ok := whole(given[name]); ok {
				asked = max(asked, n)
			}
		}
		if asked >= 0 {
			size = asked
		}
	}
	if len(p.sized) > 0 || !p.isList {
		return 1, size
	}
	return size, 0
}

func whole(value any) (int, bool) {
	switch n := value.(type) {
	case int64:
		return int(max(0, min(n, boundless))), true
	case int:
		return max(0, n), true
	case interface{ Int64() (int64, error) }: // json.Number
		wide, err := n.Int64()
		return int(max(0, min(wide, boundless))), err == nil
	}
	return 0, false
}

// arguments prices what is given to a field.
func (m *Model) arguments(p price, f *ast.Field, variables map[string]any) int {
	if !p.takesInput {
		return 0
	}
	sum, given := 0, f.ArgumentMap(variables)
	for _, a := range f.Definition.Arguments {
		if value := given[a.Name]; value != nil {
			sum = plus(sum, m.input(a.Directives, a.Type, value))
		}
	}
	return sum
}

func (m *Model) input(directives ast.DirectiveList, t *ast.Type, value any) int {
	if list, ok := value.([]any); ok && t.Elem != nil {
		sum := 0
		for _, entry := range list {
			sum = plus(sum, m.input(directives, t.Elem, entry))
		}
		return sum
	}
	d := m.schema.Types[t.Name()]
	sum, _ := m.weightOf(directives, d, m.inputs[d]) // New has read each once
	object, ok := value.(map[string]any)
	if !ok || d.Kind != ast.InputObject {
		return sum
	}
	for _, f := range d.Fields {
		if inner := object[f.Name]; inner != nil {
			sum = plus(sum, m.input(f.Directives, f.Type, inner))
		}
	}
	return sum
}

// included reports whether @skip and @include let a selection run.
func included(selection ast.Selection, variables map[string]any) bool {
	var directives ast.DirectiveList
	switch s := selection.(type) {
	case *ast.Field:
		directives = s.Directives
	case *ast.InlineFragment:
		directives = s.Directives
	case *ast.FragmentSpread:
		directives = s.Directives
	}
	for _, d := range directives {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		if on, _ := d.ArgumentMap(variables)["if"].(bool); on == (d.Name == "skip") {
			return false
		}
	}
	return true
}

func plus(a, b int) int { return min(a+b, boundless) }

func times(a, b int) int {
	if a > 0 && b > boundless/a {
		return boundless
	}
	return a * b
}
