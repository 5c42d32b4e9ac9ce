package front_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/front"
	"github.com/rung-dev/rung/internal/front/quota"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// dear costs 500, as estimated and as answered.
const dear = "{ words(first: 500) { text } }"

// answered lets a door answer it.
func answered(d *front.Door) {
	list := "{\"words\":[" + strings.Repeat(`{"text":"x"},`, 499) + `{"text":"x"}]}`
	d.Schema.(*graphql.ExecutableSchemaMock).ExecFunc = func(context.Context) graphql.ResponseHandler { //nolint:forcetypeassert // as door makes it
		return graphql.OneShot(&graphql.Response{Data: json.RawMessage(list)})
	}
}

var client = gid.ID{1, 6: 0x70, 8: 0x80, 15: byte(gid.APIClient)}

// guarded is a door with a quota. It counts how often somebody was looked up, and keeps
// what was observed last; whoever shows a token with a c is one API client.
func guarded(t *testing.T, q *quota.Quota) (h http.Handler, lookedUp *atomic.Int64, last *front.Record) {
	t.Helper()
	lookedUp, last = &atomic.Int64{}, &front.Record{}
	h = door(t, func(d *front.Door) {
		answered(d)
		d.Quota = q
		d.Authenticate = func(_ context.Context, token string) (viewer.Viewer, error) {
			lookedUp.Add(1)
			if !strings.Contains(token, "c") {
				return viewer.Viewer{}, &fault.Request{Code: fault.CodeUnauthenticated, Message: "No."}
			}
			return viewer.Viewer{Kind: viewer.Integration, Client: client}, nil
		}
		d.Observe = func(_ context.Context, r front.Record) { *last = r }
	})
	return h, lookedUp, last
}

// exhaust asks until it is refused.
func exhaust(t *testing.T, h http.Handler, token string) {
	t.Helper()
	for range 1000 {
		if w := ask(t, h, dear, "Authorization", "Bearer "+token); w.Code == http.StatusTooManyRequests {
			return
		}
	}
	t.Fatal("nothing is ever refused")
}

// To be refused for what one asks too often costs no look into the database.
func TestWhoWasRefusedIsNotLookedUpAgain(t *testing.T) {
	t.Parallel()
	h, lookedUp, last := guarded(t, quota.New(2000, 1))
	exhaust(t, h, "c1")
	before := lookedUp.Load()
	for range 50 {
		w := ask(t, h, dear, "Authorization", "Bearer c1")
		if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || w.Header().Get("RateLimit") == "" || !strings.Contains(w.Body.String(), "RATE_LIMITED") {
			t.Fatalf("got %d %s, %v", w.Code, w.Body, w.Header())
		}
		if last.Status != w.Code || last.Viewer.Client != client {
			t.Fatalf("what was observed is %+v", last)
		}
	}
	if got := lookedUp.Load() - before; got > 2 { // a second may have passed
		t.Errorf("somebody was looked up %d times", got)
	}
	// It is the token that is held: another of the same client is looked up, and
	// refused for the quota that they share.
	before = lookedUp.Load()
	if w := ask(t, h, dear, "Authorization", "Bearer c2"); w.Code != http.StatusTooManyRequests || lookedUp.Load() != before+1 {
		t.Errorf("another token is answered %d after %d looks", w.Code, lookedUp.Load()-before)
	}
	for _, other := range [][]string{{"Authorization", "Bearer x"}, {"Authorization", "bearer c1"}, nil} {
		before := lookedUp.Load()
		w := ask(t, h, dear, other...)
		if want := map[bool]int64{true: 1, false: 0}[other != nil]; lookedUp.Load() != before+want {
			t.Errorf("%q is answered %d after %d looks, want %d", other, w.Code, lookedUp.Load()-before, want)
		}
	}
}

// Who waits until there is enough is served, whatever was refused before.
func TestAHoldEndsWithWhatItWaitsFor(t *testing.T) {
	t.Parallel()
	h, _, _ := guarded(t, quota.New(2000, 20_000))
	exhaust(t, h, "c1")
	for until := time.Now().Add(10 * time.Second); time.Now().Before(until); {
		if ask(t, h, dear, "Authorization", "Bearer c1").Code == http.StatusOK {
			return
		}
	}
	t.Error("nothing is served any more")
}

// Without a quota nobody is held, and a token that is no good is looked up each time.
func TestNobodyIsHeldForNothing(t *testing.T) {
	t.Parallel()
	for name, q := range map[string]*quota.Quota{"no quota": nil, "a quota without a size": quota.New(0, 1), "a large one": quota.New(1_000_000, 1)} {
		h, lookedUp, _ := guarded(t, q)
		for i := range int64(20) {
			good, bad := ask(t, h, dear, "Authorization", "Bearer c1"), ask(t, h, dear, "Authorization", "Bearer x")
			if good.Code != http.StatusOK || bad.Code != http.StatusUnauthorized || lookedUp.Load() != 2*(i+1) {
				t.Fatalf("%s: got %d and %d after %d looks", name, good.Code, bad.Code, lookedUp.Load())
			}
		}
	}
}

// Whoever is ahead of their quota and asks for more at once than the line holds is
// told to come again, and what was taken for that is given back.
func TestTheLineIsFull(t *testing.T) {
	t.Parallel()
	begun, leave := make(chan struct{}, 1000), make(chan struct{})
	q := quota.New(1_000_000, 1)
	stands := atomic.Bool{}
	h := door(t, func(d *front.Door) {
		answered(d)
		d.Quota = q
		d.Authenticate = func(context.Context, string) (viewer.Viewer, error) {
			return viewer.Viewer{Kind: viewer.Integration, Client: client}, nil
		}
		d.Level = standing(&stands, begun, leave)
	})
	token := []string{"Authorization", "Bearer c1"}
	ask(t, h, dear, token...) // ahead from now on: nothing comes back in a second
	stands.Store(true)
	answers := make(chan int, 1000)
	for range 1000 {
		go func() {
			w := ask(t, h, dear, token...)
			if w.Code == http.StatusServiceUnavailable && (w.Header().Get("Retry-After") != "1" || !strings.Contains(w.Body.String(), "OVERLOADED")) {
				t.Errorf("got %s, %v", w.Body, w.Header())
			}
			answers <- w.Code
		}()
	}
	full := map[int]int{}
	<-begun
	for full[http.StatusServiceUnavailable] < 500 {
		full[<-answers]++
	}
	close(leave)
	for range 1000 - full[http.StatusServiceUnavailable] - full[http.StatusOK] {
		full[<-answers]++
	}
	if full[http.StatusOK] == 0 || full[http.StatusOK]+full[http.StatusServiceUnavailable] != 1000 {
		t.Errorf("the answers are %v", full)
	}
	left := q.Look("client "+client.String()+" "+viewer.Viewer{Kind: viewer.Integration, Client: client}.ActsFor().String(), 1, time.Now()).Remaining
	if least := 1_000_000 - (full[http.StatusOK]+1)*500; left < least {
		t.Errorf("%d remain, want %d: what was refused was kept", left, least)
	}
}

// standing keeps each operation from ending while it is told to.
func standing(stands *atomic.Bool, begun, leave chan struct{}) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		if stands.Load() {
			begun <- struct{}{}
			<-leave
		}
		return next(ctx)
	}
}
