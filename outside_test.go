package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
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
var outside = &told{watch: watch.New()}

func TestMain(m *testing.M) {
	stop, err := outside.listen()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	storetest.Main(m, stop, removeBuilt)
}

// told scans what it is told, and keeps none of it.
type told struct {
	watch *watch.Watch

	mu           sync.Mutex
	lines, spans int // bytes of each
	found        []string
}

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
		o.scan("the numbers", numbers.Body.Bytes(), new(int))
		if o.lines > 0 && o.spans == 0 {
			failed = errors.Join(failed, errors.New("there are lines in the log, and no span reached the collector"))
		}
		return errors.Join(failed, o.verdict())
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
	if hit := secret.Find(text); hit != nil && len(o.found) < 10 {
		o.found = append(o.found, fmt.Sprintf("%s holds %q: %.2000q", what, hit, text))
	}
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
		o := &told{}
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
