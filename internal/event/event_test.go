package event_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/feedentry"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// party is a made-up organisation: events name parties, and no table holds them
// to it.
func party(n byte) gid.ID { return gid.ID{0: n, 15: byte(gid.Employer)} }

func request(ctx context.Context) context.Context {
	return viewer.WithRequest(viewer.With(ctx, viewer.System("a test records events")), &viewer.Request{ID: "r", Verb: "openInstitution"})
}

func record(t *testing.T, db *store.DB, events ...event.Event) error {
	t.Helper()
	ctx := request(t.Context())
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		for _, e := range events {
			if err := event.Record(ctx, tx, e); err != nil {
				return gid.None, err
			}
		}
		return tx.Change, nil
	})
	return err
}

func TestRecord(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		subject, other := party(9), party(8)
		err := record(t, db,
			event.Event{Kind: event.OfferAccepted, Subject: subject, IDs: map[string]gid.ID{"talent": other}, Parties: []gid.ID{party(2), party(1)}},
			event.Event{Kind: event.ApplicationAccepted, Subject: subject, Parties: []gid.ID{party(1), gid.None, party(1)}},
			event.Event{Kind: event.MicroProjectFilled, Subject: other},
		)
		if err != nil {
			t.Fatal(err)
		}
		ctx := request(t.Context())
		events := db.Read.Event.Query().Order(ent.Asc("position")).AllX(ctx)
		if len(events) != 3 {
			t.Fatalf("there are %d events, want 3", len(events))
		}
		for i, e := range events {
			if e.Position != i || e.ChangeID != events[0].ChangeID || e.WorldID != gid.LiveWorld || !e.OccurredAt.Equal(events[0].OccurredAt) || e.ID.Noun() != gid.Event {
				t.Errorf("event %d is %+v", i, e)
			}
		}
		if got, want := events[0].Kind, string(event.OfferAccepted); got != want || events[0].SubjectID != subject {
			t.Errorf("the first event is %s of %v, want %s of %v", got, events[0].SubjectID, want, subject)
		}
		var named map[string]gid.ID
		if err := json.Unmarshal(events[0].Ids, &named); err != nil || named["talent"] != other {
			t.Errorf("the first event names %s, %v", events[0].Ids, err)
		}
		if got, want := feedOf(t, db, party(1)), []gid.ID{events[0].ID, events[1].ID}; !slices.Equal(got, want) {
			t.Errorf("the first party's feed is %v, want %v", got, want)
		}
		if got, want := feedOf(t, db, party(2)), []gid.ID{events[0].ID}; !slices.Equal(got, want) {
			t.Errorf("the second party's feed is %v, want %v", got, want)
		}
		if got, want := db.Read.FeedEntry.Query().CountX(ctx), 3; got != want {
			t.Errorf("there are %d feed entries, want %d: none for nobody, none twice", got, want)
		}
	})
}

// feedOf are the events of a party's feed, which must be numbered from 1
// without a gap.
func feedOf(t *testing.T, db *store.DB, party gid.ID) []gid.ID {
	t.Helper()
	var events []gid.ID
	for i, e := range db.Read.FeedEntry.Query().Where(feedentry.PartyID(party)).Order(ent.Asc("sequence")).AllX(request(t.Context())) {
		if e.Sequence != int64(i+1) {
			t.Errorf("entry %d of the feed of %v has the sequence %d", i+1, party, e.Sequence)
		}
		events = append(events, e.EventID)
	}
	return events
}

func TestRecordRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for name, kind := range map[string]event.Kind{
			"it refuses when the kind is unknown":        "offer.exploded",
			"it refuses when the kind is empty":          "",
			"it refuses when the kind is another's case": "Offer.accepted",
		} {
			if err := record(t, db, event.Event{Kind: kind, Subject: party(1), Parties: []gid.ID{party(1)}}); err == nil {
				t.Errorf("%s: it does not", name)
			}
		}
		if got := db.Read.Event.Query().CountX(request(t.Context())); got != 0 {
			t.Errorf("%d events were recorded", got)
		}
	})
}

// A change that fails takes its numbers with it: the next one's feed has no gap.
func TestAFailedChangeLeavesNoGap(t *testing.T) {
	t.Parallel()
	errChanged := errors.New("changed my mind")
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		e := event.Event{Kind: event.OfferExtended, Subject: party(9), Parties: []gid.ID{party(1)}}
		ctx := request(t.Context())
		for range 3 {
			if err := record(t, db, e); err != nil {
				t.Fatal(err)
			}
			_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
				if err := event.Record(ctx, tx, e); err != nil {
					return gid.None, err
				}
				tx.Last(func(context.Context) error { return errChanged })
				return gid.None, nil
			})
			if !errors.Is(err, errChanged) {
				t.Fatal(err)
			}
		}
		if got, want := len(feedOf(t, db, party(1))), 3; got != want {
			t.Errorf("the feed has %d entries, want %d", got, want)
		}
	})
}

