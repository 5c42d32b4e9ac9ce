package institution

import (
	"context"
	"strings"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
)

var keys = map[InstitutionOrderField]page.Key[*ent.Institution]{
	InstitutionsByName:      {Column: institution.FieldNameFolded, Value: func(i *ent.Institution) any { return i.NameFolded }},
	InstitutionsByUpdatedAt: {Column: institution.FieldUpdatedAt, Value: func(i *ent.Institution) any { return i.UpdatedAt }},
}

var linkKeys = map[InstitutionLinkOrderField]page.Key[*ent.InstitutionLink]{
	InstitutionLinksByRequestedAt: {
		Column: institutionlink.FieldRequestedAt, Value: func(l *ent.InstitutionLink) any { return l.RequestedAt },
	},
	InstitutionLinksByUpdatedAt: {Column: institutionlink.FieldUpdatedAt, Value: func(l *ent.InstitutionLink) any { return l.UpdatedAt }},
}

// List is a page of the institutions of the viewer's world.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *InstitutionFilter, order *InstitutionOrder,
) (*InstitutionConnection, error) {
	q := db.Read.Institution.Query()
	if filter != nil {
		if filter.Search != nil {
			q.Where(page.Prefix(institution.FieldNameFolded, text.Fold(*filter.Search)))
		}
		if filter.CountryCode != nil {
			q.Where(institution.CountryCode(strings.ToUpper(*filter.CountryCode)))
		}
		if filter.Status != nil {
			q.Where(institution.StatusEQ(*filter.Status))
		}
		q.Where(page.During(institution.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &InstitutionOrder{Field: InstitutionsByName, Direction: page.Ascending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Institution]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(i *ent.Institution) gid.ID { return i.ID },
	}, args)
}

// Links is a page of the links that the viewer takes part in.
func Links(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *InstitutionLinkFilter, order *InstitutionLinkOrder,
) (*InstitutionLinkConnection, error) {
	q := db.Read.InstitutionLink.Query()
	if filter != nil {
		if err := filter.narrow(q); err != nil {
			return nil, err
		}
	}
	if order == nil {
		order = &InstitutionLinkOrder{Field: InstitutionLinksByRequestedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.InstitutionLink]{
		Key: linkKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(l *ent.InstitutionLink) gid.ID { return l.ID },
	}, args)
}

func (f *InstitutionLinkFilter) narrow(q *ent.InstitutionLinkQuery) error {
	if err := page.Few(f.Employer, f.Institution); err != nil {
		return err
	}
	if f.Status != nil {
		q.Where(institutionlink.StatusIn(f.Status...))
	}
	q.Where(
		page.Among(institutionlink.FieldEmployerOrgID, f.Employer),
		page.Among(institutionlink.FieldInstitutionID, f.Institution),
		page.During(institutionlink.FieldUpdatedAt, f.UpdatedAt),
	)
	return nil
}
