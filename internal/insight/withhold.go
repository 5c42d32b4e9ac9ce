package insight

import (
	"cmp"
	"slices"
)

// cell is one number of a table, or two of which the whole is made: those of
// whom something is true, and those of whom it is not.
type cell struct {
	yes, no  int
	withheld bool
}

func (c *cell) size() int { return c.yes + c.no }

// isSmall reports whether the cell tells of so few that they could be guessed.
func (c *cell) isSmall(fewest int) bool { return few(c.yes, fewest) || few(c.no, fewest) }

func few(n, fewest int) bool { return 0 < n && n < fewest }

// withhold keeps small cells of a column back, and as many more that the rest,
// taken from the whole, tells of nobody: with one cell hidden it would be that
// cell, with several it would still be few. The groups that an answer has no
// room for are hidden as well.
func withhold(whole *cell, groups []*cell, room, fewest int) {
	whole.withheld = whole.withheld || whole.isSmall(fewest)
	var open []*cell
	for i, c := range groups {
		c.withheld = c.withheld || c.isSmall(fewest)
		if !c.withheld && c.size() > 0 && i < room {
			open = append(open, c)
		}
	}
	slices.SortStableFunc(open, func(a, b *cell) int { return cmp.Compare(a.size(), b.size()) })
	for ; len(open) > 0 && tells(groups, room, fewest); open = open[1:] {
		open[0].withheld = true
	}
}

// tells reports whether the whole without the shown groups would tell what one
// of the others keeps back.
func tells(groups []*cell, room, fewest int) bool {
	var rest cell
	var hidden, secret int
	for i, c := range groups {
		if c.size() == 0 || !c.withheld && i < room {
			continue
		}
		rest.yes, rest.no, hidden = rest.yes+c.yes, rest.no+c.no, hidden+1
		if c.withheld {
			secret++
		}
	}
	return secret > 0 && (hidden == 1 || rest.isSmall(fewest))
}
