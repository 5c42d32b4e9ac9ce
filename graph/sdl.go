package graph

import (
	"bytes"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

// hidden are directives that only the generator and the prelude know.
var hidden = map[string]bool{"goField": true, "goModel": true, "goTag": true, "goEnum": true, "goExtraField": true, "defer": true}

// Served is a schema without the directives that clients can neither use nor
// see. In one that has @defer, asking for it would answer nulls.
func Served(schema *ast.Schema) *ast.Schema {
	shown := *schema
	shown.Directives = map[string]*ast.DirectiveDefinition{}
	for name, d := range schema.Directives {
		if !hidden[name] {
			shown.Directives[name] = d
		}
	}
	return &shown
}

// SDL prints the whole API as served, types in alphabetical order.
func SDL(schema *ast.Schema) string {
	var out bytes.Buffer
	formatter.NewFormatter(&out, formatter.WithIndent("  ")).FormatSchema(schema)
	return strings.TrimSpace(out.String())
}
