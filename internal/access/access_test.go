package access_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/migrate"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

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

func TestEveryTypeHasALine(t *testing.T) {
	t.Parallel()
	types := slices.Sorted(maps.Keys(kinds(ent.NewClient())))
	lines := access.Lines()
	slices.Sort(lines)
	if !slices.Equal(lines, types) {
		t.Errorf("the table has lines for\n%v, want one for each of\n%v", lines, types)
	}
	if got, want := len(types), len(migrate.Tables); got != want {
		t.Errorf("ent has %d types for %d tables", got, want)
	}
	for _, kind := range types {
		if _, err := access.Rows(viewer.Viewer{}, kind); err != nil {
			t.Error(err)
		}
	}
	if _, err := access.Rows(viewer.Public(), "Diary"); err == nil || !strings.Contains(err.Error(), "Diary") {
		t.Errorf("a table without a line: got %v, want an error that names it", err)
	}
}

// sight is how many rows of each type one sees.
type sight map[string]int

// in the order of the story; whoever is not named sees none.
func who(ada, eve, owner, supervisor, evil, university, college, operator, anonymous int) sight {
	return sight{
		"Ada": ada, "Eve": eve, "Acme's owner": owner, "Acme's supervisor": supervisor, "Evil's owner": evil, "the university's adviser": university,
		"the college's adviser": college, "the operator": operator, "the anonymous": anonymous,
	}
}

