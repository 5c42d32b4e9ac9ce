package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/demo"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// nowhere are the statuses in which nothing can stand still in the demo world.
var nowhere = map[string]string{
	"Institution LISTED":        "most institutions are, and none of them is looked at",
	"Membership SUSPENDED":      "nobody of the demo world was ever suspended",
	"Membership ENDED":          "nobody of the demo world has left",
	"MemberInvitation SENT":     withToken,
	"MemberInvitation ACCEPTED": withToken,
	"MemberInvitation REVOKED":  withToken,
	"MemberInvitation EXPIRED":  withToken,

	"IdentityIssuer REGISTERED": withProvider,
	"IdentityIssuer PROVEN":     withProvider,
	"IdentityIssuer TRUSTED":    withProvider,
	"IdentityIssuer REFUSED":    withProvider,
	"IdentityIssuer SUSPENDED":  withProvider,
	"IdentityIssuer REMOVED":    withProvider,

	"Milestone DUE":           "it is over as soon as the job that pays has run",
	"PaymentRecord RELEASING": "it is over as soon as the job that pays has run",
	"Sandbox OPENING":         "a sandbox is opened by whoever wants one",
	"Sandbox OPEN":            "a sandbox is opened by whoever wants one",
	"Sandbox CLOSED":          "a sandbox is opened by whoever wants one",
	"Upload AWAITING":         "a file needs the server's own door and links",
	"Upload UPLOADED":         "a file needs the server's own door and links",
	"OperatorAccess OPEN":     "it lasts for hours: nothing stays open",
	"Upload READY":            "a file needs the server's own door and links",
	"Upload REFUSED":          "a file needs the server's own door and links",
	"Upload ABANDONED":        "a file needs the server's own door and links",
	"Upload EXPIRED":          "a file needs the server's own door and links",
}

const withProvider = "an issuer is an OpenID provider that answers, and none stands behind the demo world"

const withToken = "whoever invites is told a token, and the demo world tells nobody"

// TestTheWholeDemoShowsEveryStatus: what `make run` serves has something in each
// status of each state table, and docs/shown.md says which the walkthrough goes
// through as well.
func TestTheWholeDemoShowsEveryStatus(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			db := storetest.Open(t, engineName)
			if _, err := demo.Fill(t.Context(), db.Engine(), demo.Options{Issuer: publicURL + "/local", Reactions: reactions, IsWhole: true}); err != nil {
				t.Fatal(err)
			}
			inDemo, walked := map[string]bool{}, statusesWalked(t, engineName)
			stand(t, &site{db: db}, inDemo)
			var b strings.Builder
			b.WriteString("# Where each status is shown\n\nWhat `make run` serves, and [the walkthrough](walkthrough.md), which begins with a part of it.\n\n" +
				"| status | demo world | walkthrough | why not |\n|---|---|---|---|\n")
			for _, l := range lives() {
				for _, status := range l.statuses() {
					key := l.noun + " " + status
					switch {
					case !inDemo[key] && nowhere[key] == "":
						t.Errorf("nothing of the demo world is %s", key)
					case inDemo[key] && nowhere[key] != "":
						t.Errorf("something of the demo world is %s, so the exemption can go", key)
					}
					fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", key, yes(inDemo[key]), yes(walked[key]), nowhere[key])
				}
			}
			if !*update || engineName == storetest.Engines[0] {
				compareFile(t, "docs/shown.md", b.String(), "go test . -run WholeDemo -update")
			}
		})
	}
}

func yes(shown bool) string {
	if shown {
		return "yes"
	}
	return "–"
}

// statuses are those of a table, in its order.
func (l life) statuses() (all []string) {
	for _, s := range l.steps {
		for _, status := range append(slices.Clone(s.from), s.to) {
			if status != "" && !slices.Contains(all, status) {
				all = append(all, status)
			}
		}
	}
	return all
}

// stand notes where everything stands.
func stand(t *testing.T, s *site, shown map[string]bool) {
	t.Helper()
	rows, err := (&witness{site: s}).look(t)
	if err != nil {
		t.Fatal(err)
	}
	for noun, of := range rows {
		for _, r := range of {
			shown[noun+" "+r.status] = true
		}
	}
}

// statusesWalked are those in which something stands after some step of the
// walkthrough.
func statusesWalked(t *testing.T, engineName string) map[string]bool {
	t.Helper()
	page, err := os.ReadFile(walkthrough)
	if err != nil {
		t.Fatal(err)
	}
	w, shown := &walk{site: open(t, engineName), kept: map[string]any{}}, map[string]bool{}
	w.kept["today"] = string(calendar.On(w.site.clock()))
	for _, text := range block.FindAllString(string(page), -1) {
		w.take(t, text)
		stand(t, w.site, shown)
	}
	return shown
}
