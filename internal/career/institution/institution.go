// Package institution is about universities and colleges: how a career office
// comes to Rung, and how it decides which employers may post to its talents.
package institution

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/career/policy"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// Opened is what OpenInstitution made.
type Opened struct {
	InstitutionID gid.ID
	MembershipID  gid.ID // the first administrator's
}

// OpenInstitution brings a listed institution's career office to Rung, with the
// administrator who will run it.
func OpenInstitution(ctx context.Context, db *store.DB, in OpenInstitutionInput) (Opened, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Opened, error) {
		// Locked: two operators must not both seat a first administrator.
		i, err := tx.Institution.Query().Where(institution.ID(in.InstitutionID), store.Locked).Only(ctx)
		if err != nil {
			return Opened{}, store.Found(err, fault.NotFound("institutionId", "There is no such institution."))
		}
		if err := canOpen(viewer.From(ctx), i, in.ExpectedRevision); err != nil {
			return Opened{}, err
		}
		o, err := readOpening(in)
		if err != nil {
			return Opened{}, err
		}
		update := tx.Institution.Update().Where(institution.ID(i.ID), institution.Revision(i.Revision)).
			SetStatus(States.Verb("openInstitution").To).SetOpenedAt(tx.Now)
		if o.floor != nil {
			update.SetPayFloorMinor(o.floor.Minor).SetPayFloorCurrency(string(o.floor.Currency))
		}
		if err := store.Moved(update.Save(ctx)); err != nil {
			return Opened{}, err
		}
		opened, err := tx.Institution.Get(ctx, i.ID)
		if err != nil {
			return Opened{}, err
		}
		if err := policy.Begin(ctx, tx, policy.Body{World: tx.World(), Institution: opened}); err != nil {
			return Opened{}, err
		}
		seat, err := seatFirst(ctx, tx, i.ID, o.administrator)
		return Opened{i.ID, seat}, err
	})
}

// seatFirst records the opening and gives the administrator their seat.
func seatFirst(ctx context.Context, tx *store.Tx, id gid.ID, in person.SeatInput) (gid.ID, error) {
	administrator, err := person.Known(ctx, tx, in)
	if err != nil {
		return gid.None, err
	}
	err = event.Record(ctx, tx, event.Event{
		Kind: event.InstitutionOpened, Subject: id,
		IDs: map[string]gid.ID{"administrator": administrator}, Parties: []gid.ID{id, tx.World()},
	})
	if err != nil {
		return gid.None, err
	}
	return person.Seat(ctx, tx, administrator, id, membership.RoleAdmin)
}

// opening is what an operator says of an institution, once it has been read.
type opening struct {
	administrator person.SeatInput
	floor         *money.Money
}

func readOpening(in OpenInstitutionInput) (opening, error) {
	var r text.Reader
	var o opening
	var err error
	o.administrator, err = in.Administrator.Read("administrator")
	r.Refuse(err)
	if in.PayFloor != nil {
		floor, err := in.PayFloor.Parse()
		switch {
		case err != nil:
			r.Refuse(fault.InvalidValue("payFloor.amount", "Give the floor with its currency's decimal places: "+err.Error()+"."))
		case floor.Minor <= 0:
			r.Refuse(fault.InvalidValue("payFloor.amount", "Give a floor above zero, or leave it out for the platform's."))
		}
		o.floor = &floor
	}
	return o, r.Err()
}

// PayFloor is the fee an hour below which a person of the career office decides,
// or nil where the platform's floor holds.
func PayFloor(i *ent.Institution) *money.Money {
	if i.PayFloorMinor == nil || i.PayFloorCurrency == nil {
		return nil
	}
	return &money.Money{Minor: *i.PayFloorMinor, Currency: money.Currency(*i.PayFloorCurrency)}
}
