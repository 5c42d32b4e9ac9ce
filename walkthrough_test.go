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

// A block of docs/walkthrough.md: who asks, what is kept, the operation, and the
// answer where the page shows it.
var block = regexp.MustCompile("(?s)<!-- as: ([a-z]+)(?: for ([a-z]+))?(?:; keep: (.*?))? -->\n```graphql\n(.*?)\n```\n(?:\n```json\n(.*?)\n```\n)?")

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
			if w.steps < 30 {
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
	who, organization, keep, operation := part[1], part[2], part[3], part[4]
	variables := map[string]any{}
	for _, name := range declared.FindAllStringSubmatch(operation, -1) {
		value, known := w.kept[name[1]]
		if !known {
			t.Fatalf("step %d needs $%s, which nothing before it kept", w.steps, name[1])
		}
		variables[name[1]] = value
	}
	a := w.site.ask(t, w.as(t, who, organization), operation, variables)
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
	if part[5] == "" {
		return text
	}
	return strings.Replace(text, part[5], w.pretty(t, a.Data), 1)
}

// as is a token for somebody who acts for themselves or for an organisation
// that an earlier step made.
func (w *walk) as(t *testing.T, who, organization string) string {
	t.Helper()
	if organization == "" {
		return who
	}
	id, err := gid.Parse(w.kept[organization].(string))
	if err != nil {
		t.Fatal(err)
	}
	name := who + " for " + organization
	w.site.mu.Lock()
	defer w.site.mu.Unlock()
	if w.site.tokens[name] == "" {
		if w.site.tokens[name], err = w.site.local.Mint(auth.Claims{Subject: who, Name: who, Org: id}); err != nil {
			t.Fatal(err)
		}
	}
	return name
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
