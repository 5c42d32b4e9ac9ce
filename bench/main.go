// Command bench measures the operations that clients send most, on both engines,
// and on PostgreSQL beside one hand-written statement that gives the same answer.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/rung-dev/rung/internal/store/storetest"
)

func main() {
	testing.Init()
	rounds := flag.Int("rounds", 5, "how often everything is measured; the median counts")
	rows := flag.Int("rows", 25_000, "open listings in the database")
	flag.Parse()
	_ = flag.Set("test.benchtime", "500ms")
	slog.SetLogLoggerLevel(slog.LevelError)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	err := run(ctx, os.Stdout, *rounds, *rows)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures one engine after the other.
func run(ctx context.Context, out io.Writer, rounds, rows int) error {
	today := time.Now().Format(time.DateOnly) //nolint:forbidigo // it dates the figures
	_, _ = fmt.Fprintf(out, "%s, %s/%s, %d processors, %s; %d open listings; median of %d rounds, one request at a time.\n\n",
		today, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), rows, rounds)
	_, _ = fmt.Fprint(out, "| engine | operation | ms | allocations | KiB allocated | statements | one SQL statement, ms | ratio |\n|---|---|---|---|---|---|---|---|\n")
	for _, name := range storetest.Engines {
		if err := measured(ctx, out, name, rounds, rows); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func measured(ctx context.Context, out io.Writer, engineName string, rounds, rows int) (err error) {
	w, err := fill(ctx, engineName, rows)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	works, err := w.works()
	if err != nil {
		return err
	}
	taken := make([]figures, len(works))
	for range rounds {
		for i, work := range works {
			if err := taken[i].add(w, work, engineName == dialect.Postgres); err != nil {
				return fmt.Errorf("%s: %w", work.name, err)
			}
		}
	}
	for i, work := range works {
		_, _ = fmt.Fprintln(out, taken[i].line(engineName, work.name))
	}
	return nil
}
