package cost

import (
	"github.com/vektah/gqlparser/v2/ast"
)

// Actual is what an operation did cost: the same prices, for the entries that
// are in the answer. data is the JSON that the executor wrote.
func (m *Model) Actual(o *ast.OperationDefinition, variables map[string]any, data []byte) int {
	p := &planner{model: m, variables: variables}
	root := &plan{fields: map[string]*plan{}}
	p.add(root, o.SelectionSet)
	r := &reader{data: data}
	return r.value(root)
}

// plan is what the fields of an answer cost, by the names under which they
// stand in it.
type plan struct {
	weight    int // of each entry
	arguments int // of each time the field is asked
	fields    map[string]*plan
}

type planner struct {
	model     *Model
	variables map[string]any
}

func (p *planner) add(to *plan, set ast.SelectionSet) {
	for _, selection := range set {
		if !included(selection, p.variables) {
			continue
		}
		switch s := selection.(type) {
		case *ast.Field:
			p.field(to, s)
		case *ast.InlineFragment:
			p.add(to, s.SelectionSet)
		case *ast.FragmentSpread:
			p.add(to, s.Definition.SelectionSet)
		}
	}
}

// field plans one field. Under one name several can stand, on objects of
// different types: the dearest counts.
func (p *planner) field(to *plan, f *ast.Field) {
	own := to.fields[f.Alias]
	if own == nil {
		own = &plan{fields: map[string]*plan{}}
		to.fields[f.Alias] = own
	}
	switch f.Name {
	case "__schema":
		own.arguments = wholeSchema
		return // its own lists cost nothing more
	case "__type":
		own.arguments = oneType
		return
	}
	price := p.model.prices[f.Definition]
	own.weight = max(own.weight, price.weight)
	own.arguments = max(own.arguments, p.model.arguments(price, f, p.variables))
	p.add(own, f.SelectionSet)
}

// reader goes through JSON that is known to be valid.
type reader struct {
	data []byte
	at   int
}

// value reads one value and returns what it cost. Without a plan it costs
// nothing.
func (r *reader) value(p *plan) int {
	if r.at >= len(r.data) {
		return 0
	}
	switch r.data[r.at] {
	case '{':
		return r.object(p)
	case '[':
		return r.list(p)
	case '"':
		r.text()
	case 'n':
		r.word()
		return 0
	default:
		r.word()
	}
	if p == nil {
		return 0
	}
	return p.weight
}

func (r *reader) object(p *plan) int {
	sum := 0
	if p != nil {
		sum = p.weight
	}
	for r.at++; r.at < len(r.data); {
		switch r.data[r.at] {
		case '}':
			r.at++
			return sum
		case '"':
			name := r.text()
			r.at++ // the colon
			var below *plan
			if p != nil {
				below = p.fields[string(name)]
			}
			if below != nil {
				sum += below.arguments
			}
			sum += r.value(below)
		default:
			r.at++ // a comma
		}
	}
	return sum
}

func (r *reader) list(p *plan) int {
	sum := 0
	for r.at++; r.at < len(r.data); {
		switch r.data[r.at] {
		case ']':
			r.at++
			return sum
		case ',':
			r.at++
		default:
			sum += r.value(p)
		}
	}
	return sum
}

// text reads a string and returns what stands between its quotes.
func (r *reader) text() []byte {
	r.at++
	from := r.at
	for r.at < len(r.data) && r.data[r.at] != '"' {
		if r.data[r.at] == '\\' {
			r.at++
		}
		r.at++
	}
	out := r.data[from:min(r.at, len(r.data))]
	r.at++
	return out
}

// word reads a number, true, false or null.
func (r *reader) word() {
	for r.at < len(r.data) {
		switch r.data[r.at] {
		case ',', ']', '}':
			return
		}
		r.at++
	}
}
