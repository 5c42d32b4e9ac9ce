package talent

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/declaredskill"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

var profileKeys = map[TalentProfileOrderField]page.Key[*ent.TalentProfile]{
	TalentProfilesByCreatedAt: {
		Column: talentprofile.FieldCreatedAt, Value: func(p *ent.TalentProfile) any { return p.CreatedAt },
	},
}

var affiliationKeys = map[AffiliationOrderField]page.Key[*ent.Affiliation]{
	AffiliationsByCreatedAt: {Column: affiliation.FieldCreatedAt, Value: func(a *ent.Affiliation) any { return a.CreatedAt }},
}

// List is a page of the profiles that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *TalentProfileFilter, order *TalentProfileOrder,
) (*TalentProfileConnection, error) {
	q := db.Read.TalentProfile.Query()
	if filter != nil {
		if err := narrow(ctx, q, filter); err != nil {
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

func narrow(ctx context.Context, q *ent.TalentProfileQuery, filter *TalentProfileFilter) error {
	if filter.Skills != nil {
		declares, err := through(ctx, "filter.skills", filter.Skills, ent.TypeDeclaredSkill, declaredskill.Table, declaredskill.FieldSkillID)
		if err != nil {
			return err
		}
		q.Where(declares)
	}
	if filter.Institution != nil {
		belongs, err := through(ctx, "filter.institution", filter.Institution, ent.TypeAffiliation, affiliation.Table,
			affiliation.FieldInstitutionID, sql.FieldEQ(affiliation.FieldStatus, affiliation.StatusConfirmed))
		if err != nil {
			return err
		}
		q.Where(belongs)
	}
	return nil
}

// through keeps the talents named by a row of another table that the viewer may
// see, that names one of the ids, and that meets the conditions. Rows the viewer
// may not see must not count: the list would tell of them.
func through(
	ctx context.Context, path string, named *page.IDFilter, kind, table, column string, conditions ...func(*sql.Selector),
) (func(*sql.Selector), error) {
	ids, err := few(path, named)
	if err != nil {
		return nil, err
	}
	seen, err := access.Rows(viewer.From(ctx), kind)
	if err != nil {
		return nil, err
	}
	return func(s *sql.Selector) {
		other := sql.Dialect(s.Dialect()).Select().From(sql.Table(table))
		other.Select(other.C("talent_id"))
		sql.FieldIn(column, ids...)(other)
		for _, condition := range append(conditions, seen) {
			condition(other)
		}
		s.Where(sql.In(s.C(talentprofile.FieldID), other))
	}, nil
}

// Affiliations is a page of the affiliations that the viewer takes part in.
func Affiliations(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *AffiliationFilter, order *AffiliationOrder,
) (*AffiliationConnection, error) {
	q := db.Read.Affiliation.Query()
	if filter != nil {
		if err := narrowAffiliations(q, filter); err != nil {
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

func narrowAffiliations(q *ent.AffiliationQuery, filter *AffiliationFilter) error {
	if filter.Status != nil {
		q.Where(affiliation.StatusIn(filter.Status...))
	}
	if filter.Talent != nil {
		ids, err := few("filter.talent", filter.Talent)
		if err != nil {
			return err
		}
		q.Where(affiliation.TalentIDIn(ids...))
	}
	if filter.Institution != nil {
		ids, err := few("filter.institution", filter.Institution)
		if err != nil {
			return err
		}
		q.Where(affiliation.InstitutionIDIn(ids...))
	}
	return nil
}

// mostIDs is how many ids a filter takes.
const mostIDs = 100

// few are the ids that a filter names.
func few(path string, filter *page.IDFilter) ([]gid.ID, error) {
	ids := filter.IDs()
	if len(ids) > mostIDs {
		return nil, &fault.Request{Code: fault.CodeInvalidInput, Message: path + ": name at most 100 ids."}
	}
	return ids, nil
}
