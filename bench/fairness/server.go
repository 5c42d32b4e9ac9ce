package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"entgo.io/ent/dialect"

	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// server is a process of its own over a demo world of its own.
type server struct {
	url     string
	config  config.Config
	folder  string
	cluster *storetest.Cluster // nil on SQLite
	process *exec.Cmd
	log     *os.File
}

// start runs the server on its core, and moves this process to the other: what it
// starts stays where it was when it started it.
func start(ctx context.Context, engineName string, o options) (s *server, err error) {
	if err := moveTo(ctx, o.server); err != nil {
		return nil, err
	}
	s = &server{}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.stop())
		}
	}()
	if s.folder, err = os.MkdirTemp("", "rung-fairness-"); err != nil {
		return nil, err
	}
	settings, err := s.settings(ctx, engineName, o)
	if err != nil {
		return nil, err
	}
	if s.config, err = config.Read(func(name string) string { return settings[name] }); err != nil {
		return nil, err
	}
	s.url = s.config.PublicURL
	if s.log, err = os.Create(filepath.Join(s.folder, "log")); err != nil {
		return nil, err
	}
	s.process = exec.Command(o.rung, "serve", "--demo") //nolint:gosec,noctx // it is what the command is for, and stop ends it
	s.process.Stdout, s.process.Stderr = s.log, s.log
	s.process.Env = os.Environ()
	for name, value := range settings {
		s.process.Env = append(s.process.Env, name+"="+value)
	}
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	if err := moveTo(ctx, o.load); err != nil {
		return nil, err
	}
	return s, s.await(ctx)
}

// moveTo gives this process, all of its threads, one core.
func moveTo(ctx context.Context, core int) error {
	said, err := exec.CommandContext(ctx, "taskset", "-a", "-c", "-p", strconv.Itoa(core), strconv.Itoa(os.Getpid())).CombinedOutput() //nolint:gosec // numbers
	if err != nil {
		return fmt.Errorf("move to core %d, which needs two cores and taskset of util-linux: %w: %s", core, err, said)
	}
	return nil
}

func (s *server) settings(ctx context.Context, engineName string, o options) (map[string]string, error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	settings := map[string]string{
		"RUNG_DATA_DIR": s.folder, "RUNG_LISTEN": address, "RUNG_PRIVATE_LISTEN": "127.0.0.1:0", "RUNG_PUBLIC_URL": "http://" + address,
		"RUNG_SECRET": "a secret of the measuring and of nobody else", "RUNG_ALLOW": "local-issuer,demo-data", "OTEL_SDK_DISABLED": "true",
		"RUNG_QUOTA": strconv.Itoa(o.quota), "RUNG_QUOTA_PER_SECOND": strconv.Itoa(o.per),
	}
	if engineName == dialect.Postgres {
		if s.cluster, err = storetest.Start(ctx); err != nil {
			return nil, err
		}
		settings["RUNG_DATABASE_URL"], err = s.cluster.Database(ctx, "rung_fairness")
	}
	return settings, err
}

func freeAddress(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// await returns when the server is ready; to fill its world takes it a while.
func (s *server) await(ctx context.Context) error {
	ctx, done := context.WithTimeout(ctx, 5*time.Minute)
	defer done()
	client := &http.Client{Timeout: time.Second}
	defer client.CloseIdleConnections()
	for {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/readyz", nil)
		if err != nil {
			return err
		}
		if a, err := client.Do(r); err == nil {
			_ = a.Body.Close()
			if a.StatusCode == http.StatusNoContent {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			said, _ := os.ReadFile(s.log.Name())
			return fmt.Errorf("the server did not start: %w\n%.2000s", ctx.Err(), said)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (s *server) stop() error {
	var failed error
	if s.process != nil && s.process.Process != nil {
		failed = errors.Join(s.process.Process.Signal(syscall.SIGTERM), s.process.Wait())
	}
	if s.cluster != nil {
		failed = errors.Join(failed, s.cluster.Stop())
	}
	if s.log != nil {
		failed = errors.Join(failed, s.log.Close())
	}
	return errors.Join(failed, os.RemoveAll(s.folder))
}