// seen is what each sees of their own world's story.
var seen = map[string]sight{
	//                       Ada Eve own sup evl uni col op  anon
	"World":               who(1, 1, 1, 1, 1, 1, 1, 1, 1),
	"Person":              who(1, 1, 2, 1, 1, 1, 1, 6, 0),
	"Identity":            who(1, 0, 0, 0, 0, 0, 0, 0, 0),
	"Membership":          who(0, 0, 2, 1, 1, 1, 1, 6, 0),
	"MemberInvitation":    who(0, 0, 1, 0, 0, 0, 0, 0, 0),
	"Skill":               who(1, 1, 1, 1, 1, 1, 1, 1, 1),
	"Occupation":          who(1, 1, 1, 1, 1, 1, 1, 1, 1),
	"Institution":         who(2, 2, 2, 2, 2, 2, 2, 2, 2),
	"Employer":            who(1, 1, 1, 1, 2, 1, 1, 2, 1),
	"InstitutionLink":     who(0, 0, 1, 1, 0, 1, 0, 1, 0),
	"Term":                who(1, 1, 1, 1, 1, 1, 1, 1, 1),
	"PostingPolicy":       who(1, 1, 1, 1, 1, 1, 1, 1, 1),
	"Flag":                who(0, 0, 0, 0, 0, 1, 0, 1, 0),
	"TalentProfile":       who(1, 1, 1, 1, 0, 1, 0, 0, 0),
	"DeclaredSkill":       who(1, 0, 1, 1, 0, 1, 0, 0, 0),
	"EducationRecord":     who(1, 0, 1, 1, 0, 1, 0, 0, 0),
	"TalentLabel":         who(0, 0, 1, 0, 0, 0, 0, 0, 0),
	"PortfolioItem":       who(2, 0, 1, 1, 0, 1, 0, 0, 0),
	"PortfolioSkill":      who(2, 0, 1, 1, 0, 1, 0, 0, 0),
	"Reference":           who(3, 0, 3, 3, 0, 2, 0, 0, 0),
	"ThankYouNote":        who(1, 0, 1, 1, 0, 0, 0, 0, 0),
	"Conversation":        who(1, 0, 1, 1, 0, 0, 0, 0, 0),
	"Message":             who(2, 0, 2, 2, 0, 0, 0, 1, 0),
	"ReadMark":            who(1, 0, 1, 1, 0, 0, 0, 0, 0),
	"MessageReport":       who(1, 0, 0, 0, 0, 0, 0, 1, 0),
	"Affiliation":         who(1, 0, 0, 0, 0, 1, 0, 0, 0),
	"MicroProject":        who(1, 0, 1, 1, 0, 1, 0, 1, 0),
	"PlannedDeliverable":  who(1, 0, 1, 1, 0, 1, 0, 1, 0),
	"ApplicationQuestion": who(1, 0, 1, 1, 0, 1, 0, 1, 0),
	"ProjectSkill":        who(1, 0, 1, 1, 0, 1, 0, 1, 0),
	"ProjectInstitution":  who(0, 0, 1, 1, 0, 1, 0, 1, 0),
	"PostingRequest":      who(0, 0, 2, 2, 0, 1, 0, 1, 0),
	"Listing":             who(2, 1, 2, 2, 1, 2, 1, 2, 1),
	"ProjectTemplate":     who(0, 0, 2, 2, 1, 0, 0, 2, 0),
	"Application":         who(1, 0, 1, 1, 0, 1, 0, 0, 0),
	"Interview":           who(1, 0, 1, 1, 0, 0, 0, 0, 0),
	"Invitation":          who(1, 0, 1, 1, 0, 0, 0, 0, 0),
	"ApplicationStudy":    who(1, 0, 1, 1, 0, 0, 0, 0, 0),
	"ApplicationSkill":    who(1, 0, 1, 1, 0, 0, 0, 0, 0),
	"Offer":               who(1, 0, 1, 1, 0, 1, 0, 1, 0),
	"Milestone":           who(1, 0, 1, 1, 0, 1, 0, 1, 0),
	"OfferDocument":       who(1, 0, 1, 1, 0, 0, 0, 0, 0),
	"AgreementTemplate":   who(1, 0, 2, 2, 0, 0, 0, 0, 0),
	"Agreement":           who(1, 0, 1, 1, 0, 0, 0, 0, 0),
	"Engagement":          who(1, 0, 1, 1, 0, 1, 0, 1, 0),
	"Deliverable":         who(1, 0, 1, 1, 0, 1, 0, 1, 0),
	"Amendment":           who(1, 0, 1, 1, 0, 1, 0, 0, 0),
	"Submission":          who(1, 0, 1, 1, 0, 0, 0, 1, 0),
	"WorklogEntry":        who(2, 0, 1, 1, 0, 1, 0, 1, 0),
	"Upload":              who(1, 0, 1, 1, 0, 0, 0, 1, 0),
	"PaymentRecord":       who(1, 0, 1, 1, 0, 0, 0, 1, 0),
	"LedgerEntry":         who(2, 0, 2, 2, 0, 0, 0, 2, 0),

	"FundingPool":          who(0, 0, 1, 1, 0, 1, 0, 1, 0),
	"FundingPoolAdmission": who(0, 0, 1, 1, 0, 1, 0, 1, 0),
	"FundingPoolEntry":     who(0, 0, 0, 0, 0, 1, 0, 1, 0),

	"Evaluation":      who(1, 0, 1, 1, 0, 0, 0, 0, 0),
	"Strike":          who(1, 0, 0, 0, 0, 0, 0, 0, 0),
	"HireReport":      who(1, 0, 1, 1, 0, 1, 0, 0, 0),
	"HireConversion":  who(1, 0, 1, 1, 0, 1, 0, 0, 0),
	"Notification":    who(1, 0, 0, 0, 0, 0, 0, 0, 0),
	"FeedEntry":       who(1, 0, 1, 1, 0, 0, 0, 0, 0),
	"Event":           who(1, 0, 1, 1, 0, 0, 0, 0, 0),
	"Dispute":         who(1, 0, 1, 1, 0, 1, 0, 1, 0),
	"PaymentCallback": {},

	//                         Ada Eve own sup evl uni col op  anon
	"ApiClient":         who(0, 0, 1, 0, 0, 0, 0, 0, 0),
	"ClientSecret":      who(0, 0, 1, 0, 0, 0, 0, 0, 0),
	"ClientGrant":       who(0, 0, 1, 0, 0, 0, 0, 0, 0),
	"ClientUsage":       who(0, 0, 1, 0, 0, 0, 0, 0, 0),
	"ExternalReference": {},
	"FeedCounter":       {},
	"AuditEntry":        who(0, 0, 1, 0, 0, 0, 0, 0, 0),
	"OperatorAccess":    who(0, 0, 0, 0, 0, 1, 0, 1, 0),
	"Consent":           who(1, 0, 0, 0, 0, 1, 1, 0, 0),
	"Demographics":      who(1, 0, 0, 0, 0, 0, 0, 0, 0),
	"Disclosure":        who(1, 0, 0, 0, 0, 1, 0, 0, 0),
	"DirectoryNotice":   who(1, 1, 1, 1, 1, 1, 1, 1, 1),
	"IdempotencyRecord": {},
	"Job":               {},
}

