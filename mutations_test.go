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
// both engines, and holds what was answered and what happened. One answer shows
// one cell.
type cell string

const (
	anonymous cell = "anonymous"      // refused without a token
	stranger  cell = "stranger"       // somebody without a part in it learns nothing
	foreign   cell = "another tenant" // a member of another one finds nothing, or is of a side that never may
	scopeless cell = "scope refused"  // a party to it, whose role lacks the scope
	missing   cell = "no such id"
	stale     cell = "stale revision"
	illegal   cell = "illegal state"
	invalid   cell = "invalid field"
	capped    cell = "over a cap"
	late      cell = "after a deadline"
	replay    cell = "replay"
	conflict  cell = "other arguments"
	done      cell = "done, one event"
)

var cells = []cell{anonymous, stranger, foreign, scopeless, missing, stale, illegal, invalid, capped, late, replay, conflict, done}

// TestEveryMutationHasItsCells reads the stories, and demands of every mutation
// of the schema each cell that its input, its state table and the limits ask for.
// What is left out stands in exempt with its reason.
func TestEveryMutationHasItsCells(t *testing.T) {
	t.Parallel()
	replies := readStories(t)
	shown := &gallery{seen: map[string]map[cell]bool{}, example: map[string]string{}, heard: map[string]map[string]bool{}}
	for _, r := range replies {
		shown.hear(r)
	}
	for _, r := range replies {
		shown.note(t, r)
	}
	var b strings.Builder
	mutations, count := shown.table(t, &b)
	compareFile(t, "docs/mutations.md", fmt.Sprintf("# What is shown of each mutation\n\n"+
		"Each cell is a step of a story in `graph/testdata`, which runs on both engines; the example is a story that does it. "+
		"A dash: the cell does not apply, or its reason stands in `mutations_test.go`.\n\n%d mutations, %d cells.\n\n%s",
		mutations, count, b.String()), "go test . -run Cells -update")
}

// gallery is what the stories show of each mutation.
type gallery struct {
	seen    map[string]map[cell]bool
	example map[string]string          // the story that does it
	heard   map[string]map[string]bool // the parties that hear of it
}

func (g *gallery) table(t *testing.T, b *strings.Builder) (mutations, count int) {
	t.Helper()
	b.WriteString("| mutation | example |")
	for _, c := range cells {
		fmt.Fprintf(b, " %s |", c)
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(cells)) + "\n")
	for _, f := range api.Mutation.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		mutations++
		fmt.Fprintf(b, "| `%s` | %s |", f.Name, g.exampleOf(t, f.Name))
		wanted := g.asked(f)
		for _, c := range cells {
			_, left := exempt[f.Name][c]
			has := g.seen[f.Name][c]
			if has {
				count++
				b.WriteString(" yes |")
			} else {
				b.WriteString(" – |")
			}
			if slices.Contains(wanted, c) && !has && !left {
				t.Errorf("%s: no story shows %q", f.Name, c)
			}
			if left && has {
				t.Errorf("%s: a story shows %q, so the exemption can go", f.Name, c)
			}
			if has && (c == capped && limits[f.Name] == "" || c == late && deadlines[f.Name] == "") {
				t.Errorf("%s: a story shows %q: name the line of docs/limits.md", f.Name, c)
			}
		}
		b.WriteString("\n")
	}
	return mutations, count
}

// exampleOf links what shows the mutation done.
func (g *gallery) exampleOf(t *testing.T, name string) string {
	t.Helper()
	if story := g.example[name]; story != "" {
		return fmt.Sprintf("[%s](../graph/testdata/%s.txtar)", story, story)
	}
	if test := elsewhere[exempt[name][done]]; test != "" {
		return fmt.Sprintf("[%s](../%s)", test, test)
	}
	t.Errorf("%s: no story does it", name)
	return "–"
}

