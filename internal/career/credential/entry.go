package credential

import (
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/address"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/text"
)

// entry is what a talent writes of their work.
type entry struct {
	title, summary     string
	results            []schema.MeasuredResult
	link               *string
	startedOn, endedOn *calendar.Date
}

// over writes the entry into an item that is made or changed.
func (e entry) over(m *ent.PortfolioItemMutation) {
	first := e.results[0]
	m.SetTitle(e.title)
	m.SetSummary(e.summary)
	m.SetResultMetric(first.Metric)
	m.SetResultValue(first.Value)
	m.SetResultUnit(first.Unit)
	m.SetMoreResults(e.results[1:])
	opt.Put(e.link, m.SetLink, m.ClearLink)
	opt.Put(e.startedOn, m.SetStartedOn, m.ClearStartedOn)
	opt.Put(e.endedOn, m.SetEndedOn, m.ClearEndedOn)
}

// readPromoted checks that accepted work is described and measured.
func readPromoted(in PromoteDeliverableToPortfolioInput) (entry, error) {
	var r text.Reader
	e := entry{title: r.Line("title", in.Title, 3, 200), summary: r.Prose("summary", in.Summary, 10, 2000)}
	if len(in.MoreResults) >= mostResults {
		return e, tooManyResults("moreResults")
	}
	e.results = append([]schema.MeasuredResult{readResult(&r, "result", in.Result)}, readResults(&r, "moreResults", in.MoreResults)...)
	return e, r.Err()
}

// readAdded checks that work done elsewhere is described and measured.
func readAdded(in AddPortfolioItemInput, today calendar.Date) (entry, error) {
	var r text.Reader
	e := entry{
		title: r.Line("title", in.Title, 3, 200), summary: r.Prose("summary", in.Summary, 10, 2000),
		link: in.Link, startedOn: in.StartedOn, endedOn: in.EndedOn,
	}
	return e.measured(&r, in.Results, today)
}

// readRevised is what an item says from now on: what is left out stays.
func readRevised(item *ent.PortfolioItem, in RevisePortfolioItemInput, today calendar.Date) (entry, error) {
	var r text.Reader
	title, summary := opt.Or(in.Title, &item.Title), opt.Or(in.Summary, &item.Summary)
	e := entry{
		title: r.Line("title", orEmpty(title), 3, 200), summary: r.Prose("summary", orEmpty(summary), 10, 2000),
		link: opt.Or(in.Link, item.Link), startedOn: opt.Or(in.StartedOn, item.StartedOn), endedOn: opt.Or(in.EndedOn, item.EndedOn),
	}
	if !item.DeliverableID.IsNone() && (e.startedOn != nil || e.endedOn != nil) {
		r.Refuse(fault.InvalidValue("startedOn", "The days of this work are those of its engagement."))
	}
	if given, ok := in.Results.ValueOK(); ok {
		return e.measured(&r, given, today)
	}
	for _, result := range ResultsOf(item) {
		e.results = append(e.results, schema.MeasuredResult{Metric: result.Metric, Value: string(result.Value), Unit: result.Unit})
	}
	return e.dated(&r, today)
}

func (e entry) measured(r *text.Reader, results []*MeasuredResultInput, today calendar.Date) (entry, error) {
	switch {
	case len(results) > mostResults:
		r.Refuse(tooManyResults("results"))
	case len(results) == 0:
		r.Refuse(fault.InvalidValue("results", "Say at least one thing that was measured."))
	default:
		e.results = readResults(r, "results", results)
	}
	return e.dated(r, today)
}

// dated: work began before it ended, and no later than today.
func (e entry) dated(r *text.Reader, today calendar.Date) (entry, error) {
	if e.link != nil {
		if err := address.ParseURL(*e.link); err != nil {
			r.Refuse(fault.InvalidValue("link", err.Error()))
		}
	}
	if e.startedOn != nil && today.Before(*e.startedOn) {
		r.Refuse(fault.InvalidValue("startedOn", "Show work that has begun."))
	}
	if e.startedOn != nil && e.endedOn != nil && e.endedOn.Before(*e.startedOn) {
		r.Refuse(fault.InvalidValue("endedOn", "Let it end on its first day or later."))
	}
	return e, r.Err()
}

func readResults(r *text.Reader, path string, in []*MeasuredResultInput) []schema.MeasuredResult {
	results := make([]schema.MeasuredResult, len(in))
	for i, result := range in {
		results[i] = readResult(r, fmt.Sprintf("%s.%d", path, i), *result)
	}
	return results
}

func readResult(r *text.Reader, path string, in MeasuredResultInput) schema.MeasuredResult {
	if new(money.Decimal).UnmarshalGQL(string(in.Value)) != nil {
		r.Refuse(fault.InvalidValue(path+".value", "Write the number in digits, as in 38 or 12.5."))
	}
	return schema.MeasuredResult{
		Metric: r.Line(path+".metric", in.Metric, 2, 200), Value: string(in.Value), Unit: r.Line(path+".unit", in.Unit, 1, 40),
	}
}

func tooManyResults(path string) error {
	return fault.LimitReached(path, fmt.Sprintf("A portfolio item shows at most %d results.", mostResults))
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
