// Package front is the door to the GraphQL endpoint. It finds out who asks,
// reads the request, refuses what would cost too much, hands the rest to the
// schema and writes the answer.
package front

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/front/cost"
	"github.com/rung-dev/rung/internal/front/quota"
	"github.com/rung-dev/rung/internal/viewer"
)

// The time that an operation may take. Statements get what is left of it.
const (
	queryTime    = 15 * time.Second
	mutationTime = 60 * time.Second
)

// mostAtOnce is how many operations run side by side; more are sent away at once
// rather than all made to wait.
const mostAtOnce = 256

// Door is what the endpoint is made of.
type Door struct {
	Schema       graphql.ExecutableSchema
	Authenticate func(ctx context.Context, token string) (viewer.Viewer, error)
	Present      graphql.ErrorPresenterFunc
	Recover      graphql.RecoverFunc
	Ask          graphql.RootFieldMiddleware
	Extend       graphql.ResponseMiddleware
	Level        graphql.OperationMiddleware
	Checks       []graphql.HandlerExtension
	// Published are documents that everybody may name by their SHA-256.
	Published []string
	// Suggest lets errors say "did you mean": on the embedded default only.
	Suggest bool
	// Tally counts the statements that are sent under a context.
	Tally func(context.Context) (context.Context, func() int)
	// Quota limits what each caller may ask, or is nil.
	Quota *quota.Quota
	// Observe is told of every request when it has been answered.
	Observe func(context.Context, Record)
}

// door is a Door with what it keeps between requests.
type door struct {
	Door

	executor  *executor.Executor
	documents *documents
	persisted *persisted
	prices    *cost.Model
	described *bounded[described]
	slots     chan struct{}
	turns     *turns
	held      *bounded[held]
}

// Handler answers POST with a JSON body, and GET for queries.
func (d Door) Handler() (http.Handler, error) {
	prices, err := cost.New(d.Schema.Schema())
	if err != nil {
		return nil, err
	}
	e := executor.New(d.Schema)
	e.SetQueryCache(fromContext{})
	e.SetErrorPresenter(d.Present)
	e.SetRecoverFunc(d.Recover)
	for _, check := range d.Checks {
		e.Use(check)
	}
	e.AroundRootFields(d.Ask)
	e.AroundOperations(d.Level)
	e.AroundResponses(d.Extend)
	return &door{
		Door: d, executor: e, prices: prices,
		documents: newDocuments(d.Schema.Schema(), d.Suggest),
		persisted: newPersisted(d.Published),
		described: newBounded[described](100, 8<<20),
		slots:     make(chan struct{}, mostAtOnce),
		turns:     newTurns(),
		held:      newBounded[held](mostHeld, mostHeld*4),
	}, nil
}

// ServeHTTP answers one request, whole and at once.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	record := Record{Began: time.Now()} //nolint:forbidigo // a stopwatch, no instant of the business
	ctx, statements := d.Tally(r.Context())
	media := answerMedia(r.Header.Get("Accept"))
	a, refused := d.answer(ctx, w, r, media, &record)
	if refused != nil {
		a = d.refuse(ctx, refused, &record)
	}
	if media == "" {
		media = plainJSON
	}
	a.write(w, r, media)
	record.Status, record.Bytes, record.Statements = a.status, len(a.body), statements()
	record.Took = time.Since(record.Began)
	d.Observe(ctx, record)
}

// answer goes through a request step by step; the first step that refuses ends it.
func (d *door) answer(ctx context.Context, w http.ResponseWriter, r *http.Request, media string, record *Record) (*answer, *refusal) {
	if media == "" {
		return nil, refuse(http.StatusNotAcceptable, "Accept `application/graphql-response+json` or `application/json`.")
	}
	ask, refused := read(w, r)
	if refused != nil {
		return nil, refused
	}
	if refused := d.isHeld(ctx, r, record); refused != nil {
		return nil, refused
	}
	select {
	case d.slots <- struct{}{}:
		defer func() { <-d.slots }()
	default:
		return nil, &refusal{err: errBusy()}
	}
	d.turns.begin()
	defer d.turns.end()
	v, refused := d.viewer(ctx, r)
	if refused != nil {
		return nil, refused
	}
	record.Viewer = v
	if request := viewer.RequestFrom(ctx); request != nil {
		request.Client = v.Client // what it does carries its name
	}
	ctx = viewer.With(ctx, v)
	p, list, refused := d.prepare(ctx, ask, r, record)
	if refused != nil || list != nil {
		return d.requestErrors(ctx, list, media, record), refused
	}
	a, refused := d.run(ctx, p, r.Header.Get("X-Cost-Only") == "1", media, record)
	if refused != nil {
		d.hold(ctx, r, refused.waits)
	}
	return a, refused
}

// errBusy is a new value each time: what is shared must not change.
func errBusy() error {
	return &fault.Request{Code: fault.CodeOverloaded, Message: "Too much is asked at once. Send it again shortly.", Retryable: true, RetryAfterMs: 1000}
}

