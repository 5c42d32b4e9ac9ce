// Package watch is what those who run Rung see of it: numbers, profiles, and one
// line of the log for each operation. It tells of no variables and no bodies.
package watch

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/pprof"
	"strconv"

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

// Queue adds how many jobs wait and how many were parked, asked when somebody looks.
func (w *Watch) Queue(count func(context.Context) (waiting, parked int, err error)) {
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

// queue reads the jobs when the numbers are asked for.
type queue struct {
	count func(context.Context) (waiting, parked int, err error)
}

var (
	waitingJobs = prometheus.NewDesc("rung_jobs_waiting", "Jobs that wait to be done.", nil, nil)
	parkedJobs  = prometheus.NewDesc("rung_jobs_parked", "Jobs that failed too often and wait for somebody.", nil, nil)
)

// Describe names the numbers.
func (*queue) Describe(out chan<- *prometheus.Desc) {
	out <- waitingJobs
	out <- parkedJobs
}

// Collect asks for the numbers.
func (q *queue) Collect(out chan<- prometheus.Metric) {
	waiting, parked, err := q.count(context.Background())
	if err != nil {
		out <- prometheus.NewInvalidMetric(waitingJobs, err)
		return
	}
	out <- prometheus.MustNewConstMetric(waitingJobs, prometheus.GaugeValue, float64(waiting))
	out <- prometheus.MustNewConstMetric(parkedJobs, prometheus.GaugeValue, float64(parked))
}
