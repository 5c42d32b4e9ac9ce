package insight

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// cohort is the work that is counted: published in the window, in the viewer's
// world, as far as the viewer answers for it. Every statement begins at a table
// of the guarded client, which keeps the rows that the viewer may see; what
// belongs to such a row, and a hire of the same two sides, is looked up with it.
type cohort struct {
	db     *store.DB
	viewer viewer.Viewer
	window Window
	today  calendar.Date
	seen   map[string]func(*sql.Selector) // the rows of further tables that the viewer may see
}

// cohortFor is what the viewer in the context may count, and who counts it.
func cohortFor(ctx context.Context, db *store.DB, w Window) (context.Context, cohort, error) {
	v := viewer.From(ctx)
	now, err := db.NowFor(ctx)
	if err != nil {
		return ctx, cohort{}, err
	}
	if v.Kind == viewer.Operator {
		v = viewer.System("operators count all work of their world, and read none of it").In(v.World)
		ctx = viewer.With(ctx, v)
	}
	c := cohort{db, v, w, calendar.On(now), map[string]func(*sql.Selector){}}
	for _, kind := range []string{"Employer", "Institution", "InstitutionLink", "PostingRequest", "Term"} {
		if c.seen[kind], err = access.Rows(v, kind); err != nil {
			return ctx, cohort{}, err
		}
	}
	return ctx, c, nil
}

// ofWork makes a statement about what belongs to the cohort's projects: these
// columns, of each group. An institution's group is what its talents did.
func (c cohort) ofWork(by Dimension, columns ...string) func(*sql.Selector) {
	return func(s *sql.Selector) {
		p := table(s, "micro_projects").As("p")
		s.Join(p).On(s.C("micro_project_id"), p.C("id"))
		s.Where(c.published(p))
		c.choose(s, c.split(s, p, by, c.affiliated), columns)
	}
}

// ofProjects is ofWork about the projects themselves. An institution's group is
// what it approved.
func (c cohort) ofProjects(by Dimension, columns ...string) func(*sql.Selector) {
	return func(s *sql.Selector) {
		p := table(s, "micro_projects")
		s.Where(c.published(p))
		if c.viewer.Kind == viewer.CareerStaff {
			s.Where(sql.Exists(c.approvals(s, p)))
		}
		c.choose(s, c.split(s, p, by, c.approved), columns)
	}
}

// published keeps projects of the cohort.
func (c cohort) published(p *sql.SelectTable) *sql.Predicate {
	return sql.And(sql.EQ(p.C("world_id"), c.viewer.World),
		sql.GTE(p.C("published_at"), c.window.Gte.Start()), sql.LT(p.C("published_at"), c.window.Lt.Start()))
}

// approvals are the requests by which the viewer's institution approved a project.
func (c cohort) approvals(s *sql.Selector, p *sql.SelectTable) *sql.Selector {
	t := table(s, "posting_requests").As("approvals")
	requests := sql.Dialect(s.Dialect()).Select(t.C("id")).From(t).Where(sql.ColumnsEQ(t.C("micro_project_id"), p.C("id")))
	c.seen["PostingRequest"](requests)
	return requests.Where(approvedOnce(t))
}

// approvedOnce keeps requests that were approved, even when that has ended.
func approvedOnce(t *sql.SelectTable) *sql.Predicate {
	return sql.In(t.C("status"), "APPROVED", "WITHDRAWN", "EXPIRED")
}

// choose selects the columns, of each group where there are any.
func (c cohort) choose(s *sql.Selector, group string, columns []string) {
	var chosen []sql.Querier
	if group != "" {
		chosen = append(chosen, sql.Raw(group+" AS group_id"))
		s.GroupBy(group)
	}
	for _, column := range columns {
		chosen = append(chosen, sql.Raw(column))
	}
	s.SelectExpr(chosen...)
}

