package client

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/apiclient"
	"github.com/rung-dev/rung/ent/gen/ent/clientgrant"
	"github.com/rung-dev/rung/ent/gen/ent/clientsecret"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

var keys = map[ApiClientOrderField]page.Key[*ent.ApiClient]{
	ApiClientsByCreatedAt: {Column: apiclient.FieldCreatedAt, Value: func(c *ent.ApiClient) any { return c.CreatedAt }},
	ApiClientsByUpdatedAt: {Column: apiclient.FieldUpdatedAt, Value: func(c *ent.ApiClient) any { return c.UpdatedAt }},
}

var grantKeys = map[ClientGrantOrderField]page.Key[*ent.ClientGrant]{
	ClientGrantsByCreatedAt: {Column: clientgrant.FieldCreatedAt, Value: func(g *ent.ClientGrant) any { return g.CreatedAt }},
	ClientGrantsByUpdatedAt: {Column: clientgrant.FieldUpdatedAt, Value: func(g *ent.ClientGrant) any { return g.UpdatedAt }},
}

// List is a page of the clients that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *ApiClientFilter, order *ApiClientOrder,
) (*ApiClientConnection, error) {
	q := db.Read.ApiClient.Query()
	if filter != nil {
		if filter.Status != nil {
			q.Where(apiclient.StatusIn(filter.Status...))
		}
		q.Where(page.During(apiclient.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &ApiClientOrder{Field: ApiClientsByCreatedAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.ApiClient]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(c *ent.ApiClient) gid.ID { return c.ID },
	}, args)
}

// Grants is a page of what clients ask organisations for, as the viewer may see.
func Grants(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *ClientGrantFilter, order *ClientGrantOrder,
) (*ClientGrantConnection, error) {
	q := db.Read.ClientGrant.Query()
	if filter != nil {
		if filter.Status != nil {
			q.Where(clientgrant.StatusIn(filter.Status...))
		}
		q.Where(page.During(clientgrant.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &ClientGrantOrder{Field: ClientGrantsByCreatedAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.ClientGrant]{
		Key: grantKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(g *ent.ClientGrant) gid.ID { return g.ID },
	}, args)
}

// ScopesOf are a list of scopes as the API has them.
func ScopesOf(kept []string) []viewer.Scope {
	scopes := make([]viewer.Scope, len(kept))
	for i, s := range kept {
		scopes[i] = viewer.Scope(s)
	}
	return scopes
}

// ApiClientSecret is what can be told of a secret.
type ApiClientSecret struct {
	Hint       string
	CreatedAt  time.Time
	EndsAt     *time.Time
	LastUsedAt *time.Time
}

// Secrets are the live secrets of clients, the newest first, for those who answer
// for them.
func Secrets(ctx context.Context, db *store.DB, clients []*ent.ApiClient) ([][]*ApiClientSecret, error) {
	rows, err := secretsOf(ctx, db, clients)
	if err != nil {
		return nil, err
	}
	now, all := db.Now(), make([][]*ApiClientSecret, len(clients))
	for i, c := range clients {
		all[i] = []*ApiClientSecret{}
		for _, s := range rows {
			if c != nil && s.ClientID == c.ID && IsLiveSecret(s, now) {
				all[i] = append(all[i], &ApiClientSecret{s.Hint, s.CreatedAt, s.EndsAt, s.LastUsedAt})
			}
		}
	}
	return all, nil
}

// LastUses are the instants at which clients last asked for a token.
func LastUses(ctx context.Context, db *store.DB, clients []*ent.ApiClient) ([]*time.Time, error) {
	rows, err := secretsOf(ctx, db, clients)
	if err != nil {
		return nil, err
	}
	all := make([]*time.Time, len(clients))
	for i, c := range clients {
		for _, s := range rows {
			if c != nil && s.ClientID == c.ID && s.LastUsedAt != nil && (all[i] == nil || s.LastUsedAt.After(*all[i])) {
				all[i] = s.LastUsedAt
			}
		}
	}
	return all, nil
}

func secretsOf(ctx context.Context, db *store.DB, clients []*ent.ApiClient) ([]*ent.ClientSecret, error) {
	ids := gid.Of(clients, func(c *ent.ApiClient) gid.ID { return c.ID })
	return db.Read.ClientSecret.Query().Where(clientsecret.ClientIDIn(ids...)).
		Order(ent.Desc(clientsecret.FieldCreatedAt), ent.Desc(clientsecret.FieldID)).All(ctx)
}

// Difference is how requests differ from what their organisations approved before:
// what each asks for anew, and what it no longer asks for.
type Difference struct{ Added, Dropped []viewer.Scope }

// Differences compares requests with what is approved now.
func Differences(ctx context.Context, db *store.DB, grants []*ent.ClientGrant) ([]*Difference, error) {
	ids := gid.Of(grants, func(g *ent.ClientGrant) gid.ID { return g.ClientID })
	standing, err := db.Read.ClientGrant.Query().
		Where(clientgrant.ClientIDIn(ids...), clientgrant.StatusEQ(clientgrant.StatusApproved)).All(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]*Difference, len(grants))
	for i, g := range grants {
		if g == nil {
			continue
		}
		var before []string
		for _, s := range standing {
			if s.ClientID == g.ClientID && s.TenantOrgID == g.TenantOrgID {
				before = s.Scopes
			}
		}
		all[i] = &Difference{ScopesOf(without(g.Scopes, before)), ScopesOf(without(before, g.Scopes))}
	}
	return all, nil
}

// ApiClientAbilities is what the viewer may do with a client now.
type ApiClientAbilities struct {
	Revise, RotateSecret, RequestScopes, Suspend, Resume, Revoke *fault.Ability
}

// Abilities says what the viewer may do with a client now.
func Abilities(v viewer.Viewer, c *ent.ApiClient) *ApiClientAbilities {
	may := func(verb string) *fault.Ability { return fault.AbilityOf(can(v, c, verb, c.Revision)) }
	return &ApiClientAbilities{
		Revise: may(reviseApiClient), RotateSecret: may(rotateApiClientSecret), RequestScopes: may(requestScopes),
		Suspend: may(suspendApiClient), Resume: may(resumeApiClient), Revoke: may(revokeApiClient),
	}
}

// ClientGrantAbilities is what the viewer may do with a request now.
type ClientGrantAbilities struct{ Approve, Refuse, Revoke *fault.Ability }

// GrantAbilities says what the viewer may do with a request now.
func GrantAbilities(v viewer.Viewer, g *ent.ClientGrant) *ClientGrantAbilities {
	may := func(verb string) *fault.Ability { return fault.AbilityOf(canDecide(v, g, verb, g.Revision)) }
	approve := canDecide(v, g, approveScopes, g.Revision)
	if approve == nil {
		approve = canGrant(v, g)
	}
	return &ClientGrantAbilities{Approve: fault.AbilityOf(approve), Refuse: may(refuseScopes), Revoke: may(revokeScopes)}
}
