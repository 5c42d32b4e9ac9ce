package engagement

import (
	"context"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
)

// Offers is a page of the offers that the viewer may see.
func Offers(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *OfferFilter, order *OfferOrder,
) (*OfferConnection, error) {
	q := db.Read.Offer.Query()
	if filter != nil {
		if err := few(filter.MicroProject, filter.Talent); err != nil {
			return nil, err
		}
		if filter.Status != nil {
			q.Where(offer.StatusIn(filter.Status...))
		}
		if filter.MicroProject != nil {
			q.Where(offer.MicroProjectIDIn(filter.MicroProject.IDs()...))
		}
		if filter.Talent != nil {
			q.Where(offer.TalentIDIn(filter.Talent.IDs()...))
		}
		q.Where(during(offer.FieldSentAt, filter.SentAt))
	}
	if order == nil {
		order = &OfferOrder{Field: OffersBySentAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Offer]{
		Key:   page.Key[*ent.Offer]{Column: offer.FieldSentAt, Value: func(o *ent.Offer) any { return o.SentAt }},
		Order: order.Direction, Filter: filter, ID: func(o *ent.Offer) gid.ID { return o.ID },
	}, args)
}

// List is a page of the engagements that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *EngagementFilter, order *EngagementOrder,
) (*EngagementConnection, error) {
	q := db.Read.Engagement.Query()
	if filter != nil {
		if err := few(filter.MicroProject, filter.Talent); err != nil {
			return nil, err
		}
		if filter.Status != nil {
			q.Where(engagement.StatusIn(filter.Status...))
		}
		if filter.MicroProject != nil {
			q.Where(engagement.MicroProjectIDIn(filter.MicroProject.IDs()...))
		}
		if filter.Talent != nil {
			q.Where(engagement.TalentIDIn(filter.Talent.IDs()...))
		}
		q.Where(during(engagement.FieldCreatedAt, filter.CreatedAt))
	}
	if order == nil {
		order = &EngagementOrder{Field: EngagementsByCreatedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Engagement]{
		Key:   page.Key[*ent.Engagement]{Column: engagement.FieldCreatedAt, Value: func(e *ent.Engagement) any { return e.CreatedAt }},
		Order: order.Direction, Filter: filter, ID: func(e *ent.Engagement) gid.ID { return e.ID },
	}, args)
}

// Deliverables is a page of the deliverables that the viewer may see.
func Deliverables(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *DeliverableFilter, order *DeliverableOrder,
) (*DeliverableConnection, error) {
	q := db.Read.Deliverable.Query()
	if filter != nil {
		if err := few(filter.Engagement); err != nil {
			return nil, err
		}
		if filter.Status != nil {
			q.Where(deliverable.StatusIn(filter.Status...))
		}
		if filter.Engagement != nil {
			q.Where(deliverable.EngagementIDIn(filter.Engagement.IDs()...))
		}
		q.Where(during(deliverable.FieldDueAt, filter.DueAt))
	}
	if order == nil {
		order = &DeliverableOrder{Field: DeliverablesByDueAt, Direction: page.Ascending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Deliverable]{
		Key:   page.Key[*ent.Deliverable]{Column: deliverable.FieldDueAt, Value: func(d *ent.Deliverable) any { return d.DueAt }},
		Order: order.Direction, Filter: filter, ID: func(d *ent.Deliverable) gid.ID { return d.ID },
	}, args)
}

// Evaluations is a page of the evaluations that the viewer may see.
func Evaluations(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *EvaluationFilter, order *EvaluationOrder,
) (*EvaluationConnection, error) {
	q := db.Read.Evaluation.Query()
	if filter != nil {
		if err := few(filter.Talent, filter.Employer); err != nil {
			return nil, err
		}
		if filter.Direction != nil {
			q.Where(evaluation.DirectionEQ(*filter.Direction))
		}
		if filter.Talent != nil {
			q.Where(evaluation.TalentIDIn(filter.Talent.IDs()...))
		}
		if filter.Employer != nil {
			q.Where(evaluation.EmployerOrgIDIn(filter.Employer.IDs()...))
		}
	}
	if order == nil {
		order = &EvaluationOrder{Field: EvaluationsBySubmittedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Evaluation]{
		Key:   page.Key[*ent.Evaluation]{Column: evaluation.FieldSubmittedAt, Value: func(e *ent.Evaluation) any { return e.SubmittedAt }},
		Order: order.Direction, Filter: filter, ID: func(e *ent.Evaluation) gid.ID { return e.ID },
	}, args)
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

// during keeps rows whose instant lies in the span; nil keeps all.
func during(column string, span *page.Range) func(*sql.Selector) {
	return func(s *sql.Selector) {
		if span == nil {
			return
		}
		bound := func(at *time.Time, compare func(string, any) *sql.Predicate) {
			if at != nil {
				s.Where(compare(s.C(column), *at))
			}
		}
		bound(span.Gte, sql.GTE)
		bound(span.Lt, sql.LT)
	}
}
