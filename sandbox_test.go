package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// sandbox is one as its owner sees it.
type sandbox struct {
	ID          string
	Status      string
	Now         time.Time
	DueJobCount int
	People      []struct{ Name, Email, Role, OrganizationName, AccessToken string }
	ViewerCan   struct {
		AdvanceClock, Close struct{ Allowed bool }
	}
}

const sandboxFields = `{ sandbox { id status now dueJobCount people { name email role organizationName accessToken } viewerCan { advanceClock { allowed } close { allowed } } } userErrors { code message path } }`

// changed asks for a change of a sandbox and reads what it answers.
func (s *site) changed(t *testing.T, who, verb, input string, key int) (sandbox, string) {
	t.Helper()
	a := s.ask(t, who, fmt.Sprintf(`mutation { %s(input: {%s}) @idempotent(key: "%s-%d") %s }`, verb, input, verb, key, sandboxFields), nil)
	var data map[string]struct {
		Sandbox    sandbox
		UserErrors []struct{ Code, Message string }
	}
	if err := json.Unmarshal(a.Data, &data); err != nil || a.Errors != nil {
		return sandbox{}, string(a.body)
	}
	if errors := data[verb].UserErrors; len(errors) > 0 {
		return sandbox{}, errors[0].Code
	}
	return data[verb].Sandbox, ""
}

// within lets somebody of a sandbox be asked for by their first name and a mark.
func (s *site) within(box sandbox, mark string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range box.People {
		s.tokens[strings.ToLower(strings.Fields(p.Name)[0])+mark] = p.AccessToken
	}
}

// BE-12 of the mission: a wait of fourteen days is tested in a second, in a
// world that no other meets.
func TestASandboxIsAWorldOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			box, failed := s.changed(t, "stranger", "openSandbox", `name: "Ours"`, 1)
			if failed != "" || box.Status != "OPEN" || box.DueJobCount != 0 || len(box.People) != 24 {
				t.Fatalf("the sandbox is not open: %s %+v", failed, box)
			}
			if !box.ViewerCan.AdvanceClock.Allowed || !box.ViewerCan.Close.Allowed {
				t.Errorf("its owner can do nothing with it: %+v", box.ViewerCan)
			}
			if ahead := box.Now.Sub(s.clock()); ahead > time.Minute || ahead < -time.Minute {
				t.Errorf("its clock is %s off when it opens", ahead)
			}
			s.within(box, "+")
			t.Run("its people act in it", func(t *testing.T) { actsInside(t, s) })
			t.Run("nobody else sees it", func(t *testing.T) { staysInside(t, s, box) })
			t.Run("its clock is moved", func(t *testing.T) { waitsFourteenDays(t, s, box) })
			t.Run("its clock is moved far", func(t *testing.T) { stopsAtEachTimer(t, s) })
			t.Run("there are three at most", func(t *testing.T) { atMostThree(t, s, box) })
		})
	}
}

const waiting = `{ deliverables(first: 50, filter: {status: [SUBMITTED]}) { nodes { id status } } listings(first: 50) { nodes { id title } } viewer { kind organization { __typename } } }`

// actsInside: the sandbox's supervisor has the same work to decide on as the
// demo's, and the two are not the same rows.
func actsInside(t *testing.T, s *site) {
	inside, outside := s.ask(t, "bea+", waiting, nil), s.ask(t, "bea", waiting, nil)
	if inside.Errors != nil || strings.Count(string(inside.Data), "dlv_") != strings.Count(string(outside.Data), "dlv_") ||
		!strings.Contains(string(inside.Data), "dlv_") {
		t.Errorf("inside: %.400s\noutside: %.400s", inside.body, outside.body)
	}
	if strings.Count(string(inside.Data), "lst_") == 0 {
		t.Errorf("a sandbox has no listings: %.400s", inside.body)
	}
	for word := range strings.FieldsSeq(strings.ReplaceAll(string(inside.Data), `"`, " ")) {
		if strings.Contains(word, "_") && len(word) == 30 && strings.Contains(string(outside.Data), word) {
			t.Errorf("%s is in both worlds", word)
		}
	}
	newcomer := s.ask(t, "noor+", `mutation { registerEmployer(input: {name: "Noor's"}) { employer { id name } userErrors { message } } }`, nil)
	if !strings.Contains(string(newcomer.Data), "emp_") {
		t.Errorf("a sandbox's newcomer cannot register an employer: %.400s", newcomer.body)
	}
	if seen := s.ask(t, "olga", `{ employers(first: 50) { nodes { name } } }`, nil); strings.Contains(string(seen.Data), "Noor") {
		t.Error("the live world's operator sees a sandbox's employer")
	}
}

