package issuer

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/identityissuer"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// IdentityIssuerFilter is what a list is narrowed to; conditions left nil do not count.
type IdentityIssuerFilter struct{ Status []identityissuer.Status }

// IdentityIssuerOrderField is what a list of its noun can be ordered by.
type IdentityIssuerOrderField string

// The fields of IdentityIssuerOrder.
const (
	IdentityIssuersByCreatedAt IdentityIssuerOrderField = "CREATED_AT"
)

// IdentityIssuerOrder is how a list is ordered.
type IdentityIssuerOrder struct {
	Field     IdentityIssuerOrderField
	Direction page.Direction
}

// IdentityIssuerConnection is a page of them, and IdentityIssuerEdge one entry of it.
type (
	IdentityIssuerConnection = page.Connection[*ent.IdentityIssuer]
	IdentityIssuerEdge       = page.Edge[*ent.IdentityIssuer]
)

// List is a page of the issuers that the viewer may see, without those that were
// removed unless they are asked for.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *IdentityIssuerFilter, order *IdentityIssuerOrder,
) (*IdentityIssuerConnection, error) {
	q := db.Read.IdentityIssuer.Query()
	if filter == nil || filter.Status == nil {
		q.Where(identityissuer.StatusNEQ(identityissuer.StatusRemoved))
	} else {
		q.Where(identityissuer.StatusIn(filter.Status...))
	}
	if order == nil {
		order = &IdentityIssuerOrder{Field: IdentityIssuersByCreatedAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.IdentityIssuer]{
		Key: page.Key[*ent.IdentityIssuer]{
			Column: identityissuer.FieldCreatedAt, Value: func(i *ent.IdentityIssuer) any { return i.CreatedAt },
		},
		Order: order.Direction, Filter: filter, ID: func(i *ent.IdentityIssuer) gid.ID { return i.ID },
	}, args)
}

// IdentityIssuerAbilities is what the viewer may do with an issuer now.
type IdentityIssuerAbilities struct {
	Revise    *fault.Ability
	Prove     *fault.Ability
	Approve   *fault.Ability
	Refuse    *fault.Ability
	Suspend   *fault.Ability
	Reinstate *fault.Ability
	Remove    *fault.Ability
}

// Abilities says what the viewer may do with an issuer now.
func Abilities(v viewer.Viewer, i *ent.IdentityIssuer) *IdentityIssuerAbilities {
	may := func(verb string) *fault.Ability { return fault.AbilityOf(canMove(v, i, verb, i.Revision)) }
	return &IdentityIssuerAbilities{
		Revise: may(reviseIdentityIssuer), Prove: may(proveIdentityIssuer), Approve: may(approveIdentityIssuer), Refuse: may(refuseIdentityIssuer),
		Suspend: may(suspendIdentityIssuer), Reinstate: may(reinstateIdentityIssuer), Remove: may(removeIdentityIssuer),
	}
}
