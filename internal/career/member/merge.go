package member

import (
	"context"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/apiclient"
	"github.com/rung-dev/rung/ent/gen/ent/identity"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/gen/ent/notification"
	entperson "github.com/rung-dev/rung/ent/gen/ent/person"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/ent/gen/ent/upload"
	"github.com/rung-dev/rung/ent/gen/ent/world"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// half is one of two people who are one, with what ties them to a world.
type half struct {
	person  *ent.Person
	seats   []*ent.Membership
	profile *ent.TalentProfile
}

// isOf: nothing ties the person to another world.
func (h half) isOf(world gid.ID) bool {
	return (h.profile == nil || h.profile.WorldID == world) &&
		!slices.ContainsFunc(h.seats, func(m *ent.Membership) bool { return m.WorldID != world })
}

// MergePeople makes one person of two whom two issuers vouch for. What was written
// of the duplicate stays as it was, and names who they are.
func MergePeople(ctx context.Context, db *store.DB, in MergePeopleInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		if err := canMerge(v); err != nil {
			return gid.None, err
		}
		if in.PersonID == in.DuplicateID {
			return gid.None, fault.InvalidValue("duplicateId", "Name two people.")
		}
		all := tx.System("an operator names people of whose sign-ins they see none")
		// Locked: of two who merge the same people at once the second finds them merged.
		if _, err := all.Person.Query().Where(entperson.IDIn(in.PersonID, in.DuplicateID), store.Locked).Order(ent.Asc(entperson.FieldID)).All(ctx); err != nil {
			return gid.None, err
		}
		one, err := halfOf(ctx, all, "personId", in.PersonID)
		if err != nil {
			return gid.None, err
		}
		other, err := halfOf(ctx, all, "duplicateId", in.DuplicateID)
		if err != nil {
			return gid.None, err
		}
		if err := canBeOne(v, one, other); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason, ticket := r.Prose("reason", in.Reason, 10, 1000), r.Line("ticket", in.Ticket, 1, 80)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		// Tokens are dated by the real clock, in whatever world they are used.
		if err := goOver(ctx, all, one, other, tx.Real(tx.Now)); err != nil {
			return gid.None, err
		}
		merged := all.Person.Update().Where(entperson.ID(other.person.ID), entperson.Revision(other.person.Revision)).
			SetMergedIntoID(one.person.ID).SetMergedAt(tx.Now).SetMergeReason(reason).SetMergeTicket(ticket)
		if err := store.Moved(merged.Save(ctx)); err != nil {
			return gid.None, err
		}
		return one.person.ID, event.Record(ctx, tx, event.Event{
			Kind: event.PersonMerged, Subject: one.person.ID,
			IDs:     map[string]gid.ID{"person": one.person.ID, "duplicate": other.person.ID},
			Parties: append(parties(one, other), tx.World()),
		})
	})
}

// halfOf reads a person who is neither a program nor merged into another.
func halfOf(ctx context.Context, all *ent.Client, path string, id gid.ID) (half, error) {
	missing := fault.NotFound(path, noSuchPerson)
	p, err := all.Person.Query().Where(entperson.ID(id), entperson.MergedIntoIDIsNil()).Only(ctx)
	if err != nil {
		return half{}, store.Found(err, missing)
	}
	isProgram, err := all.ApiClient.Query().Where(apiclient.PersonID(id)).Exist(ctx)
	if err == nil && isProgram {
		err = missing
	}
	if err != nil {
		return half{}, err
	}
	seats, err := all.Membership.Query().Where(membership.PersonID(id), membership.StatusNEQ(membership.StatusEnded)).
		Order(ent.Asc(membership.FieldID)).All(ctx)
	if err != nil {
		return half{}, err
	}
	profile, err := all.TalentProfile.Query().Where(talentprofile.PersonID(id)).Only(ctx)
	if ent.IsNotFound(err) {
		profile, err = nil, nil
	}
	return half{p, seats, profile}, err
}

// goOver gives the one what is the other's, and ends the tokens of both.
func goOver(ctx context.Context, all *ent.Client, one, other half, at time.Time) error {
	to, from := one.person.ID, other.person.ID
	for _, move := range []func() error{
		func() error { return all.Identity.Update().Where(identity.PersonID(from)).SetPersonID(to).Exec(ctx) },
		func() error {
			return all.Membership.Update().Where(membership.PersonID(from)).SetPersonID(to).Exec(ctx)
		},
		func() error {
			return all.TalentProfile.Update().Where(talentprofile.PersonID(from)).SetPersonID(to).Exec(ctx)
		},
		func() error {
			return all.World.Update().Where(world.OwnerPersonID(from)).SetOwnerPersonID(to).Exec(ctx)
		},
		func() error {
			return all.Notification.Update().Where(notification.PersonID(from)).SetPersonID(to).Exec(ctx)
		},
		func() error { return all.Upload.Update().Where(upload.PersonID(from)).SetPersonID(to).Exec(ctx) },
		func() error { return all.Person.Update().Where(entperson.ID(to)).SetValidAfter(at).Exec(ctx) },
	} {
		if err := move(); err != nil {
			return err
		}
	}
	return nil
}

// parties are who must know: the talent, and the organisations of both.
func parties(halves ...half) []gid.ID {
	var all []gid.ID
	for _, h := range halves {
		for _, m := range h.seats {
			all = append(all, m.OrganizationID)
		}
		if h.profile != nil {
			all = append(all, h.profile.ID)
		}
	}
	return all
}

// PersonMerge is that a person was found to be another.
type PersonMerge struct {
	Into     *ent.Person
	MergedAt time.Time
	Reason   string
	Ticket   string
}

// Merges say of people whom they were found to be, where they were.
func Merges(ctx context.Context, db *store.DB, people []*ent.Person) ([]*PersonMerge, error) {
	var ids []gid.ID
	for _, p := range people {
		if p != nil && !p.MergedIntoID.IsNone() {
			ids = append(ids, p.MergedIntoID)
		}
	}
	merges := make([]*PersonMerge, len(people))
	if len(ids) == 0 {
		return merges, nil
	}
	rows, err := db.Read.Person.Query().Where(entperson.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	seen := make(map[gid.ID]*ent.Person, len(rows))
	for _, p := range rows {
		seen[p.ID] = p
	}
	for i, p := range people {
		if p != nil && !p.MergedIntoID.IsNone() {
			merges[i] = &PersonMerge{seen[p.MergedIntoID], *p.MergedAt, *p.MergeReason, *p.MergeTicket}
		}
	}
	return merges, nil
}
