package front

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// bounded keeps what was used last, up to a number of entries and of bytes.
type bounded[V any] struct {
	mu    sync.Mutex
	kept  *simplelru.LRU[string, sized[V]]
	most  int // bytes
	bytes int
}

type sized[V any] struct {
	value V
	bytes int
}

func newBounded[V any](entries, most int) *bounded[V] {
	b := &bounded[V]{most: most}
	kept, err := simplelru.NewLRU(entries, func(_ string, gone sized[V]) { b.bytes -= gone.bytes })
	if err != nil {
		panic(err) // entries is not positive
	}
	b.kept = kept
	return b
}

func (b *bounded[V]) get(key string) (V, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	found, ok := b.kept.Get(key)
	return found.value, ok
}

// put keeps a value of so many bytes, unless it alone would take too large a
// share.
func (b *bounded[V]) put(key string, value V, bytes int) {
	if bytes > b.most/4 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.kept.Remove(key)
	b.kept.Add(key, sized[V]{value, bytes})
	b.bytes += bytes
	for b.bytes > b.most {
		b.kept.RemoveOldest()
	}
}
