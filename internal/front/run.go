package front

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rung-dev/rung/internal/front/cost"
	"github.com/rung-dev/rung/internal/front/quota"
	"github.com/rung-dev/rung/internal/viewer"
)

// run carries an operation out, within its time.
func (d *door) run(ctx context.Context, p *prepared, onlyPrice bool, media string, record *Record) (*answer, *refusal) {
	if onlyPrice {
		return d.priced(p), nil
	}
	if p.estimate > cost.Most {
		return nil, d.tooExpensive(p)
	}
	charge, refused := d.charge(ctx, p)
	if refused != nil {
		return nil, refused
	}
	if !d.mayBegin(ctx, charge) {
		now := time.Now() //nolint:forbidigo // a stopwatch, no instant of the business
		charge.Return(p.estimate, now)
		return nil, &refusal{err: errBusy(), waits: &waiting{until: now.Add(lineHold)}}
	}
	a, refused := d.carryOut(ctx, p, media, record)
	charge.Return(p.estimate-record.Actual, time.Now()) //nolint:forbidigo // a stopwatch, no instant of the business
	tell(a, charge)
	return a, refused
}

// mayBegin returns when it is an operation's turn, or reports that it never was.
func (d *door) mayBegin(ctx context.Context, charge *quota.Charge) bool {
	if !charge.IsAhead() {
		return true
	}
	ctx, done := context.WithTimeout(ctx, patience)
	defer done()
	return d.turns.yield(ctx, callerOf(viewer.From(ctx), viewer.RequestFrom(ctx)), charge.Taken)
}

// carryOut runs an operation that has been paid for.
func (d *door) carryOut(ctx context.Context, p *prepared, media string, record *Record) (*answer, *refusal) {
	key := ""
	if introspects(p.operation.Operation) {
		key = described{}.key(p)
		if known, ok := d.described.get(key); ok {
			return d.finish(p, known.response(ctx, d), media, record), nil
		}
	}
	ctx, done := context.WithTimeout(ctx, timeFor(p.operation.Operation))
	defer done()
	handle, ctx := d.executor.DispatchOperation(ctx, p.operation)
	response := handle(ctx)
	if response == nil { // the client went away, or there was no time left
		return nil, &refusal{err: errBusy()}
	}
	inOrder(response.Errors, p.operation.Operation)
	if key != "" && len(response.Errors) == 0 {
		d.described.put(key, described{data: response.Data}, len(response.Data))
	}
	return d.finish(p, response, media, record), nil
}

func timeFor(o *ast.OperationDefinition) time.Duration {
	if o.Operation == ast.Mutation {
		return mutationTime
	}
	return queryTime
}

// finish adds what the operation did cost.
func (d *door) finish(p *prepared, response *graphql.Response, media string, record *Record) *answer {
	record.Actual = d.prices.Actual(p.operation.Operation, p.operation.Variables, response.Data)
	if response.Extensions == nil {
		response.Extensions = map[string]any{}
	}
	response.Extensions["cost"] = map[string]int{"estimated": p.estimate, "actual": record.Actual}
	record.Ran = true
	return compose(response, media, record)
}

// priced answers what an operation would cost, without running it.
func (d *door) priced(p *prepared) *answer {
	body, err := json.Marshal(map[string]any{"data": nil, "extensions": map[string]any{"cost": d.bill(p)}})
	if err != nil {
		panic(err) // numbers and names always are JSON
	}
	return &answer{status: http.StatusOK, body: body}
}

// described is what an introspection answers, the same for everybody.
type described struct{ data []byte }

func (described) key(p *prepared) string {
	variables, err := json.Marshal(p.operation.Variables)
	if err != nil {
		return ""
	}
	return p.ask.OperationName + "\n" + string(variables) + "\n" + p.ask.Query
}

// response is the kept answer with this request's extensions.
func (k described) response(ctx context.Context, d *door) *graphql.Response {
	ctx = graphql.WithResponseContext(ctx, d.Present, d.Recover)
	return d.Extend(ctx, func(context.Context) *graphql.Response { return &graphql.Response{Data: k.data} })
}

// introspects reports whether an operation asks about the schema and nothing else.
func introspects(o *ast.OperationDefinition) bool {
	for _, selection := range o.SelectionSet {
		f, plain := selection.(*ast.Field)
		if !plain || f.Name != "__schema" && f.Name != "__type" && f.Name != "__typename" {
			return false
		}
	}
	return true
}

// variableErrors tells what the values of the variables lack.
func variableErrors(list gqlerror.List) gqlerror.List {
	for i, e := range list {
		if len(e.Path) > 0 && e.Path[0] == ast.PathName("variable") {
			list[i] = variableError(e)
		}
	}
	return list
}
