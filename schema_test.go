package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	gql "github.com/vektah/gqlparser/v2/ast"

	"github.com/rung-dev/rung/graph"
	"github.com/rung-dev/rung/internal/cli"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
)

var api = cli.Schema(&graph.Resolver{}).Schema()

// compareFile holds a text against a file that a command or -update writes.
func compareFile(t *testing.T, file, got, mend string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is stale; %s\n%s", file, mend, difference(string(want), got))
	}
}

func TestTheContractIsPrinted(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile("schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	if got := graph.SDL(api) + "\n"; got != string(want) {
		t.Errorf("schema.graphqls is stale; run make generate\n%s", difference(string(want), got))
	}
}

func TestTheSettingsAreDocumented(t *testing.T) {
	t.Parallel()
	compareFile(t, "docs/settings.md", config.Markdown(), "run: go test . -run Settings -update")
}

// ours are the types that clients meet, without GraphQL's own.
func ours() []*gql.Definition {
	var types []*gql.Definition
	for name, d := range api.Types {
		if !strings.HasPrefix(name, "__") && !d.BuiltIn {
			types = append(types, d)
		}
	}
	slices.SortFunc(types, func(a, b *gql.Definition) int { return strings.Compare(a.Name, b.Name) })
	return types
}

func TestEveryElementIsDescribed(t *testing.T) {
	t.Parallel()
	missing := func(coordinate, description string) {
		if strings.TrimSpace(description) == "" {
			t.Errorf("%s has no description", coordinate)
		}
	}
	for _, d := range ours() {
		if d.Name != "Query" && d.Name != "Mutation" {
			missing(d.Name, d.Description)
		}
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			missing(d.Name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				missing(fmt.Sprintf("%s.%s(%s:)", d.Name, f.Name, a.Name), a.Description)
			}
		}
		for _, v := range d.EnumValues {
			missing(d.Name+"."+v.Name, v.Description)
		}
	}
}

func TestEveryMutationKeepsTheConventions(t *testing.T) {
	t.Parallel()
	causedBy := map[string][]event.Kind{}
	for kind, cause := range event.Causes() {
		if (cause.Mutation == "") == (cause.Because == "") {
			t.Errorf("%s has a mutation or another cause, and not both", kind)
		}
		if cause.Mutation != "" {
			causedBy[cause.Mutation] = append(causedBy[cause.Mutation], kind)
		}
		if cause.Also != "" {
			causedBy[cause.Also] = append(causedBy[cause.Also], kind)
		}
	}
	for _, f := range api.Mutation.Fields {
		base := strings.ToUpper(f.Name[:1]) + f.Name[1:]
		if f.Type.NonNull {
			t.Errorf("%s must be nullable: a failure elsewhere must not erase its answer", f.Name)
		}
		if len(f.Arguments) != 1 || f.Arguments[0].Type.String() != base+"Input!" || f.Type.Name() != base+"Payload" {
			t.Errorf("%s takes one input of its own and answers a payload of its own", f.Name)
		}
		if api.Types[base+"Payload"].Fields.ForName("userErrors").Type.String() != "[UserError!]!" {
			t.Errorf("%s tells userErrors", f.Name)
		}
		for _, directive := range []string{"access", "cost"} {
			if f.Directives.ForName(directive) == nil {
				t.Errorf("%s lacks @%s", f.Name, directive)
			}
		}
		if len(causedBy[f.Name]) != 1 {
			t.Errorf("%s has %d events of its own, want 1", f.Name, len(causedBy[f.Name]))
		}
		delete(causedBy, f.Name)
	}
	for mutation, kinds := range causedBy {
		t.Errorf("%v is caused by %s, which is no mutation", kinds, mutation)
	}
}

func TestAccessStandsOnlyOnFields(t *testing.T) {
	t.Parallel()
	for _, d := range ours() {
		if d.Directives.ForName("access") != nil {
			t.Errorf("@access on %s would be skipped; put it on fields", d.Name)
		}
	}
}

func TestEveryListThatCanGrowIsAConnection(t *testing.T) {
	t.Parallel()
	for _, d := range ours() {
		if d.Kind != gql.Object || strings.HasSuffix(d.Name, "Connection") {
			continue
		}
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") || f.Type.Elem == nil || f.Directives.ForName("listSize") != nil {
				continue
			}
			element := api.Types[f.Type.Name()]
			if element.Kind == gql.Object && d.Name+"."+f.Name != "Evaluation.competencies" && f.Name != "reasons" {
				t.Errorf("%s.%s is a list of %s without @listSize: say how long it can be, or make it a connection", d.Name, f.Name, element.Name)
			}
		}
	}
}

