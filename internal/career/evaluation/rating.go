package evaluation

import (
	"context"
	"fmt"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/predicate"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// The formula of ratings.
const (
	ratingDefinition = "rating/1" // (C·m + Σx) ÷ (C + n)
	ratingWeight     = 5          // C: how many evaluations the mean of all counts for
	fewestRated      = 3          // fewer would tell who said what
)

// Rating is how somebody was evaluated.
type Rating struct {
	Value, Mean *money.Decimal
	Count       int
	IsShown     bool
	Definition  string
}

// scores are how many overall ratings there were, and their sum.
type scores struct{ sum, count int }

// ratingOf rates what was scored, drawn towards the mean of all.
func ratingOf(own, all scores) *Rating {
	r := &Rating{Count: own.count, IsShown: own.count >= fewestRated, Definition: ratingDefinition}
	if r.IsShown {
		// m = all.sum ÷ all.count; one fraction, so that nothing is rounded twice.
		value := hundredths(ratingWeight*all.sum+all.count*own.sum, all.count*(ratingWeight+own.count))
		mean := hundredths(own.sum, own.count)
		r.Value, r.Mean = &value, &mean
	}
	return r
}

// hundredths is a fraction with two decimal places, rounded half up.
func hundredths(numerator, denominator int) money.Decimal {
	n := (200*numerator + denominator) / (2 * denominator)
	return money.Decimal(fmt.Sprintf("%d.%02d", n/100, n%100))
}

// RatingsOfTalents says how employers evaluated talents. Other talents do not
// learn it.
func RatingsOfTalents(ctx context.Context, db *store.DB, talents []*ent.TalentProfile) ([]*Rating, error) {
	v := viewer.From(ctx)
	var ids []gid.ID
	for _, t := range talents {
		if t != nil && access.May("TalentProfile.rating", seesRating(v, t)) {
			ids = append(ids, t.ID)
		}
	}
	all, err := ratings(ctx, db, evaluation.DirectionEmployerToTalent, evaluation.FieldTalentID, ids)
	if err != nil {
		return nil, err
	}
	of := make([]*Rating, len(talents))
	for i, t := range talents {
		if t != nil {
			of[i] = all[t.ID]
		}
	}
	return of, nil
}

func seesRating(v viewer.Viewer, t *ent.TalentProfile) bool {
	return v.Kind != viewer.Talent || v.Talent == t.ID
}

// RatingsOfEmployers says how talents evaluated working for employers.
func RatingsOfEmployers(ctx context.Context, db *store.DB, employers []*ent.Employer) ([]*Rating, error) {
	ids := gid.Of(employers, func(e *ent.Employer) gid.ID { return e.ID })
	all, err := ratings(ctx, db, evaluation.DirectionTalentToEmployer, evaluation.FieldEmployerOrgID, ids)
	if err != nil {
		return nil, err
	}
	of := make([]*Rating, len(employers))
	for i, e := range employers {
		if e != nil {
			of[i] = all[e.ID]
		}
	}
	return of, nil
}

// counted is how often a rating was given, to whom where that was asked.
type counted struct {
	TalentID      gid.ID             `json:"talent_id"`
	EmployerOrgID gid.ID             `json:"employer_org_id"`
	Overall       evaluation.Overall `json:"overall"`
	Count         int                `json:"count"`
}

// ratings rates those whom a column names by what was published about them.
func ratings(
	ctx context.Context, db *store.DB, direction evaluation.Direction, column string, ids []gid.ID,
) (map[gid.ID]*Rating, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	v := viewer.From(ctx)
	ctx = viewer.With(ctx, viewer.System("a rating counts every published evaluation, and tells none of them").In(v.World))
	published := func() *ent.EvaluationQuery {
		return db.Read.Evaluation.Query().Where(evaluation.WorldID(v.World), evaluation.DirectionEQ(direction),
			evaluation.StatusEQ(evaluation.StatusPublished))
	}
	own, err := tally(ctx, published().Where(named(column, ids)), column)
	if err != nil {
		return nil, err
	}
	everybody, err := tally(ctx, published())
	if err != nil {
		return nil, err
	}
	all := make(map[gid.ID]*Rating, len(ids))
	for _, id := range ids {
		all[id] = ratingOf(own[id], everybody[gid.None])
	}
	return all, nil
}

// named keeps what says something about one of these.
func named(column string, ids []gid.ID) predicate.Evaluation {
	if column == evaluation.FieldTalentID {
		return evaluation.TalentIDIn(ids...)
	}
	return evaluation.EmployerOrgIDIn(ids...)
}

// tally sums the scores by whom the column names, or in all without one.
func tally(ctx context.Context, q *ent.EvaluationQuery, column ...string) (map[gid.ID]scores, error) {
	var rows []counted
	if err := q.GroupBy(evaluation.FieldOverall, column...).Aggregate(ent.Count()).Scan(ctx, &rows); err != nil {
		return nil, err
	}
	all := map[gid.ID]scores{}
	for _, row := range rows {
		id := row.TalentID
		if id.IsNone() {
			id = row.EmployerOrgID
		}
		one := all[id]
		one.count += row.Count
		one.sum += row.Count * score(row.Overall)
		all[id] = one
	}
	return all, nil
}

// score is what a rating counts, 1 to 5.
func score(o evaluation.Overall) int {
	return 1 + slices.Index([]evaluation.Overall{
		evaluation.OverallSignificantlyBelow, evaluation.OverallBelow, evaluation.OverallMeets, evaluation.OverallAbove,
		evaluation.OverallSignificantlyAbove,
	}, o)
}
