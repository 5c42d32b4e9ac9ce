package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"golang.org/x/tools/txtar"

	"github.com/rung-dev/rung/internal/event"
)

// A cell is one thing that must be seen of a mutation. TestStories runs each on
// both engines, and holds what was answered and what happened.
type cell string

const (
	anonymous cell = "anonymous"      // refused without a token
	stranger  cell = "stranger"       // somebody without a part in it learns nothing
	foreign   cell = "another tenant" // a member of another one, or of another side
	missing   cell = "no such id"
	stale     cell = "stale revision"
	illegal   cell = "illegal state"
	invalid   cell = "invalid field"
	replay    cell = "replay"
	conflict  cell = "other arguments"
	done      cell = "done, one event"
)

var cells = []cell{anonymous, stranger, foreign, missing, stale, illegal, invalid, replay, conflict, done}

// TestEveryMutationHasItsCells reads the stories, and demands of every mutation
// of the schema each cell that its input and its state table ask for. What is
// left out stands in exempt with its reason.
func TestEveryMutationHasItsCells(t *testing.T) {
	t.Parallel()
	seen := map[string]map[cell]bool{}
	files, err := filepath.Glob("graph/testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		story, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		read(t, file, story, seen)
	}
	var b strings.Builder
	mutations, shown := table(t, seen, &b)
	compareFile(t, "docs/mutations.md", fmt.Sprintf("# What is shown of each mutation\n\n"+
		"Each cell is a step of a story in `graph/testdata`, which runs on both engines. A dash: the cell does not apply, or its reason "+
		"stands in `mutations_test.go`.\n\n%d mutations, %d cells.\n\n%s", mutations, shown, b.String()), "go test . -run Cells -update")
}

func table(t *testing.T, seen map[string]map[cell]bool, b *strings.Builder) (mutations, shown int) {
	t.Helper()
	b.WriteString("| mutation |")
	for _, c := range cells {
		fmt.Fprintf(b, " %s |", c)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(cells)) + "\n")
	for _, f := range api.Mutation.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		mutations++
		fmt.Fprintf(b, "| `%s` |", f.Name)
		wanted := asked(f)
		for _, c := range cells {
			_, left := exempt[f.Name][c]
			has := seen[f.Name][c]
			switch {
			case has:
				shown++
				b.WriteString(" yes |")
			default:
				b.WriteString(" – |")
			}
			if slices.Contains(wanted, c) && !has && !left {
				t.Errorf("%s: no story shows %q", f.Name, c)
			}
			if left && has {
				t.Errorf("%s: a story shows %q, so the exemption can go", f.Name, c)
			}
		}
		b.WriteString("\n")
	}
	return mutations, shown
}

// asked are the cells that a mutation's input and state table ask for.
func asked(f *ast.FieldDefinition) []cell {
	wanted := []cell{anonymous, stranger, replay, done}
	input := api.Types[f.Arguments.ForName("input").Type.Name()]
	ids, values, moves := false, false, false
	for _, in := range input.Fields {
		switch name := in.Type.Name(); {
		case in.Name == "expectedRevision" || in.Name == "expectedVersion":
			wanted = append(wanted, stale)
			moves = true
		case name == "ID":
			ids = true
		case name != "Boolean" && api.Types[name].Kind != ast.Enum:
			values = true
		}
	}
	if ids {
		wanted = append(wanted, foreign, missing)
	}
	if values {
		wanted = append(wanted, invalid, conflict)
	}
	if moves && hasStates(f.Name) {
		wanted = append(wanted, illegal)
	}
	return wanted
}

// hasStates reports whether some status of some noun forbids the mutation.
func hasStates(name string) bool {
	for _, l := range lives() {
		for _, s := range l.steps {
			if s.name == name && s.refusing != "" {
				return true
			}
		}
	}
	return false
}

var (
	revisionOf = regexp.MustCompile(`\{\{[^}]+\.revision\}\}`)
	idOf       = regexp.MustCompile(`\{\{[^}]+\}\}`)
)

// read notes which cells a story shows.
func read(t *testing.T, file string, story *txtar.Archive, seen map[string]map[cell]bool) {
	t.Helper()
	who, again := "anonymous", false
	var fields []*ast.Field
	var answer string
	for _, part := range story.Files {
		switch part.Name {
		case "as":
			who = strings.TrimSpace(string(part.Data))
		case "request":
			fields, again = mutationsOf(t, file, string(part.Data)), false
		case "again":
			again = true
		case "response":
			answer = string(part.Data)
		case "events":
			for _, f := range fields {
				note(t, file, seen, f, who, answer, string(part.Data), again)
			}
		case "wait", "callback":
			fields = nil
		}
	}
}

