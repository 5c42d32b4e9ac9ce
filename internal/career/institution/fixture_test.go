package institution

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/feedentry"
	"github.com/rung-dev/rung/ent/gen/ent/world"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const issuer = "https://issuer.example"

// house is a database with the people of a test in it: an operator of the live
// world and one of a sandbox.
type house struct {
	db       *store.DB
	clock    *clock
	operator viewer.Viewer
	elsewhen viewer.Viewer // the sandbox's operator
}

// clock goes on by a second whenever somebody looks at it, so that what happens
// later is later.
type clock struct{ ticks atomic.Int64 }

func (c *clock) now() time.Time { return time.Unix(1_790_000_000+c.ticks.Add(1), 0) }

func (c *clock) skip(d time.Duration) { c.ticks.Add(int64(d / time.Second)) }

// each runs a test once on each engine.
func each(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	for _, engine := range storetest.Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			var c clock
			test(t, open(t, storetest.Open(t, engine, store.WithClock(c.now)), &c))
		})
	}
}

func open(t *testing.T, db *store.DB, c *clock) *house {
	t.Helper()
	h := &house{db: db, clock: c}
	sandbox := made(t, h, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		w, err := tx.Client.World.Create().SetKind(world.KindSandbox).SetName("A sandbox").Save(ctx)
		return w.ID, err
	})
	h.operator = h.member(t, "olga", viewer.Operator, viewer.RoleOperator, gid.LiveWorld)
	h.elsewhen = h.member(t, "sam", viewer.Operator, viewer.RoleOperator, sandbox)
	h.elsewhen.World = sandbox
	return h
}

// made changes something as the system.
func made[R any](t *testing.T, h *house, change func(context.Context, *store.Tx) (R, error)) R {
	t.Helper()
	ctx := as(t, viewer.System("a test sets the scene"), "fixture", "")
	made, err := store.Write(ctx, h.db, func(tx *store.Tx) (R, error) { return change(ctx, tx) })
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// member is somebody with a row who acts for an organisation.
func (h *house) member(t *testing.T, subject string, kind viewer.Kind, role viewer.Role, org gid.ID) viewer.Viewer {
	t.Helper()
	v := newcomer(subject)
	v.Person = made(t, h, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		return person.Known(ctx, tx, person.SeatInput{Issuer: issuer, Subject: subject, Name: subject})
	})
	v.Kind, v.Role, v.Scopes, v.Org = kind, role, viewer.ScopesOf(role), org
	return v
}

// newcomer is somebody who signed in for the first time.
func newcomer(subject string) viewer.Viewer {
	return viewer.Viewer{
		Kind: viewer.Newcomer, World: gid.LiveWorld, Role: viewer.RoleNewcomer, Scopes: viewer.ScopesOf(viewer.RoleNewcomer),
		Issuer: issuer, Subject: subject, Name: subject,
	}
}

// as is the context of one request.
func as(t *testing.T, v viewer.Viewer, verb, key string) context.Context {
	t.Helper()
	return viewer.WithRequest(viewer.With(t.Context(), v), &viewer.Request{
		ID: "t", Verb: verb, IdempotencyKey: key, ArgumentHash: []byte("of the same arguments"),
	})
}

func (h *house) all(t *testing.T) context.Context {
	t.Helper()
	return viewer.With(t.Context(), viewer.System("a test looks at everything"))
}

