package graph

import (
	"context"
	"log/slog"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rung-dev/rung/internal/career/consent"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/store"
)

// Disclosing writes down, before an operation is answered, what it tells somebody
// outside of talents. What cannot be written down is not answered.
func Disclosing(db *store.DB) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		watched, reads := consent.Watch(ctx)
		if reads == nil {
			return Level(ctx, next)
		}
		handle := Level(watched, next)
		return func(ctx context.Context) *graphql.Response {
			answered := handle(ctx)
			if answered == nil {
				return nil
			}
			if err := consent.Disclose(ctx, db, reads, askedFor(graphql.GetOperationContext(ctx).Operation)); err != nil {
				slog.ErrorContext(ctx, "a disclosure could not be written down", "error", err)
				return &graphql.Response{Errors: gqlerror.List{Present(ctx, &fault.Request{
					Code: fault.CodeOverloaded, Message: "This could not be answered now. Send it again shortly.", Retryable: true, RetryAfterMs: 1000,
				})}}
			}
			return answered
		}
	}
}

// askedFor are the fields that an operation names, by the type that ent gives to
// the rows.
func askedFor(o *ast.OperationDefinition) map[string][]string {
	asked := map[string][]string{}
	seen := map[*ast.FragmentDefinition]bool{}
	var walk func(ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.Field:
				if s.ObjectDefinition != nil && s.Name != "__typename" {
					asked[s.ObjectDefinition.Name] = append(asked[s.ObjectDefinition.Name], s.Name)
				}
				walk(s.SelectionSet)
			case *ast.InlineFragment:
				walk(s.SelectionSet)
			case *ast.FragmentSpread:
				if s.Definition != nil && !seen[s.Definition] {
					seen[s.Definition] = true
					walk(s.Definition.SelectionSet)
				}
			}
		}
	}
	walk(o.SelectionSet)
	return asked
}
