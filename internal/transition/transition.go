// Package transition holds what each noun's state table is made of: which verb
// leads from which status to which, and whose it is to do. One table feeds the
// rules, the abilities clients see, the diagrams of the docs and the tests.
package transition

import (
	"slices"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// Side is who may use a verb, seen from the row.
type Side string

// The sides. Rung itself acts as a consequence of something else.
const (
	Employer    Side = "employer"
	Talent      Side = "talent"
	Institution Side = "career staff"
	Platform    Side = "operator"
	Insider     Side = "whoever opened it or is in it"
	Rung        Side = "Rung"
)

// Verb is one row: what a side can do with the noun in some statuses. A verb
// that leaves the status as it is has no To.
type Verb[S ~string] struct {
	Name  string // the mutation's field; for Rung's own, the event's kind
	By    []Side
	Scope viewer.Scope
	From  []S
	To    S
	// Only says whose it is, and Not why the status forbids it.
	Only, Not string
}

// Table is the noun's whole life.
type Table[S ~string] []Verb[S]

// Verb is the row of that name. An unknown name is a mistake of ours.
func (t Table[S]) Verb(name string) Verb[S] {
	for _, row := range t {
		if row.Name == name {
			return row
		}
	}
	panic("transition: no verb " + name)
}

// Permit reports whether the verb is the viewer's, and then whether the status
// allows it. sides are the viewer's, seen from the row.
func (t Table[S]) Permit(name string, v viewer.Viewer, sides []Side, at S) error {
	row := t.Verb(name)
	if !row.isFor(v, sides) {
		return fault.NotPermitted(row.Only)
	}
	if !slices.Contains(row.From, at) {
		return fault.IllegalTransition(row.Not, string(at), t.Allowed(v, sides, at))
	}
	return nil
}

// Allowed are the names of the verbs that the viewer could use in that status.
func (t Table[S]) Allowed(v viewer.Viewer, sides []Side, at S) []string {
	allowed := []string{}
	for _, row := range t {
		if row.isFor(v, sides) && slices.Contains(row.From, at) && !slices.Contains(allowed, row.Name) {
			allowed = append(allowed, row.Name)
		}
	}
	return allowed
}

func (row Verb[S]) isFor(v viewer.Viewer, sides []Side) bool {
	if row.Scope != "" && !v.Can(row.Scope) {
		return false
	}
	return slices.ContainsFunc(row.By, func(s Side) bool { return slices.Contains(sides, s) })
}

// Unchanged refuses a revision that is not the row's.
func Unchanged(expected, current int) error {
	if expected != current {
		return fault.StaleRevision("expectedRevision", current)
	}
	return nil
}

// Sides are the viewer's sides on a row that an employer and a talent share.
// None names neither.
func Sides(v viewer.Viewer, employer, talent gid.ID) []Side {
	var sides []Side
	if !employer.IsNone() && v.Employer() == employer {
		sides = append(sides, Employer)
	}
	if !talent.IsNone() && v.Talent == talent {
		sides = append(sides, Talent)
	}
	if !v.Institution().IsNone() {
		sides = append(sides, Institution)
	}
	if v.Kind == viewer.Operator {
		sides = append(sides, Platform)
	}
	if v.IsSystem() {
		sides = append(sides, Rung)
	}
	return sides
}
