package project

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/planneddeliverable"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// standing is what a rule must know of a project beyond its own row.
type standing struct {
	ID             gid.ID          `json:"id"`
	Planned        int             `json:"planned"`         // deliverables
	Misdated       int             `json:"misdated"`        // those due outside the project's own days
	Approvals      int             `json:"approvals"`       // of institutions
	Renewable      int             `json:"renewable"`       // institutions that wait for an answer or another request
	Working        int             `json:"working"`         // engagements under way
	EmployerStatus employer.Status `json:"employer_status"` // of whoever pays
}

// isWeighed: how a project stands is for its employer, whose all the rows are
// that are counted, and for operators, who hear no more than whether they may
// cancel it.
func isWeighed(v viewer.Viewer, p *ent.MicroProject) bool {
	return v.Kind == viewer.Operator || !v.Employer().IsNone() && p.EmployerOrgID == v.Employer()
}

// standings reads where projects stand, all in one statement.
func standings(ctx context.Context, c *ent.Client, ids ...gid.ID) (map[gid.ID]standing, error) {
	var rows []standing
	err := c.MicroProject.Query().Where(microproject.IDIn(ids...)).
		Select(microproject.FieldID).Modify(func(s *sql.Selector) {
		s.AppendSelectExprAs(planned(s), "planned")
		s.AppendSelectExprAs(misdated(s), "misdated")
		s.AppendSelectExprAs(count(s, postingrequest.Table, postingrequest.FieldMicroProjectID, func(t *sql.SelectTable) *sql.Predicate {
			return sql.And(sql.NotNull(t.C(postingrequest.FieldInstitutionID)),
				sql.EQ(t.C(postingrequest.FieldStatus), postingrequest.StatusApproved))
		}), "approvals")
		s.AppendSelectExprAs(count(s, postingrequest.Table, postingrequest.FieldMicroProjectID, renewable(s)), "renewable")
		s.AppendSelectExprAs(count(s, engagement.Table, engagement.FieldMicroProjectID, func(t *sql.SelectTable) *sql.Predicate {
			return sql.In(t.C(engagement.FieldStatus), underWay...)
		}), "working")
		payer := sql.Table(employer.Table).As("payer")
		s.AppendSelectExprAs(sql.Dialect(s.Dialect()).Select(payer.C(employer.FieldStatus)).From(payer).
			Where(sql.ColumnsEQ(payer.C(employer.FieldID), s.C(microproject.FieldEmployerOrgID))), "employer_status")
	}).Scan(ctx, &rows)
	if err != nil {
		return nil, err
	}
	found := make(map[gid.ID]standing, len(rows))
	for _, row := range rows {
		found[row.ID] = row
	}
	return found, nil
}

// underWay are working as a statement takes them.
var underWay = func() []any {
	var all []any
	for _, status := range working {
		all = append(all, status)
	}
	return all
}()

// renewable is isRenewable as the database says it.
func renewable(s *sql.Selector) func(*sql.SelectTable) *sql.Predicate {
	return func(t *sql.SelectTable) *sql.Predicate {
		refused := sql.And(
			sql.In(t.C(postingrequest.FieldStatus), postingrequest.StatusDeclined, postingrequest.StatusWithdrawn),
			sql.EQ(t.C(postingrequest.FieldDecidedBy), postingrequest.DecidedByStaff),
			sql.Or(sql.LT(t.C(postingrequest.FieldAsks), mostReviews),
				sql.ColumnsGT(s.C(microproject.FieldRevisedAt), t.C(postingrequest.FieldDecidedAt))))
		return sql.And(sql.NotNull(t.C(postingrequest.FieldInstitutionID)),
			sql.Or(sql.EQ(t.C(postingrequest.FieldStatus), postingrequest.StatusInProgress), refused))
	}
}

func planned(s *sql.Selector) *sql.Selector {
	return count(s, planneddeliverable.Table, planneddeliverable.FieldMicroProjectID, nil)
}

func misdated(s *sql.Selector) *sql.Selector {
	return count(s, planneddeliverable.Table, planneddeliverable.FieldMicroProjectID, func(t *sql.SelectTable) *sql.Predicate {
		return sql.Or(sql.ColumnsLT(t.C(planneddeliverable.FieldDueOn), s.C(microproject.FieldStartsOn)),
			sql.ColumnsGT(t.C(planneddeliverable.FieldDueOn), s.C(microproject.FieldDueOn)))
	})
}

// count selects how many rows of another table name the project and meet a
// condition.
func count(s *sql.Selector, table, column string, condition func(*sql.SelectTable) *sql.Predicate) *sql.Selector {
	t := sql.Table(table).As("counted")
	wanted := sql.ColumnsEQ(t.C(column), s.C(microproject.FieldID))
	if condition != nil {
		wanted = sql.And(wanted, condition(t))
	}
	return sql.Dialect(s.Dialect()).Select(sql.Count("*")).From(t).Where(wanted)
}
