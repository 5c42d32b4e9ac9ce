package graph

import (
	"bytes"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

// hidden are directives that only the generator and the prelude know.
var hidden = map[string]bool{"goField": true, "goModel": true, "goTag": true, "goEnum": true, "goExtraField": true, "defer": true}

// SDL prints the whole API as served, types in alphabetical order.
func SDL(schema *ast.Schema) string {
	shown := *schema
	shown.Directives = map[string]*ast.DirectiveDefinition{}
	for name, d := range schema.Directives {
		if !hidden[name] {
			shown.Directives[name] = d
		}
	}
	var out bytes.Buffer
	formatter.NewFormatter(&out, formatter.WithIndent("  ")).FormatSchema(&shown)
	return strings.TrimSpace(out.String())
}
