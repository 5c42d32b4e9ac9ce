package auth

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/gen/ent/person"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

const localName = "http://127.0.0.1:8080/local"

var sandbox = gid.ID{4, 6: 0x70, 8: 0x80, 15: byte(gid.World)}

// someone is a person to be made, as a case of the table needs them.
type someone struct {
	subject    string
	validAfter time.Time
	suspended  bool
	talent     gid.ID // the profile's world, or none
	roles      []role
}

type role struct {
	org        gid.ID
	role       membership.Role
	world      gid.ID
	validAfter time.Time
	ended      bool
}

// people are made once for each engine; a case is one of their tokens.
var people = []someone{
	{subject: "plain"},
	{subject: "talent", talent: gid.LiveWorld},
	{subject: "sandbox talent", talent: sandbox},
	{subject: "suspended", suspended: true, talent: gid.LiveWorld},
	{subject: "signed out", validAfter: noon.Add(time.Millisecond)},
	{subject: "signed in again", validAfter: noon},
	{subject: "owner", roles: []role{{org: employer, role: "OWNER"}}},
	{subject: "talent and recruiter", talent: gid.LiveWorld, roles: []role{{org: employer, role: "RECRUITER", world: sandbox}}},
	{subject: "staff", roles: []role{{org: school, role: "APPROVER"}}},
	{subject: "operator", roles: []role{{org: gid.LiveWorld, role: "OPERATOR"}}},
	{subject: "operator elsewhere", roles: []role{{org: sandbox, role: "OPERATOR"}}},
	{subject: "odd", roles: []role{{org: employer, role: "ADMIN"}, {org: school, role: "OWNER"}}},
	{subject: "former", roles: []role{{org: employer, role: "OWNER", ended: true}}},
	{subject: "back again", roles: []role{{org: employer, role: "OWNER", ended: true}, {org: employer, role: "SUPERVISOR"}}},
	{subject: "changed", roles: []role{{org: employer, role: "OWNER", validAfter: noon.Add(time.Second)}}},
	{subject: "changed before", roles: []role{{org: employer, role: "OWNER", validAfter: noon}}},
}

// populate makes the people and says who is who.
func populate(t *testing.T, db *store.DB) map[string]made {
	t.Helper()
	known := map[string]made{}
	for _, s := range people {
		m, err := change(t, db, func(ctx context.Context, tx *store.Tx) (made, error) { return create(ctx, tx, s) })
		if err != nil {
			t.Fatalf("make %s: %v", s.subject, err)
		}
		known[s.subject] = m
	}
	return known
}

type made struct{ Person, Talent gid.ID }

func change[R any](t *testing.T, db *store.DB, f func(context.Context, *store.Tx) (R, error)) (R, error) {
	t.Helper()
	ctx := viewer.With(t.Context(), viewer.System("a test makes people"))
	ctx = viewer.WithRequest(ctx, &viewer.Request{ID: "test", Verb: "test"})
	return store.Write(ctx, db, func(tx *store.Tx) (R, error) { return f(ctx, tx) })
}

func create(ctx context.Context, tx *store.Tx, s someone) (made, error) {
	all := tx.System("a test makes people")
	newcomer := all.Person.Create().SetName(s.subject)
	if !s.validAfter.IsZero() {
		newcomer.SetValidAfter(s.validAfter)
	}
	if s.suspended {
		newcomer.SetSuspendedAt(noon)
	}
	p, err := newcomer.Save(ctx)
	if err != nil {
		return made{}, err
	}
	out := made{Person: p.ID}
	if err := all.Identity.Create().SetPersonID(p.ID).SetIssuer(localName).SetSubject(s.subject).Exec(ctx); err != nil {
		return made{}, err
	}
	if !s.talent.IsNone() {
		profile, err := all.TalentProfile.Create().SetPersonID(p.ID).SetWorldID(s.talent).SetLegalName(s.subject).Save(ctx)
		if err != nil {
			return made{}, err
		}
		out.Talent = profile.ID
	}
	for _, r := range s.roles {
		world := r.world
		if world.IsNone() {
			world = gid.LiveWorld
		}
		join := all.Membership.Create().SetPersonID(p.ID).SetOrganizationID(r.org).SetWorldID(world).SetRole(r.role)
		if !r.validAfter.IsZero() {
			join.SetValidAfter(r.validAfter)
		}
		if r.ended {
			join.SetEndedAt(noon).SetStatus(membership.StatusEnded)
		}
		if err := join.Exec(ctx); err != nil {
			return made{}, err
		}
	}
	return out, nil
}

