package migrations

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