// Sixteen changes at once, whose parties overlap and come in any order: every
// feed has each of its events once, numbered without a gap, and none waits for
// another in a circle.
func TestFeedsAreGapFreeUnderConcurrentChanges(t *testing.T) {
	t.Parallel()
	const writers, each, parties = 16, 10, 6
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		want := map[gid.ID]int{}
		changes := make([][][]gid.ID, writers)
		random := rand.New(rand.NewPCG(1, 2))
		for w := range changes {
			for range each {
				var some []gid.ID
				for _, n := range random.Perm(parties)[:1+random.IntN(parties)] {
					some = append(some, party(byte(n+1)))
					want[party(byte(n+1))] += 2
				}
				changes[w] = append(changes[w], some)
			}
		}
		start := make(chan struct{})
		var all sync.WaitGroup
		for _, mine := range changes {
			all.Go(func() {
				<-start
				for _, parties := range mine {
					e := event.Event{Kind: event.OfferExtended, Subject: parties[0], Parties: parties}
					if err := record(t, db, e, e); err != nil {
						t.Error(err)
					}
				}
			})
		}
		close(start)
		all.Wait()
		for p, n := range want {
			events := feedOf(t, db, p)
			seen := map[gid.ID]bool{}
			for _, id := range events {
				seen[id] = true
			}
			if len(events) != n || len(seen) != n {
				t.Errorf("the feed of %v has %d entries of %d events, want %d", p, len(events), len(seen), n)
			}
		}
		if got, want := db.Read.Event.Query().CountX(request(t.Context())), 2*writers*each; got != want {
			t.Errorf("there are %d events, want %d", got, want)
		}
	})
}

// Counters are taken in id order whatever order the parties are named in.
func TestTwoChangesOverTheSamePartiesDoNotDeadlock(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, "postgres")
	var both, all sync.WaitGroup
	both.Add(2)
	runs := make([]int, 2)
	for n, parties := range [][]gid.ID{{party(1), party(2)}, {party(2), party(1)}} {
		all.Go(func() {
			ctx := request(t.Context())
			_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
				runs[n]++
				for _, p := range parties { // an event for each, so that the order of events says nothing
					if err := event.Record(ctx, tx, event.Event{Kind: event.OfferExtended, Subject: p, Parties: []gid.ID{p}}); err != nil {
						return gid.None, err
					}
				}
				if runs[n] == 1 {
					both.Done()
					both.Wait()
				}
				return gid.None, nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got, want := fmt.Sprint(runs), "[1 1]"; got != want {
		t.Errorf("the changes ran %s times, want %s: one had to give way", got, want)
	}
}

func TestAPartyReadsItsOwnFeed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for n := range 3 {
			if err := record(t, db, event.Event{Kind: event.OfferExtended, Subject: party(9), Parties: []gid.ID{party(byte(n + 1)), party(9)}}); err != nil {
				t.Fatal(err)
			}
		}
		for name, c := range map[string]struct {
			v    viewer.Viewer
			want int
		}{
			"the first":     {viewer.Viewer{Kind: viewer.EmployerMember, World: gid.LiveWorld, Org: party(1)}, 1},
			"the shared":    {viewer.Viewer{Kind: viewer.EmployerMember, World: gid.LiveWorld, Org: party(9)}, 3},
			"a talent":      {viewer.Viewer{Kind: viewer.Talent, World: gid.LiveWorld, Talent: party(2)}, 1},
			"the stranger":  {viewer.Viewer{Kind: viewer.EmployerMember, World: gid.LiveWorld, Org: party(7)}, 0},
			"the anonymous": {viewer.Public(), 0},
		} {
			ctx := viewer.With(t.Context(), c.v)
			if got := db.Read.FeedEntry.Query().CountX(ctx); got != c.want {
				t.Errorf("%s reads %d entries, want %d", name, got, c.want)
			}
			if got := db.Read.Event.Query().CountX(ctx); got != c.want {
				t.Errorf("%s reads %d events, want %d", name, got, c.want)
			}
		}
	})
}

func TestTheTableOfKinds(t *testing.T) {
	t.Parallel()
	causes, mutations := event.Causes(), map[string]event.Kind{}
	form := regexp.MustCompile(`^[a-z][A-Za-z]+\.[a-z][A-Za-z]+$`)
	for kind, cause := range causes {
		if !form.MatchString(string(kind)) || len(kind) > 80 {
			t.Errorf("%s is not noun.past", kind)
		}
		if (cause.Mutation == "") == (cause.Because == "") {
			t.Errorf("%s needs either its mutation or why it happens, and has %+v", kind, cause)
		}
		if other, there := mutations[cause.Mutation]; there && cause.Mutation != "" {
			t.Errorf("%s causes both %s and %s", cause.Mutation, kind, other)
		}
		mutations[cause.Mutation] = kind
	}
	declared := kinds(t)
	if got, want := slices.Sorted(maps.Keys(causes)), declared; !slices.Equal(got, want) {
		t.Errorf("the table has\n%v, the constants are\n%v", got, want)
	}
	if causes["made.up"] = (event.Cause{}); len(event.Causes()) == len(causes) {
		t.Error("a caller changes the table")
	}
}

// kinds reads the constants, since reflection cannot.
func kinds(t *testing.T) []event.Kind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "kinds.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var found []event.Kind
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			text, err := strconv.Unquote(s.(*ast.ValueSpec).Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			if slices.Contains(found, event.Kind(text)) {
				t.Errorf("two constants are %s", text)
			}
			if strings.TrimSpace(text) != text {
				t.Errorf("%q has spaces", text)
			}
			found = append(found, event.Kind(text))
		}
	}
	slices.Sort(found)
	return found
}
