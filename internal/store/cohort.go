package store

import (
	"context"
	"reflect"
	"sync"

	"github.com/rung-dev/rung/ent/gen/ent"
)

// Cohorts remember, for one request, which rows one statement answered
// together. A field of one of them can then be read for all of them at once,
// however the answer is put together.
type Cohorts struct {
	mu sync.Mutex
	of map[any]any // a row to the slice it came in
}

type cohortsKey struct{}

// WithCohorts remembers the rows read under the context.
func WithCohorts(ctx context.Context) context.Context {
	return context.WithValue(ctx, cohortsKey{}, &Cohorts{of: map[any]any{}})
}

// CohortOf is the slice of rows that came with a row, or nil when nobody
// remembers.
func CohortOf[T any](ctx context.Context, row *T) []*T {
	c, ok := ctx.Value(cohortsKey{}).(*Cohorts)
	if !ok {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	cohort, _ := c.of[row].([]*T)
	return cohort
}

// Together notes values that were made of rows that came together, so that what
// they name is read for all of them at once.
func Together[T any](ctx context.Context, values []*T) {
	c, ok := ctx.Value(cohortsKey{}).(*Cohorts)
	if !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, v := range values {
		c.of[v] = values
	}
}

// remember notes the rows of each query that answers several.
func remember(next ent.Querier) ent.Querier {
	return ent.QuerierFunc(func(ctx context.Context, q ent.Query) (ent.Value, error) {
		answered, err := next.Query(ctx, q)
		c, ok := ctx.Value(cohortsKey{}).(*Cohorts)
		if err != nil || !ok {
			return answered, err
		}
		rows := reflect.ValueOf(answered)
		if rows.Kind() != reflect.Slice || rows.Type().Elem().Kind() != reflect.Pointer {
			return answered, nil
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		for i := range rows.Len() {
			c.of[rows.Index(i).Interface()] = answered
		}
		return answered, nil
	})
}
