package insight

import (
	"context"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

const oneYear = 365 // days

// within are the days after completed work in which a job counts as grown out
// of it.
var within = [3]int{90, 180, 365}

// counts are what the funnel is made of, of one group.
type counts struct {
	Group     gid.ID `sql:"group_id"`
	Published int    `sql:"published"`

	// Of applications. Judged are all but those withdrawn before anybody looked.
	Applied     int `sql:"applied"`
	Shortlisted int `sql:"shortlisted"`
	Offered     int `sql:"offered"`
	Accepted    int `sql:"accepted"`
	Judged      int `sql:"judged"`

	// Of engagements. Ended are those that were started and are over.
	Started   int `sql:"started"`
	Completed int `sql:"completed"`
	Ended     int `sql:"ended"`
	Hired     int `sql:"hired"`
	Retained  int `sql:"retained"`

	// Of talents and employers, as pairs with completed work: all, those who
	// completed more than once, those whose window has passed, and of these
	// those with a job in it.
	Pairs    int `sql:"pairs"`
	Repeated int `sql:"repeated"`
	Passed0  int `sql:"passed_0"`
	Passed1  int `sql:"passed_1"`
	Passed2  int `sql:"passed_2"`
	Grown0   int `sql:"grown_0"`
	Grown1   int `sql:"grown_1"`
	Grown2   int `sql:"grown_2"`

	// Of jobs that began a year ago or more.
	Old   int `sql:"old"`
	Known int `sql:"known"`
	Kept  int `sql:"kept"`
}

func (c counts) sizes() []int { return []int{c.Applied, c.Published} }

// add takes over what another statement counted of the same group.
func (c counts) add(o counts) counts {
	c.Published += o.Published
	c.Applied, c.Shortlisted, c.Offered = c.Applied+o.Applied, c.Shortlisted+o.Shortlisted, c.Offered+o.Offered
	c.Accepted, c.Judged = c.Accepted+o.Accepted, c.Judged+o.Judged
	c.Started, c.Completed, c.Ended = c.Started+o.Started, c.Completed+o.Completed, c.Ended+o.Ended
	c.Hired, c.Retained = c.Hired+o.Hired, c.Retained+o.Retained
	c.Pairs, c.Repeated = c.Pairs+o.Pairs, c.Repeated+o.Repeated
	c.Passed0, c.Passed1, c.Passed2 = c.Passed0+o.Passed0, c.Passed1+o.Passed1, c.Passed2+o.Passed2
	c.Grown0, c.Grown1, c.Grown2 = c.Grown0+o.Grown0, c.Grown1+o.Grown1, c.Grown2+o.Grown2
	c.Old, c.Known, c.Kept = c.Old+o.Old, c.Known+o.Known, c.Kept+o.Kept
	return c
}

// countFunnel asks each table once.
func countFunnel(ctx context.Context, c cohort, by Dimension) (map[gid.ID]counts, error) {
	all := map[gid.ID]counts{}
	for _, ask := range []func(context.Context, Dimension) ([]counts, error){c.projects, c.applications, c.engagements, c.hires} {
		rows, err := ask(ctx, by)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			all[row.Group] = all[row.Group].add(row)
		}
	}
	return all, nil
}

func (c cohort) projects(ctx context.Context, by Dimension) (rows []counts, err error) {
	q := c.db.Read.MicroProject.Query()
	if c.viewer.Kind == viewer.EmployerMember {
		q.Where(microproject.EmployerOrgID(c.viewer.Employer()))
	}
	return rows, q.Modify(c.ofProjects(by, "COUNT(*) AS published")).Scan(ctx, &rows)
}

var (
	// accepted offers may have been made void later.
	accepted = []offer.Status{offer.StatusAccepted, offer.StatusSigned, offer.StatusVoid}
	hired    = []hireconversion.Status{
		hireconversion.StatusAccepted, hireconversion.StatusStarted, hireconversion.StatusRetainedOneYear,
		hireconversion.StatusRetainedFiveYears, hireconversion.StatusLeft,
	}
	over = []engagement.Status{engagement.StatusCompleted, engagement.StatusIncomplete, engagement.StatusTerminated}
)

