package front_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/front"
	"github.com/rung-dev/rung/internal/viewer"
)

var schema = gqlparser.MustLoadSchema(&ast.Source{Input: `
directive @cost(weight: String!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
type Query { word: String words(first: Int): [Word!] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false) }
type Word { text: String }
type Mutation { say: String }`})

// door is one whose schema answers the same to everything.
func door(t *testing.T, change func(*front.Door)) http.Handler {
	t.Helper()
	answered := strings.Repeat("word ", 1000)
	d := front.Door{
		Schema: &graphql.ExecutableSchemaMock{
			SchemaFunc: func() *ast.Schema { return schema },
			ExecFunc: func(context.Context) graphql.ResponseHandler {
				return graphql.OneShot(&graphql.Response{Data: json.RawMessage(`{"word":"` + answered + `"}`)})
			},
		},
		Authenticate: func(context.Context, string) (viewer.Viewer, error) { return viewer.Public(), nil },
		Present:      present,
		Recover:      graphql.DefaultRecover,
		Ask:          func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler { return next(ctx) },
		Extend:       func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response { return next(ctx) },
		Level:        func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler { return next(ctx) },
		Tally:        func(ctx context.Context) (context.Context, func() int) { return ctx, func() int { return 0 } },
		Observe:      func(context.Context, front.Record) {},
	}
	change(&d)
	h, err := d.Handler()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// present tells of a refusal with its code.
func present(ctx context.Context, err error) *gqlerror.Error {
	var refused *fault.Request
	if errors.As(err, &refused) {
		return &gqlerror.Error{Message: refused.Message, Extensions: refused.Extensions()}
	}
	return graphql.DefaultErrorPresenter(ctx, err)
}

func ask(t *testing.T, h http.Handler, document string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(string(body)))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// More than run side by side are sent away at once, and served when there is room.
func TestTooManyAtOnceAreSentAway(t *testing.T) {
	t.Parallel()
	const most = 256
	arrived, leave := make(chan struct{}, most), make(chan struct{})
	h := door(t, func(d *front.Door) {
		d.Authenticate = func(context.Context, string) (viewer.Viewer, error) {
			arrived <- struct{}{}
			<-leave
			return viewer.Public(), nil
		}
	})
	var served sync.WaitGroup
	for range most {
		served.Go(func() {
			if w := ask(t, h, "{word}", "Authorization", "Bearer slow"); w.Code != http.StatusOK {
				t.Errorf("one of %d is answered with %d", most, w.Code)
			}
		})
	}
	for range most {
		<-arrived
	}
	w := ask(t, h, "{word}")
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("one more is answered with %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
	close(leave)
	served.Wait()
	if w := ask(t, h, "{word}"); w.Code != http.StatusOK {
		t.Errorf("when there is room again, the answer is %d", w.Code)
	}
}

func TestLargeAnswersAreCompressedForThoseWhoTakeThat(t *testing.T) {
	t.Parallel()
	h := door(t, func(*front.Door) {})
	plain := ask(t, h, "{word}")
	for accept, want := range map[string]string{
		"gzip": "gzip", "br;q=1, gzip;q=0.5": "gzip", "*": "gzip", "x-gzip": "gzip",
		"": "", "br": "", "gzip;q=0": "", "*;q=0": "", "*, gzip;q=0": "", "gzip;q=2": "", "identity": "",
	} {
		w := ask(t, h, "{word}", "Accept-Encoding", accept)
		if got := w.Header().Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %q is answered with %q, want %q", accept, got, want)
			continue
		}
		if !strings.Contains(w.Header().Get("Vary"), "Accept-Encoding") {
			t.Errorf("Vary is %q", w.Header().Get("Vary"))
		}
		body := w.Body.String()
		if want != "" {
			body = unpack(t, w.Body)
		}
		if body != plain.Body.String() {
			t.Errorf("Accept-Encoding %q is answered with %s", accept, body)
		}
	}
	if w := ask(t, h, "{ nonsense }", "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "" {
		t.Error("a small answer is compressed")
	}
}

func unpack(t *testing.T, packed io.Reader) string {
	t.Helper()
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// Who asks for the price alone is told it, and nothing runs.
func TestAPriceIsToldWithoutRunning(t *testing.T) {
	t.Parallel()
	ran := 0
	h := door(t, func(d *front.Door) {
		d.Level = func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
			ran++
			return next(ctx)
		}
	})
	const document = "{ words(first: 50) { text } }"
	w := ask(t, h, document, "X-Cost-Only", "1")
	const want = `{"data":null,"extensions":{"cost":{"dearest":[{"coordinate":"Query.words"`
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), want) || ran != 0 {
		t.Errorf("the price is %d %s, and %d operations ran", w.Code, w.Body, ran)
	}
	if ask(t, h, document); ran != 1 {
		t.Errorf("asked for the answer, %d operations ran", ran)
	}
	w = ask(t, h, "{ words(first: 2000000) { text } }")
	if w.Code != http.StatusBadRequest || ran != 1 {
		t.Errorf("what is too dear is answered with %d %s, and %d operations ran", w.Code, w.Body, ran)
	}
}

// What the schema says of itself is the same for everybody, and worked out once.
func TestAnIntrospectionIsKept(t *testing.T) {
	t.Parallel()
	ran, answered := 0, 0
	h := door(t, func(d *front.Door) {
		d.Level = func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
			ran++
			return next(ctx)
		}
		d.Extend = func(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
			answered++
			response := next(ctx)
			response.Extensions = map[string]any{"answer": answered}
			return response
		}
	})
	const document = "{ __schema { types { name } } }"
	first, again := ask(t, h, document).Body.String(), ask(t, h, document).Body.String()
	if ran != 1 || first == again || strings.ReplaceAll(first, `"answer":1`, `"answer":2`) != again {
		t.Errorf("it ran %d times, and is answered with %.100s and %.100s", ran, first, again)
	}
	ask(t, h, "{ __type(name: \"Word\") { name } }")
	ask(t, h, "{ word __typename }")
	ask(t, h, "{ word __typename }")
	if ran != 4 {
		t.Errorf("another document, and one that reads words twice, make it %d", ran)
	}
}
