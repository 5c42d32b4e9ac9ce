package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/watch"
)

// inside is what no answer may say: words of the engines, of the code and of the
// machine, the server's secret, and a token.
var inside = regexp.MustCompile(`pq: |(?i:sqlite)|SQLSTATE|SELECT |INSERT |UPDATE |ent: |\.go:\d|goroutine \d|runtime error|panic|/tmp/|/work/|/home/|/root/|` + serverSecret + `|eyJhbGci|eyJ[\w-]+\.eyJ`)

// secret is what neither the log nor the numbers nor the traces may hold: what
// was sent in bodies and headers, and who people are. It looks at bytes too, so
// each pattern is longer than chance.
var secret = regexp.MustCompile(`eyJ[\w-]{8,}|(?i:bearer )|` + serverSecret + `|[a-z][\w.]{2,}@[a-z][\w-]{2,}\.[a-z]{2,}|canary`)

// outside is everything that the servers of these tests tell besides their answers.
var outside = newTold()

func TestMain(m *testing.M) {
	stop, err := outside.listen()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	storetest.Main(m, stop, removeBuilt)
}

// told scans what it is told for what looks like a secret at once, and when the
// tests are over for everything that was a secret in one of them: an answer can
// tell a token after its line of the log was written.
type told struct {
	*canaries

	watch *watch.Watch

	mu           sync.Mutex
	kept         []saying
	size         int // bytes of what is kept
	lines, spans int // bytes of each
	servers      int // that were started as processes and have ended
	numbers      int // bytes of what they counted
	found        []string
}

// mostKept is how much is kept before its older half is looked through. Half of it
// is far more than is written between a line and the answer that it is about.
const mostKept = 64 << 20

// saying is a piece of what was told.
type saying struct {
	what string
	text []byte
}

func newTold() *told { return &told{canaries: newCanaries(), watch: watch.New()} }

// listen takes the log and the traces of this process. What it returns looks at
// the numbers too, and fails when a secret was told anywhere.
func (o *told) listen() (check func() error, err error) {
	slog.SetDefault(slog.New(slog.NewJSONHandler(o, nil)))
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		o.scan("a span", body, &o.spans)
	}))
	if err := os.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL); err != nil {
		return nil, err
	}
	flush, err := o.watch.Trace(context.Background(), os.Getenv)
	return func() error {
		failed := flush(context.Background())
		collector.Close()
		numbers := httptest.NewRecorder()
		o.watch.Handler().ServeHTTP(numbers, httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/metrics", nil))
		o.scan("the numbers", withoutHelp(numbers.Body.Bytes()), new(int))
		if o.lines > 0 && o.spans == 0 {
			failed = errors.Join(failed, errors.New("there are lines in the log, and no span reached the collector"))
		}
		if o.servers > 0 && o.numbers == 0 {
			failed = errors.Join(failed, errors.New("servers ran, and none told its numbers"))
		}
		return errors.Join(failed, o.whole())
	}, err
}

// Write takes a line of the log; those about something wrong are shown.
func (o *told) Write(line []byte) (int, error) {
	o.scan("a line", line, &o.lines)
	if !bytes.Contains(line, []byte(`"level":"INFO"`)) {
		return os.Stderr.Write(line)
	}
	return len(line), nil
}

func (o *told) scan(what string, text []byte, counted *int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	*counted += len(text)
	o.kept, o.size = append(o.kept, saying{what, bytes.Clone(text)}), o.size+len(text)
	if o.size > mostKept {
		o.judge(len(o.kept) / 2)
	}
	if hit := secret.Find(text); hit != nil {
		o.finds(what, "what looks like a secret", string(hit), text)
	}
}

// mostFound is how many finds are shown.
const mostFound = 10

func (o *told) finds(what, kind, hit string, text []byte) {
	if len(o.found) < mostFound {
		o.found = append(o.found, fmt.Sprintf("%s holds %s, %q: %.2000q", what, kind, hit, text))
	}
}

// judge looks through the first n pieces for all that was secret, and forgets them.
func (o *told) judge(n int) {
	for _, one := range o.kept[:n] {
		o.size -= len(one.text)
		if hit, found := o.find(one.text); found {
			o.finds(one.what, hit.kind, hit.text, one.text)
		}
	}
	o.kept = slices.Clone(o.kept[n:])
}

