// Package text reads what people write: it trims it, brings it into one form,
// and refuses characters that could make it look like something else.
package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/rung-dev/rung/internal/fault"
)

// Reader reads the text fields of one input and remembers what is wrong with
// them, so that a client hears of all defects at once.
type Reader struct{ defects []error }

// Line reads a text of one line and so many characters.
func (r *Reader) Line(path, value string, least, most int) string {
	return r.read(path, value, least, most, false)
}

// Prose reads a text that may have several lines.
func (r *Reader) Prose(path, value string, least, most int) string {
	return r.read(path, value, least, most, true)
}

// LineLater reads a line that may be missing; an empty one is missing too.
func (r *Reader) LineLater(path string, value *string, most int) *string {
	return r.later(path, value, most, false)
}

// ProseLater reads prose that may be missing; an empty one is missing too.
func (r *Reader) ProseLater(path string, value *string, most int) *string {
	return r.later(path, value, most, true)
}

// Refuse adds a defect that another check found.
func (r *Reader) Refuse(err error) {
	if err != nil {
		r.defects = append(r.defects, err)
	}
}

// Err is every defect, or nil.
func (r *Reader) Err() error {
	if len(r.defects) == 0 {
		return nil
	}
	return joined(r.defects)
}

type joined []error

func (j joined) Error() string {
	var lines []string
	for _, err := range j {
		lines = append(lines, err.Error())
	}
	return strings.Join(lines, "; ")
}

func (j joined) Unwrap() []error { return j }

func (r *Reader) later(path string, value *string, most int, lines bool) *string {
	if value == nil || strings.TrimSpace(*value) == "" {
		return nil
	}
	read := r.read(path, *value, 1, most, lines)
	return &read
}

func (r *Reader) read(path, value string, least, most int, lines bool) string {
	value = strings.TrimSpace(norm.NFC.String(value))
	switch n := utf8.RuneCountInString(value); {
	case n < least || n > most:
		r.Refuse(fault.InvalidValue(path, fmt.Sprintf("Write %d to %d characters here.", least, most)))
	case !utf8.ValidString(value) || strings.ContainsFunc(value, func(c rune) bool { return deceives(c, lines) }):
		r.Refuse(fault.InvalidValue(path, "Leave out control characters and marks that turn the direction of text."))
	case n > 0 && !strings.ContainsFunc(value, shows):
		r.Refuse(fault.InvalidValue(path, "Write something that shows."))
	}
	return value
}

// shows reports characters that a reader sees.
func shows(c rune) bool {
	return unicode.IsGraphic(c) && !unicode.IsSpace(c) && !unicode.Is(unicode.Mn, c)
}

// deceives reports characters that do not show, or that reorder what shows.
// Those that join letters or not stay: scripts and emoji need them.
func deceives(c rune, lines bool) bool {
	switch {
	case c == '\n', c == '\r', c == '\t', c == '\u2028', c == '\u2029':
		return !lines
	case c >= '\u202a' && c <= '\u202e', c >= '\u2066' && c <= '\u2069': // turn the direction
		return true
	case c == '\u200b', c >= '\u2060' && c <= '\u2064', c == '\ufeff', c == '\u3164', c == '\uffa0': // are blank
		return true
	}
	return unicode.IsControl(c)
}

// Fold brings a name into the form in which names are sorted and searched:
// without case and accents. It has at most twice the name's characters, for
// which columns of folded names have room.
func Fold(name string) string {
	var b strings.Builder
	room := 2 * utf8.RuneCountInString(name)
	for _, c := range norm.NFKD.String(name) {
		if !unicode.Is(unicode.Mn, c) && room > 0 {
			b.WriteRune(unicode.ToLower(c))
			room--
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
