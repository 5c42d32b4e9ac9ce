package page_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var (
	seal  = page.NewSeal([]byte("a key of the tests"))
	since = time.Date(2026, 11, 24, 15, 4, 5, 0, time.UTC)

	byName = page.Key[*ent.Institution]{Column: institution.FieldNameFolded, Value: func(i *ent.Institution) any { return i.NameFolded }}
	byTime = page.Key[*ent.Institution]{Column: institution.FieldOpenedAt, Nullable: true, Value: func(i *ent.Institution) any {
		if i.OpenedAt == nil {
			return nil
		}
		return *i.OpenedAt
	}}
	byFloor = page.Key[*ent.Institution]{Column: institution.FieldPayFloorMinor, Nullable: true, Value: func(i *ent.Institution) any {
		if i.PayFloorMinor == nil {
			return nil
		}
		return *i.PayFloorMinor
	}}
)

func listed(key page.Key[*ent.Institution], direction page.Direction) page.List[*ent.Institution] {
	return page.List[*ent.Institution]{Key: key, Order: direction, ID: func(i *ent.Institution) gid.ID { return i.ID }}
}

func writing(ctx context.Context) context.Context {
	return viewer.WithRequest(viewer.With(ctx, viewer.System("a test fills lists")), &viewer.Request{ID: "r", Verb: "fill"})
}

func reading(ctx context.Context) context.Context { return viewer.With(ctx, viewer.Public()) }

// fill adds rows from number from on: five names, six instants and four floors
// among them, and every third without an instant or floor.
func fill(t *testing.T, db *store.DB, from, to int) {
	t.Helper()
	ctx := writing(t.Context())
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		for n := from; n < to; n++ {
			name := []string{"berlin", "aachen", "zürich", "aachen b", "東京"}[n%5]
			i := tx.Institution.Create().SetWorldID(gid.LiveWorld).SetName(name).SetNameFolded(name).SetCountryCode("DE")
			if n%3 != 0 {
				i.SetOpenedAt(since.Add(time.Duration(n%6) * 500 * time.Millisecond)).SetPayFloorMinor(int64(n % 4)).SetPayFloorCurrency("USD")
			}
			if err := i.Exec(ctx); err != nil {
				return gid.None, err
			}
		}
		return gid.None, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// inOrder are the ids of all rows, ordered here and not by the database.
func inOrder(t *testing.T, db *store.DB, list page.List[*ent.Institution]) []gid.ID {
	t.Helper()
	all := db.Read.Institution.Query().AllX(reading(t.Context()))
	slices.SortFunc(all, func(a, b *ent.Institution) int {
		x, y := list.Key.Value(a), list.Key.Value(b)
		way := 1
		if list.Order == page.Descending {
			way = -1
		}
		switch {
		case x == nil && y != nil:
			return 1 // without a value comes last, whichever way
		case x != nil && y == nil:
			return -1
		case x == nil && y == nil, compare(x, y) == 0:
			return way * a.ID.Compare(b.ID)
		}
		return way * compare(x, y)
	})
	ids := make([]gid.ID, len(all))
	for i, row := range all {
		ids[i] = row.ID
	}
	return ids
}

func compare(x, y any) int {
	switch x := x.(type) {
	case string:
		return strings.Compare(x, y.(string))
	case int64:
		return int(x - y.(int64))
	case time.Time:
		return x.Compare(y.(time.Time))
	}
	panic("no sort key")
}

func read(t *testing.T, db *store.DB, list page.List[*ent.Institution], args page.Args) *page.Connection[*ent.Institution] {
	t.Helper()
	c, err := page.Of(reading(t.Context()), seal, db.Read.Institution.Query(), list, args)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// walk reads the whole list, page by page, and calls between after each.
func walk(t *testing.T, db *store.DB, list page.List[*ent.Institution], size int, backward bool, between func()) []gid.ID {
	t.Helper()
	var found []gid.ID
	args := page.Args{First: &size}
	if backward {
		args = page.Args{Last: &size}
	}
	for turn := 0; ; turn++ {
		c := read(t, db, list, args)
		var ids []gid.ID
		for i, e := range c.Edges {
			if e.Node != c.Nodes[i] {
				t.Fatal("an edge and a node differ")
			}
			ids = append(ids, e.Node.ID)
		}
		if len(ids) > size || turn > 200 {
			t.Fatalf("page %d has %d entries, want at most %d", turn, len(ids), size)
		}
		info := c.PageInfo
		more, less := info.HasNextPage, info.HasPreviousPage
		if backward {
			more, less = less, more
			found = append(ids, found...)
			args.Before = info.StartCursor
		} else {
			found = append(found, ids...)
			args.After = info.EndCursor
		}
		if less != (turn > 0) {
			t.Errorf("page %d says there is something before it: %v", turn, less)
		}
		if more && len(ids) != size {
			t.Errorf("page %d has %d entries and more are to come", turn, len(ids))
		}
		if !more {
			return found
		}
		between()
	}
}

// eachList walks lists by every kind of key, up and down.
func eachList(t *testing.T, test func(t *testing.T, name string, list page.List[*ent.Institution])) {
	t.Helper()
	for name, key := range map[string]page.Key[*ent.Institution]{"name": byName, "time": byTime, "floor": byFloor} {
		for _, direction := range []page.Direction{page.Ascending, page.Descending} {
			test(t, name+" "+string(direction), listed(key, direction))
		}
	}
}

func TestWalkingSeesEachRowOnceInOrder(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db, 0, 57)
		eachList(t, func(t *testing.T, name string, list page.List[*ent.Institution]) {
			want := inOrder(t, db, list)
			for _, size := range []int{1, 7, 19, 57, 100} {
				for _, backward := range []bool{false, true} {
					if got := walk(t, db, list, size, backward, func() {}); !slices.Equal(got, want) {
						t.Errorf("by %s in pages of %d, backward %v:\n got %v\nwant %v", name, size, backward, got, want)
					}
				}
			}
		})
	})
}

