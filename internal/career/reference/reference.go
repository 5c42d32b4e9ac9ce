// Package reference is about what two sides say for each other after the work:
// references that a talent asks for, and thank-you notes.
package reference

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/reference"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// ExpireReference is what falls due when nobody has answered a request.
const ExpireReference job.Kind = "expireReference"

// RequestReference asks an employer, for which the work was completed, for a
// reference by one of its people.
func RequestReference(ctx context.Context, db *store.DB, in RequestReferenceInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := application.LockEngagement(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		asked, err := tx.Reference.Query().Where(reference.EngagementID(e.ID)).All(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := canRequest(viewer.From(ctx), e, asked); err != nil {
			return gid.None, err
		}
		var r text.Reader
		addressee, message := r.Line("addressee", in.Addressee, 2, 200), r.Prose("message", in.Message, 3, 2000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		made, err := tx.Reference.Create().SetWorldID(e.WorldID).SetOwnerOrgID(e.EmployerOrgID).SetEmployerOrgID(e.EmployerOrgID).
			SetEngagementID(e.ID).SetTalentID(e.TalentID).SetStatus(reference.StatusRequested).SetAddressee(addressee).SetMessage(message).
			SetRequestedAt(tx.Now).SetExpiresAt(tx.Now.Add(answerTime)).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := job.At(ctx, tx, ExpireReference, made.ID, made.ExpiresAt); err != nil {
			return gid.None, err
		}
		return made.ID, record(ctx, tx, made, event.ReferenceRequested, sidesOf(made))
	})
}

// GiveReference says something for the talent. It is never changed.
func GiveReference(ctx context.Context, db *store.DB, in GiveReferenceInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		asked, err := lock(ctx, tx, in.ReferenceID)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := canAnswer(v, asked, "giveReference", in.ExpectedRevision, tx.Now); err != nil {
			return gid.None, err
		}
		var r text.Reader
		said, relationship := r.Prose("text", in.Text, 20, 4000), r.LineLater("relationship", in.Relationship, 200)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		update := move(tx, asked, "giveReference").SetText(said).SetNillableRelationship(relationship).
			SetMayBeShown(in.MayBeShown != nil && *in.MayBeShown).SetGivenAt(tx.Now).SetGivenByID(v.Person)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		if err := job.Unset(ctx, tx, ExpireReference, asked.ID); err != nil {
			return gid.None, err
		}
		return asked.ID, recordToAll(ctx, tx, asked, event.ReferenceGiven)
	})
}

// DeclineReference says that there will be no reference.
func DeclineReference(ctx context.Context, db *store.DB, in DeclineReferenceInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		asked, err := lock(ctx, tx, in.ReferenceID)
		if err != nil {
			return gid.None, err
		}
		if err := canAnswer(viewer.From(ctx), asked, "declineReference", in.ExpectedRevision, tx.Now); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.ProseLater("reason", in.Reason, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		update := move(tx, asked, "declineReference").SetNillableReason(reason)
		return asked.ID, end(ctx, tx, asked, update, event.ReferenceDeclined)
	})
}

// WithdrawReferenceRequest takes back what was not answered.
func WithdrawReferenceRequest(ctx context.Context, db *store.DB, in WithdrawReferenceRequestInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		asked, err := lock(ctx, tx, in.ReferenceID)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), asked, "withdrawReferenceRequest", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		return asked.ID, end(ctx, tx, asked, move(tx, asked, "withdrawReferenceRequest"), event.ReferenceWithdrawn)
	})
}

// ExpireUnanswered ends a request that nobody answered.
func ExpireUnanswered(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		asked, err := lock(ctx, tx, w.Subject)
		if err != nil || asked.Status != reference.StatusRequested || tx.Now.Before(asked.ExpiresAt) {
			return gid.None, err
		}
		return gid.None, end(ctx, tx, asked, move(tx, asked, string(event.ReferenceExpired)), event.ReferenceExpired)
	})
	return err
}

// ShowReference shows a reference on the talent's profile.
func ShowReference(ctx context.Context, db *store.DB, in ShowReferenceInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		given, err := lock(ctx, tx, in.ReferenceID)
		if err != nil {
			return gid.None, err
		}
		if err := canShow(viewer.From(ctx), given, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		if err := store.Moved(touch(tx, given).SetShownAt(tx.Now).Save(ctx)); err != nil {
			return gid.None, err
		}
		return given.ID, record(ctx, tx, given, event.ReferenceShown, sidesOf(given))
	})
}

// HideReference takes a reference off the talent's profile.
func HideReference(ctx context.Context, db *store.DB, in HideReferenceInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		given, err := lock(ctx, tx, in.ReferenceID)
		if err != nil {
			return gid.None, err
		}
		if err := canHide(viewer.From(ctx), given, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		if err := store.Moved(touch(tx, given).ClearShownAt().Save(ctx)); err != nil {
			return gid.None, err
		}
		return given.ID, record(ctx, tx, given, event.ReferenceHidden, sidesOf(given))
	})
}

// RetractReference takes a reference back, with a reason.
func RetractReference(ctx context.Context, db *store.DB, in RetractReferenceInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		given, err := lock(ctx, tx, in.ReferenceID)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), given, "retractReference", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.Prose("reason", in.Reason, 3, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		update := move(tx, given, "retractReference").SetReason(reason).SetEndedAt(tx.Now).ClearShownAt()
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return given.ID, recordToAll(ctx, tx, given, event.ReferenceRetracted)
	})
}

func lock(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.Reference, error) {
	r, err := tx.Reference.Query().Where(reference.ID(id), store.Locked).Only(ctx)
	return r, store.Found(err, fault.NotFound("referenceId", "There is no such reference."))
}

func touch(tx *store.Tx, r *ent.Reference) *ent.ReferenceUpdate {
	return tx.Reference.Update().Where(reference.ID(r.ID), reference.Revision(r.Revision))
}

// move is an update that takes a reference where the verb leads.
func move(tx *store.Tx, r *ent.Reference, verb string) *ent.ReferenceUpdate {
	return touch(tx, r).SetStatus(States.Verb(verb).To)
}

// end closes a request without a reference.
func end(ctx context.Context, tx *store.Tx, r *ent.Reference, update *ent.ReferenceUpdate, kind event.Kind) error {
	if err := store.Moved(update.SetEndedAt(tx.Now).Save(ctx)); err != nil {
		return err
	}
	if err := job.Unset(ctx, tx, ExpireReference, r.ID); err != nil {
		return err
	}
	return record(ctx, tx, r, kind, sidesOf(r))
}

func sidesOf(r *ent.Reference) []gid.ID { return []gid.ID{r.EmployerOrgID, r.TalentID} }

// recordToAll tells the two sides and the talent's institutions.
func recordToAll(ctx context.Context, tx *store.Tx, r *ent.Reference, kind event.Kind) error {
	parties, err := application.Parties(ctx, tx, r.EmployerOrgID, r.TalentID)
	if err != nil {
		return err
	}
	return record(ctx, tx, r, kind, parties)
}

func record(ctx context.Context, tx *store.Tx, r *ent.Reference, kind event.Kind, parties []gid.ID) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: r.ID, Parties: parties,
		IDs: map[string]gid.ID{"engagement": r.EngagementID, "talent": r.TalentID, "employer": r.EmployerOrgID},
	})
}
