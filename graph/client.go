package graph

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/apiclient"
	"github.com/rung-dev/rung/graph/gen/model"
	"github.com/rung-dev/rung/internal/career/client"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

func (r *Resolver) apiClients(ctx context.Context, ids []gid.ID) ([]*ent.ApiClient, error) {
	return r.DB.Read.ApiClient.Query().Where(apiclient.IDIn(ids...)).All(ctx)
}

func apiClientID(c *ent.ApiClient) gid.ID { return c.ID }

// textOrNull is null for what is not told again.
func textOrNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// embed signs a token for a page. What is repeated tells none: its first answer did.
func (r *Resolver) embed(p *model.MintEmbedTokenPayload, minted client.Embed) read {
	return func(ctx context.Context) error {
		if request := viewer.RequestFrom(ctx); request != nil && request.Replayed() {
			return nil
		}
		token, err := r.MintEmbed(minted)
		seconds := int(client.EmbedLife / time.Second)
		p.EmbedToken, p.ExpiresInSeconds = &token, &seconds
		return err
	}
}

// sees reports whether the viewer sees what an id names, of the kinds that API
// clients name.
func (r *Resolver) sees(ctx context.Context, id gid.ID) (bool, error) {
	if !gid.IsNodeType(id.Noun()) {
		return false, nil
	}
	found, err := r.nodes(ctx, []gid.ID{id})
	return found[id] != nil, err
}

// node reads whatever an id names into a payload's field.
func (r *Resolver) node(into *gid.Node, id gid.ID) read {
	return func(ctx context.Context) (err error) {
		if selects(ctx, "node") {
			*into, err = r.nodeOrNull(ctx, id, nil)
		}
		return err
	}
}

func (r *Resolver) nodeOrNull(ctx context.Context, id gid.ID, err error) (gid.Node, error) {
	if err != nil || id.IsNone() {
		return nil, err
	}
	found, err := r.nodes(ctx, []gid.ID{id})
	return found[id], err
}

func catalog() []*viewer.Entry {
	entries := viewer.Catalog()
	list := make([]*viewer.Entry, len(entries))
	for i := range entries {
		list[i] = &entries[i]
	}
	return list
}

// budget is what whoever asks may still ask, or nil where nothing limits them.
func budget(ctx context.Context) *viewer.Budget {
	if request := viewer.RequestFrom(ctx); request != nil {
		return request.Budget
	}
	return nil
}
