package graph

import (
	"context"
	"errors"
	"log/slog"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// forUser tells what a verb foresaw in the payload; the rest is an error of the
// field.
func forUser(err error) ([]fault.UserError, error) {
	if err == nil {
		return []fault.UserError{}, nil
	}
	if told, foreseen := fault.UserErrors(err); foreseen {
		return told, nil
	}
	return []fault.UserError{}, err
}

// Present tells clients of an error what they can use, and nothing else. What
// nobody foresaw is logged under the request's id and told as INTERNAL.
func Present(ctx context.Context, err error) *gqlerror.Error {
	var shown *gqlerror.Error
	if !errors.As(err, &shown) {
		shown = gqlerror.WrapPath(graphql.GetPath(ctx), err)
	}
	requestID := ""
	if r := viewer.RequestFrom(ctx); r != nil {
		requestID = r.ID
	}
	var request *fault.Request
	if store.Overloaded(err) {
		err = &fault.Request{Code: fault.CodeOverloaded, Message: "There was too little time for this. Send it again shortly.", Retryable: true, RetryAfterMs: 500}
	}
	if cause := errors.Unwrap(shown); errors.As(err, &request) {
		shown = &gqlerror.Error{Message: request.Message, Path: shown.Path, Locations: shown.Locations, Extensions: request.Extensions()}
	} else if cause != nil || shown.Extensions["code"] == nil {
		slog.ErrorContext(ctx, "a request failed", "request", requestID, "path", shown.Path.String(), "error", err)
		shown = &gqlerror.Error{
			Message: fault.Noted, Path: shown.Path,
			Extensions: (&fault.Request{Code: fault.CodeInternal}).Extensions(),
		}
	}
	if shown.Extensions["docs"] == nil {
		shown.Extensions["docs"] = fault.Docs(fault.CodeOf(shown.Extensions))
	}
	shown.Extensions["requestId"] = requestID
	return shown
}

// Recover turns a panic into an error that is told like any other.
func Recover(ctx context.Context, thrown any) error {
	slog.ErrorContext(ctx, "a resolver panicked", "thrown", thrown)
	return errors.New("a resolver panicked")
}
