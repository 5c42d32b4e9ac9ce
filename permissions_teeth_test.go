//go:build teeth && !race

package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	gql "github.com/vektah/gqlparser/v2/ast"

	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// unseen are conditions, by their names, without which nobody sees more, and why
// they stand there all the same.
var unseen = map[string]string{}

// TestThePermissionsHaveTeeth pulls each condition of the table of rows, and each
// rule of a field, in turn: the permission test must notice every one. RUNG_TEETH
// chooses some, by an expression that their names match.
func TestThePermissionsHaveTeeth(t *testing.T) {
	chosen, err := regexp.Compile(os.Getenv("RUNG_TEETH"))
	if err != nil {
		t.Fatal(err)
	}
	c := newCensus(t, storetest.Engines[0])
	if c.finds(t, c.tables) {
		t.Fatal("the rows are not as the file says, though nothing is pulled: run make permissions")
	}
	c.pullConditions(t, chosen)
	c.pullRules(t, chosen)
}

func (c *census) pullConditions(t *testing.T, chosen *regexp.Regexp) {
	t.Helper()
	var viewers []viewer.Viewer
	for _, who := range c.readers() {
		viewers = append(viewers, c.viewer(who))
	}
	noticed, all, named := 0, 0, map[string]bool{}
	for _, tooth := range access.Teeth(viewers) {
		named[tooth.Name] = true
		if !chosen.MatchString(tooth.Name) {
			continue
		}
		all++
		putBack := access.Pull(tooth)
		isNoticed := slices.ContainsFunc(tooth.Kinds, func(kind string) bool {
			return c.finds(t, func(t *testing.T) { c.table(t, tableOf(kind)) })
		})
		putBack()
		switch {
		case isNoticed && unseen[tooth.Name] != "":
			t.Errorf("%v is noticed: take it off the list", tooth)
		case isNoticed:
			noticed++
		case unseen[tooth.Name] == "":
			t.Errorf("%v is pulled, and nobody notices (%s)", tooth, strings.Join(tooth.Kinds, " "))
		}
	}
	for name := range unseen {
		if !named[name] {
			t.Errorf("no condition is named %s: take it off the list", name)
		}
	}
	t.Logf("%d of %d conditions are noticed, and %d are known to be unseen", noticed, all, len(unseen))
}

// pullRules judges the types whose fields have rules that were chosen: once as it
// is, to learn of the rules, and once without each of them.
func (c *census) pullRules(t *testing.T, chosen *regexp.Regexp) {
	t.Helper()
	for _, kind := range nodeKinds() {
		if slices.ContainsFunc(api.Types[kind].Fields, func(f *gql.FieldDefinition) bool { return chosen.MatchString(kind + "." + f.Name) }) &&
			c.finds(t, func(t *testing.T) { c.judge(t, kind) }) {
			t.Errorf("%s is not as the file says, though nothing is pulled: run make permissions", kind)
		}
	}
	noticed, all := 0, 0
	for _, coordinate := range access.FieldRules() {
		if !chosen.MatchString(coordinate) {
			continue
		}
		all++
		kind, _, _ := strings.Cut(coordinate, ".")
		putBack := access.PullRule(coordinate)
		isNoticed := c.finds(t, func(t *testing.T) { c.judge(t, kind) })
		putBack()
		if isNoticed {
			noticed++
		} else {
			t.Errorf("the rule of %s is pulled, and nobody notices", coordinate)
		}
	}
	t.Logf("%d of %d rules of fields are noticed", noticed, all)
}

// finds reports whether a part of the test finds a defect, without failing for it.
func (c *census) finds(t *testing.T, part func(t *testing.T)) bool {
	t.Helper()
	c.isQuiet, c.defects = true, map[string]int{}
	part(t)
	found := len(c.defects) > 0
	c.isQuiet, c.defects = false, map[string]int{}
	return found
}
