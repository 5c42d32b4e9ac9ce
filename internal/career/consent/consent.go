package consent

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	entconsent "github.com/rung-dev/rung/ent/gen/ent/consent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// ExpireConsent is what falls due when a consent has held long enough.
const ExpireConsent job.Kind = "expireConsent"

// RecordConsent lets an institution or an employer read the viewer's profile.
func RecordConsent(ctx context.Context, db *store.DB, in RecordConsentInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		granted, err := tx.Consent.Query().Where(entconsent.TalentID(v.Talent), entconsent.StatusEQ(entconsent.StatusGranted)).All(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := canGrant(v, granted, in); err != nil {
			return gid.None, err
		}
		if err := isThere(ctx, tx, in.RecipientID); err != nil {
			return gid.None, err
		}
		var r text.Reader
		statement := r.Prose("statement", in.Statement, 10, 2000)
		class := classOf(in.RecipientID)
		r.Refuse(fits(class, in.Purpose))
		r.Refuse(checkEnd(in.ExpiresAt, tx.Now))
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		c, err := tx.Consent.Create().SetWorldID(tx.World()).SetTalentID(v.Talent).SetRecipientClass(class).SetRecipientID(in.RecipientID).
			SetPurpose(in.Purpose).SetStatement(statement).SetGrantedAt(tx.Now).SetExpiresAt(in.ExpiresAt).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := record(ctx, tx, c, event.ConsentGranted); err != nil {
			return gid.None, err
		}
		return c.ID, job.At(ctx, tx, ExpireConsent, c.ID, c.ExpiresAt)
	})
}

// isThere: an institution or an employer that the talent can see.
func isThere(ctx context.Context, tx *store.Tx, id gid.ID) error {
	var is bool
	var err error
	switch id.Noun() {
	case gid.Institution:
		is, err = tx.Institution.Query().Where(institution.ID(id)).Exist(ctx)
	case gid.Employer:
		is, err = tx.Employer.Query().Where(employer.ID(id)).Exist(ctx)
	}
	if err == nil && !is {
		err = fault.NotFound("recipientId", "There is no such institution or employer.")
	}
	return err
}

// WithdrawConsent ends a consent. The next read finds it gone.
func WithdrawConsent(ctx context.Context, db *store.DB, in WithdrawConsentInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: it may expire meanwhile.
		c, err := tx.Consent.Query().Where(entconsent.ID(in.ConsentID), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("consentId", "There is no such consent."))
		}
		if err := canWithdraw(viewer.From(ctx), c, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		if err := job.Unset(ctx, tx, ExpireConsent, c.ID); err != nil {
			return gid.None, err
		}
		return c.ID, end(ctx, tx, c, "withdrawConsent", event.ConsentWithdrawn)
	})
}

// Expire ends a consent whose time is over.
func Expire(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: it may be withdrawn meanwhile.
		c, err := tx.Consent.Query().Where(entconsent.ID(w.Subject), store.Locked).Only(ctx)
		if err != nil || c.Status != entconsent.StatusGranted || tx.Now.Before(c.ExpiresAt) {
			return gid.None, err
		}
		return gid.None, end(ctx, tx, c, string(event.ConsentExpired), event.ConsentExpired)
	})
	return err
}

func end(ctx context.Context, tx *store.Tx, c *ent.Consent, verb string, kind event.Kind) error {
	update := tx.Consent.Update().Where(entconsent.ID(c.ID), entconsent.Revision(c.Revision)).SetStatus(States.Verb(verb).To).SetEndedAt(tx.Now)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return record(ctx, tx, c, kind)
}

// record tells the talent and the recipient.
func record(ctx context.Context, tx *store.Tx, c *ent.Consent, kind event.Kind) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: c.ID, IDs: map[string]gid.ID{"talent": c.TalentID}, Parties: []gid.ID{c.TalentID, c.RecipientID},
	})
}
