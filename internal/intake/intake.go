// Package intake brings in lists that others keep: institutions, skills,
// occupations, and postings from elsewhere. A list comes as a file, again and
// again, and what did not change in between stays as it is.
package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Kind is what a file lists.
type Kind string

// The kinds, as the command line names them.
const (
	Institutions Kind = "institutions"
	Skills       Kind = "skills"
	Occupations  Kind = "occupations"
	Postings     Kind = "postings"
)

// Kinds are all of them, in the order in which help shows them.
var Kinds = []Kind{Institutions, Skills, Occupations, Postings}

// ParseKind reads a kind as people type it.
func ParseKind(text string) (Kind, error) {
	for _, kind := range Kinds {
		if strings.EqualFold(text, string(kind)) {
			return kind, nil
		}
	}
	return "", fmt.Errorf("%q cannot be imported: name institutions, skills, occupations or postings", text)
}

// Open opens the file anew: it is read twice.
type Open = func() (io.ReadCloser, error)

// Options are what a file does not say about itself.
type Options struct {
	// AsOf is the day the file was made, from which "3d" counts back; today
	// when empty.
	AsOf calendar.Date
}

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

// Import reads a file of one kind. A file that is broken as a whole changes
// nothing and is an error; a row that cannot be used is refused in the report
// and does not stop the others. Rows missing from the file stay as they are.
func Import(ctx context.Context, db *store.DB, kind Kind, open Open, o Options) (Report, error) {
	if o.AsOf.IsZero() {
		o.AsOf = calendar.On(db.Now())
	}
	ctx = viewer.With(ctx, viewer.System("an import reads and writes what everybody shares"))
	switch kind {
	case Institutions:
		return institutions.load(ctx, db, open, o)
	case Skills:
		return skills.load(ctx, db, open, o)
	case Occupations:
		return occupations.load(ctx, db, open, o)
	case Postings:
		return postings.load(ctx, db, open, o)
	}
	return Report{}, fmt.Errorf("there is no kind %q", kind)
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
