package project

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/ent/gen/ent/projectskill"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	projectKeys = map[MicroProjectOrderField]page.Key[*ent.MicroProject]{
		MicroProjectsByCreatedAt: {Column: microproject.FieldCreatedAt, Value: func(p *ent.MicroProject) any { return p.CreatedAt }},
		MicroProjectsByUpdatedAt: {Column: microproject.FieldUpdatedAt, Value: func(p *ent.MicroProject) any { return p.UpdatedAt }},
	}
	requestKeys = map[PostingRequestOrderField]page.Key[*ent.PostingRequest]{
		PostingRequestsByRequestedAt: {
			Column: postingrequest.FieldRequestedAt, Value: func(q *ent.PostingRequest) any { return q.RequestedAt },
		},
		PostingRequestsByUpdatedAt: {Column: postingrequest.FieldUpdatedAt, Value: func(q *ent.PostingRequest) any { return q.UpdatedAt }},
	}
	listingKeys = map[ListingOrderField]page.Key[*ent.Listing]{
		ListingsByPublishedAt: {Column: listing.FieldPublishedAt, Value: func(l *ent.Listing) any { return l.PublishedAt }},
		ListingsByHourlyPay:   {Column: listing.FieldHourlyMinor, Nullable: true, Value: hourly},
		ListingsByUpdatedAt:   {Column: listing.FieldUpdatedAt, Value: func(l *ent.Listing) any { return l.UpdatedAt }},
	}
)

func hourly(l *ent.Listing) any {
	if l.HourlyMinor == nil {
		return nil
	}
	return *l.HourlyMinor
}

// List is a page of the projects that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *MicroProjectFilter, order *MicroProjectOrder,
) (*MicroProjectConnection, error) {
	q := db.Read.MicroProject.Query()
	if filter != nil {
		if err := filter.narrow(ctx, q); err != nil {
			return nil, err
		}
	}
	if order == nil {
		order = &MicroProjectOrder{Field: MicroProjectsByCreatedAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.MicroProject]{
		Key: projectKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(p *ent.MicroProject) gid.ID { return p.ID },
	}, args)
}

func (f *MicroProjectFilter) narrow(ctx context.Context, q *ent.MicroProjectQuery) error {
	if err := page.Few(f.Employer); err != nil {
		return err
	}
	if f.Status != nil {
		q.Where(microproject.StatusIn(f.Status...))
	}
	if f.Skills != nil {
		asking, err := asksFor(ctx, f.Skills, microproject.FieldID)
		if err != nil {
			return err
		}
		q.Where(asking)
	}
	if f.Workplace != nil {
		q.Where(microproject.WorkplaceIn(f.Workplace...))
	}
	q.Where(
		page.Among(microproject.FieldEmployerOrgID, f.Employer),
		page.During(microproject.FieldCreatedAt, f.CreatedAt),
		page.During(microproject.FieldUpdatedAt, f.UpdatedAt),
	)
	return nil
}

