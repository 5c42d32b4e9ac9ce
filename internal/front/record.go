package front

import (
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/viewer"
)

// Record is what is kept of a request when it has been answered. It holds no
// variables, no body and nothing personal.
type Record struct {
	Began      time.Time
	Took       time.Duration
	Status     int
	Bytes      int // of the answer, before compression
	Viewer     viewer.Viewer
	Operation  string // its name
	Kind       string // query or mutation; empty when no operation was read
	Document   string // the document's SHA-256 in hex
	Ran        bool
	Estimated  int
	Actual     int
	Codes      []string // of its errors, each once
	Deprecated []string // the coordinates of the schema that it used and that are going away
	Statements int
}

func (r *Record) operation(o *ast.OperationDefinition) {
	r.Operation, r.Kind = o.Name, string(o.Operation)
	if len(r.Operation) > longestName {
		r.Operation = r.Operation[:longestName]
	}
}

func (r *Record) errors(list gqlerror.List) {
	seen := map[string]bool{}
	for _, e := range list {
		code := string(fault.CodeOf(e.Extensions))
		if !seen[code] {
			seen[code] = true
			r.Codes = append(r.Codes, code)
		}
	}
}
