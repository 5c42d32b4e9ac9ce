package main

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/store/storetest"
)

var firstQuery = regexp.MustCompile(`(?s)-d '(\{"query":.*?\})'.*?` + "```json\n(.*?)\n```")

// TestTheREADMEsFirstQuery sends it and holds the answer against the page.
func TestTheREADMEsFirstQuery(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	found := firstQuery.FindSubmatch(page)
	if found == nil {
		t.Fatal("README.md shows no first query with its answer")
	}
	for _, engineName := range storetest.Engines {
		a := open(t, engineName).post(t, "anonymous", found[1])
		var pretty bytes.Buffer
		if err := json.Indent(&pretty, []byte(`{"data":`+string(a.Data)+`}`), "", "  "); err != nil {
			t.Fatal(err)
		}
		got := strings.Replace(string(page), string(found[2]), pretty.String(), 1)
		compareFile(t, "README.md", got, "run: go test . -run README -update")
	}
}
