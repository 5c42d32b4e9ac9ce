package evaluation

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
)

// EvaluationFilter is what a list is narrowed to; conditions left nil do not count.
type EvaluationFilter struct {
	Direction *evaluation.Direction
	Talent    *page.IDFilter
	Employer  *page.IDFilter
	UpdatedAt *page.Range
}

// EvaluationOrderField is what a list of its noun can be ordered by.
type EvaluationOrderField string

// The fields of EvaluationOrder.
const (
	EvaluationsBySubmittedAt EvaluationOrderField = "SUBMITTED_AT"
	EvaluationsByUpdatedAt   EvaluationOrderField = "UPDATED_AT"
)

// EvaluationOrder is how a list is ordered.
type EvaluationOrder struct {
	Field     EvaluationOrderField
	Direction page.Direction
}

// EvaluationConnection is a page of them, and EvaluationEdge one entry of it.
type (
	EvaluationConnection = page.Connection[*ent.Evaluation]
	EvaluationEdge       = page.Edge[*ent.Evaluation]
)

var keys = map[EvaluationOrderField]page.Key[*ent.Evaluation]{
	EvaluationsBySubmittedAt: {Column: evaluation.FieldSubmittedAt, Value: func(e *ent.Evaluation) any { return e.SubmittedAt }},
	EvaluationsByUpdatedAt:   {Column: evaluation.FieldUpdatedAt, Value: func(e *ent.Evaluation) any { return e.UpdatedAt }},
}

// Evaluations is a page of the evaluations that the viewer may see.
func Evaluations(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *EvaluationFilter, order *EvaluationOrder,
) (*EvaluationConnection, error) {
	q := db.Read.Evaluation.Query()
	if filter != nil {
		if err := filter.narrow(ctx, q); err != nil {
			return nil, err
		}
	}
	if order == nil {
		order = &EvaluationOrder{Field: EvaluationsBySubmittedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Evaluation]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(e *ent.Evaluation) gid.ID { return e.ID },
	}, args)
}

func (f *EvaluationFilter) narrow(ctx context.Context, q *ent.EvaluationQuery) error {
	if err := page.Few(f.Talent, f.Employer); err != nil {
		return err
	}
	if f.Direction != nil {
		q.Where(evaluation.DirectionEQ(*f.Direction))
	}
	q.Where(
		page.AmongSeen(ctx, evaluation.FieldTalentID, talentprofile.Table, ent.TypeTalentProfile, f.Talent),
		page.Among(evaluation.FieldEmployerOrgID, f.Employer),
		page.During(evaluation.FieldUpdatedAt, f.UpdatedAt),
	)
	return nil
}
