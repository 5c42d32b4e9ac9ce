package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/rung-dev/rung/internal/auth"
	"github.com/rung-dev/rung/internal/auth/provider"
)

// providers are the OpenID providers that stand behind the organisations of the
// demo world, the same for all stories. That of liar says that it is another one.
var providers = sync.OnceValue(func() map[string]*provider.Provider {
	all := map[string]*provider.Provider{}
	for _, name := range []string{"nau", "uvm", "basalt", "liar"} {
		p, err := provider.New("https://id."+name+".example", "rung")
		if err != nil {
			panic(err)
		}
		all[name] = p
	}
	all["liar"].Names.Store(&all["nau"].Issuer)
	return all
})

// abroad is all of the internet that a story meets.
var abroad = sync.OnceValue(func() auth.Option {
	var all []*provider.Provider
	for _, p := range providers() {
		all = append(all, p)
	}
	return auth.WithAbroad(provider.Directly(all...))
})

// vouched is a token of a provider, from an hour ago and a second more for each that
// was made before: "sam by nau as staff@nau.edu student@nau.edu".
func vouched(t testing.TB, subject, by string, made int) string {
	t.Helper()
	by, as, _ := strings.Cut(by, " as ")
	p, there := providers()[by]
	if !there {
		t.Fatalf("there is no provider %q", by)
	}
	at := time.Now().Add(-time.Hour).Add(time.Duration(made) * time.Second)
	claims := map[string]any{
		"iss": p.Issuer, "aud": "rung", "sub": subject, "name": subject, "email": subject + "@elsewhere.example",
		"iat": at.Unix(), "exp": at.Add(12 * time.Hour).Unix(),
	}
	for _, word := range strings.Fields(as) {
		claim := "eduperson_affiliation"
		if strings.Contains(word, "@") {
			claim = "eduperson_scoped_affiliation"
		}
		said, _ := claims[claim].([]string)
		claims[claim] = append(said, word)
	}
	token, err := p.Mint(claims)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// TestAStoppedIssuerIsRefusedOnEveryReplica: two servers over one PostgreSQL; an
// issuer that is stopped through one signs nobody in at the other from the next
// request on, nor does a token to act that its word led to.
func TestAStoppedIssuerIsRefusedOnEveryReplica(t *testing.T) {
	t.Parallel()
	options := demoWorld.Fresh(t, dialect.Postgres)
	here, there := serve(t, options, &story, nil), serve(t, options, &story, nil)
	here.wait(time.Hour) // or both would draw the same ids
	does := func(s *site, who, request string) string {
		t.Helper()
		a := s.ask(t, who, request, nil)
		if a.Errors != nil || !strings.Contains(string(a.body), `"userErrors":[]`) {
			t.Fatalf("%s: %s", request, a.body)
		}
		return string(a.body)
	}
	told := does(here, "bea", `mutation { registerIdentityIssuer(input: {issuer: "https://id.basalt.example", audience: "rung", mappings: [{claim: EDUPERSON_AFFILIATION, pattern: "employee", role: RECRUITER}]}) { identityIssuer { id } userErrors { code } } }`)
	id := idIn.FindString(told)
	if _, err := here.worker.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	does(here, "olga", fmt.Sprintf(`mutation { approveIdentityIssuer(input: {identityIssuerId: %q, expectedRevision: 2}) { userErrors { code message } } }`, id))
	const sam = "sam by basalt as employee"
	told = does(there, sam, fmt.Sprintf(`mutation { actFor(input: {organizationId: %q}) { accessToken userErrors { code message } } }`, there.world.IDs["basalt"]))
	_, session, _ := strings.Cut(told, `"accessToken":"`)
	session, _, _ = strings.Cut(session, `"`)
	there.mu.Lock()
	there.tokens["sam acts"] = session
	there.mu.Unlock()
	is := func(want int) {
		t.Helper()
		for _, who := range []string{sam, "sam acts"} {
			if a := there.ask(t, who, `{ viewer { role } }`, nil); a.Status != want {
				t.Errorf("%s is answered %d by the other replica, want %d: %.200s", who, a.Status, want, a.body)
			}
		}
	}
	is(http.StatusOK)
	began := time.Now()
	does(here, "bea", fmt.Sprintf(`mutation { suspendIdentityIssuer(input: {identityIssuerId: %q, expectedRevision: 3}) { userErrors { code message } } }`, id))
	is(http.StatusUnauthorized)
	does(here, "bea", fmt.Sprintf(`mutation { reinstateIdentityIssuer(input: {identityIssuerId: %q, expectedRevision: 4}) { userErrors { code message } } }`, id))
	is(http.StatusOK)
	does(here, "bea", fmt.Sprintf(`mutation { removeIdentityIssuer(input: {identityIssuerId: %q, expectedRevision: 5}) { userErrors { code message } } }`, id))
	is(http.StatusUnauthorized)
	if took := time.Since(began); took > atMost {
		t.Errorf("it took %s, want at most %s", took, atMost)
	}
}
