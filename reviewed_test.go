package main

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite what tests compare with; read the diff")

const reviewedFile = "docs/reviewed-system-uses.txt"

// TestEveryLookBeyondTheViewerIsReviewed compares every use of viewer.System
// and tx.System, with its reason, with the list that people have reviewed.
func TestEveryLookBeyondTheViewerIsReviewed(t *testing.T) {
	t.Parallel()
	got := strings.Join(systemUses(t), "\n") + "\n"
	if *update {
		if err := os.WriteFile(reviewedFile, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(reviewedFile)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is stale. Review the new uses, then run: go test . -run Reviewed -update\ngot:\n%swant:\n%s", reviewedFile, got, want)
	}
}

func systemUses(t *testing.T) []string {
	t.Helper()
	var uses []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != "." || d.Name() == "gen") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 {
				return true
			}
			called, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || called.Sel.Name != "System" {
				return true
			}
			reason := "a reason that is no plain text"
			if text, ok := call.Args[0].(*ast.BasicLit); ok {
				reason = text.Value
			}
			uses = append(uses, filepath.ToSlash(path)+": "+reason)
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(uses)
	return uses
}