// split joins what names the groups, and returns the column that does. Rows that
// belong to no group of which the viewer may be told have none in it.
func (c cohort) split(s *sql.Selector, p *sql.SelectTable, by Dimension, institutions func(*sql.Selector) (groups *sql.Selector, own string)) string {
	switch by {
	case ByEmployer:
		g := c.named(s, "Employer", "employers", "id").As("g")
		s.LeftJoin(g).On(p.C("employer_org_id"), g.C("group_id"))
		return g.C("group_id")
	case BySkill:
		g := table(s, "project_skills").As("g")
		s.LeftJoin(g).On(p.C("id"), g.C("micro_project_id"))
		return g.C("skill_id")
	case ByTerm:
		g := c.terms(s)
		on := day(s.Dialect(), p.C("published_at"))
		s.LeftJoin(g).OnP(sql.ExprP(g.C("starts_on") + " <= " + on + " AND " + g.C("ends_on") + " >= " + on))
		return g.C("group_id")
	case ByInstitution:
		g, own := institutions(s)
		s.LeftJoin(g).On(s.C(own), g.C("member_id"))
		return g.C("group_id")
	}
	return ""
}

// named are the rows of a table that the viewer may be told of, by one column.
func (c cohort) named(s *sql.Selector, kind, of, column string, others ...string) *sql.Selector {
	t := table(s, of)
	rows := sql.Dialect(s.Dialect()).Select(append(t.Columns(others...), sql.As(t.C(column), "group_id"))...).From(t)
	c.seen[kind](rows)
	return rows.Where(sql.EQ(t.C("world_id"), c.viewer.World))
}

// institutions are those that may be named: to an employer those that approved
// its link, to a career office itself.
func (c cohort) institutions(s *sql.Selector) *sql.Selector {
	if c.viewer.Kind == viewer.EmployerMember {
		rows := c.named(s, "InstitutionLink", "institution_links", "institution_id")
		return rows.Where(sql.EQ(rows.C("status"), "APPROVED"))
	}
	rows := c.named(s, "Institution", "institutions", "id")
	if c.viewer.Kind == viewer.CareerStaff {
		rows.Where(sql.EQ(rows.C("id"), c.viewer.Institution()))
	}
	return rows
}

// terms are those of the institutions that may be named.
func (c cohort) terms(s *sql.Selector) *sql.Selector {
	rows := c.named(s, "Term", "terms", "id", "starts_on", "ends_on")
	return rows.Where(sql.In(rows.C("institution_id"), c.institutions(s))).As("g")
}

// affiliated says which talents belong to which institutions.
func (c cohort) affiliated(s *sql.Selector) (groups *sql.Selector, own string) {
	t := table(s, "affiliations")
	return c.members(s, t, "talent_id", sql.EQ(t.C("status"), "CONFIRMED")), "talent_id"
}

// approved says which projects were approved by which institutions.
func (c cohort) approved(s *sql.Selector) (groups *sql.Selector, own string) {
	t := table(s, "posting_requests")
	return c.members(s, t, "micro_project_id", approvedOnce(t)), "id"
}

func (c cohort) members(s *sql.Selector, t *sql.SelectTable, member string, of *sql.Predicate) *sql.Selector {
	return sql.Dialect(s.Dialect()).Select(sql.As(t.C("institution_id"), "group_id"), sql.As(t.C(member), "member_id")).From(t).
		Where(sql.And(of, sql.In(t.C("institution_id"), c.institutions(s)))).As("g")
}

// only keeps the rows that meet a condition, and groups them by a further column,
// the smallest first.
func only(condition, by string) func(*sql.Selector) {
	return func(s *sql.Selector) {
		s.Where(sql.ExprP(condition)).GroupBy(by).OrderExpr(sql.Raw(by))
	}
}

// table is a table in a statement of the same engine.
func table(s *sql.Selector, name string) *sql.SelectTable {
	return sql.Dialect(s.Dialect()).Table(name)
}
