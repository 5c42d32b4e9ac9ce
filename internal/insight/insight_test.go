package insight

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

var year = Window{"2024-01-01", "2025-01-01"}

// study is two projects of one employer. Sixteen talents apply to the first:
// six complete it, three leave it incomplete, one is shortlisted, four are
// looked at and declined, two withdraw before. Nine complete the second.
func study() plot {
	p := plot{
		verified: []bool{true, true}, links: [][]string{{"APPROVED", ""}, {"", ""}},
		terms: []span{{"2024-01-01", "2024-01-31"}, {"2024-01-01", "2024-12-31"}},
		projects: []work{
			{employer: 0, published: at("2024-01-10"), requests: []string{"APPROVED", ""}},
			{employer: 0, published: at("2024-02-10"), requests: []string{"APPROVED", ""}},
		},
	}
	first := []way{6: {reached: toStart, status: "INCOMPLETE"}, 9: {reached: toShortlist, status: "DECLINED"}, 10: {reached: toReview, status: "DECLINED"}, 14: {reached: toApply, status: "WITHDRAWN"}, 15: {}}
	for i := range first {
		p.ties = append(p.ties, []string{"", ""})
		w := first[i]
		switch {
		case i < 6:
			w = way{reached: toComplete, status: "COMPLETED", completed: today.Plus(-366)}
		case w == way{}:
			w = first[i-1]
		}
		first[i] = w
		w.talent, w.answered = i, at("2024-01-15").Add(time.Duration(i)*time.Minute)
		p.ways = append(p.ways, w)
	}
	// Three jobs grow out of the first: at once, on the last of 90 days, and one
	// that was reported and is a year old today.
	for i, j := range []*job{{status: "ACCEPTED", answered: today.Plus(-366)}, {status: "ACCEPTED", answered: today.Plus(-366 + 90)}, {status: "STARTED", started: today.Plus(-365)}} {
		p.ways[i].job = j
	}
	// Nine grow out of the second, after a hundred days: three last for a year,
	// three do not, and of three nobody knows.
	for i := range 9 {
		p.ties[i][0] = "CONFIRMED"
		j := &job{status: "STARTED", started: "2024-07-10"}
		switch {
		case i < 3:
			j.employed = "2025-07-10"
		case i < 6:
			j.status, j.left = "LEFT", "2024-09-01"
		}
		p.ways = append(p.ways, way{project: 1, talent: i, reached: toComplete, status: "COMPLETED", answered: at("2024-02-12"), completed: "2024-04-01", job: j})
	}
	return p
}

// written puts a funnel into words: its stages, then its rates.
func written(p *FunnelPart) string {
	var b strings.Builder
	for _, s := range p.Stages {
		fmt.Fprint(&b, number(s.Count), " ")
	}
	rates := []*Metric{p.SelectionRate, p.CompletionRate}
	for _, c := range p.MicroConversionRates {
		rates = append(rates, c.Rate)
	}
	for _, m := range append(rates, p.RetentionOneYear, p.RetentionUnknownShare, p.RepeatRate) {
		fmt.Fprint(&b, "| ", number(m.Numerator), "/", number(m.Denominator), " ")
		if m.Value != nil {
			fmt.Fprint(&b, *m.Value, " ", m.Bound, " ")
		}
	}
	return strings.TrimSpace(b.String())
}

func number(n *int) string {
	if n == nil {
		return "-"
	}
	return fmt.Sprint(*n)
}

const (
	allOfIt = "- 25 19 18 18 18 15 12 3 | 18/23 0.7826 EXACT | 15/18 0.8333 EXACT | 3/9 0.3333 EXACT | -/- 0.9500 ABOVE | -/- 0.9500 ABOVE | " +
		"3/6 0.5000 EXACT | 4/10 0.4000 EXACT | 6/9 0.6667 EXACT"
	nothing = "0 0 0 0 0 0 0 0 0 | 0/0 | 0/0 | 0/0 | 0/0 | 0/0 | 0/0 | 0/0 | 0/0"
)

