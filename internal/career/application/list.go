package application

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
)

var keys = map[ApplicationOrderField]page.Key[*ent.Application]{
	ApplicationsBySubmittedAt: {Column: application.FieldSubmittedAt, Value: func(a *ent.Application) any { return a.SubmittedAt }},
}

// List is a page of the applications that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *ApplicationFilter, order *ApplicationOrder,
) (*ApplicationConnection, error) {
	q := db.Read.Application.Query()
	if filter != nil {
		if err := filter.narrow(q); err != nil {
			return nil, err
		}
	}
	return page.Of(ctx, seal, q, listOf(filter, order), args)
}

// Under is a page of each micro-project's applications.
func Under(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, order *ApplicationOrder, projects []gid.ID,
) ([]*ApplicationConnection, error) {
	return page.Under(ctx, seal, db.Read.Application.Query(), listOf(nil, order), args, page.Parent[*ent.Application]{
		Table: application.Table, Kind: ent.TypeApplication, Column: application.FieldMicroProjectID,
		Of: func(a *ent.Application) gid.ID { return a.MicroProjectID },
	}, projects)
}

func listOf(filter *ApplicationFilter, order *ApplicationOrder) page.List[*ent.Application] {
	if order == nil {
		order = &ApplicationOrder{Field: ApplicationsBySubmittedAt}
	}
	return page.List[*ent.Application]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(a *ent.Application) gid.ID { return a.ID },
	}
}

func (f *ApplicationFilter) narrow(q *ent.ApplicationQuery) error {
	if err := page.Few(f.MicroProject, f.Talent, f.Employer); err != nil {
		return err
	}
	if f.Status != nil {
		q.Where(application.StatusIn(f.Status...))
	}
	q.Where(
		page.Among(application.FieldMicroProjectID, f.MicroProject),
		page.Among(application.FieldTalentID, f.Talent),
		page.Among(application.FieldEmployerOrgID, f.Employer),
		page.During(application.FieldSubmittedAt, f.SubmittedAt),
	)
	return nil
}
