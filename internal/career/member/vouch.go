package member

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
)

// Vouch makes of a person what an organisation's issuer says anew: a member in a
// role, or none. It touches no seat that another way led to, and leaves the last
// one who runs an organisation where they are.
//
// Locked: a member is not changed by somebody else meanwhile.
func Vouch(ctx context.Context, tx *store.Tx, who, organization gid.ID, role membership.Role) error {
	m, err := tx.Membership.Query().Where(membership.PersonID(who), membership.OrganizationID(organization),
		membership.EndedAtIsNil(), store.Locked).Only(ctx)
	switch {
	case ent.IsNotFound(err) && role == "":
		return nil
	case ent.IsNotFound(err):
		_, err := person.Join(ctx, tx, who, organization, role, membership.SourceIssuer)
		return err
	case err != nil:
		return err
	case m.Source != membership.SourceIssuer || m.Role == role:
		return nil
	}
	others, err := othersWhoRun(ctx, tx, m)
	if err != nil || isLast(m, others) != nil {
		return err
	}
	if role == "" {
		_, err = change(ctx, tx, m, moving(tx, string(event.MemberLapsed)).SetEndedAt(tx.Now), event.MemberLapsed)
		return err
	}
	_, err = change(ctx, tx, m, tx.Membership.Update().SetRole(role), event.MemberVouched)
	return err
}

// othersWhoRun counts those in the same role.
//
// Locked: two who run it are not taken away at once.
func othersWhoRun(ctx context.Context, tx *store.Tx, m *ent.Membership) (int, error) {
	if !runs(m) {
		return 0, nil
	}
	others, err := tx.Membership.Query().Where(membership.OrganizationID(m.OrganizationID), membership.RoleEQ(m.Role),
		membership.StatusEQ(membership.StatusActive), membership.IDNEQ(m.ID), store.Locked).All(ctx)
	return len(others), err
}