// staysInside: to all but its owner and its people a sandbox is not there.
func staysInside(t *testing.T, s *site, box sandbox) {
	byID := fmt.Sprintf(`{ sandbox(id: "%[1]s") { id people { accessToken } } node(id: "%[1]s") { id } }`, box.ID)
	for _, who := range []string{"ada", "olga", "newcomer from elsewhere"} {
		a := s.ask(t, who, byID, nil)
		if strings.Contains(string(a.Data), box.ID) || strings.Contains(string(a.Data), "accessToken") {
			t.Errorf("%s sees it: %s", who, a.Data)
		}
		for verb, input := range map[string]string{"advanceSandboxClock": `by: "P1D"`, "closeSandbox": ""} {
			if _, failed := s.changed(t, who, verb, fmt.Sprintf(`sandboxId: "%s" %s`, box.ID, input), 1); failed != "NOT_FOUND" {
				t.Errorf("%s by %s: %s", verb, who, failed)
			}
		}
	}
	if a := s.ask(t, "anonymous", byID, nil); strings.Contains(string(a.Data), box.ID) {
		t.Errorf("the anonymous see it: %s", a.Data)
	}
	// One of its people may move its clock, and has nobody's tokens.
	if a := s.ask(t, "bea+", byID, nil); !strings.Contains(string(a.Data), box.ID) || strings.Contains(string(a.Data), "accessToken") {
		t.Errorf("one of its people: %s", a.Data)
	}
	if _, failed := s.changed(t, "bea+", "openSandbox", "", 1); !strings.Contains(failed, "NOT_PERMITTED") {
		t.Errorf("a sandbox was opened from a sandbox: %s", failed)
	}
}

// waitsFourteenDays: what nobody decided on is accepted, and the talent is paid.
func waitsFourteenDays(t *testing.T, s *site, box sandbox) {
	for input, want := range map[string]string{`by: "PT0S"`: "INVALID_VALUE", `by: "P401D"`: "INVALID_VALUE"} {
		if _, failed := s.changed(t, "stranger", "advanceSandboxClock", fmt.Sprintf(`sandboxId: "%s" %s`, box.ID, input), len(input)*7); failed != want {
			t.Errorf("%s: %s, want %s", input, failed, want)
		}
	}
	live := s.ask(t, "bea", waiting, nil)
	input := fmt.Sprintf(`sandboxId: "%s" by: "P14D"`, box.ID)
	moved, failed := s.changed(t, "stranger", "advanceSandboxClock", input, 2)
	if failed != "" || moved.DueJobCount != 0 {
		t.Fatalf("the clock was not moved: %s %+v", failed, moved)
	}
	if by := moved.Now.Sub(box.Now); by < 14*24*time.Hour || by > 14*24*time.Hour+time.Hour {
		t.Errorf("the clock moved by %s", by)
	}
	if again, _ := s.changed(t, "stranger", "advanceSandboxClock", input, 2); again.Now.Sub(moved.Now) > time.Hour {
		t.Error("the same request moved it again")
	}
	if after := s.ask(t, "bea+", waiting, nil); strings.Contains(string(after.Data), "dlv_") {
		t.Errorf("work still waits for a decision: %s", after.Data)
	}
	if after := s.ask(t, "bea", waiting, nil); string(after.Data) != string(live.Data) {
		t.Errorf("the live world moved as well: %s", after.Data)
	}
}

