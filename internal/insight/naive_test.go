package insight

import (
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

// somebody is who asks: of an employer, of a school, or an operator.
type somebody struct {
	viewer.Viewer

	employer, school int // -1 for none
}

func (in *told) everybody() []somebody {
	all := []somebody{{in.operator(), -1, -1}}
	for e := range in.employers {
		all = append(all, somebody{in.recruiter(e), e, -1})
	}
	for s := range in.schools {
		all = append(all, somebody{in.adviser(s), -1, s})
	}
	return all
}

var dimensions = []Dimension{whole, ByEmployer, ByInstitution, ByTerm, BySkill}

func (in *told) mayName(who somebody, school int) bool {
	switch {
	case who.employer >= 0:
		return in.links[who.employer][school] == "APPROVED"
	case who.school >= 0:
		return who.school == school
	}
	return true
}

var everApproved = []string{"APPROVED", "WITHDRAWN", "EXPIRED"}

// groups are those of a project, or of a talent with it.
func (in *told) groups(who somebody, by Dimension, p work, belongs func(school int) bool) []gid.ID {
	var ids []gid.ID
	switch by {
	case ByEmployer:
		if who.school < 0 || in.verified[p.employer] || in.links[p.employer][who.school] != "" {
			ids = append(ids, in.employers[p.employer])
		}
	case BySkill:
		for _, s := range p.skills {
			ids = append(ids, in.skills[s])
		}
	case ByTerm, ByInstitution:
		for s := range in.schools {
			on := calendar.On(p.published)
			switch {
			case !in.mayName(who, s):
			case by == ByTerm && in.terms[s].from <= on && on <= in.terms[s].to:
				ids = append(ids, in.termIDs[s])
			case by == ByInstitution && belongs(s):
				ids = append(ids, in.schools[s])
			}
		}
	}
	if len(ids) == 0 {
		ids = []gid.ID{gid.None}
	}
	return ids
}

func (w Window) holds(at time.Time) bool {
	on := calendar.On(at)
	return w.Gte <= on && on < w.Lt
}

// counted are a plot's numbers, counted one by one.
func (in *told) counted(who somebody, w Window, by Dimension) (map[gid.ID]counts, map[gid.ID][]int) {
	all, pairs := map[gid.ID]counts{}, map[gid.ID]map[[2]int][]int{}
	for _, p := range in.projects {
		own := who.employer == p.employer || who.school >= 0 && slices.Contains(everApproved, p.requests[who.school]) || who.Kind == viewer.Operator
		if !own || !w.holds(p.published) {
			continue
		}
		for _, g := range in.groups(who, by, p, func(s int) bool { return slices.Contains(everApproved, p.requests[s]) }) {
			all[g] = all[g].add(counts{Published: 1})
		}
	}
	for i, y := range in.ways {
		p := in.projects[y.project]
		if !in.isOwn(who, y) || !w.holds(p.published) {
			continue
		}
		for _, g := range in.groups(who, by, p, func(s int) bool { return in.ties[y.talent][s] == "CONFIRMED" }) {
			all[g] = all[g].add(y.counts())
			if y.reached == toComplete {
				if pairs[g] == nil {
					pairs[g] = map[[2]int][]int{}
				}
				pair := [2]int{y.talent, p.employer}
				pairs[g][pair] = append(pairs[g][pair], i)
			}
		}
	}
	for g, of := range pairs {
		for pair, ways := range of {
			all[g] = all[g].add(in.pair(w, pair, ways))
		}
	}
	return all, in.waits(who, w, by)
}

func (in *told) isOwn(who somebody, y way) bool {
	return who.employer == in.projects[y.project].employer || who.school >= 0 && in.ties[y.talent][who.school] == "CONFIRMED" || who.Kind == viewer.Operator
}

// counts are what one way adds.
func (y way) counts() counts {
	one := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	c := counts{Applied: 1, Shortlisted: one(y.reached >= toShortlist), Offered: one(y.reached >= toOffer), Accepted: one(y.reached >= toAccept)}
	c.Judged = one(y.status != "WITHDRAWN" || y.reached > toApply)
	c.Started, c.Completed = one(y.reached >= toStart), one(y.reached == toComplete)
	c.Ended = one(y.reached == toComplete || y.reached == toStart && y.status != "ACTIVE" && y.status != "DISPUTED")
	if y.job != nil && y.job.isHire() {
		since := y.job.started
		stayed := since != "" && (y.job.employed >= since.Plus(365) || y.job.left >= since.Plus(365))
		old := since != "" && since.Plus(365) <= today
		c.Hired, c.Retained = 1, one(stayed)
		c.Old, c.Kept, c.Known = one(old), one(old && stayed), one(old && (stayed || y.job.left != ""))
	}
	return c
}

func (j *job) isHire() bool { return j.status != "PROPOSED" && j.status != "DECLINED" }

func (j *job) on() calendar.Date {
	if j.answered != "" {
		return j.answered
	}
	return j.started
}

// pair counts a talent and an employer with completed work of a group.
func (in *told) pair(w Window, pair [2]int, ways []int) counts {
	c := counts{Pairs: 1}
	works := 0
	var jobs []calendar.Date
	for _, y := range in.ways {
		p := in.projects[y.project]
		if y.talent != pair[0] || p.employer != pair[1] || y.reached != toComplete {
			continue
		}
		if w.holds(p.published) {
			works++
		}
		if y.job != nil && y.job.isHire() {
			jobs = append(jobs, y.job.on())
		}
	}
	if works > 1 {
		c.Repeated = 1
	}
	passed, grown := []*int{&c.Passed0, &c.Passed1, &c.Passed2}, []*int{&c.Grown0, &c.Grown1, &c.Grown2}
	for i, days := range []int{90, 180, 365} {
		for _, y := range ways {
			done := in.ways[y].completed
			if done.DaysUntil(today) <= days {
				continue
			}
			*passed[i] = 1
			if slices.ContainsFunc(jobs, func(on calendar.Date) bool { n := done.DaysUntil(on); return 0 <= n && n <= days }) {
				*grown[i] = 1
			}
		}
	}
	return c
}

// waits are the days until each project's first accepted offer, sorted.
func (in *told) waits(who somebody, w Window, by Dimension) map[gid.ID][]int {
	all := map[gid.ID][]int{}
	for i, p := range in.projects {
		var first *way
		for _, y := range in.ways {
			if y.project == i && y.reached >= toAccept && !y.answered.Before(p.published) && (first == nil || y.answered.Before(first.answered)) {
				first = &y
			}
		}
		if first == nil || !in.isOwn(who, *first) || !w.holds(p.published) {
			continue
		}
		for _, g := range in.groups(who, by, p, func(s int) bool { return in.ties[first.talent][s] == "CONFIRMED" }) {
			all[g] = append(all[g], calendar.DaysBetween(p.published, first.answered))
		}
	}
	for _, days := range all {
		slices.Sort(days)
	}
	return all
}

func draw[V any](t *rapid.T, name string, from ...V) V { return rapid.SampledFrom(from).Draw(t, name) }

func drawPlot(t *rapid.T) plot {
	var p plot
	for range 3 {
		p.verified = append(p.verified, rapid.Bool().Draw(t, "verified"))
		p.links = append(p.links, []string{draw(t, "link", "", "APPROVED", "REQUESTED"), draw(t, "link", "", "APPROVED")})
	}
	for range 4 {
		p.ties = append(p.ties, []string{draw(t, "tie", "", "CONFIRMED", "CLAIMED"), draw(t, "tie", "", "CONFIRMED")})
	}
	for range 2 {
		from := draw[calendar.Date](t, "from", "2024-01-01", "2024-01-31", "2024-02-15")
		p.terms = append(p.terms, span{from, from.Plus(draw(t, "length", 0, 30, 60))})
	}
	for range rapid.IntRange(1, 5).Draw(t, "projects") {
		p.projects = append(p.projects, work{
			employer:  rapid.IntRange(0, 2).Draw(t, "employer"),
			published: draw(t, "published", at("2023-12-31").Add(15*time.Hour-time.Millisecond), calendar.Date("2024-01-01").Start(), at("2024-01-31"), at("2024-02-15"), calendar.Date("2024-03-01").Start()),
			skills:    draw(t, "skills", nil, []int{0}, []int{1}, []int{0, 1}),
			requests:  []string{draw(t, "request", "", "APPROVED", "DECLINED", "PENDING"), draw(t, "request", "", "APPROVED", "WITHDRAWN", "EXPIRED")},
		})
	}
	for i := range p.projects {
		for talent := range p.ties {
			if rapid.IntRange(0, 3).Draw(t, "applies") > 0 {
				p.ways = append(p.ways, drawWay(t, i, talent, p.projects[i].published))
			}
		}
	}
	return p
}

func drawWay(t *rapid.T, project, talent int, published time.Time) way {
	y := way{project: project, talent: talent, reached: draw(t, "reached", toApply, toReview, toShortlist, toOffer, toAccept, toStart, toComplete, toComplete)}
	// A moment of its own for each talent: who answers at the same one is settled by ids.
	y.answered = published.Add(time.Duration(draw(t, "waits", -30, 0, 9, 24, 24*40))*time.Hour + time.Duration(talent)*time.Millisecond)
	switch y.reached {
	case toApply, toReview, toShortlist:
		y.status = draw(t, "status", "WITHDRAWN", "DECLINED", "CLOSED_BY_SYSTEM")
	case toOffer:
		y.status = draw(t, "status", "SENT", "DECLINED")
	case toAccept:
		y.status = draw(t, "status", "SIGNED", "VOID", "TERMINATED")
	case toStart:
		y.status = draw(t, "status", "ACTIVE", "DISPUTED", "INCOMPLETE", "TERMINATED")
	case toComplete:
		y.status = "COMPLETED"
		y.completed = draw[calendar.Date](t, "completed", "2024-04-01", today.Plus(-366), today.Plus(-365), today.Plus(-91), today.Plus(-90), today.Plus(-1))
		y.job = drawJob(t, y.completed)
	}
	return y
}

func drawJob(t *rapid.T, completed calendar.Date) *job {
	on := completed.Plus(draw(t, "grows", 0, 90, 91, 180, 181, 365, 366))
	later := func(days ...int) calendar.Date { return on.Plus(draw(t, "later", days...)) }
	switch draw(t, "job", "none", "proposed", "declined", "accepted", "reported", "started", "kept", "left") {
	case "proposed":
		return &job{status: "PROPOSED"}
	case "declined":
		return &job{status: "DECLINED", answered: on}
	case "accepted":
		return &job{status: "ACCEPTED", answered: on}
	case "reported":
		return &job{status: "STARTED", started: on}
	case "started":
		return &job{status: "STARTED", answered: on, started: later(0, 10)}
	case "kept":
		return &job{status: "STARTED", started: on, employed: later(10, 364, 365, 366)}
	case "left":
		return &job{status: "LEFT", started: on, left: later(10, 364, 365, 366)}
	}
	return nil
}

func TestTheDatabaseCountsAsOneDoesByHand(t *testing.T) {
	t.Parallel()
	stage.Each(t, nil, func(t *testing.T, h *stage.House) {
		rapid.Check(t, func(r *rapid.T) {
			in := tell(t, h, h.Sandbox(t), drawPlot(r))
			w := draw(r, "window", Window{"2024-01-01", "2024-03-01"}, Window{"2024-01-01", "2024-02-01"}, Window{"2023-12-01", "2024-04-01"})
			who, by := draw(r, "who", in.everybody()...), draw(r, "by", dimensions...)
			ctx, c, err := cohortFor(viewer.With(t.Context(), who.Viewer), h.DB, w)
			if err != nil {
				r.Fatal(err)
			}
			funnel, waits := in.counted(who, w, by)
			got, err := countFunnel(ctx, c, by)
			maps.DeleteFunc(got, func(_ gid.ID, c counts) bool { return c == counts{} })
			if err != nil || !maps.Equal(got, funnel) {
				r.Fatalf("for %s, employer %d, school %d, by %q: %v\ngot  %+v\nwant %+v", who.Kind, who.employer, who.school, by, err, got, funnel)
			}
			spells, err := countSpells(ctx, c, by)
			if err != nil || !maps.EqualFunc(spells, waits, sameDays) {
				r.Fatalf("for %s, employer %d, school %d, by %q: %v\ngot  %+v\nwant %+v", who.Kind, who.employer, who.school, by, err, spells, waits)
			}
		})
	})
}

func sameDays(got spells, want []int) bool {
	var days []int
	for _, s := range got {
		days = append(days, slices.Repeat([]int{s.Days}, s.Projects)...)
	}
	return slices.Equal(days, want)
}
