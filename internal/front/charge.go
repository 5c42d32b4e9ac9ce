package front

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"time"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/front/quota"
	"github.com/rung-dev/rung/internal/viewer"
)

// charge takes what an operation is estimated to cost from its caller's quota.
func (d *door) charge(ctx context.Context, p *prepared) (*quota.Charge, *refusal) {
	now := time.Now() //nolint:forbidigo // a stopwatch, no instant of the business
	request := viewer.RequestFrom(ctx)
	charge := d.Quota.Take(callerOf(viewer.From(ctx), request), p.estimate, now)
	if charge == nil {
		return nil, nil
	}
	if !charge.Allowed {
		refused := overdrawn(charge)
		refused.waits = &waiting{cost: p.estimate, until: now.Add(min(charge.After, longestHold))}
		return nil, refused
	}
	if request != nil {
		request.Budget = &viewer.Budget{
			Limit: charge.Limit, Remaining: charge.Remaining, RestoredPerSecond: charge.PerSecond,
			Cost: p.estimate, FullAt: now.Add(charge.FullIn()),
		}
	}
	return charge, nil
}

// overdrawn tells a caller that his quota is used up.
func overdrawn(charge *quota.Charge) *refusal {
	wait := max(charge.After, time.Second)
	return &refusal{
		status: http.StatusTooManyRequests, header: headersOf(charge),
		err: &fault.Request{
			Code: fault.CodeRateLimited, Message: "You have asked for more than you may in this time. `Retry-After` says when to go on.",
			Retryable: true, RetryAfterMs: int(wait / time.Millisecond),
		},
	}
}

// callerOf is whose quota counts: a client's or a person's with the organisation
// they act for, and an address for those of whom nothing is known. Nothing that a
// caller can choose is part of it.
func callerOf(v viewer.Viewer, r *viewer.Request) string {
	switch {
	case v.Kind == viewer.Integration:
		return "client " + v.Client.String() + " " + v.ActsFor().String()
	case v.IsSignedIn():
		return "person " + v.Issuer + " " + v.Subject + " " + v.ActsFor().String()
	case r != nil:
		return "address " + r.From
	}
	return "address"
}

// tell adds to an answer what its caller may still ask.
func tell(a *answer, charge *quota.Charge) {
	if a == nil || charge == nil {
		return
	}
	if a.header == nil {
		a.header = http.Header{}
	}
	for name, values := range headersOf(charge) {
		a.header[name] = values
	}
}

// headersOf are those of the IETF's draft on RateLimit header fields.
func headersOf(c *quota.Charge) http.Header {
	return http.Header{
		"Ratelimit":        {fmt.Sprintf(`"cost";r=%d;t=%d`, c.Remaining, int(math.Ceil(c.FullIn().Seconds())))},
		"Ratelimit-Policy": {fmt.Sprintf(`"cost";q=%d;w=%d`, c.Limit, (c.Limit+c.PerSecond-1)/c.PerSecond)},
	}
}
