package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/store/storetest"
)

// hostile is a request that no decent client sends, byte for byte, and the code
// that refuses it; none where HTTP itself does.
type hostile struct {
	name, raw, code string
}

const (
	mostCPU    = 100 * time.Millisecond // of the server, for one refusal
	mostTime   = time.Second
	mostAnswer = 64 << 10
)

// TestSoakHostileRequestsAreRefused sends each request of the corpus to a server
// as it is shipped. Each is refused quickly, in few bytes, without a word of the
// inside, and the next decent request is served as before. The long form sends
// ten thousand, and the server's memory does not grow.
func TestSoakHostileRequestsAreRefused(t *testing.T) { //nolint:paralleltest // it measures
	rounds := 1
	if os.Getenv("RUNG_SOAK") == "1" {
		rounds = 50
	}
	for _, name := range storetest.Engines {
		t.Run(name, func(t *testing.T) {
			p := newProcess(t, name, demoWorld.Fresh(t, name))
			p.start(t)
			defer func() { _ = p.end(syscall.SIGTERM) }()
			corpus := corpus(t, p)
			if len(corpus) < 200 {
				t.Errorf("the corpus has %d requests, want 200", len(corpus))
			}
			var worst time.Duration
			for _, h := range corpus {
				worst = max(worst, p.refuses(t, h))
			}
			before := p.memory(t)
			for range rounds - 1 {
				for _, h := range corpus {
					_, _ = p.exchange(h.raw)
				}
			}
			after := p.memory(t)
			if after > before+32<<20 {
				t.Errorf("the server's memory grew from %d to %d MiB", before>>20, after>>20)
			}
			t.Logf("%d requests, %d times; the dearest took %v of CPU; memory %d MiB after the first round, %d MiB after the last",
				len(corpus), rounds, worst, before>>20, after>>20)
		})
	}
}

// refuses sends one request and a decent one, and returns the CPU time that the
// first took. What else the machine does is in the figures: the best of three
// counts.
func (p *process) refuses(t *testing.T, h hostile) time.Duration {
	t.Helper()
	outside.raw(h.raw)
	cpu, took := time.Hour, time.Hour
	for try := 0; try < 3 && (cpu > mostCPU || took > mostTime); try++ {
		spent, began := p.spent(t), time.Now()
		answered, err := p.exchange(h.raw)
		took, cpu = min(took, time.Since(began)), min(cpu, p.spent(t)-spent)
		if err != nil {
			t.Errorf("%s: %v", h.name, err)
			return 0
		}
		p.judge(t, h, answered)
	}
	if cpu > mostCPU || took > mostTime {
		t.Errorf("%s: took %v and %v of CPU", h.name, took, cpu)
	}
	decent, err := p.exchange(query(`{ viewer { kind } }`))
	if err != nil || !bytes.Contains(decent, []byte(`"data":{"viewer":{"kind":"ANONYMOUS"}}`)) {
		t.Errorf("after %s a decent request gets %v %.300s", h.name, err, decent)
	}
	return cpu
}

// Who sends slowly is hung up on, and keeps nobody else waiting.
func TestSlowSendersAreHungUpOn(t *testing.T) {
	t.Parallel()
	p := newProcess(t, storetest.Engines[0], demoWorld.Fresh(t, storetest.Engines[0]))
	p.start(t)
	defer func() { _ = p.end(syscall.SIGTERM) }()
	whole := query(`{ viewer { kind } }`)
	var senders sync.WaitGroup
	for name, sent := range map[string]string{
		"nothing": "", "half a line": whole[:10], "half a header": whole[:60], "no body": whole[:strings.Index(whole, "\r\n\r\n")+4], "half a body": whole[:len(whole)-5],
	} {
		for range 40 {
			senders.Go(func() { p.drip(t, name, sent) })
		}
	}
	for range 20 {
		began := time.Now()
		if answered, err := p.exchange(whole); err != nil || !bytes.Contains(answered, []byte("ANONYMOUS")) {
			t.Errorf("beside slow senders a decent request gets %v %.200q", err, answered)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("beside slow senders a decent request took %v", took)
		}
	}
	senders.Wait()
}