// stopsAtEachTimer: what falls due on the way happens when it falls due, and so
// does what follows from it, however far the clock is moved at once.
func stopsAtEachTimer(t *testing.T, s *site) {
	box, failed := s.changed(t, "newcomer", "openSandbox", "", 1)
	if failed != "" {
		t.Fatal(failed)
	}
	s.within(box, "*")
	read := func() (seen struct{ Deliverables, Engagements struct{ Nodes []timed } }) {
		a := s.ask(t, "bea*", `{
			deliverables(first: 50) { nodes { id status decideBy acceptedAt } }
			engagements(first: 50) { nodes { id status handInBy incompleteAt } }
		}`, nil)
		if err := json.Unmarshal(a.Data, &seen); err != nil || a.Errors != nil {
			t.Fatalf("%v: %s", err, a.body)
		}
		return seen
	}
	before := read()
	if _, failed := s.changed(t, "newcomer", "advanceSandboxClock", fmt.Sprintf(`sandboxId: "%s" by: "P90D"`, box.ID), 2); failed != "" {
		t.Fatal(failed)
	}
	after := read()
	accepted, missed := 0, 0
	for i, d := range before.Deliverables.Nodes {
		if now := after.Deliverables.Nodes[i]; d.Status == "SUBMITTED" {
			accepted++
			if now.ID != d.ID || now.AcceptedAt == nil || !now.AcceptedAt.Equal(*d.DecideBy) {
				t.Errorf("%+v became %+v", d, now)
			}
		}
	}
	for i, e := range before.Engagements.Nodes {
		if now := after.Engagements.Nodes[i]; e.Status == "ACTIVE" {
			missed++
			if now.ID != e.ID || now.IncompleteAt == nil || !now.IncompleteAt.Equal(*e.HandInBy) {
				t.Errorf("%+v became %+v", e, now)
			}
		}
	}
	if accepted == 0 || missed == 0 {
		t.Errorf("%d deliverables were accepted and the end of %d engagements missed", accepted, missed)
	}
}

// timed is something that a clock ends.
type timed struct {
	ID, Status                                   string
	DecideBy, AcceptedAt, HandInBy, IncompleteAt *time.Time
}

// atMostThree: a fourth is refused until one is closed, and a closed one lets
// nobody in.
func atMostThree(t *testing.T, s *site, box sandbox) {
	for n := range 2 {
		another, failed := s.changed(t, "stranger", "openSandbox", "", 10+n)
		if failed != "" {
			t.Fatal(failed)
		}
		tenYearsAhead(t, s, another, n)
	}
	if _, failed := s.changed(t, "stranger", "openSandbox", "", 20); failed != "LIMIT_REACHED" {
		t.Errorf("a fourth: %s", failed)
	}
	closed, failed := s.changed(t, "stranger", "closeSandbox", fmt.Sprintf(`sandboxId: "%s"`, box.ID), 1)
	if failed != "" || closed.Status != "CLOSED" || len(closed.People) != 0 || closed.ViewerCan.AdvanceClock.Allowed || closed.ViewerCan.Close.Allowed {
		t.Fatalf("it was not closed: %s %+v", failed, closed)
	}
	if a := s.ask(t, "bea+", `{ viewer { kind } }`, nil); !strings.Contains(string(a.Errors), "UNAUTHENTICATED") {
		t.Errorf("a closed sandbox lets its people in: %s", a.body)
	}
	if _, failed := s.changed(t, "stranger", "advanceSandboxClock", fmt.Sprintf(`sandboxId: "%s" by: "P1D"`, box.ID), 3); failed != "ILLEGAL_TRANSITION" {
		t.Errorf("a closed sandbox's clock: %s", failed)
	}
	if _, failed := s.changed(t, "stranger", "openSandbox", "", 21); failed != "" {
		t.Errorf("after closing one: %s", failed)
	}
}

// tenYearsAhead: a clock that has nearly got there is moved no further.
func tenYearsAhead(t *testing.T, s *site, box sandbox, key int) {
	t.Helper()
	id, err := gid.Parse(box.ID)
	if err != nil {
		t.Fatal(err)
	}
	turnTo := func(offset time.Duration) {
		_, err := s.db.Engine().Write.ExecContext(t.Context(), "UPDATE worlds SET clock_offset_ms = $1 WHERE id = $2", offset.Milliseconds(), id)
		if err != nil {
			t.Fatal(err)
		}
	}
	turnTo(3640 * 24 * time.Hour)
	if _, failed := s.changed(t, "stranger", "advanceSandboxClock", fmt.Sprintf(`sandboxId: "%s" by: "P20D"`, box.ID), 30+key); failed != "LIMIT_REACHED" {
		t.Errorf("ten years and some days ahead: %s", failed)
	}
	turnTo(0)
}
