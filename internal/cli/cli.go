// Package cli is the command line: one binary, a subcommand for each thing that
// whoever runs Rung does.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/engine"
)

// Rung is the program with what it is run with.
type Rung struct {
	Reactions map[job.Kind]job.Handler
	Schedules map[job.Kind]time.Duration
	Out, Err  io.Writer
	Getenv    func(string) string
}

type command struct {
	name, usage, about string
	run                func(Rung, context.Context, []string) error
}

// commands is a function because help is one of them.
func commands() []command {
	return []command{
		{"serve", "serve [--demo]", "answer requests; --demo fills an empty database first and prints how to begin", Rung.serve},
		{"migrate", "migrate", "bring the database's tables up to date and stop", Rung.migrate},
		{"import", "import KIND FILE [--as-of DATE]", "read institutions, skills, occupations or postings from a CSV file", Rung.load},
		{"demo", "demo", "fill an empty database with the demo world and print its tokens", Rung.fill},
		{"token", "token --as ROLE|E-MAIL [--org ID]", "print a token of the local issuer", Rung.token},
		{"seat", "seat --issuer I --subject S --name N", "make a person an operator of the platform", Rung.seat},
		{"jobs", "jobs [retry ID|park ID]", "list the work that is parked or due, let a parked job be tried again, or park a queued one", Rung.jobs},
		{"schema", "schema", "print the API's schema", Rung.schema},
		{"version", "version", "print the version", Rung.version},
		{"help", "help", "print this", Rung.help},
	}
}

// errUsage ends a command that was called wrongly; it has said how.
var errUsage = errors.New("see rung help")

// Run does what the arguments say and returns the exit code.
func (r Rung) Run(ctx context.Context, args []string) int {
	name := "help"
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	for _, c := range commands() {
		if c.name != name {
			continue
		}
		if err := c.run(r, ctx, args); err != nil {
			_, _ = fmt.Fprintln(r.Err, "rung "+name+":", err)
			return 1
		}
		return 0
	}
	_, _ = fmt.Fprintf(r.Err, "rung has no command %q\n", name)
	_ = r.help(ctx, nil)
	return 2
}

func (r Rung) help(context.Context, []string) error {
	r.say("Usage: rung COMMAND")
	for _, c := range commands() {
		r.say(fmt.Sprintf("  %-38s %s", c.usage, c.about))
	}
	return nil
}

func (r Rung) say(lines ...string) {
	for _, line := range lines {
		_, _ = fmt.Fprintln(r.Out, line)
	}
}

// flags reads a command's flags and leaves its other arguments.
func (r Rung) flags(name string, args []string, define func(*flag.FlagSet)) ([]string, error) {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(r.Err)
	define(set)
	var rest []string
	for {
		if err := set.Parse(args); err != nil {
			return nil, errUsage
		}
		if set.NArg() == 0 {
			return rest, nil
		}
		rest, args = append(rest, set.Arg(0)), set.Args()[1:]
	}
}

// open reads the settings and opens the database, migrated and found safe.
func (r Rung) open(ctx context.Context, options ...store.Option) (config.Config, *store.DB, error) {
	c, err := config.Read(r.Getenv)
	if err != nil {
		return c, nil, err
	}
	db, err := store.Open(ctx, engine.Options{URL: c.DatabaseURL.Reveal(), DataDir: c.DataDir}, options...)
	if err != nil {
		return c, nil, err
	}
	if err := db.Engine().AssertSafe(ctx); err != nil {
		return c, nil, errors.Join(err, db.Close())
	}
	return c, db, nil
}

func (r Rung) migrate(ctx context.Context, _ []string) error {
	_, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	r.say("The database is up to date.")
	return db.Close()
}
