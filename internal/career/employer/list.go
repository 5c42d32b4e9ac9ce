package employer

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
)

var keys = map[EmployerOrderField]page.Key[*ent.Employer]{
	EmployersByName:      {Column: employer.FieldNameFolded, Value: func(e *ent.Employer) any { return e.NameFolded }},
	EmployersByCreatedAt: {Column: employer.FieldCreatedAt, Value: func(e *ent.Employer) any { return e.CreatedAt }},
	EmployersByUpdatedAt: {Column: employer.FieldUpdatedAt, Value: func(e *ent.Employer) any { return e.UpdatedAt }},
}

// List is a page of the employers that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *EmployerFilter, order *EmployerOrder,
) (*EmployerConnection, error) {
	q := db.Read.Employer.Query()
	if filter != nil {
		if filter.Search != nil {
			q.Where(page.Prefix(employer.FieldNameFolded, text.Fold(*filter.Search)))
		}
		if filter.Status != nil {
			q.Where(employer.StatusIn(filter.Status...))
		}
		q.Where(page.During(employer.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &EmployerOrder{Field: EmployersByName, Direction: page.Ascending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Employer]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(e *ent.Employer) gid.ID { return e.ID },
	}, args)
}
