package graph

import (
	"context"

	"github.com/rung-dev/rung/internal/gid"
)

// each answers a field from the parents themselves. gqlgen hands over null
// parents too.
func each[P, V any](parents []*P, value func(*P) V) ([]V, error) {
	values := make([]V, len(parents))
	for i, p := range parents {
		if p != nil {
			values[i] = value(p)
		}
	}
	return values, nil
}

// one answers a field that is one row, by the id that each parent names it
// with: all of a level in one statement.
func one[P, T any](
	ctx context.Context, parents []*P, names func(*P) gid.ID,
	find func(context.Context, []gid.ID) ([]*T, error), id func(*T) gid.ID,
) ([]*T, error) {
	return level(ctx, parents, func(all []*P) ([]*T, error) {
		found, err := keyed(ctx, idsOf(all, names), find, id)
		if err != nil {
			return nil, err
		}
		return each(all, func(p *P) *T {
			if rows := found[names(p)]; len(rows) > 0 {
				return rows[0]
			}
			return nil
		})
	})
}

// many answers a field that is a short list of rows, each of which names its
// parent: all of a level in one statement, in the order in which it answers.
func many[P, T any](
	ctx context.Context, parents []*P, id func(*P) gid.ID,
	find func(context.Context, []gid.ID) ([]*T, error), parent func(*T) gid.ID,
) ([][]*T, error) {
	return level(ctx, parents, func(all []*P) ([][]*T, error) {
		found, err := keyed(ctx, idsOf(all, id), find, parent)
		if err != nil {
			return nil, err
		}
		return each(all, func(p *P) []*T {
			if rows := found[id(p)]; rows != nil {
				return rows
			}
			return []*T{}
		})
	})
}

func keyed[T any](
	ctx context.Context, ids []gid.ID, find func(context.Context, []gid.ID) ([]*T, error), key func(*T) gid.ID,
) (map[gid.ID][]*T, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := find(ctx, ids)
	if err != nil {
		return nil, err
	}
	found := make(map[gid.ID][]*T, len(rows))
	for _, row := range rows {
		found[key(row)] = append(found[key(row)], row)
	}
	return found, nil
}

// idsOf are the ids that parents name, each once.
func idsOf[P any](parents []*P, names func(*P) gid.ID) []gid.ID {
	ids := make([]gid.ID, 0, len(parents))
	seen := make(map[gid.ID]bool, len(parents))
	for _, p := range parents {
		if p == nil {
			continue
		}
		if id := names(p); !id.IsNone() && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}
