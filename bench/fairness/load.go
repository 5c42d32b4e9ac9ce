package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"
)

const (
	// mostOpen is how many requests of a tenant are under way at once.
	mostOpen = 64
	// share is how much of its quota a tenant asks for that is not the loud one.
	share = 0.25
)

// phase is what became of the requests of some seconds: how long each of the others'
// took from when it was due, which one that waits for its turn is late by.
type phase struct {
	took   []time.Duration
	late   []time.Duration // by which the clients themselves sent later than was due
	failed int
	why    error       // of one that failed
	loud   map[int]int // the loud tenant's answers, by status; 0 for those that it had no room to send
}

// at is what that share of durations is not longer than.
func at(share float64, list []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(list))
	if len(sorted) == 0 {
		return 0
	}
	return sorted[max(0, int(math.Ceil(share*float64(len(sorted))))-1)]
}

// phase lets the tenants ask, and the loud one too when it is loud. The others send
// the same at the same instants in each phase of a round.
func (c *crowd) phase(ctx context.Context, round int, isLoud bool) (*phase, error) {
	for _, t := range append(slices.Clone(c.others), c.loud) {
		if err := t.renew(ctx, c.url); err != nil {
			return nil, err
		}
	}
	p := &phase{loud: map[int]int{}}
	var mu sync.Mutex
	var all sync.WaitGroup
	for i, t := range c.others {
		all.Go(func() {
			c.asks(ctx, t, rand.New(rand.NewPCG(uint64(round), uint64(i))), share*c.perQuota, func(status int, body []byte, err error, took, late time.Duration) { //nolint:gosec // no secret
				mu.Lock()
				defer mu.Unlock()
				p.took, p.late = append(p.took, took), append(p.late, late)
				if err != nil || !isServed(status, body) {
					p.failed++
					p.why = errors.Join(err, fmt.Errorf("%d %.300s", status, body))
				}
			})
		})
	}
	if isLoud {
		all.Go(func() {
			c.asks(ctx, c.loud, rand.New(rand.NewPCG(uint64(round), 1000)), float64(c.options.times)*c.perQuota, func(status int, _ []byte, _ error, _, _ time.Duration) { //nolint:gosec // no secret
				mu.Lock()
				defer mu.Unlock()
				p.loud[status]++
			})
		})
	}
	all.Wait()
	return p, ctx.Err()
}

// asks sends a tenant's operations at so many a second, at instants that have nothing
// to do with one another nor with when answers come.
func (c *crowd) asks(ctx context.Context, t *tenant, random *rand.Rand, perSecond float64, answered func(status int, body []byte, err error, took, late time.Duration)) {
	var list []operation
	for _, op := range c.mix {
		list = append(list, slices.Repeat([]operation{op}, op.shares)...)
	}
	room := make(chan struct{}, mostOpen)
	began := time.Now() //nolint:forbidigo // a stopwatch
	var all sync.WaitGroup
	defer all.Wait()
	for at := time.Duration(0); ; {
		at += time.Duration(random.ExpFloat64() / perSecond * float64(time.Second))
		op := list[random.IntN(len(list))]
		if at > c.options.phase || ctx.Err() != nil {
			return
		}
		due := began.Add(at)
		time.Sleep(time.Until(due))
		late := time.Since(due)
		select {
		case room <- struct{}{}:
		default:
			answered(0, nil, errNoRoom, late, late)
			continue
		}
		all.Go(func() {
			defer func() { <-room }()
			status, body, err := t.post(ctx, c.url, op.body)
			answered(status, body, err, time.Since(due), late)
		})
	}
}

var errNoRoom = errors.New("too many requests are under way")

// figures are those of all rounds.
type figures struct {
	quiet, loud       []time.Duration // the slowest hundredth of each round
	middle, loudly    []time.Duration // the median
	asked, failed     int
	why               error
	served, refused   int // of the loud tenant
	unanswered, other int
}

func (f *figures) add(p *phase, isLoud bool) {
	if !isLoud {
		f.quiet, f.middle = append(f.quiet, at(0.99, p.took)), append(f.middle, at(0.5, p.took))
		return
	}
	f.loud, f.loudly = append(f.loud, at(0.99, p.took)), append(f.loudly, at(0.5, p.took))
	f.asked, f.failed = f.asked+len(p.took), f.failed+p.failed
	if p.why != nil {
		f.why = p.why
	}
	for status, n := range p.loud {
		switch status {
		case http.StatusOK:
			f.served += n
		case http.StatusTooManyRequests, http.StatusServiceUnavailable:
			f.refused += n
		case 0:
			f.unanswered += n
		default:
			f.other += n
		}
	}
}

// longer is how much longer the others' slowest hundredth takes beside the loud one.
func (f *figures) longer() float64 {
	return float64(median(f.loud)) / float64(median(f.quiet))
}

func (f *figures) answers() float64 { return 1 - float64(f.failed)/float64(max(1, f.asked)) }

const heading = "| engine | others' median, quiet and loud, ms | others' p99, quiet, ms | loud, ms | ratio | others answered, % | the loud one: served, refused, no room |\n|---|---|---|---|---|---|---|\n"

// line is a row of the table.
func (f *figures) line(engineName string) string {
	return fmt.Sprintf("| %s | %.2f %.2f | %.2f | %.2f | %.2f | %.2f | %d %d %d |", engineName, ms(median(f.middle)), ms(median(f.loudly)),
		ms(median(f.quiet)), ms(median(f.loud)), f.longer(), 100*f.answers(), f.served, f.refused, f.unanswered)
}

// judge says what is not as promised.
func (f *figures) judge() error {
	if f.asked == 0 || median(f.quiet) == 0 {
		return errors.New("nothing was asked")
	}
	var unfair error
	if f.longer() > mostLonger {
		unfair = fmt.Errorf("beside a loud tenant the others' p99 takes %.2f times as long, and may take %.1f times", f.longer(), mostLonger)
	}
	if f.answers() < leastAnswers {
		unfair = errors.Join(unfair, fmt.Errorf("%.2f %% of the others' requests were answered, of %.1f %% (%w)", 100*f.answers(), 100*leastAnswers, f.why))
	}
	if f.refused == 0 {
		unfair = errors.Join(unfair, errors.New("the loud tenant was never refused: it asked for no more than its quota"))
	}
	return unfair
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }

func median(list []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}
