package viewer

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/rung-dev/rung/internal/gid"
)

// Request is what one change was asked with. Every write needs one in its
// context: a mutation's root field, a job or a command makes it.
type Request struct {
	ID             string // as in X-Request-Id and the audit row
	Traceparent    string // of W3C Trace Context, as it was sent; empty without a valid one
	From           string // the caller's address, as far as it can be believed
	Origin         string // the web page's, when a browser asks
	Verb           string // the mutation's field, the job's or the command's name
	Client         gid.ID // the API client, or none
	IdempotencyKey string
	ArgumentHash   []byte  // SHA-256 of the canonical arguments
	Budget         *Budget // what the caller may still ask; nil where nothing limits them

	writing  atomic.Bool
	replayed atomic.Bool
}

// Budget is what a caller may still ask, in the units in which operations cost.
type Budget struct {
	Limit             int // what the bucket holds at most
	Remaining         int // after this operation, as estimated
	RestoredPerSecond int
	Cost              int // of this operation, as estimated
	FullAt            time.Time
}

// BeginWrite reports whether no write is under way in this request yet; the
// one who got true calls EndWrite.
func (r *Request) BeginWrite() bool { return r.writing.CompareAndSwap(false, true) }

// EndWrite lets the next write of the request begin.
func (r *Request) EndWrite() { r.writing.Store(false) }

// MarkReplayed notes that the answer is an earlier change's.
func (r *Request) MarkReplayed() { r.replayed.Store(true) }

// Replayed reports whether the answer is an earlier change's.
func (r *Request) Replayed() bool { return r.replayed.Load() }

type requestKey struct{}

// WithRequest puts the request into the context.
func WithRequest(ctx context.Context, r *Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// RequestFrom is the request in the context, or nil.
func RequestFrom(ctx context.Context) *Request {
	r, _ := ctx.Value(requestKey{}).(*Request)
	return r
}
