package store_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

type opened struct {
	ID   gid.ID   `json:"id"`
	More []gid.ID `json:"more"`
}

// openOnce opens an institution and reports whether the answer was replayed.
func openOnce(ctx context.Context, db *store.DB) (opened, bool, error) {
	result, err := store.Write(ctx, db, func(tx *store.Tx) (opened, error) {
		i, err := open(ctx, tx, "Once")
		if err != nil {
			return opened{}, err
		}
		return opened{i.ID, []gid.ID{tx.World()}}, nil
	})
	return result, viewer.RequestFrom(ctx).Replayed(), err
}

func TestARepeatedRequestGetsTheFirstAnswer(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		first, replayed, err := openOnce(asked(t.Context(), operator, request{key: "k", arguments: "a"}), db)
		if err != nil || replayed {
			t.Fatalf("the first: replayed %v, %v", replayed, err)
		}
		before := rows(t, db)
		second, replayed, err := openOnce(asked(t.Context(), operator, request{key: "k", arguments: "a"}), db)
		if err != nil || !replayed {
			t.Errorf("the second: replayed %v, %v", replayed, err)
		}
		if got, want := fmt.Sprint(second), fmt.Sprint(first); got != want {
			t.Errorf("the second answer is %s, want %s", got, want)
		}
		if _, _, err := openOnce(asked(t.Context(), operator, request{key: "k", arguments: "b"}), db); code(err) != fault.CodeIdempotencyConflict {
			t.Errorf("other arguments: got %v, want IDEMPOTENCY_CONFLICT", err)
		}
		grew(t, db, before, map[string]int{})
	})
}

func TestAKeyIsItsOwners(t *testing.T) {
	t.Parallel()
	employer, client := gid.ID{0: 2, 15: byte(gid.Employer)}, gid.ID{0: 3, 15: byte(gid.APIClient)}
	other, elsewhere, member, newcomer := operator, operator, operator, operator
	other.Subject = "otto"
	elsewhere.Issuer = "https://other.example"
	member.Org = employer
	newcomer.Person, newcomer.Org = gid.None, gid.None
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if _, _, err := openOnce(asked(t.Context(), operator, request{key: "k", arguments: "a"}), db); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			who viewer.Viewer
			r   request
		}{
			"another person":       {other, request{key: "k", arguments: "b"}},
			"another issuer":       {elsewhere, request{key: "k", arguments: "b"}},
			"another organisation": {member, request{key: "k", arguments: "b"}},
			"an API client":        {operator, request{key: "k", arguments: "b", client: client}},
			"another verb":         {operator, request{key: "k", arguments: "b", verb: "openOther"}},
			"another key":          {operator, request{key: "K", arguments: "b"}},
			"no key":               {operator, request{arguments: "a"}},
		} {
			if _, replayed, err := openOnce(asked(t.Context(), c.who, c.r), db); err != nil || replayed {
				t.Errorf("%s: replayed %v, %v", name, replayed, err)
			}
		}
		// A newcomer has no row yet, and no organisation: the world stands for it.
		if _, replayed, err := openOnce(asked(t.Context(), newcomer, request{key: "k", arguments: "a"}), db); err != nil || !replayed {
			t.Errorf("the same person before there is a row for them: replayed %v, %v", replayed, err)
		}
	})
}

func TestOneKeyManyTimesAtOnceHasOneEffect(t *testing.T) {
	t.Parallel()
	const many = 32
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		before := rows(t, db)
		var all sync.WaitGroup
		var ran, replays, inProgress atomic.Int32
		answers, start := make([]opened, many), make(chan struct{})
		for n := range many {
			all.Go(func() {
				ctx := asked(t.Context(), operator, request{key: "k", arguments: "a"})
				<-start
				result, replayed, err := openOnce(ctx, db)
				switch {
				case err == nil && replayed:
					replays.Add(1)
				case err == nil:
					ran.Add(1)
				case code(err) == fault.CodeIdempotencyInProgress:
					inProgress.Add(1)
				default:
					t.Error(err)
				}
				answers[n] = result
			})
		}
		close(start)
		all.Wait()
		if ran.Load() != 1 || replays.Load()+inProgress.Load() != many-1 {
			t.Errorf("%d had an effect, %d were replayed, %d in progress", ran.Load(), replays.Load(), inProgress.Load())
		}
		var want opened
		for _, got := range answers {
			if got.ID.IsNone() {
				continue
			}
			if want.ID.IsNone() {
				want = got
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("one answer is %v, another %v", got, want)
			}
		}
		grew(t, db, before, map[string]int{
			"institutions": 1, "events": 1, "feed_entries": 2, "feed_counters": 2, "audit_entries": 1, "idempotency_records": 1,
		})
	})
}

