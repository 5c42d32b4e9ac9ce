package insight

import (
	"context"

	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Funnel is how far published work led, in all and for each group.
type Funnel struct {
	Total        *FunnelPart
	Groups       []*FunnelPart
	LeftOutCount int
}

// FunnelPart is the funnel of the whole, or of one group.
type FunnelPart struct {
	Group                 *Group
	Stages                []*Stage
	SelectionRate         *Metric
	CompletionRate        *Metric
	MicroConversionRates  []*ConversionRate
	RetentionOneYear      *Metric
	RetentionUnknownShare *Metric
	RepeatRate            *Metric
}

// Stage is one step of the way, and how many came so far.
type Stage struct {
	Stage             StageName
	Count             *int
	Suppressed        bool
	DefinitionVersion int
	Definition        string
}

// StageName names a step of the way from a published project to a job.
type StageName string

// ConversionRate is the share of pairs with a job within so many days.
type ConversionRate struct {
	WithinDays int
	Rate       *Metric
}

// steps are the stages in their order.
var steps = [...]struct {
	name       StageName
	definition string
	count      func(counts) int
}{
	{"PUBLISHED", "Micro-projects that were published, the first time in the window.", func(c counts) int { return c.Published }},
	{"APPLIED", "Applications to these micro-projects.", func(c counts) int { return c.Applied }},
	{"SHORTLISTED", "Applications that were shortlisted, interviewed or offered the work.", func(c counts) int { return c.Shortlisted }},
	{"OFFERED", "Applications that were offered the work.", func(c counts) int { return c.Offered }},
	{"ACCEPTED", "Applications whose talent accepted an offer, made void later or not.", func(c counts) int { return c.Accepted }},
	{"STARTED", "Engagements that were started.", func(c counts) int { return c.Started }},
	{"COMPLETED", "Engagements that were completed.", func(c counts) int { return c.Completed }},
	{"HIRED", "Engagements after which the talent accepted a job of the employer's, or was reported to have begun one.", func(c counts) int { return c.Hired }},
	{"RETAINED_1Y", "Engagements with such a job in which the talent is known to have been employed 365 days after the first day.", func(c counts) int { return c.Retained }},
}

// The stages that a rate repeats.
const (
	acceptedStep  = 4
	completedStep = 6
	retainedStep  = 8
	noStep        = -1
)

// rates are the shares, of yes in all. Where a rate repeats a stage, it is kept
// back wherever the stage is.
var rates = [...]struct {
	definition string
	repeats    int
	count      func(counts) (yes, all int)
}{
	{"Applications whose talent accepted an offer, of all but those withdrawn before the employer looked at them.", acceptedStep, func(c counts) (int, int) { return c.Accepted, c.Judged }},
	{"Completed engagements, of those that were started and are completed, incomplete or terminated.", completedStep, func(c counts) (int, int) { return c.Completed, c.Ended }},
	{"Pairs of talent and employer with a job accepted at most 90 days after completed work, of the pairs whose 90 days have passed.", noStep, func(c counts) (int, int) { return c.Grown0, c.Passed0 }},
	{"Pairs of talent and employer with a job accepted at most 180 days after completed work, of the pairs whose 180 days have passed.", noStep, func(c counts) (int, int) { return c.Grown1, c.Passed1 }},
	{"Pairs of talent and employer with a job accepted at most 365 days after completed work, of the pairs whose 365 days have passed.", noStep, func(c counts) (int, int) { return c.Grown2, c.Passed2 }},
	{"Jobs in which the talent was employed 365 days after the first day, of those that began 365 days ago or more and of which it is known.", retainedStep, func(c counts) (int, int) { return c.Kept, c.Known }},
	{"Jobs of which it is not known whether the talent stayed for 365 days, of those that began 365 days ago or more.", noStep, func(c counts) (int, int) { return c.Old - c.Known, c.Old }},
	{"Pairs of talent and employer with two completed engagements or more, of those with one or more.", noStep, func(c counts) (int, int) { return c.Repeated, c.Pairs }},
}

// CountFunnel counts how far the work that was published in a window led.
func CountFunnel(ctx context.Context, db *store.DB, q Question) (*Funnel, error) {
	if !mayCount(viewer.From(ctx)) {
		return nil, nil
	}
	if err := q.check(); err != nil {
		return nil, err
	}
	parts, err := gather(ctx, db, q, countFunnel)
	if err != nil {
		return nil, err
	}
	rows := withheldRows(parts, q.MinimumGroupSize)
	some, leftOut := shown(parts)
	f := &Funnel{LeftOutCount: leftOut, Groups: []*FunnelPart{}}
	for i, p := range some {
		f.Groups = append(f.Groups, funnelPart(p.group, rows[i]))
	}
	f.Total, f.Groups = f.Groups[0], f.Groups[1:]
	return f, nil
}

// row is a group's cells: its stages, then its rates.
type row [len(steps) + len(rates)]cell

// withheldRows are the cells of the whole and of the groups, with what is kept back.
func withheldRows(parts []part[counts], fewest int) []row {
	rows := make([]row, len(parts))
	for i, p := range parts {
		for j, s := range steps {
			rows[i][j].yes = s.count(p.counted)
		}
		for j, r := range rates {
			yes, all := r.count(p.counted)
			rows[i][len(steps)+j] = cell{yes: yes, no: all - yes}
		}
	}
	for j := range len(steps) + len(rates) {
		withholdColumn(rows, j, fewest)
	}
	return rows
}

func withholdColumn(rows []row, j, fewest int) {
	repeats := noStep
	if j >= len(steps) {
		repeats = rates[j-len(steps)].repeats
	}
	column := make([]*cell, len(rows))
	for i := range rows {
		column[i] = &rows[i][j]
		column[i].withheld = repeats != noStep && rows[i][repeats].withheld
	}
	withhold(column[0], column[1:], mostGroups, fewest)
}

func funnelPart(g *Group, r row) *FunnelPart {
	p := &FunnelPart{Group: g}
	for j, s := range steps {
		p.Stages = append(p.Stages, stageOf(s.name, &r[j], s.definition))
	}
	m := make([]*Metric, len(rates))
	for j, rate := range rates {
		m[j] = share(&r[len(steps)+j], rate.definition)
	}
	for i, days := range within {
		p.MicroConversionRates = append(p.MicroConversionRates, &ConversionRate{days, m[2+i]})
	}
	p.SelectionRate, p.CompletionRate, p.RetentionOneYear, p.RetentionUnknownShare, p.RepeatRate = m[0], m[1], m[5], m[6], m[7]
	return p
}

func stageOf(name StageName, c *cell, definition string) *Stage {
	s := &Stage{Stage: name, Suppressed: c.withheld, DefinitionVersion: definitionVersion, Definition: definition}
	if n := c.size(); !c.withheld {
		s.Count = &n
	}
	return s
}