// asked are the cells that a mutation's input, its state table and the limits
// ask for.
func (g *gallery) asked(f *ast.FieldDefinition) []cell {
	wanted := []cell{anonymous, stranger, replay, done}
	input := api.Types[f.Arguments.ForName("input").Type.Name()]
	ids, values := false, false
	for _, in := range input.Fields {
		switch name := in.Type.Name(); {
		case in.Name == "expectedRevision" || in.Name == "expectedVersion":
			wanted = append(wanted, stale)
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
	if hasStates(f.Name) {
		wanted = append(wanted, illegal)
	}
	if g.someParty(f.Name, func(of side) bool { return !of.allMay(scopesFor(f)) }) {
		wanted = append(wanted, scopeless)
	}
	if limits[f.Name] != "" {
		wanted = append(wanted, capped)
	}
	if deadlines[f.Name] != "" {
		wanted = append(wanted, late)
	}
	return wanted
}

func (g *gallery) someParty(name string, holds func(side) bool) bool {
	for party := range g.heard[name] {
		if of, known := sideOf(party); known && holds(of) {
			return true
		}
	}
	return false
}

// scopesFor are the sets of scopes of which one lets somebody ask for a mutation.
func scopesFor(f *ast.FieldDefinition) [][]string {
	var sets [][]string
	for _, set := range f.Directives.ForName("access").Arguments.ForName("scopes").Value.Children {
		var scopes []string
		for _, scope := range set.Value.Children {
			scopes = append(scopes, scope.Value.Raw)
		}
		sets = append(sets, scopes)
	}
	return sets
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
	partyOf    = regexp.MustCompile(`\{\{([a-z0-9-]+)\}\}`)
)

// reply is what one mutation of a request was answered, and what happened.
type reply struct {
	story, who, request, answer, events string
	field                               *ast.Field
	again                               bool
}

// readStories reads the mutations of every story.
func readStories(t *testing.T) (replies []reply) {
	t.Helper()
	files, err := filepath.Glob("graph/testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		story, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := reply{story: strings.TrimSuffix(filepath.Base(file), ".txtar"), who: "anonymous"}
		var fields []*ast.Field
		for _, part := range story.Files {
			switch part.Name {
			case "as":
				r.who = strings.TrimSpace(string(part.Data))
			case "request":
				r.request, r.again = string(part.Data), false
				fields = mutationsOf(t, file, r.request)
			case "again":
				r.again = true
			case "response":
				r.answer = string(part.Data)
			case "events":
				r.events = string(part.Data)
				for _, r.field = range fields {
					replies = append(replies, r)
				}
			case "wait", "callback":
				fields = nil
			}
		}
	}
	return replies
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
	Extensions struct {
		Code           string
		RequiredScopes [][]string
	}
	CurrentStatus  string
	AllowedActions *[]string
}

type payload struct {
	Data       map[string]*struct{ UserErrors []refusal }
	Errors     []refusal
	Extensions struct{ Idempotency *json.RawMessage }
}

func (r reply) read(t *testing.T) payload {
	t.Helper()
	var p payload
	if err := json.Unmarshal([]byte(r.answer), &p); err != nil {
		t.Fatalf("%s: %v", r.story, err)
	}
	return p
}

// isDone reports whether the mutation's own event happened.
func (r reply) isDone() bool {
	return !r.again && slices.ContainsFunc(ownKinds(r.field.Name), func(kind string) bool {
		return strings.Contains("\n"+r.events, "\n"+kind+" ")
	})
}

// hear notes who heard of a mutation that was done.
func (g *gallery) hear(r reply) {
	if !r.isDone() {
		return
	}
	if g.heard[r.field.Name] == nil {
		g.heard[r.field.Name] = map[string]bool{}
	}
	for line := range strings.Lines(r.events) {
		_, heard, _ := strings.Cut(line, "→")
		for _, party := range partyOf.FindAllStringSubmatch(heard, -1) {
			g.heard[r.field.Name][party[1]] = true
		}
	}
}

// note takes down what one answer shows of a mutation.
func (g *gallery) note(t *testing.T, r reply) {
	t.Helper()
	name, a := r.field.Name, r.read(t)
	if g.seen[name] == nil {
		g.seen[name] = map[cell]bool{}
	}
	answered := a.Data[r.field.Alias]
	switch {
	case len(a.Errors) > 0 && answered == nil:
		e := a.Errors[0]
		e.Code = e.Extensions.Code
		g.refuse(t, r, e)
	case answered == nil:
	case len(answered.UserErrors) > 0:
		for _, e := range answered.UserErrors {
			if e.Code == "INVALID_VALUE" && len(e.Path) == 0 {
				t.Errorf("%s: %s refuses a value and does not say which", r.story, name)
			}
		}
		if len(a.Data) == 1 && r.isDone() {
			t.Errorf("%s: %s was refused, and still it happened: %s", r.story, name, r.events)
		}
		g.refuse(t, r, answered.UserErrors[0])
	case r.again:
		g.seen[name][replay] = true
		if strings.TrimSpace(r.events) != "" {
			t.Errorf("%s: %s happened again: %s", r.story, name, r.events)
		}
	case r.isDone():
		g.seen[name][done] = true
		if g.example[name] == "" || strings.ReplaceAll(r.story, "_", "") == strings.ToLower(name) {
			g.example[name] = r.story
		}
	}
}

// refuse notes what a refusal shows, by whoever got it.
func (g *gallery) refuse(t *testing.T, r reply, e refusal) {
	t.Helper()
	c := map[string]cell{
		"STALE_REVISION": stale, "INVALID_VALUE": invalid, "INVALID_INPUT": invalid, "LIMIT_REACHED": capped,
		"WINDOW_CLOSED": late, "IDEMPOTENCY_CONFLICT": conflict,
	}[e.Code]
	switch e.Code {
	case "UNAUTHENTICATED":
		c = anonymous
	case "INSUFFICIENT_SCOPE":
		if len(e.Extensions.RequiredScopes) == 0 {
			t.Errorf("%s: %s is refused for a scope and does not say which", r.story, r.field.Name)
		}
		c = g.lacking(r, e.Extensions.RequiredScopes)
	case "NOT_FOUND":
		c = finding(r)
	case "NOT_PERMITTED":
		if r.who == "stranger" {
			c = stranger
		} else if seenByAll[r.field.Name] {
			c = foreign
		}
	case "ILLEGAL_TRANSITION":
		if holdsActions(t, r, e) {
			c = illegal
		}
	}
	if c != "" {
		g.seen[r.field.Name][c] = true
	}
}

// lacking is what a missing scope shows: of a party to it, that the role counts;
// of somebody of a side that never holds it, that other tenants are kept out.
func (g *gallery) lacking(r reply, needed [][]string) cell {
	seat := seatOf(r.who)
	of, known := sideOf(seat.party)
	switch {
	case r.who == "stranger":
		return stranger
	case !known:
		return ""
	case g.heard[r.field.Name][seat.party]:
		return scopeless
	case !of.someMay(needed):
		return foreign
	}
	return ""
}

// finding is what it shows that nothing was found.
func finding(r reply) cell {
	switch {
	case r.who == "stranger" || r.who == "anonymous":
		return stranger
	case strings.Contains(r.request, "{{no-such-"):
		return missing
	}
	return foreign
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
	"signOutEverywhere": {stranger: anybody},
	"openTalentProfile": {stranger: anybody},
	"openSandbox": {
		stranger: anybody, capped: inSandbox,
		replay: inSandbox, conflict: inSandbox, done: inSandbox,
	},
	"advanceSandboxClock": {foreign: inSandbox, illegal: inSandbox, capped: inSandbox, replay: inSandbox, conflict: inSandbox, done: inSandbox},
	"closeSandbox":        {foreign: inSandbox, illegal: inSandbox, replay: inSandbox, done: inSandbox},
	"markNotificationsRead": {
		stranger: "a newcomer has not been told of anything, and TestNotifications has one",
		replay:   asNotified, conflict: asNotified, done: asNotified,
	},
	"openInstitution":               {scopeless: "every operator may, and an institution that is only listed has no members"},
	"replyToEvaluation":             {illegal: "the side that was evaluated sees an evaluation only while it is published"},
	"removePortfolioItem":           {illegal: "what was removed is seen by nobody, so removing it again finds nothing"},
	"revisePortfolioItem":           {illegal: "it can be revised while it is there"},
	"configureInstitution":          {illegal: "it is refused before a career office is opened, when nobody can act for it"},
	"completeUpload":                {replay: asSent, done: asSent},
	"submitMicroProjectForApproval": {invalid: "its one text is optional, and read in the room's tests"},
	"claimAffiliation":              {capped: "the demo world has two open institutions; TestCanClaim has ten"},
	"admitToFundingPool":            {capped: "two hundred employers are many for a story; TestCanAdmit has them"},
}

const (
	anybody    = "whoever has signed in may do this"
	inSandbox  = "TestASandboxIsAWorldOfItsOwn shows it: the ids of a sandbox have no names in a story"
	asSent     = "TestAFileIsSentHandedInAndFetched shows it: a story cannot send bytes"
	asNotified = "TestNotifications shows it: notifications have no names in a story"
)

// elsewhere are the tests that show what no story can.
var elsewhere = map[string]string{inSandbox: "sandbox_test.go", asSent: "files_test.go", asNotified: "notifications_test.go"}

// seenByAll are the mutations of nouns that everybody may read: who is of another
// tenant is told that it is not theirs.
var seenByAll = map[string]bool{"configureInstitution": true, "retirePostingPolicy": true, "announceDirectoryInformation": true, "withdrawDirectoryInformation": true}
