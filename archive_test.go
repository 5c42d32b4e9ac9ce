package main

import (
	"maps"
	"slices"
	"testing"

	"github.com/rung-dev/rung/internal/demo"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// nowhere are the statuses in which nothing can stand still in the demo world.
var nowhere = map[string]string{
	"Institution LISTED":      "most institutions are, and none of them is looked at",
	"Sandbox OPENING":         "a sandbox is opened by whoever wants one",
	"Sandbox OPEN":            "a sandbox is opened by whoever wants one",
	"Sandbox CLOSED":          "a sandbox is opened by whoever wants one",
	"Milestone DUE":           "the ledger-only provider answers at once",
	"PaymentRecord RELEASING": "the ledger-only provider answers at once",
	"Upload AWAITING":         "a file needs the server's own door and links",
	"Upload UPLOADED":         "a file needs the server's own door and links",
	"Upload READY":            "a file needs the server's own door and links",
	"Upload REFUSED":          "a file needs the server's own door and links",
	"Upload ABANDONED":        "a file needs the server's own door and links",
	"Upload EXPIRED":          "a file needs the server's own door and links",
}

// TestTheWholeDemoShowsEveryStatus: what `make run` serves has something in each
// status of each state table.
func TestTheWholeDemoShowsEveryStatus(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			db := storetest.Open(t, engineName)
			if _, err := demo.Fill(t.Context(), db.Engine(), demo.Options{Issuer: publicURL + "/local", Reactions: reactions, IsWhole: true}); err != nil {
				t.Fatal(err)
			}
			w := &witness{site: &site{db: db}}
			rows, err := w.look(t)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range lives() {
				missing := map[string]bool{}
				for _, s := range l.steps {
					for _, status := range append(slices.Clone(s.from), s.to) {
						missing[status] = true
					}
				}
				for _, r := range rows[l.noun] {
					delete(missing, r.status)
				}
				for _, status := range slices.Sorted(maps.Keys(missing)) {
					if nowhere[l.noun+" "+status] == "" && status != "" {
						t.Errorf("nothing of the demo world is %s %s", l.noun, status)
					}
				}
			}
		})
	}
}
