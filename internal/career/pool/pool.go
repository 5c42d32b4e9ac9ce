// Package pool is about money that somebody else sets aside for the work: a
// campus or a state funds a pool, admits employers that could not pay, and their
// projects cost them nothing.
package pool

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpool"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpooladmission"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpoolentry"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// OpenFundingPool opens a pool of the viewer's institution, or of the platform
// for an operator. It is empty until its money has come in.
func OpenFundingPool(ctx context.Context, db *store.DB, in OpenFundingPoolInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		if err := canOpen(v); err != nil {
			return gid.None, err
		}
		var r text.Reader
		name, description := r.Line("name", in.Name, 3, 120), r.ProseLater("description", in.Description, 2000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		create := tx.FundingPool.Create().SetWorldID(tx.World()).SetOwnerOrgID(v.Org).SetName(name).SetNillableDescription(description).
			SetCurrency(string(in.Currency)).SetDepositedMinor(0).SetReservedMinor(0).SetSpentMinor(0)
		if institution := v.Institution(); !institution.IsNone() {
			create.SetInstitutionID(institution)
		}
		p, err := create.Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return p.ID, record(ctx, tx, p, event.FundingPoolOpened)
	})
}

// CloseFundingPool takes no more offers into a pool. What offers hold stays held.
func CloseFundingPool(ctx context.Context, db *store.DB, in CloseFundingPoolInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := lock(ctx, tx, in.FundingPoolID)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), p, closeFundingPool, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		update := move(tx, p).SetStatus(States.Verb(closeFundingPool).To).SetClosedAt(tx.Now)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		admitted, err := admittedTo(ctx, tx, p)
		if err != nil {
			return gid.None, err
		}
		return p.ID, record(ctx, tx, p, event.FundingPoolClosed, admitted...)
	})
}

// AdmitToFundingPool lets an employer's projects be paid from a pool.
func AdmitToFundingPool(ctx context.Context, db *store.DB, in AdmitToFundingPoolInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := lock(ctx, tx, in.FundingPoolID)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := can(v, p, admitToFundingPool, p.Revision); err != nil {
			return gid.None, err
		}
		e, err := tx.Employer.Query().Where(employer.ID(in.EmployerID)).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("employerId", "There is no such employer."))
		}
		admitted, err := admittedTo(ctx, tx, p)
		if err != nil {
			return gid.None, err
		}
		if err := canAdmit(e, admitted); err != nil {
			return gid.None, err
		}
		err = tx.FundingPoolAdmission.Create().SetWorldID(p.WorldID).SetOwnerOrgID(p.OwnerOrgID).SetFundingPoolID(p.ID).
			SetEmployerOrgID(e.ID).SetAdmittedByID(v.Person).SetAdmittedAt(tx.Now).Exec(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := store.Moved(move(tx, p).Save(ctx)); err != nil {
			return gid.None, err
		}
		return p.ID, record(ctx, tx, p, event.FundingPoolAdmitted, e.ID)
	})
}

// DismissFromFundingPool takes no more offers of an employer into a pool.
func DismissFromFundingPool(ctx context.Context, db *store.DB, in DismissFromFundingPoolInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := lock(ctx, tx, in.FundingPoolID)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), p, dismissFromFundingPool, p.Revision); err != nil {
			return gid.None, err
		}
		n, err := tx.FundingPoolAdmission.Update().Where(fundingpooladmission.FundingPoolID(p.ID),
			fundingpooladmission.EmployerOrgID(in.EmployerID), fundingpooladmission.DismissedAtIsNil()).SetDismissedAt(tx.Now).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		if n == 0 {
			return gid.None, fault.NotFound("employerId", "This employer is not admitted to the pool.")
		}
		if err := store.Moved(move(tx, p).Save(ctx)); err != nil {
			return gid.None, err
		}
		return p.ID, record(ctx, tx, p, event.FundingPoolDismissed, in.EmployerID)
	})
}

