package intake

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// batchSize is how many rows one change writes: few enough for the engines'
// limit on values in a statement, and for others to get their turn.
const batchSize = 500

// row is one thing that a file tells of.
type row interface {
	// keys are what the thing is known by; two rows that share one tell of the
	// same thing.
	keys() []string
	// rank says which of them is kept: the highest, or the first of these.
	rank() int64
}

// shape says how one kind looks in a file, and how it is written.
type shape[R row] struct {
	kind    Kind
	noun    string
	verb    string
	columns []string
	read    func(*reading) R
	save    func(context.Context, *store.Tx, []R) (counts, error)
}

// load goes through the file twice: to see that it is whole, then to write it.
func (s shape[R]) load(ctx context.Context, db *store.DB, open Open, o Options) (Report, error) {
	kept, err := s.choose(open, o)
	if err != nil {
		return Report{}, fmt.Errorf("%s: %w", s.kind, err)
	}
	var report Report
	batch, first := make([]R, 0, batchSize), 0
	flush := func() error {
		done, err := s.write(ctx, db, batch, first)
		report.add(done)
		batch = batch[:0]
		return err
	}
	err = s.walk(open, o, func(line int, one R, defect error) error {
		if defect == nil {
			defect = kept.refusal(s.noun, line, one)
		}
		if defect != nil {
			report.Refused = append(report.Refused, Refusal{Line: line, Reason: reason(defect)})
			return nil
		}
		if batch = append(batch, one); len(batch) == 1 {
			first = line
		}
		if len(batch) < batchSize {
			return nil
		}
		return flush()
	})
	if err == nil && len(batch) > 0 {
		err = flush()
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", s.kind, err)
	}
	return report, err
}

// write makes one change of a batch.
func (s shape[R]) write(ctx context.Context, db *store.DB, batch []R, line int) (counts, error) {
	for left := 3; ; left-- {
		if err := ctx.Err(); err != nil {
			return counts{}, err
		}
		request := &viewer.Request{ID: fmt.Sprintf("import %s from line %d", s.kind, line), Verb: s.verb}
		done, err := store.Write(viewer.WithRequest(ctx, request), db, func(tx *store.Tx) (counts, error) {
			return s.save(ctx, tx, batch)
		})
		if metOther(err) && left > 1 {
			continue
		}
		return done, err
	}
}

// choose reads the whole file and says which rows of it are kept.
func (s shape[R]) choose(open Open, o Options) (choices, error) {
	kept, rows := choices{}, 0
	err := s.walk(open, o, func(line int, one R, defect error) error {
		rows++
		if defect == nil {
			kept.offer(line, one)
		}
		return nil
	})
	if err == nil && rows == 0 {
		err = errors.New("the file has a header and no rows")
	}
	return kept, err
}

// walk reads each row, or what is wrong with it. What it returns itself is
// wrong with the file.
func (s shape[R]) walk(open Open, o Options, each func(line int, one R, defect error) error) error {
	f, err := begin(open, s.columns)
	if err != nil {
		return err
	}
	defer f.close()
	for {
		c, err := f.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var one R
		defect := c.whole()
		if defect == nil {
			r := &reading{cells: c, options: o}
			one = s.read(r)
			defect = r.Err()
		}
		if err := each(c.line, one, defect); err != nil {
			return err
		}
	}
}

// choices are the lines that tell of each thing best. A file of a million rows
// costs some fifty megabytes here, and nothing else grows with it.
type choices map[[16]byte]choice

type choice struct {
	line int
	rank int64
}

func keyed(key string) (short [16]byte) {
	sum := sha256.Sum256([]byte(key))
	copy(short[:], sum[:])
	return short
}

func (c choices) offer(line int, one row) {
	for _, key := range one.keys() {
		if other, taken := c[keyed(key)]; taken && other.rank >= one.rank() {
			return
		}
	}
	for _, key := range one.keys() {
		c[keyed(key)] = choice{line, one.rank()}
	}
}

// refusal names the line that is kept instead.
func (c choices) refusal(noun string, line int, one row) error {
	for _, key := range one.keys() {
		if kept, taken := c[keyed(key)]; taken && kept.line != line {
			return fault.InvalidValue("", fmt.Sprintf("Line %d tells of the same %s and is kept.", kept.line, noun))
		}
	}
	return nil
}
