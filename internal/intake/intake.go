// Package intake brings in lists that others keep: institutions, skills,
// occupations, and postings from elsewhere. A list comes as a file, again and
// again, and what did not change in between stays as it is.
package intake

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/rung-dev/rung/internal/calendar"
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