// does makes a change as somebody and compares what happened, each event as says
// writes it.
func (h *house) does(t *testing.T, v viewer.Viewer, verb string, change func(context.Context) error, want ...string) {
	t.Helper()
	ctx := as(t, v, verb, "")
	before, audited := len(h.events(t)), len(h.audit(t))
	if err := change(ctx); err != nil {
		t.Fatalf("it was refused: %v", err)
	}
	if got := h.events(t)[before:]; !slices.Equal(got, want) {
		t.Errorf("events\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
	audit := h.audit(t)[audited:]
	if len(audit) != 1 || audit[0].Verb != verb || audit[0].Outcome != "DONE" || audit[0].PersonID != v.Person {
		t.Errorf("the audit says %v, want one row of %s by %s, DONE", audit, verb, v.Person)
	}
}

// refuses makes a change as somebody that must fail with the code, about the
// input field, and change nothing. A refusal of permission leaves an audit row.
func (h *house) refuses(
	t *testing.T, v viewer.Viewer, verb string, change func(context.Context) error, code fault.Code, path string,
) {
	t.Helper()
	before, audited := h.everything(t), len(h.audit(t))
	err := change(as(t, v, verb, ""))
	told, _ := fault.UserErrors(err)
	if len(told) != 1 || told[0].GetCode() != code || strings.Join(told[0].GetPath(), ".") != path {
		t.Fatalf("it answered %v, want %s about %q", err, code, path)
	}
	if after := h.everything(t); after != before {
		t.Errorf("it changed something\nbefore %s\nafter %s", before, after)
	}
	want := 0
	if code == fault.CodeNotPermitted {
		want = 1
	}
	if audit := h.audit(t)[audited:]; len(audit) != want || want == 1 && audit[0].Outcome != "REFUSED" {
		t.Errorf("the audit says %v, want %d refusals", audit, want)
	}
}

// says writes an event as events does.
func says(kind event.Kind, subject gid.ID, parties ...gid.ID) string {
	slices.SortFunc(parties, gid.ID.Compare)
	return fmt.Sprint(kind, " ", subject, " ", parties)
}

// events are all that happened, each with its parties, in order. It checks that
// no feed has a gap.
func (h *house) events(t *testing.T) []string {
	t.Helper()
	entries, err := h.db.Read.FeedEntry.Query().WithEvent().Order(ent.Asc(feedentry.FieldPartyID, feedentry.FieldSequence)).All(h.all(t))
	if err != nil {
		t.Fatal(err)
	}
	parties, last := map[gid.ID][]gid.ID{}, map[gid.ID]int64{}
	var happened []*ent.Event
	for _, e := range entries {
		if e.Sequence != last[e.PartyID]+1 {
			t.Errorf("the feed of %s goes from %d to %d", e.PartyID, last[e.PartyID], e.Sequence)
		}
		last[e.PartyID] = e.Sequence
		if parties[e.EventID] == nil {
			happened = append(happened, e.Edges.Event)
		}
		parties[e.EventID] = append(parties[e.EventID], e.PartyID)
	}
	slices.SortFunc(happened, func(a, b *ent.Event) int {
		if a.ChangeID != b.ChangeID {
			return a.ChangeID.Compare(b.ChangeID)
		}
		return a.Position - b.Position
	})
	written := make([]string, len(happened))
	for i, e := range happened {
		written[i] = says(event.Kind(e.Kind), e.SubjectID, parties[e.ID]...)
	}
	return written
}

func (h *house) audit(t *testing.T) []*ent.AuditEntry {
	t.Helper()
	rows, err := h.db.Read.AuditEntry.Query().Order(ent.Asc("change_id")).All(h.all(t))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// everything is what the room's tables hold, and how much happened.
func (h *house) everything(t *testing.T) string {
	t.Helper()
	ctx := h.all(t)
	institutions, err := h.db.Read.Institution.Query().Order(ent.Asc("id")).All(ctx)
	links, err2 := h.db.Read.InstitutionLink.Query().Order(ent.Asc("id")).All(ctx)
	seats, err3 := h.db.Read.Membership.Query().Order(ent.Asc("id")).All(ctx)
	people, err4 := h.db.Read.Person.Query().Order(ent.Asc("id")).All(ctx)
	if err := errors.Join(err, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(institutions, links, seats, people, h.events(t))
}

// listed is an institution known by name, in a world.
func (h *house) listed(t *testing.T, name string, in gid.ID) gid.ID {
	t.Helper()
	return made(t, h, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		i, err := tx.Institution.Create().SetWorldID(in).SetName(name).SetNameFolded(text.Fold(name)).SetCountryCode("US").Save(ctx)
		return i.ID, err
	})
}

// opened is an institution whose career office is on Rung, and its administrator.
func (h *house) opened(t *testing.T, name, administrator string) (gid.ID, viewer.Viewer) {
	t.Helper()
	id := h.listed(t, name, gid.LiveWorld)
	done, err := OpenInstitution(as(t, h.operator, "openInstitution", ""), h.db, openingOf(id, administrator))
	if err != nil {
		t.Fatal(err)
	}
	return done.InstitutionID, h.member(t, administrator, viewer.CareerStaff, viewer.RoleAdmin, id)
}

// openingOf opens an institution that nobody has changed.
func openingOf(id gid.ID, administrator string) OpenInstitutionInput {
	return OpenInstitutionInput{
		InstitutionID: id, ExpectedRevision: 1,
		Administrator: person.SeatInput{Issuer: issuer, Subject: administrator, Name: administrator},
	}
}

// employer is a registered employer, and its owner.
func (h *house) employer(t *testing.T, name, owner string) (gid.ID, viewer.Viewer) {
	t.Helper()
	done, err := employer.RegisterEmployer(as(t, newcomer(owner), "registerEmployer", ""), h.db, employer.RegisterEmployerInput{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return done.EmployerID, h.member(t, owner, viewer.EmployerMember, viewer.RoleOwner, done.EmployerID)
}

// asked is the link that an employer has asked for.
func (h *house) asked(t *testing.T, owner viewer.Viewer, institution gid.ID) gid.ID {
	t.Helper()
	id, err := RequestInstitutionLink(as(t, owner, "requestInstitutionLink", ""), h.db, RequestInstitutionLinkInput{InstitutionID: institution})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (h *house) link(t *testing.T, id gid.ID) *ent.InstitutionLink {
	t.Helper()
	l, err := h.db.Read.InstitutionLink.Get(h.all(t), id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}
