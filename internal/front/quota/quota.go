// Package quota says how much a caller may still ask. Each has a bucket that is
// emptied by what is asked and fills again with time; there are so many buckets at
// most, and who has asked nothing for longest loses his, full by then.
package quota

import (
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"
)

// most is how many callers have a bucket at once.
const most = 50_000

// Quota has a bucket for each caller.
type Quota struct {
	size  int
	per   int // second
	mu    sync.Mutex
	known *simplelru.LRU[string, *rate.Limiter]
}

// New makes buckets of a size that so much of comes back to in a second. A size of
// zero limits nobody.
func New(size, perSecond int) *Quota {
	known, err := simplelru.NewLRU[string, *rate.Limiter](most, nil)
	if err != nil {
		panic(err) // most is not positive
	}
	return &Quota{size: size, per: perSecond, known: known}
}

// Charge is what came of asking for something.
type Charge struct {
	Allowed   bool
	Limit     int
	Remaining int
	PerSecond int
	// After is how long to wait until it would be allowed; nothing when it is.
	After time.Duration
	// Taken is what the caller had taken before this and what has not come back yet.
	Taken int

	bucket *rate.Limiter
}

// Take takes a cost out of a caller's bucket, if so much is there. A caller who
// must not be limited gets nil.
func (q *Quota) Take(caller string, cost int, now time.Time) *Charge {
	if q == nil || q.size == 0 {
		return nil
	}
	b := q.bucketOf(caller)
	before := b.TokensAt(now)
	return q.charge(b, cost, b.AllowN(now, cost), before, now)
}

// Look says what would come of asking for something, and takes nothing.
func (q *Quota) Look(caller string, cost int, now time.Time) *Charge {
	if q == nil || q.size == 0 {
		return nil
	}
	b := q.bucketOf(caller)
	before := b.TokensAt(now)
	return q.charge(b, cost, before >= float64(cost), before, now)
}

func (q *Quota) charge(b *rate.Limiter, cost int, isAllowed bool, before float64, now time.Time) *Charge {
	left := b.TokensAt(now)
	c := &Charge{
		Allowed: isAllowed, Limit: q.size, Remaining: max(0, int(left)), PerSecond: q.per, Taken: int(float64(q.size) - before), bucket: b,
	}
	if !c.Allowed {
		c.After = time.Duration((float64(cost) - left) / float64(q.per) * float64(time.Second))
	}
	return c
}

// IsAhead tells of a caller who had taken more than comes back in a second: one who
// spends what he saved, or all that he gets.
func (c *Charge) IsAhead() bool { return c != nil && c.Taken > c.PerSecond }

// Return gives back what was taken and not used; what was used beyond it is taken
// too, as far as the bucket goes.
func (c *Charge) Return(unused int, now time.Time) {
	if c == nil || !c.Allowed || unused == 0 {
		return
	}
	if unused < 0 {
		unused = -min(-unused, max(0, int(c.bucket.TokensAt(now))))
	}
	// The limiter adds what is asked of it with a minus, up to its size.
	c.bucket.AllowN(now, -unused)
	c.Remaining = min(c.Limit, max(0, int(c.bucket.TokensAt(now))))
}

// FullIn is how long it takes until the bucket is full again.
func (c *Charge) FullIn() time.Duration {
	return time.Duration(float64(c.Limit-c.Remaining) / float64(c.PerSecond) * float64(time.Second))
}

func (q *Quota) bucketOf(caller string) *rate.Limiter {
	q.mu.Lock()
	defer q.mu.Unlock()
	b, known := q.known.Get(caller)
	if !known {
		b = rate.NewLimiter(rate.Limit(q.per), q.size)
		q.known.Add(caller, b)
	}
	return b
}
