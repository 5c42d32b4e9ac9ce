package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/rung-dev/rung/internal/auth"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/store/engine"
)

// built is the folder of the program that the tests run, once there is one.
var built string

func removeBuilt() error { return os.RemoveAll(built) }

// binary is the program as it is shipped, without the race detector, built once.
var binary = sync.OnceValues(func() (string, error) {
	var err error
	if built, err = os.MkdirTemp("", "rung-binary-"); err != nil {
		return "", err
	}
	file := filepath.Join(built, "rung")
	out, err := exec.Command("go", "build", "-o", file, ".").CombinedOutput() //nolint:noctx // once for all tests
	if err != nil {
		return "", fmt.Errorf("build rung: %w\n%s", err, out)
	}
	return file, nil
})

// process is a server of its own over one database.
type process struct {
	address  string
	settings map[string]string
	local    *auth.Local

	server *exec.Cmd
	said   bytes.Buffer
}

// newProcess is a server that has not been started yet.
func newProcess(t *testing.T, engineName string, o engine.Options) *process {
	t.Helper()
	folder := o.DataDir
	if engineName == dialect.Postgres {
		folder = t.TempDir()
	}
	p := &process{address: freeAddress(t)}
	p.settings = map[string]string{
		"RUNG_LISTEN": p.address, "RUNG_PRIVATE_LISTEN": freeAddress(t), "RUNG_DATA_DIR": folder, "RUNG_DATABASE_URL": o.URL,
		"RUNG_ALLOW": "local-issuer", "RUNG_SECRET": serverSecret, "OTEL_SDK_DISABLED": "true",
	}
	c, err := config.Read(func(name string) string { return p.settings[name] })
	if err != nil {
		t.Fatal(err)
	}
	if p.local, err = auth.OpenLocal(c); err != nil {
		t.Fatal(err)
	}
	return p
}

// freeAddress is one on this machine where nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

func (p *process) url() string { return "http://" + p.address }

// start runs the server and returns when it is ready.
func (p *process) start(t *testing.T) {
	t.Helper()
	file, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	p.server = exec.Command(file, "serve") //nolint:noctx // stop or kill ends it
	p.server.Env = os.Environ()
	for name, value := range p.settings {
		p.server.Env = append(p.server.Env, name+"="+value)
	}
	p.said.Reset()
	p.server.Stdout, p.server.Stderr = &p.said, &p.said
	if err := p.server.Start(); err != nil {
		t.Fatal(err)
	}
	deadline := time.NewTimer(60 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !p.ready() {
		select {
		case <-deadline.C:
			_ = p.end(syscall.SIGKILL)
			t.Fatalf("the server did not start\n%s", &p.said)
		case <-tick.C:
		}
	}
}

// ready asks what a balancer asks.
func (p *process) ready() bool {
	r, err := http.NewRequest(http.MethodGet, p.url()+"/readyz", nil) //nolint:noctx // a balancer's question
	if err != nil {
		return false
	}
	a, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		return false
	}
	_ = a.Body.Close()
	return a.StatusCode == http.StatusNoContent
}

// end sends a signal and waits until the server is gone. What it wrote and counted
// is looked through with everything else.
func (p *process) end(s os.Signal) error {
	numbers, _ := (&process{address: p.settings["RUNG_PRIVATE_LISTEN"]}).exchange("GET /metrics HTTP/1.1\r\nHost: rung.example\r\nConnection: close\r\n\r\n")
	err := errors.Join(p.server.Process.Signal(s), p.server.Wait())
	outside.ended(p.said.Bytes(), numbers)
	return err
}

// What operators see is served on the private address, and there alone.
func TestThePrivateAddressServesOperators(t *testing.T) {
	t.Parallel()
	p := newProcess(t, dialect.SQLite, demoWorld.Fresh(t, dialect.SQLite))
	p.start(t)
	defer func() { _ = p.end(syscall.SIGTERM) }()
	if _, err := p.exchange(query("{ viewer { kind } }")); err != nil {
		t.Fatal(err)
	}
	private := &process{address: p.settings["RUNG_PRIVATE_LISTEN"]}
	for path, want := range map[string][]string{
		"/metrics": {
			`rung_requests_total{kind="query",status="200"} 1`, `rung_jobs{state="parked"} 0`, `go_sql_max_open_connections{db_name="write"}`,
			"go_gc_gogc_percent 400", "go_gc_gomemlimit_bytes ",
		},
		"/debug/pprof/": {"heap"}, "/debug/pprof/cmdline": {"serve"},
	} {
		ask := "GET " + path + " HTTP/1.1\r\nHost: rung.example\r\nConnection: close\r\n\r\n"
		told, err := private.exchange(ask)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range want {
			if !bytes.Contains(told, []byte(line)) {
				t.Errorf("%s does not tell %q", path, line)
			}
		}
		if told, err = p.exchange(ask); err != nil || !bytes.HasPrefix(told, []byte("HTTP/1.1 404")) {
			t.Errorf("in public %s is answered with %v %.200q", path, err, told)
		}
	}
}
