// Package watch is what those who run Rung see of it: numbers, profiles, and one
// line of the log for each operation. It tells of no variables and no bodies.
package watch

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/pprof"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"github.com/rung-dev/rung/internal/front"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Watch counts what happens in one process.
type Watch struct {
	registry   *prometheus.Registry
	requests   *prometheus.CounterVec
	codes      *prometheus.CounterVec
	took       *prometheus.HistogramVec
	cost       *prometheus.HistogramVec
	statements *prometheus.HistogramVec
	panics     prometheus.Counter
	tracer     trace.Tracer
}

// New begins to count at nothing.
func New() *Watch {
	w := &Watch{
		tracer:   noop.Tracer{},
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rung_requests_total", Help: "Requests to the GraphQL endpoint, by kind of operation and HTTP status.",
		}, []string{"kind", "status"}),
		codes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rung_errors_total", Help: "Requests that were answered with an error of this code.",
		}, []string{"code"}),
		took: histogram("rung_request_seconds", "How long requests took.", prometheus.ExponentialBuckets(0.001, 2, 16)),
		cost: histogram("rung_operation_cost", "What operations did cost.", prometheus.ExponentialBuckets(1, 4, 8)),
		statements: histogram("rung_operation_statements", "SQL statements that operations sent.",
			[]float64{0, 1, 2, 4, 8, 12, 16, 24, 32, 48, 64}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "rung_panics_total", Help: "Panics that were caught. Any is a defect.",
		}),
	}
	w.registry.MustRegister(w.requests, w.codes, w.took, w.cost, w.statements, w.panics,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return w
}

func histogram(name, help string, buckets []float64) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, []string{"kind"})
}

// Pools adds the connections to the database.
func (w *Watch) Pools(db *store.DB) {
	w.registry.MustRegister(
		collectors.NewDBStatsCollector(db.Engine().Read, "read"), collectors.NewDBStatsCollector(db.Engine().Write, "write"))
}

// Queue adds how much work is queued, asked when somebody looks.
func (w *Watch) Queue(count func(context.Context) (Queue, error)) {
	w.registry.MustRegister(&queue{count: count})
}

// Panicked counts a panic.
func (w *Watch) Panicked() { w.panics.Inc() }

// Observe counts a request to the endpoint and writes its line of the log.
func (w *Watch) Observe(ctx context.Context, r front.Record) {
	kind := r.Kind
	if kind == "" {
		kind = "none"
	}
	w.requests.WithLabelValues(kind, strconv.Itoa(r.Status)).Inc()
	w.took.WithLabelValues(kind).Observe(r.Took.Seconds())
	for _, code := range r.Codes {
		w.codes.WithLabelValues(code).Inc()
	}
	if r.Ran {
		w.cost.WithLabelValues(kind).Observe(float64(r.Actual))
		w.statements.WithLabelValues(kind).Observe(float64(r.Statements))
	}
	line(ctx, r, w.span(ctx, r))
}

func line(ctx context.Context, r front.Record, at trace.SpanContext) {
	attributes := []slog.Attr{
		slog.Int("status", r.Status), slog.String("kind", r.Kind), slog.String("operation", r.Operation),
		slog.String("document", r.Document), slog.String("viewer", string(r.Viewer.Kind)),
		slog.Int("estimated", r.Estimated), slog.Int("actual", r.Actual), slog.Int("statements", r.Statements),
		slog.Int("bytes", r.Bytes), slog.Duration("took", r.Took), slog.Any("codes", r.Codes),
	}
	if at.HasTraceID() {
		attributes = append(attributes, slog.String("trace", at.TraceID().String()))
	}
	if r.Viewer.Org != gid.None {
		attributes = append(attributes, slog.String("organization", r.Viewer.Org.String()))
	}
	if request := viewer.RequestFrom(ctx); request != nil {
		attributes = append(attributes, slog.String("request", request.ID), slog.String("from", request.From))
		if request.Client != gid.None {
			attributes = append(attributes, slog.String("client", request.Client.String()))
		}
	}
	slog.LogAttrs(ctx, slog.LevelInfo, "operation", attributes...)
}

// Handler is what the private listener serves: /metrics and /debug/pprof/.
func (w *Watch) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(w.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}

// Queue is how much work is queued.
type Queue struct {
	Due, Later, Parked int
	Age                time.Duration // of what has been due longest
}

// queue reads the jobs when the numbers are asked for.
type queue struct {
	count func(context.Context) (Queue, error)
}

var (
	queuedJobs = prometheus.NewDesc("rung_jobs", "Jobs that are due, that are timers for later, and that failed too often and wait for somebody.", []string{"state"}, nil)
	queueAge   = prometheus.NewDesc("rung_jobs_age_seconds", "For how long the oldest job has been due.", nil, nil)
)

// Describe names the numbers.
func (*queue) Describe(out chan<- *prometheus.Desc) {
	out <- queuedJobs
	out <- queueAge
}

// Collect asks for the numbers.
func (q *queue) Collect(out chan<- prometheus.Metric) {
	now, err := q.count(context.Background())
	if err != nil {
		out <- prometheus.NewInvalidMetric(queuedJobs, err)
		return
	}
	for state, n := range map[string]int{"due": now.Due, "later": now.Later, "parked": now.Parked} {
		out <- prometheus.MustNewConstMetric(queuedJobs, prometheus.GaugeValue, float64(n), state)
	}
	out <- prometheus.MustNewConstMetric(queueAge, prometheus.GaugeValue, now.Age.Seconds())
}