func TestWalkingWhileRowsAreInserted(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		n := 57
		fill(t, db, 0, n)
		eachList(t, func(t *testing.T, name string, list page.List[*ent.Institution]) {
			old := inOrder(t, db, list)
			for _, size := range []int{7, 20} {
				for _, backward := range []bool{false, true} {
					left := 8 // the list must end some day
					found := walk(t, db, list, size, backward, func() {
						if left--; left >= 0 {
							fill(t, db, n, n+2)
							n += 2
						}
					})
					seen := map[gid.ID]bool{}
					for _, id := range found {
						if seen[id] {
							t.Errorf("by %s, %v comes twice", name, id)
						}
						seen[id] = true
					}
					found = slices.DeleteFunc(found, func(id gid.ID) bool { return !slices.Contains(old, id) })
					if !slices.Equal(found, old) {
						t.Errorf("by %s in pages of %d, backward %v: of the old rows it saw\n%v, want\n%v", name, size, backward, found, old)
					}
				}
			}
		})
	})
}

func TestPages(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db, 0, 25)
		list := listed(byName, page.Ascending)
		if got, want := len(read(t, db, list, page.Args{}).Nodes), 20; got != want {
			t.Errorf("a page of no size has %d entries, want %d", got, want)
		}
		nought := 0
		tally := &store.Tally{}
		c, err := page.Of(store.WithTally(reading(t.Context()), tally), seal, db.Read.Institution.Query(), list, page.Args{First: &nought})
		if err != nil || len(c.Edges) != 0 || c.Edges == nil || c.PageInfo.StartCursor != nil || c.PageInfo.EndCursor != nil || tally.Statements() != 0 {
			t.Errorf("a page of nought is %+v, %v, after %d statements", c, err, tally.Statements())
		}
		counts, err := page.Counts(store.WithTally(reading(t.Context()), tally), []*page.Connection[*ent.Institution]{c}, nil)
		if err != nil || *counts[0] != (page.Count{Value: 25, Precision: page.Exact}) || tally.Statements() != 1 {
			t.Errorf("its list has %+v, %v, after %d statements, want 25 after one", counts[0], err, tally.Statements())
		}
		empty := read(t, db, page.List[*ent.Institution]{Key: byName, Order: page.Ascending, ID: list.ID}, page.Args{Last: &nought})
		if empty.PageInfo.HasNextPage || empty.PageInfo.HasPreviousPage {
			t.Errorf("a page of nought says %+v", empty.PageInfo)
		}
	})
}

