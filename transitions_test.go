package main

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rung-dev/rung/internal/gid"
)

// standing says how the nouns stand that keep no plain status: most institutions
// are only listed, and none is looked at before it opens; a talent is deactivated
// or not; the live world is no sandbox.
var standing = map[string]string{
	"Institution": "SELECT 'Institution', id, status, revision FROM institutions WHERE status = 'OPEN' AND world_id IN (SELECT id FROM worlds)", // by its index

	"TalentProfile": "SELECT 'TalentProfile', id, CASE WHEN deactivated_at IS NULL THEN 'ACTIVE' ELSE 'DEACTIVATED' END, revision FROM talent_profiles",
	"Sandbox":       "SELECT 'Sandbox', id, status, 1 FROM worlds WHERE kind = 'SANDBOX'",
}

// How far the model walks on each engine, over all state tables together: the tour
// comes on top, which is the same each time and ends when it has been everywhere.
const (
	walks          = 80
	walkSteps      = 100
	leastSteps     = 10_000
	soakWalks      = 1000
	leastSoakSteps = 100_000
	mostTours      = 30
)

// beginnings are the statuses in which a noun is before anybody looks at it.
var beginnings = map[string]string{"Institution": "LISTED", "Sandbox": "OPENING"}

// coverage counts the transitions that walks have taken.
type coverage struct {
	sync.Mutex
	seen    map[string]int
	answers map[string]map[string]int
	steps   int
}

// answered counts how a move was answered.
func (c *coverage) answered(verb, code string) {
	c.Lock()
	defer c.Unlock()
	if code == "" {
		code = "done"
	}
	if c.answers[verb] == nil {
		c.answers[verb] = map[string]int{}
	}
	c.answers[verb][code]++
}

func (c *coverage) report(t *testing.T) {
	t.Helper()
	left, all := c.untaken()
	t.Logf("%d steps, %d of %d transitions taken", c.steps, all-len(left), all)
	for _, verb := range slices.Sorted(maps.Keys(c.answers)) {
		t.Logf("%s: %v", verb, c.answers[verb])
	}
	for _, key := range left {
		t.Logf("not taken: %s", key)
	}
}

// row is where a thing stands.
type row struct {
	status   string
	revision int
}

// everything reads where everything stands, in one statement.
var everything = func() string {
	var parts []string
	for _, l := range lives() {
		parts = append(parts, cmp.Or(standing[l.noun], fmt.Sprintf("SELECT '%s', id, status, revision FROM %s", l.noun, tableOf(l.noun))))
	}
	return strings.Join(parts, " UNION ALL ")
}()

// tableOf is the table that holds a type's rows.
func tableOf(kind string) string {
	switch kind {
	case "Person":
		return "people"
	case "Sandbox":
		return "worlds"
	case "MicroProjectTemplate":
		return "project_templates"
	case "Reference":
		return "talent_references"
	case "Demographics":
		return "demographics"
	}
	var b strings.Builder
	for i, r := range kind {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	name := strings.ToLower(b.String())
	if stem, ok := strings.CutSuffix(name, "y"); ok {
		return stem + "ies"
	}
	if strings.HasSuffix(name, "s") {
		return name + "es"
	}
	return name + "s"
}

// witness watches a world: what stands where, and by which rows of the state
// tables it got there.
type witness struct {
	*site
	taken *coverage
	lives map[string]life
	rows  map[string]map[gid.ID]row
	heard map[gid.ID]bool // events
}

func witnessOf(t testing.TB, s *site, taken *coverage) *witness {
	t.Helper()
	w := &witness{site: s, taken: taken, lives: map[string]life{}, heard: map[gid.ID]bool{}}
	for _, l := range lives() {
		w.lives[l.noun] = l
	}
	if err := w.observe(t, "the beginning", nil, nil); err != nil {
		t.Fatal(err)
	}
	return w
}

// look reads where everything stands, from the database itself.
func (w *witness) look(t testing.TB) (map[string]map[gid.ID]row, error) {
	all := map[string]map[gid.ID]row{}
	rows, err := w.db.Engine().Read.QueryContext(t.Context(), everything)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var noun string
		var id gid.ID
		var r row
		if err := rows.Scan(&noun, &id, &r.status, &r.revision); err != nil {
			return nil, err
		}
		if all[noun] == nil {
			all[noun] = map[gid.ID]row{}
		}
		all[noun][id] = r
	}
	return all, rows.Err()
}

// news are the kinds of what happened to each thing since the last look.
func (w *witness) news(t testing.TB) (map[gid.ID][]string, error) {
	rows, err := w.db.Engine().Read.QueryContext(t.Context(), "SELECT id, subject_id, kind FROM events")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	said := map[gid.ID][]string{}
	for rows.Next() {
		var id, subject gid.ID
		var kind string
		if err := rows.Scan(&id, &subject, &kind); err != nil {
			return nil, err
		}
		if !w.heard[id] {
			w.heard[id] = true
			said[subject] = append(said[subject], kind)
		}
	}
	return said, rows.Err()
}

