package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/rung-dev/rung/internal/address"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/text"
)

// cells are one row of a file as written.
type cells struct {
	line    int
	fields  []string
	columns map[string]int
}

// whole refuses a row that does not fit its header.
func (c cells) whole() error {
	if len(c.fields) != len(c.columns) {
		return fault.InvalidValue("", fmt.Sprintf("The row has %d columns, and the header %d.", len(c.fields), len(c.columns)))
	}
	return nil
}

// reading reads the cells of one row and remembers what is wrong with them.
type reading struct {
	text.Reader
	cells
	options Options
}

func (r *reading) cell(column string) string { return strings.TrimSpace(r.fields[r.columns[column]]) }

// needed is a line that must be there, and lines a text of several.
func (r *reading) needed(column string, most int) string {
	return r.Line(column, r.cell(column), 1, most)
}

func (r *reading) lines(column string, most int) string {
	return r.Prose(column, r.cell(column), 1, most)
}

// later is a line that may be missing, and linesLater a text of several.
func (r *reading) later(column string, most int) *string {
	value := r.cell(column)
	return r.LineLater(column, &value, most)
}

func (r *reading) linesLater(column string, most int) *string {
	value := r.cell(column)
	return r.ProseLater(column, &value, most)
}

// webAddress is one that may be missing.
func (r *reading) webAddress(column string) *string {
	value := r.cell(column)
	if value == "" {
		return nil
	}
	if err := address.ParseURL(value); err != nil {
		r.refuse(column, "Write an absolute http or https address, or nothing.")
	}
	return &value
}

func (r *reading) refuse(column, message string) { r.Refuse(fault.InvalidValue(column, message)) }

// referenceOf joins what a row is known by, within so many characters.
func referenceOf(most int, parts ...string) string {
	reference := strings.Join(parts, " | ")
	if utf8.RuneCountInString(reference) <= most {
		return reference
	}
	sum := sha256.Sum256([]byte(reference))
	mark := " # " + hex.EncodeToString(sum[:8])
	return string([]rune(reference)[:most-len(mark)]) + mark
}