// TestNoFieldIsReadRowByRow refuses a resolver that takes a single parent: it
// would ask the database once for each row of a page.
func TestNoFieldIsReadRowByRow(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("graph/*.resolvers.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no resolver files:", err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range parsed.Decls {
			f, ok := declared.(*ast.FuncDecl)
			if !ok || f.Recv == nil || len(f.Type.Params.List) < 2 {
				continue
			}
			receiver := f.Recv.List[0].Type.(*ast.StarExpr).X.(*ast.Ident).Name
			if receiver == "queryResolver" || receiver == "mutationResolver" || receiver == "Resolver" {
				continue
			}
			if _, batch := f.Type.Params.List[1].Type.(*ast.ArrayType); !batch {
				t.Errorf("%s: %s.%s takes one parent; make it a batch resolver", file, receiver, f.Name.Name)
			}
		}
	}
}

// TestBoundTypes lists which Go package each object and input is bound to, so
// that a new export never takes a type over unseen.
func TestBoundTypes(t *testing.T) {
	t.Parallel()
	compareFile(t, "docs/bound-types.txt", strings.Join(boundTypes(t), "\n")+"\n", "read what changed, then run: go test . -run BoundTypes -update")
}

// boundTypes reads the generated marshalers: each names its Go type.
func boundTypes(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("graph/gen/exec/*.go")
	if err != nil {
		t.Fatal(err)
	}
	bound := map[string]string{}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		imports := map[string]string{}
		for _, i := range parsed.Imports {
			path := strings.Trim(i.Path.Value, `"`)
			name := path[strings.LastIndex(path, "/")+1:]
			if i.Name != nil {
				name = i.Name.Name
			}
			imports[name] = path
		}
		for _, declared := range parsed.Decls {
			f, ok := declared.(*ast.FuncDecl)
			if !ok {
				continue
			}
			for name, goType := range boundBy(f) {
				pkg, rest, found := strings.Cut(goType, ".")
				if path := imports[pkg]; found && path != "" {
					bound[name] = strings.TrimPrefix(path, module+"/") + "." + rest
				}
			}
		}
	}
	var lines []string
	for name, goType := range bound {
		lines = append(lines, name+" "+goType)
	}
	slices.Sort(lines)
	return lines
}

// boundBy is the SDL type that a generated function writes or reads, with its Go type.
func boundBy(f *ast.FuncDecl) map[string]string {
	name := f.Name.Name
	for _, d := range ours() {
		var at int
		switch {
		case d.Kind == gql.Object && name == "_"+d.Name && len(f.Type.Params.List) == 3:
			at = 2
		case d.Kind == gql.InputObject && name == "unmarshalInput"+d.Name && f.Type.Results != nil:
			return map[string]string{d.Name: typeText(f.Type.Results.List[0].Type)}
		default:
			continue
		}
		return map[string]string{d.Name: typeText(f.Type.Params.List[at].Type)}
	}
	return nil
}

func typeText(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.StarExpr:
		return typeText(x.X)
	case *ast.SelectorExpr:
		return typeText(x.X) + "." + x.Sel.Name
	case *ast.IndexExpr:
		return typeText(x.X) + "[" + strings.TrimPrefix(typeText(x.Index), "*") + "]"
	case *ast.Ident:
		return x.Name
	}
	return reflect.TypeOf(e).String()
}

// TestEveryCodeIsExplained holds docs/errors.md, where each error sends its
// reader, against the codes of the schema.
func TestEveryCodeIsExplained(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("docs/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	explained := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if heading, found := strings.CutPrefix(line, "### "); found {
			explained[strings.TrimSpace(heading)] = true
		}
	}
	for _, code := range api.Types["ErrorCode"].EnumValues {
		if !explained[code.Name] {
			t.Errorf("docs/errors.md does not explain %s", code.Name)
		}
		delete(explained, code.Name)
		if _, anchor, _ := strings.Cut(fault.Docs(fault.Code(code.Name)), "#"); anchor != strings.ToLower(code.Name) {
			t.Errorf("%s sends its reader to #%s", code.Name, anchor)
		}
	}
	if len(explained) > 0 {
		t.Errorf("docs/errors.md explains %v, which are no codes", slices.Sorted(maps.Keys(explained)))
	}
}
