package oversight

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/operatoraccess"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// ExpireOperatorAccess is what falls due when records have been open long enough.
const ExpireOperatorAccess job.Kind = "expireOperatorAccess"

// OpenOperatorAccess lets an operator read the students' records of one tenant,
// who is told.
func OpenOperatorAccess(ctx context.Context, db *store.DB, in OpenOperatorAccessInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		isOpen, err := tx.OperatorAccess.Query().Where(operatoraccess.PersonID(v.Person), operatoraccess.TenantID(in.TenantID),
			operatoraccess.StatusEQ(operatoraccess.StatusOpen)).Exist(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := canOpen(v, isOpen); err != nil {
			return gid.None, err
		}
		if err := isTenant(ctx, tx, in.TenantID); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason, ticket := r.Prose("reason", in.Reason, 10, 1000), r.Line("ticket", in.Ticket, 1, 80)
		r.Refuse(checkHours(in.Hours))
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		a, err := tx.OperatorAccess.Create().SetWorldID(tx.World()).SetTenantID(in.TenantID).SetPersonID(v.Person).
			SetReason(reason).SetTicket(ticket).SetOpenedAt(tx.Now).SetExpiresAt(tx.Now.Add(time.Duration(in.Hours) * time.Hour)).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := record(ctx, tx, a, event.OperatorAccessOpened); err != nil {
			return gid.None, err
		}
		return a.ID, job.At(ctx, tx, ExpireOperatorAccess, a.ID, a.ExpiresAt)
	})
}

// isTenant: an institution, an employer or a talent of the operator's world.
func isTenant(ctx context.Context, tx *store.Tx, id gid.ID) error {
	all := tx.System("an operator names a tenant whose records they do not see yet")
	var is bool
	var err error
	switch id.Noun() {
	case gid.Institution:
		is, err = all.Institution.Query().Where(institution.ID(id), institution.WorldID(tx.World())).Exist(ctx)
	case gid.Employer:
		is, err = all.Employer.Query().Where(employer.ID(id), employer.WorldID(tx.World())).Exist(ctx)
	case gid.Talent:
		is, err = all.TalentProfile.Query().Where(talentprofile.ID(id), talentprofile.WorldID(tx.World())).Exist(ctx)
	}
	if err == nil && !is {
		err = fault.NotFound("tenantId", "There is no such institution, employer or talent.")
	}
	return err
}

// CloseOperatorAccess ends an opening before its time.
func CloseOperatorAccess(ctx context.Context, db *store.DB, in CloseOperatorAccessInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: it may expire meanwhile.
		a, err := tx.OperatorAccess.Query().Where(operatoraccess.ID(in.OperatorAccessID), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("operatorAccessId", "No such records are open."))
		}
		if err := canClose(viewer.From(ctx), a, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		if err := job.Unset(ctx, tx, ExpireOperatorAccess, a.ID); err != nil {
			return gid.None, err
		}
		return a.ID, end(ctx, tx, a, "closeOperatorAccess", event.OperatorAccessClosed)
	})
}

// Expire ends an opening whose time is over.
func Expire(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: it may be closed meanwhile.
		a, err := tx.OperatorAccess.Query().Where(operatoraccess.ID(w.Subject), store.Locked).Only(ctx)
		if err != nil || a.Status != operatoraccess.StatusOpen || tx.Now.Before(a.ExpiresAt) {
			return gid.None, err
		}
		return gid.None, end(ctx, tx, a, string(event.OperatorAccessExpired), event.OperatorAccessExpired)
	})
	return err
}

func end(ctx context.Context, tx *store.Tx, a *ent.OperatorAccess, verb string, kind event.Kind) error {
	update := tx.OperatorAccess.Update().Where(operatoraccess.ID(a.ID), operatoraccess.Revision(a.Revision)).
		SetStatus(States.Verb(verb).To).SetEndedAt(tx.Now)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return record(ctx, tx, a, kind)
}

// record tells the tenant and the platform.
func record(ctx context.Context, tx *store.Tx, a *ent.OperatorAccess, kind event.Kind) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: a.ID, IDs: map[string]gid.ID{"tenant": a.TenantID, "operator": a.PersonID}, Parties: []gid.ID{a.TenantID, tx.World()},
	})
}
