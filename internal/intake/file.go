package intake

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// mostRow is how many bytes a row may have. A quote that is never closed would
// otherwise take the rest of the file for one cell.
const mostRow = 1 << 20

// file reads the rows of a CSV file, one at a time.
type file struct {
	source  io.Closer
	input   *input
	csv     *csv.Reader
	columns map[string]int
}

// begin opens a file and reads its header, which names exactly these columns
// in any order.
func begin(open Open, columns []string) (*file, error) {
	source, err := open()
	if err != nil {
		return nil, err
	}
	f := &file{source: source, input: newInput(source)}
	f.csv = csv.NewReader(f.input)
	f.csv.FieldsPerRecord = -1 // a row with a column too many is that row's defect
	header, err := f.next()
	if errors.Is(err, io.EOF) {
		err = errors.New("the file is empty")
	}
	if err == nil {
		f.columns, err = readHeader(header.fields, columns)
	}
	if err != nil {
		f.close()
		return nil, err
	}
	f.csv.ReuseRecord = true
	return f, nil
}

func (f *file) close() { _ = f.source.Close() }

// next is the next row, and io.EOF after the last. Any other error is about
// the file as a whole.
func (f *file) next() (cells, error) {
	fields, err := f.csv.Read()
	f.input.row = 0
	if errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote) {
		return cells{}, fmt.Errorf("the quoting is broken: %w", err)
	}
	if err != nil {
		return cells{}, err
	}
	line, _ := f.csv.FieldPos(0)
	return cells{line: line, fields: fields, columns: f.columns}, nil
}

// readHeader says where each column stands.
func readHeader(header, columns []string) (map[string]int, error) {
	at := map[string]int{}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(columns, name) {
			return nil, fmt.Errorf("the header has a column %.40q that is not known here: name %s", name, strings.Join(columns, ", "))
		}
		if _, twice := at[name]; twice {
			return nil, fmt.Errorf("the header has the column %q twice", name)
		}
		at[name] = i
	}
	for _, name := range columns {
		if _, there := at[name]; !there {
			return nil, fmt.Errorf("the header lacks the column %q: name %s", name, strings.Join(columns, ", "))
		}
	}
	return at, nil
}

// input passes a file on as long as it is UTF-8 and no row is endless.
type input struct {
	from  io.Reader
	lines int // that ended so far
	row   int // bytes since the last whole row
}

func newInput(source io.Reader) *input {
	buffered := bufio.NewReader(source)
	if mark, _ := buffered.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		_, _ = buffered.Discard(3)
	}
	return &input{from: transform.NewReader(buffered, encoding.UTF8Validator)}
}

// Read tells an error with the line in which it occurs.
func (in *input) Read(p []byte) (int, error) {
	n, err := in.from.Read(p)
	in.lines += bytes.Count(p[:n], []byte("\n"))
	in.row += n
	if errors.Is(err, encoding.ErrInvalidUTF8) {
		return n, fmt.Errorf("line %d is not UTF-8: save the file in that encoding", in.lines+1)
	}
	if in.row > mostRow {
		return 0, fmt.Errorf("the row that ends after line %d has more than a megabyte: is a quote left open?", in.lines)
	}
	return n, err
}
