//go:build !race

package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/store/storetest"
)

// How often each of a pair is asked, and how far their medians may lie apart: a
// millisecond, or on a busy machine a quarter of what one of them takes.
const (
	asksInShort = 60
	asksInSoak  = 400
	farApart    = time.Millisecond
)

// TestSoakTiming: how long an answer takes does not tell whether an address, an
// invitation or an id is known. Each pair is asked in turns, as the same person.
func TestSoakTiming(t *testing.T) { //nolint:paralleltest // it measures
	n := asksInShort
	if os.Getenv("RUNG_SOAK") != "" {
		n = asksInSoak
	}
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) { //nolint:paralleltest // it measures
			s := open(t, engineName)
			names := s.names()
			sent := s.ask(t, "bea", `mutation { inviteMember(input: {email: "nora@elsewhere.example", role: OWNER}) { token userErrors { code } } }`, nil)
			_, token, _ := strings.Cut(string(sent.Data), `"token":"`)
			token, _, _ = strings.Cut(token, `"`)
			if !strings.HasPrefix(token, "ivt_") {
				t.Fatalf("there is no invitation: %s", sent.body)
			}
			accept := `mutation { acceptMemberInvitation(input: {token: "%s"}) { userErrors { code message path } } }`
			unknown := "ivt_" + strings.Repeat("0", 52)
			for _, p := range []struct{ name, who, known, unknown string }{
				{"an invitation to somebody else", "stranger", fmt.Sprintf(accept, token), fmt.Sprintf(accept, unknown)},
				{"another tenant's id", "hugo", `{ node(id: "{{application-open-ben}}") { id } }`, `{ node(id: "{{no-such-app}}") { id } }`},
				{"another tenant's member", "hugo", `{ member(id: "` + s.memberOf(t, "bea", "OWNER") + `") { id } }`, `{ member(id: "{{no-such-mem}}") { id } }`},
			} {
				known, other := names.show(t, p.known), names.show(t, p.unknown)
				s.compare(t, p.name, n, func(isKnown bool) {
					if isKnown {
						s.ask(t, p.who, known, nil)
						return
					}
					s.ask(t, p.who, other, nil)
				})
			}
			s.compareAddresses(t, n)
		})
	}
}

// compareAddresses invites people whom Rung knows, and addresses that nobody has.
func (s *site) compareAddresses(t *testing.T, n int) {
	t.Helper()
	var known []string
	for _, p := range s.world.People {
		if p.Email != "" {
			known = append(known, p.Email)
		}
	}
	slices.Sort(known)
	turn := 0
	s.compare(t, "an address that somebody has", min(n, len(known)), func(isKnown bool) {
		address := fmt.Sprintf("nobody-%d@elsewhere.example", turn)
		if isKnown {
			address = known[turn]
			turn++
		}
		a := s.ask(t, "hugo", fmt.Sprintf(`mutation { inviteMember(input: {email: %q, role: RECRUITER}) { userErrors { code } } }`, address), nil)
		if !strings.Contains(string(a.Data), `"userErrors":[]`) {
			t.Fatalf("%s: %s", address, a.body)
		}
	})
}

// compare asks in turns for what is known and what is not, and compares the medians.
func (s *site) compare(t *testing.T, what string, n int, ask func(isKnown bool)) {
	t.Helper()
	took := map[bool][]time.Duration{}
	for range n {
		for _, isKnown := range []bool{false, true} {
			began := time.Now()
			ask(isKnown)
			took[isKnown] = append(took[isKnown], time.Since(began))
		}
	}
	median := func(isKnown bool) time.Duration {
		slices.Sort(took[isKnown])
		return took[isKnown][len(took[isKnown])/2]
	}
	with, without := median(true), median(false)
	t.Logf("%s: medians of %d are %s known, %s unknown", what, n, with, without)
	if apart := (with - without).Abs(); apart > max(farApart, without/4) {
		t.Errorf("%s takes %s, and one that nobody has %s: %s apart", what, with, without, apart)
	}
}
