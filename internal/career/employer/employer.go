// Package employer is about the organisations that pay for work: how they
// register, and how the platform decides whether they may publish.
package employer

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// Registered is what RegisterEmployer made.
type Registered struct {
	EmployerID   gid.ID
	MembershipID gid.ID
	OwnerID      gid.ID
}

// RegisterEmployer makes an employer and its first owner. It waits for an
// operator before it can publish.
func RegisterEmployer(ctx context.Context, db *store.DB, in RegisterEmployerInput) (Registered, error) {
	done, err := store.Write(ctx, db, func(tx *store.Tx) (Registered, error) { return register(ctx, tx, in) })
	if err == nil {
		v := viewer.From(ctx)
		v.Person = done.OwnerID
		viewer.Become(ctx, v)
	}
	return done, err
}

func register(ctx context.Context, tx *store.Tx, in RegisterEmployerInput) (Registered, error) {
	owner, err := person.Actor(ctx, tx)
	if err != nil {
		return Registered{}, err
	}
	if err := canRegister(viewer.From(ctx)); err != nil {
		return Registered{}, err
	}
	e, err := add(ctx, tx, in)
	if err != nil {
		return Registered{}, err
	}
	err = event.Record(ctx, tx, event.Event{
		Kind: event.EmployerRegistered, Subject: e.ID,
		IDs: map[string]gid.ID{"owner": owner}, Parties: []gid.ID{e.ID, tx.World()},
	})
	if err != nil {
		return Registered{}, err
	}
	seat, err := person.Seat(ctx, tx, owner, e.ID, membership.RoleOwner)
	return Registered{e.ID, seat, owner}, err
}

// add reads what the employer says of itself and makes its row.
func add(ctx context.Context, tx *store.Tx, in RegisterEmployerInput) (*ent.Employer, error) {
	var r text.Reader
	name := r.Line("name", in.Name, 2, 200)
	industry := r.LineLater("industry", in.Industry, 120)
	description := r.ProseLater("description", in.Description, 2000)
	if err := r.Err(); err != nil {
		return nil, err
	}
	status := employer.StatusPending
	if in.RequestsVerification != nil && !*in.RequestsVerification {
		status = employer.StatusUnverified
	}
	return tx.Employer.Create().SetWorldID(tx.World()).
		SetName(name).SetNameFolded(text.Fold(name)).SetNillableWebsite(in.Website).
		SetNillableIndustry(industry).SetNillableDescription(description).
		SetOrigin(employer.OriginRegistered).SetStatus(status).Save(ctx)
}

// Abilities says what the viewer may do with each employer now.
func Abilities(ctx context.Context, db *store.DB, employers []*ent.Employer) ([]*EmployerAbilities, error) {
	v := viewer.From(ctx)
	ids := gid.Of(employers, func(e *ent.Employer) gid.ID { return e.ID })
	var waiting map[gid.ID]bool
	if !v.Institution().IsNone() {
		var err error
		if waiting, err = flaggedBy(ctx, db.Read, v.Institution(), ids...); err != nil {
			return nil, err
		}
	}
	all := make([]*EmployerAbilities, len(employers))
	for i, e := range employers {
		if e == nil {
			continue
		}
		able := func(verb string) *fault.Ability { return fault.AbilityOf(canDecide(v, e, verb, e.Revision)) }
		all[i] = &EmployerAbilities{
			Approve: able("approveEmployer"), Refuse: able("refuseEmployer"), RequestVerification: able("requestEmployerVerification"),
			Suspend: able("suspendEmployer"), Reinstate: able("reinstateEmployer"), Ban: able("banEmployer"),
			Flag:          fault.AbilityOf(canFlag(v, e, waiting[e.ID])),
			AgreeFeeSplit: fault.AbilityOf(canAgree(v, e, e.Revision)),
		}
	}
	return all, nil
}
