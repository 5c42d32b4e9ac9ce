package institution

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// RequestInstitutionLink asks an institution to let the viewer's employer post
// to its talents. An employer that was declined may ask again after a while.
func RequestInstitutionLink(ctx context.Context, db *store.DB, in RequestInstitutionLinkInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		// Not locked: an open institution stays open.
		i, err := tx.Institution.Get(ctx, in.InstitutionID)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("institutionId", "There is no such institution."))
		}
		if err := canAsk(v); err != nil {
			return gid.None, err
		}
		e, err := tx.Employer.Get(ctx, v.Employer())
		if err != nil {
			return gid.None, err
		}
		l, err := between(ctx, tx, e.ID, i.ID)
		if err != nil {
			return gid.None, err
		}
		if err := canRequest(e, i, l, tx.Now); err != nil {
			return gid.None, err
		}
		return request(ctx, tx, e.ID, i.ID, l, in)
	})
}

// between is the link of an employer and an institution, or nil.
func between(ctx context.Context, tx *store.Tx, employer, institution gid.ID) (*ent.InstitutionLink, error) {
	// Locked: the career office must not decide while the employer asks again.
	l, err := tx.InstitutionLink.Query().
		Where(institutionlink.EmployerOrgID(employer), institutionlink.InstitutionID(institution), store.Locked).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return l, err
}

// request makes the pair's one row, or brings a declined one back.
func request(
	ctx context.Context, tx *store.Tx, employer, institution gid.ID, l *ent.InstitutionLink, in RequestInstitutionLinkInput,
) (gid.ID, error) {
	var r text.Reader
	message := r.ProseLater("message", in.Message, 1000)
	if err := r.Err(); err != nil {
		return gid.None, err
	}
	if l == nil {
		made, err := tx.InstitutionLink.Create().SetWorldID(tx.World()).
			SetOwnerOrgID(employer).SetEmployerOrgID(employer).SetInstitutionID(institution).
			SetNillableMessage(message).SetRequestedAt(tx.Now).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return made.ID, record(ctx, tx, event.InstitutionLinkRequested, made)
	}
	update := tx.InstitutionLink.Update().Where(institutionlink.ID(l.ID), institutionlink.Revision(l.Revision)).
		SetStatus(LinkStates.Verb("requestInstitutionLink").To).SetRequestedAt(tx.Now).
		ClearMessage().ClearReason().ClearDecidedAt().ClearDecidedByID()
	if message != nil {
		update.SetMessage(*message)
	}
	if err := store.Moved(update.Save(ctx)); err != nil {
		return gid.None, err
	}
	return l.ID, record(ctx, tx, event.InstitutionLinkRequested, l)
}

// ApproveInstitutionLink lets an employer post to the institution's talents.
func ApproveInstitutionLink(ctx context.Context, db *store.DB, in ApproveInstitutionLinkInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		return decide(ctx, tx, in.InstitutionLinkID, in.ExpectedRevision, "approveInstitutionLink", nil)
	})
}

// DeclineInstitutionLink refuses an employer with a reason it will read.
func DeclineInstitutionLink(ctx context.Context, db *store.DB, in DeclineInstitutionLinkInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		return decide(ctx, tx, in.InstitutionLinkID, in.ExpectedRevision, "declineInstitutionLink", &in.Reason)
	})
}

// decide moves a link where the verb leads.
func decide(ctx context.Context, tx *store.Tx, id gid.ID, revision int, verb string, reason *string) (gid.ID, error) {
	// Locked: two of the staff must not decide at once.
	l, err := tx.InstitutionLink.Query().Where(institutionlink.ID(id), store.Locked).Only(ctx)
	if err != nil {
		return gid.None, store.Found(err, fault.NotFound("institutionLinkId", "There is no such request."))
	}
	v := viewer.From(ctx)
	if err := canDecide(v, l, verb, revision); err != nil {
		return gid.None, err
	}
	update := tx.InstitutionLink.Update().Where(institutionlink.ID(l.ID), institutionlink.Revision(l.Revision)).
		SetStatus(LinkStates.Verb(verb).To).SetDecidedAt(tx.Now).SetDecidedByID(v.Person)
	if reason != nil {
		var r text.Reader
		update.SetReason(r.Prose("reason", *reason, 3, 1000))
		if err := r.Err(); err != nil {
			return gid.None, err
		}
	}
	if err := store.Moved(update.Save(ctx)); err != nil {
		return gid.None, err
	}
	return l.ID, record(ctx, tx, decisions[verb], l)
}

var decisions = map[string]event.Kind{
	"approveInstitutionLink": event.InstitutionLinkApproved,
	"declineInstitutionLink": event.InstitutionLinkDeclined,
}

// record tells both sides and the platform, each of whom may see the link.
func record(ctx context.Context, tx *store.Tx, kind event.Kind, l *ent.InstitutionLink) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: l.ID,
		IDs:     map[string]gid.ID{"employer": l.EmployerOrgID, "institution": l.InstitutionID},
		Parties: []gid.ID{l.EmployerOrgID, l.InstitutionID, tx.World()},
	})
}

// IsLinked reports whether an institution lets an employer post to its talents,
// as far as the viewer may see: the two of them and the platform's operators do.
func IsLinked(ctx context.Context, tx *store.Tx, employerID, institutionID gid.ID) (bool, error) {
	return tx.InstitutionLink.Query().Where(
		institutionlink.EmployerOrgID(employerID), institutionlink.InstitutionID(institutionID),
		institutionlink.StatusEQ(institutionlink.StatusApproved),
	).Exist(ctx)
}
