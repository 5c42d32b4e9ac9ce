// Package skill holds the two lists that everybody shares: what people can do
// or know, and the occupations there are. Talents and employers name entries of
// these lists, so that both mean the same by a word.
package skill

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/occupation"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
)

// mostCodes is how many codes a filter takes.
const mostCodes = 100

var skillKeys = map[SkillOrderField]page.Key[*ent.Skill]{
	SkillsByName:      {Column: skill.FieldNameFolded, Value: func(s *ent.Skill) any { return s.NameFolded }},
	SkillsByUpdatedAt: {Column: skill.FieldUpdatedAt, Value: func(s *ent.Skill) any { return s.UpdatedAt }},
}

var occupationKeys = map[OccupationOrderField]page.Key[*ent.Occupation]{
	OccupationsByTitle:     {Column: occupation.FieldTitleFolded, Value: func(o *ent.Occupation) any { return o.TitleFolded }},
	OccupationsByUpdatedAt: {Column: occupation.FieldUpdatedAt, Value: func(o *ent.Occupation) any { return o.UpdatedAt }},
}

// List is a page of the shared list of skills.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *SkillFilter, order *SkillOrder,
) (*SkillConnection, error) {
	q := db.Read.Skill.Query()
	if filter != nil {
		if filter.Search != nil {
			q.Where(page.Prefix(skill.FieldNameFolded, text.Fold(*filter.Search)))
		}
		if filter.Kind != nil {
			q.Where(skill.KindEQ(*filter.Kind))
		}
		q.Where(page.During(skill.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &SkillOrder{Field: SkillsByName, Direction: page.Ascending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Skill]{
		Key: skillKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(s *ent.Skill) gid.ID { return s.ID },
	}, args)
}

// Occupations is a page of the O*NET-SOC list.
func Occupations(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *OccupationFilter, order *OccupationOrder,
) (*OccupationConnection, error) {
	q := db.Read.Occupation.Query()
	if filter != nil {
		if filter.Search != nil {
			q.Where(page.Prefix(occupation.FieldTitleFolded, text.Fold(*filter.Search)))
		}
		if len(filter.Code) > mostCodes {
			return nil, &fault.Request{Code: fault.CodeInvalidInput, Message: "A filter names at most 100 codes."}
		}
		if filter.Code != nil {
			q.Where(occupation.CodeIn(filter.Code...))
		}
		q.Where(page.During(occupation.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &OccupationOrder{Field: OccupationsByTitle, Direction: page.Ascending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Occupation]{
		Key: occupationKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(o *ent.Occupation) gid.ID { return o.ID },
	}, args)
}
