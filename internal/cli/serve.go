package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"github.com/rung-dev/rung/graph"
	"github.com/rung-dev/rung/graph/gen/exec"
	"github.com/rung-dev/rung/internal/auth"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/front"
	"github.com/rung-dev/rung/internal/intake"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
	"github.com/rung-dev/rung/internal/web"
)

// serve answers until the context ends.
func (r Rung) serve(ctx context.Context, args []string) error {
	demo := false
	if _, err := r.flags("serve", args, func(f *flag.FlagSet) {
		f.BoolVar(&demo, "demo", false, "fill an empty database with the demo world")
	}); err != nil {
		return err
	}
	spareTime()
	c, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if err := reference(ctx, db); err != nil {
		return err
	}
	if demo {
		if err := r.fillOnce(ctx, c, db); err != nil {
			return err
		}
	}
	issuers, _, err := auth.Open(ctx, c, auth.WithLog(slog.Default()))
	if err != nil {
		return err
	}
	handler, err := Endpoint(c, db, issuers.Authenticate)
	if err != nil {
		return err
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return err
	}
	r.say(c.Lines()...)
	if demo {
		if err := r.welcome(ctx, c, db); err != nil {
			return errors.Join(err, l.Close())
		}
	}
	r.say("Rung answers at " + c.PublicURL + "/graphql")
	return r.work(ctx, db, web.New(web.Site{GraphQL: handler, Ready: ready(db)}), l)
}

// work serves and does queued jobs side by side, and stops both.
func (r Rung) work(ctx context.Context, db *store.DB, server *web.Server, l net.Listener) error {
	ctx, stop := context.WithCancel(ctx)
	var working sync.WaitGroup
	working.Go(func() {
		name := fmt.Sprintf("worker-%d", os.Getpid())
		(&job.Worker{DB: db, Handlers: r.Reactions, Name: name}).Run(ctx)
	})
	err := server.Serve(ctx, l)
	stop()
	working.Wait()
	return err
}

// Endpoint is the GraphQL endpoint over a database.
func Endpoint(
	c config.Config, db *store.DB, authenticate func(context.Context, *store.DB, string) (viewer.Viewer, error),
) (http.Handler, error) {
	key, err := c.SealKey()
	if err != nil {
		return nil, err
	}
	schema := Schema(&graph.Resolver{DB: db, Seal: page.NewSeal(key)})
	return front.Door{
		Schema:       schema,
		Authenticate: func(ctx context.Context, token string) (viewer.Viewer, error) { return authenticate(ctx, db, token) },
		Present:      graph.Present,
		Recover:      graph.Recover,
		Ask:          graph.Ask,
		Extend:       graph.Extend,
		Level:        graph.Level,
		Checks:       []graphql.HandlerExtension{graph.Coerce{Schema: schema.Schema()}},
		Suggest:      c.Embedded(),
	}.Handler(), nil
}

// Schema is the API with its directives.
func Schema(r *graph.Resolver) graphql.ExecutableSchema {
	return exec.NewExecutableSchema(exec.Config{Resolvers: r, Directives: exec.DirectiveRoot{Access: graph.Access}})
}

// reference gives a new database the lists that ship inside the binary.
func reference(ctx context.Context, db *store.DB) error {
	_, err := intake.LoadReference(ctx, db)
	return err
}

func ready(db *store.DB) func(context.Context) error {
	return func(ctx context.Context) error { return db.Engine().Read.PingContext(ctx) }
}