func (c cohort) applications(ctx context.Context, by Dimension) (rows []counts, err error) {
	// A status says what an application is, the log what it has been.
	has := func(kinds ...event.Kind) string {
		return some("events e", "e.subject_id = applications.id", oneOf("e.kind", kinds...))
	}
	offered := some("offers o", "o.application_id = applications.id")
	shortlisted := "(" + oneOf("applications.status", "SHORTLISTED", "INTERVIEW") + " OR " + offered + " OR " +
		has(event.ApplicationShortlisted, event.ApplicationInterviewed) + ")"
	return rows, c.db.Read.Application.Query().Modify(c.ofWork(by,
		"COUNT(*) AS applied",
		howMany("shortlisted", shortlisted),
		howMany("offered", offered),
		howMany("accepted", some("offers o", "o.application_id = applications.id", oneOf("o.status", accepted...))),
		howMany("judged", "applications.status <> 'WITHDRAWN' OR "+shortlisted+" OR "+has(event.ApplicationReviewed)),
	)).Scan(ctx, &rows)
}

func (c cohort) engagements(ctx context.Context, by Dimension) (rows []counts, err error) {
	engine := c.db.Engine().Name
	grown := func(further ...string) string {
		return some("hire_conversions h", append(further, "h.engagement_id = engagements.id", oneOf("h.status", hired...))...)
	}
	columns := []string{
		howMany("started", "engagements.started_at IS NOT NULL"),
		howMany("completed", "engagements.completed_at IS NOT NULL"),
		howMany("ended", "engagements.started_at IS NOT NULL AND "+oneOf("engagements.status", over...)),
		howMany("hired", grown()),
		howMany("retained", grown(lasted(engine, "h"))),
		howManyPairs("pairs", "engagements.completed_at IS NOT NULL"),
		howManyPairs("repeated", "engagements.completed_at IS NOT NULL AND "+c.again(engine)),
	}
	completed := day(engine, "engagements.completed_at")
	for i, days := range within {
		until := plus(engine, completed, days)
		passed := until + " < '" + string(c.today) + "'"
		on := "COALESCE(" + day(engine, "h.answered_at") + ", h.started_on)"
		job := some("hire_conversions h", "h.talent_id = engagements.talent_id", "h.employer_org_id = engagements.employer_org_id",
			oneOf("h.status", hired...), on+" >= "+completed, on+" <= "+until)
		columns = append(columns, howManyPairs(fmt.Sprintf("passed_%d", i), passed), howManyPairs(fmt.Sprintf("grown_%d", i), passed+" AND "+job))
	}
	return rows, c.db.Read.Engagement.Query().Modify(c.ofWork(by, columns...)).Scan(ctx, &rows)
}

// again is the condition that the same two completed other work of the cohort.
// Windows consist of whole months, so days tell what lies in them.
func (c cohort) again(engine string) string {
	published := day(engine, "p2.published_at")
	return some("engagements e JOIN micro_projects p2 ON p2.id = e.micro_project_id", "e.id <> engagements.id",
		"e.talent_id = engagements.talent_id", "e.employer_org_id = engagements.employer_org_id", "e.completed_at IS NOT NULL",
		published+" >= '"+string(c.window.Gte)+"'", published+" < '"+string(c.window.Lt)+"'")
}

func (c cohort) hires(ctx context.Context, by Dimension) (rows []counts, err error) {
	engine := c.db.Engine().Name
	old := oneOf("hire_conversions.status", hired...) + " AND " + plus(engine, "hire_conversions.started_on", oneYear) + " <= '" + string(c.today) + "'"
	kept := lasted(engine, "hire_conversions")
	return rows, c.db.Read.HireConversion.Query().Modify(c.ofWork(by,
		howMany("old", old),
		howMany("known", old+" AND ("+kept+" OR hire_conversions.left_on IS NOT NULL)"),
		howMany("kept", old+" AND "+kept),
	)).Scan(ctx, &rows)
}

// lasted is the condition that a talent is known to have been employed a year
// after the first day, by the days and not by the status.
func lasted(engine, job string) string {
	year := plus(engine, job+".started_on", oneYear)
	return "(" + job + ".employed_as_of >= " + year + " OR " + job + ".left_on >= " + year + ")"
}
