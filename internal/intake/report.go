package intake

import (
	"errors"
	"fmt"
	"strings"

	"github.com/rung-dev/rung/internal/fault"
)

// Report is what became of a file's rows.
type Report struct {
	Created   int
	Updated   int
	Unchanged int
	Refused   []Refusal
}

// Refusal is a row that was left out.
type Refusal struct {
	Line   int // in the file, where the row begins
	Reason string
}

// Lines are the report for people to read, the sum last.
func (r Report) Lines() []string {
	lines := make([]string, 0, len(r.Refused)+1)
	for _, refused := range r.Refused {
		lines = append(lines, fmt.Sprintf("line %d: %s", refused.Line, refused.Reason))
	}
	return append(lines, fmt.Sprintf("created %d, updated %d, unchanged %d, refused %d",
		r.Created, r.Updated, r.Unchanged, len(r.Refused)))
}

// counts are what one batch did.
type counts struct{ created, updated, unchanged int }

func (r *Report) add(c counts) {
	r.Created += c.created
	r.Updated += c.updated
	r.Unchanged += c.unchanged
}

// reason says what is wrong with a row: each column, and what to write there.
func reason(err error) string {
	told, _ := fault.UserErrors(err)
	if len(told) == 0 {
		return err.Error()
	}
	parts := make([]string, len(told))
	for i, one := range told {
		parts[i] = one.GetMessage()
		if path := one.GetPath(); len(path) > 0 {
			parts[i] = strings.Join(path, ".") + ": " + parts[i]
		}
	}
	return strings.Join(parts, " ")
}

// metOther reports whether somebody else wrote one of the rows at the same
// moment, so that a second try finds it.
func metOther(err error) bool {
	var exists *fault.AlreadyExistsError
	return errors.As(err, &exists)
}
