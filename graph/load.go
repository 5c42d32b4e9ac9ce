package graph

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
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

// eachOf answers a field of few parents from each of them alone.
func eachOf[P, V any](ctx context.Context, parents []*P, value func(context.Context, *P) (V, error)) ([]V, error) {
	values := make([]V, len(parents))
	for i, p := range parents {
		if p == nil {
			continue
		}
		var err error
		if values[i], err = value(ctx, p); err != nil {
			return nil, err
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
		found, err := keyed(ctx, gid.Of(all, names), find, id)
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
		found, err := keyed(ctx, gid.Of(all, id), find, parent)
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

// several answers a field that is a short list of rows, by the ids that each
// parent names them with: all of a level in one statement, in the parent's order.
func several[P, T any](
	ctx context.Context, parents []*P, names func(*P) []gid.ID,
	find func(context.Context, []gid.ID) ([]*T, error), id func(*T) gid.ID,
) ([][]*T, error) {
	return level(ctx, parents, func(all []*P) ([][]*T, error) {
		var ids []gid.ID
		for _, p := range all {
			if p != nil {
				ids = append(ids, names(p)...)
			}
		}
		slices.SortFunc(ids, gid.ID.Compare)
		found, err := keyed(ctx, slices.Compact(ids), find, id)
		if err != nil {
			return nil, err
		}
		return each(all, func(p *P) []*T {
			rows := []*T{}
			for _, id := range names(p) {
				rows = append(rows, found[id]...)
			}
			return rows
		})
	})
}

// under answers a connection below each parent: every page of a level in one
// statement, in the order of the ids.
func under[P, T any](
	ctx context.Context, parents []*P, id func(*P) gid.ID, read func([]gid.ID) ([]*page.Connection[T], error),
) ([]*page.Connection[T], error) {
	return level(ctx, parents, func(all []*P) ([]*page.Connection[T], error) {
		ids := gid.Of(all, id)
		pages, err := read(ids)
		if err != nil {
			return nil, err
		}
		of := make(map[gid.ID]*page.Connection[T], len(ids))
		for i, parent := range ids {
			of[parent] = pages[i]
		}
		return each(all, func(p *P) *page.Connection[T] { return of[id(p)] })
	})
}

// named turns the rows that tie parents to something into what they name, as
// far as the viewer may see it.
func named[L, T any](links [][]*L, of func(*L) *T) [][]*T {
	all := make([][]*T, len(links))
	for i, list := range links {
		all[i] = make([]*T, 0, len(list))
		for _, link := range list {
			if thing := of(link); thing != nil {
				all[i] = append(all[i], thing)
			}
		}
	}
	return all
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

func args(first *int, after *string, last *int, before *string) page.Args {
	return page.Args{First: first, After: after, Last: last, Before: before}
}
