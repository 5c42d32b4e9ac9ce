package front

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// one is the turns of a machine with one processor.
func one() *turns {
	t := newTurns()
	t.together = 1
	return t
}

// comes reports whether somebody who yields has had their turn when nothing moves any
// more but the pauses have passed.
func comes(t *testing.T, of *turns, caller string, taken int) func() bool {
	t.Helper()
	of.begin()
	had := make(chan bool, 1)
	go func() { had <- of.yield(t.Context(), caller, taken) }()
	return func() bool {
		time.Sleep(3 * pause)
		synctest.Wait()
		select {
		case came := <-had:
			had <- came
			return came
		default:
			return false
		}
	}
}

func TestWhoIsAheadHasWhatOthersLeave(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		all := one()
		alone := comes(t, all, "loud", 9)
		if !alone() {
			t.Fatal("by itself a request waits for nobody")
		}
		next := comes(t, all, "loud", 9)
		if next() {
			t.Error("two of those who are ahead run on one processor")
		}
		all.begin() // somebody else, who never waits
		all.end()   // the first is done
		if next() {
			t.Error("it does not wait for a request of another caller")
		}
		last := comes(t, all, "loud", 9)
		all.end() // the other's is done
		if !next() || last() {
			t.Errorf("the line is not kept: the first had its turn: %v, the last: %v", next(), last())
		}
		all.end()
		if !last() {
			t.Error("the last never has its turn")
		}
		all.end()
		if all.underWay != 0 || len(all.line) != 0 || len(all.inLine) != 0 {
			t.Errorf("something is left: %+v", all)
		}
	})
}

// A request that arrives in the pause goes first.
func TestThePauseIsForOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		all := one()
		all.begin()
		waits := comes(t, all, "loud", 9)
		if waits() {
			t.Fatal("it does not wait")
		}
		all.end()
		all.begin() // before the pause is over
		if waits() {
			t.Error("it went before somebody who arrived in the pause")
		}
		all.end()
		if !waits() {
			t.Error("it never has its turn")
		}
	})
}

// However long the line of one is, somebody who has hardly taken more than comes back
// goes before it.
func TestWhoHasTakenLeastGoesFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		all := one()
		all.begin()
		loud, louder, little := comes(t, all, "loud", 50), comes(t, all, "louder", 60), comes(t, all, "other", 10)
		all.end()
		if !little() || loud() || louder() {
			t.Errorf("little is taken and it is its turn: %v; much: %v; more: %v", little(), loud(), louder())
		}
		all.end()
		if !loud() || louder() {
			t.Errorf("much is taken and it is its turn: %v; more: %v", loud(), louder())
		}
		all.end()
		if !louder() {
			t.Error("who has taken most never has a turn")
		}
	})
}

func TestTheLineIsBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		all := one()
		all.begin()
		ctx, leave := context.WithCancel(t.Context())
		var waiting sync.WaitGroup
		for caller := range longestLine / mostInLine {
			for range mostInLine {
				all.begin()
				waiting.Go(func() {
					if all.yield(ctx, fmt.Sprint(caller), 9) {
						t.Error("somebody's turn came")
					}
				})
			}
			synctest.Wait()
			all.begin()
			if all.yield(ctx, fmt.Sprint(caller), 9) {
				t.Errorf("caller %d has one more place than there are", caller)
			}
			all.end()
		}
		all.begin()
		if all.yield(ctx, "another", 9) {
			t.Error("the line is longer than it may be")
		}
		all.end()
		all.begin()
		waiting.Go(func() { all.yield(ctx, "who has taken less", 8) })
		synctest.Wait()
		if all.inLine["who has taken less"] != 1 || len(all.line) != longestLine || all.inLine["0"] != mostInLine-1 {
			t.Errorf("nobody made room for who has taken less: %v", all.inLine)
		}
		leave()
		waiting.Wait()
		if want := 2 + longestLine; all.underWay != want || len(all.line) != 0 || len(all.inLine) != 0 {
			t.Errorf("%d are under way, want %d: %+v", all.underWay, want, all)
		}
	})
}

// However they come and go, no more of those who are ahead run at once than there are
// processors, and each has its turn.
func TestTurnsUnderLoad(t *testing.T) {
	t.Parallel()
	all := newTurns()
	all.together = 2
	var mu sync.Mutex
	running, most, done := 0, 0, 0
	var callers sync.WaitGroup
	for caller := range 4 {
		for range 20 {
			callers.Go(func() {
				all.begin()
				defer all.end()
				if !all.yield(t.Context(), fmt.Sprint(caller), caller) {
					t.Error("a turn never came")
					return
				}
				mu.Lock()
				running++
				most = max(most, running)
				mu.Unlock()
				mu.Lock()
				running--
				done++
				mu.Unlock()
			})
		}
	}
	callers.Wait()
	if most > all.together || done != 80 {
		t.Errorf("%d of 80 had their turn, at most %d at once, want %d", done, most, all.together)
	}
}
