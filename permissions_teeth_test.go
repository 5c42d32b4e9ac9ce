//go:build teeth && !race

package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// unseen are conditions without which nobody sees more: others say the same
// again, or nothing that there can be would tell the difference.
var unseen = map[string]string{}

// TestThePermissionsHaveTeeth pulls each condition of the table of rows, and each
// rule of a field, in turn: the permission test must notice every one.
func TestThePermissionsHaveTeeth(t *testing.T) {
	c := newCensus(t, storetest.Engines[0])
	var viewers []viewer.Viewer
	for _, who := range c.people {
		viewers = append(viewers, c.viewer(who))
	}
	all := access.Teeth(viewers)
	noticed := 0
	for _, tooth := range all {
		putBack := access.Pull(tooth)
		found := c.notices(t, tooth.Kinds)
		putBack()
		switch {
		case found && unseen[tooth.At] != "":
			t.Errorf("%s is noticed: take it off the list", tooth.At)
		case found:
			noticed++
		case unseen[tooth.At] == "":
			t.Errorf("%s is pulled, and nobody notices (%v)", tooth.At, tooth.Kinds)
		}
	}
	for _, kind := range nodeKinds() {
		c.judge(t, kind)
	}
	rules := 0
	for _, coordinate := range access.FieldRules() {
		kind, _, _ := strings.Cut(coordinate, ".")
		putBack := access.PullRule(coordinate)
		found := c.finds(t, func(t *testing.T) { c.judge(t, kind) })
		putBack()
		if !found {
			t.Errorf("the rule of %s is pulled, and nobody notices", coordinate)
			continue
		}
		rules++
	}
	t.Logf("%d of %d conditions and %d of %d rules of fields are noticed", noticed, len(all), rules, len(access.FieldRules()))
}

// notices reports whether something is wrong with the rows of some kinds.
func (c *census) notices(t *testing.T, kinds []string) bool {
	t.Helper()
	for _, kind := range kinds {
		if c.finds(t, func(t *testing.T) { c.table(t, tableOf(kind)) }) {
			return true
		}
	}
	return slices.ContainsFunc(kinds, func(kind string) bool {
		return api.Types[kind] != nil && c.finds(t, func(t *testing.T) { c.judge(t, kind) })
	})
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
