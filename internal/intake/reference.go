package intake

import (
	"compress/gzip"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

//go:embed reference/*.csv.gz
var reference embed.FS

// shipped are the lists inside the binary, and how many rows each has, so that
// a start need not read them to see that they are there.
var shipped = []struct {
	kind Kind
	rows int
}{{Institutions, 10251}, {Skills, 8811}, {Occupations, 1016}}

// LoadReference imports the lists inside the binary into a database that has
// fewer rows of their kind. The reports are of those it imported.
func LoadReference(ctx context.Context, db *store.DB) (map[Kind]Report, error) {
	ctx = viewer.With(ctx, viewer.System("a start looks whether the lists inside the binary are there"))
	reports := map[Kind]Report{}
	for _, list := range shipped {
		have, err := listed(ctx, db, list.kind)
		if err != nil {
			return reports, err
		}
		if have >= list.rows {
			continue
		}
		report, err := Import(ctx, db, list.kind, inside(list.kind), Options{})
		if err != nil {
			return reports, fmt.Errorf("load the reference data: %w", err)
		}
		reports[list.kind] = report
	}
	return reports, nil
}

func listed(ctx context.Context, db *store.DB, kind Kind) (int, error) {
	switch kind {
	case Institutions:
		return db.Read.Institution.Query().Where(institution.WorldID(viewer.From(ctx).World), institution.ReferenceNotNil()).Count(ctx)
	case Skills:
		return db.Read.Skill.Query().Count(ctx)
	case Occupations:
		return db.Read.Occupation.Query().Count(ctx)
	}
	return 0, fmt.Errorf("there is no list of %s inside the binary", kind)
}

// inside opens one of the lists.
func inside(kind Kind) Open {
	return func() (io.ReadCloser, error) {
		packed, err := reference.Open("reference/" + string(kind) + ".csv.gz")
		if err != nil {
			return nil, err
		}
		plain, err := gzip.NewReader(packed)
		if err != nil {
			return nil, errors.Join(err, packed.Close())
		}
		return unpacked{plain, packed}, nil
	}
}

type unpacked struct {
	*gzip.Reader
	packed fs.File
}

func (u unpacked) Close() error { return errors.Join(u.Reader.Close(), u.packed.Close()) }
