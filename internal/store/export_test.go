package store

// What tests need to see of the inside.
var (
	Nouns        = nouns
	CommitFailed = commitFailed
	ErrMoved     = errMoved
	Exec         = (*Tx).exec
)
