package person

import (
	"context"
	"fmt"
	"strings"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/identity"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Claims are what a token must say for somebody to act.
type Claims struct {
	Subject, Name, Email string
	Organization         gid.ID // none for talents
}

// ClaimsOf finds somebody whom an issuer vouches for, by e-mail address or as
// the first in a role.
func ClaimsOf(ctx context.Context, db *store.DB, issuer, as string) (Claims, error) {
	ctx = viewer.With(ctx, viewer.System("a token of the local issuer is minted by whoever runs the installation"))
	q := db.Read.Identity.Query().Where(identity.Issuer(issuer)).WithPerson()
	known, err := q.Order(ent.Asc(identity.FieldID)).All(ctx)
	if err != nil {
		return Claims{}, err
	}
	for _, i := range known {
		c := Claims{Subject: i.Subject, Name: i.Edges.Person.Name}
		if i.Edges.Person.Email != nil {
			c.Email = *i.Edges.Person.Email
		}
		seat, err := db.Read.Membership.Query().Where(membership.PersonID(i.PersonID), membership.StatusEQ(membership.StatusActive)).
			Order(ent.Asc(membership.FieldID)).First(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return Claims{}, err
		}
		role := string(viewer.RoleTalent)
		if seat != nil {
			c.Organization, role = seat.OrganizationID, string(seat.Role)
		}
		if strings.EqualFold(as, c.Email) || strings.EqualFold(as, role) {
			return c, nil
		}
	}
	return Claims{}, fmt.Errorf("nobody of the issuer %s is %q: name a role (owner, talent, operator …) or an e-mail address", issuer, as)
}
