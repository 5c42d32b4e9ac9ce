package store_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	"github.com/lib/pq"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/auditentry"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

var errBroken = errors.New("something broke")

func TestAChangeIsKeptWhole(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := asked(t.Context(), operator, request{key: "key-1"})
		before := rows(t, db)
		id := must(t, ctx, db, func(tx *store.Tx) (gid.ID, error) {
			i, err := open(ctx, tx, "Secret Name")
			if err != nil {
				return gid.None, err
			}
			return i.ID, job.Enqueue(ctx, tx, "look", i.ID)
		})
		grew(t, db, before, map[string]int{
			"institutions": 1, "events": 1, "feed_entries": 2, "feed_counters": 2, "audit_entries": 1, "idempotency_records": 1, "jobs": 1,
		})
		a := db.Read.AuditEntry.Query().OnlyX(looking(ctx))
		e := db.Read.Event.Query().OnlyX(looking(ctx))
		if a.Outcome != auditentry.OutcomeDone || a.Code != nil || a.Verb != "openInstitution" || a.PersonID != person || a.OrganizationID != gid.LiveWorld ||
			a.WorldID != gid.LiveWorld || !a.ClientID.IsNone() || a.RequestID == nil || *a.RequestID != "request-1" {
			t.Errorf("the audit says %+v", a)
		}
		if got, want := a.Subjects, []gid.ID{id}; !slices.Equal(got, want) || e.SubjectID != id {
			t.Errorf("the audit is about %v, want %v", got, want)
		}
		if a.ChangeID != e.ChangeID || !a.OccurredAt.Equal(e.OccurredAt) {
			t.Errorf("the audit is of %v at %v, the event of %v at %v", a.ChangeID, a.OccurredAt, e.ChangeID, e.OccurredAt)
		}
		for _, column := range []string{"Institution.name", "Institution.country_code", "Event.kind", "Job.kind"} {
			if !slices.Contains(a.ChangedFields, column) {
				t.Errorf("the audit names %v, want %s among them", a.ChangedFields, column)
			}
		}
		if a.KeyHash == nil || len(*a.KeyHash) != 64 || strings.Contains(fmt.Sprint(a), "key-1") || strings.Contains(fmt.Sprint(a), "Secret") {
			t.Errorf("the audit holds values, or no hash of the key: %v", a)
		}
	})
}

// Whatever a change fails with, and wherever, it leaves nothing.
func TestAFailedChangeLeavesNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for name, fail := range map[string]func(tx *store.Tx) error{
			"a refusal":          func(*store.Tx) error { return fault.InvalidValue("name", "No.") },
			"an error":           func(*store.Tx) error { return errBroken },
			"a broken rule":      func(tx *store.Tx) error { return newInstitution(tx, "Bad").SetPayFloorMinor(1).Exec(t.Context()) },
			"a failing last act": func(tx *store.Tx) error { tx.Last(func(context.Context) error { return errBroken }); return nil },
			"a last act's last act": func(tx *store.Tx) error {
				tx.Last(func(context.Context) error {
					tx.Last(func(context.Context) error { return errBroken })
					return nil
				})
				return nil
			},
			"a panic": func(*store.Tx) error { panic(errBroken) },
		} {
			ctx := asked(t.Context(), operator, request{key: "key-1"})
			before := rows(t, db)
			err := func() (err error) {
				defer func() {
					if thrown := recover(); thrown != nil {
						err, _ = thrown.(error)
					}
				}()
				_, err = store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
					i, err := open(ctx, tx, "Never")
					if err != nil {
						return gid.None, err
					}
					if err := job.Enqueue(ctx, tx, "look", i.ID); err != nil {
						return gid.None, err
					}
					return i.ID, fail(tx)
				})
				return err
			}()
			if err == nil {
				t.Errorf("%s: the change succeeds", name)
			}
			grew(t, db, before, map[string]int{})
			if !viewer.RequestFrom(ctx).BeginWrite() {
				t.Errorf("after %s the request writes no more", name)
			}
		}
	})
}

