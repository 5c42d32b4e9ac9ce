package auth

import (
	"context"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// TestSessions: a token to act for an organisation passes its issuer's word on, as
// long as that word counts and no longer.
func TestSessions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		populate(t, db)
		l := local(t)
		sessions, err := OpenSessions(config.Config{DataDir: t.TempDir(), PublicURL: "http://127.0.0.1:8080"}, WithClock(atNoon))
		if err != nil {
			t.Fatal(err)
		}
		all, err := Trust(t.Context(), []Issuer{l.Issuer(), sessions.Issuer()}, WithClock(atNoon))
		if err != nil {
			t.Fatal(err)
		}
		plain, err := l.Mint(Claims{Subject: "owner", Email: "owner@example.edu"})
		if err != nil {
			t.Fatal(err)
		}
		v, err := all.Authenticate(t.Context(), db, plain)
		if err != nil || v.Kind != viewer.Newcomer || v.SignedInAt != noon || v.SignedInUntil != noon.Add(localLife) {
			t.Fatalf("got %+v, %v", v, err)
		}
		token, until, err := sessions.Act(v, employer)
		if err != nil || until != noon.Add(sessionLife) {
			t.Fatalf("it holds until %s (%v)", until, err)
		}
		acting, err := all.Authenticate(t.Context(), db, token)
		if err != nil || acting.Role != viewer.RoleOwner || acting.Issuer != localName || acting.Subject != "owner" || acting.SignedInAt != noon || acting.Email != v.Email {
			t.Errorf("got %+v, %v", acting, err)
		}
		// A token taken with it ends with it, so that nobody goes on for ever.
		if _, next, _ := sessions.Act(acting, employer); next != until {
			t.Errorf("the next one holds until %s, want %s", next, until)
		}

		v.Subject = "former"
		if token, _, err = sessions.Act(v, employer); err != nil {
			t.Fatal(err)
		}
		_, err = all.Authenticate(t.Context(), db, token)
		wantRefused(t, err, NotAMember)

		// Whoever was signed out since they signed in, however fresh the token is.
		v.Subject, v.SignedInAt = "changed before", noon.Add(-time.Second)
		if token, _, err = sessions.Act(v, employer); err != nil {
			t.Fatal(err)
		}
		_, err = all.Authenticate(t.Context(), db, token)
		wantRefused(t, err, SignedOut)

		// The word of an issuer that is not trusted any more.
		without, err := Trust(t.Context(), []Issuer{sessions.Issuer()}, WithClock(atNoon))
		if err != nil {
			t.Fatal(err)
		}
		_, err = without.Authenticate(t.Context(), db, token)
		wantRefused(t, err, UnknownIssuer)
	})
}

// TestNobodyElsePassesAWordOn: an issuer cannot speak in another's name, a school's
// can take no session elsewhere, and a session names who vouched.
func TestNobodyElsePassesAWordOn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		populate(t, db)
		l := local(t)
		sessions, err := OpenSessions(config.Config{DataDir: t.TempDir(), PublicURL: "http://127.0.0.1:8080"}, WithClock(atNoon))
		if err != nil {
			t.Fatal(err)
		}
		bound := l.Issuer()
		bound.Organization = &school
		for name, c := range map[string]struct {
			issuer Issuer
			signer *Local
			claims jwt.MapClaims
			want   Reason
		}{
			"a school's people act for an employer": {bound, sessions, jwt.MapClaims{vouchedBy: localName, vouchedAt: noon.Unix()}, NotItsPeople},
			"a session without an issuer":           {l.Issuer(), sessions, jwt.MapClaims{vouchedAt: noon.Unix()}, UnknownIssuer},
			"a session of a session":                {l.Issuer(), sessions, jwt.MapClaims{vouchedBy: "http://127.0.0.1:8080/session", vouchedAt: noon.Unix()}, UnknownIssuer},
			"a session without its beginning":       {l.Issuer(), sessions, jwt.MapClaims{vouchedBy: localName}, UnknownIssuer},
			"a session that began as a text":        {l.Issuer(), sessions, jwt.MapClaims{vouchedBy: localName, vouchedAt: "noon"}, UnknownIssuer},
			"a key of another issuer":               {l.Issuer(), l, jwt.MapClaims{"iss": "http://127.0.0.1:8080/session", vouchedBy: localName, vouchedAt: noon.Unix()}, UnknownKey},
		} {
			t.Run(name, func(t *testing.T) {
				all, err := Trust(t.Context(), []Issuer{c.issuer, sessions.Issuer()}, WithClock(atNoon))
				if err != nil {
					t.Fatal(err)
				}
				claims := jwt.MapClaims{
					"iss": c.signer.name, "aud": c.signer.audience, "sub": "owner", "org": employer.String(),
					"iat": noon.Unix(), "exp": noon.Add(time.Minute).Unix(),
				}
				for claim, value := range c.claims {
					claims[claim] = value
				}
				token, err := c.signer.sign(claims)
				if err != nil {
					t.Fatal(err)
				}
				_, err = all.Authenticate(context.WithoutCancel(t.Context()), db, token)
				wantRefused(t, err, c.want)
			})
		}
	})
}
