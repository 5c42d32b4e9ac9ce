package auth

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/event"
	"github.com/rung-dev/rung/ent/gen/ent/identity"
	"github.com/rung-dev/rung/ent/gen/ent/identityissuer"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/auth/provider"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	schoolIssuer  = "https://idp.rung.example"
	anotherIssuer = "https://idp.other.example"
	companyIssuer = "https://login.basalt.example/tenant"
)

var anotherSchool = gid.ID{5, 6: 0x70, 8: 0x80, 15: byte(gid.Institution)}

// campus is a database with the issuers of three organisations.
type campus struct {
	*testing.T
	db       *store.DB
	all      *Issuers
	sessions *Local
	clock    *clock
	school   *provider.Provider
	other    *provider.Provider
	company  *provider.Provider
	rows     map[string]gid.ID
	minted   int
}

// onCampus runs a test on both engines. The providers' clock is the machine's, and
// Rung's stands where the test puts it.
func onCampus(t *testing.T, test func(c *campus)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := &campus{
			T: t, db: db, clock: &clock{}, rows: map[string]gid.ID{},
			school: provider.Start(t, schoolIssuer, audience), other: provider.Start(t, anotherIssuer, audience), company: provider.Start(t, companyIssuer, audience),
		}
		c.clock.set(time.Now())
		var err error
		if c.sessions, err = OpenSessions(config.Config{DataDir: t.TempDir(), PublicURL: "http://127.0.0.1:8080"}, WithClock(c.clock.now)); err != nil {
			t.Fatal(err)
		}
		settings := Issuer{Name: rsaIssuer, Audience: audience, Algorithms: []string{"RS256"}, Keys: []json.RawMessage{rsaJWK("one", &keys().rsa.PublicKey)}}
		c.all, err = Trust(t.Context(), []Issuer{c.sessions.Issuer(), settings}, WithClock(c.clock.now),
			WithAbroad(provider.Internet(c.school, c.other, c.company)))
		if err != nil {
			t.Fatal(err)
		}
		c.does(func(ctx context.Context, tx *store.Tx) error {
			all := tx.System("a test makes institutions")
			for id, name := range map[gid.ID]string{school: "Rung University", anotherSchool: "Other College"} {
				err := all.Institution.Create().SetID(id).SetWorldID(gid.LiveWorld).SetName(name).SetNameFolded(name).SetCountryCode("US").SetStatus("OPEN").SetOpenedAt(tx.Now).Exec(ctx)
				if err != nil {
					return err
				}
			}
			return nil
		})
		c.brings(school, schoolIssuer, "TRUSTED", "EDUPERSON_SCOPED_AFFILIATION staff@rung.example VIEWER", "EDUPERSON_SCOPED_AFFILIATION student@rung.example TALENT",
			"EDUPERSON_ENTITLEMENT urn:mace:rung.example:career ADMIN")
		c.brings(anotherSchool, anotherIssuer, "TRUSTED", "EDUPERSON_SCOPED_AFFILIATION staff@* VIEWER", "EDUPERSON_SCOPED_AFFILIATION student@* TALENT")
		c.brings(employer, companyIssuer, "TRUSTED", "EDUPERSON_AFFILIATION employee RECRUITER")
		test(c)
	})
}

// brings makes an issuer of an organisation, in a status.
func (c *campus) brings(organization gid.ID, name, status string, mappings ...string) {
	c.Helper()
	var list []schema.RoleMapping
	for _, m := range mappings {
		words := strings.Fields(m)
		list = append(list, schema.RoleMapping{Claim: words[0], Pattern: words[1], Role: words[2]})
	}
	scope := strings.TrimPrefix(name, "https://idp.")
	id, err := change(c.T, c.db, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		all := tx.System("a test makes issuers")
		p, err := all.Person.Create().SetName("somebody who registers").Save(ctx)
		if err != nil {
			return gid.None, err
		}
		i, err := all.IdentityIssuer.Create().SetWorldID(gid.LiveWorld).SetOrganizationID(organization).SetRegisteredByID(p.ID).SetIssuer(name).
			SetAudience(audience).SetAlgorithms([]string{"RS256"}).SetScopes([]string{scope}).SetMappings(list).
			SetStatus(identityissuer.Status(status)).SetProvenAt(tx.Now).SetDecidedAt(tx.Now).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return i.ID, nil
	})
	if err != nil {
		c.Fatal(err)
	}
	c.rows[name] = id
}

