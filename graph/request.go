package graph

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	longestKey   = 128
	replaysStats = "idempotency"
)

// Ask gives each mutation of an operation its own request: the field's name, its
// arguments' hash and its idempotency key.
func Ask(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	root, operation := graphql.GetRootFieldContext(ctx), graphql.GetOperationContext(ctx)
	if operation.Operation.Operation != ast.Mutation || root.Field.Definition == nil {
		return next(ctx)
	}
	request, err := requestOf(ctx, operation, root.Field)
	if err != nil {
		graphql.AddError(graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: "Mutation", Field: root.Field}), err)
		return graphql.Null
	}
	answered := next(viewer.WithRequest(ctx, request))
	if request.Replayed() {
		noteReplay(operation, root.Field.Alias)
	}
	return answered
}

func requestOf(ctx context.Context, operation *graphql.OperationContext, f graphql.CollectedField) (*viewer.Request, error) {
	arguments, err := json.Marshal(f.ArgumentMap(operation.Variables))
	if err != nil {
		return nil, fmt.Errorf("hash the arguments of %s: %w", f.Name, err)
	}
	sum := sha256.Sum256(arguments)
	request := &viewer.Request{Verb: f.Name, ArgumentHash: sum[:], IdempotencyKey: keyOf(operation, f)}
	if outer := viewer.RequestFrom(ctx); outer != nil {
		request.ID, request.Client = outer.ID, outer.Client
	}
	given := f.Directives.ForName("idempotent") != nil || request.IdempotencyKey != ""
	if given && (request.IdempotencyKey == "" || len(request.IdempotencyKey) > longestKey) {
		return nil, &fault.Request{
			Code: fault.CodeInvalidInput, Message: fmt.Sprintf("An idempotency key has 1 to %d characters.", longestKey),
		}
	}
	if !given && f.Definition.Directives.ForName("requiresIdempotency") != nil && viewer.From(ctx).IsSignedIn() {
		return nil, &fault.Request{
			Code:    fault.CodeIdempotencyKeyRequired,
			Message: fmt.Sprintf("Write `%s(…) @idempotent(key: \"…\")` with a key of your own, so that sending it again is safe.", f.Name),
		}
	}
	return request, nil
}

// keyOf is the directive's key, or the header's when the operation has a single
// mutation.
func keyOf(operation *graphql.OperationContext, f graphql.CollectedField) string {
	if d := f.Directives.ForName("idempotent"); d != nil {
		key, _ := d.ArgumentMap(operation.Variables)["key"].(string)
		return key
	}
	if set := operation.Operation.SelectionSet; len(set) == 1 {
		if _, plain := set[0].(*ast.Field); plain {
			return operation.Headers.Get("Idempotency-Key")
		}
	}
	return ""
}

func noteReplay(operation *graphql.OperationContext, alias string) {
	replays, _ := operation.Stats.GetExtension(replaysStats).(map[string]any)
	if replays == nil {
		replays = map[string]any{}
	}
	replays[alias] = map[string]bool{"replayed": true}
	operation.Stats.SetExtension(replaysStats, replays)
}

// Extend adds to an answer which of its mutations were replayed. With one
// mutation the sign stands by itself.
func Extend(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	answer := next(ctx)
	if answer == nil {
		return answer
	}
	extensions := map[string]any{}
	if r := viewer.RequestFrom(ctx); r != nil && r.ID != "" {
		extensions["requestId"] = r.ID
	}
	if graphql.HasOperationContext(ctx) {
		if replays, ok := graphql.GetOperationContext(ctx).Stats.GetExtension(replaysStats).(map[string]any); ok {
			replays["replayed"] = true
			extensions["idempotency"] = replays
		}
	}
	if answer.Extensions == nil {
		answer.Extensions = map[string]any{}
	}
	for name, value := range extensions {
		answer.Extensions[name] = value
	}
	return answer
}

// Access opens a field to those who hold one of the lists of scopes whole.
func Access(ctx context.Context, _ any, next graphql.Resolver, scopes [][]viewer.Scope) (any, error) {
	v := viewer.From(ctx)
	required := make([][]string, 0, len(scopes))
	for _, list := range scopes {
		held := true
		names := make([]string, 0, len(list))
		for _, s := range list {
			held = held && v.Can(s)
			names = append(names, string(s))
		}
		if held {
			return next(ctx)
		}
		required = append(required, names)
	}
	if !v.IsSignedIn() {
		return nil, &fault.Request{
			Code: fault.CodeUnauthenticated, Message: "Send a token: this needs to know who asks.", RequiredScopes: required,
		}
	}
	return nil, &fault.Request{
		Code: fault.CodeInsufficientScope, Message: "Your role does not include this.", RequiredScopes: required,
	}
}
