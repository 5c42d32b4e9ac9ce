// Package insight counts what became of published work, for those who answer
// for it: an employer for its own, a career office for its talents, operators
// for their world. It names groups, never people, and keeps small numbers back.
package insight

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	mostYears  = 5  // in one window
	mostGroups = 50 // in one answer
	fewest     = 3  // below this nobody may ask to see a number
)

// Insights is where each metric is asked for.
type Insights struct{}

// Window is which months of publication are counted: the first, and the first
// that is not.
type Window struct {
	Gte calendar.Date
	Lt  calendar.Date
}

// Dimension is what an answer is grouped by.
type Dimension string

// The dimensions. There are no others: each further one would let somebody take
// one table from another and read what both keep back.
const (
	whole         Dimension = ""
	ByEmployer    Dimension = "EMPLOYER"
	ByInstitution Dimension = "INSTITUTION"
	ByTerm        Dimension = "TERM"
	BySkill       Dimension = "SKILL"
)

// Question is what somebody wants to know.
type Question struct {
	Window           Window
	GroupBy          *Dimension
	MinimumGroupSize int
}

// check refuses what would make single people visible, or cost too much.
func (q Question) check() error {
	first, end := q.Window.Gte.Start(), q.Window.Lt.Start()
	switch {
	case first.Day() != 1 || end.Day() != 1:
		return invalid("Let the window begin and end on the first day of a month.")
	case !first.Before(end):
		return invalid("Let the window end after it begins.")
	case first.AddDate(mostYears, 0, 0).Before(end):
		return invalid(fmt.Sprintf("Ask for at most %d years at once.", mostYears))
	case q.MinimumGroupSize < fewest:
		return invalid(fmt.Sprintf("Let the smallest group that is shown have at least %d members.", fewest))
	}
	return nil
}

func invalid(message string) error {
	return &fault.Request{Code: fault.CodeInvalidInput, Message: message}
}

// Group names the rows that are counted together.
type Group struct {
	by Dimension
	id gid.ID
}

// Named is the group's id when it was grouped by the dimension.
func (g *Group) Named(by Dimension) gid.ID {
	if g.by == by {
		return g.id
	}
	return gid.None
}

// IsRemainder reports whether the group is the rest: what belongs to none of
// those that may be named.
func (g *Group) IsRemainder() bool { return g.id.IsNone() }

// mayCount reports whether a viewer answers for somebody's work.
func mayCount(v viewer.Viewer) bool {
	return v.Can(viewer.InsightsRead) && (v.Kind == viewer.EmployerMember || v.Kind == viewer.CareerStaff || v.Kind == viewer.Operator)
}

// countable is what one metric counts of a group.
type countable interface {
	// sizes are what groups are ordered by, the most telling first.
	sizes() []int
}

// part is a group with what was counted of it.
type part[C countable] struct {
	group   *Group // nil for the whole
	counted C
}

// gather counts the whole and, when it is grouped, the groups that have
// anything, the largest first.
func gather[C countable](ctx context.Context, db *store.DB, q Question, count func(context.Context, cohort, Dimension) (map[gid.ID]C, error)) ([]part[C], error) {
	ctx, c, err := cohortFor(ctx, db, q.Window)
	if err != nil {
		return nil, err
	}
	all, err := count(ctx, c, whole)
	if err != nil {
		return nil, err
	}
	parts := []part[C]{{nil, all[gid.None]}}
	if q.GroupBy == nil {
		return parts, nil
	}
	by, err := count(ctx, c, *q.GroupBy)
	for id, counted := range by {
		if slices.Max(counted.sizes()) > 0 {
			parts = append(parts, part[C]{&Group{*q.GroupBy, id}, counted})
		}
	}
	slices.SortFunc(parts[1:], larger)
	return parts, err
}

// larger puts the larger group first.
func larger[C countable](a, b part[C]) int {
	if d := slices.Compare(b.counted.sizes(), a.counted.sizes()); d != 0 {
		return d
	}
	return cmp.Compare(a.group.id.String(), b.group.id.String())
}

// shown are the parts that an answer has room for, and how many it has not: the
// whole, and then groups.
func shown[C countable](parts []part[C]) (some []part[C], leftOut int) {
	some = parts[:min(len(parts), 1+mostGroups)]
	return some, len(parts) - len(some)
}