// RecordPoolDeposit says that money for a pool has come in. The bank's reference
// names it, so that it is counted once.
func RecordPoolDeposit(ctx context.Context, db *store.DB, in RecordPoolDepositInput) (gid.ID, error) {
	return banked(ctx, db, in.FundingPoolID, in.Amount, in.Reference, recordPoolDeposit)
}

// RecordPoolWithdrawal says that money of a pool went back to its owner.
func RecordPoolWithdrawal(ctx context.Context, db *store.DB, in RecordPoolWithdrawalInput) (gid.ID, error) {
	return banked(ctx, db, in.FundingPoolID, in.Amount, in.Reference, recordPoolWithdrawal)
}

// banked changes what was deposited by what the bank says came in or went out.
func banked(ctx context.Context, db *store.DB, id gid.ID, given money.Input, reference, verb string) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := lock(ctx, tx, id)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), p, verb, p.Revision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		amount := readAmount(&r, p, given)
		reference := r.Line("reference", reference, 3, 100)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		known, err := tx.FundingPoolEntry.Query().Where(fundingpoolentry.FundingPoolID(p.ID), fundingpoolentry.Reference(reference)).Exist(ctx)
		if err != nil {
			return gid.None, err
		}
		if known {
			return gid.None, fault.AlreadyExists("reference", "This reference was recorded already.")
		}
		kind, did, change := fundingpoolentry.KindDeposited, event.FundingPoolDeposited, amount.Minor
		if verb == recordPoolWithdrawal {
			kind, did, change = fundingpoolentry.KindWithdrawn, event.FundingPoolWithdrawn, -amount.Minor
		}
		if err := affords(p, -change); err != nil {
			return gid.None, err
		}
		if err := store.Moved(move(tx, p).SetDepositedMinor(p.DepositedMinor + change).Save(ctx)); err != nil {
			return gid.None, err
		}
		if err := entry(tx, p, kind, amount.Minor).SetReference(reference).Exec(ctx); err != nil {
			return gid.None, err
		}
		return p.ID, record(ctx, tx, p, did)
	})
}

// lock reads a pool that the viewer may see.
// Locked: offers, deposits and decisions of one pool come at once.
func lock(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.FundingPool, error) {
	p, err := tx.FundingPool.Query().Where(fundingpool.ID(id), store.Locked).Only(ctx)
	return p, store.Found(err, missing())
}

func missing() error { return fault.NotFound("fundingPoolId", "There is no such funding pool.") }

// move begins a change of a locked pool. One that sets nothing counts all the
// same: whom a pool admits is part of it.
func move(tx *store.Tx, p *ent.FundingPool) *ent.FundingPoolUpdate {
	return tx.FundingPool.Update().Where(fundingpool.ID(p.ID), fundingpool.Revision(p.Revision))
}

func entry(tx *store.Tx, p *ent.FundingPool, kind fundingpoolentry.Kind, minor int64) *ent.FundingPoolEntryCreate {
	return tx.FundingPoolEntry.Create().SetWorldID(p.WorldID).SetOwnerOrgID(p.OwnerOrgID).SetFundingPoolID(p.ID).
		SetKind(kind).SetAmountMinor(minor).SetCurrency(p.Currency).SetOccurredAt(tx.Now)
}

// admittedTo are the employers admitted to a pool now.
func admittedTo(ctx context.Context, tx *store.Tx, p *ent.FundingPool) (employers []gid.ID, err error) {
	err = tx.FundingPoolAdmission.Query().
		Where(fundingpooladmission.FundingPoolID(p.ID), fundingpooladmission.DismissedAtIsNil()).
		Order(ent.Asc(fundingpooladmission.FieldEmployerOrgID)).Select(fundingpooladmission.FieldEmployerOrgID).Scan(ctx, &employers)
	return employers, err
}

func record(ctx context.Context, tx *store.Tx, p *ent.FundingPool, kind event.Kind, employers ...gid.ID) error {
	parties := append([]gid.ID{p.OwnerOrgID}, employers...)
	if p.OwnerOrgID != p.WorldID {
		parties = append(parties, p.WorldID)
	}
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: p.ID, IDs: map[string]gid.ID{"actor": viewer.From(ctx).Person}, Parties: parties,
	})
}
