package member

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/memberinvitation"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

var keys = map[MembershipOrderField]page.Key[*ent.Membership]{
	MembershipsByCreatedAt: {Column: membership.FieldCreatedAt, Value: func(m *ent.Membership) any { return m.CreatedAt }},
	MembershipsByUpdatedAt: {Column: membership.FieldUpdatedAt, Value: func(m *ent.Membership) any { return m.UpdatedAt }},
}

var invitationKeys = map[MemberInvitationOrderField]page.Key[*ent.MemberInvitation]{
	MemberInvitationsBySentAt:    {Column: memberinvitation.FieldSentAt, Value: func(i *ent.MemberInvitation) any { return i.SentAt }},
	MemberInvitationsByUpdatedAt: {Column: memberinvitation.FieldUpdatedAt, Value: func(i *ent.MemberInvitation) any { return i.UpdatedAt }},
}

// List is a page of the members of the viewer's own organisation, without those
// whose membership has ended unless they are asked for.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *MembershipFilter, order *MembershipOrder,
) (*MembershipConnection, error) {
	q := db.Read.Membership.Query().Where(membership.OrganizationID(viewer.From(ctx).Org))
	if filter == nil || filter.Status == nil {
		q.Where(membership.StatusNEQ(membership.StatusEnded))
	} else {
		q.Where(membership.StatusIn(filter.Status...))
	}
	if filter != nil {
		if filter.Role != nil {
			q.Where(membership.RoleIn(filter.Role...))
		}
		q.Where(page.During(membership.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &MembershipOrder{Field: MembershipsByCreatedAt, Direction: page.Ascending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Membership]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(m *ent.Membership) gid.ID { return m.ID },
	}, args)
}

// Invitations is a page of those that the viewer's own organisation sent.
func Invitations(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *MemberInvitationFilter, order *MemberInvitationOrder,
) (*MemberInvitationConnection, error) {
	q := db.Read.MemberInvitation.Query().Where(memberinvitation.OrganizationID(viewer.From(ctx).Org))
	if filter != nil {
		if filter.Status != nil {
			q.Where(memberinvitation.StatusIn(filter.Status...))
		}
		q.Where(page.During(memberinvitation.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &MemberInvitationOrder{Field: MemberInvitationsBySentAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.MemberInvitation]{
		Key: invitationKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(i *ent.MemberInvitation) gid.ID { return i.ID },
	}, args)
}

// MembershipAbilities is what the viewer may do with a member now.
type MembershipAbilities struct {
	ChangeRole *fault.Ability
	Suspend    *fault.Ability
	Reinstate  *fault.Ability
	Remove     *fault.Ability
	SignOut    *fault.Ability
}

// Abilities says what the viewer may do with each member now.
func Abilities(ctx context.Context, db *store.DB, members []*ent.Membership) ([]*MembershipAbilities, error) {
	v := viewer.From(ctx)
	running := map[membership.Role]int{}
	if v.Can(viewer.MembersManage) && !v.Org.IsNone() {
		active, err := db.Read.Membership.Query().Where(membership.OrganizationID(v.Org), membership.StatusEQ(membership.StatusActive)).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, m := range active {
			running[m.Role]++
		}
	}
	all := make([]*MembershipAbilities, len(members))
	for n, m := range members {
		if m == nil {
			continue
		}
		may := func(verb string, takesAway bool) *fault.Ability {
			err := canManage(v, m, verb, m.Revision)
			if err == nil && takesAway {
				err = isLast(m, running[m.Role]-1)
			}
			return fault.AbilityOf(err)
		}
		all[n] = &MembershipAbilities{
			ChangeRole: may(changeMemberRole, true), Suspend: may(suspendMember, true), Reinstate: may(reinstateMember, false),
			Remove: may(removeMember, true), SignOut: may(signOutEverywhere, false),
		}
	}
	return all, nil
}

// MemberInvitationAbilities is what the viewer may do with an invitation now.
type MemberInvitationAbilities struct{ Revoke *fault.Ability }

// InvitationAbilities says what the viewer may do with an invitation now.
func InvitationAbilities(v viewer.Viewer, i *ent.MemberInvitation) *MemberInvitationAbilities {
	return &MemberInvitationAbilities{Revoke: fault.AbilityOf(canRevoke(v, i, i.Revision))}
}