// observe looks again after some verbs that were about some things, and refuses
// what has moved otherwise than its table says. It takes down the rows by which
// things moved.
func (w *witness) observe(t testing.TB, after string, verbs []string, about []gid.ID) error {
	now, err := w.look(t)
	if err != nil {
		return err
	}
	said, err := w.news(t)
	if err != nil {
		return err
	}
	for noun, rows := range now {
		for id, r := range rows {
			before, was := w.rows[noun][id]
			var own []string
			if slices.Contains(about, id) {
				own = verbs
			}
			if begins := beginnings[noun]; begins != "" && !was && w.rows != nil {
				before, was = row{status: begins}, true
			}
			touched := said[id]
			if before.revision != r.revision || len(touched) > 0 {
				touched = append(slices.Clone(touched), verbs...)
			}
			if was {
				w.stayed(noun, before.status, append(touched, own...))
			}
			if !was || before.status == r.status || w.went(noun, before.status, r.status, append(slices.Clone(said[id]), own...), 4) {
				continue
			}
			if !w.leads(noun, before.status, r.status, 4) {
				return fmt.Errorf("after %s the %s %s is %s, which was %s", after, noun, id, r.status, before.status)
			}
			w.wentSomehow(noun, before.status, r.status, own)
		}
	}
	w.rows = now
	return nil
}

// idIn finds ids in a text.
var idIn = regexp.MustCompile(`[a-z]{3}_[0-9a-z]{26}`)

// sees takes down what a story's request did, or what followed by itself.
func (w *witness) sees(t *testing.T, request string, a answer) {
	t.Helper()
	verbs, _ := doneBy(request, a)
	var about []gid.ID
	for _, text := range idIn.FindAllString(request, -1) {
		if id, err := gid.Parse(text); err == nil {
			about = append(about, id)
		}
	}
	if err := w.observe(t, strings.Join(verbs, " "), verbs, about); err != nil {
		t.Error(err)
	}
}

// stayed takes down what was done or told that leaves its row where it is.
func (w *witness) stayed(noun, status string, told []string) {
	for _, s := range w.lives[noun].steps {
		if (s.to == "" || s.to == status) && slices.Contains(told, s.name) && slices.Contains(s.from, status) {
			w.taken.note(noun, status, s.name)
		}
	}
}

// went takes down the rows of a table by which a thing went from one status to
// another, when each of them is among what was done and told.
func (w *witness) went(noun, from, to string, told []string, most int) bool {
	if from == to {
		return true
	}
	if most == 0 {
		return false
	}
	found := false
	for _, s := range w.lives[noun].steps {
		if s.to == "" || !slices.Contains(s.from, from) || !slices.Contains(told, s.name) {
			continue
		}
		left := slices.DeleteFunc(slices.Clone(told), func(name string) bool { return name == s.name })
		if w.went(noun, s.to, to, left, most-1) {
			w.taken.note(noun, from, s.name)
			found = true
		}
	}
	return found
}

// wentSomehow takes down by which one row of a table a thing may have moved: one
// of the verbs about it, what followed from those about others, or Rung's.
func (w *witness) wentSomehow(noun, from, to string, own []string) {
	for _, s := range w.lives[noun].steps {
		if slices.Contains(s.from, from) && s.to == to && (len(own) == 0 || slices.Contains(own, s.name) || slices.Contains(s.by, "Rung")) {
			w.taken.note(noun, from, s.name)
		}
	}
}

// leads reports whether some rows of a table lead from one status to another.
func (w *witness) leads(noun, from, to string, most int) bool {
	if from == to {
		return true
	}
	if most == 0 {
		return false
	}
	for _, s := range w.lives[noun].steps {
		if s.to != "" && slices.Contains(s.from, from) && w.leads(noun, s.to, to, most-1) {
			return true
		}
	}
	return false
}

// keyOf names one row of a state table from one of its statuses.
func keyOf(noun, from, step string) string { return noun + " " + from + ": " + step }

func (c *coverage) note(noun, from, step string) {
	c.Lock()
	defer c.Unlock()
	c.seen[keyOf(noun, from, step)]++
}

func (c *coverage) has(noun, from, step string) bool {
	c.Lock()
	defer c.Unlock()
	return c.seen[keyOf(noun, from, step)] > 0
}

func (c *coverage) stepped() {
	c.Lock()
	defer c.Unlock()
	c.steps++
}

// untaken are the rows of the state tables that nothing took, and how many there
// are in all.
func (c *coverage) untaken() (left []string, all int) {
	c.Lock()
	defer c.Unlock()
	for _, l := range lives() {
		for _, s := range l.steps {
			for _, from := range s.from {
				all++
				key := keyOf(l.noun, from, s.name)
				if c.seen[key] == 0 && !slices.Contains(left, key) {
					left = append(left, key)
				}
			}
		}
	}
	return left, all
}
