package graph

import (
	"context"

	"github.com/rung-dev/rung/graph/gen/model"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// session signs a token for the organisation of a membership, which the viewer
// sees, into a payload.
func (r *Resolver) session(p *model.ActForPayload, id gid.ID) read {
	return func(ctx context.Context) error {
		if id.IsNone() || !selects(ctx, "accessToken") && !selects(ctx, "expiresAt") {
			return nil
		}
		m, err := r.DB.Read.Membership.Get(ctx, id)
		if err != nil {
			return err
		}
		token, until, err := r.Sessions(viewer.From(ctx), m.OrganizationID)
		p.AccessToken, p.ExpiresAt = &token, &until
		return err
	}
}
