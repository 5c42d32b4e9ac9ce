package store_test

import (
	"context"
	"testing"
	"time"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// forMinutes is a condition that takes minutes to find out.
func forMinutes(s *entsql.Selector) {
	slow := `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT count(*) FROM n) > 0`
	if s.Dialect() == "postgres" {
		slow = `(SELECT 1 FROM pg_sleep(300)) = 1`
	}
	s.Where(entsql.ExprP(slow))
}

// How long an operation may still take is how long its statements may take, and
// none takes more than five seconds.
func TestAStatementEndsWithItsTime(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const briefly, long = 200 * time.Millisecond, time.Hour
		slow := []struct {
			name string
			left []time.Duration
			run  func(context.Context) error
		}{
			{"a query", []time.Duration{briefly, long}, func(ctx context.Context) error {
				_, err := db.Read.World.Query().Where(forMinutes).All(looking(ctx))
				return err
			}},
			{"a query of a change", []time.Duration{briefly}, func(ctx context.Context) error {
				_, err := store.Write(ctx, db, func(tx *store.Tx) (int, error) {
					if _, err := open(ctx, tx, "Half Way"); err != nil {
						return 0, err
					}
					return tx.Client.World.Query().Where(forMinutes).Count(ctx)
				})
				return err
			}},
			{"an update of a change", []time.Duration{briefly, long}, func(ctx context.Context) error {
				_, err := store.Write(ctx, db, func(tx *store.Tx) (int, error) {
					if _, err := open(ctx, tx, "Half Way"); err != nil {
						return 0, err
					}
					return tx.Institution.Update().Where(forMinutes).SetName("Late").Save(ctx)
				})
				return err
			}},
		}
		before := rows(t, db)
		for _, s := range slow {
			for _, left := range s.left {
				ctx, done := context.WithTimeout(asking(t.Context()), left)
				began := time.Now()
				err := s.run(ctx)
				took := time.Since(began)
				done()
				if !store.Overloaded(err) {
					t.Errorf("%s with %v left gave %v", s.name, left, err)
				}
				if want := min(left, 5*time.Second); took < want-10*time.Millisecond || took > want+4*time.Second {
					t.Errorf("%s with %v left took %v, want %v", s.name, left, took, want)
				}
			}
		}
		grew(t, db, before, map[string]int{})
		must(t, asking(t.Context()), db, func(tx *store.Tx) (*ent.Institution, error) {
			return open(asking(t.Context()), tx, "On Time")
		})
	})
}

// A query whose client went away is not even begun.
func TestAQueryOfNobodyIsNotSent(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, leave := context.WithCancel(looking(t.Context()))
		leave()
		if worlds, err := db.Read.World.Query().All(ctx); err == nil {
			t.Errorf("a query without a client read %d worlds", len(worlds))
		}
	})
}
