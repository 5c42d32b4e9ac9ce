package store_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"maps"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/migrate"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var (
	person   = gid.ID{0: 1, 15: byte(gid.Person)}
	operator = viewer.Viewer{
		Kind: viewer.Operator, World: gid.LiveWorld, Org: gid.LiveWorld, Person: person, Role: viewer.RoleOperator,
		Scopes: viewer.ScopesOf(viewer.RoleOperator), Issuer: "https://issuer.example", Subject: "olga",
	}
)

// request is what one change is asked with.
type request struct {
	verb, key, arguments string
	client               gid.ID
}

// asking is the context of one request of the operator.
func asking(ctx context.Context) context.Context { return asked(ctx, operator, request{}) }

func asked(ctx context.Context, v viewer.Viewer, r request) context.Context {
	made := &viewer.Request{ID: "request-1", Verb: "openInstitution", Client: r.client, IdempotencyKey: r.key}
	if r.verb != "" {
		made.Verb = r.verb
	}
	sum := sha256.Sum256([]byte(r.arguments))
	made.ArgumentHash = sum[:]
	return viewer.WithRequest(viewer.With(ctx, v), made)
}

// looking is the context of a reader who sees every row.
func looking(ctx context.Context) context.Context {
	return viewer.With(ctx, viewer.System("a test looks at everything"))
}

func newInstitution(tx *store.Tx, name string) *ent.InstitutionCreate {
	return tx.Institution.Create().SetWorldID(tx.World()).SetName(name).SetNameFolded(strings.ToLower(name)).SetCountryCode("DE")
}

func newSkill(tx *store.Tx, name string) *ent.SkillCreate {
	return tx.Skill.Create().SetReference(name).SetName(name).SetNameFolded(strings.ToLower(name)).SetKind(skill.KindSkill).SetCategory("Tests")
}

// open opens an institution, as a verb would, with its event.
func open(ctx context.Context, tx *store.Tx, name string) (*ent.Institution, error) {
	i, err := newInstitution(tx, name).Save(ctx)
	if err != nil {
		return nil, err
	}
	return i, event.Record(ctx, tx, event.Event{Kind: event.InstitutionOpened, Subject: i.ID, Parties: []gid.ID{i.ID, tx.World()}})
}

func must[R any](t *testing.T, ctx context.Context, db *store.DB, change func(*store.Tx) (R, error)) R { //nolint:revive // a test comes first
	t.Helper()
	result, err := store.Write(ctx, db, change)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// rows counts the rows of every table.
func rows(t *testing.T, db *store.DB) map[string]int {
	t.Helper()
	counts := map[string]int{}
	for _, table := range migrate.Tables {
		var n int
		if err := db.Engine().Read.QueryRowContext(context.WithoutCancel(t.Context()), "SELECT count(*) FROM "+table.Name).Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts[table.Name] = n
	}
	return counts
}

// grew fails unless exactly these tables have so many rows more.
func grew(t *testing.T, db *store.DB, before, want map[string]int) {
	t.Helper()
	got := map[string]int{}
	for table, n := range rows(t, db) {
		if n != before[table] {
			got[table] = n - before[table]
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("the tables grew by %v, want %v", got, want)
	}
}

func code(err error) fault.Code {
	var request *fault.Request
	if errors.As(err, &request) {
		return request.Code
	}
	if told, _ := fault.UserErrors(err); len(told) > 0 {
		return told[0].GetCode()
	}
	return ""
}

// kinds names every type of ent's client, with its part of the client.
func kinds(client *ent.Client) map[string]reflect.Value {
	found := map[string]reflect.Value{}
	v := reflect.ValueOf(client).Elem()
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() && v.Field(i).MethodByName("Delete").IsValid() {
			found[f.Name] = v.Field(i)
		}
	}
	return found
}

func TestTheReadingClientRefusesEveryMutation(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := looking(asking(t.Context()))
		id := must(t, asking(t.Context()), db, func(tx *store.Tx) (gid.ID, error) {
			i, err := open(t.Context(), tx, "Old")
			return i.ID, err
		})
		before := rows(t, db)
		if got, want := len(kinds(db.Read)), len(migrate.Tables); got != want {
			t.Fatalf("the client has %d types, want %d", got, want)
		}
		for kind, part := range kinds(db.Read) {
			answer := part.MethodByName("Delete").Call(nil)[0].MethodByName("Exec").Call([]reflect.Value{reflect.ValueOf(ctx)})
			if err, _ := answer[1].Interface().(error); err == nil || !strings.Contains(err.Error(), "inside Write") {
				t.Errorf("delete of %s: got %v, want a refusal", kind, err)
			}
		}
		nested, err := db.Read.Tx(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for name, mutate := range map[string]func() error{
			"create": func() error { return db.Read.World.Create().SetID(id).SetKind("SANDBOX").SetName("New").Exec(ctx) },
			"bulk": func() error {
				return db.Read.World.CreateBulk(db.Read.World.Create().SetID(id).SetKind("SANDBOX").SetName("New")).Exec(ctx)
			},
			"update":     func() error { return db.Read.Institution.Update().SetName("New").Exec(ctx) },
			"update one": func() error { return db.Read.Institution.UpdateOneID(id).SetName("New").Exec(ctx) },
			"delete one": func() error { return db.Read.Institution.DeleteOneID(id).Exec(ctx) },
			"of a row read": func() error {
				i, err := db.Read.Institution.Get(ctx, id)
				if err != nil {
					return nil
				}
				return i.Update().SetName("New").Exec(ctx)
			},
			"in a transaction of its own": func() error { return nested.Institution.UpdateOneID(id).SetName("New").Exec(ctx) },
			"in a debugging client":       func() error { return db.Read.Debug().Institution.DeleteOneID(id).Exec(ctx) },
		} {
			if err := mutate(); err == nil || !strings.Contains(err.Error(), "inside Write") {
				t.Errorf("%s: got %v, want a refusal", name, err)
			}
		}
		grew(t, db, before, map[string]int{})
		if got, want := db.Read.Institution.GetX(ctx, id).Name, "Old"; got != want {
			t.Errorf("the name is %s, want %s", got, want)
		}
	})
}

