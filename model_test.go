//go:build !race

package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// TestSoakModel walks at random through every state machine over HTTP. After
// each step no row has moved but as its table says, viewerCan has told the truth
// before it, and the ledger sums to zero. The retold stories, the routes and the tour,
// which go the same way each time, take every transition of every table between them
// before a walk begins: no draw decides whether the test passes. Under the race
// detector it would take half an hour: .ci/test runs it without.
func TestSoakModel(t *testing.T) {
	n, least := walks, leastSteps
	if os.Getenv("RUNG_SOAK") != "" {
		n, least = soakWalks, leastSoakSteps
	}
	if f := flag.Lookup("rapid.checks"); f != nil && f.Value.String() != f.DefValue {
		t.Log("as many walks as the flag says")
		least = 0
	} else if err := flag.Set("rapid.checks", fmt.Sprint(n)); err != nil {
		t.Fatal(err)
	}
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			taken := &coverage{seen: map[string]int{}, answers: map[string]map[string]int{}}
			hearTold(t, engineName, taken)
			follow(t, engineName, taken)
			tour(t, engineName, taken)
			if left, all := taken.untaken(); len(left) > 0 {
				t.Errorf("%d of %d transitions were taken; %q were not: add a route", all-len(left), all, left)
			}
			if t.Failed() {
				return // rapid does not walk in a failed test
			}
			rapid.Check(t, func(rt *rapid.T) {
				alone := &spell{TB: t}
				defer alone.end()
				w := newWalk(alone, rt, engineName, taken)
				for range walkSteps {
					// rapid draws small numbers more often than large ones: a seed for each
					// step makes every move as likely as any other, and steps can still be
					// left out.
					w.chance = rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "step"), 1))
					taken.stepped()
					w.draw()
				}
			})
			taken.report(t)
			if taken.steps < least {
				t.Errorf("%d steps were walked, want %d: raise walks", taken.steps, least)
			}
		})
	}
}

// retold are stories that go where no walk does: what two sides must do in turn, or
// what is about a thing that the walks do not make.
var retold = []string{
	"admit_to_funding_pool", "change_member_role", "choose_interview_slot", "clear_engagement", "close_funding_pool", "dismiss_from_funding_pool",
	"dismiss_message_report", "disputed_by_the_hour", "edit_an_approved_micro_project", "extend_application_window", "hours_that_nobody_decided_on",
	"invite_member", "invite_talent_to_apply", "issue_strike", "lift_strike", "open_institution", "pd_10_paid_by_milestones",
	"pd_10_paid_when_accepted", "pd_13_two_strikes_deactivate", "propose_dispute_resolution", "record_pool_deposit", "record_pool_withdrawal",
	"reinstate_talent", "request_employer_verification", "resolve_dispute", "revoke_member_invitation", "teamwork_is_handed_in_once",
	"uphold_message_report", "uphold_strike", "withdraw_posting_approval",
}

