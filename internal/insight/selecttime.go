package insight

import (
	"context"

	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// TimeToSelect is how long it took until somebody accepted, in all and for each
// group.
type TimeToSelect struct {
	Total        *TimePart
	Groups       []*TimePart
	LeftOutCount int
}

// TimePart is the time of the whole, or of one group.
type TimePart struct {
	Group             *Group
	Mean              *Metric
	Median            *Metric
	MicroProjectCount *int
}

const (
	meanDefinition   = "Calendar days in UTC from publishing a micro-project to the first accepted offer, on average: the sum of the days, by the number of micro-projects."
	medianDefinition = "Calendar days in UTC from publishing a micro-project to the first accepted offer, of the micro-project in the middle, or of the two there on average."
)

// spell is how many projects of a group took so many days.
type spell struct {
	Group    gid.ID `sql:"group_id"`
	Days     int    `sql:"days"`
	Projects int    `sql:"projects"`
}

// spells are those of one group, the shortest first.
type spells []spell

func (all spells) sizes() []int { return []int{all.projects()} }

func (all spells) projects() int {
	n := 0
	for _, s := range all {
		n += s.Projects
	}
	return n
}

func (all spells) days() int {
	n := 0
	for _, s := range all {
		n += s.Days * s.Projects
	}
	return n
}

// at is how long the project took that has so many before it.
func (all spells) at(before int) int {
	for _, s := range all {
		if before -= s.Projects; before < 0 {
			return s.Days
		}
	}
	return 0
}

// MeasureTimeToSelect measures how long work that was published in a window waited
// for the first accepted offer.
func MeasureTimeToSelect(ctx context.Context, db *store.DB, q Question) (*TimeToSelect, error) {
	if !mayCount(viewer.From(ctx)) {
		return nil, nil
	}
	if err := q.check(); err != nil {
		return nil, err
	}
	parts, err := gather(ctx, db, q, countSpells)
	if err != nil {
		return nil, err
	}
	column := make([]*cell, len(parts))
	for i, p := range parts {
		column[i] = &cell{yes: p.counted.projects()}
	}
	withhold(column[0], column[1:], mostGroups, q.MinimumGroupSize)
	some, leftOut := shown(parts)
	t := &TimeToSelect{LeftOutCount: leftOut, Groups: []*TimePart{}}
	for i, p := range some {
		t.Groups = append(t.Groups, timePart(p.group, p.counted, column[i].withheld))
	}
	t.Total, t.Groups = t.Groups[0], t.Groups[1:]
	return t, nil
}

// countSpells takes each project by its first accepted offer since it was last
// published.
func countSpells(ctx context.Context, c cohort, by Dimension) (map[gid.ID]spells, error) {
	engine := c.db.Engine().Name
	first := "NOT " + some("offers o", "o.micro_project_id = offers.micro_project_id", oneOf("o.status", accepted...),
		"o.answered_at >= p.published_at",
		"(o.answered_at < offers.answered_at OR o.answered_at = offers.answered_at AND o.id < offers.id)")
	days := between(engine, day(engine, "p.published_at"), day(engine, "offers.answered_at"))
	var rows []spell
	err := c.db.Read.Offer.Query().Modify(
		c.ofWork(by, days+" AS days", "COUNT(*) AS projects"),
		only(oneOf("offers.status", accepted...)+" AND offers.answered_at >= p.published_at AND "+first, days),
	).Scan(ctx, &rows)
	all := map[gid.ID]spells{}
	for _, s := range rows {
		all[s.Group] = append(all[s.Group], s)
	}
	return all, err
}

func timePart(g *Group, all spells, withheld bool) *TimePart {
	metric := func(definition string) *Metric {
		return &Metric{Bound: Exact, Suppressed: withheld, DefinitionVersion: definitionVersion, Definition: definition}
	}
	p := &TimePart{Group: g, Mean: metric(meanDefinition), Median: metric(medianDefinition)}
	if withheld {
		return p
	}
	n, days := all.projects(), all.days()
	p.MicroProjectCount, p.Mean.Numerator, p.Mean.Denominator, p.Median.Denominator = &n, &days, &n, &n
	if n > 0 {
		p.Mean.Value = decimal("%.2f", float64(days)/float64(n))
		p.Median.Value = decimal("%.2f", float64(all.at((n-1)/2)+all.at(n/2))/2)
	}
	return p
}