func TestAuthenticate(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		claims Claims
		want   viewer.Viewer // besides who the person is
		reason Reason
	}{
		"somebody Rung has not met":  {Claims{Subject: "new", Email: "new@example.edu", Name: "New"}, viewer.Viewer{Kind: viewer.Newcomer, Role: viewer.RoleNewcomer, World: gid.LiveWorld, Email: "new@example.edu", Name: "New"}, ""},
		"a person without a profile": {Claims{Subject: "plain"}, viewer.Viewer{Kind: viewer.Newcomer, Role: viewer.RoleNewcomer, World: gid.LiveWorld}, ""},
		"a talent":                   {Claims{Subject: "talent"}, viewer.Viewer{Kind: viewer.Talent, Role: viewer.RoleTalent, World: gid.LiveWorld}, ""},
		"a talent of a sandbox":      {Claims{Subject: "sandbox talent"}, viewer.Viewer{Kind: viewer.Talent, Role: viewer.RoleTalent, World: sandbox}, ""},
		"an owner":                   {Claims{Subject: "owner", Org: employer}, viewer.Viewer{Kind: viewer.EmployerMember, Role: viewer.RoleOwner, World: gid.LiveWorld, Org: employer}, ""},
		"an owner for themselves":    {Claims{Subject: "owner"}, viewer.Viewer{Kind: viewer.Newcomer, Role: viewer.RoleNewcomer, World: gid.LiveWorld}, ""},
		"a talent who recruits":      {Claims{Subject: "talent and recruiter", Org: employer}, viewer.Viewer{Kind: viewer.EmployerMember, Role: viewer.RoleRecruiter, World: sandbox, Org: employer}, ""},
		"the same as a talent":       {Claims{Subject: "talent and recruiter"}, viewer.Viewer{Kind: viewer.Talent, Role: viewer.RoleTalent, World: gid.LiveWorld}, ""},
		"career staff":               {Claims{Subject: "staff", Org: school}, viewer.Viewer{Kind: viewer.CareerStaff, Role: viewer.RoleApprover, World: gid.LiveWorld, Org: school}, ""},
		"an operator":                {Claims{Subject: "operator", Org: gid.LiveWorld}, viewer.Viewer{Kind: viewer.Operator, Role: viewer.RoleOperator, World: gid.LiveWorld, Org: gid.LiveWorld}, ""},
		"one who came back":          {Claims{Subject: "back again", Org: employer}, viewer.Viewer{Kind: viewer.EmployerMember, Role: viewer.RoleSupervisor, World: gid.LiveWorld, Org: employer}, ""},
		"one who signed in again":    {Claims{Subject: "signed in again"}, viewer.Viewer{Kind: viewer.Newcomer, Role: viewer.RoleNewcomer, World: gid.LiveWorld}, ""},
		"a role changed before":      {Claims{Subject: "changed before", Org: employer}, viewer.Viewer{Kind: viewer.EmployerMember, Role: viewer.RoleOwner, World: gid.LiveWorld, Org: employer}, ""},

		"it refuses when the person is suspended":               {Claims{Subject: "suspended"}, viewer.Viewer{}, Suspended},
		"it refuses when the person signed out since":           {Claims{Subject: "signed out"}, viewer.Viewer{}, SignedOut},
		"it refuses when the role changed since":                {Claims{Subject: "changed", Org: employer}, viewer.Viewer{}, SignedOut},
		"it refuses when the membership ended":                  {Claims{Subject: "former", Org: employer}, viewer.Viewer{}, NotAMember},
		"it refuses when the person is a member elsewhere":      {Claims{Subject: "owner", Org: elsewhere}, viewer.Viewer{}, NotAMember},
		"it refuses when an owner claims a school":              {Claims{Subject: "owner", Org: school}, viewer.Viewer{}, NotAMember},
		"it refuses when nobody knows who acts":                 {Claims{Subject: "new", Org: employer}, viewer.Viewer{}, NotAMember},
		"it refuses when a talent claims to operate":            {Claims{Subject: "talent", Org: gid.LiveWorld}, viewer.Viewer{}, NotAMember},
		"it refuses when the id is no organisation's":           {Claims{Subject: "talent", Org: gid.ID{6: 0x70, 8: 0x80, 15: byte(gid.Talent)}}, viewer.Viewer{}, NotAMember},
		"it refuses when a school's role stands at an employer": {Claims{Subject: "odd", Org: employer}, viewer.Viewer{}, NotAMember},
		"it refuses when an employer's role stands at a school": {Claims{Subject: "odd", Org: school}, viewer.Viewer{}, NotAMember},
		"it refuses when an operator's world is another":        {Claims{Subject: "operator elsewhere", Org: sandbox}, viewer.Viewer{}, NotAMember},
	}
	l := local(t)
	all := trusting(t, l)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		known := populate(t, db)
		for name, c := range cases {
			t.Run(name, func(t *testing.T) { //nolint:paralleltest // the database ends with the parent
				token, err := l.Mint(c.claims)
				if err != nil {
					t.Fatal(err)
				}
				var sent store.Tally
				got, err := all.Authenticate(store.WithTally(t.Context(), &sent), db, token)
				if sent.Statements() > 3 {
					t.Errorf("it took %d statements, want 3 at most", sent.Statements())
				}
				if c.reason != "" {
					wantRefused(t, err, c.reason)
					if got.IsSignedIn() {
						t.Errorf("got %+v with a refusal", got)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				want := c.want
				want.Issuer, want.Subject, want.Person = localName, c.claims.Subject, known[c.claims.Subject].Person
				if want.Kind == viewer.Talent {
					want.Talent = known[c.claims.Subject].Talent
				}
				want.Scopes = viewer.ScopesOf(want.Role)
				want.SignedInAt, want.SignedInUntil = noon, noon.Add(12*time.Hour)
				if want.At = got.At; got.At.IsZero() {
					t.Error("it says of no instant what the rows said then")
				}
				if shown(got) != shown(want) {
					t.Errorf("got\n%s, want\n%s", shown(got), shown(want))
				}
			})
		}
	})
}