// mutationsOf are the root fields of a request that changes something.
func mutationsOf(t *testing.T, file, request string) []*ast.Field {
	t.Helper()
	text := idOf.ReplaceAllString(revisionOf.ReplaceAllString(request, "1"), "x")
	document, err := parser.ParseQuery(&ast.Source{Name: file, Input: text})
	if err != nil {
		return nil // a story of what cannot be read
	}
	var fields []*ast.Field
	for _, o := range document.Operations {
		if o.Operation == ast.Mutation {
			for _, s := range o.SelectionSet {
				if f, ok := s.(*ast.Field); ok {
					fields = append(fields, f)
				}
			}
		}
	}
	return fields
}

type refusal struct {
	Code       string
	Path       []string
	Extensions struct{ Code string }
}

// note takes down what one answer shows of a mutation.
func note(t *testing.T, file string, seen map[string]map[cell]bool, f *ast.Field, who, answer, events string, again bool) {
	t.Helper()
	var a struct {
		Data       map[string]*struct{ UserErrors []refusal }
		Errors     []refusal
		Extensions struct{ Idempotency *json.RawMessage }
	}
	if err := json.Unmarshal([]byte(answer), &a); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if seen[f.Name] == nil {
		seen[f.Name] = map[cell]bool{}
	}
	show := func(c cell) { seen[f.Name][c] = true }
	name := f.Alias
	for _, e := range a.Errors {
		refusals(show, who, e.Extensions.Code)
	}
	payload := a.Data[name]
	if payload == nil {
		return
	}
	for _, e := range payload.UserErrors {
		refusals(show, who, e.Code)
		if e.Code == "INVALID_VALUE" && len(e.Path) == 0 {
			t.Errorf("%s: %s refuses a value and does not say which", file, f.Name)
		}
	}
	if len(payload.UserErrors) > 0 && strings.TrimSpace(events) != "" && len(a.Data) == 1 {
		t.Errorf("%s: %s was refused, and still something happened: %s", file, f.Name, events)
	}
	if len(payload.UserErrors) > 0 {
		return
	}
	if again {
		show(replay)
		if strings.TrimSpace(events) != "" {
			t.Errorf("%s: %s happened again: %s", file, f.Name, events)
		}
		return
	}
	if own := ownKinds(f.Name); slices.ContainsFunc(own, func(kind string) bool { return strings.Count("\n"+events, "\n"+kind+" ") >= 1 }) {
		show(done)
	}
}

// refusals notes what a code shows, by whoever got it.
func refusals(show func(cell), who, code string) {
	isStranger := who == "stranger" || who == "anonymous"
	switch code {
	case "UNAUTHENTICATED":
		show(anonymous)
	case "INSUFFICIENT_SCOPE":
		if isStranger {
			show(stranger)
		} else {
			show(foreign)
		}
	case "NOT_PERMITTED":
		if isStranger {
			show(stranger)
		} else {
			show(foreign)
		}
	case "NOT_FOUND":
		show(missing)
		if isStranger {
			show(stranger)
		} else {
			show(foreign)
		}
	case "STALE_REVISION":
		show(stale)
	case "ILLEGAL_TRANSITION", "WINDOW_CLOSED", "ALREADY_EXISTS":
		show(illegal)
	case "INVALID_VALUE", "INVALID_INPUT":
		show(invalid)
	case "IDEMPOTENCY_CONFLICT":
		show(conflict)
	}
}

// ownKinds are the kinds of event that are a mutation's own.
func ownKinds(mutation string) []string {
	var kinds []string
	for kind, cause := range event.Causes() {
		if cause.Mutation == mutation || slices.Contains(strings.Fields(cause.Also), mutation) {
			kinds = append(kinds, string(kind))
		}
	}
	return kinds
}

// exempt says which cells a mutation goes without, and why.
var exempt = map[string]map[cell]string{
	"registerEmployer":  {stranger: anybody},
	"openTalentProfile": {stranger: anybody},
	"openSandbox": {
		stranger: anybody,
		replay:   inSandbox, conflict: inSandbox, done: inSandbox,
	},
	"advanceSandboxClock": {foreign: inSandbox, replay: inSandbox, conflict: inSandbox, done: inSandbox},
	"closeSandbox":        {foreign: inSandbox, replay: inSandbox, done: inSandbox},
	"markNotificationsRead": {
		stranger: "a newcomer has not been told of anything, and TestNotifications has one", replay: asNotified, done: asNotified,
	},
	"removePortfolioItem":           {illegal: "what was removed is seen by nobody, so removing it again finds nothing"},
	"revisePortfolioItem":           {illegal: "it can be revised while it is there"},
	"configureInstitution":          {illegal: "it is refused before a career office is opened, when nobody can act for it"},
	"completeUpload":                {replay: asSent, done: asSent},
	"submitMicroProjectForApproval": {invalid: "its one text is optional, and read in the room's tests"},
}

const (
	anybody    = "whoever has signed in may do this"
	inSandbox  = "TestASandboxIsAWorldOfItsOwn shows it: the ids of a sandbox have no names in a story"
	asSent     = "TestAFileIsSentHandedInAndFetched shows it: a story cannot send bytes"
	asNotified = "TestNotifications shows it: notifications have no names in a story"
)
