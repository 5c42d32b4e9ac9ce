package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/auditentry"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/event"
	"github.com/rung-dev/rung/ent/gen/ent/feedentry"
	"github.com/rung-dev/rung/internal/auth"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/engine"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// TestSoakNothingAcknowledgedIsLost kills the server under write load, again and
// again, and looks for every write it had acknowledged: the row, its event, its
// feed entries and its audit row, each there once.
func TestSoakNothingAcknowledgedIsLost(t *testing.T) {
	t.Parallel()
	rounds, writes := 2, 60
	if os.Getenv("RUNG_SOAK") == "1" {
		rounds, writes = 20, 400
	}
	for _, name := range storetest.Engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newKiller(t, name)
			for round := range rounds {
				k.round(t, round, writes)
			}
			k.verify(t)
		})
	}
}

// killer is a server with what it acknowledged.
type killer struct {
	*process

	options engine.Options

	mu           sync.Mutex
	acknowledged map[string]string // idempotency key to employer id
	unanswered   []string
}

func newKiller(t *testing.T, engineName string) *killer {
	t.Helper()
	o := storetest.Fresh(t, engineName)
	return &killer{process: newProcess(t, engineName, o), options: o, acknowledged: map[string]string{}}
}

// round starts the server, waits for so many more writes and kills it in the
// middle of others.
func (k *killer) round(t *testing.T, round, writes int) {
	t.Helper()
	k.start(t)
	k.resend(t)
	ctx, stop := context.WithCancel(t.Context())
	var writers sync.WaitGroup
	for writer := range 8 {
		writers.Go(func() { k.write(ctx, func() bool { return ctx.Err() == nil }, round, writer) })
	}
	k.awaitWrites(t, writes)
	_ = k.end(syscall.SIGKILL)
	stop()
	writers.Wait()
}

// awaitWrites returns once so many more writes were acknowledged.
func (k *killer) awaitWrites(t *testing.T, more int) {
	t.Helper()
	before := k.count()
	deadline := time.NewTimer(30 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for k.count() < before+more {
		select {
		case <-deadline.C:
			t.Fatalf("%d writes were acknowledged in 30 s, want %d", k.count()-before, more)
		case <-tick.C:
		}
	}
}

func (k *killer) count() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.acknowledged)
}

// write registers employers for as long as it is to go on, or the server is there.
func (k *killer) write(ctx context.Context, goOn func() bool, round, writer int) {
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for n := 0; goOn(); n++ {
		key := fmt.Sprintf("key-%d-%d-%d", round, writer, n)
		id, err := k.register(ctx, client, key)
		k.mu.Lock()
		if err == nil {
			k.acknowledged[key] = id
		} else {
			k.unanswered = append(k.unanswered, key)
		}
		k.mu.Unlock()
		if err != nil {
			return // the server is gone
		}
	}
}

// resend sends again, with their keys, the writes that got no answer: each
// counts once, whether or not it had been kept.
func (k *killer) resend(t *testing.T) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for _, key := range k.unanswered {
		id, err := k.register(t.Context(), client, key)
		if err != nil {
			t.Fatalf("send %s again: %v", key, err)
		}
		k.acknowledged[key] = id
	}
	k.unanswered = nil
}

func (k *killer) register(ctx context.Context, client *http.Client, key string) (string, error) {
	token, err := k.local.Mint(auth.Claims{Subject: key, Name: "Owner of " + key})
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(map[string]any{
		"query": `mutation($name: String!, $key: String!) {
			registerEmployer(input: {name: $name}) @idempotent(key: $key) { employer { id } userErrors { code } }
		}`,
		"variables": map[string]any{"name": "Employer " + key, "key": key},
	})
	if err != nil {
		return "", err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, k.url()+"/graphql", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("X-Request-Id", "kill-"+key)
	r.GetBody = nil // or the client would send it again by itself
	outside.sent(r, body)
	a, err := client.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = a.Body.Close() }()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		return "", err
	}
	var told struct {
		Data struct {
			RegisterEmployer struct{ Employer struct{ ID string } }
		}
	}
	if err := json.Unmarshal(text, &told); err != nil || told.Data.RegisterEmployer.Employer.ID == "" {
		return "", fmt.Errorf("no employer in %s", text)
	}
	return told.Data.RegisterEmployer.Employer.ID, nil
}

// verify looks for each acknowledged write in the database itself.
func (k *killer) verify(t *testing.T) {
	t.Helper()
	db, err := store.Open(t.Context(), k.options)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	ctx := viewer.With(t.Context(), viewer.System("a test looks for what was acknowledged"))
	for key, shown := range k.acknowledged {
		id, err := gid.Parse(shown)
		if err != nil {
			t.Fatal(err)
		}
		for what, n := range k.found(ctx, t, db, key, id) {
			if n != 1 {
				t.Errorf("%s of %s is there %d times, want once", what, key, n)
			}
		}
	}
	employers, err := db.Read.Employer.Query().Where(employer.OriginEQ(employer.OriginRegistered)).Count(ctx)
	if err != nil {
		t.Fatal(err)
	}
	// Whatever the last kill left unanswered was kept or not.
	if most := len(k.acknowledged) + len(k.unanswered); employers < len(k.acknowledged) || employers > most {
		t.Errorf("there are %d employers, want %d to %d", employers, len(k.acknowledged), most)
	}
	gaps(ctx, t, db)
	t.Logf("%d acknowledged writes, each there once", len(k.acknowledged))
}

func (k *killer) found(ctx context.Context, t *testing.T, db *store.DB, key string, id gid.ID) map[string]int {
	t.Helper()
	happened, err := db.Read.Event.Query().Where(event.SubjectID(id), event.Kind("employer.registered")).All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	count := func(n int, err error) int {
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	n := map[string]int{
		"the row":   count(db.Read.Employer.Query().Where(employer.ID(id), employer.Name("Employer "+key)).Count(ctx)),
		"the event": len(happened),
	}
	if len(happened) == 1 {
		n["the employer's feed entry"] = count(db.Read.FeedEntry.Query().Where(feedentry.EventID(happened[0].ID), feedentry.PartyID(id)).Count(ctx))
		n["the platform's feed entry"] = count(db.Read.FeedEntry.Query().Where(feedentry.EventID(happened[0].ID), feedentry.PartyID(gid.LiveWorld)).Count(ctx))
		n["the audit row"] = count(db.Read.AuditEntry.Query().Where(auditentry.ChangeID(happened[0].ChangeID), auditentry.OutcomeEQ(auditentry.OutcomeDone)).Count(ctx))
	}
	return n
}

// gaps looks for holes in every party's sequence.
func gaps(ctx context.Context, t *testing.T, db *store.DB) {
	t.Helper()
	entries, err := db.Read.FeedEntry.Query().Order(ent.Asc(feedentry.FieldPartyID, feedentry.FieldSequence)).All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	next := map[gid.ID]int64{}
	for _, e := range entries {
		next[e.PartyID]++
		if e.Sequence != next[e.PartyID] {
			t.Errorf("the feed of %s goes on with %d, want %d", e.PartyID, e.Sequence, next[e.PartyID])
		}
	}
}
