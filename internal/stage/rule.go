package stage

import (
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// Who is a viewer without a row, with what their role includes.
func Who(kind viewer.Kind, role viewer.Role, org gid.ID) viewer.Viewer {
	return viewer.Viewer{Kind: kind, World: gid.LiveWorld, Org: org, Role: role, Scopes: viewer.ScopesOf(role)}
}

// CodeOf is the one code that a rule answers with, or none where it allows.
func CodeOf(t testing.TB, err error) fault.Code {
	t.Helper()
	if err == nil {
		return ""
	}
	told, ok := fault.UserErrors(err)
	if !ok || len(told) != 1 {
		t.Fatalf("it answered %v, want one foreseen error", err)
	}
	return told[0].GetCode()
}

// Answers compares what a rule answers first with a code and an input field; no
// code means that it allows.
func Answers(t testing.TB, err error, code fault.Code, path string) {
	t.Helper()
	told, _ := fault.UserErrors(err)
	switch {
	case code == "" && err == nil:
	case code == "" || len(told) == 0:
		t.Errorf("got %v, want %q", err, code)
	case told[0].GetCode() != code || strings.Join(told[0].GetPath(), ".") != path:
		t.Errorf("got %v about %v, want %s about %q", err, told[0].GetPath(), code, path)
	}
}