// ended takes what a server that was a process wrote, and what it counted.
func (o *told) ended(said, numbers []byte) {
	for line := range bytes.Lines(said) {
		o.scan("a line of a server", line, &o.lines)
	}
	o.scan("a server's numbers", withoutHelp(numbers), &o.numbers)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.servers++
}

// help is what the numbers say about themselves, in prose that is always the same.
var help = regexp.MustCompile(`(?m)^# .*$`)

func withoutHelp(numbers []byte) []byte { return help.ReplaceAll(numbers, nil) }

// whole is the verdict on everything, when all is over.
func (o *told) whole() error {
	o.mu.Lock()
	o.judge(len(o.kept))
	o.mu.Unlock()
	return o.verdict()
}

func (o *told) verdict() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.found) > 0 {
		return errors.New("secrets were told outside:\n" + strings.Join(o.found, "\n"))
	}
	return nil
}

// What is sent, in whatever part of a request, is written nowhere.
func TestNothingThatWasSentIsWritten(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			before := outside.heard()
			s.ask(t, "ada", `query Q($s: String) { listings(filter: {search: $s}) { nodes { id } } }`, map[string]any{"s": "canary-variable"})
			s.ask(t, "ada", `{ listings(filter: {search: "canary-document"}) { nodes { id } } }`, nil)
			s.ask(t, "ada", `mutation($n: String!) { registerEmployer(input: {name: $n}) @idempotent(key: "canary-key") { employer { id } userErrors { code } } }`,
				map[string]any{"n": "canary-name"})
			s.ask(t, "ada", `{ canaryField }`, nil)
			s.ask(t, "ada", `{ node(id: "canary-id") { id } }`, nil)
			s.ask(t, "ada", `{ "canary-syntax" }`, nil)
			s.ask(t, "ada", `{ listings(after: "canary-cursor") { nodes { id } } }`, nil)
			s.post(t, "ada", []byte(`{"query": "{ viewer { kind } }", "canary": 1}`))
			s.post(t, "ada", []byte(`{"query": "{ viewer { kind } }", "variables": {"canary": "canary"}`))
			for name, value := range map[string]string{
				"Authorization": "Bearer canary", "Cookie": "session=canary", "User-Agent": "canary", "Referer": "https://canary.example",
				"Traceparent": "canary", "X-Request-Id": "canary with spaces", "X-Forwarded-For": "canary", "Idempotency-Key": "canary", "Accept": "canary",
			} {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql?query=%7Bviewer%7Bkind%7D%7D&variables=%7B%22canary%22:1%7D", nil)
				r.Header.Set(name, value)
				s.handler.ServeHTTP(httptest.NewRecorder(), r)
			}
			if outside.heard() < before+18 {
				t.Error("the log has fewer lines than there were requests")
			}
			if err := outside.verdict(); err != nil {
				t.Error(err)
			}
		})
	}
}

// heard is how many bytes of log there were.
func (o *told) heard() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.lines
}

// A scan that finds nothing is worth what it would have found.
func TestTheScanFindsWhatItLooksFor(t *testing.T) {
	t.Parallel()
	s := open(t, storetest.Engines[0])
	for _, planted := range []string{s.token(t, "ada"), "Bearer x", serverSecret, "ada@students.example.edu", "a canary"} {
		o := newTold()
		line := slog.New(slog.NewJSONHandler(o, nil))
		line.Info("operation", "operation", "Open", "from", "192.0.2.1")
		if err := o.verdict(); err != nil && len(o.found) > 0 {
			t.Errorf("a decent line is found: %v", err)
		}
		line.Info("operation", "operation", planted)
		if len(o.found) != 1 {
			t.Errorf("%q is not found", planted)
		}
	}
	for _, leak := range []string{"pq: no", "no such table: SQLite", "graph/ask.go:12", "goroutine 7", "SELECT id FROM x", s.token(t, "ada"), serverSecret} {
		if !inside.MatchString(leak) {
			t.Errorf("%q would be let out", leak)
		}
	}
}

// leaks is what a careless server would write of a request: all that it heard.
type leaks struct {
	*site

	log   *slog.Logger
	outer *told
}

// wrote sends a request past the scan, lets the server write one line about it, and
// says which kinds of canaries are found in that line.
func (l leaks) wrote(t *testing.T, line string, send func(h http.Handler)) string {
	t.Helper()
	send(l.outer.overhears(l.handler))
	l.outer.found = nil
	l.log.Info("asked", "said", line)
	_ = l.outer.whole()
	return strings.Join(l.outer.found, "\n")
}

