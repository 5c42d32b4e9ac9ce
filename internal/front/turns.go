package front

import (
	"context"
	"runtime"
	"sync"
	"time"
)

const (
	// patience is how long an operation waits for its turn.
	patience = 2 * time.Second
	// mostInLine is how many operations of one caller wait for theirs, and
	// longestLine how many of all callers do: less than may be under way at once.
	mostInLine  = 32
	longestLine = mostAtOnce / 2
	// pause is how long, twice, a processor is left idle before somebody's turn comes:
	// only then does Go look for requests that have arrived, and those go first. Twice,
	// for when the system lets the process stand still the first is over before it began.
	pause = 150 * time.Microsecond
)

// turns says when operations begin: at once, but for those of callers who are ahead
// of their quota. These have what the others leave: they wait in line until fewer
// requests are under way than there are processors. Of several the one goes first
// whose caller has taken least.
type turns struct {
	mu       sync.Mutex
	together int // how many are under way before those in line wait
	underWay int
	line     []*turn
	inLine   map[string]int // by caller
	isCalled bool           // somebody's turn comes after the pauses
}

// turn is somebody's place in the line.
type turn struct {
	caller string
	taken  int       // by the caller, before
	come   chan bool // told once: that it has come, or that it never will
}

func newTurns() *turns {
	return &turns{together: runtime.GOMAXPROCS(0), inLine: map[string]int{}}
}

// begin says that a request is under way.
func (t *turns) begin() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.underWay++
}

// end says that one has been answered.
func (t *turns) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.underWay--
	t.call()
}

// yield lets others go first, and returns when it is the turn of the request again.
// It reports false when too many wait already, or the context ended before.
func (t *turns) yield(ctx context.Context, caller string, taken int) bool {
	mine, isTurn := t.queue(caller, taken)
	if mine == nil {
		return isTurn
	}
	select {
	case came := <-mine.come:
		return came
	case <-ctx.Done():
		return t.hasCome(mine)
	}
}

// queue takes a place in the line, unless it is one's turn or the line is full.
func (t *turns) queue(caller string, taken int) (mine *turn, isTurn bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.underWay <= t.together && len(t.line) == 0:
		return nil, true
	case t.inLine[caller] >= mostInLine:
		return nil, false
	case len(t.line) >= longestLine:
		last := t.by(func(a, b *turn) bool { return a.taken > b.taken })
		if t.line[last].taken <= taken {
			return nil, false
		}
		t.leave(last, false) // for somebody who has taken less
	}
	mine = &turn{caller, taken, make(chan bool, 1)}
	t.line = append(t.line, mine)
	t.inLine[caller]++
	t.underWay--
	t.call()
	return mine, false
}

// hasCome leaves the line, and reports whether the turn had come meanwhile.
func (t *turns) hasCome(mine *turn) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, other := range t.line {
		if other == mine {
			t.leave(i, false)
			break
		}
	}
	return <-mine.come
}

// call lets the next one's turn come after the pauses, when there is room for it.
func (t *turns) call() {
	if !t.isCalled && len(t.line) > 0 && t.underWay < t.together {
		t.isCalled = true
		time.AfterFunc(pause, func() { time.AfterFunc(pause, t.next) })
	}
}

// next gives one in line its turn, if nobody has come in between.
func (t *turns) next() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.isCalled = false
	if len(t.line) > 0 && t.underWay < t.together {
		t.leave(t.by(func(a, b *turn) bool { return a.taken < b.taken }), true)
	}
	t.call()
}

// by is the place in the line that goes before all others; of equals the first.
func (t *turns) by(before func(a, b *turn) bool) int {
	first := 0
	for i, other := range t.line {
		if before(other, t.line[first]) {
			first = i
		}
	}
	return first
}

// leave takes a place out of the line, and tells whose it is whether it is their turn;
// the request is under way again.
func (t *turns) leave(i int, isTurn bool) {
	caller := t.line[i].caller
	t.line[i].come <- isTurn
	t.line = append(t.line[:i], t.line[i+1:]...)
	if t.inLine[caller]--; t.inLine[caller] == 0 {
		delete(t.inLine, caller)
	}
	t.underWay++
}