type (
	ids map[gid.ID]bool
	// galaxy is both worlds, with the ids of the rows of each.
	galaxy map[string]struct {
		planet
		rows map[string]ids
	}
)

func makeGalaxy(t *testing.T, db *store.DB) galaxy {
	t.Helper()
	sandbox, skill := prepare(t, db)
	before := everything(t, db)
	g := galaxy{}
	for name, world := range map[string]gid.ID{"live": gid.LiveWorld, "sandbox": sandbox} {
		p := tell(t, db, world, skill)
		after := everything(t, db)
		rows := map[string]ids{}
		for kind, all := range after {
			rows[kind] = ids{}
			for id := range all {
				if !before[kind][id] || kind == "Skill" || kind == "Occupation" || id == world {
					rows[kind][id] = true
				}
			}
			if len(rows[kind]) == 0 {
				t.Fatalf("the story has no row of %s", kind)
			}
		}
		g[name] = struct {
			planet
			rows map[string]ids
		}{p, rows}
		before = after
	}
	return g
}

func everything(t *testing.T, db *store.DB) map[string]ids {
	t.Helper()
	all := map[string]ids{}
	for kind, part := range kinds(db.Read) {
		all[kind] = idsOf(t, system(t.Context()), part)
	}
	return all
}

// call calls a method by its name. Its last result is an error or is returned.
func call(v reflect.Value, method string, args ...any) (reflect.Value, error) {
	in := make([]reflect.Value, len(args))
	for i, a := range args {
		in[i] = reflect.ValueOf(a)
	}
	out := v.MethodByName(method).Call(in)
	if err, is := out[len(out)-1].Interface().(error); is {
		return out[0], err
	}
	return out[0], nil
}

func query(part reflect.Value) reflect.Value {
	q, _ := call(part, "Query")
	return q
}

func idsOf(t *testing.T, ctx context.Context, part reflect.Value) ids { //nolint:revive // a test comes first
	t.Helper()
	return idsIn(t, ctx, query(part))
}

func idsIn(t *testing.T, ctx context.Context, q reflect.Value) ids { //nolint:revive // a test comes first
	t.Helper()
	list, err := call(q, "IDs", ctx)
	if err != nil {
		t.Fatal(err)
	}
	found := ids{}
	for _, id := range list.Interface().([]gid.ID) {
		found[id] = true
	}
	return found
}

// Whatever way one reads, one sees the same rows: so many, of one's own world,
// and nothing without a viewer.
func TestEveryWayOfReadingSeesTheSameRows(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for place, p := range makeGalaxy(t, db) {
			for name, v := range p.viewers {
				ctx := viewer.With(t.Context(), v)
				for kind, part := range kinds(db.Read) {
					where := fmt.Sprintf("%s, in the %s world, of %s", name, place, kind)
					visible := idsOf(t, ctx, part)
					if got, want := len(visible), seen[kind][name]; got != want {
						t.Errorf("%s: sees %d, want %d", where, got, want)
					}
					for id := range visible {
						if !p.rows[kind][id] {
							t.Errorf("%s: sees %v of another world", where, id)
						}
					}
					readAlike(t, ctx, part, where, visible)
				}
			}
		}
	})
}

