package main

import (
	"context"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/store/storetest"
)

// TestSoakNothingIsCutOff stops the server under load, again and again, behind
// something that does what a balancer does: it watches /readyz and sends nothing
// more once the server says no. Each request that was sent is answered, and each
// write that was acknowledged is there.
func TestSoakNothingIsCutOff(t *testing.T) {
	t.Parallel()
	rounds := 2
	if os.Getenv("RUNG_SOAK") == "1" {
		rounds = 20
	}
	for _, name := range storetest.Engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := &balanced{killer: newKiller(t, name)}
			b.settings["RUNG_GRACE"] = "500ms"
			for round := range rounds {
				b.round(t, round)
			}
			b.verify(t)
			t.Logf("%d stops with 0 of %d requests cut off", rounds, b.reads.Load()+int64(b.count()))
		})
	}
}

// balanced is a server behind a balancer with one server.
type balanced struct {
	*killer

	open  atomic.Bool
	reads atomic.Int64
}

// round stops the server in the middle of reads and writes.
func (b *balanced) round(t *testing.T, round int) {
	t.Helper()
	b.start(t)
	b.open.Store(true)
	ctx, done := context.WithCancel(t.Context())
	var clients, watcher sync.WaitGroup
	watcher.Go(func() { b.watch(ctx) })
	for n := range 4 {
		clients.Go(func() { b.write(t.Context(), b.open.Load, round, n) })
		clients.Go(func() { b.read(t) })
	}
	b.awaitWrites(t, 40)
	began := time.Now()
	if err := b.end(syscall.SIGTERM); err != nil {
		t.Errorf("the server ends with %v\n%.2000s", err, &b.said)
	}
	took := time.Since(began)
	clients.Wait()
	done()
	watcher.Wait()
	if took < 500*time.Millisecond || took > 5*time.Second {
		t.Errorf("the server took %v to stop", took)
	}
	if len(b.unanswered) > 0 {
		t.Errorf("%d writes were cut off", len(b.unanswered))
	}
	b.unanswered = nil
}

// watch asks whether the server is ready, four times in its time of grace.
func (b *balanced) watch(ctx context.Context) {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if !b.ready() {
				b.open.Store(false)
			}
		}
	}
}

func (b *balanced) read(t *testing.T) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for b.open.Load() {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url()+"/graphql", strings.NewReader(`{"query":"{ employers(first: 20) { nodes { id name } } }"}`))
		if err != nil {
			t.Error(err)
			return
		}
		r.Header.Set("Content-Type", "application/json")
		r.GetBody = nil // or the client would send it again by itself
		b.reads.Add(1)
		a, err := client.Do(r)
		if err != nil {
			t.Errorf("a read was cut off: %v", err)
			return
		}
		if a.StatusCode != http.StatusOK {
			t.Errorf("a read was answered with %d", a.StatusCode)
		}
		_ = a.Body.Close()
	}
}
