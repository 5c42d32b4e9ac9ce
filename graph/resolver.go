// Package graph is the GraphQL surface: what clients read and write, each field
// and mutation handed to the room it belongs to.
package graph

import (
	"time"

	"github.com/rung-dev/rung/internal/career/client"
	"github.com/rung-dev/rung/internal/demo"
	"github.com/rung-dev/rung/internal/file"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
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
	// IsOurs reports whether an issuer is one that whoever runs Rung decided on.
	IsOurs func(issuer string) bool
	// Sessions signs the tokens with which people act for their organisations.
	Sessions func(v viewer.Viewer, organization gid.ID) (token string, until time.Time, err error)
}
