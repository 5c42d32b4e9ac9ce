//go:build !race

package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// openOffices are the institutions that have a life: most are only listed.
const openOffices = " UNION ALL SELECT 'Institution', id, status, revision FROM institutions WHERE status = 'OPEN'"

const (
	walks     = 100 // of a short proof
	walkSteps = 100
	soakWalks = 10 * walks
)

// TestSoakModel walks at random through every state machine over HTTP. After
// each step no row has moved but as its table says, viewerCan has told the truth
// before it, and the ledger sums to zero. In the end the walks together have
// taken the transitions that the moves can take. Under the race detector it
// would take half an hour: .ci/test runs it without.
func TestSoakModel(t *testing.T) {
	n := walks
	if os.Getenv("RUNG_SOAK") != "" {
		n = soakWalks
	}
	if f := flag.Lookup("rapid.checks"); f != nil && f.Value.String() != f.DefValue {
		t.Log("as many walks as the flag says")
	} else if err := flag.Set("rapid.checks", fmt.Sprint(n)); err != nil {
		t.Fatal(err)
	}
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			taken := &coverage{seen: map[string]int{}, answers: map[string]map[string]int{}}
			rapid.Check(t, func(rt *rapid.T) {
				w := newWalk(t, rt, engineName, taken)
				defer func() { _ = w.db.Close() }()
				for range walkSteps {
					w.step()
				}
			})
			taken.report(t)
		})
	}
}

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
	c.Lock()
	defer c.Unlock()
	all, untaken := 0, []string{}
	for _, l := range lives() {
		for _, s := range l.steps {
			for _, from := range s.from {
				all++
				if key := fmt.Sprintf("%s %s: %s", l.noun, from, s.name); c.seen[key] == 0 {
					untaken = append(untaken, key)
				}
			}
		}
	}
	t.Logf("%d steps, %d of %d transitions taken", c.steps, all-len(untaken), all)
	for _, verb := range slices.Sorted(maps.Keys(c.answers)) {
		t.Logf("%s: %v", verb, c.answers[verb])
	}
	for _, key := range untaken {
		t.Logf("not taken: %s", key)
	}
}

// stroll is one way through a world of its own.
type stroll struct {
	*site
	t     *testing.T
	rt    *rapid.T
	taken *coverage
	rows  map[string]map[gid.ID]row
	lives map[string]life
	// chance decides what one step does.
	chance *rand.Rand
}

func pick[T any](w *stroll, from []T) T { return from[w.chance.IntN(len(from))] }

// row is where a thing stands.
type row struct {
	status   string
	revision int
}

func newWalk(t *testing.T, rt *rapid.T, engineName string, taken *coverage) *stroll {
	w := &stroll{site: open(t, engineName), t: t, rt: rt, taken: taken, lives: map[string]life{}}
	for _, l := range lives() {
		w.lives[l.noun] = l
	}
	w.rows = w.look()
	return w
}

// everything reads where everything stands, in one statement.
var everything = func() string {
	var parts []string
	for _, noun := range slices.Sorted(maps.Keys(tables)) {
		parts = append(parts, fmt.Sprintf("SELECT '%s', id, status, revision FROM %s", noun, tables[noun]))
	}
	return strings.Join(parts, " UNION ALL ") + openOffices
}()

// look reads where everything stands, from the database itself.
func (w *stroll) look() map[string]map[gid.ID]row {
	all := map[string]map[gid.ID]row{}
	for noun := range tables {
		all[noun] = map[gid.ID]row{}
	}
	all["Institution"] = map[gid.ID]row{}
	rows, err := w.db.Engine().Read.QueryContext(w.t.Context(), everything)
	if err != nil {
		w.rt.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var noun string
		var id gid.ID
		var r row
		if err := rows.Scan(&noun, &id, &r.status, &r.revision); err != nil {
			w.rt.Fatal(err)
		}
		all[noun][id] = r
	}
	if err := rows.Err(); err != nil {
		w.rt.Fatal(err)
	}
	return all
}

// step takes one move, or lets time pass.
func (w *stroll) step() {
	w.taken.Lock()
	w.taken.steps++
	w.taken.Unlock()
	// rapid draws small numbers more often than large ones: a seed for each step
	// makes every move as likely as any other, and steps can still be left out.
	w.chance = rand.New(rand.NewPCG(rapid.Uint64().Draw(w.rt, "step"), 1))
	switch n := w.chance.IntN(100); {
	case n < 4:
		days := pick(w, []int{1, 1, 1, 3, 3, 8, 15, 31})
		w.wait(time.Duration(days) * 24 * time.Hour)
		w.settle("waiting", "", gid.None)
	case n < 14:
		w.sign()
	default:
		m := pick(w, moves)
		for range 4 { // what nothing is ready for is tried less often
			if len(w.fitting(m)) > 0 {
				break
			}
			m = pick(w, moves)
		}
		w.take(m)
	}
}

// settle does what is due, and judges what moved by it and by a verb before it.
func (w *stroll) settle(after, verb string, acted gid.ID) {
	if _, err := w.worker.Drain(w.t.Context()); err != nil {
		w.rt.Fatal(err)
	}
	w.judge(after, verb, acted)
}

