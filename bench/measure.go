package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/rung-dev/rung/internal/store"
)

// figures are what the rounds of one work took.
type figures struct {
	ns, allocs, bytes, sql []int64
	statements             int
}

// add measures a work once more, and right after it the statement that answers
// the same.
func (f *figures) add(w *world, work work, beside bool) error {
	if f.statements == 0 {
		tally := &store.Tally{}
		if err := w.send(store.WithTally(context.Background(), tally), work, w.handler); err != nil {
			return err
		}
		f.statements = tally.Statements()
		if beside && !work.writes {
			if err := w.agree(work); err != nil {
				return err
			}
		}
	}
	ours, err := w.benchmark(work, w.handler)
	if err != nil {
		return err
	}
	f.ns, f.allocs, f.bytes = append(f.ns, ours.NsPerOp()), append(f.allocs, ours.AllocsPerOp()), append(f.bytes, ours.AllocedBytesPerOp())
	if !beside {
		return nil
	}
	theirs, err := w.benchmark(work, w.plain(work))
	f.sql = append(f.sql, theirs.NsPerOp())
	return err
}

func (w *world) benchmark(work work, h http.Handler) (testing.BenchmarkResult, error) {
	var failed error
	result := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			if err := w.send(context.Background(), work, h); err != nil {
				failed = errors.Join(failed, err)
				return
			}
		}
	})
	return result, failed
}

// send asks once, and checks that it is answered.
func (w *world) send(ctx context.Context, work work, h http.Handler) error {
	r, err := w.request(ctx, work)
	if err != nil {
		return err
	}
	answered := httptest.NewRecorder()
	h.ServeHTTP(answered, r)
	if answered.Code != http.StatusOK || failing(answered.Body.Bytes()) {
		return fmt.Errorf("%d %.500s", answered.Code, answered.Body)
	}
	return nil
}

// line is a row of the table.
func (f *figures) line(engineName, name string) string {
	ours := median(f.ns)
	row := fmt.Sprintf("| %s | %s | %.2f | %d | %d | %d |", engineName, name, ms(ours), median(f.allocs), median(f.bytes)>>10, f.statements)
	if len(f.sql) == 0 {
		return row + " | |"
	}
	return row + fmt.Sprintf(" %.2f | %.2f |", ms(median(f.sql)), float64(median(f.sql))/float64(ours))
}

func ms(ns int64) float64 { return float64(ns) / 1e6 }

func median(list []int64) int64 {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}
