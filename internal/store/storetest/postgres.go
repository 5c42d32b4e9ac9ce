package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"sync"
	"syscall"
	"time"

	_ "github.com/lib/pq" // the driver
)

// URLVariable names an existing PostgreSQL server for tests. Its role makes and
// drops databases.
const URLVariable = "RUNG_TEST_DATABASE_URL"

// Cluster is a PostgreSQL server that tests started for themselves.
type Cluster struct {
	URL    string // of the database postgres, for a role that is no superuser
	folder string
	server *exec.Cmd
}

// Start makes a cluster with its own data folder on a free port.
func Start(ctx context.Context) (*Cluster, error) {
	programs, err := programsFolder()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp(memoryFolder(), "rung-postgres-")
	if err != nil {
		return nil, err
	}
	c := &Cluster{folder: folder}
	if err := c.start(ctx, programs); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	return c, nil
}

// memoryFolder keeps the cluster in memory where there is such a folder, so
// that fsync stays on and costs nothing.
func memoryFolder() string {
	if s, err := os.Stat("/dev/shm"); err == nil && s.IsDir() {
		return "/dev/shm"
	}
	return ""
}

func programsFolder() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return "", fmt.Errorf("PostgreSQL is not installed: run `make postgres`, or name a server in %s", URLVariable)
	}
	sort.Strings(found)
	return filepath.Dir(found[len(found)-1]), nil
}

func (c *Cluster) start(ctx context.Context, programs string) error {
	port, err := freePort()
	if err != nil {
		return err
	}
	owner, err := c.giveAway()
	if err != nil {
		return err
	}
	data := filepath.Join(c.folder, "data")
	initdb := as(owner, exec.CommandContext(ctx, filepath.Join(programs, "initdb"), //nolint:gosec // the program we found
		"-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync"))
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	c.server = as(owner, exec.Command(filepath.Join(programs, "postgres"), "-D", data, "-k", c.folder, //nolint:gosec,noctx // Stop ends it
		"-c", "listen_addresses=127.0.0.1", "-p", strconv.Itoa(port), "-c", "max_connections=400",
		"-c", "shared_buffers=256MB", "-c", "log_min_messages=fatal", "-c", "jit=off"))
	if err := c.server.Start(); err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	return c.await(ctx, port)
}

// giveAway hands the folder to the user postgres when root runs the tests:
// PostgreSQL refuses root.
func (c *Cluster) giveAway() (*user.User, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	owner, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("root cannot run PostgreSQL and there is no user postgres: run `make postgres`")
	}
	uid, _ := strconv.Atoi(owner.Uid)
	gid, _ := strconv.Atoi(owner.Gid)
	return owner, os.Chown(c.folder, uid, gid)
}

func as(owner *user.User, command *exec.Cmd) *exec.Cmd {
	command.Dir = "/"
	if owner == nil {
		command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		return command
	}
	uid, _ := strconv.ParseUint(owner.Uid, 10, 32)
	gid, _ := strconv.ParseUint(owner.Gid, 10, 32)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return command
}

func (c *Cluster) await(ctx context.Context, port int) error {
	admin, err := sql.Open("postgres", fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port))
	if err != nil {
		return err
	}
	defer func() { _ = admin.Close() }()
	ctx, done := context.WithTimeout(ctx, 30*time.Second)
	defer done()
	for admin.PingContext(ctx) != nil {
		select {
		case <-ctx.Done():
			return errors.New("PostgreSQL did not start within 30 s")
		case <-time.After(20 * time.Millisecond):
		}
	}
	// pg_signal_backend: DROP DATABASE … WITH (FORCE) also ends an autovacuum
	// worker that happens to be there, and nobody's role owns such a worker.
	const role = "CREATE ROLE rung LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS IN ROLE pg_signal_backend"
	if _, err := admin.ExecContext(ctx, role); err != nil {
		return err
	}
	c.URL = fmt.Sprintf("postgres://rung@127.0.0.1:%d/postgres?sslmode=disable", port)
	return nil
}

// Database makes an empty database on the server and returns its URL.
func (c *Cluster) Database(ctx context.Context, name string) (string, error) {
	if err := on(ctx, c.URL, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	return named(c.URL, name)
}

// on runs one statement on a server.
func on(ctx context.Context, server, statement string) error {
	db, err := sql.Open("postgres", server)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(ctx, statement)
	return err
}

// named is the URL of another database of the same server.
func named(server, database string) (string, error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	u.Path = "/" + database
	return u.String(), nil
}

// Stop ends the server and removes its data.
func (c *Cluster) Stop() error {
	if c.server != nil && c.server.Process != nil {
		_ = c.server.Process.Signal(syscall.SIGINT) // a fast shutdown
		_ = c.server.Wait()
	}
	return os.RemoveAll(c.folder)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // at once
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port, nil //nolint:forcetypeassert // it is TCP
}

var own struct {
	once    sync.Once
	cluster *Cluster
	url     string
	err     error
}

// serverURL is the server named in the environment, or one of this process's own.
func serverURL() (string, error) {
	own.once.Do(func() {
		if own.url = os.Getenv(URLVariable); own.url != "" {
			return
		}
		if own.cluster, own.err = Start(context.Background()); own.err == nil { // it outlives the test that needs it first
			own.url = own.cluster.URL
		}
	})
	return own.url, own.err
}
