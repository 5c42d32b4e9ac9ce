// Command fairness measures whether a tenant that asks for ten times its quota
// makes the others wait. The server has one core, with its database, and the
// clients of all tenants have another; everything stays on this machine.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/rung-dev/rung/internal/store/storetest"
)

// What is promised: how much longer the slowest hundredth of the others' requests
// may take, and how many of them are answered at least.
const (
	mostLonger   = 1.5
	leastAnswers = 0.999
)

type options struct {
	rung         string
	engines      []string
	rounds       int
	phase        time.Duration
	others       int
	times        int // the quota is asked for by the loud tenant
	quota, per   int
	server, load int // cores
}

func main() {
	var o options
	flag.StringVar(&o.rung, "rung", "./rung", "the server to measure")
	engines := flag.String("engines", strings.Join(storetest.Engines, ","), "on which databases")
	flag.IntVar(&o.rounds, "rounds", 5, "how often both phases are measured; the median counts")
	flag.DurationVar(&o.phase, "phase", 20*time.Second, "how long a phase is")
	flag.IntVar(&o.others, "others", 4, "tenants beside the loud one")
	flag.IntVar(&o.times, "times", 10, "how many times its quota the loud one asks for")
	flag.IntVar(&o.quota, "quota", 100_000, "RUNG_QUOTA of the server")
	flag.IntVar(&o.per, "per-second", 2000, "RUNG_QUOTA_PER_SECOND of the server")
	flag.IntVar(&o.server, "server", 0, "the core of the server and its database")
	flag.IntVar(&o.load, "load", 1, "the core of the clients")
	flag.Parse()
	o.engines = strings.Split(*engines, ",")
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	err := run(ctx, os.Stdout, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "fairness:", err)
		os.Exit(1)
	}
}

// run measures one engine after the other, and fails where one is not fair.
func run(ctx context.Context, out io.Writer, o options) error {
	today := time.Now().Format(time.DateOnly) //nolint:forbidigo // it dates the figures
	_, _ = fmt.Fprintf(out, "%s, %s/%s, one core for the server and its database and one for the clients, %s; a quota of %d and %d a second; %d rounds of %s quiet and %s loud; medians.\n\n",
		today, runtime.GOOS, runtime.GOARCH, runtime.Version(), o.quota, o.per, o.rounds, o.phase, o.phase)
	_, _ = fmt.Fprint(out, heading)
	var unfair error
	for _, engineName := range o.engines {
		f, err := measured(ctx, engineName, o)
		if err != nil {
			return fmt.Errorf("%s: %w", engineName, err)
		}
		_, _ = fmt.Fprintln(out, f.line(engineName))
		if err := f.judge(); err != nil {
			unfair = errors.Join(unfair, fmt.Errorf("%s: %w", engineName, err))
		}
	}
	return unfair
}

// measured takes the figures of one engine.
func measured(ctx context.Context, engineName string, o options) (f figures, err error) {
	s, err := start(ctx, engineName, o)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	c, err := settle(ctx, s, o)
	if err != nil {
		return f, err
	}
	if _, err := c.phase(ctx, 0, false); err != nil { // caches fill, connections open
		return f, err
	}
	for round := range o.rounds {
		for _, isLoud := range []bool{false, true} {
			p, err := c.phase(ctx, round, isLoud)
			if err != nil {
				return f, err
			}
			f.add(p, isLoud)
			_, _ = fmt.Fprintf(os.Stderr, "%s, round %d, loud %v: p50 %s, p90 %s, p99 %s, sent late p99 %s, %d of %d failed; the loud one: %v\n",
				engineName, round+1, isLoud, at(0.5, p.took), at(0.9, p.took), at(0.99, p.took), at(0.99, p.late), p.failed, len(p.took), p.loud)
		}
	}
	return f, nil
}
