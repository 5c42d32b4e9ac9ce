package application

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/internal/fault"
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
	if err := narrow(q, filter); err != nil {
		return nil, err
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

func narrow(q *ent.ApplicationQuery, filter *ApplicationFilter) error {
	if filter == nil {
		return nil
	}
	if err := few(filter.MicroProject, filter.Talent, filter.Employer); err != nil {
		return err
	}
	if filter.Status != nil {
		q.Where(application.StatusIn(filter.Status...))
	}
	if filter.MicroProject != nil {
		q.Where(application.MicroProjectIDIn(filter.MicroProject.IDs()...))
	}
	if filter.Talent != nil {
		q.Where(application.TalentIDIn(filter.Talent.IDs()...))
	}
	if filter.Employer != nil {
		q.Where(application.EmployerOrgIDIn(filter.Employer.IDs()...))
	}
	if span := filter.SubmittedAt; span != nil && span.Gte != nil {
		q.Where(application.SubmittedAtGTE(*span.Gte))
	}
	if span := filter.SubmittedAt; span != nil && span.Lt != nil {
		q.Where(application.SubmittedAtLT(*span.Lt))
	}
	return nil
}

// few refuses filters that name more ids than a page has entries.
func few(filters ...*page.IDFilter) error {
	for _, f := range filters {
		if f != nil && len(f.IDs()) > 100 {
			return &fault.Request{Code: fault.CodeInvalidInput, Message: "A filter names at most 100 ids."}
		}
	}
	return nil
}
