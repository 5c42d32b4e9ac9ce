package graph

import (
	"context"
	"slices"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// asked is the context of one field of an operation, with the world's one row
// read in it.
func asked(t *testing.T, db *store.DB) (context.Context, *ent.World) {
	t.Helper()
	var ctx context.Context
	Level(viewer.With(t.Context(), viewer.System("a test reads a row")), func(inner context.Context) graphql.ResponseHandler {
		ctx = inner
		return nil
	})
	rows, err := db.Read.World.Query().All(ctx)
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	field := graphql.CollectedField{Field: &ast.Field{Name: "name"}}
	return graphql.WithFieldContext(ctx, &graphql.FieldContext{Field: field}), rows[0]
}

func TestALevelIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, row := asked(t, db)
		times := 0
		for range 3 {
			got, err := level(ctx, []*ent.World{row, nil}, func(all []*ent.World) ([]string, error) {
				times++
				return each(all, func(w *ent.World) string { return w.Name })
			})
			if err != nil || !slices.Equal(got, []string{"Live", ""}) {
				t.Errorf("got %q, %v", got, err)
			}
		}
		if times != 1 {
			t.Errorf("the level was answered %d times, want once", times)
		}
	})
}

func TestAListThatPanickedLeavesAnErrorToTheOthers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, row := asked(t, db)
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			_, _ = level(ctx, []*ent.World{row}, func([]*ent.World) ([]string, error) { panic("in the middle") })
		}()
		got, err := level(ctx, []*ent.World{row}, func([]*ent.World) ([]string, error) { return []string{"again"}, nil })
		if err == nil {
			t.Errorf("the next list got %q and no error", got)
		}
	})
}