// Queue is a page of what the viewer's own body decides: pending requests, the
// oldest first, unless asked otherwise.
func Queue(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *PostingRequestFilter, order *PostingRequestOrder,
) (*PostingRequestConnection, error) {
	v := viewer.From(ctx)
	deciding := v.Institution()
	if v.Kind == viewer.Operator {
		deciding = v.World
	}
	statuses := []postingrequest.Status{postingrequest.StatusPending}
	if filter != nil && filter.Status != nil {
		statuses = filter.Status
	}
	q := db.Read.PostingRequest.Query().Where(postingrequest.BodyID(deciding), postingrequest.StatusIn(statuses...))
	if filter != nil {
		q.Where(page.During(postingrequest.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &PostingRequestOrder{Field: PostingRequestsByRequestedAt, Direction: page.Ascending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.PostingRequest]{
		Key: requestKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(q *ent.PostingRequest) gid.ID { return q.ID },
	}, args)
}

// Listings is a page of the postings that the viewer may see, those one can apply
// to unless asked otherwise.
func Listings(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *ListingFilter, order *ListingOrder,
) (*ListingConnection, error) {
	q := db.Read.Listing.Query()
	if filter == nil || filter.Status == nil {
		q.Where(listing.StatusEQ(listing.StatusOpen))
	}
	if filter != nil {
		if err := filter.narrow(ctx, q); err != nil {
			return nil, err
		}
	}
	if order == nil {
		order = &ListingOrder{Field: ListingsByPublishedAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Listing]{
		Key: listingKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(l *ent.Listing) gid.ID { return l.ID },
	}, args)
}

func (f *ListingFilter) narrow(ctx context.Context, q *ent.ListingQuery) error {
	if f.Search != nil {
		q.Where(page.Prefix(listing.FieldTitleFolded, text.Fold(*f.Search)))
	}
	if f.Status != nil {
		q.Where(listing.StatusIn(f.Status...))
	}
	if f.Source != nil {
		q.Where(listing.SourceIn(f.Source...))
	}
	if f.Workplace != nil {
		q.Where(listing.WorkplaceIn(f.Workplace...))
	}
	if f.MaximumHours != nil {
		q.Where(listing.HoursLTE(*f.MaximumHours))
	}
	if f.BreakEndsBy != nil {
		q.Where(listing.BreakEndsOnLTE(*f.BreakEndsBy))
	}
	if f.MaximumHoursPerWeek != nil {
		q.Where(listing.HoursPerWeekLTE(*f.MaximumHoursPerWeek))
	}
	if f.EndsBefore != nil {
		// What names no due day ends with its break.
		q.Where(listing.Or(listing.DueOnLT(*f.EndsBefore), listing.And(listing.DueOnIsNil(), listing.BreakEndsOnLT(*f.EndsBefore))))
	}
	q.Where(page.During(listing.FieldPublishedAt, f.PublishedAt), page.During(listing.FieldUpdatedAt, f.UpdatedAt))
	return f.narrowFurther(ctx, q)
}

// narrowFurther are the conditions that can be malformed.
func (f *ListingFilter) narrowFurther(ctx context.Context, q *ent.ListingQuery) error {
	if err := page.Few(f.Employer, f.BreakTerm); err != nil {
		return err
	}
	q.Where(page.Among(listing.FieldEmployerOrgID, f.Employer), page.Among(listing.FieldBreakTermID, f.BreakTerm))
	if f.Institution != nil {
		q.Where(access.OpenAt(viewer.From(ctx), *f.Institution))
	}
	if f.Skills != nil {
		asking, err := asksFor(ctx, f.Skills, listing.FieldMicroProjectID)
		if err != nil {
			return err
		}
		q.Where(asking)
	}
	if f.MinimumHourlyPay != nil {
		least, err := f.MinimumHourlyPay.Parse()
		if err != nil {
			return &fault.Request{Code: fault.CodeInvalidInput, Message: "Correct `minimumHourlyPay`: " + err.Error() + "."}
		}
		q.Where(listing.Currency(string(least.Currency)), listing.HourlyMinorGTE(least.Minor))
	}
	return nil
}

// asksFor keeps rows whose column names a project that asks for one of the
// skills, as far as the viewer may see what it asks for.
func asksFor(ctx context.Context, skills *page.IDFilter, column string) (func(*sql.Selector), error) {
	if err := page.Few(skills); err != nil {
		return nil, err
	}
	visible, err := access.Rows(viewer.From(ctx), ent.TypeProjectSkill)
	if err != nil {
		return nil, err
	}
	return func(s *sql.Selector) {
		asked := sql.Dialect(s.Dialect()).Select().From(sql.Table(projectskill.Table).As("asked"))
		asked.Select(asked.C(projectskill.FieldMicroProjectID))
		page.Among(projectskill.FieldSkillID, skills)(asked)
		visible(asked)
		s.Where(sql.In(s.C(column), asked))
	}, nil
}
