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
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rung-dev/rung/graph"
	"github.com/rung-dev/rung/graph/gen/exec"
	"github.com/rung-dev/rung/internal/auth"
	"github.com/rung-dev/rung/internal/callback"
	"github.com/rung-dev/rung/internal/career/client"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/demo"
	"github.com/rung-dev/rung/internal/file"
	"github.com/rung-dev/rung/internal/front"
	"github.com/rung-dev/rung/internal/front/quota"
	"github.com/rung-dev/rung/internal/intake"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/oauth"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
	"github.com/rung-dev/rung/internal/watch"
	"github.com/rung-dev/rung/internal/web"
)

// serve answers until the context ends.
func (r Rung) serve(ctx context.Context, args []string) error {
	withDemo := false
	if _, err := r.flags("serve", args, func(f *flag.FlagSet) {
		f.BoolVar(&withDemo, "demo", false, "fill an empty database with the demo world")
	}); err != nil {
		return err
	}
	spareTime()
	slog.SetDefault(slog.New(slog.NewJSONHandler(r.Err, nil)))
	c, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if err := reference(ctx, db); err != nil {
		return err
	}
	if withDemo {
		if err := r.fillOnce(ctx, c, db); err != nil {
			return err
		}
	}
	issuers, _, err := auth.Open(ctx, c, auth.WithLog(slog.Default()))
	if err != nil {
		return err
	}
	seen := watch.New()
	seen.Pools(db)
	seen.Queue(func(ctx context.Context) (watch.Queue, error) {
		depth, err := job.Measure(ctx, db)
		return watch.Queue(depth), err
	})
	flush, err := seen.Trace(ctx, r.Getenv)
	if err != nil {
		return err
	}
	defer func() { _ = flush(context.WithoutCancel(ctx)) }()
	shelf, err := file.Open(ctx, c, db.Now)
	if err != nil {
		return err
	}
	defer func() { _ = shelf.Close() }()
	r.Reactions = shelf.Reactions(r.Reactions)
	site, err := Site(c, db, shelf, r.Reactions, issuers.Authenticate, seen)
	if err != nil {
		return err
	}
	if withDemo {
		if site.Home, err = demoHome(c, db); err != nil {
			return err
		}
	}
	l, private, err := listen(ctx, c)
	if err != nil {
		return err
	}
	r.say(c.Lines()...)
	if withDemo {
		if err := r.welcome(ctx, c, db); err != nil {
			return errors.Join(err, l.Close(), private.Close())
		}
	}
	r.say("Rung answers at "+c.PublicURL+"/graphql, and shows itself in a browser at "+c.PublicURL+"/", "Numbers for operators are at http://"+private.Addr().String()+"/metrics")
	return r.work(ctx, c, db, seen, site, l, private)
}

// listen opens the public and the private address, or neither.
func listen(ctx context.Context, c config.Config) (public, private net.Listener, err error) {
	if public, err = new(net.ListenConfig).Listen(ctx, "tcp", c.Listen); err != nil {
		return nil, nil, err
	}
	if private, err = new(net.ListenConfig).Listen(ctx, "tcp", c.PrivateListen); err != nil {
		return nil, nil, errors.Join(err, public.Close())
	}
	return public, private, nil
}

// work serves and does queued jobs side by side, and stops them all.
func (r Rung) work(ctx context.Context, c config.Config, db *store.DB, seen *watch.Watch, site web.Site, public, private net.Listener) error {
	stopped, stop := context.WithCancel(context.WithoutCancel(ctx))
	var working sync.WaitGroup
	for n := range c.Workers {
		w := &job.Worker{DB: db, Handlers: r.Reactions, Schedules: r.Schedules, Name: fmt.Sprintf("worker-%d-%d", os.Getpid(), n+1)}
		working.Go(func() { w.Run(stopped) })
	}
	working.Go(func() { keepCounts(stopped, site.Keep) })
	// The numbers stay to be read until the last request has been answered.
	failed := make(chan error, 1)
	working.Go(func() { failed <- web.Private(stopped, private, seen.Handler()) })
	err := web.New(site).Serve(ctx, public)
	stop()
	working.Wait()
	return errors.Join(err, <-failed)
}

const keptEvery = 10 * time.Second

// keepCounts writes down what was counted, again and again and at the end.
func keepCounts(ctx context.Context, keep func(context.Context) error) {
	for {
		var left context.Context
		select {
		case <-ctx.Done():
			left = context.WithoutCancel(ctx)
		case <-time.After(keptEvery):
			left = ctx
		}
		if err := keep(left); err != nil {
			slog.ErrorContext(ctx, "what clients asked could not be kept", "error", err)
		}
		if ctx.Err() != nil {
			return
		}
	}
}

