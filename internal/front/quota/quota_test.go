package quota

import (
	"fmt"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

func TestABucketEmptiesAndFillsAgain(t *testing.T) {
	t.Parallel()
	q := New(100, 10)
	if c := q.Take("one", 80, noon); !c.Allowed || c.Remaining != 20 || c.After != 0 || c.FullIn() != 8*time.Second {
		t.Errorf("the first is %+v", c)
	}
	refused := q.Take("one", 50, noon)
	if refused.Allowed || refused.Remaining != 20 || refused.After != 3*time.Second {
		t.Errorf("the second is %+v", refused)
	}
	if c := q.Take("other", 100, noon); !c.Allowed {
		t.Errorf("another caller is %+v", c)
	}
	if c := q.Take("one", 50, noon.Add(2900*time.Millisecond)); c.Allowed {
		t.Error("it is allowed too early")
	}
	if c := q.Take("one", 50, noon.Add(3*time.Second)); !c.Allowed || c.Remaining != 0 {
		t.Errorf("after the wait it is %+v", c)
	}
}

func TestWhatWasNotUsedComesBack(t *testing.T) {
	t.Parallel()
	q := New(100, 1)
	c := q.Take("one", 90, noon)
	if c.Return(70, noon); c.Remaining != 80 {
		t.Errorf("%d remain, want 80", c.Remaining)
	}
	if next := q.Take("one", 80, noon); !next.Allowed || next.Remaining != 0 {
		t.Errorf("what came back cannot be taken: %+v", next)
	}
	// A refusal took nothing, so that nothing of it comes back.
	refused := q.Take("one", 10, noon)
	refused.Return(10, noon)
	if again := q.Take("one", 10, noon); again.Allowed {
		t.Error("a refusal filled the bucket")
	}
	// No more than the bucket holds comes back, nor goes.
	fresh := q.Take("two", 10, noon)
	if fresh.Return(90, noon); q.Take("two", 100, noon) == nil || q.Take("two", 1, noon).Allowed {
		t.Error("more came back than the bucket holds")
	}
	over := q.Take("three", 60, noon)
	if over.Return(-90, noon); over.Remaining != 0 || q.Take("three", 2, noon.Add(time.Second)).Allowed {
		t.Errorf("a caller owes more than all: %+v", over)
	}
}

func TestToLookTakesNothing(t *testing.T) {
	t.Parallel()
	q := New(100, 10)
	for range 3 {
		if c := q.Look("one", 100, noon); !c.Allowed || c.Remaining != 100 || c.After != 0 {
			t.Fatalf("got %+v", c)
		}
	}
	q.Take("one", 95, noon)
	if c := q.Look("one", 25, noon); c.Allowed || c.Remaining != 5 || c.After != 2*time.Second {
		t.Errorf("got %+v", c)
	}
	if c := New(0, 10).Look("one", 25, noon); c != nil {
		t.Errorf("without a size it is %+v", c)
	}
}

func TestWhoIsAhead(t *testing.T) {
	t.Parallel()
	q := New(100, 10)
	for i, c := range []struct {
		cost int
		at   time.Duration
		want bool
	}{
		{60, 0, false}, // however much it is, by itself
		{1, 0, true},
		{1, 5 * time.Second, true},
		{1, 6 * time.Second, false}, // nearly all of it is back
		{5, 6 * time.Second, false},
		{100, 6 * time.Second, false}, // refused, and no more than a second's was taken
		{9, 6 * time.Second, false},
		{9, 6 * time.Second, true},
	} {
		if got := q.Take("one", c.cost, noon.Add(c.at)); got.IsAhead() != c.want {
			t.Errorf("%d: got %+v, want %v", i, got, c.want)
		}
	}
}

func TestNobodyIsLimitedWithoutASize(t *testing.T) {
	t.Parallel()
	q := New(0, 10)
	for range 1000 {
		if c := q.Take("one", 1_000_000, noon); c != nil {
			t.Fatalf("got %+v", c)
		}
	}
	var none *Charge
	none.Return(10, noon) // must not fail
}

func TestThereAreSoManyBucketsAtMost(t *testing.T) {
	t.Parallel()
	q := New(100, 1)
	q.known.Resize(10)
	for i := range 1000 {
		q.Take(fmt.Sprint(i), 100, noon)
	}
	if got := q.known.Len(); got != 10 {
		t.Errorf("there are %d buckets, want 10", got)
	}
	if q.Take("999", 1, noon).Allowed {
		t.Error("the latest caller has a fresh bucket")
	}
}
