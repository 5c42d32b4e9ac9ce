package template

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreementtemplate"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

var keys = map[AgreementTemplateOrderField]page.Key[*ent.AgreementTemplate]{
	AgreementTemplatesByPublishedAt: {Column: agreementtemplate.FieldPublishedAt, Value: func(t *ent.AgreementTemplate) any { return t.PublishedAt }},
	AgreementTemplatesByUpdatedAt:   {Column: agreementtemplate.FieldUpdatedAt, Value: func(t *ent.AgreementTemplate) any { return t.UpdatedAt }},
}

// List is a page of the texts that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *AgreementTemplateFilter, order *AgreementTemplateOrder,
) (*AgreementTemplateConnection, error) {
	q := db.Read.AgreementTemplate.Query()
	if filter != nil {
		if filter.Kind != nil {
			q.Where(agreementtemplate.KindIn(filter.Kind...))
		}
		if filter.Status != nil {
			q.Where(agreementtemplate.StatusIn(filter.Status...))
		}
		q.Where(page.During(agreementtemplate.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &AgreementTemplateOrder{Field: AgreementTemplatesByPublishedAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.AgreementTemplate]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(t *ent.AgreementTemplate) gid.ID { return t.ID },
	}, args)
}

// AgreementTemplateAbilities is what the viewer may do with one of them now.
type AgreementTemplateAbilities struct {
	Retire *fault.Ability
}

// Abilities says what the viewer may do with a text now.
func Abilities(v viewer.Viewer, t *ent.AgreementTemplate) *AgreementTemplateAbilities {
	return &AgreementTemplateAbilities{Retire: fault.AbilityOf(canRetire(v, t, t.Revision))}
}
