package main

import (
	"bytes"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent/disclosure"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// TestWhatCannotBeWrittenDownIsNotAnswered: what somebody outside reads of a talent
// leaves a row, one for each talent and request; without the row there is no answer.
func TestWhatCannotBeWrittenDownIsNotAnswered(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			packet := s.names().show(t, `{ application(id: "{{application-open-ben}}") { packet { name } talent { displayName } } }`)
			own := s.names().show(t, `{ talentProfile(id: "{{ben}}") { displayName } }`)
			ctx := viewer.With(t.Context(), viewer.System("a test counts what was written down"))
			for i, who := range []string{"bea", "bea", "ben", "vera"} {
				if a := s.ask(t, who, packet, nil); a.Errors != nil {
					t.Fatalf("%s: %s", who, a.body)
				}
				want := min(i+1, 2) // the talent and their own school leave none
				if got, err := s.db.Read.Disclosure.Query().Where(disclosure.TalentID(s.world.IDs["ben"])).Count(ctx); err != nil || got != want {
					t.Errorf("after %s reads, there are %d rows, %v, want %d", who, got, err, want)
				}
			}
			if _, err := s.db.Engine().Write.ExecContext(t.Context(), "ALTER TABLE disclosures RENAME TO lost"); err != nil {
				t.Fatal(err)
			}
			if a := s.ask(t, "bea", packet, nil); a.Errors == nil || !bytes.Contains(a.body, []byte("OVERLOADED")) || bytes.Contains(a.body, []byte("Ben")) {
				t.Errorf("without its row it is answered all the same: %s", a.body)
			}
			if a := s.ask(t, "ben", own, nil); a.Errors != nil {
				t.Errorf("the talent reads their own, which needs no row: %s", a.body)
			}
		})
	}
}
