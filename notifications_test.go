package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/store/storetest"
)

// unread are the ids of what somebody has not read, the latest first.
func (s *site) unread(t *testing.T, who string) []string {
	t.Helper()
	a := s.ask(t, who, `{ notifications(first: 100, filter: {isUnread: true}) { nodes { id } } }`, nil)
	var data struct {
		Notifications struct{ Nodes []struct{ ID string } }
	}
	if err := json.Unmarshal(a.Data, &data); err != nil || a.Errors != nil {
		t.Fatalf("%s: %s", who, a.body)
	}
	ids := []string{}
	for _, n := range data.Notifications.Nodes {
		ids = append(ids, n.ID)
	}
	return ids
}

// TestNotifications: people are told once of what others did, in the part that
// it concerns, and mark their own.
func TestNotifications(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			before := map[string]int{}
			crowd := []string{"ada", "bea", "remy", "sol", "hugo", "grace", "vera", "olga"}
			for _, who := range crowd {
				before[who] = len(s.unread(t, who))
			}
			a := s.ask(t, "ada", fmt.Sprintf(`mutation { applyToMicroProject(input: {microProjectId: "%s", note: "I would like to do this one."}) @idempotent(key: "n") { application { id } userErrors { message } } }`, s.world.IDs["project-open"]), nil)
			if !strings.Contains(string(a.Data), "app_") {
				t.Fatalf("%s", a.body)
			}
			for _, who := range crowd {
				want := 0
				if who == "bea" || who == "remy" { // the owner and the recruiter
					want = 1
				}
				if got := len(s.unread(t, who)) - before[who]; got != want {
					t.Errorf("%s is told %d times, want %d", who, got, want)
				}
			}
			marksTheirOwn(t, s)
		})
	}
}

func marksTheirOwn(t *testing.T, s *site) {
	own := s.unread(t, "bea")
	mark := fmt.Sprintf(`mutation { markNotificationsRead(input: {notificationIds: ["%s", "%s"]}) { notifications { id readAt } userErrors { code path } } }`, own[1], own[0])
	for _, who := range []string{"remy", "ada", "hugo", "stranger"} {
		if a := s.ask(t, who, mark, nil); strings.Contains(string(a.Data), "readAt") {
			t.Errorf("%s marks another's: %s", who, a.Data)
		}
		if a := s.ask(t, who, fmt.Sprintf(`{ node(id: "%s") { id } }`, own[0]), nil); !strings.Contains(string(a.Data), "null") {
			t.Errorf("%s sees another's: %s", who, a.Data)
		}
	}
	a := s.ask(t, "bea", mark, nil)
	first, second := strings.Index(string(a.Data), own[1]), strings.Index(string(a.Data), own[0])
	if first < 0 || second < first || len(s.unread(t, "bea")) != len(own)-2 {
		t.Errorf("marked: %s", a.Data)
	}
	if again := s.ask(t, "bea", mark, nil); string(again.Data) != string(a.Data) {
		t.Errorf("what was read is read anew: %s", again.Data)
	}
}