// viewer finds out who asks. Without a token it is the public; a token with any
// defect is refused.
func (d *door) viewer(ctx context.Context, r *http.Request) (viewer.Viewer, *refusal) {
	ctx, done := context.WithTimeout(ctx, queryTime)
	defer done()
	headers := r.Header.Values("Authorization")
	if len(headers) == 0 {
		return viewer.Public(), nil
	}
	scheme, token, _ := strings.Cut(headers[0], " ")
	if len(headers) > 1 || !strings.EqualFold(scheme, "Bearer") {
		return viewer.Viewer{}, unauthenticated(&fault.Request{
			Code: fault.CodeUnauthenticated, Message: "Send one token as `Authorization: Bearer …`.",
		})
	}
	v, err := d.Authenticate(ctx, token)
	if err != nil {
		return viewer.Viewer{}, unauthenticated(err)
	}
	return v, nil
}

// prepared is an operation that may run.
type prepared struct {
	ask       asked
	operation *graphql.OperationContext
	estimate  int
}

// prepare finds the document, reads and prices the operation.
func (d *door) prepare(ctx context.Context, ask asked, r *http.Request, record *Record) (*prepared, gqlerror.List, *refusal) {
	client := clientOf(viewer.From(ctx), viewer.RequestFrom(ctx))
	byHash := ask.Hash != ""
	if byHash {
		var err error
		if ask.Query, err = d.persisted.find(client, ask.Hash); err != nil {
			return nil, gqlerror.List{gqlerror.WrapPath(nil, err)}, nil
		}
	}
	document, list, refused := d.documents.read(ctx, ask.Query)
	if list != nil || refused != nil {
		return nil, list, refused
	}
	record.Document = hashOf(ask.Query)
	if document.Operations.ForName(ask.OperationName) == nil {
		return nil, gqlerror.List{coded(gqlerror.Errorf("Say with `operationName` which of the document's operations to run."), fault.CodeGraphQLValidationFailed)}, nil
	}
	operation, list := d.executor.CreateOperationContext(graphql.StartOperationTrace(withDocument(ctx, document)), &graphql.RawParams{
		Query: ask.Query, OperationName: ask.OperationName, Variables: ask.Variables, Extensions: ask.Extensions, Headers: r.Header,
	})
	if list != nil {
		return nil, variableErrors(list), nil
	}
	operation.DisableIntrospection = false
	record.operation(operation.Operation)
	record.Deprecated = deprecated(operation.Operation.SelectionSet)
	if refused := reads(operation.Operation, ask, byHash); refused != nil {
		return nil, nil, refused
	}
	p := &prepared{ask: ask, operation: operation, estimate: d.prices.Estimate(operation.Operation, operation.Variables)}
	record.Estimated = p.estimate
	if ask.Keep {
		d.persisted.keep(client, ask.Query, document)
	}
	return p, nil, nil
}

// reads refuses what changes something by GET, and by a document that was sent
// earlier: whoever reads a request must see what it does.
func reads(o *ast.OperationDefinition, ask asked, byHash bool) *refusal {
	switch {
	case o.Operation == ast.Query:
		return nil
	case o.Operation == ast.Subscription:
		return refuse(http.StatusBadRequest, "Subscriptions are not answered here.")
	case ask.ByGet:
		refused := refuse(http.StatusMethodNotAllowed, "Send mutations by POST.")
		refused.header = http.Header{"Allow": {"POST"}}
		return refused
	case byHash:
		return refuse(http.StatusBadRequest, "Send a mutation's document in full; only queries are found by their hash.")
	}
	return nil
}

// tooExpensive names the fields that cost most.
func (d *door) tooExpensive(p *prepared) *refusal {
	return &refusal{status: http.StatusBadRequest, err: &fault.Request{
		Code:    fault.CodeQueryTooExpensive,
		Message: "The operation would cost more than one may. Ask for fewer entries, or for less of each.",
		More:    map[string]any{"cost": d.bill(p)},
	}}
}

// bill is what an operation would cost, and which fields make it so.
func (d *door) bill(p *prepared) map[string]any {
	return map[string]any{
		"estimated": p.estimate, "limit": cost.Most, "dearest": d.prices.Dearest(p.operation.Operation, p.operation.Variables, 3),
	}
}

type documentKey struct{}

func withDocument(ctx context.Context, document *ast.QueryDocument) context.Context {
	return context.WithValue(ctx, documentKey{}, document)
}

// fromContext hands gqlgen's executor the document that was read already.
type fromContext struct{}

// Get is the request's document.
func (fromContext) Get(ctx context.Context, _ string) (*ast.QueryDocument, bool) {
	document, ok := ctx.Value(documentKey{}).(*ast.QueryDocument)
	return document, ok
}

// Add keeps nothing: the documents have a keeper of their own.
func (fromContext) Add(context.Context, string, *ast.QueryDocument) {}