// Site is everything that the public address serves, over a database.
func Site(
	c config.Config, db *store.DB, shelf *file.Shelf, reactions map[job.Kind]job.Handler, authenticate func(context.Context, *store.DB, string) (viewer.Viewer, error), seen *watch.Watch,
) (web.Site, error) {
	clients, err := auth.OpenClients(c)
	if err != nil {
		return web.Site{}, err
	}
	usage := client.NewUsage(db)
	endpoint, schema, err := endpoint(c, db, shelf, reactions, authenticate, clients, observed{seen, usage})
	if err != nil {
		return web.Site{}, err
	}
	tokens := oauth.New(db, clients, c.PublicURL)
	return web.Site{
		Keep: usage.Keep, Hears: client.NewPages(db).Hears, Token: tokens.Token, Metadata: tokens.Metadata, Keys: tokens.Keys,
		GraphQL: endpoint, SDL: graph.SDL(schema) + "\n", Home: home(nil, nil), Ready: ready(db),
		Origins: c.Origins, Proxies: c.TrustedProxies, Panicked: seen.Panicked, Grace: c.Grace,
		Payments: payments(c, db), Files: shelf.Door(db),
	}, nil
}

// payments answers a provider's callbacks, where one was told a secret.
func payments(c config.Config, db *store.DB) http.Handler {
	if c.PaymentSecret.IsEmpty() {
		return nil
	}
	return callback.Door{DB: db, Secret: c.PaymentSecret}
}

// observed is told of every request.
type observed struct {
	*watch.Watch
	usage *client.Usage
}

// observe counts a request, also for the client that sent it.
func (o observed) observe(ctx context.Context, r front.Record) {
	o.Observe(ctx, r)
	if !r.Viewer.Client.IsNone() {
		o.usage.Note(client.Asked{
			Client: r.Viewer.Client, Tenant: r.Viewer.ActsFor(), Cost: r.Actual, IsRefused: len(r.Codes) > 0, Deprecated: r.Deprecated,
		})
	}
}

func endpoint(
	c config.Config, db *store.DB, shelf *file.Shelf, reactions map[job.Kind]job.Handler, authenticate func(context.Context, *store.DB, string) (viewer.Viewer, error), clients *auth.Clients, seen observed,
) (http.Handler, *ast.Schema, error) {
	key, err := c.SealKey()
	if err != nil {
		return nil, nil, err
	}
	issuer, err := auth.OpenSandboxes(c)
	if err != nil {
		return nil, nil, err
	}
	sessions, err := auth.OpenSessions(c)
	if err != nil {
		return nil, nil, err
	}
	isOurs, err := auth.Ours(c)
	if err != nil {
		return nil, nil, err
	}
	schema := Schema(&graph.Resolver{
		DB: db, Seal: page.NewSeal(key), Files: shelf, Sandboxes: demo.Sandboxes{Issuer: issuer, Reactions: reactions},
		MintEmbed: clients.MintEmbed, Sessions: sessions.Act, IsOurs: isOurs,
	})
	handler, err := front.Door{
		Schema:       schema,
		Authenticate: func(ctx context.Context, token string) (viewer.Viewer, error) { return authenticate(ctx, db, token) },
		Present:      graph.Present,
		Recover: func(ctx context.Context, thrown any) error {
			seen.Panicked()
			return graph.Recover(ctx, thrown)
		},
		Ask:       graph.Ask,
		Extend:    graph.Extend,
		Level:     graph.Disclosing(db),
		Checks:    []graphql.HandlerExtension{graph.Coerce{Schema: schema.Schema()}},
		Published: graph.Documents(),
		Suggest:   c.Embedded(),
		Tally:     tally,
		Quota:     quota.New(c.Quota, c.QuotaPerSecond),
		Observe:   seen.observe,
	}.Handler()
	return handler, schema.Schema(), err
}

// tally counts the statements sent under a context.
func tally(ctx context.Context) (counted context.Context, statements func() int) {
	t := &store.Tally{}
	return store.WithTally(ctx, t), t.Statements
}

// Schema is the API with its directives.
func Schema(r *graph.Resolver) graphql.ExecutableSchema {
	c := exec.Config{Resolvers: r, Directives: exec.DirectiveRoot{Access: graph.Access}}
	c.Schema = graph.Served(exec.NewExecutableSchema(c).Schema())
	return exec.NewExecutableSchema(c)
}

// reference gives a new database the lists that ship inside the binary.
func reference(ctx context.Context, db *store.DB) error {
	_, err := intake.LoadReference(ctx, db)
	return err
}

func ready(db *store.DB) func(context.Context) error {
	return func(ctx context.Context) error {
		ctx, done := context.WithTimeout(ctx, time.Second)
		defer done()
		return db.Engine().Read.PingContext(ctx)
	}
}
