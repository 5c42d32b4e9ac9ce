//go:build teeth

package access

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
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
// present, after, when, has, matches, through or while.
type Tooth struct {
	Name  string   // the function or the table that asks, and the condition
	Kinds []string // the tables whose lines ask it
	file  string
	line  int
	site  uintptr
}

// String says what it is and where it stands.
func (t Tooth) String() string { return fmt.Sprintf("%s (%s:%d)", t.Name, t.file, t.line) }

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
			line(v).narrow(sql.Dialect("sqlite3").Select("id").From(sql.Table("any")))
		}
	}
	teeth.Lock()
	defer teeth.Unlock()
	all := slices.SortedFunc(maps.Values(teeth.known), func(a, b Tooth) int {
		return cmp.Or(cmp.Compare(a.file, b.file), a.line-b.line, cmp.Compare(a.site, b.site))
	})
	teeth.known = nil
	count := map[string]int{}
	for i, tooth := range all {
		if count[tooth.Name]++; count[tooth.Name] > 1 {
			all[i].Name = fmt.Sprintf("%s #%d", tooth.Name, count[tooth.Name])
		}
		slices.Sort(tooth.Kinds)
	}
	return all
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
func isPulled(condition, what string) bool {
	var sites [1]uintptr
	runtime.Callers(3, sites[:])
	teeth.Lock()
	defer teeth.Unlock()
	if teeth.known != nil {
		tooth, isKnown := teeth.known[sites[0]]
		if !isKnown {
			frame, _ := runtime.CallersFrames(sites[:]).Next()
			_, in, _ := strings.Cut(filepath.Base(frame.Function), ".")
			if strings.Contains(in, ".") { // a line of the table itself
				in = teeth.kind
			}
			tooth = Tooth{Name: fmt.Sprintf("%s: %s(%s)", in, condition, what), file: filepath.Base(frame.File), line: frame.Line, site: sites[0]}
		}
		if !slices.Contains(tooth.Kinds, teeth.kind) {
			tooth.Kinds = append(tooth.Kinds, teeth.kind)
		}
		teeth.known[sites[0]] = tooth
	}
	return teeth.pulled == sites[0]
}
