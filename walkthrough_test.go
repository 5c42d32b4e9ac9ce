package main

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/auth"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// A block of docs/walkthrough.md: who asks, for which organisation or among which
// people of a sandbox, what is kept, the operation, and the answer where the page
// shows it.
var block = regexp.MustCompile("(?s)<!-- as: ([a-z]+)(?: (for|in) ([a-z]+))?(?:; keep: (.*?))? -->\n```graphql\n(.*?)\n```\n(?:\n```json\n(.*?)\n```\n)?")

var declared = regexp.MustCompile(`\$([a-zA-Z]+): `)

const walkthrough = "docs/walkthrough.md"

// TestWalkthrough runs the page as it is written, over HTTP, on both engines.
func TestWalkthrough(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(walkthrough)
	if err != nil {
		t.Fatal(err)
	}
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			w := &walk{site: open(t, engineName), kept: map[string]any{}}
			w.kept["today"] = string(calendar.On(w.site.clock()))
			shown := block.ReplaceAllStringFunc(string(page), func(text string) string { return w.take(t, text) })
			if w.steps < 60 {
				t.Errorf("the page has %d operations; the blocks have changed their shape", w.steps)
			}
			if *update && engineName == storetest.Engines[0] {
				if err := os.WriteFile(walkthrough, []byte(shown), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if shown != string(page) {
				t.Errorf("%s shows other answers than it gets on %s; go test . -run TestWalkthrough -update\n%s",
					walkthrough, engineName, difference(string(page), shown))
			}
		})
	}
}

type walk struct {
	site  *site
	kept  map[string]any
	steps int
}

// take sends one block's operation, keeps what it says, and returns the block
// with the answer it got.
func (w *walk) take(t *testing.T, text string) string {
	t.Helper()
	w.steps++
	part := block.FindStringSubmatch(text)
	who, keep, operation := part[1], part[4], part[5]
	variables := map[string]any{}
	for _, name := range declared.FindAllStringSubmatch(operation, -1) {
		value, known := w.kept[name[1]]
		if !known {
			t.Fatalf("step %d needs $%s, which nothing before it kept", w.steps, name[1])
		}
		variables[name[1]] = value
	}
	a := w.site.ask(t, w.as(t, who, part[2], part[3]), operation, variables)
	if a.Errors != nil || strings.Contains(string(a.Data), `"message"`) && !strings.Contains(operation, "reasons") {
		t.Fatalf("step %d, as %s:\n%s\n%s", w.steps, who, operation, a.body)
	}
	var data any
	if err := json.Unmarshal(a.Data, &data); err != nil {
		t.Fatal(err)
	}
	for _, one := range strings.Split(keep, ", ") {
		if name, path, ok := strings.Cut(one, " = "); ok {
			w.kept[name] = at(t, data, path)
		}
	}
	if part[6] == "" {
		return text
	}
	return strings.Replace(text, part[6], w.pretty(t, a.Data), 1)
}

// as is a token for somebody who acts for themselves, for an organisation that an
// earlier step made, or in a sandbox whose people an earlier step read.
func (w *walk) as(t *testing.T, who, how, where string) string {
	t.Helper()
	if how == "" {
		return who
	}
	name := strings.Join([]string{who, how, where}, " ")
	w.site.mu.Lock()
	defer w.site.mu.Unlock()
	if w.site.tokens[name] != "" {
		return name
	}
	if how == "in" {
		w.site.tokens[name] = w.handed(t, who, where)
		return name
	}
	id, err := gid.Parse(w.kept[where].(string))
	if err != nil {
		t.Fatal(err)
	}
	if w.site.tokens[name], err = w.site.local.Mint(auth.Claims{Subject: who, Name: who, Org: id}); err != nil {
		t.Fatal(err)
	}
	return name
}

// handed is the token that a sandbox's owner was given for one of its people.
func (w *walk) handed(t *testing.T, who, people string) string {
	t.Helper()
	all, _ := w.kept[people].([]any)
	for _, one := range all {
		person, _ := one.(map[string]any)
		first, _, _ := strings.Cut(at(t, person, "name").(string), " ")
		if strings.EqualFold(first, who) {
			return at(t, person, "accessToken").(string)
		}
	}
	t.Fatalf("nobody in the sandbox is called %s", who)
	return ""
}

// pretty is an answer as the page shows it, with ids cut short: they differ
// wherever the page is tried.
func (w *walk) pretty(t *testing.T, data json.RawMessage) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.Indent(&out, data, "", "  "); err != nil {
		t.Fatal(err)
	}
	return anyID.ReplaceAllStringFunc(out.String(), func(id string) string { return id[:4] + "…" })
}

func at(t *testing.T, data any, path string) any {
	t.Helper()
	for _, step := range strings.Split(path, ".") {
		switch d := data.(type) {
		case map[string]any:
			data = d[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(d) {
				t.Fatalf("nothing at %s", path)
			}
			data = d[i]
		}
	}
	if data == nil {
		t.Fatalf("nothing at %s", path)
	}
	return data
}