// take sends a move about some row, as somebody.
func (w *stroll) take(m move) {
	ids := slices.SortedFunc(maps.Keys(w.rows[m.noun]), gid.ID.Compare)
	if len(ids) == 0 {
		return
	}
	fit := w.fitting(m)
	if len(fit) > 0 && w.chance.IntN(10) < 8 {
		ids = fit
	}
	id := pick(w, ids)
	who := pick(w, m.by)
	if w.chance.IntN(10) < 8 {
		who = w.partyTo(m, id, who)
	}
	able := w.able(m, id, who)
	code := w.send(m, id, who)
	switch {
	case able == nil:
	case able.Allowed && code != "" && code != m.also:
		w.rt.Fatalf("%s may %s %s, and is refused: %s", who, m.verb, id, code)
	case !able.Allowed && code == "":
		w.rt.Fatalf("%s may not %s %s (%v), and it was done", who, m.verb, id, able.Reasons)
	case !able.Allowed && len(able.Reasons) > 0 && code != able.Reasons[0].Code && code != "INSUFFICIENT_SCOPE":
		w.rt.Fatalf("%s hears of %s %s in viewerCan %s, and then %s", who, m.verb, id, able.Reasons[0].Code, code)
	}
	w.taken.answered(m.verb, code)
	verb := m.verb
	if code != "" {
		verb = ""
	}
	w.settle(who+" "+m.verb, verb, id)
}

// fitting are the rows whose status allows the move.
func (w *stroll) fitting(m move) []gid.ID {
	ids := slices.SortedFunc(maps.Keys(w.rows[m.noun]), gid.ID.Compare)
	return slices.DeleteFunc(ids, func(id gid.ID) bool { return !w.fits(m, w.rows[m.noun][id].status) })
}

func (w *stroll) fits(m move, status string) bool {
	for _, s := range w.lives[m.noun].steps {
		if s.name == m.verb && slices.Contains(s.from, status) {
			return true
		}
	}
	return !slices.ContainsFunc(w.lives[m.noun].steps, func(s step) bool { return s.name == m.verb })
}

// partyTo is somebody of a row's own parties whom the move is for, else who was
// drawn.
func (w *stroll) partyTo(m move, id gid.ID, drawn string) string {
	parties := w.parties(m.noun, id)
	for _, who := range m.by {
		if p := w.world.People[who]; slices.Contains(parties, p.Organization) || slices.Contains(parties, w.world.IDs[who]) {
			return who
		}
	}
	return drawn
}

// parties are the organisations and the talent that a row names.
func (w *stroll) parties(noun string, id gid.ID) []gid.ID {
	columns := map[string]string{
		"InstitutionLink": "employer_org_id, institution_id", "Affiliation": "talent_id, institution_id", "MicroProject": "employer_org_id",
		"PostingRequest": "employer_org_id, body_id", "Strike": "talent_id", "Institution": "id", "Employer": "id",
	}[noun]
	if columns == "" && noun != "Flag" {
		columns = "employer_org_id, talent_id"
	}
	if columns == "" {
		return nil
	}
	found := make([]gid.ID, strings.Count(columns, ",")+1)
	into := make([]any, len(found))
	for i := range found {
		into[i] = &found[i]
	}
	err := w.db.Engine().Read.QueryRowContext(w.t.Context(), "SELECT "+columns+" FROM "+tableOf(noun)+" WHERE id = $1", id).Scan(into...)
	if err != nil {
		w.rt.Fatal(err)
	}
	return found
}

func tableOf(noun string) string {
	if noun == "Institution" {
		return "institutions"
	}
	return tables[noun]
}

type ability struct {
	Allowed bool
	Reasons []struct{ Code string }
}

// able is what viewerCan says of a move, or nil where it says nothing or the
// row cannot be seen.
func (w *stroll) able(m move, id gid.ID, who string) *ability {
	if m.ability == "" {
		return nil
	}
	a := w.ask(w.t, who, fmt.Sprintf(`{ node(id: "%s") { ... on %s { status viewerCan { %s { allowed reasons { code } } } } } }`, id, m.noun, m.ability), nil)
	var data struct {
		Node *struct {
			Status    string
			ViewerCan map[string]*ability
		}
	}
	if err := json.Unmarshal(a.Data, &data); err != nil || a.Errors != nil {
		w.rt.Fatalf("%s asks about %s: %s", who, id, a.body)
	}
	if data.Node == nil {
		return nil
	}
	if at := w.rows[m.noun][id].status; data.Node.Status != at {
		w.rt.Fatalf("%s is %s, and the API says %s", id, at, data.Node.Status)
	}
	return data.Node.ViewerCan[m.ability]
}

// send asks for the move, and returns the code of what kept it from happening.
func (w *stroll) send(m move, id gid.ID, who string) string {
	input := fmt.Sprintf("%s: %q", m.id, id)
	if !m.free {
		input += fmt.Sprintf(", expectedRevision: %d", w.rows[m.noun][id].revision)
	}
	if m.rest != "" {
		today := w.clock()
		input += ", " + strings.NewReplacer("{today}", today.Format(time.DateOnly), "{now}", today.AddDate(0, 0, 1).Format(time.DateOnly),
			"{soon}", today.AddDate(0, 0, 3).Format(time.DateOnly), "{later}", today.AddDate(0, 0, 15).Format(time.DateOnly)).Replace(m.rest)
	}
	return w.mutate(m.verb, input, who)
}

