// Package graph is the GraphQL surface: what clients read and write, each field
// and mutation handed to the room it belongs to.
package graph

import (
	"github.com/rung-dev/rung/internal/career/client"
	"github.com/rung-dev/rung/internal/demo"
	"github.com/rung-dev/rung/internal/file"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
)

// Resolver answers with what the store lets the viewer see.
type Resolver struct {
	DB   *store.DB
	Seal *page.Seal
	// Files signs the links to what people upload.
	Files *file.Shelf
	// Sandboxes are opened and moved through it.
	Sandboxes demo.Sandboxes
	// MintEmbed signs tokens for the web pages of API clients.
	MintEmbed func(client.Embed) (string, error)
}
