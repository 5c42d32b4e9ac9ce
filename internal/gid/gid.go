// Package gid gives everything in Rung an id that says what it names: prj_… is
// a micro-project, tal_… a talent profile. Passing the one where the other is
// meant is refused before anything is looked up.
package gid

import (
	"bytes"
	"crypto/rand"
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"time"
)

// ID is a UUIDv7 whose last byte names the noun. It is stored as a UUID and
// shown as the noun's prefix, an underscore and 26 letters.
type ID [16]byte

// None is the id of nothing.
var None ID

const (
	alphabet  = "0123456789abcdefghjkmnpqrstvwxyz" // Crockford's, in lower case
	shownSize = 3 + 1 + 26
)

// New makes an id for the noun at an instant, with the rest drawn from source.
func New(noun Noun, at time.Time, source io.Reader) (ID, error) {
	var id ID
	if _, err := io.ReadFull(source, id[6:]); err != nil {
		return None, fmt.Errorf("draw an id: %w", err)
	}
	ms := uint64(at.UnixMilli())
	for i := range 6 {
		id[i] = byte(ms >> (8 * (5 - i)))
	}
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	id[15] = byte(noun)
	return id, nil
}

// Random is New with the machine's own randomness.
func Random(noun Noun, at time.Time) (ID, error) { return New(noun, at, rand.Reader) }

// Noun says what the id names; None and damaged ids name nothing.
func (id ID) Noun() Noun { return Noun(id[15]) }

// IsNone reports whether the id names nothing.
func (id ID) IsNone() bool { return id == None }

// Compare orders ids as they are stored.
func (id ID) Compare(other ID) int { return bytes.Compare(id[:], other[:]) }

// String is the id as clients see it, and "none" for None.
func (id ID) String() string {
	if id.IsNone() {
		return "none"
	}
	return string(id.append(make([]byte, 0, shownSize)))
}

func (id ID) append(to []byte) []byte {
	to = append(to, id.Noun().Prefix()...)
	to = append(to, '_')
	// 26 letters hold 130 bits: the first one carries only the top three.
	var hi, lo uint64
	for i := range 8 {
		hi = hi<<8 | uint64(id[i])
		lo = lo<<8 | uint64(id[8+i])
	}
	for shift := 125; shift >= 0; shift -= 5 {
		to = append(to, alphabet[bits(hi, lo, shift)])
	}
	return to
}

// bits are the five bits of the 128 that begin at shift.
func bits(hi, lo uint64, shift int) uint64 {
	switch {
	case shift >= 64:
		return hi >> (shift - 64) & 31
	case shift > 59:
		return (hi<<(64-shift) | lo>>shift) & 31
	default:
		return lo >> shift & 31
	}
}

// Parse reads an id as clients send it. Any defect is one error, which does
// not repeat the input.
func Parse(text string) (ID, error) {
	if len(text) != shownSize || text[3] != '_' {
		return None, errMalformed
	}
	noun, known := byPrefix[text[:3]]
	if !known {
		return None, errMalformed
	}
	var hi, lo uint64
	for i := 4; i < shownSize; i++ {
		v := letter(text[i])
		if v > 31 || (i == 4 && v > 7) {
			return None, errMalformed
		}
		hi = hi<<5 | lo>>59
		lo = lo<<5 | uint64(v)
	}
	var id ID
	for i := range 8 {
		id[i] = byte(hi >> (8 * (7 - i)))
		id[8+i] = byte(lo >> (8 * (7 - i)))
	}
	if id.Noun() != noun {
		return None, errMalformed
	}
	return id, nil
}

// ParseAs reads an id that must name the given noun.
func ParseAs(noun Noun, text string) (ID, error) {
	id, err := Parse(text)
	if err == nil && id.Noun() != noun {
		return None, fmt.Errorf("an id beginning with %s_ is needed here", noun.Prefix())
	}
	return id, err
}

var errMalformed = fmt.Errorf("this is not an id of this API")

func letter(c byte) byte {
	for i := range len(alphabet) {
		if alphabet[i] == c {
			return byte(i)
		}
	}
	return 255
}

// Value stores the id as dashed text, which PostgreSQL reads as a uuid and
// SQLite keeps as it is.
func (id ID) Value() (driver.Value, error) {
	if id.IsNone() {
		return nil, nil
	}
	return id.dashed(), nil
}

func (id ID) dashed() string {
	var out [36]byte
	hex.Encode(out[0:8], id[0:4])
	hex.Encode(out[9:13], id[4:6])
	hex.Encode(out[14:18], id[6:8])
	hex.Encode(out[19:23], id[8:10])
	hex.Encode(out[24:], id[10:])
	out[8], out[13], out[18], out[23] = '-', '-', '-', '-'
	return string(out[:])
}

// Scan reads a stored id.
func (id *ID) Scan(stored any) error {
	var text string
	switch v := stored.(type) {
	case nil:
		*id = None
		return nil
	case string:
		text = v
	case []byte:
		text = string(v)
	default:
		return fmt.Errorf("an id is stored as text, not %T", stored)
	}
	if len(text) != 36 {
		return fmt.Errorf("a stored id has 36 characters, not %d", len(text))
	}
	plain := text[0:8] + text[9:13] + text[14:18] + text[19:23] + text[24:]
	if _, err := hex.Decode(id[:], []byte(plain)); err != nil {
		return fmt.Errorf("read a stored id: %w", err)
	}
	return nil
}

// MarshalText and UnmarshalText let ids stand in JSON.
func (id ID) MarshalText() ([]byte, error) {
	if id.IsNone() {
		return nil, nil
	}
	return id.append(nil), nil
}

// UnmarshalText reads what MarshalText wrote.
func (id *ID) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*id = None
		return nil
	}
	parsed, err := Parse(string(text))
	*id = parsed
	return err
}

// MarshalGQL writes the id as a GraphQL ID.
func (id ID) MarshalGQL(w io.Writer) {
	out := make([]byte, 0, shownSize+2)
	out = append(out, '"')
	out = append(id.append(out), '"')
	_, _ = w.Write(out)
}

// UnmarshalGQL reads a GraphQL ID.
func (id *ID) UnmarshalGQL(v any) error {
	text, ok := v.(string)
	if !ok {
		return errMalformed
	}
	parsed, err := Parse(text)
	*id = parsed
	return err
}

// GoString shows ids readably in failing tests.
func (id ID) GoString() string { return strconv.Quote(id.String()) }

// Node is anything with an id, and Organization what people act for: GraphQL's
// interface and union, which ask nothing of Go.
type (
	Node         interface{}
	Organization interface{}
)

// Of are the ids that rows name, each once. A row that is missing names none.
func Of[T any](rows []*T, names func(*T) ID) []ID {
	ids := make([]ID, 0, len(rows))
	seen := make(map[ID]bool, len(rows))
	for _, row := range rows {
		if row == nil {
			continue
		}
		if id := names(row); !id.IsNone() && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}