func TestARefusalOfPermissionIsOnRecord(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for name, gone := range map[string]bool{"the client waits": false, "the client is gone": true} {
			ctx, hangUp := context.WithCancel(asked(t.Context(), operator, request{key: "key-" + name}))
			defer hangUp()
			before := rows(t, db)
			_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
				if _, err := open(ctx, tx, "Never"); err != nil {
					return gid.None, err
				}
				if gone {
					hangUp()
				}
				return gid.None, errors.Join(fault.NotPermitted("Not yours."), fault.InvalidValue("name", "No."))
			})
			if told, ok := fault.UserErrors(err); !ok || len(told) != 2 || told[0].GetCode() != fault.CodeNotPermitted {
				t.Errorf("while %s, got %v, want NOT_PERMITTED as told", name, err)
			}
			grew(t, db, before, map[string]int{"audit_entries": 1})
		}
		for _, a := range db.Read.AuditEntry.Query().AllX(looking(t.Context())) {
			if a.Outcome != auditentry.OutcomeRefused || a.Code == nil || *a.Code != "NOT_PERMITTED" || a.PersonID != person ||
				a.Verb != "openInstitution" || len(a.Subjects) != 0 || len(a.ChangedFields) != 0 {
				t.Errorf("the audit says %+v", a)
			}
		}
	})
}

// A client that goes away once a change has begun does not undo it, nor hears
// that it failed.
func TestAChangeDoesNotEndWithItsClient(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, hangUp := context.WithCancel(asked(t.Context(), operator, request{key: "key-1"}))
		defer hangUp()
		before := rows(t, db)
		id := must(t, ctx, db, func(tx *store.Tx) (gid.ID, error) {
			if _, err := open(ctx, tx, "First"); err != nil {
				return gid.None, err
			}
			hangUp()
			i, err := open(ctx, tx, "Second")
			if err != nil {
				return gid.None, err
			}
			seen, err := tx.Institution.Query().Where(store.Locked).All(ctx)
			if len(seen) != 2 {
				t.Errorf("the change sees %d of its rows, want 2", len(seen))
			}
			return i.ID, err
		})
		grew(t, db, before, map[string]int{
			"institutions": 2, "events": 2, "feed_entries": 4, "feed_counters": 3, "audit_entries": 1, "idempotency_records": 1,
		})
		if _, err := db.Read.Institution.Get(looking(t.Context()), id); err != nil {
			t.Errorf("the acknowledged row: %v", err)
		}
	})
}

func TestWaitingForAConnectionEndsWithTheRequest(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var held []interface{ Close() error }
		for range db.Engine().Write.Stats().MaxOpenConnections {
			c, err := db.Engine().Write.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			held = append(held, c)
		}
		ctx, done := context.WithTimeout(asking(t.Context()), 20*time.Millisecond)
		defer done()
		_, err := store.Write(ctx, db, func(*store.Tx) (gid.ID, error) {
			t.Error("the change ran")
			return gid.None, nil
		})
		var busy *fault.Request
		if !errors.As(err, &busy) || busy.Code != fault.CodeOverloaded || !busy.Retryable || busy.RetryAfterMs == 0 {
			t.Errorf("got %v, want OVERLOADED, to be tried again", err)
		}
		for _, c := range held {
			_ = c.Close()
		}
		must(t, asking(t.Context()), db, func(*store.Tx) (gid.ID, error) { return gid.None, nil })
	})
}

func TestRowsAreStamped(t *testing.T) {
	t.Parallel()
	clock := &steps{at: time.Date(2026, 11, 24, 15, 4, 5, 0, time.UTC)}
	for _, name := range storetest.Engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := storetest.Open(t, name, store.WithClock(clock.now))
			ctx := asking(t.Context())
			id := must(t, ctx, db, func(tx *store.Tx) (gid.ID, error) {
				i, err := open(ctx, tx, "First")
				return i.ID, err
			})
			first := db.Read.Institution.GetX(ctx, id)
			if first.Revision != 1 || first.CreatedAt.IsZero() || !first.CreatedAt.Equal(first.UpdatedAt) {
				t.Errorf("the new row is %+v", first)
			}
			must(t, ctx, db, func(tx *store.Tx) (gid.ID, error) {
				return gid.None, tx.Institution.UpdateOneID(id).SetName("Second").Exec(ctx)
			})
			if got := db.Read.Institution.GetX(ctx, id); got.Revision != 2 || !got.UpdatedAt.After(first.UpdatedAt) || !got.CreatedAt.Equal(first.CreatedAt) {
				t.Errorf("the changed row is %+v", got)
			}
			must(t, ctx, db, func(tx *store.Tx) (gid.ID, error) {
				n, err := tx.System("a test").Institution.Update().Where(institution.ID(id), institution.Revision(2)).SetName("Third").Save(ctx)
				return gid.None, store.Moved(n, err)
			})
			if got, want := db.Read.Institution.GetX(ctx, id).Revision, 3; got != want {
				t.Errorf("the revision is %d, want %d", got, want)
			}
		})
	}
}

// steps is a clock that moves a second each time it is read.
type steps struct {
	mu sync.Mutex
	at time.Time
}