func TestAChangeNeedsARequest(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		before := rows(t, db)
		_, err := store.Write(viewer.With(t.Context(), operator), db, func(*store.Tx) (gid.ID, error) {
			t.Error("the change ran")
			return gid.None, nil
		})
		if err == nil {
			t.Error("a change without a request is made")
		}
		grew(t, db, before, map[string]int{})
	})
}

func TestAChangeNeedsAWorld(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		_, err := store.Write(asked(t.Context(), viewer.Viewer{}, request{}), db, func(*store.Tx) (gid.ID, error) {
			t.Error("the change ran")
			return gid.None, nil
		})
		if err == nil {
			t.Error("a viewer in no world makes a change")
		}
	})
}

func TestAChangeInsideAChangeIsRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := asking(t.Context())
		before := rows(t, db)
		_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
			if _, err := open(ctx, tx, "Outer"); err != nil {
				return gid.None, err
			}
			return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
				i, err := open(ctx, tx, "Inner")
				return i.ID, err
			})
		})
		if err == nil || !strings.Contains(err.Error(), "inside another") {
			t.Errorf("got %v, want a refusal", err)
		}
		grew(t, db, before, map[string]int{})
		must(t, ctx, db, func(tx *store.Tx) (gid.ID, error) { // one after the other is fine
			i, err := open(ctx, tx, "Next")
			return i.ID, err
		})
	})
}

func TestATxEndsWithItsChange(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := asking(t.Context())
		for name, end := range map[string]error{"kept": nil, "dropped": fault.InvalidValue("name", "No.")} {
			var over *store.Tx
			_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
				over = tx
				return gid.None, end
			})
			if !errors.Is(err, end) {
				t.Fatal(err)
			}
			before := rows(t, db)
			for what, use := range map[string]func() error{
				"create":           func() error { return newSkill(over, "Late").Exec(ctx) },
				"update":           func() error { return over.Skill.Update().SetName("Late").Exec(ctx) },
				"create as system": func() error { return over.System("a test").Skill.Update().SetName("Late").Exec(ctx) },
				"read":             func() error { _, err := over.Skill.Query().All(ctx); return err },
				"count":            func() error { _, err := over.System("a test").Skill.Query().Count(ctx); return err },
				"advance":          func() error { _, err := over.Advance(ctx, person, 1); return err },
				"record": func() error {
					return event.Record(ctx, over, event.Event{Kind: event.InstitutionOpened, Subject: person})
				},
			} {
				err := use()
				if err == nil {
					t.Errorf("%s after the change was %s succeeds", what, name)
				} else if strings.HasPrefix(what, "create") && !strings.Contains(err.Error(), "after its transaction ended") {
					t.Errorf("%s after the change was %s: got %v, want that it ended", what, name, err)
				}
			}
			grew(t, db, before, map[string]int{})
		}
	})
}

