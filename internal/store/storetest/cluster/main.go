// Command cluster runs a command beside a PostgreSQL server that is there for it
// alone, and ends the server with it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/rung-dev/rung/internal/store/storetest"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		code = 1
	}
	os.Exit(code)
}

func run(command []string) (int, error) {
	if len(command) == 0 {
		return 1, errors.New("name the command to run")
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	c, err := storetest.Start(ctx)
	if err != nil {
		return 1, err
	}
	do := exec.CommandContext(ctx, command[0], command[1:]...) //nolint:gosec // it is what the command is for
	do.Stdin, do.Stdout, do.Stderr = os.Stdin, os.Stdout, os.Stderr
	do.Env = append(os.Environ(), storetest.URLVariable+"="+c.URL)
	err = do.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return ended.ExitCode(), c.Stop()
	}
	return 0, errors.Join(err, c.Stop())
}