func (s *steps) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = s.at.Add(time.Second)
	return s.at
}

func (s *steps) wait(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = s.at.Add(d)
}

func TestARowThatMovedIsLookedAtAgain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for name, lost := range map[string]error{
			"a row moved":             store.Moved(0, nil),
			"a deadlock was broken":   &pq.Error{Code: "40P01"},
			"changes were serialized": fmt.Errorf("on the way: %w", &pq.Error{Code: "40001"}),
			"a statement is old":      &pq.Error{Code: "0A000", Routine: "RevalidateCachedQuery"},
		} {
			ctx := asking(t.Context())
			before, runs := rows(t, db), 0
			must(t, ctx, db, func(tx *store.Tx) (gid.ID, error) {
				runs++
				i, err := open(ctx, tx, name)
				if err == nil && runs < 4 {
					err = lost
				}
				return i.ID, err
			})
			if runs != 4 {
				t.Errorf("%s: the change ran %d times, want 4", name, runs)
			}
			got := rows(t, db)
			if got["institutions"] != before["institutions"]+1 || got["events"] != before["events"]+1 || got["audit_entries"] != before["audit_entries"]+1 {
				t.Errorf("%s: there are %v, before %v", name, got, before)
			}

			before, runs = rows(t, db), 0
			_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
				runs++
				i, err := open(ctx, tx, name)
				if err == nil {
					err = lost
				}
				return i.ID, err
			})
			var busy *fault.Request
			if !errors.As(err, &busy) || busy.Code != fault.CodeOverloaded || !busy.Retryable {
				t.Errorf("%s: got %v, want OVERLOADED, to be tried again", name, err)
			}
			if runs != 4 {
				t.Errorf("%s: the change ran %d times, want 4", name, runs)
			}
			grew(t, db, before, map[string]int{})
		}
	})
}

func TestMoved(t *testing.T) {
	t.Parallel()
	if err := store.Moved(1, nil); err != nil {
		t.Errorf("one row: %v", err)
	}
	for _, n := range []int{0, 2} {
		if err := store.Moved(n, nil); !errors.Is(err, store.ErrMoved) {
			t.Errorf("%d rows: %v, want that it moved", n, err)
		}
	}
	if err := store.Moved(0, errBroken); !errors.Is(err, errBroken) {
		t.Errorf("an error: %v", err)
	}
}

func TestFound(t *testing.T) {
	t.Parallel()
	missing := fault.NotFound("id", "There is no such thing.")
	if got := store.Found(fmt.Errorf("read: %w", &ent.NotFoundError{}), missing); !errors.Is(got, missing) {
		t.Errorf("got %v, want %v", got, missing)
	}
	if got := store.Found(errBroken, missing); !errors.Is(got, errBroken) {
		t.Errorf("got %v, want %v", got, errBroken)
	}
	if got := store.Found(nil, missing); got != nil {
		t.Errorf("got %v, want nothing", got)
	}
}