// stands puts an issuer into a status.
func (c *campus) stands(name string, status identityissuer.Status) {
	c.Helper()
	c.does(func(ctx context.Context, tx *store.Tx) error {
		return tx.IdentityIssuer.Update().Where(identityissuer.ID(c.rows[name])).SetStatus(status).Exec(ctx)
	})
}

func (c *campus) does(f func(context.Context, *store.Tx) error) {
	c.Helper()
	if _, err := change(c.T, c.db, func(ctx context.Context, tx *store.Tx) (bool, error) { return true, f(ctx, tx) }); err != nil {
		c.Fatal(err)
	}
}

// says is what an issuer says of affiliations, in the claim that is meant for them.
func says(affiliations ...string) map[string]any {
	return map[string]any{"eduperson_scoped_affiliation": affiliations}
}

// signs goes through a provider as a browser does.
func (c *campus) signs(p *provider.Provider, subject string, claims map[string]any) string {
	c.Helper()
	token, err := p.SignIn(c.Context(), provider.Login{Subject: subject, Claims: claims})
	if err != nil {
		c.Fatal(err)
	}
	return token
}

// mints signs a token a second after the one before, with the provider's key.
func (c *campus) mints(p *provider.Provider, subject string, claims map[string]any) string {
	c.Helper()
	c.minted++
	at := c.clock.now().Add(time.Duration(c.minted) * time.Second)
	all := map[string]any{"iss": p.Issuer, "aud": audience, "sub": subject, "iat": at.Unix(), "exp": at.Add(15 * time.Minute).Unix()}
	maps.Copy(all, claims)
	c.clock.set(at)
	token, err := p.Mint(all)
	if err != nil {
		c.Fatal(err)
	}
	return token
}

func (c *campus) asks(token string) (viewer.Viewer, error) {
	return c.all.Authenticate(c.Context(), c.db, token)
}

// is demands who somebody is with a token.
func (c *campus) is(token string, kind viewer.Kind, role viewer.Role, org gid.ID) viewer.Viewer {
	c.Helper()
	v, err := c.asks(token)
	if err != nil || v.Kind != kind || v.Role != role || v.Org != org {
		c.Fatalf("got %s %s of %s (%v), want %s %s of %s", v.Kind, v.Role, v.Org, err, kind, role, org)
	}
	return v
}

func (c *campus) refused(token string, want Reason) {
	c.Helper()
	v, err := c.asks(token)
	wantRefused(c.T, err, want)
	if v.IsSignedIn() {
		c.Errorf("got %+v with a refusal", v)
	}
}

func (c *campus) unavailable(token string) {
	c.Helper()
	_, err := c.asks(token)
	var told *fault.Request
	var refused *Refused
	if !errors.As(err, &told) || told.Code != fault.CodeIdpUnavailable || told.RetryAfterMs == 0 || errors.As(err, &refused) {
		c.Errorf("got %v, want IDP_UNAVAILABLE", err)
	}
}

func (c *campus) system() context.Context {
	return viewer.With(c.Context(), viewer.System("a test looks"))
}

// seat is a person's membership, ended or not, or nil.
func (c *campus) seat(person, organization gid.ID) *ent.Membership {
	c.Helper()
	m, err := c.db.Read.Membership.Query().Where(membership.PersonID(person), membership.OrganizationID(organization)).
		Order(ent.Desc(membership.FieldCreatedAt, membership.FieldID)).First(c.system())
	if err != nil && !ent.IsNotFound(err) {
		c.Fatal(err)
	}
	return m
}