func TestArgsThatAreRefused(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, "sqlite3")
	fill(t, db, 0, 3)
	list := listed(byName, page.Ascending)
	cursor := read(t, db, list, page.Args{}).Edges[0].Cursor
	below, one, hundred, more := -1, 1, 100, 101
	if got := len(read(t, db, list, page.Args{First: &hundred}).Nodes); got != 3 {
		t.Errorf("a page of a hundred has %d entries, want 3", got)
	}
	for name, args := range map[string]page.Args{
		"it refuses when first and last are given":  {First: &one, Last: &one},
		"it refuses when first is above a hundred":  {First: &more},
		"it refuses when last is above a hundred":   {Last: &more},
		"it refuses when first is below nought":     {First: &below},
		"it refuses when last is below nought":      {Last: &below},
		"it refuses when before goes with first":    {First: &one, Before: &cursor},
		"it refuses when after goes with last":      {Last: &one, After: &cursor},
		"it refuses when both cursors are given":    {First: &one, After: &cursor, Before: &cursor},
		"it refuses when before is given with none": {Before: &cursor},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := page.Of(reading(t.Context()), seal, db.Read.Institution.Query(), list, args)
			refused(t, err, fault.CodeInvalidInput)
		})
	}
}

func refused(t *testing.T, err error, want fault.Code) {
	t.Helper()
	var r *fault.Request
	if !errors.As(err, &r) || r.Code != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestCursorsThatAreRefused(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, "sqlite3")
	fill(t, db, 0, 3)
	list := listed(byName, page.Ascending)
	good := read(t, db, list, page.Args{}).Edges[1].Cursor
	ask := func(ctx context.Context, s *page.Seal, list page.List[*ent.Institution], cursor string) error {
		_, err := page.Of(ctx, s, db.Read.Institution.Query(), list, page.Args{After: &cursor})
		return err
	}
	if err := ask(reading(t.Context()), seal, list, good); err != nil {
		t.Fatal(err)
	}
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	for i := range good {
		for _, c := range []byte{alphabet[(strings.IndexByte(alphabet, good[i])+1)%64], '=', ' '} {
			refused(t, ask(reading(t.Context()), seal, list, good[:i]+string(c)+good[i+1:]), fault.CodeCursorInvalid)
		}
		refused(t, ask(reading(t.Context()), seal, list, good[:i]), fault.CodeCursorInvalid)
	}
	filtered := list
	filtered.Filter = struct{ Country string }{"DE"}
	otherwise := list
	otherwise.Filter = struct{ Country string }{"FR"}
	for name, c := range map[string]struct {
		v      viewer.Viewer
		seal   *page.Seal
		list   page.List[*ent.Institution]
		cursor string
	}{
		"it refuses when it is longer":                 {viewer.Public(), seal, list, good + "A"},
		"it refuses when it is padded":                 {viewer.Public(), seal, list, good + "="},
		"it refuses when it is much too long":          {viewer.Public(), seal, list, strings.Repeat("A", 1<<20)},
		"it refuses when another installation made it": {viewer.Public(), page.NewSeal([]byte("another key")), list, good},
		"it refuses when the order is another":         {viewer.Public(), seal, listed(byName, page.Descending), good},
		"it refuses when the key is another":           {viewer.Public(), seal, listed(byFloor, page.Ascending), good},
		"it refuses when the list is filtered":         {viewer.Public(), seal, filtered, good},
		"it refuses in another world":                  {viewer.Public().In(gid.ID{1}), seal, list, good},
		"it refuses when an employer asks":             {viewer.Viewer{World: gid.LiveWorld, Org: gid.ID{1}}, seal, list, good},
		"it refuses when a talent asks":                {viewer.Viewer{World: gid.LiveWorld, Talent: gid.ID{1}}, seal, list, good},
		"it refuses when nobody asks":                  {viewer.Viewer{}, seal, list, good},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, ask(viewer.With(t.Context(), c.v), c.seal, c.list, c.cursor), fault.CodeCursorInvalid)
		})
	}
	c, err := page.Of(reading(t.Context()), seal, db.Read.Institution.Query(), filtered, page.Args{})
	if err != nil {
		t.Fatal(err)
	}
	refused(t, ask(reading(t.Context()), seal, otherwise, c.Edges[0].Cursor), fault.CodeCursorInvalid)
	// A list of other rows with a column of the same name.
	people := page.List[*ent.TalentProfile]{
		Key: page.Key[*ent.TalentProfile]{Column: byName.Column, Value: func(*ent.TalentProfile) any { return "" }}, Order: page.Ascending,
		ID: func(p *ent.TalentProfile) gid.ID { return p.ID },
	}
	_, err = page.Of(reading(t.Context()), seal, db.Read.TalentProfile.Query(), people, page.Args{After: &good})
	refused(t, err, fault.CodeCursorInvalid)
}