func TestSystemNeedsAReason(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, "sqlite3")
	var over *store.Tx
	must(t, asking(t.Context()), db, func(tx *store.Tx) (gid.ID, error) { over = tx; return gid.None, nil })
	defer func() {
		if recover() == nil {
			t.Error("without a reason every row is seen")
		}
	}()
	over.System("")
}

func TestEveryTableHasItsNoun(t *testing.T) {
	t.Parallel()
	unnamed := map[string]string{"FeedCounter": "its id is the party's", "IdempotencyRecord": "the store names its noun itself"}
	seen := map[gid.Noun]string{}
	for kind := range kinds(ent.NewClient()) {
		noun, named := store.Nouns[kind]
		if _, excused := unnamed[kind]; named == excused {
			t.Errorf("%s has the noun %d, %v", kind, noun, named)
		}
		if !named {
			continue
		}
		if noun.Prefix() == "" || seen[noun] != "" {
			t.Errorf("%s has the noun %q, as has %s", kind, noun.Prefix(), seen[noun])
		}
		seen[noun] = kind
	}
}

func TestIDsAndInstantsComeFromTheirSources(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 15, 4, 5, 123_456_789, time.FixedZone("", 3600))
	var first *ent.Institution
	for _, name := range storetest.Engines {
		db := storetest.Open(t, name, store.WithClock(func() time.Time { return at }), store.WithRandom(strings.NewReader(strings.Repeat("random bytes", 100))))
		ctx := asking(t.Context())
		id := must(t, ctx, db, func(tx *store.Tx) (gid.ID, error) {
			if got, want := tx.Now, at.UTC().Truncate(time.Millisecond); !got.Equal(want) || got.Location() != time.UTC || got.Nanosecond()%1e6 != 0 {
				t.Errorf("the change is at %v, want %v", got, want)
			}
			i, err := open(ctx, tx, "Here")
			return i.ID, err
		})
		got := db.Read.Institution.Query().Where(institution.ID(id)).OnlyX(ctx)
		if first == nil {
			first = got
		}
		if got.ID != first.ID || !got.CreatedAt.Equal(first.CreatedAt) || got.ID.Noun() != gid.Institution {
			t.Errorf("on %s the institution is %v at %v, want %v at %v", name, got.ID, got.CreatedAt, first.ID, first.CreatedAt)
		}
	}
}

func TestASandboxHasItsOwnClock(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const ahead = 90 * 24 * time.Hour
		sandbox := must(t, asking(t.Context()), db, func(tx *store.Tx) (gid.ID, error) {
			made, err := tx.Client.World.Create().SetKind("SANDBOX").SetName("Sand").SetClockOffsetMs(ahead.Milliseconds()).Save(t.Context())
			if err != nil {
				return gid.None, err
			}
			return made.ID, nil
		})
		inside := operator
		inside.World, inside.Org = sandbox, sandbox
		var now time.Time
		must(t, asked(t.Context(), inside, request{}), db, func(tx *store.Tx) (gid.ID, error) {
			now = tx.Now
			if tx.World() != sandbox {
				t.Errorf("the change is in %v, want %v", tx.World(), sandbox)
			}
			return gid.None, nil
		})
		if off := now.Sub(db.Now()) - ahead; off < -time.Minute || off > time.Minute {
			t.Errorf("the sandbox's clock is %v off", off)
		}
	})
}

func TestCommitted(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, "sqlite3")
	woken := func() bool {
		select {
		case <-db.Committed():
			return true
		default:
			return false
		}
	}
	ctx := asking(t.Context())
	if woken() {
		t.Error("before any change somebody is woken")
	}
	if _, err := store.Write(ctx, db, func(*store.Tx) (gid.ID, error) { return gid.None, fault.InvalidValue("", "No.") }); err == nil || woken() {
		t.Error("a dropped change wakes")
	}
	for range 3 {
		must(t, ctx, db, func(*store.Tx) (gid.ID, error) { return gid.None, nil })
	}
	if !woken() || woken() {
		t.Error("three changes wake other than once")
	}
}
