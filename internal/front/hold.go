package front

import (
	"context"
	"crypto/sha256"
	"net/http"
	"time"

	"github.com/rung-dev/rung/internal/viewer"
)

const (
	// longestHold is no longer than the shortest Retry-After: who waits as he is told
	// never notices that he was held. For a place in the line it is shorter: places
	// fall free all the time.
	longestHold = time.Second
	lineHold    = 100 * time.Millisecond
	mostHeld    = 10_000
)

// waiting is what a caller has to wait for: until his quota has so much, and in any
// case no longer than until an instant.
type waiting struct {
	cost  int // nothing when it was the line that had no room for him
	until time.Time
}

// held is a token whose caller was refused a moment ago. What is sent with it
// meanwhile is refused without asking the database who that is: to be told no must
// cost less than to be served, or whoever asks too much is served all the same.
type held struct {
	waiting

	viewer viewer.Viewer
	caller string
}

// tokenKey names what a request shows of its caller, or is empty when that is nothing.
func tokenKey(r *http.Request) string {
	headers := r.Header.Values("Authorization")
	if len(headers) != 1 {
		return ""
	}
	sum := sha256.Sum256([]byte(headers[0]))
	return string(sum[:])
}

// hold remembers that a caller has to wait.
func (d *door) hold(ctx context.Context, r *http.Request, w *waiting) {
	v := viewer.From(ctx)
	if key := tokenKey(r); w != nil && key != "" && v.IsSignedIn() {
		d.held.put(key, held{*w, v, callerOf(v, viewer.RequestFrom(ctx))}, 1)
	}
}

// isHeld refuses what is sent with a token whose caller still has to wait.
func (d *door) isHeld(ctx context.Context, r *http.Request, record *Record) *refusal {
	key := tokenKey(r)
	if d.Quota == nil || key == "" {
		return nil
	}
	h, known := d.held.get(key)
	now := time.Now() //nolint:forbidigo // a stopwatch, no instant of the business
	if !known || !now.Before(h.until) {
		return nil
	}
	refused := &refusal{err: errBusy()}
	if h.cost > 0 {
		charge := d.Quota.Look(h.caller, h.cost, now)
		if charge.Allowed {
			return nil
		}
		refused = overdrawn(charge)
	}
	record.Viewer = h.viewer
	if request := viewer.RequestFrom(ctx); request != nil {
		request.Client = h.viewer.Client
	}
	return refused
}
