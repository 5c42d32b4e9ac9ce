package migrations

import (
	"io/fs"

	"github.com/pressly/goose/v3"
)

// ApplyFrom is Apply with migrations of a test's own.
var ApplyFrom = apply

// Key is one composite key as tests see it.
type Key struct {
	Child   string
	Columns []string
	Parent  string
}

// Keys are the composite keys of the list.
func Keys() []Key {
	var keys []Key
	for _, k := range compositeKeys {
		keys = append(keys, Key{k.child, k.columns, k.parent})
	}
	return keys
}

// Latest is the version a database has after Apply.
func Latest(engine string) (int64, error) {
	names, err := fs.Glob(files, Folder(engine)+"/*_*.sql")
	if err != nil {
		return 0, err
	}
	var latest int64
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return 0, err
		}
		latest = max(latest, version)
	}
	return latest, nil
}