func shown(v viewer.Viewer) string { return fmt.Sprintf("%+v", v) }

// What is taken away holds from the next request on, with the same token.
func TestAuthenticateRemembersNothing(t *testing.T) {
	t.Parallel()
	l := local(t)
	all := trusting(t, l)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		known := populate(t, db)
		token, err := l.Mint(Claims{Subject: "owner", Org: employer})
		if err != nil {
			t.Fatal(err)
		}
		ask := func() (viewer.Viewer, error) { return all.Authenticate(t.Context(), db, token) }
		update := func(f func(context.Context, *store.Tx) error) {
			t.Helper()
			_, err := change(t, db, func(ctx context.Context, tx *store.Tx) (bool, error) { return true, f(ctx, tx) })
			if err != nil {
				t.Fatal(err)
			}
		}
		if v, err := ask(); err != nil || v.Role != viewer.RoleOwner {
			t.Fatalf("got %v, %v", v.Role, err)
		}
		update(func(ctx context.Context, tx *store.Tx) error {
			// The last owner stays.
			return tx.Membership.Update().Where(membership.PersonID(known["back again"].Person), membership.EndedAtIsNil()).SetRole(membership.RoleOwner).Exec(ctx)
		})
		update(func(ctx context.Context, tx *store.Tx) error {
			return tx.Membership.Update().Where(membership.PersonID(known["owner"].Person)).SetRole(membership.RoleRecruiter).Exec(ctx)
		})
		if v, err := ask(); err != nil || v.Role != viewer.RoleRecruiter || v.Can(viewer.EmployersManage) {
			t.Errorf("got %v, %v after the role changed", v.Role, err)
		}
		update(func(ctx context.Context, tx *store.Tx) error {
			return tx.Membership.Update().Where(membership.PersonID(known["owner"].Person)).SetStatus(membership.StatusSuspended).Exec(ctx)
		})
		_, err = ask()
		wantRefused(t, err, NotAMember)
		update(func(ctx context.Context, tx *store.Tx) error {
			return tx.Membership.Update().Where(membership.PersonID(known["owner"].Person)).SetStatus(membership.StatusEnded).SetEndedAt(tx.Now).Exec(ctx)
		})
		_, err = ask()
		wantRefused(t, err, NotAMember)
		update(func(ctx context.Context, tx *store.Tx) error {
			return tx.Person.Update().Where(person.ID(known["owner"].Person)).SetSuspendedAt(tx.Now).Exec(ctx)
		})
		_, err = ask()
		wantRefused(t, err, Suspended)
	})
}

