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

// List is a page of the texts that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *AgreementTemplateFilter, order *AgreementTemplateOrder,
) (*AgreementTemplateConnection, error) {
	q := db.Read.AgreementTemplate.Query()
	if filter != nil && filter.Kind != nil {
		q.Where(agreementtemplate.KindIn(filter.Kind...))
	}
	if filter != nil && filter.Status != nil {
		q.Where(agreementtemplate.StatusIn(filter.Status...))
	}
	if order == nil {
		order = &AgreementTemplateOrder{Field: AgreementTemplatesByPublishedAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.AgreementTemplate]{
		Key: page.Key[*ent.AgreementTemplate]{
			Column: agreementtemplate.FieldPublishedAt, Value: func(t *ent.AgreementTemplate) any { return t.PublishedAt },
		},
		Order: order.Direction, Filter: filter, ID: func(t *ent.AgreementTemplate) gid.ID { return t.ID },
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
