package employer

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// EndProjects is the work that follows when an employer is banned: what it offers
// must end.
const EndProjects job.Kind = "endEmployersProjects"

// ApproveEmployer verifies an employer, so that it can publish.
func ApproveEmployer(ctx context.Context, db *store.DB, in ApproveEmployerInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		return decide(ctx, tx, in.EmployerID, in.ExpectedRevision, "approveEmployer", nil)
	})
}

// RefuseEmployer rejects an employer with a reason it will read.
func RefuseEmployer(ctx context.Context, db *store.DB, in RefuseEmployerInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		return decide(ctx, tx, in.EmployerID, in.ExpectedRevision, "refuseEmployer", &in.Reason)
	})
}

// RequestEmployerVerification asks the platform to verify the viewer's employer.
func RequestEmployerVerification(ctx context.Context, db *store.DB, in RequestEmployerVerificationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := permitted(ctx, tx, in.EmployerID, in.ExpectedRevision, "requestEmployerVerification")
		if err != nil {
			return gid.None, err
		}
		update := tx.Employer.Update()
		return e.ID, move(ctx, tx, e, update, "requestEmployerVerification", []gid.ID{e.ID, tx.World()})
	})
}

// SuspendEmployer takes an employer's postings away at once, until the platform
// knows more. It can publish and offer nothing.
func SuspendEmployer(ctx context.Context, db *store.DB, in SuspendEmployerInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := permitted(ctx, tx, in.EmployerID, in.ExpectedRevision, "suspendEmployer")
		if err != nil {
			return gid.None, err
		}
		reason, err := readReason("reason", in.Reason)
		if err != nil {
			return gid.None, err
		}
		return e.ID, suspend(ctx, tx, e, reason)
	})
}

// suspend takes the postings away and tells everybody who deals with the employer.
func suspend(ctx context.Context, tx *store.Tx, e *ent.Employer, reason string) error {
	err := tx.Listing.Update().Where(listing.EmployerOrgID(e.ID), listing.StatusEQ(listing.StatusOpen)).
		SetStatus(listing.StatusClosed).SetClosedAt(tx.Now).Exec(ctx)
	if err != nil {
		return err
	}
	return settle(ctx, tx, e, judgement(ctx, tx).SetReason(reason), "suspendEmployer")
}

// ReinstateEmployer lets a suspended employer go on. What is still open is posted
// again.
func ReinstateEmployer(ctx context.Context, db *store.DB, in ReinstateEmployerInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := permitted(ctx, tx, in.EmployerID, in.ExpectedRevision, "reinstateEmployer")
		if err != nil {
			return gid.None, err
		}
		open, err := tx.MicroProject.Query().Where(microproject.EmployerOrgID(e.ID), microproject.StatusEQ(microproject.StatusOpen),
			microproject.Or(microproject.ApplyByIsNil(), microproject.ApplyByGT(tx.Now))).IDs(ctx)
		if err != nil {
			return gid.None, err
		}
		err = tx.Listing.Update().Where(listing.MicroProjectIDIn(open...), listing.StatusEQ(listing.StatusClosed)).
			SetStatus(listing.StatusOpen).ClearClosedAt().Exec(ctx)
		if err != nil {
			return gid.None, err
		}
		return e.ID, settle(ctx, tx, e, judgement(ctx, tx).ClearReason().SetReinstatedAt(tx.Now), "reinstateEmployer")
	})
}

// BanEmployer ends what a suspended employer offers, for good. Work under way goes on.
func BanEmployer(ctx context.Context, db *store.DB, in BanEmployerInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := permitted(ctx, tx, in.EmployerID, in.ExpectedRevision, "banEmployer")
		if err != nil {
			return gid.None, err
		}
		reason, err := readReason("reason", in.Reason)
		if err != nil {
			return gid.None, err
		}
		if err := settle(ctx, tx, e, judgement(ctx, tx).SetReason(reason), "banEmployer"); err != nil {
			return gid.None, err
		}
		return e.ID, job.Enqueue(ctx, tx, EndProjects, e.ID)
	})
}

// decide moves a pending employer where the verb leads.
func decide(ctx context.Context, tx *store.Tx, id gid.ID, revision int, verb string, reason *string) (gid.ID, error) {
	e, err := permitted(ctx, tx, id, revision, verb)
	if err != nil {
		return gid.None, err
	}
	update := judgement(ctx, tx)
	if reason != nil {
		said, err := readReason("reason", *reason)
		if err != nil {
			return gid.None, err
		}
		update.SetReason(said)
	}
	return e.ID, move(ctx, tx, e, update, verb, []gid.ID{e.ID, tx.World()})
}

// permitted is an employer that the viewer may use the verb on.
func permitted(ctx context.Context, tx *store.Tx, id gid.ID, revision int, verb string) (*ent.Employer, error) {
	// Locked: two operators must not decide at once.
	e, err := tx.Employer.Query().Where(employer.ID(id), store.Locked).Only(ctx)
	if err != nil {
		return nil, store.Found(err, fault.NotFound("employerId", "There is no such employer."))
	}
	return e, canDecide(viewer.From(ctx), e, verb, revision)
}

func judgement(ctx context.Context, tx *store.Tx) *ent.EmployerUpdate {
	return tx.Employer.Update().SetDecidedAt(tx.Now).SetDecidedByID(viewer.From(ctx).Person)
}

func move(ctx context.Context, tx *store.Tx, e *ent.Employer, update *ent.EmployerUpdate, verb string, parties []gid.ID) error {
	update.Where(employer.ID(e.ID), employer.Revision(e.Revision)).SetStatus(States.Verb(verb).To)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return event.Record(ctx, tx, event.Event{
		Kind: decisions[verb], Subject: e.ID,
		IDs: map[string]gid.ID{"decider": viewer.From(ctx).Person}, Parties: parties,
	})
}

// settle moves an employer and lets everybody hear of it who deals with it: its
// institutions, and the talents who applied to it or worked for it.
func settle(ctx context.Context, tx *store.Tx, e *ent.Employer, update *ent.EmployerUpdate, verb string) error {
	every := tx.System("those who deal with an employer hear that it may go on or may not, whoever decides")
	links, err := every.InstitutionLink.Query().Where(institutionlink.EmployerOrgID(e.ID)).All(ctx)
	if err != nil {
		return err
	}
	var talents []struct {
		ID gid.ID `json:"talent_id"`
	}
	err = every.Application.Query().Where(application.EmployerOrgID(e.ID)).GroupBy(application.FieldTalentID).Scan(ctx, &talents)
	if err != nil {
		return err
	}
	parties := []gid.ID{e.ID, tx.World()}
	for _, l := range links {
		parties = append(parties, l.InstitutionID)
	}
	for _, t := range talents {
		parties = append(parties, t.ID)
	}
	return move(ctx, tx, e, update, verb, parties)
}

func readReason(path, said string) (string, error) {
	var r text.Reader
	said = r.Prose(path, said, 3, 1000)
	return said, r.Err()
}

var decisions = map[string]event.Kind{
	"approveEmployer":             event.EmployerApproved,
	"refuseEmployer":              event.EmployerRefused,
	"requestEmployerVerification": event.EmployerVerificationRequested,
	"suspendEmployer":             event.EmployerSuspended,
	"reinstateEmployer":           event.EmployerReinstated,
	"banEmployer":                 event.EmployerBanned,
}
