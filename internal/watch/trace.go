package watch

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"github.com/rung-dev/rung/internal/front"
	"github.com/rung-dev/rung/internal/viewer"
)

const library = "github.com/rung-dev/rung"

// Trace sends a span of each request to the collector that OpenTelemetry's own
// settings name, and nothing when they name none. What it returns sends what is
// left and ends it.
func (w *Watch) Trace(ctx context.Context, getenv func(string) string) (stop func(context.Context) error, err error) {
	if !traced(getenv) {
		return func(context.Context) error { return nil }, nil
	}
	out, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, err
	}
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "rung")), resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil && !errors.Is(err, resource.ErrPartialResource) {
		return nil, err
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { slog.Warn("traces are not delivered", "error", err) }))
	provider := sdk.NewTracerProvider(sdk.WithBatcher(out), sdk.WithResource(about))
	w.tracer = provider.Tracer(library)
	return func(ctx context.Context) error {
		ctx, done := context.WithTimeout(ctx, 5*time.Second)
		defer done()
		return provider.Shutdown(ctx)
	}, nil
}

// traced reports whether the standard settings ask for traces.
// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
func traced(getenv func(string) string) bool {
	if getenv("OTEL_SDK_DISABLED") == "true" || getenv("OTEL_TRACES_EXPORTER") == "none" {
		return false
	}
	return getenv("OTEL_EXPORTER_OTLP_ENDPOINT")+getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != "" || getenv("OTEL_TRACES_EXPORTER") == "otlp"
}

// span records a request that has been answered, as a child of the client's own
// span when it told of one. It holds what the log's line holds.
func (w *Watch) span(ctx context.Context, r front.Record) trace.SpanContext {
	request := viewer.RequestFrom(ctx)
	if request != nil {
		ctx = propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{"traceparent": request.Traceparent})
	}
	name := r.Kind
	if name == "" {
		name = "refused"
	}
	_, span := w.tracer.Start(ctx, name, trace.WithSpanKind(trace.SpanKindServer), trace.WithTimestamp(r.Began))
	defer span.End(trace.WithTimestamp(r.Began.Add(r.Took)))
	if !span.IsRecording() {
		return span.SpanContext()
	}
	span.SetAttributes(
		attribute.String("graphql.operation.type", r.Kind), attribute.String("graphql.operation.name", r.Operation),
		attribute.Int("http.response.status_code", r.Status), attribute.String("rung.document", r.Document),
		attribute.Int("rung.cost", r.Actual), attribute.Int("rung.statements", r.Statements), attribute.StringSlice("rung.codes", r.Codes))
	if request != nil {
		span.SetAttributes(attribute.String("rung.request", request.ID))
	}
	if r.Status >= 500 {
		span.SetStatus(codes.Error, "")
	}
	return span.SpanContext()
}