// Everybody reads the number and writes one more: without the lock some would
// write the same.
func TestLockedRowsAreReadOneAfterTheOther(t *testing.T) {
	t.Parallel()
	const changes = 24
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		id := must(t, asking(t.Context()), db, func(tx *store.Tx) (gid.ID, error) {
			i, err := newInstitution(tx, "Counter").SetPayFloorMinor(0).SetPayFloorCurrency("USD").Save(t.Context())
			return i.ID, err
		})
		start := make(chan struct{})
		var all sync.WaitGroup
		for range changes {
			all.Go(func() {
				ctx := asking(t.Context())
				<-start
				_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
					i, err := tx.Institution.Query().Where(institution.ID(id), store.Locked).Only(ctx)
					if err != nil {
						return gid.None, err
					}
					return id, tx.Institution.UpdateOneID(id).SetPayFloorMinor(*i.PayFloorMinor + 1).Exec(ctx)
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		close(start)
		all.Wait()
		got := db.Read.Institution.GetX(asking(t.Context()), id)
		if *got.PayFloorMinor != changes || got.Revision != changes+1 {
			t.Errorf("after %d changes the number is %d at revision %d", changes, *got.PayFloorMinor, got.Revision)
		}
	})
}

// Without the lock, the revision tells: who comes second begins anew.
func TestARevisionLetsOneOfTwoWin(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, dialect.Postgres)
	ctx := asking(t.Context())
	id := must(t, ctx, db, func(tx *store.Tx) (gid.ID, error) {
		i, err := open(ctx, tx, "Old")
		return i.ID, err
	})
	var both, all sync.WaitGroup // both read before either writes
	both.Add(2)
	var mu sync.Mutex
	runs := 0
	for _, name := range []string{"Ada", "Eve"} {
		all.Go(func() {
			ctx, first := asking(t.Context()), true
			_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
				mu.Lock()
				runs++
				mu.Unlock()
				i, err := tx.Institution.Get(ctx, id)
				if first {
					first = false
					both.Done()
					both.Wait()
				}
				if err != nil {
					return gid.None, err
				}
				n, err := tx.Institution.Update().Where(institution.ID(id), institution.Revision(i.Revision)).SetName(i.Name + name).Save(ctx)
				return id, store.Moved(n, err)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	got := db.Read.Institution.GetX(ctx, id)
	if got.Name != "OldAdaEve" && got.Name != "OldEveAda" || got.Revision != 3 || runs != 3 {
		t.Errorf("after %d runs the name is %s at revision %d, want 3 runs and both names", runs, got.Name, got.Revision)
	}
}

// Two changes that lock the same rows the other way round: PostgreSQL ends one,
// and Write begins it again.
func TestADeadlockIsBroken(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, dialect.Postgres)
	ctx := asking(t.Context())
	var ids [2]gid.ID
	for n := range ids {
		ids[n] = must(t, ctx, db, func(tx *store.Tx) (gid.ID, error) {
			i, err := open(ctx, tx, "Old")
			return i.ID, err
		})
	}
	var both, all sync.WaitGroup // both hold one row before either wants the other
	both.Add(2)
	for n := range ids {
		all.Go(func() {
			ctx, first := asking(t.Context()), true
			_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
				if err := tx.Institution.UpdateOneID(ids[n]).SetName("New").Exec(ctx); err != nil {
					return gid.None, err
				}
				if first {
					first = false
					both.Done()
					both.Wait()
				}
				return gid.None, tx.Institution.UpdateOneID(ids[1-n]).SetName("New").Exec(ctx)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, id := range ids {
		if got, want := db.Read.Institution.GetX(ctx, id).Revision, 3; got != want {
			t.Errorf("the revision is %d, want %d", got, want)
		}
	}
}

func TestALockThatIsNotToBeHadIsSaidSo(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, dialect.Postgres)
	held := asking(t.Context())
	id := must(t, held, db, func(tx *store.Tx) (gid.ID, error) {
		i, err := open(held, tx, "Held")
		return i.ID, err
	})
	must(t, held, db, func(tx *store.Tx) (gid.ID, error) {
		if _, err := tx.Institution.Query().Where(institution.ID(id), store.Locked).Only(held); err != nil {
			t.Error(err)
		}
		ctx := asking(t.Context())
		_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
			if _, err := store.Exec(tx, ctx, "SET LOCAL lock_timeout = '20ms'"); err != nil {
				return gid.None, err
			}
			_, err := tx.Institution.Query().Where(institution.ID(id), store.Locked).Only(ctx)
			return gid.None, err
		})
		if got, want := code(err), fault.CodeOverloaded; got != want {
			t.Errorf("got %v, want %s", err, want)
		}
		return gid.None, nil
	})
}

// A migration under a running server outdates what its connections prepared.
func TestAChangeSurvivesAMigration(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, dialect.Postgres)
	ctx := asking(t.Context())
	for _, statement := range []string{"ALTER TABLE institutions ALTER COLUMN region TYPE text", "ALTER TABLE institutions ALTER COLUMN region TYPE varchar(200)"} {
		for range 3 {
			id := must(t, ctx, db, func(tx *store.Tx) (gid.ID, error) {
				if _, err := tx.Institution.Query().Where(institution.NameFolded("here")).All(ctx); err != nil {
					return gid.None, err
				}
				i, err := open(ctx, tx, "Here")
				return i.ID, err
			})
			if _, err := db.Read.Institution.Get(ctx, id); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := db.Engine().Write.ExecContext(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
}

func TestACommitWithoutAnAnswerIsOfUnknownOutcome(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		want fault.Code
	}{
		"the connection broke":       {driver.ErrBadConn, fault.CodeOutcomeUnknown},
		"the server was stopped":     {&pq.Error{Code: "57P01"}, fault.CodeOutcomeUnknown},
		"the network failed":         {&timeout{}, fault.CodeOutcomeUnknown},
		"a deferred rule was broken": {&pq.Error{Code: "23503"}, ""},
		"something else":             {errBroken, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := code(store.CommitFailed(fmt.Errorf("commit: %w", c.err))); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

type timeout struct{}

func (*timeout) Error() string   { return "i/o timeout" }
func (*timeout) Timeout() bool   { return true }
func (*timeout) Temporary() bool { return true }
