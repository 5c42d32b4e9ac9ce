package page_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
)

func TestFew(t *testing.T) {
	t.Parallel()
	one := &page.IDFilter{Eq: &gid.LiveWorld}
	hundred, more := &page.IDFilter{In: make([]gid.ID, 100)}, &page.IDFilter{In: make([]gid.ID, 101)}
	for name, filters := range map[string][]*page.IDFilter{
		"no filter": nil, "filters left out": {nil, nil}, "one id": {one}, "no ids": {{}}, "a hundred in each": {hundred, nil, hundred},
	} {
		if err := page.Few(filters...); err != nil {
			t.Errorf("%s: got %v, want nothing wrong", name, err)
		}
	}
	for name, filters := range map[string][]*page.IDFilter{
		"it refuses when one names more than a hundred":      {more},
		"it refuses when the last names more than a hundred": {one, nil, more},
	} {
		t.Run(name, func(t *testing.T) {
			err := page.Few(filters...)
			refused(t, err, fault.CodeInvalidInput)
			var r *fault.Request
			if !errors.As(err, &r) || !strings.Contains(r.Message, "at most 100 ids") {
				t.Errorf("it says %v", err)
			}
		})
	}
}

func TestAmong(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db, 0, 10)
		ids := db.Read.Institution.Query().IDsX(reading(t.Context()))
		for name, c := range map[string]struct {
			filter *page.IDFilter
			want   int
		}{
			"no filter":         {nil, 10},
			"one id":            {&page.IDFilter{Eq: &ids[0]}, 1},
			"several":           {&page.IDFilter{In: ids[:3]}, 3},
			"one that is twice": {&page.IDFilter{In: []gid.ID{ids[0], ids[0]}}, 1},
			"one that is none":  {&page.IDFilter{Eq: &gid.LiveWorld}, 0},
			"no ids":            {&page.IDFilter{In: []gid.ID{}}, 0},
		} {
			if got := kept(t.Context(), db, page.Among(institution.FieldID, c.filter)); got != c.want {
				t.Errorf("%s keeps %d rows, want %d", name, got, c.want)
			}
		}
	})
}

func TestDuring(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db, 0, 12) // at half seconds 1, 2, 4 and 5 after since: two rows each, and four without an instant
		at := func(half int) *time.Time {
			moment := since.Add(time.Duration(half) * 500 * time.Millisecond)
			return &moment
		}
		for name, c := range map[string]struct {
			span *page.Range
			want int
		}{
			"no span":                   {nil, 12},
			"a span without ends":       {&page.Range{}, 12},
			"it includes its start":     {&page.Range{Gte: at(4)}, 4},
			"it ends before its end":    {&page.Range{Lt: at(4)}, 4},
			"between two instants":      {&page.Range{Gte: at(2), Lt: at(5)}, 4},
			"between an instant and it": {&page.Range{Gte: at(2), Lt: at(2)}, 0},
			"the wrong way round":       {&page.Range{Gte: at(5), Lt: at(1)}, 0},
		} {
			if got := kept(t.Context(), db, page.During(institution.FieldOpenedAt, c.span)); got != c.want {
				t.Errorf("%s: %d rows are kept, want %d", name, got, c.want)
			}
		}
	})
}

// kept is how many rows a condition keeps.
func kept(ctx context.Context, db *store.DB, condition func(*sql.Selector)) int {
	return db.Read.Institution.Query().Where(condition).CountX(reading(ctx))
}
