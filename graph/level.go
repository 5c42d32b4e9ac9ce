package graph

import (
	"context"
	"errors"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rung-dev/rung/internal/store"
)

// level answers a field for parents, and for every row that was read together
// with them, at once. gqlgen asks once for each list; in a list of lists that
// would be a statement a row, so the first list to ask has the whole level
// answered and the others find it done.
func level[P, V any](ctx context.Context, parents []*P, answer func([]*P) ([]V, error)) ([]V, error) {
	together := cohortOf(ctx, parents)
	levels, ok := ctx.Value(levelsKey{}).(*levels)
	if together == nil || !ok {
		return answer(parents)
	}
	done := levels.of(ctx, together[0])
	done.once.Do(func() {
		done.err = errUnanswered // stays when answering panics
		values, err := answer(together)
		found := make(map[*P]V, len(together))
		for i, p := range together {
			if err == nil {
				found[p] = values[i]
			}
		}
		done.found, done.err = found, err
	})
	if done.err != nil {
		return nil, done.err
	}
	found, _ := done.found.(map[*P]V)
	return each(parents, func(p *P) V { return found[p] })
}

// errUnanswered: the list that asked first failed in the middle of answering,
// and the others must not take that for nothing being there.
var errUnanswered = errors.New("a field of this level was not answered")

// whole answers a field by a room's function that takes a whole level.
func whole[P, V any](
	ctx context.Context, db *store.DB, parents []*P, answer func(context.Context, *store.DB, []*P) ([]V, error),
) ([]V, error) {
	return level(ctx, parents, func(all []*P) ([]V, error) { return answer(ctx, db, all) })
}

// cohortOf is the rows that were read together with the parents, when all of
// the parents are among them.
func cohortOf[P any](ctx context.Context, parents []*P) []*P {
	var together []*P
	for _, p := range parents {
		if p == nil {
			continue
		}
		cohort := store.CohortOf(ctx, p)
		if len(cohort) == 0 || together != nil && together[0] != cohort[0] {
			return nil
		}
		together = cohort
	}
	return together
}

// levels are the fields of one operation that were answered for a whole level.
type levels struct {
	mu   sync.Mutex
	done map[place]*answered
}

// place is a field of the document on the rows of one statement.
type place struct {
	field *ast.Field
	first any // of the rows
}

type answered struct {
	once  sync.Once
	found any
	err   error
}

type levelsKey struct{}

// Level lets the fields of an operation be answered level by level.
func Level(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	ctx = store.WithCohorts(ctx)
	return next(context.WithValue(ctx, levelsKey{}, &levels{done: map[place]*answered{}}))
}

func (l *levels) of(ctx context.Context, first any) *answered {
	at := place{graphql.GetFieldContext(ctx).Field.Field, first}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.done[at] == nil {
		l.done[at] = &answered{}
	}
	return l.done[at]
}