// Whatever the tests of this package send, are told or find in the database, the scan
// would notice in a line; what everybody may know it passes over.
func TestTheScanNoticesAPlantedLeak(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			p := register(t, s, `"projects:read"`)
			o := newTold()
			if err := o.seeded(t.Context(), s.db.Engine()); err != nil {
				t.Fatal(err)
			}
			l := leaks{s, slog.New(slog.NewJSONHandler(o, nil)), o}
			asks := func(document string) func(http.Handler) {
				body, err := json.Marshal(map[string]any{"query": document, "variables": map[string]any{"deep": []any{map[string]any{"text": "Said in a variable, deep down."}}}})
				if err != nil {
					t.Fatal(err)
				}
				return func(h http.Handler) {
					answerOf(t, h, "/graphql", string(body), "application/json", "Bearer "+s.token(t, "bea"))
				}
			}
			none := func(http.Handler) {}
			invited := &bytes.Buffer{}
			invites := func(h http.Handler) {
				body := `{"query":"mutation { inviteMember(input: {email: \"nora@elsewhere.example\", role: RECRUITER}) { token } }"}`
				invited.Write(answerOf(t, h, "/graphql", body, "application/json", "Bearer "+s.token(t, "bea")))
			}
			granted := &bytes.Buffer{}
			grants := func(h http.Handler) {
				granted.Write(answerOf(t, h, "/oauth/token", "grant_type=client_credentials&client_id="+p.id+"&client_secret="+p.secret, isForm, ""))
			}
			invites(o.overhears(s.handler))
			grants(o.overhears(s.handler))
			inQuotes := regexp.MustCompile(`"((?:ivt_|eyJ)[^"]+)"`)
			told := func(b *bytes.Buffer) string { return string(inQuotes.FindSubmatch(b.Bytes())[1]) }
			link := "/files/" + s.world.IDs["ada"].String() + "?expires=1&signature=" + strings.Repeat("Sig", 14)
			for name, c := range map[string]struct {
				line, kind string
				send       func(http.Handler)
			}{
				"a token":                   {s.token(t, "bea"), aToken, asks(`{ viewer { kind } }`)},
				"the end of a token":        {s.token(t, "bea")[40:], aToken, asks(`{ viewer { kind } }`)},
				"a token that was told":     {told(granted)[30:], aToken, none},
				"a client's secret":         {"it is " + p.secret, aSecret, none},
				"an invitation":             {told(invited), anInvite, none},
				"an address that was sent":  {"nora@elsewhere.example", anAddress, none},
				"an address, encoded":       {"to=nora%40elsewhere.example", anAddress, none},
				"an address that is seeded": {s.world.People["ada"].Email, anAddress, none},
				"a name that is seeded":     {s.world.People["ada"].Name, aName, none},
				"a name in another script":  {"Jon Ásgeirsson", aName, none},
				"a text of a document":      {"a brief that nobody else may read", aText, asks(`{ listings(filter: {search: "a brief that nobody else may read"}) { nodes { id } } }`)},
				"a text of a block":         {"spoken in three quotes", aText, asks(`{ listings(filter: {search: """spoken in three quotes"""}) { nodes { id } } }`)},
				"a text of a variable":      {"Said in a variable", aText, asks(`{ viewer { kind } }`)},
				"a text cut short":          {"in a variable, deep down.", aText, asks(`{ viewer { kind } }`)},
				"a link's signature":        {strings.Repeat("Sig", 14)[3:], aSignature, func(h http.Handler) { answerOf(t, h, link, "", "", "") }},
			} {
				if got := l.wrote(t, c.line, c.send); !strings.Contains(got, c.kind) || !strings.Contains(got, "a line holds") {
					t.Errorf("%s is written, and found is %q, want %s", name, got, c.kind)
				}
			}
			for _, decent := range []string{
				"operation", "INSUFFICIENT_SCOPE", s.world.IDs["basalt"].String(), "a request panicked", "request-0001", "2026-11-27T19:51:34Z", "127.0.0.1", hashOf(pdf), "DraftMicroProject",
			} {
				if got := l.wrote(t, decent, none); got != "" {
					t.Errorf("%q is taken for a secret: %s", decent, got)
				}
			}
		})
	}
}

// answerOf sends a request to a handler, by POST when it has a body.
func answerOf(t *testing.T, h http.Handler, path, body, kind, authorization string) []byte {
	t.Helper()
	method := http.MethodPost
	if body == "" {
		method = http.MethodGet
	}
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Body.Bytes()
}
