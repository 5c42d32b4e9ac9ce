// Package front is the door to the GraphQL endpoint: it finds out who asks,
// reads the request and hands it to the schema.
package front

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	largestBody = 128 << 10
	mostTokens  = 2_000
	documents   = 1_000 // kept parsed and validated
	patience    = 15 * time.Second
)

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
	// Suggest lets errors say "did you mean": on the embedded default only.
	Suggest bool
}

// Handler answers POST with a JSON body, and GET for queries.
func (d Door) Handler() http.Handler {
	server := handler.New(d.Schema)
	server.AddTransport(transport.GET{})
	server.AddTransport(transport.POST{})
	server.SetQueryCache(lru.New[*ast.QueryDocument](documents))
	server.SetParserTokenLimit(mostTokens)
	server.SetDisableSuggestion(!d.Suggest)
	server.SetErrorPresenter(d.Present)
	server.SetRecoverFunc(d.Recover)
	server.Use(extension.Introspection{})
	for _, check := range d.Checks {
		server.Use(check)
	}
	server.AroundRootFields(d.Ask)
	server.AroundOperations(d.Level)
	server.AroundResponses(d.Extend)
	return d.known(readable(server))
}

// known finds out who asks. Without a token it is the public; a token with any
// defect is refused.
func (d Door) known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, done := context.WithTimeout(r.Context(), patience)
		defer done()
		v := viewer.Public()
		if header := r.Header.Get("Authorization"); header != "" {
			var err error
			if v, err = d.bearer(ctx, header); err != nil {
				refuse(ctx, w, err)
				return
			}
		}
		next.ServeHTTP(w, r.WithContext(viewer.With(ctx, v)))
	})
}

func (d Door) bearer(ctx context.Context, header string) (viewer.Viewer, error) {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return viewer.Viewer{}, &fault.Request{
			Code: fault.CodeUnauthenticated, Message: "Send the token as `Authorization: Bearer …`.",
		}
	}
	return d.Authenticate(ctx, token)
}

// readable refuses a body that is too large or no JSON object, without echoing
// any of it.
func readable(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestBody))
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			write(r.Context(), w, http.StatusRequestEntityTooLarge, &fault.Request{
				Code: fault.CodeInvalidInput, Message: "The request has more than 128 KiB.",
			})
			return
		}
		var object map[string]json.RawMessage
		if err != nil || json.Unmarshal(body, &object) != nil {
			write(r.Context(), w, http.StatusBadRequest, &fault.Request{
				Code: fault.CodeInvalidInput, Message: "Send a JSON object with `query`, and with `variables` and `operationName` where needed.",
			})
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

// refuse tells of a token that is not valid, or of a failure to find out.
func refuse(ctx context.Context, w http.ResponseWriter, err error) {
	var request *fault.Request
	if !errors.As(err, &request) {
		request = &fault.Request{Code: fault.CodeInternal, Message: "Something went wrong on our side. It has been noted."}
	}
	status := http.StatusUnauthorized
	switch request.Code {
	case fault.CodeUnauthenticated:
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
	case fault.CodeInternal:
		status = http.StatusInternalServerError
	default:
		status = http.StatusServiceUnavailable
	}
	write(ctx, w, status, request)
}

func write(ctx context.Context, w http.ResponseWriter, status int, refused *fault.Request) {
	extensions := refused.Extensions()
	if r := viewer.RequestFrom(ctx); r != nil {
		extensions["requestId"] = r.ID
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{
		"errors": []any{map[string]any{"message": refused.Message, "extensions": extensions}},
	})
}