func (in *told) funnel(t *testing.T, h *stage.House, v viewer.Viewer, w Window, by ...Dimension) *Funnel {
	t.Helper()
	q := Question{Window: w, MinimumGroupSize: 3}
	if len(by) > 0 {
		q.GroupBy = &by[0]
	}
	f, err := CountFunnel(viewer.With(t.Context(), v), h.DB, q)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestTheFunnelOfAStudy(t *testing.T) {
	t.Parallel()
	stage.Each(t, nil, func(t *testing.T, h *stage.House) {
		in := tell(t, h, h.Sandbox(t), study())
		elsewhere := in.operator()
		elsewhere.World = gid.LiveWorld
		for name, c := range map[string]struct {
			viewer viewer.Viewer
			window Window
			want   string
		}{
			"its employer":             {in.recruiter(0), year, allOfIt},
			"an operator":              {in.operator(), year, allOfIt},
			"another employer":         {in.recruiter(1), year, nothing},
			"another school":           {in.adviser(1), year, nothing},
			"an operator elsewhere":    {elsewhere, year, nothing},
			"before it was published":  {in.recruiter(0), Window{"2023-01-01", "2024-01-01"}, nothing},
			"after the last was":       {in.recruiter(0), Window{"2024-03-01", "2025-01-01"}, nothing},
			"the second project alone": {in.recruiter(0), Window{"2024-02-01", "2024-03-01"}, "- 9 9 9 9 9 9 9 3 | -/- 0.9500 ABOVE | -/- 0.9500 ABOVE | -/- 0.0500 BELOW | -/- 0.9500 ABOVE | -/- 0.9500 ABOVE | 3/6 0.5000 EXACT | 3/9 0.3333 EXACT | -/- 0.0500 BELOW"},
			"the talents' school":      {in.adviser(0), year, "- 18 18 18 18 18 15 12 3 | -/- 0.9500 ABOVE | 15/18 0.8333 EXACT | 3/9 0.3333 EXACT | -/- 0.9500 ABOVE | -/- 0.9500 ABOVE | 3/6 0.5000 EXACT | 4/10 0.4000 EXACT | 6/9 0.6667 EXACT"},
		} {
			f := in.funnel(t, h, c.viewer, c.window)
			if got := written(f.Total); got != c.want || len(f.Groups) != 0 || f.LeftOutCount != 0 {
				t.Errorf("%s: %d groups and\n%s, want\n%s", name, len(f.Groups), got, c.want)
			}
		}
	})
}

func TestGroupsAreNamedToThoseWhoMayKnow(t *testing.T) {
	t.Parallel()
	stage.Each(t, nil, func(t *testing.T, h *stage.House) {
		p := study()
		for i := 9; i < 16; i++ {
			p.ties[i][1] = "CONFIRMED" // of a school that has no link with the employer
		}
		in := tell(t, h, h.Sandbox(t), p)
		for name, c := range map[string]struct {
			viewer viewer.Viewer
			by     Dimension
			want   []gid.ID // with what applied there
			counts []string
		}{
			"its employer knows the school it is linked with": {in.recruiter(0), ByInstitution, []gid.ID{in.schools[0], gid.None}, []string{"18", "7"}},
			"the school knows itself":                         {in.adviser(0), ByInstitution, []gid.ID{in.schools[0]}, []string{"18"}},
			"and the other school itself":                     {in.adviser(1), ByInstitution, []gid.ID{in.schools[1]}, []string{"7"}},
			"an operator knows both":                          {in.operator(), ByInstitution, []gid.ID{in.schools[0], in.schools[1]}, []string{"18", "7"}},
			"the school knows the employer":                   {in.adviser(0), ByEmployer, []gid.ID{in.employers[0]}, []string{"18"}},
			"terms are the linked school's":                   {in.recruiter(0), ByTerm, []gid.ID{in.termIDs[0], gid.None}, []string{"16", "9"}},
			"no skill was asked for":                          {in.recruiter(0), BySkill, []gid.ID{gid.None}, []string{"25"}},
		} {
			var named []gid.ID
			var applied []string
			for _, g := range in.funnel(t, h, c.viewer, year, c.by).Groups {
				named, applied = append(named, g.Group.Named(c.by)), append(applied, number(g.Stages[1].Count))
				if g.Group.IsRemainder() != g.Group.id.IsNone() {
					t.Errorf("%s: %v is taken for the rest", name, g.Group)
				}
				for _, other := range dimensions[1:] {
					if id := g.Group.Named(other); other != c.by && !id.IsNone() {
						t.Errorf("%s: %v is named as %s", name, id, other)
					}
				}
			}
			if !slices.Equal(named, c.want) || !slices.Equal(applied, c.counts) {
				t.Errorf("%s: got %v with %v, want %v with %v", name, named, applied, c.want, c.counts)
			}
		}
	})
}

func TestThoseWhoAnswerForNothingLearnNothing(t *testing.T) {
	t.Parallel()
	stage.Each(t, nil, func(t *testing.T, h *stage.House) {
		in := tell(t, h, h.Sandbox(t), study())
		supervisor := in.recruiter(0)
		supervisor.Role, supervisor.Scopes = viewer.RoleSupervisor, viewer.ScopesOf(viewer.RoleSupervisor)
		for name, v := range map[string]viewer.Viewer{
			"nobody": {}, "the public": viewer.Public(), "a supervisor": supervisor,
			"a talent":                  {Kind: viewer.Talent, World: in.world, Talent: in.talents[0], Scopes: viewer.ScopesOf(viewer.RoleTalent)},
			"a talent with the scope":   {Kind: viewer.Talent, World: in.world, Talent: in.talents[0], Scopes: viewer.Scopes{viewer.InsightsRead: true}},
			"a newcomer with the scope": {Kind: viewer.Newcomer, World: in.world, Scopes: viewer.Scopes{viewer.InsightsRead: true}},
		} {
			ctx, q := viewer.With(t.Context(), v), Question{Window: year, MinimumGroupSize: 3}
			f, err := CountFunnel(ctx, h.DB, q)
			w, err2 := MeasureTimeToSelect(ctx, h.DB, q)
			if f != nil || w != nil || err != nil || err2 != nil {
				t.Errorf("%s learns %v %v %v %v", name, f, w, err, err2)
			}
		}
	})
}

func TestTheTimeToSelect(t *testing.T) {
	t.Parallel()
	stage.Each(t, nil, func(t *testing.T, h *stage.House) {
		p := plot{verified: []bool{true}, links: [][]string{{"APPROVED"}}, terms: []span{{"2024-01-01", "2024-12-31"}}, ties: [][]string{{"CONFIRMED"}, {""}}}
		// The last instant of a day and the first of the next are a day apart.
		published := []time.Time{at("2024-01-10"), at("2024-02-10"), at("2024-03-10"), calendar.Date("2024-04-11").Start().Add(-time.Millisecond)}
		for i, first := range []time.Time{at("2024-01-10"), at("2024-02-14"), at("2024-03-20"), calendar.Date("2024-04-11").Start()} {
			p.projects = append(p.projects, work{published: published[i], requests: []string{""}})
			p.ways = append(p.ways,
				way{project: i, talent: 0, reached: toAccept, status: "SIGNED", answered: first},
				way{project: i, talent: 1, reached: toAccept, status: "VOID", answered: first.Add(time.Hour)})
		}
		in := tell(t, h, h.Sandbox(t), p)
		for name, c := range map[string]struct {
			viewer viewer.Viewer
			fewest int
			want   string
		}{
			"an employer":                   {in.recruiter(0), 3, "15/4 3.75 -/4 2.50 4"},
			"the school of those who first": {in.adviser(0), 4, "15/4 3.75 -/4 2.50 4"},
			"too few":                       {in.operator(), 5, "-/- -/- -"},
		} {
			w, err := MeasureTimeToSelect(viewer.With(t.Context(), c.viewer), h.DB, Question{Window: year, MinimumGroupSize: c.fewest})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, m := range []*Metric{w.Total.Mean, w.Total.Median} {
				got += number(m.Numerator) + "/" + number(m.Denominator) + " "
				if m.Value != nil {
					got += string(*m.Value) + " "
				}
			}
			if got += number(w.Total.MicroProjectCount); got != c.want {
				t.Errorf("%s: got %s, want %s", name, got, c.want)
			}
		}
	})
}

// More groups than an answer has room for: the largest are told, and how many
// are not.
func TestTheLargestGroupsAreTold(t *testing.T) {
	t.Parallel()
	stage.Each(t, nil, func(t *testing.T, h *stage.House) {
		p := plot{ties: [][]string{{}, {}, {}, {}}}
		for i := range mostGroups + 3 {
			p.verified, p.links = append(p.verified, true), append(p.links, nil)
			p.projects = append(p.projects, work{employer: i, published: at("2024-01-10")})
			for talent := range 3 + i%2 {
				p.ways = append(p.ways, way{project: i, talent: talent, reached: toReview, status: "DECLINED"})
			}
		}
		in := tell(t, h, h.Sandbox(t), p)
		f := in.funnel(t, h, in.operator(), year, ByEmployer)
		if len(f.Groups) != mostGroups || f.LeftOutCount != 3 {
			t.Fatalf("it tells %d groups and leaves %d out", len(f.Groups), f.LeftOutCount)
		}
		for i, g := range f.Groups {
			want := "3"
			if i < (mostGroups+3)/2 {
				want = "4"
			}
			if got := number(g.Stages[1].Count); got != want {
				t.Errorf("group %d has %s applications, want %s", i, got, want)
			}
		}
	})
}

func TestQuestionsThatAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		window Window
		fewest int
		ok     bool
	}{
		"a month":                            {Window{"2024-02-01", "2024-03-01"}, 10, true},
		"five years":                         {Window{"2020-02-01", "2025-02-01"}, 3, true},
		"it refuses more than five years":    {Window{"2020-02-01", "2025-03-01"}, 10, false},
		"it refuses half a month":            {Window{"2024-02-01", "2024-02-15"}, 10, false},
		"it refuses a late beginning":        {Window{"2024-01-02", "2024-03-01"}, 10, false},
		"it refuses no time":                 {Window{"2024-02-01", "2024-02-01"}, 10, false},
		"it refuses an end before the start": {Window{"2024-03-01", "2024-02-01"}, 10, false},
		"it refuses groups of two":           {Window{"2024-02-01", "2024-03-01"}, 2, false},
	} {
		err := Question{Window: c.window, MinimumGroupSize: c.fewest}.check()
		var refused *fault.Request
		if c.ok != (err == nil) || err != nil && (!errors.As(err, &refused) || refused.Code != fault.CodeInvalidInput) {
			t.Errorf("%s: it answers %v", name, err)
		}
	}
}
