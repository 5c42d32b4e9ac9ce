// Package member is about who acts for an organisation: how people are asked to,
// in which role, for how long, and how that ends.
package member

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// ChangeMemberRole gives a member of the viewer's organisation another role.
func ChangeMemberRole(ctx context.Context, db *store.DB, in ChangeMemberRoleInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		m, err := managed(ctx, tx, in.MembershipID, changeMemberRole, in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		if err := canGrant(viewer.From(ctx), in.Role); err != nil {
			return gid.None, err
		}
		if m.Role == in.Role {
			return gid.None, fault.InvalidValue("role", "The member has this role already.")
		}
		if err := stays(ctx, tx, m); err != nil {
			return gid.None, err
		}
		return change(ctx, tx, m, tx.Membership.Update().SetRole(in.Role), event.MemberRoleChanged)
	})
}

// SuspendMember keeps a member from acting for the organisation, from the next
// request on, until they are reinstated.
func SuspendMember(ctx context.Context, db *store.DB, in SuspendMemberInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		m, err := managed(ctx, tx, in.MembershipID, suspendMember, in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		if err := stays(ctx, tx, m); err != nil {
			return gid.None, err
		}
		return change(ctx, tx, m, moving(tx, suspendMember), event.MemberSuspended)
	})
}

// ReinstateMember lets a suspended member act again.
func ReinstateMember(ctx context.Context, db *store.DB, in ReinstateMemberInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		m, err := managed(ctx, tx, in.MembershipID, reinstateMember, in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		return change(ctx, tx, m, moving(tx, reinstateMember), event.MemberReinstated)
	})
}

// RemoveMember ends a membership. What the member did stays theirs.
func RemoveMember(ctx context.Context, db *store.DB, in RemoveMemberInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		m, err := managed(ctx, tx, in.MembershipID, removeMember, in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		if err := stays(ctx, tx, m); err != nil {
			return gid.None, err
		}
		return change(ctx, tx, m, moving(tx, removeMember).SetEndedAt(tx.Now), event.MemberRemoved)
	})
}

// managed finds a member whom the viewer sees, and asks whether the verb is for
// now.
//
// Locked: of two who change a member at once the second reads what the first did.
func managed(ctx context.Context, tx *store.Tx, id gid.ID, verb string, revision int) (*ent.Membership, error) {
	m, err := tx.Membership.Query().Where(membership.ID(id), store.Locked).Only(ctx)
	if err != nil {
		return nil, store.Found(err, fault.NotFound("membershipId", "There is no such member."))
	}
	return m, canManage(viewer.From(ctx), m, verb, revision)
}

// stays refuses to take the last one away who runs an organisation. The database
// refuses it as well.
//
// Locked: two who run it do not take each other away at once.
func stays(ctx context.Context, tx *store.Tx, m *ent.Membership) error {
	if !runs(m) {
		return nil
	}
	others, err := tx.Membership.Query().Where(membership.OrganizationID(m.OrganizationID), membership.RoleEQ(m.Role),
		membership.StatusEQ(membership.StatusActive), membership.IDNEQ(m.ID), store.Locked).All(ctx)
	if err == nil {
		err = isLast(m, len(others))
	}
	return err
}

func moving(tx *store.Tx, verb string) *ent.MembershipUpdate {
	return tx.Membership.Update().SetStatus(States.Verb(verb).To)
}

func change(ctx context.Context, tx *store.Tx, m *ent.Membership, update *ent.MembershipUpdate, kind event.Kind) (gid.ID, error) {
	update.Where(membership.ID(m.ID), membership.Revision(m.Revision))
	if err := store.Moved(update.Save(ctx)); err != nil {
		return gid.None, err
	}
	return m.ID, record(ctx, tx, m, kind)
}

// record tells the organisation, and nobody else.
func record(ctx context.Context, tx *store.Tx, m *ent.Membership, kind event.Kind) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: m.ID,
		IDs:     map[string]gid.ID{"person": m.PersonID, "organization": m.OrganizationID, "actor": viewer.From(ctx).Person},
		Parties: []gid.ID{m.OrganizationID},
	})
}
