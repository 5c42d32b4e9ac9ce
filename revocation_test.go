package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"entgo.io/ent/dialect"
)

// atMost is how long what is taken away may still be used on another replica.
const atMost = 5 * time.Second

// TestRevocationHoldsOnEveryReplica: two servers over one PostgreSQL; what is taken
// away from a member through one of them is gone with the next request to the
// other, with the same token.
func TestRevocationHoldsOnEveryReplica(t *testing.T) {
	t.Parallel()
	options := demoWorld.Fresh(t, dialect.Postgres)
	here, there := serve(t, options, &story, nil), serve(t, options, &story, nil)
	// Tokens are dated by the machine's clock, and changes by the site's.
	here.wait(time.Since(here.clock()) + time.Hour)
	acting := func(who, organization string) {
		t.Helper()
		a := here.ask(t, who, fmt.Sprintf(`mutation { actFor(input: {organizationId: %q}) { accessToken userErrors { code } } }`, here.world.IDs[organization]), nil)
		var told struct{ ActFor struct{ AccessToken string } }
		if err := json.Unmarshal(a.Data, &told); err != nil || told.ActFor.AccessToken == "" {
			t.Fatalf("%s acts for %s: %s", who, organization, a.body)
		}
		there.mu.Lock()
		defer there.mu.Unlock()
		there.tokens[who] = told.ActFor.AccessToken
	}
	acting("remy", "basalt")
	is := func(want string, after time.Time) {
		t.Helper()
		a := there.ask(t, "remy", `{ viewer { role } }`, nil)
		var told struct{ Viewer struct{ Role string } }
		if a.Status != http.StatusUnauthorized {
			_ = json.Unmarshal(a.Data, &told)
		}
		if told.Viewer.Role != want || (want == "") != (a.Status == http.StatusUnauthorized) {
			t.Errorf("the other replica answers %d: %.200s, want the role %q", a.Status, a.body, want)
		}
		if took := time.Since(after); took > atMost {
			t.Errorf("it took %s, want at most %s", took, atMost)
		}
	}
	is("RECRUITER", time.Now())
	member := here.memberOf(t, "bea", "RECRUITER")
	for _, step := range []struct{ does, want string }{
		{`changeMemberRole(input: {membershipId: %q, expectedRevision: %d, role: SUPERVISOR})`, "SUPERVISOR"},
		{`suspendMember(input: {membershipId: %q, expectedRevision: %d})`, ""},
		{`reinstateMember(input: {membershipId: %q, expectedRevision: %d})`, "SUPERVISOR"},
		{`signOutEverywhere(input: {membershipId: %[1]q})`, ""},
		{`removeMember(input: {membershipId: %q, expectedRevision: %d})`, ""},
	} {
		began := time.Now()
		request := "mutation { " + fmt.Sprintf(step.does, member, here.revisionOf(t, member)) + " { userErrors { code message } } }"
		if a := here.ask(t, "bea", request, nil); a.Errors != nil {
			t.Fatalf("%s: %s", request, a.body)
		}
		is(step.want, began)
	}
	// Signed out everywhere, nobody's own tokens are good any more, nor those taken by them.
	acting("sol", "basalt")
	if a := there.ask(t, "sol", `{ viewer { role } }`, nil); a.Status != http.StatusOK {
		t.Fatalf("sol is refused before: %s", a.body)
	}
	if a := here.ask(t, "sol", `mutation { signOutEverywhere(input: {}) { userErrors { code } } }`, nil); a.Errors != nil {
		t.Fatalf("sol signs out: %s", a.body)
	}
	for name, s := range map[string]*site{"the same": here, "the other": there} {
		if a := s.ask(t, "sol", `{ viewer { role } }`, nil); a.Status != http.StatusUnauthorized {
			t.Errorf("%s replica still takes a token of whoever signed out: %d", name, a.Status)
		}
	}
}

// memberOf is the first member in a role, as somebody of the organisation sees it.
func (s *site) memberOf(t *testing.T, who, role string) string {
	t.Helper()
	a := s.ask(t, who, fmt.Sprintf(`{ members(filter: {role: [%s]}) { nodes { id } } }`, role), nil)
	var told struct {
		Members struct{ Nodes []struct{ ID string } }
	}
	if err := json.Unmarshal(a.Data, &told); err != nil || len(told.Members.Nodes) == 0 {
		t.Fatalf("%s has no %s: %s", who, role, a.body)
	}
	return told.Members.Nodes[0].ID
}

func (s *site) revisionOf(t *testing.T, id string) int {
	t.Helper()
	a := s.ask(t, "bea", fmt.Sprintf(`{ member(id: %q) { revision } }`, id), nil)
	var told struct{ Member struct{ Revision int } }
	if err := json.Unmarshal(a.Data, &told); err != nil || told.Member.Revision == 0 {
		t.Fatalf("there is no revision of %s: %s", id, a.body)
	}
	return told.Member.Revision
}
