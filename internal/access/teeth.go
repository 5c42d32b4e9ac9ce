//go:build teeth

package access

import (
	"fmt"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/internal/viewer"
)

// In this build one rule at a time can be pulled, to see who notices.
var teeth struct {
	sync.Mutex
	pulled uintptr
	rule   string            // the coordinate of a field's rule that is pulled
	rules  map[string]bool   // those that were asked
	known  map[uintptr]Tooth // while they are counted
	kind   string
}

// Tooth is one condition of the table of rows: a call of is, in, missing,
// present, after, when, has, matches or through.
type Tooth struct {
	At    string   // the file and line
	Kinds []string // the tables whose lines ask it
	site  uintptr
}

// Teeth are the conditions that the lines of the table ask for some viewers.
func Teeth(viewers []viewer.Viewer) []Tooth {
	teeth.Lock()
	teeth.known = map[uintptr]Tooth{}
	teeth.Unlock()
	for kind, line := range visible {
		teeth.Lock()
		teeth.kind = kind
		teeth.Unlock()
		for _, v := range viewers {
			s := sql.Dialect("sqlite3").Select("id").From(sql.Table("any"))
			line(v)(s)
		}
	}
	teeth.Lock()
	defer teeth.Unlock()
	var all []Tooth
	for _, tooth := range teeth.known {
		all = append(all, tooth)
	}
	teeth.known = nil
	slices.SortFunc(all, func(a, b Tooth) int { return compareTeeth(a, b) })
	return all
}

func compareTeeth(a, b Tooth) int {
	switch {
	case a.At < b.At:
		return -1
	case a.At > b.At:
		return 1
	}
	return int(int64(a.site) - int64(b.site))
}

// Pull makes a condition keep every row, until it is put back.
func Pull(t Tooth) (putBack func()) {
	teeth.Lock()
	defer teeth.Unlock()
	teeth.pulled = t.site
	return func() {
		teeth.Lock()
		defer teeth.Unlock()
		teeth.pulled = 0
	}
}

// PullRule makes the rule of a field allow it to everybody, until it is put back.
func PullRule(coordinate string) (putBack func()) {
	teeth.Lock()
	defer teeth.Unlock()
	teeth.rule = coordinate
	return func() {
		teeth.Lock()
		defer teeth.Unlock()
		teeth.rule = ""
	}
}

// FieldRules are the coordinates whose rules have been asked until now, in order.
func FieldRules() []string {
	teeth.Lock()
	defer teeth.Unlock()
	return slices.Sorted(maps.Keys(teeth.rules))
}

func isRulePulled(coordinate string) bool {
	teeth.Lock()
	defer teeth.Unlock()
	if teeth.rules == nil {
		teeth.rules = map[string]bool{}
	}
	teeth.rules[coordinate] = true
	return teeth.rule == coordinate
}

// isPulled reports whether the condition that asks was pulled. It is told apart
// by the place of its call.
func isPulled() bool {
	var sites [1]uintptr
	runtime.Callers(3, sites[:])
	frame, _ := runtime.CallersFrames(sites[:]).Next()
	teeth.Lock()
	defer teeth.Unlock()
	if teeth.known != nil {
		tooth := teeth.known[sites[0]]
		tooth.site, tooth.At = sites[0], fmt.Sprintf("%s:%d", filepath.Base(frame.File), frame.Line)
		if !slices.Contains(tooth.Kinds, teeth.kind) {
			tooth.Kinds = append(tooth.Kinds, teeth.kind)
		}
		teeth.known[sites[0]] = tooth
	}
	return teeth.pulled == sites[0]
}