// happened are the kinds of all events so far, in their order.
func (c *campus) happened() []string {
	c.Helper()
	all, err := c.db.Read.Event.Query().Order(ent.Asc(event.FieldOccurredAt, event.FieldChangeID, event.FieldPosition)).All(c.system())
	if err != nil {
		c.Fatal(err)
	}
	var kinds []string
	for _, e := range all {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func (c *campus) profileOf(person gid.ID, claimed ...gid.ID) gid.ID {
	c.Helper()
	var id gid.ID
	c.does(func(ctx context.Context, tx *store.Tx) error {
		all := tx.System("a test makes a profile")
		p, err := all.TalentProfile.Create().SetPersonID(person).SetWorldID(gid.LiveWorld).SetLegalName("Sid").Save(ctx)
		if err != nil {
			return err
		}
		id = p.ID
		for _, at := range claimed {
			if err := all.Affiliation.Create().SetWorldID(gid.LiveWorld).SetTalentID(p.ID).SetInstitutionID(at).SetClaimedName("Sid").Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return id
}

func (c *campus) affiliation(talent, institution gid.ID) *ent.Affiliation {
	c.Helper()
	a, err := c.db.Read.Affiliation.Query().Where(affiliation.TalentID(talent), affiliation.InstitutionID(institution)).Only(c.system())
	if err != nil {
		c.Fatal(err)
	}
	return a
}

// TestFirstSignIn: whoever an organisation's provider signs in is somebody from the
// first request on, and the second one changes nothing.
func TestFirstSignIn(t *testing.T) {
	t.Parallel()
	onCampus(t, func(c *campus) {
		token := c.signs(c.school, "sam", says("staff@rung.example", "member@rung.example"))
		v := c.is(token, viewer.CareerStaff, viewer.RoleViewer, school)
		if v.Person.IsNone() || v.Issuer != schoolIssuer || v.Subject != "sam" || v.Bound != school || v.World != gid.LiveWorld || v.At.IsZero() {
			c.Errorf("got %+v", v)
		}
		m := c.seat(v.Person, school)
		if m == nil || m.Source != membership.SourceIssuer || m.Role != membership.RoleViewer {
			c.Fatalf("the seat is %v", m)
		}
		if got := c.happened(); !slices.Equal(got, []string{"member.seated"}) {
			c.Errorf("it happened: %v", got)
		}
		var sent store.Tally
		again, err := c.all.Authenticate(store.WithTally(c.Context(), &sent), c.db, token)
		if err != nil || again.Person != v.Person || sent.Statements() > 4 {
			c.Errorf("again: %v in %d statements, want 4 at most (%v)", again.Person, sent.Statements(), err)
		}
		if got := c.happened(); len(got) != 1 {
			c.Errorf("the second request changed something: %v", got)
		}
		// An employer's people need not be named, and none of them begins another organisation.
		w := c.is(c.signs(c.company, "sam", map[string]any{"eduperson_affiliation": "Employee"}), viewer.EmployerMember, viewer.RoleRecruiter, employer)
		if w.Person == v.Person || w.Can(viewer.EmployersRegister) || w.Can(viewer.TalentOpen) || !w.Can(viewer.ProjectsWrite) {
			c.Errorf("got %+v", w)
		}
		// Of somebody to whom nothing is mapped it makes nobody.
		n := c.is(c.signs(c.company, "vic", map[string]any{"eduperson_affiliation": "visitor"}), viewer.Newcomer, viewer.RoleNewcomer, gid.None)
		if !n.Person.IsNone() || n.Can(viewer.EmployersRegister) || n.Can(viewer.TalentOpen) || !n.Can(viewer.SessionsManage) || n.Bound != employer {
			c.Errorf("got %+v", n)
		}
		if got := c.db.Read.Identity.Query().Where(identity.Subject("vic")).CountX(c.system()); got != 0 {
			c.Error("a visitor is kept")
		}
	})
}

// TestManyAtOnce: of many first requests with one token each is answered, and one
// person is made.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	onCampus(t, func(c *campus) {
		token := c.signs(c.school, "sam", says("staff@rung.example"))
		const n = 8
		answers := make(chan error, n)
		for range n {
			go func() {
				v, err := c.asks(token)
				if err == nil && v.Role != viewer.RoleViewer {
					err = fmt.Errorf("got %s", v.Role)
				}
				answers <- err
			}()
		}
		for range n {
			if err := <-answers; err != nil {
				c.Error(err)
			}
		}
		if got := c.db.Read.Membership.Query().CountX(c.system()); got != 1 {
			c.Errorf("there are %d seats", got)
		}
	})
}

// TestAnIssuerSpeaksForItsOwnPeople: no school's issuer makes anybody act for
// another, whatever its tokens say.
func TestAnIssuerSpeaksForItsOwnPeople(t *testing.T) {
	t.Parallel()
	onCampus(t, func(c *campus) {
		sam := c.is(c.signs(c.school, "sam", says("staff@rung.example")), viewer.CareerStaff, viewer.RoleViewer, school)
		// The other school's issuer names this one's people, by every way it has.
		c.refused(c.mints(c.other, "sam", fields{"org": school.String(), "eduperson_scoped_affiliation": "staff@other.example"}), NotItsPeople)
		c.refused(c.mints(c.other, "sam", fields{"org": gid.LiveWorld.String()}), NotItsPeople)
		c.refused(c.mints(c.other, "sam", fields{"org": "canary"}), BadClaims)
		v := c.is(c.mints(c.other, "sam", says("staff@rung.example")), viewer.Newcomer, viewer.RoleNewcomer, gid.None)
		if !v.Person.IsNone() {
			c.Error("a foreign scope makes somebody of a stranger")
		}
		// The same subject and address under two issuers are two people.
		same := c.is(c.mints(c.other, "sam", fields{"eduperson_scoped_affiliation": "staff@other.example", "email": "sam@rung.example"}),
			viewer.CareerStaff, viewer.RoleViewer, anotherSchool)
		if same.Person == sam.Person || c.seat(same.Person, school) != nil {
			c.Error("two issuers' people are one")
		}
		// A key of the other's signs nothing of this one's.
		forged, _ := c.other.Mint(fields{"iss": schoolIssuer, "aud": audience, "sub": "sam", "iat": c.clock.now().Unix(), "exp": c.clock.now().Add(time.Minute).Unix()})
		c.refused(forged, BadSignature)
		// Nor does a person with a seat in both step into the other by it.
		c.does(func(ctx context.Context, tx *store.Tx) error {
			return tx.System("a test").Membership.Create().SetPersonID(same.Person).SetOrganizationID(school).SetWorldID(gid.LiveWorld).SetRole("ADMIN").Exec(ctx)
		})
		c.refused(c.mints(c.other, "sam", fields{"org": school.String()}), NotItsPeople)
		if token, _, err := c.sessions.Act(same, school); err != nil {
			c.Error(err)
		} else {
			c.refused(token, NotItsPeople)
		}
		token, _, err := c.sessions.Act(same, anotherSchool)
		if err != nil {
			c.Fatal(err)
		}
		c.is(token, viewer.CareerStaff, viewer.RoleViewer, anotherSchool)
	})
}

// TestAttacksOnARegisteredIssuer: what its algorithm is, its row says and never the
// token.
func TestAttacksOnARegisteredIssuer(t *testing.T) {
	t.Parallel()
	onCampus(t, func(c *campus) {
		key, kid := c.school.Key()
		now := c.clock.now()
		good := fields{"iss": schoolIssuer, "aud": audience, "sub": "sam", "iat": now.Unix(), "exp": now.Add(time.Minute).Unix(), "eduperson_scoped_affiliation": "staff@rung.example"}
		head := header.with("kid", kid)
		der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
		if err != nil {
			c.Fatal(err)
		}
		sum := sha256.Sum256(der)
		for name, attack := range map[string]struct {
			token string
			want  Reason
		}{
			"alg none":                   {part(head.with("alg", "none")) + "." + part(good) + ".", WrongAlgorithm},
			"HS256 with the public key":  {hs256(der, head.with("alg", "HS256"), good), WrongAlgorithm},
			"HS256 with its fingerprint": {hs256(sum[:], head.with("alg", "HS256"), good), WrongAlgorithm},
			"RS512 beside the list":      {rs256(key, head.with("alg", "RS512"), good), WrongAlgorithm},
			"a key that is brought":      {rs256(key, head.with("jwk", rsaJWK(kid, &key.PublicKey)), good), ForbiddenHeader},
			"a key from elsewhere":       {rs256(key, head.with("jku", "https://evil.example/keys"), good), ForbiddenHeader},
			"another's key":              {rs256(keys().rsa, head, good), BadSignature},
			"an unknown key":             {rs256(keys().rsa, head.with("kid", "../../key"), good), UnknownKey},
			"another audience":           {rs256(key, head, good.with("aud", "elsewhere")), WrongAudience},
			"an issuer with a slash":     {rs256(key, head, good.with("iss", schoolIssuer+"/")), UnknownIssuer},
			"an issuer in capitals":      {rs256(key, head, good.with("iss", strings.ToUpper(schoolIssuer))), UnknownIssuer},
			"an expired one":             {rs256(key, head, good.with("iat", now.Add(-time.Hour).Unix(), "exp", now.Add(-time.Minute).Unix())), Expired},
			"one of two days":            {rs256(key, head, good.with("exp", now.Add(48*time.Hour).Unix())), LivesTooLong},
			"an id token by its type":    {rs256(key, head.with("typ", "id+jwt"), good), WrongType},
		} {
			v, err := c.asks(attack.token)
			if err == nil || v.IsSignedIn() {
				c.Errorf("%s: it was taken", name)
				continue
			}
			wantRefused(c.T, err, attack.want)
		}
		if got := c.happened(); len(got) != 0 {
			c.Errorf("an attack changed something: %v", got)
		}
		c.is(rs256(key, head, good), viewer.CareerStaff, viewer.RoleViewer, school)
	})
}

// TestTheSettingsComeFirst: no organisation takes over an issuer of whoever runs Rung.
func TestTheSettingsComeFirst(t *testing.T) {
	t.Parallel()
	onCampus(t, func(c *campus) {
		c.brings(anotherSchool, rsaIssuer, "TRUSTED", "EDUPERSON_AFFILIATION staff ADMIN")
		now := c.clock.now()
		v := c.is(rs256(keys().rsa, header, claims.with("eduperson_affiliation", "staff", "iat", now.Unix(), "exp", now.Add(time.Minute).Unix())),
			viewer.Newcomer, viewer.RoleNewcomer, gid.None)
		if !v.Bound.IsNone() {
			c.Error("the row counts beside the settings")
		}
	})
}

// TestOnlyTrustedIssuersAreHeard: what was stopped is refused with the next request,
// and so is a session by its word.
func TestOnlyTrustedIssuersAreHeard(t *testing.T) {
	t.Parallel()
	onCampus(t, func(c *campus) {
		token := c.signs(c.school, "sam", says("staff@rung.example"))
		v := c.is(token, viewer.CareerStaff, viewer.RoleViewer, school)
		session, _, err := c.sessions.Act(v, school)
		if err != nil {
			c.Fatal(err)
		}
		c.is(session, viewer.CareerStaff, viewer.RoleViewer, school)
		for _, status := range []identityissuer.Status{"SUSPENDED", "REMOVED", "REFUSED", "PROVEN", "REGISTERED"} {
			if status == "REFUSED" {
				c.does(func(ctx context.Context, tx *store.Tx) error {
					return tx.IdentityIssuer.Update().Where(identityissuer.ID(c.rows[schoolIssuer])).SetReason("No.").Exec(ctx)
				})
			}
			c.stands(schoolIssuer, status)
			c.refused(token, UnknownIssuer)
			c.refused(session, UnknownIssuer)
		}
		c.stands(schoolIssuer, "TRUSTED")
		c.is(token, viewer.CareerStaff, viewer.RoleViewer, school)
	})
}

// TestRotation: a provider that signs with a new key is followed, once a minute, and
// its old key ends.
func TestRotation(t *testing.T) {
	t.Parallel()
	onCampus(t, func(c *campus) {
		first := c.signs(c.school, "sam", says("staff@rung.example"))
		c.is(first, viewer.CareerStaff, viewer.RoleViewer, school)
		c.school.Rotate()
		second := c.signs(c.school, "sam", says("staff@rung.example"))
		before := c.school.Asked()
		for range 5 {
			c.refused(second, UnknownKey)
		}
		if got := c.school.Asked() - before; got != 0 {
			c.Errorf("it was asked %d times within a minute of the first", got)
		}
		c.is(first, viewer.CareerStaff, viewer.RoleViewer, school)
		c.clock.set(c.clock.now().Add(61 * time.Second))
		c.is(second, viewer.CareerStaff, viewer.RoleViewer, school)
		if got := c.school.Asked() - before; got != 2 {
			c.Errorf("it was asked for %d documents, want its discovery and its keys", got)
		}
		c.refused(first, UnknownKey)
		// After an hour the keys are fetched anew, whether or not one is missing.
		c.school.Rotate()
		c.clock.set(c.clock.now().Add(61 * time.Minute))
		c.is(c.mints(c.school, "sam", says("staff@rung.example")), viewer.CareerStaff, viewer.RoleViewer, school)
	})
}

// TestOutage: while a provider is down its keys hold for a day, and no longer; that
// is told as what it is.
func TestOutage(t *testing.T) {
	t.Parallel()
	onCampus(t, func(c *campus) {
		c.school.Down(true)
		c.unavailable(c.mints(c.school, "sam", says("staff@rung.example")))
		c.school.Down(false)
		c.unavailable(c.mints(c.school, "sam", says("staff@rung.example"))) // asked within the minute
		c.clock.set(c.clock.now().Add(time.Minute))
		c.is(c.mints(c.school, "sam", says("staff@rung.example")), viewer.CareerStaff, viewer.RoleViewer, school)
		fetched := c.clock.now()

		c.school.Down(true)
		c.clock.set(fetched.Add(23 * time.Hour))
		c.is(c.mints(c.school, "sam", says("staff@rung.example")), viewer.CareerStaff, viewer.RoleViewer, school)
		c.clock.set(fetched.Add(24*time.Hour + time.Minute))
		c.unavailable(c.mints(c.school, "sam", says("staff@rung.example")))
		c.school.Down(false)
		// A discovery document that names another issuer gives no keys.
		evil := "https://evil.example"
		c.school.Names.Store(&evil)
		c.clock.set(c.clock.now().Add(2 * time.Minute))
		c.unavailable(c.mints(c.school, "sam", says("staff@rung.example")))
		c.school.Names.Store(nil)
		c.clock.set(c.clock.now().Add(2 * time.Minute))
		c.is(c.mints(c.school, "sam", says("staff@rung.example")), viewer.CareerStaff, viewer.RoleViewer, school)
	})
}

// TestTheWordChanges: what an issuer's word gave ends with it, and nothing else does.
func TestTheWordChanges(t *testing.T) {
	t.Parallel()
	onCampus(t, func(c *campus) {
		staff := c.mints(c.school, "sam", says("staff@rung.example"))
		v := c.is(staff, viewer.CareerStaff, viewer.RoleViewer, school)
		// Another role of the same person.
		career := fields{"eduperson_entitlement": []string{"urn:other", "urn:mace:rung.example:career"}}
		c.is(c.mints(c.school, "sue", career), viewer.CareerStaff, viewer.RoleAdmin, school)
		c.is(c.mints(c.school, "sam", career), viewer.CareerStaff, viewer.RoleAdmin, school)
		// An older token still proves the person, and changes nothing.
		c.is(staff, viewer.CareerStaff, viewer.RoleAdmin, school)
		// The affiliation is gone.
		alum := c.mints(c.school, "sam", says("alum@rung.example"))
		c.is(alum, viewer.Newcomer, viewer.RoleNewcomer, gid.None)
		if m := c.seat(v.Person, school); m.Status != membership.StatusEnded || m.EndedAt == nil {
			c.Errorf("the seat is %v", m)
		}
		c.is(staff, viewer.Newcomer, viewer.RoleNewcomer, gid.None)
		// The last who runs the career office stays.
		c.is(c.mints(c.school, "sue", says("alum@rung.example")), viewer.CareerStaff, viewer.RoleAdmin, school)
		// It is there again: a new seat.
		c.is(c.mints(c.school, "sam", says("staff@rung.example")), viewer.CareerStaff, viewer.RoleViewer, school)
		if got, want := c.happened(), []string{"member.seated", "member.seated", "member.vouched", "member.lapsed", "member.seated"}; !slices.Equal(got, want) {
			c.Errorf("it happened: %v, want %v", got, want)
		}
		// What the organisation's people decided stays while the word does.
		c.does(func(ctx context.Context, tx *store.Tx) error {
			return tx.Membership.Update().Where(membership.PersonID(v.Person), membership.EndedAtIsNil()).SetStatus("ENDED").SetEndedAt(tx.Now).Exec(ctx)
		})
		c.is(c.mints(c.school, "sam", says("staff@rung.example")), viewer.Newcomer, viewer.RoleNewcomer, gid.None)
	})
}

// TestAnInvitationOutlastsTheWord: the issuer neither changes nor ends what an
// invitation gave.
func TestAnInvitationOutlastsTheWord(t *testing.T) {
	t.Parallel()
	onCampus(t, func(c *campus) {
		v := c.is(c.mints(c.school, "sam", says("student@rung.example")), viewer.Newcomer, viewer.RoleNewcomer, gid.None)
		c.does(func(ctx context.Context, tx *store.Tx) error {
			return tx.System("a test").Membership.Create().SetPersonID(v.Person).SetOrganizationID(school).SetWorldID(gid.LiveWorld).
				SetRole("APPROVER").SetSource("INVITATION").Exec(ctx)
		})
		both := c.mints(c.school, "sam", says("student@rung.example", "staff@rung.example"))
		c.is(both, viewer.Newcomer, viewer.RoleNewcomer, gid.None) // a student for themselves, first of all
		c.is(c.mints(c.school, "sam", fields{"org": school.String(), "eduperson_scoped_affiliation": "staff@rung.example"}), viewer.CareerStaff, viewer.RoleApprover, school)
		c.is(c.mints(c.school, "sam", says()), viewer.CareerStaff, viewer.RoleApprover, school)
		if m := c.seat(v.Person, school); m.Status != membership.StatusActive || m.Role != membership.RoleApprover {
			c.Errorf("the seat is %v", m)
		}
	})
}

// TestASchoolKnowsItsTalents: what a talent claimed to the school is confirmed when
// its issuer says so, and ends when it says so no more; nothing of another school is.
func TestASchoolKnowsItsTalents(t *testing.T) {
	t.Parallel()
	onCampus(t, func(c *campus) {
		student := c.mints(c.school, "sid", says("Student@Rung.example"))
		v := c.is(student, viewer.Newcomer, viewer.RoleNewcomer, gid.None)
		if !v.Can(viewer.TalentOpen) || v.Person.IsNone() {
			c.Fatalf("got %+v", v)
		}
		talent := c.profileOf(v.Person, school, anotherSchool)
		if v := c.is(student, viewer.Talent, viewer.RoleTalent, gid.None); v.Talent != talent || v.Can(viewer.EmployersRegister) {
			c.Errorf("got %+v", v)
		}
		gone := c.mints(c.school, "sid", says("alum@rung.example"))
		c.is(gone, viewer.Newcomer, viewer.RoleNewcomer, gid.None) // not their profile: the school does not call them its talent
		again := c.mints(c.school, "sid", says("student@rung.example"))
		c.is(again, viewer.Talent, viewer.RoleTalent, gid.None)
		a := c.affiliation(talent, school)
		if a.Status != affiliation.StatusConfirmed || a.VouchedByID != c.rows[schoolIssuer] || a.DecidedAt == nil || !a.DecidedByID.IsNone() {
			c.Errorf("the claim is %v", a)
		}
		if b := c.affiliation(talent, anotherSchool); b.Status != affiliation.StatusClaimed {
			c.Errorf("the claim to another school is %v", b)
		}
		c.is(c.mints(c.school, "sid", says()), viewer.Newcomer, viewer.RoleNewcomer, gid.None)
		if a := c.affiliation(talent, school); a.Status != affiliation.StatusEnded || a.EndedAt == nil {
			c.Errorf("after: %v", a)
		}
		if got, want := c.happened(), []string{"affiliation.vouched", "affiliation.lapsed"}; !slices.Equal(got, want) {
			c.Errorf("it happened: %v, want %v", got, want)
		}
		// What the staff confirmed the issuer does not end.
		c.does(func(ctx context.Context, tx *store.Tx) error {
			return tx.System("a test").Affiliation.Update().Where(affiliation.TalentID(talent), affiliation.InstitutionID(anotherSchool)).
				SetStatus("CONFIRMED").SetDecidedAt(tx.Now).Exec(ctx)
		})
		c.does(func(ctx context.Context, tx *store.Tx) error {
			return tx.System("a test").Identity.Create().SetPersonID(v.Person).SetIssuer(anotherIssuer).SetSubject("sid").Exec(ctx)
		})
		c.is(c.mints(c.other, "sid", says("student@other.example")), viewer.Talent, viewer.RoleTalent, gid.None)
		c.is(c.mints(c.other, "sid", says()), viewer.Newcomer, viewer.RoleNewcomer, gid.None)
		if b := c.affiliation(talent, anotherSchool); b.Status != affiliation.StatusConfirmed {
			c.Errorf("what staff confirmed is %v", b)
		}
	})
}

// TestWhoIsSuspendedIsNotLetIn: nor does the issuer's word change anything of them.
func TestWhoIsSuspendedIsNotLetIn(t *testing.T) {
	t.Parallel()
	onCampus(t, func(c *campus) {
		token := c.mints(c.school, "sam", says("staff@rung.example"))
		v := c.is(token, viewer.CareerStaff, viewer.RoleViewer, school)
		c.does(func(ctx context.Context, tx *store.Tx) error {
			return tx.Membership.Update().Where(membership.PersonID(v.Person)).SetStatus("SUSPENDED").Exec(ctx)
		})
		c.is(token, viewer.Newcomer, viewer.RoleNewcomer, gid.None)
		c.does(func(ctx context.Context, tx *store.Tx) error {
			return tx.System("a test").Person.UpdateOneID(v.Person).SetValidAfter(c.clock.now().Add(time.Second)).Exec(ctx)
		})
		c.refused(token, SignedOut)
		c.does(func(ctx context.Context, tx *store.Tx) error {
			return tx.System("a test").Person.UpdateOneID(v.Person).SetSuspendedAt(tx.Now).Exec(ctx)
		})
		c.refused(c.mints(c.school, "sam", says("student@rung.example")), Suspended)
		if got := c.happened(); len(got) != 1 {
			c.Errorf("it happened: %v", got)
		}
	})
}

// TestAsking: a provider proves to be an issuer by its discovery document and its
// keys, and is told what is wrong otherwise.
func TestAsking(t *testing.T) {
	t.Parallel()
	onCampus(t, func(c *campus) {
		ask := Asking(WithAbroad(provider.Internet(c.school, c.other)), WithLog(slog.New(slog.DiscardHandler)))
		evil := "https://evil.example"
		for name, s := range map[string]struct {
			issuer     string
			algorithms []string
			before     func(up bool)
			want       identityissuer.Problem
		}{
			"it is the issuer":                 {schoolIssuer, []string{"RS256"}, nil, ""},
			"it names another issuer":          {anotherIssuer, []string{"RS256"}, func(up bool) { c.other.Names.Store(map[bool]*string{false: &evil}[up]) }, "OTHER_ISSUER"},
			"it is down":                       {schoolIssuer, []string{"RS256"}, func(up bool) { c.school.Down(!up) }, "NO_DISCOVERY"},
			"it is another path of the issuer": {schoolIssuer + "/elsewhere", []string{"RS256"}, nil, "NO_DISCOVERY"},
			"it has a slash more":              {schoolIssuer + "/", []string{"RS256"}, nil, "OTHER_ISSUER"},
			"nobody is there":                  {"https://nowhere.example", []string{"RS256"}, nil, "UNREACHABLE"},
			"its keys are of another kind":     {schoolIssuer, []string{"ES256"}, nil, "NO_KEYS"},
		} {
			if s.before != nil {
				s.before(false)
			}
			id := c.registers(s.issuer, s.algorithms)
			ctx := viewer.WithRequest(viewer.With(c.Context(), viewer.System("a test works")), &viewer.Request{ID: "r", Verb: "ask"})
			if err := ask(ctx, c.db, job.Work{Subject: id, World: gid.LiveWorld}); err != nil {
				c.Fatal(err)
			}
			if s.before != nil {
				s.before(true)
			}
			i := c.db.Read.IdentityIssuer.GetX(c.system(), id)
			switch {
			case s.want == "" && (i.Status != identityissuer.StatusProven || i.ProvenAt == nil || i.Problem != nil):
				c.Errorf("%s: got %v", name, i)
			case s.want != "" && (i.Status != identityissuer.StatusRegistered || i.Problem == nil || *i.Problem != s.want):
				c.Errorf("%s: got %v", name, i)
			}
			c.does(func(ctx context.Context, tx *store.Tx) error {
				return tx.IdentityIssuer.Update().Where(identityissuer.ID(id)).SetStatus("REMOVED").Exec(ctx)
			})
		}
	})
}

func (c *campus) registers(name string, algorithms []string) gid.ID {
	c.Helper()
	var id gid.ID
	c.does(func(ctx context.Context, tx *store.Tx) error {
		i, err := tx.System("a test").IdentityIssuer.Create().SetWorldID(gid.LiveWorld).SetOrganizationID(elsewhere).SetRegisteredByID(
			tx.System("a test").Person.Query().FirstIDX(ctx)).SetIssuer(name).SetAudience(audience).SetAlgorithms(algorithms).SetMappings([]schema.RoleMapping{}).Save(ctx)
		if err == nil {
			id = i.ID
		}
		return err
	})
	return id
}

// TestGuardedAsksPublicAddressesAlone: what an organisation names leads to nothing
// inside of the network.
func TestGuardedAsksPublicAddressesAlone(t *testing.T) {
	t.Parallel()
	p := publish(t, rsaJWK("one", &keys().rsa.PublicKey))
	for _, address := range []string{
		p.URL, "http://id.example.edu", "https://127.0.0.1", "https://localhost", "https://[::1]", "https://10.0.0.1", "https://169.254.169.254",
		"https://[::ffff:127.0.0.1]", "https://[64:ff9b::7f00:1]", "https://100.64.0.1", "https://0.0.0.0", "https://user@1.1.1.1", "https://1.1.1.1:8443", "file:///etc/passwd",
	} {
		if _, err := discover(t.Context(), guarded(), address); err == nil || strings.Contains(err.Error(), "context deadline") {
			t.Errorf("%s: got %v, want it refused before anybody is asked", address, err)
		}
	}
	if got := p.asked.Load(); got != 0 {
		t.Errorf("it was asked %d times", got)
	}
}
