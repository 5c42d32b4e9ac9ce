package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/auditentry"
	"github.com/rung-dev/rung/ent/gen/ent/feedentry"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// TestStories tells every story of graph/testdata on both engines. A story is
// steps of `as`, `request`, `response` and `events`; the last two are compared.
// Somebody is of the demo world, or a newcomer, or `nora of {{emp-1}}`.
// `variables` go with the requests that follow; `again` sends the last request
// once more, to the letter; `wait` lets time pass; `callback` is what a payment
// provider tells, signed.
func TestStories(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("graph/testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no stories:", err)
	}
	taken := &coverage{seen: map[string]int{}}
	t.Cleanup(func() {
		left, all := taken.untaken()
		t.Logf("the stories take %d of %d transitions", all-len(left), all)
	})
	for _, file := range files {
		for _, engineName := range storetest.Engines {
			name := strings.TrimSuffix(filepath.Base(file), ".txtar") + "/" + engineName
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				tell(t, file, engineName, taken)
			})
		}
	}
}

func tell(t *testing.T, file, engineName string, taken *coverage) {
	story, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, engineName)
	told := s.retell(t, story, taken)
	got := txtar.Format(told)
	if *update && engineName == storetest.Engines[0] {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := txtar.Format(story); !bytes.Equal(got, want) {
		t.Errorf("the story went otherwise on %s; go test . -run TestStories -update rewrites it\n%s", engineName, difference(string(want), string(got)))
	}
}

// retell takes a story's steps and returns the story as it went.
func (s *site) retell(t *testing.T, story *txtar.Archive, taken *coverage) *txtar.Archive {
	t.Helper()
	w := witnessOf(t, s, taken)
	told := &txtar.Archive{Comment: story.Comment}
	n, seen := s.names(), map[gid.ID]bool{}
	s.happened(t, seen)
	who, request := "anonymous", ""
	var variables map[string]any
	for _, part := range story.Files {
		switch part.Name {
		case "as":
			who = n.show(t, strings.TrimSpace(string(part.Data)))
			told.Files = append(told.Files, part)
		case "variables":
			told.Files = append(told.Files, part)
			variables = nil
			if err := json.Unmarshal([]byte(n.show(t, string(part.Data))), &variables); err != nil {
				t.Fatal(err)
			}
		case "wait": // and what falls due meanwhile is done
			told.Files = append(told.Files, part, s.waited(t, strings.TrimSpace(string(part.Data)), seen, n))
			w.sees(t, "", answer{})
		case "callback": // from a payment provider; (now) is the instant at which it is sent
			code := s.tell(t, n.show(t, strings.TrimSpace(string(part.Data))))
			told.Files = append(told.Files, part, txtar.File{Name: "response", Data: fmt.Appendf(nil, "%d\n", code)},
				txtar.File{Name: "events", Data: []byte(strings.Join(s.eventLines(t, seen, n), ""))})
			w.sees(t, "", answer{})
		case "request", "again":
			told.Files = append(told.Files, part)
			if part.Name == "request" {
				request = n.show(t, string(part.Data))
			}
			audited := s.audited(t)
			a := s.ask(t, who, request, variables)
			wroteAtMostOnce(t, request, a, s.audited(t)-audited)
			var pretty bytes.Buffer
			if err := json.Indent(&pretty, a.body, "", "  "); err != nil {
				t.Fatal(err)
			}
			w.sees(t, request, a)
			lines := s.eventLines(t, seen, n)
			if _, err := s.worker.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
			w.sees(t, "", answer{})
			lines = append(lines, s.eventLines(t, seen, n)...)
			response := n.hide(strings.TrimSpace(pretty.String())) + "\n"
			told.Files = append(told.Files,
				txtar.File{Name: "response", Data: []byte(response)},
				txtar.File{Name: "events", Data: []byte(strings.Join(lines, ""))})
		case "response", "events":
		default:
			t.Fatalf("a story has no part %q", part.Name)
		}
	}
	return told
}

// waited lets time pass and tells what fell due.
func (s *site) waited(t *testing.T, span string, seen map[gid.ID]bool, n *names) txtar.File {
	t.Helper()
	d, err := calendar.ParseDuration(span)
	if err != nil {
		t.Fatal(err)
	}
	s.wait(time.Duration(d))
	if _, err := s.worker.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	return txtar.File{Name: "events", Data: []byte(strings.Join(s.eventLines(t, seen, n), ""))}
}

// audited counts the changes that were asked for. Every one leaves a row; so does
// what an issuer's word changes when somebody signs in.
func (s *site) audited(t *testing.T) int {
	t.Helper()
	ctx := viewer.With(t.Context(), viewer.System("a test counts what was changed"))
	n, err := s.db.Read.AuditEntry.Query().Where(auditentry.OutcomeEQ(auditentry.OutcomeDone), auditentry.VerbNEQ("signIn")).Count(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// wroteAtMostOnce: what is asked, refused or repeated changes nothing, and what
// is done is one change.
func wroteAtMostOnce(t *testing.T, request string, a answer, changes int) {
	t.Helper()
	done, isKnown := doneBy(request, a)
	if isKnown && changes != len(done) {
		t.Errorf("%d changes were made, want %d: %.300s", changes, len(done), a.body)
	}
}

// doneBy are the mutations that a request did, of the first time it was sent;
// not known where the answer has not the shape of a mutation's.
func doneBy(request string, a answer) (done []string, isKnown bool) {
	var data map[string]*struct{ UserErrors *[]json.RawMessage }
	if json.Unmarshal(a.Data, &data) != nil {
		return nil, false
	}
	if bytes.Contains(a.Extensions, []byte(`"replayed":true`)) || !strings.HasPrefix(strings.TrimSpace(request), "mutation") {
		return nil, true
	}
	for field, payload := range data {
		if payload != nil && payload.UserErrors != nil && len(*payload.UserErrors) == 0 {
			done = append(done, field)
		}
	}
	return done, true
}

// eventLines say what happened, to what, and who heard of it.
func (s *site) eventLines(t *testing.T, seen map[gid.ID]bool, n *names) []string {
	t.Helper()
	ctx := viewer.With(t.Context(), viewer.System("a test looks at who heard"))
	var lines []string
	for _, e := range s.happened(t, seen) {
		heard, err := s.db.Read.FeedEntry.Query().Where(feedentry.EventID(e.ID)).Order(ent.Asc(feedentry.FieldPartyID)).All(ctx)
		if err != nil {
			t.Fatal(err)
		}
		line := e.Kind + " " + n.hide(e.SubjectID.String()) + " →"
		for _, f := range heard {
			line += " " + n.hide(f.PartyID.String())
		}
		lines = append(lines, line+"\n")
	}
	return lines
}

// difference shows the first line on which two texts part, with what is around it.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		if i < len(w) && i < len(g) && w[i] == g[i] {
			continue
		}
		return fmt.Sprintf("line %d\nwant:\n%s\ngot:\n%s", i+1, around(w, i), around(g, i))
	}
	return ""
}

func around(lines []string, i int) string {
	return strings.Join(lines[max(0, min(i-4, len(lines))):min(i+8, len(lines))], "\n")
}