// The longest name that a column holds makes a cursor that is taken back.
func TestCursorsOfLongNames(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, c := range []string{"x", "é", "東", "😀", "<", `"`, "\u2028"} {
			ctx := writing(t.Context())
			_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
				i := tx.Institution.Create().SetWorldID(gid.LiveWorld).SetName(c).SetNameFolded(strings.Repeat(c, 400)).SetCountryCode("DE")
				return gid.None, i.Exec(ctx)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		list := listed(byName, page.Ascending)
		if got, want := walk(t, db, list, 1, false, func() {}), inOrder(t, db, list); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestCounts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db, 0, 57)
		list := listed(byTime, page.Descending)
		one := 1
		first := read(t, db, list, page.Args{First: &one})
		second := read(t, db, list, page.Args{First: &one, After: first.PageInfo.EndCursor})
		for most, want := range map[int]page.Count{
			1: {Value: 1, Precision: page.AtLeast}, 56: {Value: 56, Precision: page.AtLeast}, 57: {Value: 57, Precision: page.Exact},
			58: {Value: 57, Precision: page.Exact}, 10_000: {Value: 57, Precision: page.Exact},
		} {
			for name, c := range map[string]*page.Connection[*ent.Institution]{"the first page": first, "the second page": second} {
				tally := &store.Tally{}
				counts, err := page.Counts(store.WithTally(reading(t.Context()), tally), []*page.Connection[*ent.Institution]{c, nil}, &most)
				if err != nil || *counts[0] != want || counts[1] != nil || tally.Statements() != 1 {
					t.Errorf("up to %d the list of %s has %+v, %v, after %d statements, want %+v after one", most, name, counts[0], err, tally.Statements(), want)
				}
			}
		}
		for _, most := range []int{-1, 0, 10_001} {
			_, err := page.Counts(reading(t.Context()), []*page.Connection[*ent.Institution]{first}, &most)
			refused(t, err, fault.CodeInvalidInput)
		}
		hidden, err := page.Of(viewer.With(t.Context(), viewer.Viewer{}), seal, db.Read.Institution.Query(), list, page.Args{})
		if err != nil || len(hidden.Nodes) != 0 {
			t.Fatalf("nobody reads %d rows, %v", len(hidden.Nodes), err)
		}
		counts, err := page.Counts(viewer.With(t.Context(), viewer.Viewer{}), []*page.Connection[*ent.Institution]{hidden}, nil)
		if err != nil || counts[0].Value != 0 {
			t.Errorf("for nobody the list has %+v, %v, want nothing", counts[0], err)
		}
	})
}

func TestAPageIsOneStatement(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db, 0, 57)
		var after *string
		for turn := range 3 {
			tally := &store.Tally{}
			c, err := page.Of(store.WithTally(reading(t.Context()), tally), seal, db.Read.Institution.Query(), listed(byTime, page.Ascending), page.Args{After: after})
			if err != nil || tally.Statements() != 1 {
				t.Errorf("page %d took %d statements, %v, want one", turn, tally.Statements(), err)
			}
			after = c.PageInfo.EndCursor
		}
	})
}

func TestPrefix(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db, 0, 10)
		for prefix, want := range map[string]int{"aachen": 4, "aachen ": 2, "z": 2, "zü": 2, "東": 2, "": 10, "aachen%": 0, "_": 0, "b\U0010ffff": 0} {
			got := db.Read.Institution.Query().Where(page.Prefix(institution.FieldNameFolded, prefix)).CountX(reading(t.Context()))
			if got != want {
				t.Errorf("%d names begin with %q, want %d", got, prefix, want)
			}
		}
	})
}

func TestIDFilter(t *testing.T) {
	t.Parallel()
	one := gid.ID{1}
	for want, f := range map[string]page.IDFilter{
		fmt.Sprint([]gid.ID{one}):      {Eq: &one},
		fmt.Sprint([]gid.ID{one, {2}}): {In: []gid.ID{one, {2}}},
		fmt.Sprint([]gid.ID(nil)):      {},
	} {
		if got := fmt.Sprint(f.IDs()); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