// hearTold follows the retold stories through the state tables.
func hearTold(t *testing.T, engineName string, taken *coverage) {
	t.Helper()
	for _, name := range retold {
		story, err := txtar.ParseFile("graph/testdata/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		s := open(t, engineName)
		s.retell(t, story, taken)
		_ = s.db.Close()
	}
}

// tour walks where nobody has been yet, until every row of every state table was
// taken. What it draws is fixed, so that it goes the same way each time.
func tour(t *testing.T, engineName string, taken *coverage) {
	t.Helper()
	for seed := range uint64(mostTours) {
		w := &stroll{witness: witnessOf(t, open(t, engineName), taken), t: t, rt: t, tried: map[string]bool{}}
		for n := range uint64(walkSteps) {
			w.chance = rand.New(rand.NewPCG(seed, n))
			taken.stepped()
			if w.chance.IntN(10) < 6 {
				w.goWhereNobodyWas()
			} else {
				w.draw()
			}
		}
		_ = w.db.Close()
		if left, _ := taken.untaken(); len(left) == 0 {
			return
		}
	}
}

// goWhereNobodyWas takes a move by a row of its table that nobody has taken.
func (w *stroll) goWhereNobodyWas() {
	w.tryOne(func(m move, status string) bool { return !w.taken.has(m.noun, status, m.verb) })
}

// failing is a test, or a check of rapid's.
type failing interface {
	Fatal(...any)
	Fatalf(string, ...any)
}

// stroll is one way through a world of its own.
type stroll struct {
	*witness
	t     testing.TB
	rt    failing
	tried map[string]bool // the moves of this walk, by the status they were tried from
	// chance decides what one step does.
	chance *rand.Rand
}

func pick[T any](w *stroll, from []T) T { return from[w.chance.IntN(len(from))] }

// spell is a part of a test that cleans up after itself: a thousand databases would
// fill the memory before the test ends.
type spell struct {
	testing.TB
	ends []func()
}

// Cleanup is done when the part ends.
func (s *spell) Cleanup(end func()) { s.ends = append(s.ends, end) }

func (s *spell) end() {
	for _, end := range slices.Backward(s.ends) {
		end()
	}
}

// TempDir is a folder that goes with the part.
func (s *spell) TempDir() string {
	folder, err := os.MkdirTemp("", "rung-walk-")
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

func newWalk(t testing.TB, rt *rapid.T, engineName string, taken *coverage) *stroll {
	return &stroll{witness: witnessOf(t, open(t, engineName), taken), t: t, rt: rt, tried: map[string]bool{}}
}

// draw takes one move, or lets time pass.
func (w *stroll) draw() {
	switch n := w.chance.IntN(100); {
	case n < 5:
		days := pick(w, []int{1, 1, 1, 3, 3, 8, 15, 31, 70, 400, 1900})
		w.wait(time.Duration(days) * 24 * time.Hour)
		w.settle("waiting", "", gid.None)
	case n < 12:
		w.sign()
	case n < 14:
		w.sendFile()
	case n < 16:
		w.hearOfPayout()
	case n < 18:
		w.publishText()
	case n < 55:
		w.tryAnother()
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

// tryAnother takes a move that this walk has not taken from such a status yet,
// so that a walk gets far rather than often.
func (w *stroll) tryAnother() {
	w.tryOne(func(m move, status string) bool {
		key := keyOf(m.noun, status, m.verb)
		isNew := !w.tried[key]
		w.tried[key] = true
		return isNew
	})
}

// tryOne takes one of the moves that are wanted and that some row is ready for.
func (w *stroll) tryOne(wanted func(m move, status string) bool) {
	type chance struct {
		move
		id gid.ID
	}
	for _, n := range w.chance.Perm(len(moves)) {
		m := moves[n]
		var fit []chance
		for _, id := range w.fitting(m) {
			if s := w.rows[m.noun][id].status; wanted(m, s) {
				fit = append(fit, chance{m, id})
			}
		}
		if len(fit) > 0 {
			c := pick(w, fit)
			w.takeOn(c.move, c.id)
			return
		}
	}
}

// sendFile announces a file and sends it, right or wrong or not at all.
func (w *stroll) sendFile() {
	who := pick(w, seekers)
	var id string
	switch w.chance.IntN(4) {
	case 0:
		w.announce(who, func([]byte) []byte { return nil })
		return
	case 1:
		id = w.announce(who, func(content []byte) []byte { return bytes.Repeat([]byte("x"), len(content)) })
	default:
		id = w.announce(who, nil)
	}
	if id != "" && w.chance.IntN(2) == 0 {
		w.change(w.t, who, "completeUpload", fmt.Sprintf("uploadId: %q", id))
		w.settle("a file that is complete", "completeUpload", w.idOf(id))
	}
}

// announce announces a file, sends it or what another makes of it, and returns
// its id, or none where it was refused. What is nothing is not sent.
func (w *stroll) announce(who string, another func([]byte) []byte) string {
	content := []byte(fmt.Sprintf("%%PDF-1.7 %d", len(w.heard)))
	a := w.change(w.t, who, "createUpload", fmt.Sprintf(`name: "work.pdf", contentType: "application/pdf", sizeBytes: %d, sha256: %q`, len(content), hashOf(content)))
	w.settle("a file", "", gid.None)
	if a.Upload == nil || a.Upload.Target == nil {
		return ""
	}
	if another != nil {
		content = another(content)
	}
	if content != nil {
		w.bytesOf(w.t, http.MethodPut, a.Upload.Target.URL, "application/pdf", bytes.NewReader(content))
		w.settle("a file's bytes", "", gid.None)
	}
	return a.Upload.ID
}

// publishText publishes a text of an employer's own, after the newest or not.
func (w *stroll) publishText() {
	kind := pick(w, []string{"IP_ASSIGNMENT", "NON_DISCLOSURE", "ADDITIONAL_TERMS"})
	rest := fmt.Sprintf(`kind: %s, title: "Our own", text: "A text that we have written ourselves.", expectedVersion: %d`, kind, w.chance.IntN(3))
	w.taken.answered("publishAgreementTemplate", w.mutate("publishAgreementTemplate", rest, pick(w, writers)))
	w.settle("a text of an employer's own", "publishAgreementTemplate", gid.None)
}

// hearOfPayout lets the provider tell of some payout: that it failed, or that it
// arrived after all. A payout that is sent once more is told of before it is sent.
func (w *stroll) hearOfPayout() {
	ids := slices.SortedFunc(maps.Keys(w.rows["PaymentRecord"]), gid.ID.Compare)
	ids = slices.DeleteFunc(ids, func(id gid.ID) bool {
		return !slices.Contains([]string{"PAID_OUT", "FAILED"}, w.rows["PaymentRecord"][id].status)
	})
	if len(ids) == 0 {
		return
	}
	id := pick(w, ids)
	at := w.rows["PaymentRecord"][id]
	if at.status == "FAILED" && w.chance.IntN(2) == 0 {
		code := w.mutate("retryPayment", fmt.Sprintf("paymentRecordId: %q, expectedRevision: %d", id, at.revision), "olga")
		w.taken.answered("retryPayment", code)
		w.judge("a retry", "retryPayment", id)
	}
	w.provider(pick(w, []string{"FAILED", "FAILED", "PAID_OUT"}), id)
}

// provider tells what became of the last payout of a record.
func (w *stroll) provider(state string, id gid.ID) {
	var attempt int
	err := w.db.Engine().Read.QueryRowContext(w.t.Context(), "SELECT payout_attempt FROM payment_records WHERE id = $1", id).Scan(&attempt)
	if err != nil {
		w.rt.Fatal(err)
	}
	code := w.tell(w.t, fmt.Sprintf(`{"id": "evt-%d", "payment": %q, "attempt": %d, "state": %q, "occurredAt": "(now)", "failure": "The account is closed."}`, len(w.heard), id, attempt, state))
	if code != http.StatusNoContent {
		w.rt.Fatalf("the provider tells of %s, and hears %d", id, code)
	}
	w.judge("a callback", "", gid.None)
	w.settle("after a callback", "", gid.None)
}

// idOf reads an id as the API writes it.
func (w *stroll) idOf(text string) gid.ID {
	id, err := gid.Parse(text)
	if err != nil {
		w.rt.Fatal(err)
	}
	return id
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
	w.takeOn(m, pick(w, ids))
}

// takeOn sends a move about a row, as somebody.
func (w *stroll) takeOn(m move, id gid.ID) {
	who := pick(w, m.by)
	if w.chance.IntN(10) < 8 {
		who = w.partyTo(m, id, who)
	}
	able := w.able(m, id, who)
	code := w.send(m, id, who)
	switch {
	case able == nil:
	case able.Allowed && code != "" && !slices.Contains(strings.Fields(m.also), code):
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
		"PostingRequest": "employer_org_id, body_id", "AgreementTemplate": "employer_org_id", "ApiClient": "owner_org_id", "ClientGrant": "tenant_org_id, owner_org_id",
		"OperatorAccess": "tenant_id", "Consent": "talent_id, recipient_id", "DirectoryNotice": "institution_id", "Strike": "talent_id", "PortfolioItem": "talent_id", "TalentProfile": "id", "FundingPool": "owner_org_id", "Institution": "id", "Employer": "id", "Sandbox": "owner_person_id",
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
	status := "status"
	if m.noun == "TalentProfile" { // its standing is not a field
		status = "__typename"
	}
	a := w.ask(w.t, who, fmt.Sprintf(`{ node(id: "%s") { ... on %s { %s viewerCan { %s { allowed reasons { code } } } } } }`, id, m.noun, status, m.ability), nil)
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
	if at := w.rows[m.noun][id].status; status == "status" && data.Node.Status != at {
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
		input += ", " + strings.ReplaceAll(w.dated(m.rest), "{fee}", w.feeOf(m, id))
	}
	return w.mutate(m.verb, input, who)
}

// feeOf is what the project of an application or an offer pays, where a move asks.
func (w *stroll) feeOf(m move, id gid.ID) string {
	if !strings.Contains(m.rest, "{fee}") {
		return ""
	}
	var minor int64
	err := w.db.Engine().Read.QueryRowContext(w.t.Context(),
		"SELECT p.fee_minor FROM micro_projects p JOIN "+tableOf(m.noun)+" x ON x.micro_project_id = p.id WHERE x.id = $1", id).Scan(&minor)
	if err != nil {
		w.rt.Fatal(err)
	}
	return string(money.Money{Minor: minor, Currency: "USD"}.Amount())
}

// dated puts days from the world's clock into an input.
func (w *stroll) dated(input string) string {
	in := func(days int) string { return w.clock().AddDate(0, 0, days).Format(time.DateOnly) }
	return strings.NewReplacer("{today}", in(0), "{now}", in(1), "{soon}", in(3), "{later}", in(15), "{late}", in(60), "{university}", w.world.IDs["university"].String()).Replace(input)
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
			code := w.mutate("signAgreement", fmt.Sprintf("agreementId: %q, expectedRevision: %d, textHash: %q", d.ID, d.Revision, d.TextHash), who)
			w.taken.answered("signAgreement", code)
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
	var verbs []string
	if verb != "" {
		verbs = []string{verb}
	}
	if err := w.observe(w.t, after, verbs, []gid.ID{acted}); err != nil {
		w.rt.Fatal(err)
	}
	var sum int64
	err := w.db.Engine().Read.QueryRowContext(w.t.Context(), "SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_entries").Scan(&sum)
	if err != nil || sum != 0 {
		w.rt.Fatalf("after %s the ledger sums to %d, %v", after, sum, err)
	}
}
