package graph

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestPresentTellsOnlyWhatClientsCanUse(t *testing.T) {
	t.Parallel()
	ctx := viewer.WithRequest(t.Context(), &viewer.Request{ID: "request-7"})
	typo := &gqlerror.Error{Message: "Cannot query field", Extensions: map[string]any{"code": "GRAPHQL_VALIDATION_FAILED"}}
	for name, tc := range map[string]struct {
		err  error
		code string
		says string
	}{
		"what nobody foresaw is masked":          {errors.New("pq: password of rung"), "INTERNAL", "Something went wrong"},
		"a wrapped cause is masked":              {gqlerror.Wrap(errors.New("dial tcp 10.0.0.7")), "INTERNAL", "Something went wrong"},
		"a request error keeps its words":        {fmt.Errorf("read: %w", &fault.Request{Code: fault.CodeCursorInvalid, Message: "Begin again."}), "CURSOR_INVALID", "Begin again."},
		"a typo is told":                         {typo, "GRAPHQL_VALIDATION_FAILED", "Cannot query field"},
		"a deadline that passed can be retried":  {fmt.Errorf("query: %w", context.DeadlineExceeded), "OVERLOADED", "too little time"},
		"a foreseen error in a query is no leak": {fault.NotFound("id", "There is none."), "INTERNAL", "Something went wrong"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shown := Present(ctx, tc.err)
			if code := fault.CodeOf(shown.Extensions); string(code) != tc.code || !strings.Contains(shown.Message, tc.says) {
				t.Errorf("got %s %q, want %s %q", code, shown.Message, tc.code, tc.says)
			}
			if shown.Extensions["requestId"] != "request-7" {
				t.Errorf("the error names the request %v", shown.Extensions["requestId"])
			}
		})
	}
}

func TestForUserTellsInThePayloadWhatAVerbForesaw(t *testing.T) {
	t.Parallel()
	told, err := forUser(errors.Join(fault.InvalidValue("title", "Give a title."), fault.InvalidValue("brief", "Give a brief.")))
	if err != nil || len(told) != 2 {
		t.Errorf("two defects are told as %v, %v", told, err)
	}
	if told, err = forUser(nil); err != nil || told == nil || len(told) != 0 {
		t.Errorf("success is told as %v, %v; the list is never null", told, err)
	}
	broken := errors.New("disk full")
	if told, err = forUser(errors.Join(fault.InvalidValue("title", "Give a title."), broken)); !errors.Is(err, broken) || len(told) != 0 {
		t.Errorf("a failure beside a defect is told as %v, %v", told, err)
	}
}