func (w *stroll) mutate(verb, input, who string) string {
	w.mu.Lock()
	key := fmt.Sprintf("walk-%d", w.asked)
	w.mu.Unlock()
	a := w.ask(w.t, who, fmt.Sprintf(`mutation { %s(input: {%s}) @idempotent(key: "%s") { userErrors { code message } } }`, verb, input, key), nil)
	var data map[string]*struct {
		UserErrors []struct{ Code, Message string }
	}
	var errors []struct{ Extensions struct{ Code string } }
	if a.Errors != nil {
		if err := json.Unmarshal(a.Errors, &errors); err != nil || len(errors) == 0 || errors[0].Extensions.Code != "INSUFFICIENT_SCOPE" {
			w.rt.Fatalf("%s %ss %s: %s", who, verb, input, a.body)
		}
		return "INSUFFICIENT_SCOPE"
	}
	if err := json.Unmarshal(a.Data, &data); err != nil || data[verb] == nil {
		w.rt.Fatalf("%s %ss %s: %s", who, verb, input, a.body)
	}
	if list := data[verb].UserErrors; len(list) > 0 {
		return list[0].Code
	}
	return ""
}

// sign lets both sides sign everything that an accepted offer needs.
func (w *stroll) sign() {
	var accepted []gid.ID
	for id, r := range w.rows["Offer"] {
		if r.status == "ACCEPTED" {
			accepted = append(accepted, id)
		}
	}
	if len(accepted) == 0 {
		return
	}
	slices.SortFunc(accepted, gid.ID.Compare)
	offer := pick(w, accepted)
	parties := w.parties("Offer", offer)
	for _, who := range slices.Concat(writers, seekers) {
		p := w.world.People[who]
		if !slices.Contains(parties, p.Organization) && !slices.Contains(parties, w.talentOf(who)) {
			continue
		}
		a := w.ask(w.t, who, fmt.Sprintf(`{ offer(id: "%s") { agreements { id textHash revision } } }`, offer), nil)
		var data struct {
			Offer *struct {
				Agreements []struct {
					ID, TextHash string
					Revision     int
				}
			}
		}
		if err := json.Unmarshal(a.Data, &data); err != nil || data.Offer == nil {
			continue
		}
		for _, d := range data.Offer.Agreements {
			w.mutate("signAgreement", fmt.Sprintf("agreementId: %q, expectedRevision: %d, textHash: %q", d.ID, d.Revision, d.TextHash), who)
		}
	}
	w.settle("signatures", "signAgreement", offer)
}

func (w *stroll) talentOf(who string) gid.ID {
	ctx := viewer.With(w.t.Context(), viewer.System("a test finds a talent"))
	id, err := w.db.Read.TalentProfile.Query().Where(talentprofile.ID(w.world.IDs[who])).OnlyID(ctx)
	if err != nil {
		return gid.None
	}
	return id
}

// judge holds what moved against the tables, and the ledger against zero.
func (w *stroll) judge(after, verb string, acted gid.ID) {
	now := w.look()
	for noun, rows := range now {
		for id, r := range rows {
			before, was := w.rows[noun][id]
			switch {
			case was && before == r:
			case was && before.status == r.status:
				w.note(noun, before.status, verb, id == acted)
			case was && !w.leads(noun, before.status, r.status, 4):
				w.rt.Fatalf("after %s the %s %s is %s, which was %s", after, noun, id, r.status, before.status)
			case was:
				w.noteWay(noun, before.status, r.status, verb, id == acted)
			}
		}
	}
	w.rows = now
	var sum int64
	err := w.db.Engine().Read.QueryRowContext(w.t.Context(), "SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_entries").Scan(&sum)
	if err != nil || sum != 0 {
		w.rt.Fatalf("after %s the ledger sums to %d, %v", after, sum, err)
	}
}

// leads reports whether some rows of a table lead from one status to another.
func (w *stroll) leads(noun, from, to string, most int) bool {
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

func (w *stroll) note(noun, from, verb string, acted bool) {
	if !acted || verb == "" {
		return
	}
	w.taken.Lock()
	defer w.taken.Unlock()
	w.taken.seen[fmt.Sprintf("%s %s: %s", noun, from, verb)]++
}

// noteWay takes down by which rows a thing moved: the verb's own, or Rung's.
func (w *stroll) noteWay(noun, from, to, verb string, acted bool) {
	w.taken.Lock()
	defer w.taken.Unlock()
	for _, s := range w.lives[noun].steps {
		if !slices.Contains(s.from, from) || s.to != to {
			continue
		}
		if own := acted && s.name == verb; own || !acted || verb == "" || slices.Contains(s.by, "Rung") {
			w.taken.seen[fmt.Sprintf("%s %s: %s", noun, from, s.name)]++
		}
	}
}