func readAlike(t *testing.T, ctx context.Context, part reflect.Value, where string, visible ids) { //nolint:revive // a test comes first
	t.Helper()
	for way, read := range map[string]func() (int, error){
		"Count": func() (int, error) { n, err := call(query(part), "Count", ctx); return int(n.Int()), err },
		"All":   func() (int, error) { all, err := call(query(part), "All", ctx); return all.Len(), err },
		"Aggregate": func() (int, error) {
			s, _ := call(query(part), "Aggregate", ent.Count())
			n, err := call(s, "Int", ctx)
			return int(n.Int()), err
		},
		"GroupBy": func() (int, error) {
			var groups []struct {
				ID    gid.ID
				Count int
			}
			g, _ := call(query(part), "GroupBy", "id")
			g, _ = call(g, "Aggregate", ent.Count())
			_, err := call(g, "Scan", ctx, &groups)
			return len(groups), err
		},
		"Select": func() (int, error) {
			var chosen []struct{ ID gid.ID }
			s, _ := call(query(part), "Select", "id")
			_, err := call(s, "Scan", ctx, &chosen)
			return len(chosen), err
		},
		"Exist": func() (int, error) {
			there, err := call(query(part), "Exist", ctx)
			if there.Bool() {
				return len(visible), err
			}
			return 0, err
		},
	} {
		if got, err := read(); err != nil || got != len(visible) {
			t.Errorf("%s: %s gives %d, %v, want %d", where, way, got, err, len(visible))
		}
	}
}

func TestGetAndStepsSeeTheSameRows(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := makeGalaxy(t, db)
		all := everything(t, db)
		for name, v := range g["live"].viewers {
			ctx := viewer.With(t.Context(), v)
			visible := map[string]ids{}
			for kind, part := range kinds(db.Read) {
				visible[kind] = idsOf(t, ctx, part)
			}
			for kind, part := range kinds(db.Read) {
				where := name + " of " + kind
				for id := range all[kind] {
					_, err := call(part, "Get", ctx, id)
					if seen := err == nil; seen != visible[kind][id] || !seen && !ent.IsNotFound(err) {
						t.Errorf("%s: Get of %v gives %v", where, id, err)
					}
				}
				stepsAlike(t, ctx, part, where, visible, len(visible[kind]))
			}
		}
	})
}

// stepsAlike takes every edge: from a query, from a row in hand, and loaded with
// the rows.
func stepsAlike(t *testing.T, ctx context.Context, part reflect.Value, where string, visible map[string]ids, sources int) { //nolint:revive // a test comes first
	t.Helper()
	hidden := func(way string, q reflect.Value) int {
		found := idsIn(t, ctx, q)
		for id := range found {
			if kind := strings.TrimSuffix(q.Type().Elem().Name(), "Query"); !visible[kind][id] {
				t.Errorf("%s: %s leads to %v, which is hidden", where, way, id)
			}
		}
		return len(found)
	}
	q := query(part)
	loading := query(part)
	for i := range q.Type().NumMethod() {
		name := q.Type().Method(i).Name
		switch {
		case strings.HasPrefix(name, "Query"):
			step, _ := call(query(part), name)
			if n := hidden(name, step); n > 0 && sources == 0 {
				t.Errorf("%s: %s leads to %d rows from rows that are hidden", where, name, n)
			}
		case strings.HasPrefix(name, "With"):
			loading, _ = call(loading, name)
		}
	}
	loaded, err := call(loading, "All", ctx)
	if err != nil {
		t.Fatal(err)
	}
	for i := range loaded.Len() {
		edges := loaded.Index(i).Elem().FieldByName("Edges")
		if !edges.IsValid() {
			break
		}
		for j := range edges.NumField() {
			f := edges.Field(j)
			if f.Kind() != reflect.Pointer || f.IsNil() {
				continue
			}
			if id := f.Elem().FieldByName("ID").Interface().(gid.ID); !visible[f.Type().Elem().Name()][id] {
				t.Errorf("%s: loading its edges brings %v, which is hidden", where, id)
			}
		}
	}
	inHand, err := call(query(part), "All", system(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	for i := range inHand.Len() {
		row := inHand.Index(i)
		for j := range row.Type().NumMethod() {
			if name := row.Type().Method(j).Name; strings.HasPrefix(name, "Query") {
				step, _ := call(row, name)
				hidden(name+" of a row in hand", step)
			}
		}
	}
}

var errUndo = errors.New("undo")

// Updates and deletes touch what one sees, whatever they name.
func TestChangesTouchOnlyVisibleRows(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := makeGalaxy(t, db)
		all := everything(t, db)
		for name, v := range g["live"].viewers {
			if v.World.IsNone() {
				continue // who is nowhere changes nothing: store's tests
			}
			ctx := request(t.Context(), v)
			_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
				for kind, part := range kinds(tx.Client) {
					changeAlike(t, ctx, part, name+" of "+kind, seen[kind][name], all[kind], idsOf(t, ctx, part))
				}
				return gid.None, errUndo
			})
			if !errors.Is(err, errUndo) {
				t.Fatal(err)
			}
		}
		if got := everything(t, db); !reflect.DeepEqual(got, all) {
			t.Error("rows came or went")
		}
	})
}

