package intake

import (
	"bytes"
	"crypto/sha256"
	"time"

	"github.com/rung-dev/rung/internal/gid"
)

// shared is the instant that the ids of shared rows begin with.
var shared = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// sharedID is the id of a row that every installation has: the same everywhere,
// since it is made of what the row is known by. A client that keeps a skill's id
// finds the skill under it in a sandbox, in production and after a restore.
func sharedID(noun gid.Noun, reference string) gid.ID {
	sum := sha256.Sum256([]byte(noun.Prefix() + " " + reference))
	id, err := gid.New(noun, shared, bytes.NewReader(sum[:]))
	if err != nil {
		panic(err) // the sum is long enough
	}
	return id
}