// drip sends the beginning of a request, then nothing, and waits for the end.
func (p *process) drip(t *testing.T, name, sent string) {
	t.Helper()
	c, err := net.Dial("tcp", p.address) //nolint:noctx // with a deadline below
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(8 * time.Second))
	if _, err := io.WriteString(c, sent); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if answered, err := io.ReadAll(c); err != nil && !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("%s: it is not hung up on: %v %.200q", name, err, answered)
	}
}

// exchange sends bytes on a connection of their own and reads what comes back
// until the server hangs up.
func (p *process) exchange(raw string) ([]byte, error) {
	c, err := net.Dial("tcp", p.address) //nolint:noctx // with a deadline below
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	// A server may hang up before it has read all.
	go func() { _, _ = io.WriteString(c, raw) }()
	answered, err := io.ReadAll(io.LimitReader(c, 1<<20))
	if err != nil && !errors.Is(err, syscall.ECONNRESET) {
		return answered, fmt.Errorf("no end of the answer: %w after %.200q", err, answered)
	}
	return answered, nil
}

// more is what else of the inside a body may not name.
var more = regexp.MustCompile(`99designs|vektah|entgo|gqlgen|gqlparser|net/http|json: |strconv|context deadline|0x[0-9a-f]{6,}`)

// judge looks at the answer to one hostile request.
func (p *process) judge(t *testing.T, h hostile, answered []byte) {
	t.Helper()
	if len(answered) > mostAnswer {
		t.Errorf("%s: is answered with %d bytes", h.name, len(answered))
	}
	if leak := inside.Find(answered); leak != nil {
		t.Errorf("%s: the answer tells of the inside, %q: %.300q", h.name, leak, answered)
	}
	if len(answered) == 0 && h.code == "" {
		return // it hung up
	}
	a, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(answered)), nil)
	if err != nil {
		t.Errorf("%s: the answer is none: %v %.300q", h.name, err, answered)
		return
	}
	defer func() { _ = a.Body.Close() }()
	body, _ := io.ReadAll(a.Body)
	if leak := more.Find(body); leak != nil {
		t.Errorf("%s: the answer tells of the inside, %q: %.300q", h.name, leak, body)
	}
	if p.settings["RUNG_DATABASE_URL"] != "" && bytes.Contains(body, []byte("Did you mean")) {
		t.Errorf("%s: the answer helps with guessing: %.300q", h.name, body)
	}
	if h.code == "" {
		if a.StatusCode < 300 {
			t.Errorf("%s: is answered with %d %.300q", h.name, a.StatusCode, body)
		}
		return
	}
	var told struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if err := json.Unmarshal(body, &told); err != nil || len(told.Errors) == 0 {
		t.Errorf("%s: is not refused: %d %.300q", h.name, a.StatusCode, body)
		return
	}
	if len(told.Errors) > 20 {
		t.Errorf("%s: is told %d errors", h.name, len(told.Errors))
	}
	for _, e := range told.Errors {
		if e.Extensions.Code != h.code || e.Message == "" || len(e.Message) > 1000 {
			t.Errorf("%s: is refused with %s %.300q, want %s", h.name, e.Extensions.Code, e.Message, h.code)
			return
		}
	}
}

// spent is the CPU time that the server's threads have taken so far.
func (p *process) spent(t *testing.T) time.Duration {
	t.Helper()
	files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", p.server.Process.Pid))
	if len(files) == 0 && runtime.GOOS == "linux" {
		t.Fatal("the system does not say what the server's threads take")
	}
	var sum time.Duration
	for _, file := range files {
		text, _ := os.ReadFile(file)
		if fields := strings.Fields(string(text)); len(fields) > 0 {
			n, _ := strconv.ParseInt(fields[0], 10, 64)
			sum += time.Duration(n)
		}
	}
	return sum
}

// memory is how many bytes of memory the server holds.
func (p *process) memory(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.server.Process.Pid))
	if err != nil && runtime.GOOS == "linux" {
		t.Fatal(err)
	}
	_, line, _ := strings.Cut(string(text), "VmRSS:")
	fields := strings.Fields(line)
	if len(fields) == 0 {
		return 0
	}
	kib, _ := strconv.Atoi(fields[0])
	return kib << 10
}