func changeAlike(t *testing.T, ctx context.Context, part reflect.Value, where string, want int, all, visible ids) { //nolint:revive // a test comes first
	t.Helper()
	update, _ := call(part, "Update")
	_, counted := update.Type().MethodByName("AddRevision")
	if counted {
		if n, err := call(update, "Save", ctx); err != nil || int(n.Int()) != want {
			t.Errorf("%s: an update touches %v, %v, want %d", where, n, err, want)
		}
	}
	for id := range all {
		if visible[id] {
			continue
		}
		one, _ := call(part, "UpdateOneID", id)
		changes := counted || setSomething(one)
		if _, err := call(one, "Save", ctx); err == nil || changes && !ent.IsNotFound(err) {
			t.Errorf("%s: an update of %v gives %v, want that there is no such row", where, id, err)
		}
		gone, _ := call(part, "DeleteOneID", id)
		if _, err := call(gone, "Exec", ctx); !ent.IsNotFound(err) {
			t.Errorf("%s: a delete of %v gives %v, want that there is no such row", where, id, err)
		}
	}
	if want > 0 {
		return // others name these rows, and the database refuses
	}
	gone, _ := call(part, "Delete")
	if n, err := call(gone, "Exec", ctx); err != nil || n.Int() != 0 {
		t.Errorf("%s: a delete touches %v, %v, want none", where, n, err)
	}
}

// setSomething sets the first column that takes a text or a number; some tables
// have none that changes.
func setSomething(update reflect.Value) bool {
	for i := range update.Type().NumMethod() {
		m := update.Type().Method(i)
		if strings.HasPrefix(m.Name, "Set") && m.Type.NumIn() == 2 {
			if in := m.Type.In(1); in == reflect.TypeFor[string]() || in == reflect.TypeFor[int64]() {
				value := reflect.ValueOf("x")
				if in.Kind() == reflect.Int64 {
					value = reflect.ValueOf(int64(7))
				}
				update.Method(i).Call([]reflect.Value{value})
				return true
			}
		}
	}
	return false
}

// The rows that nothing names can be deleted: by whom they show themselves to.
func TestADeleteTouchesVisibleRows(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := makeGalaxy(t, db)["live"]
		for name, want := range seen["ProjectSkill"] {
			ctx := request(t.Context(), p.viewers[name])
			_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
				if got, err := tx.ProjectSkill.Delete().Exec(ctx); err != nil || got != want {
					t.Errorf("%s deletes %d, %v, want %d", name, got, err, want)
				}
				return gid.None, errUndo
			})
			if !errors.Is(err, errUndo) {
				t.Fatal(err)
			}
		}
	})
}

func TestTheSystemSeesAll(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := makeGalaxy(t, db)
		for kind, all := range everything(t, db) {
			for place, p := range g {
				for id := range p.rows[kind] {
					if !all[id] {
						t.Errorf("the system does not see %v of %s in the %s world", id, kind, place)
					}
				}
			}
		}
		ctx := viewer.With(t.Context(), viewer.System("a test").In(g["sandbox"].world))
		if got, want := db.Read.MicroProject.Query().CountX(ctx), 2; got != want {
			t.Errorf("in the sandbox the system sees %d projects, want %d", got, want)
		}
	})
}
