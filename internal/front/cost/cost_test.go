package cost_test

import (
	"slices"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rung-dev/rung/internal/front/cost"
)

var schema = gqlparser.MustLoadSchema(&ast.Source{Input: `
	directive @cost(weight: String!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
	directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
	type Query { one: A  page(first: Int, last: Int, filter: F): C @listSize(assumedSize: 20, slicingArguments: ["first", "last"], sizedFields: ["nodes"]) }
	type Mutation { do(input: F!): A @cost(weight: "10") }
	type A { name: String  dear: String @cost(weight: "3")  next: A  few: [A!]! @listSize(assumedSize: 4) }
	type C { nodes: [A!]!  total: T @cost(weight: "20") }
	type T { value: Int }
	input F { text: String  all: [F!] }`})

func TestCost(t *testing.T) {
	t.Parallel()
	model, err := cost.New(schema)
	if err != nil {
		t.Fatal(err)
	}
	for document, c := range map[string]struct {
		variables         map[string]any
		data              string
		estimated, actual int
	}{
		`{ one { name } }`:               {nil, `{"one":{"name":"x"}}`, 1, 1},
		`{ one { name } __typename }`:    {nil, `{"one":null,"__typename":"Query"}`, 1, 0},
		`{ one { dear next { dear } } }`: {nil, `{"one":{"dear":"a\"}","next":{"dear":null}}}`, 8, 5},
		`{ page { nodes { name } } }`:    {nil, `{"page":{"nodes":[{"name":"x"},{"name":"y"}]}}`, 21, 3},
		`{ page(first: 3) { nodes { name few { name } } total { value } } }`: {nil,
			`{"page":{"nodes":[{"name":"x","few":[{"name":"[]"}]}],"total":{"value":1}}}`, 1 + 3*5 + 20, 1 + 2 + 20},
		`query($n: Int) { page(last: $n) { nodes { name } } }`: {map[string]any{"n": int64(7)}, `{"page":{"nodes":[]}}`, 8, 1},
		`query($s: Boolean!) { one @skip(if: $s) { name } }`:   {map[string]any{"s": true}, `{}`, 0, 0},
		`{ page { ...P } } fragment P on C { nodes { name } }`: {nil, `{"page":{"nodes":[{"name":"x"}]}}`, 21, 2},
		`mutation($f: F!) { do(input: $f) { name } }`: {
			map[string]any{"f": map[string]any{"text": "x", "all": []any{map[string]any{}, map[string]any{}}}}, `{"do":{"name":"x"}}`, 13, 13},
		`{ __schema { types { name } } }`: {nil, `{"__schema":{"types":[{"name":"A"},{"name":"C"}]}}`, 100, 100},
	} {
		o := gqlparser.MustLoadQueryWithRules(schema, document, nil).Operations[0]
		if got := model.Estimate(o, c.variables); got != c.estimated {
			t.Errorf("%s is estimated at %d, want %d", document, got, c.estimated)
		}
		if got := model.Actual(o, c.variables, []byte(c.data)); got != c.actual {
			t.Errorf("%s did cost %d, want %d", document, got, c.actual)
		}
	}
}

func TestDearest(t *testing.T) {
	t.Parallel()
	model, err := cost.New(schema)
	if err != nil {
		t.Fatal(err)
	}
	o := gqlparser.MustLoadQueryWithRules(schema, `{ page(first: 10) { nodes { dear few { name } } total { value } } }`, nil).Operations[0]
	got := model.Dearest(o, nil, 3)
	want := []cost.Item{{"A.few", 40}, {"A.dear", 30}, {"C.total", 20}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	nobody := gqlparser.MustLoadQueryWithRules(schema, `{ page(first: 0) { nodes { dear } } }`, nil).Operations[0]
	if got := model.Dearest(nobody, nil, 3); !slices.Equal(got, []cost.Item{{"Query.page", 1}}) {
		t.Errorf("an empty page costs %v", got)
	}
}

func TestNewRefusesAPriceThatIsNone(t *testing.T) {
	t.Parallel()
	for _, weight := range []string{"-1", "much", "NaN"} {
		broken := gqlparser.MustLoadSchema(&ast.Source{Input: `
			directive @cost(weight: String!) on FIELD_DEFINITION
			type Query { a: Int @cost(weight: "` + weight + `") }`})
		if _, err := cost.New(broken); err == nil {
			t.Errorf("a weight of %q is taken", weight)
		}
	}
}
