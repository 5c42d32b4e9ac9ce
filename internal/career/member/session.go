package member

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent/membership"
	entperson "github.com/rung-dev/rung/ent/gen/ent/person"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// ActFor lets the viewer act for one of their organisations: whoever asked gets a
// token that names it.
func ActFor(ctx context.Context, db *store.DB, in ActForInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		m, err := tx.Membership.Query().Where(membership.PersonID(v.Person), membership.OrganizationID(in.OrganizationID),
			membership.StatusEQ(membership.StatusActive), membership.WorldID(tx.World())).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("organizationId", "There is no such organisation that you act for."))
		}
		if !v.Bound.IsNone() && v.Bound != m.OrganizationID {
			return gid.None, fault.NotPermitted("Your issuer vouches for another organisation's people. Sign in another way to act for this one.")
		}
		if m.ValidAfter != nil && v.SignedInAt.Before(*m.ValidAfter) {
			return gid.None, fault.NotPermitted("You were signed out of this organisation. Sign in again.")
		}
		return m.ID, record(ctx, tx, m, event.MemberSteppedIn)
	})
}

// SignedOut is who was signed out: a person everywhere, or as a member.
type SignedOut struct{ PersonID, MembershipID gid.ID }

// SignOutEverywhere ends every token that was given out before: the viewer's own,
// or those with which a member acts for the viewer's organisation.
func SignOutEverywhere(ctx context.Context, db *store.DB, in SignOutEverywhereInput) (SignedOut, error) {
	done, err := store.Write(ctx, db, func(tx *store.Tx) (SignedOut, error) {
		if in.MembershipID == nil {
			return signOut(ctx, tx)
		}
		v := viewer.From(ctx)
		m, err := tx.Membership.Query().Where(membership.ID(*in.MembershipID), store.Locked).Only(ctx)
		if err != nil {
			return SignedOut{}, store.Found(err, fault.NotFound("membershipId", "There is no such member."))
		}
		if err := canManage(v, m, signOutEverywhere, m.Revision); err != nil {
			return SignedOut{}, err
		}
		// Tokens are dated by the real clock, in whatever world they are used.
		_, err = change(ctx, tx, m, tx.Membership.Update().SetValidAfter(tx.Real(tx.Now)), event.MemberSignedOut)
		return SignedOut{m.PersonID, m.ID}, err
	})
	if v := viewer.From(ctx); err == nil && v.Person.IsNone() {
		v.Person = done.PersonID
		viewer.Become(ctx, v)
	}
	return done, err
}

func signOut(ctx context.Context, tx *store.Tx) (SignedOut, error) {
	v := viewer.From(ctx)
	who, err := person.Actor(ctx, tx)
	if err != nil {
		return SignedOut{}, err
	}
	all := tx.System("a newcomer signs out before they see their own row")
	if err := all.Person.Update().Where(entperson.ID(who)).SetValidAfter(tx.Real(tx.Now)).Exec(ctx); err != nil {
		return SignedOut{}, err
	}
	return SignedOut{PersonID: who}, event.Record(ctx, tx, event.Event{
		Kind: event.PersonSignedOut, Subject: who, IDs: map[string]gid.ID{"person": who}, Parties: []gid.ID{v.Talent, v.Org},
	})
}
