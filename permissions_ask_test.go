//go:build !race

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	gql "github.com/vektah/gqlparser/v2/ast"

	"github.com/rung-dev/rung/internal/gid"
)

// shape is a field of a document, and how its answer is read.
type shape struct {
	field      string
	coordinate string
	arguments  string
	links      bool     // it leads to things with ids
	pages      bool     // by way of a connection
	below      []*shape // of a value that has no id
}

// given are the values of arguments that a field cannot do without.
var given = map[string]string{
	"TalentProfile.taxYear": "(year: 2026)",
}

// deepest is how far values within values are read.
const deepest = 5

// shapesOf are all fields of a type, in a document that reads whatever is there.
func shapesOf(kind string, depth int) []*shape {
	var fields []*shape
	for _, f := range api.Types[kind].Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		coordinate := kind + "." + f.Name
		s := &shape{field: f.Name, coordinate: coordinate, arguments: given[coordinate]}
		result := api.Types[f.Type.Name()]
		switch {
		case result.Kind == gql.Scalar || result.Kind == gql.Enum:
		case result.Fields.ForName("pageInfo") != nil:
			s.pages, s.links, s.arguments = true, true, "(first: 20)"
		case leads(result):
			s.links = true
		case depth == 0:
			continue
		default:
			if s.below = shapesOf(result.Name, depth-1); len(s.below) == 0 {
				continue
			}
		}
		fields = append(fields, s)
	}
	return fields
}

// leads: what a field of the type answers has an id of its own.
func leads(d *gql.Definition) bool {
	if d.Kind == gql.Object {
		return slices.Contains(d.Interfaces, "Node")
	}
	possible := api.PossibleTypes[d.Name]
	return len(possible) > 0 && !slices.ContainsFunc(possible, func(p *gql.Definition) bool { return !leads(p) })
}

func (s *shape) print(b *strings.Builder) {
	b.WriteString(" " + s.field + s.arguments)
	switch {
	case s.pages:
		b.WriteString(" { nodes { ...I } totalCount { value } }")
	case s.links:
		b.WriteString(" { ...I }")
	case s.below != nil:
		b.WriteString(" {")
		for _, below := range s.below {
			below.print(b)
		}
		b.WriteString(" }")
	}
}

// weight is about how many leaves a field has.
func (s *shape) weight() int {
	n := 1
	for _, below := range s.below {
		n += below.weight()
	}
	return n
}

const linkFragment = " fragment I on Node { id }"

// documentsFor are documents that together read all of a type, each about as much
// as one person would ask for.
func documentsFor(kind string) (documents []string) {
	var b strings.Builder
	n := 0
	flush := func() {
		if n > 0 {
			documents = append(documents, fmt.Sprintf(" fragment F on %s {%s }", kind, b.String())+linkFragment)
		}
		b.Reset()
		n = 0
	}
	for _, s := range shapesOf(kind, deepest) {
		if n > 0 && n+s.weight() > 40 {
			flush()
		}
		s.print(&b)
		n += s.weight()
	}
	flush()
	for i, document := range documents {
		if !strings.Contains(document, "...I") {
			documents[i] = strings.TrimSuffix(document, linkFragment)
		}
	}
	return documents
}

// sight is what one person saw of one thing: by coordinate, whether there was
// something, and what it led to.
type glimpse struct {
	there bool            // the thing itself
	seen  map[string]bool // coordinates with a value
	led   map[string][]gid.ID
}

// look asks for things of one type as somebody.
func (s *site) look(t testing.TB, who, kind string, things []*thing, heard func(document string, answer []byte)) map[gid.ID]*glimpse {
	t.Helper()
	all := map[gid.ID]*glimpse{}
	for _, x := range things {
		all[x.id] = &glimpse{seen: map[string]bool{}, led: map[string][]gid.ID{}}
	}
	shapes := shapesOf(kind, deepest)
	for _, document := range documentsFor(kind) {
		for some := range slices.Chunk(things, 10) {
			for i, node := range s.nodes(t, who, document, some, heard) {
				if node != nil {
					g := all[some[i].id]
					g.there = true
					for _, shape := range shapes {
						g.read(shape, node[shape.field])
					}
				}
			}
		}
	}
	return all
}

// nodes asks for some things, in two halves where all at once would cost too much.
func (s *site) nodes(t testing.TB, who, document string, some []*thing, heard func(document string, answer []byte)) []map[string]any {
	t.Helper()
	var roots strings.Builder
	for i, x := range some {
		fmt.Fprintf(&roots, " n%d: node(id: %q) { id ...F }", i, x.id)
	}
	a := s.ask(t, who, "{"+roots.String()+" }"+document, nil)
	if half := len(some) / 2; half > 0 && bytes.Contains(a.Errors, []byte("QUERY_TOO_EXPENSIVE")) {
		return append(s.nodes(t, who, document, some[:half], heard), s.nodes(t, who, document, some[half:], heard)...)
	}
	heard(document, a.body)
	var data map[string]map[string]any
	if err := json.Unmarshal(a.Data, &data); err != nil || len(data) != len(some) {
		t.Fatalf("%s asks %s: %s", who, document, a.body)
	}
	nodes := make([]map[string]any, len(some))
	for i := range some {
		nodes[i] = data[fmt.Sprintf("n%d", i)]
	}
	return nodes
}

// read takes down what a field answered.
func (g *glimpse) read(s *shape, value any) {
	switch v := value.(type) {
	case nil:
		return
	case []any:
		for _, one := range v {
			g.read(s, one)
		}
		return
	case map[string]any:
		g.seen[s.coordinate] = true
		switch {
		case s.pages:
			nodes, _ := v["nodes"].([]any)
			for _, node := range nodes {
				g.leadsTo(s.coordinate, node)
			}
		case s.links:
			g.leadsTo(s.coordinate, v)
		}
		for _, below := range s.below {
			g.read(below, v[below.field])
		}
	default:
		g.seen[s.coordinate] = true
	}
}

func (g *glimpse) leadsTo(coordinate string, node any) {
	fields, _ := node.(map[string]any)
	text, _ := fields["id"].(string)
	if id, err := gid.Parse(text); err == nil {
		g.led[coordinate] = append(g.led[coordinate], id)
	}
}
