package client

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/rung-dev/rung/internal/store"
)

// freshFor is how long it may take until a page is heard that a client names anew,
// or is no longer. A token is judged by its own client each time.
const freshFor = time.Second

// Pages are the web pages from which some client may be heard, for browsers that
// ask before they say who asks.
type Pages struct {
	db    *store.DB
	mu    sync.Mutex
	read  time.Time
	known map[string]bool
}

// NewPages reads the pages when somebody asks.
func NewPages(db *store.DB) *Pages { return &Pages{db: db} }

// Hears reports whether some client names a page as its own.
func (p *Pages) Hears(ctx context.Context, origin string) bool {
	if !isOrigin(origin) {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := p.db.Now(); p.known == nil || now.Sub(p.read) >= freshFor {
		known, err := Origins(ctx, p.db)
		if err != nil {
			slog.ErrorContext(ctx, "the pages of API clients could not be read", "error", err)
			return false
		}
		p.known, p.read = known, now
	}
	return p.known[origin]
}