// An issuer bound to an organisation cannot vouch for anybody else's people.
func TestBoundIssuers(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		bound  gid.ID
		org    gid.ID
		reason Reason
	}{
		"a school's talent":                            {school, gid.None, ""},
		"a school's staff, of whom Rung does not know": {school, school, NotAMember}, // bound well, but nobody
		"it refuses when a school names an employer":   {school, employer, NotItsPeople},
		"it refuses when a school names the platform":  {school, gid.LiveWorld, NotItsPeople},
		"it refuses when an employer names another":    {employer, elsewhere, NotItsPeople},
		"it refuses when an employer names nobody":     {employer, gid.None, NotItsPeople},
		"an employer's member, of whom Rung knows not": {employer, employer, NotAMember},
	}
	db := storetest.Open(t, dialect.SQLite)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) { //nolint:paralleltest // the database ends with the parent
			all := trusting(t, local(t), Issuer{
				Name: "https://bound.example.edu", Audience: audience, Algorithms: []string{"RS256"}, Organization: &c.bound,
				JWKSURL: publish(t, rsaJWK("one", &keys().rsa.PublicKey)).URL,
			})
			f := claims.with("iss", "https://bound.example.edu")
			if !c.org.IsNone() {
				f = f.with("org", c.org.String())
			}
			v, err := all.Authenticate(t.Context(), db, rs256(keys().rsa, header, f))
			if c.reason != "" {
				wantRefused(t, err, c.reason)
				return
			}
			if err != nil || v.Kind != viewer.Newcomer {
				t.Errorf("got %v, %v", v.Kind, err)
			}
		})
	}
}

// The same subject under two issuers is two people.
func TestSubjectsBelongToTheirIssuer(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		populate(t, db)
		all := trusting(t, local(t))
		v, err := all.Authenticate(t.Context(), db, rs256(keys().rsa, header, claims.with("sub", "talent")))
		if err != nil || !v.Person.IsNone() || v.Kind != viewer.Newcomer {
			t.Errorf("got %+v, %v", v, err)
		}
		_, err = all.Authenticate(t.Context(), db, rs256(keys().rsa, header, claims.with("sub", "owner", "org", employer.String())))
		wantRefused(t, err, NotAMember)
	})
}

// A database that does not answer is no refusal: signing in again would not help.
func TestAuthenticateWithoutDatabase(t *testing.T) {
	t.Parallel()
	l := local(t)
	db := storetest.Open(t, dialect.SQLite)
	token, err := l.Mint(Claims{Subject: "talent"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	end()
	_, err = trusting(t, l).Authenticate(ctx, db, token)
	var refused *Refused
	if err == nil || errors.As(err, &refused) {
		t.Errorf("got %v, want the database's error", err)
	}
}

// TestSandboxTokens: Rung's own issuer of sandboxes speaks for their people in
// their one world, while it is open.
func TestSandboxTokens(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		box, err := change(t, db, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
			w, err := tx.Client.World.Create().SetKind("SANDBOX").SetName("Box").SetStatus("OPEN").Save(ctx)
			return w.ID, err
		})
		if err != nil {
			t.Fatal(err)
		}
		folder := t.TempDir()
		issuer, err := OpenSandboxes(config.Config{DataDir: folder, PublicURL: "http://127.0.0.1:8080"}, WithClock(atNoon))
		if err != nil {
			t.Fatal(err)
		}
		all, err := Trust(t.Context(), []Issuer{issuer.Issuer()}, WithClock(atNoon))
		if err != nil {
			t.Fatal(err)
		}
		closed := gid.ID{9, 6: 0x70, 8: 0x80, 15: byte(gid.World)}
		for subject, want := range map[string]gid.ID{
			"noor@" + box.String(): box, "noor@" + closed.String(): gid.None, "noor": gid.None, "noor@" + employer.String(): gid.None,
			"noor@" + gid.LiveWorld.String(): gid.None,
		} {
			token, err := issuer.Mint(Claims{Subject: subject})
			if err != nil {
				t.Fatal(err)
			}
			v, err := all.Authenticate(t.Context(), db, token)
			if want.IsNone() != (err != nil) || v.World != want {
				t.Errorf("%s: %v in %s, want %s", subject, err, v.World, want)
			}
		}
		// The same secret makes the same key: every process takes the token.
		again, err := OpenSandboxes(config.Config{DataDir: folder, PublicURL: "http://127.0.0.1:8080"}, WithClock(atNoon))
		if err != nil || again.kid != issuer.kid {
			t.Errorf("another process signs with another key: %v", err)
		}
	})
}
