package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
)

// read fetches one field of a payload.
type read func(context.Context) error

// answer fills a payload: what the verb foresaw, or what it changed, read again
// as the viewer sees it and only as far as the document selects it. A first
// answer and a replayed one take this same path.
func answer(ctx context.Context, err error, into *[]fault.UserError, reads ...read) error {
	*into, err = forUser(err)
	if err != nil || len(*into) > 0 {
		return err
	}
	for _, read := range reads {
		if err := read(ctx); err != nil {
			return err
		}
	}
	return nil
}

// field reads what an id names into a payload's field.
func field[T any](into **T, name string, id gid.ID, get func(context.Context, gid.ID) (*T, error)) read {
	return func(ctx context.Context) error {
		if id.IsNone() || !selects(ctx, name) {
			return nil
		}
		var err error
		*into, err = orNull(get(ctx, id))
		return err
	}
}

// rows reads what ids name into a payload's field, in their order.
func rows[T any](
	into *[]*T, name string, ids []gid.ID, find func(context.Context, []gid.ID) ([]*T, error), id func(*T) gid.ID,
) read {
	return func(ctx context.Context) error {
		if len(ids) == 0 || !selects(ctx, name) {
			return nil
		}
		found, err := keyed(ctx, ids, find, id)
		if err != nil {
			return err
		}
		for _, wanted := range ids {
			*into = append(*into, found[wanted]...)
		}
		return nil
	}
}

// orNull answers null for what is not there or not the viewer's to see.
func orNull[T any](row *T, err error) (*T, error) {
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return row, err
}

func selects(ctx context.Context, name string) bool {
	return slices.Contains(graphql.CollectAllFields(ctx), name)
}
