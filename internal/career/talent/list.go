package talent

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/declaredskill"
	entemployer "github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

var profileKeys = map[TalentProfileOrderField]page.Key[*ent.TalentProfile]{
	TalentProfilesByCreatedAt: {
		Column: talentprofile.FieldCreatedAt, Value: func(p *ent.TalentProfile) any { return p.CreatedAt },
	},
	TalentProfilesByUpdatedAt: {Column: talentprofile.FieldUpdatedAt, Value: func(p *ent.TalentProfile) any { return p.UpdatedAt }},
}

var affiliationKeys = map[AffiliationOrderField]page.Key[*ent.Affiliation]{
	AffiliationsByCreatedAt: {Column: affiliation.FieldCreatedAt, Value: func(a *ent.Affiliation) any { return a.CreatedAt }},
	AffiliationsByUpdatedAt: {Column: affiliation.FieldUpdatedAt, Value: func(a *ent.Affiliation) any { return a.UpdatedAt }},
}

// List is a page of the profiles that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *TalentProfileFilter, order *TalentProfileOrder,
) (*TalentProfileConnection, error) {
	q := db.Read.TalentProfile.Query()
	if filter != nil {
		if err := filter.narrow(ctx, q); err != nil {
			return nil, err
		}
	}
	if order == nil {
		order = &TalentProfileOrder{Field: TalentProfilesByCreatedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.TalentProfile]{
		Key: profileKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(p *ent.TalentProfile) gid.ID { return p.ID },
	}, args)
}

func (f *TalentProfileFilter) narrow(ctx context.Context, q *ent.TalentProfileQuery) error {
	q.Where(page.During(talentprofile.FieldUpdatedAt, f.UpdatedAt))
	if f.Skills != nil {
		declares, err := through(ctx, f.Skills, ent.TypeDeclaredSkill, declaredskill.Table, declaredskill.FieldSkillID)
		if err != nil {
			return err
		}
		q.Where(declares)
	}
	if f.Institution != nil {
		belongs, err := through(ctx, f.Institution, ent.TypeAffiliation, affiliation.Table,
			affiliation.FieldInstitutionID, sql.FieldEQ(affiliation.FieldStatus, affiliation.StatusConfirmed))
		if err != nil {
			return err
		}
		q.Where(belongs)
	}
	if f.Label != nil {
		labelled, err := Labelled(viewer.From(ctx), talentprofile.FieldID, *f.Label)
		if err != nil {
			return err
		}
		q.Where(labelled)
	}
	return f.narrowSensitive(ctx, q)
}

// through keeps the talents named by a row of another table that the viewer may
// see, that names one of the ids, and that meets the conditions. Rows the viewer
// may not see must not count: the list would tell of them.
func through(
	ctx context.Context, named *page.IDFilter, kind, table, column string, conditions ...func(*sql.Selector),
) (func(*sql.Selector), error) {
	if err := page.Few(named); err != nil {
		return nil, err
	}
	return tied(viewer.From(ctx), talentprofile.FieldID, kind, table, append(conditions, page.Among(column, named))...)
}

// tied keeps the rows whose own column names a talent of whom another table has a
// row that the viewer may see and that meets the conditions.
func tied(v viewer.Viewer, own, kind, table string, conditions ...func(*sql.Selector)) (func(*sql.Selector), error) {
	seen, err := access.Rows(v, kind)
	if err != nil {
		return nil, err
	}
	return func(s *sql.Selector) {
		other := sql.Dialect(s.Dialect()).Select().From(sql.Table(table))
		other.Select(other.C("talent_id"))
		for _, condition := range append(conditions, seen) {
			condition(other)
		}
		s.Where(sql.In(s.C(own), other))
	}, nil
}

// Affiliations is a page of the affiliations that the viewer takes part in.
func Affiliations(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *AffiliationFilter, order *AffiliationOrder,
) (*AffiliationConnection, error) {
	q := db.Read.Affiliation.Query()
	if filter != nil {
		if err := filter.narrow(q); err != nil {
			return nil, err
		}
	}
	if order == nil {
		order = &AffiliationOrder{Field: AffiliationsByCreatedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Affiliation]{
		Key: affiliationKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(a *ent.Affiliation) gid.ID { return a.ID },
	}, args)
}

func (f *AffiliationFilter) narrow(q *ent.AffiliationQuery) error {
	if err := page.Few(f.Talent, f.Institution); err != nil {
		return err
	}
	if f.Status != nil {
		q.Where(affiliation.StatusIn(f.Status...))
	}
	q.Where(
		page.Among(affiliation.FieldTalentID, f.Talent),
		page.Among(affiliation.FieldInstitutionID, f.Institution),
		page.During(affiliation.FieldUpdatedAt, f.UpdatedAt),
	)
	return nil
}

// Exposed is a page of the talents who applied to an employer or worked for it, as
// far as the viewer may see them: career staff see their own, operators those of
// an employer that is suspended.
func Exposed(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args,
	employer gid.ID, filter *ExposedTalentFilter, order *TalentProfileOrder,
) (*TalentProfileConnection, error) {
	q := db.Read.TalentProfile.Query().Where(filter.On(talentprofile.FieldUpdatedAt), func(s *sql.Selector) {
		met := sql.Dialect(s.Dialect()).Select().From(sql.Table(application.Table).As("met"))
		met.Select(met.C(application.FieldTalentID)).Where(sql.EQ(met.C(application.FieldEmployerOrgID), employer))
		if viewer.From(ctx).Kind == viewer.Operator {
			// Of others than a suspended one an operator does not learn whom it met.
			stopped := sql.Dialect(s.Dialect()).Select().From(sql.Table(entemployer.Table).As("stopped"))
			stopped.Select(stopped.C(entemployer.FieldID)).
				Where(sql.In(stopped.C(entemployer.FieldStatus), entemployer.StatusSuspended, entemployer.StatusBanned))
			met.Where(sql.In(met.C(application.FieldEmployerOrgID), stopped))
		}
		s.Where(sql.In(s.C(talentprofile.FieldID), met))
	})
	if order == nil {
		order = &TalentProfileOrder{Field: TalentProfilesByCreatedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.TalentProfile]{
		Key: profileKeys[order.Field], Order: order.Direction, Filter: []any{employer, filter}, ID: func(p *ent.TalentProfile) gid.ID { return p.ID },
	}, args)
}
