package watch_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/front"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
	"github.com/rung-dev/rung/internal/watch"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const (
	trace  = "4bf92f3577b34da6a3ce929d0e0e4736"
	parent = "00f067aa0ba902b7"
)

// observed is the context and the record of a request that has been answered.
func observed(ctx context.Context) (context.Context, front.Record) {
	ctx = viewer.WithRequest(ctx, &viewer.Request{ID: "request-0001", From: "192.0.2.1", Traceparent: "00-" + trace + "-" + parent + "-01"})
	return ctx, front.Record{
		Began: time.Now(), Took: 3 * time.Millisecond, Status: 200, Bytes: 900, Viewer: viewer.Public(),
		Operation: "OpenListings", Kind: "query", Document: strings.Repeat("ab", 32), Ran: true,
		Estimated: 80, Actual: 42, Codes: []string{"NOT_FOUND"}, Statements: 7,
	}
}

func metrics(t *testing.T, w *watch.Watch) string {
	t.Helper()
	got := httptest.NewRecorder()
	w.Handler().ServeHTTP(got, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	return got.Body.String()
}

func TestRequestsAreCounted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := watch.New()
		w.Pools(db)
		w.Queue(func(context.Context) (watch.Queue, error) {
			return watch.Queue{Due: 3, Later: 7, Parked: 1, Age: 90 * time.Second}, nil
		})
		ctx, r := observed(t.Context())
		w.Observe(ctx, r)
		w.Observe(ctx, front.Record{Began: r.Began, Status: 400, Codes: []string{"INVALID_INPUT"}})
		w.Panicked()
		got := metrics(t, w)
		for _, line := range []string{
			`rung_requests_total{kind="query",status="200"} 1`,
			`rung_requests_total{kind="none",status="400"} 1`,
			`rung_errors_total{code="NOT_FOUND"} 1`,
			`rung_errors_total{code="INVALID_INPUT"} 1`,
			`rung_request_seconds_count{kind="query"} 1`,
			`rung_operation_cost_sum{kind="query"} 42`,
			`rung_operation_statements_sum{kind="query"} 7`,
			`rung_panics_total 1`,
			`rung_jobs{state="due"} 3`,
			`rung_jobs{state="later"} 7`,
			`rung_jobs{state="parked"} 1`,
			`rung_jobs_age_seconds 90`,
			`go_sql_max_open_connections{db_name="write"}`,
			`go_sql_in_use_connections{db_name="read"} 0`,
			`process_resident_memory_bytes`,
			`go_goroutines`,
		} {
			if !strings.Contains(got, line) {
				t.Errorf("the numbers lack %s", line)
			}
		}
		if strings.Contains(got, "OpenListings") {
			t.Error("a client's names for its operations are labels, of which there is no end")
		}
	})
}

// The line of the log holds these, and nothing that a client sent besides its
// operation's name.
func TestTheLineOfAnOperation(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	watch.New().Observe(observed(t.Context()))
	var line map[string]any
	if err := json.Unmarshal(log.Bytes(), &line); err != nil {
		t.Fatalf("the log is no line of JSON: %v\n%s", err, &log)
	}
	want := map[string]any{
		"level": "INFO", "msg": "operation", "status": 200.0, "kind": "query", "operation": "OpenListings",
		"document": strings.Repeat("ab", 32), "viewer": "ANONYMOUS", "estimated": 80.0, "actual": 42.0, "statements": 7.0,
		"bytes": 900.0, "took": 3e6, "codes": []any{"NOT_FOUND"}, "request": "request-0001", "trace": trace, "from": "192.0.2.1",
	}
	for name, value := range want {
		got, _ := json.Marshal(line[name])
		if wanted, _ := json.Marshal(value); !bytes.Equal(got, wanted) {
			t.Errorf("%s is %s, want %s", name, got, wanted)
		}
	}
	if got, want := len(line), len(want)+1; got != want { // time
		t.Errorf("the line has %v", slices.Sorted(maps.Keys(line)))
	}
}

// With OpenTelemetry's own settings each request is a span under the client's.
func TestRequestsAreTraced(t *testing.T) {
	var mu sync.Mutex
	var received []byte
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		received = append(received, body...)
	}))
	defer collector.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=campus")
	for name, settings := range map[string]map[string]string{
		"it sends spans":       {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.URL},
		"it is not told where": {},
		"it is told not to":    {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.URL, "OTEL_TRACES_EXPORTER": "none"},
		"it is switched off":   {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.URL, "OTEL_SDK_DISABLED": "true"},
	} {
		received = nil
		w := watch.New()
		stop, err := w.Trace(t.Context(), func(name string) string { return settings[name] })
		if err != nil {
			t.Fatal(err)
		}
		w.Observe(observed(t.Context()))
		if err := stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{string(unhex(t, trace)), string(unhex(t, parent)), "OpenListings", "request-0001", "rung", "campus"} {
			if got := strings.Contains(string(received), want); got != (name == "it sends spans") {
				t.Errorf("%s: the collector received %q: %v", name, want, got)
			}
		}
	}
}

func unhex(t *testing.T, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