func TestARefusedChangeStoresNoKey(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for name, refusal := range map[string]error{
			"invalid": fault.InvalidValue("name", "No."), "not permitted": fault.NotPermitted("No."), "broken": errBroken,
			"moved": store.Moved(0, nil),
		} {
			ctx := asked(t.Context(), operator, request{key: name, arguments: "a"})
			if _, err := store.Write(ctx, db, func(*store.Tx) (opened, error) { return opened{}, refusal }); err == nil {
				t.Fatalf("%s: the change succeeds", name)
			}
			if got, want := rows(t, db)["idempotency_records"], 0; got != want {
				t.Errorf("%s: %d keys are kept, want %d", name, got, want)
			}
		}
		for name := range map[string]bool{"invalid": true, "broken": true} {
			if _, replayed, err := openOnce(asked(t.Context(), operator, request{key: name, arguments: "mended"}), db); err != nil || replayed {
				t.Errorf("%s: the mended request: replayed %v, %v", name, replayed, err)
			}
		}
	})
}

func TestAKeyLivesSevenDays(t *testing.T) {
	t.Parallel()
	for _, name := range storetest.Engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := &steps{at: time.Date(2026, 11, 24, 15, 4, 5, 0, time.UTC)}
			db := storetest.Open(t, name, store.WithClock(clock.now))
			first, _, err := openOnce(asked(t.Context(), operator, request{key: "k", arguments: "a"}), db)
			if err != nil {
				t.Fatal(err)
			}
			clock.wait(7*24*time.Hour - time.Minute)
			if again, replayed, err := openOnce(asked(t.Context(), operator, request{key: "k", arguments: "a"}), db); err != nil || !replayed || again.ID != first.ID {
				t.Errorf("within seven days: %v, replayed %v, %v", again, replayed, err)
			}
			clock.wait(2 * time.Minute)
			second, replayed, err := openOnce(asked(t.Context(), operator, request{key: "k", arguments: "b"}), db)
			if err != nil || replayed || second.ID == first.ID {
				t.Errorf("after seven days: %v, replayed %v, %v", second, replayed, err)
			}
			if again, replayed, err := openOnce(asked(t.Context(), operator, request{key: "k", arguments: "b"}), db); err != nil || !replayed || again.ID != second.ID {
				t.Errorf("the key's second life: %v, replayed %v, %v", again, replayed, err)
			}
			if got, want := rows(t, db)["idempotency_records"], 1; got != want {
				t.Errorf("%d keys are kept, want %d", got, want)
			}
		})
	}
}

// A duplicate waits for the first, but no longer than locks are waited for.
func TestADuplicateWaitsOnlySoLong(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := asked(t.Context(), operator, request{key: "k", arguments: "a"})
		must(t, ctx, db, func(tx *store.Tx) (opened, error) {
			impatient, done := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer done()
			want := fault.CodeOverloaded // SQLite's one writer is taken
			if db.Engine().Name == dialect.Postgres {
				impatient, want = t.Context(), fault.CodeIdempotencyInProgress
			}
			if _, _, err := openOnce(asked(impatient, operator, request{key: "k", arguments: "a"}), db); code(err) != want {
				t.Errorf("got %v, want %s", err, want)
			}
			return opened{}, nil
		})
	})
}

func TestAResultThatCannotBeKeptIsAnError(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		before := rows(t, db)
		_, err := store.Write(asked(t.Context(), operator, request{key: "k"}), db, func(*store.Tx) (chan int, error) { return make(chan int), nil })
		if err == nil {
			t.Error("a channel is kept")
		}
		grew(t, db, before, map[string]int{})
	})
}
