package insight

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// column are cells of which something is true of so many.
func column(numbers ...int) []*cell {
	var cells []*cell
	for _, n := range numbers {
		cells = append(cells, &cell{yes: n})
	}
	return cells
}

func TestWithhold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		groups []int
		room   int
		hidden []int // by place; -1 is the whole
	}{
		"it tells large numbers and none":                      {[]int{40, 10, 0}, 50, nil},
		"it keeps a small number back, and the next":           {[]int{40, 12, 9}, 50, []int{1, 2}},
		"it keeps as many back as make the rest large":         {[]int{40, 12, 2, 1}, 50, []int{1, 2, 3}},
		"two small ones that are large together cover another": {[]int{40, 12, 5, 6}, 50, []int{2, 3}},
		"none covers nothing":                                  {[]int{40, 0, 3}, 50, []int{0, 2}},
		"it keeps a small whole back":                          {[]int{4, 0}, 50, []int{-1, 0}},
		"one group is the whole":                               {[]int{4}, 50, []int{-1, 0}},
		"what has no room covers":                              {[]int{40, 30, 5, 20}, 3, []int{2}},
		"what has no room is a secret when it is small":        {[]int{40, 30, 5}, 2, []int{1, 2}},
		"what has no room is none when it is large":            {[]int{40, 30, 20}, 2, nil},
	} {
		whole := &cell{}
		for _, n := range c.groups {
			whole.yes += n
		}
		cells := column(c.groups...)
		withhold(whole, cells, c.room, 10)
		var hidden []int
		for i, one := range append([]*cell{whole}, cells...) {
			if one.withheld {
				hidden = append(hidden, i-1)
			}
		}
		if !slices.Equal(hidden, c.hidden) {
			t.Errorf("%s: it keeps %v back, want %v", name, hidden, c.hidden)
		}
	}
}

// What is kept back elsewhere must not be the only one here.
func TestWithholdCoversWhatAnotherColumnKeepsBack(t *testing.T) {
	t.Parallel()
	cells := column(40, 30, 20)
	cells[0].withheld = true
	withhold(&cell{yes: 90}, cells, mostGroups, 10)
	if !cells[0].withheld || cells[1].withheld || !cells[2].withheld {
		t.Errorf("it keeps back %v, want the first and the last", cells)
	}
}

// TestTheDifferenceTellsNothing is the attack: the total, without the groups that
// are shown, is taken for what is hidden. It must be the sum of several groups,
// and of nobody or many.
func TestTheDifferenceTellsNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fewest := rapid.IntRange(3, 12).Draw(t, "fewest")
		parts := []part[counts]{{}}
		for range rapid.IntRange(0, mostGroups+4).Draw(t, "groups") {
			c := drawCounts(t)
			parts[0].counted = parts[0].counted.add(c)
			parts = append(parts, part[counts]{&Group{by: ByEmployer}, c})
		}
		rows := withheldRows(parts, fewest)
		for j := range rows[0] {
			attack(t, rows, j, fewest)
		}
	})
}

func attack(t *rapid.T, rows []row, j, fewest int) {
	rest := rows[0][j]
	if rest.withheld {
		return // there is nothing to take from
	}
	hidden, secrets := 0, 0
	for i := 1; i < len(rows); i++ {
		c := rows[i][j]
		switch {
		case c.size() == 0: // tells nothing, shown or not
		case c.withheld:
			hidden, secrets = hidden+1, secrets+1
		case i > mostGroups:
			hidden++
		default:
			rest.yes, rest.no = rest.yes-c.yes, rest.no-c.no
			if c.isSmall(fewest) {
				t.Fatalf("column %d tells %+v", j, c)
			}
		}
	}
	if secrets == 0 {
		return
	}
	if rest.isSmall(fewest) || hidden < 2 {
		t.Fatalf("column %d: the %d hidden groups come to %+v", j, hidden, rest)
	}
}

func drawCounts(t *rapid.T) counts {
	n := func(name string, most int) int {
		return min(most, rapid.OneOf(rapid.IntRange(0, 4), rapid.IntRange(0, 40)).Draw(t, name))
	}
	c := counts{Published: n("published", 40), Applied: n("applied", 40)}
	c.Judged = n("judged", c.Applied)
	c.Accepted = n("accepted", c.Judged)
	c.Offered = c.Accepted + n("offered", c.Judged-c.Accepted)
	c.Shortlisted = c.Offered + n("shortlisted", c.Judged-c.Offered)
	c.Started = n("started", c.Accepted)
	c.Ended = n("ended", c.Started)
	c.Completed = n("completed", c.Ended)
	c.Hired = n("hired", c.Completed)
	c.Old = n("old", c.Hired)
	c.Known = n("known", c.Old)
	c.Kept = n("kept", c.Known)
	c.Retained = c.Kept
	c.Pairs = n("pairs", c.Completed)
	c.Repeated = n("repeated", c.Pairs)
	c.Passed0 = n("passed", c.Pairs)
	c.Grown0 = n("grown", c.Passed0)
	return c
}

func TestShare(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		cell  cell
		value string
		bound Bound
		shows bool
	}{
		"of nobody":           {cell{}, "", Exact, true},
		"kept back":           {cell{yes: 20, no: 20, withheld: true}, "", Exact, false},
		"half":                {cell{yes: 20, no: 20}, "0.5000", Exact, true},
		"a third":             {cell{yes: 10, no: 20}, "0.3333", Exact, true},
		"all":                 {cell{yes: 40}, "0.9500", Above, false},
		"just as many":        {cell{yes: 380, no: 20}, "0.9500", Exact, true},
		"one more":            {cell{yes: 381, no: 19}, "0.9500", Above, false},
		"none":                {cell{no: 40}, "0.0500", Below, false},
		"just as few":         {cell{yes: 20, no: 380}, "0.0500", Exact, true},
		"one fewer than that": {cell{yes: 19, no: 381}, "0.0500", Below, false},
	} {
		m := share(&c.cell, "definition")
		value := ""
		if m.Value != nil {
			value = string(*m.Value)
		}
		if value != c.value || m.Bound != c.bound || m.Suppressed != c.cell.withheld || (m.Numerator != nil) != c.shows || (m.Denominator != nil) != c.shows {
			t.Errorf("%s: it is told as %q %+v", name, value, m)
		}
	}
}
