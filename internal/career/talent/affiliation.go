package talent

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// ClaimAffiliation says that the talent who acts belongs to an institution.
func ClaimAffiliation(ctx context.Context, db *store.DB, in ClaimAffiliationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Not locked: an open institution stays open.
		i, err := tx.Institution.Get(ctx, in.InstitutionID)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("institutionId", "There is no such institution."))
		}
		p, live, err := claimant(ctx, tx)
		if err != nil {
			return gid.None, err
		}
		if err := canClaim(i, live); err != nil {
			return gid.None, err
		}
		var r text.Reader
		evidence := r.ProseLater("evidence", in.Evidence, 500)
		in.Attestation.read(&r)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		if err := attestFor(i, p, in.Attestation); err != nil {
			return gid.None, err
		}
		if a := in.Attestation; a != nil {
			update := touch(tx, p).SetAttestedAge(a.IsAtLeastAge).SetUsWorkAuthorization(a.UsWorkAuthorization)
			if err := store.Moved(update.Save(ctx)); err != nil {
				return gid.None, err
			}
		}
		optedOut, err := optedOutBefore(ctx, tx, p.ID, i.ID)
		if err != nil {
			return gid.None, err
		}
		// By their legal name: it is what the institution's records hold.
		a, err := tx.Affiliation.Create().SetWorldID(tx.World()).SetTalentID(p.ID).SetInstitutionID(i.ID).
			SetClaimedName(p.LegalName).SetNillableEvidence(evidence).SetNillableDirectoryOptedOutAt(optedOut).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return a.ID, tell(ctx, tx, event.AffiliationClaimed, a)
	})
}

// claimant is the profile of the talent who acts, with its live affiliations.
func claimant(ctx context.Context, tx *store.Tx) (*ent.TalentProfile, []*ent.Affiliation, error) {
	v := viewer.From(ctx)
	if err := canBelong(v); err != nil {
		return nil, nil, err
	}
	// Locked: the talent's affiliations are counted before one is added.
	p, err := tx.TalentProfile.Query().Where(talentprofile.ID(v.Talent), store.Locked).Only(ctx)
	if err != nil {
		return nil, nil, err
	}
	live, err := liveOf(ctx, tx.Client, p.ID)
	return p, live, err
}

// liveOf are a talent's claims and confirmed affiliations.
func liveOf(ctx context.Context, client *ent.Client, talent gid.ID) ([]*ent.Affiliation, error) {
	return client.Affiliation.Query().Where(affiliation.TalentID(talent),
		affiliation.StatusIn(affiliation.StatusClaimed, affiliation.StatusConfirmed)).All(ctx)
}

// ConfirmAffiliation says that a talent belongs to the institution, and opens
// their profile to its staff.
func ConfirmAffiliation(ctx context.Context, db *store.DB, in ConfirmAffiliationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		a, err := decided(ctx, tx, in.AffiliationID, in.ExpectedRevision, "confirmAffiliation")
		if err != nil {
			return gid.None, err
		}
		return a.ID, move(ctx, tx, a, "confirmAffiliation", func(u *ent.AffiliationUpdate) {
			u.SetDecidedAt(tx.Now).SetDecidedByID(viewer.From(ctx).Person)
		})
	})
}

// DeclineAffiliation says that a talent does not belong to the institution, with
// a reason they will read.
func DeclineAffiliation(ctx context.Context, db *store.DB, in DeclineAffiliationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		a, err := decided(ctx, tx, in.AffiliationID, in.ExpectedRevision, "declineAffiliation")
		if err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.Prose("reason", in.Reason, 3, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		return a.ID, move(ctx, tx, a, "declineAffiliation", func(u *ent.AffiliationUpdate) {
			u.SetReason(reason).SetDecidedAt(tx.Now).SetDecidedByID(viewer.From(ctx).Person)
		})
	})
}

// EndAffiliation ends a confirmed affiliation, and with it what the staff see of
// the talent.
func EndAffiliation(ctx context.Context, db *store.DB, in EndAffiliationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		a, err := decided(ctx, tx, in.AffiliationID, in.ExpectedRevision, "endAffiliation")
		if err != nil {
			return gid.None, err
		}
		return a.ID, move(ctx, tx, a, "endAffiliation", func(u *ent.AffiliationUpdate) { u.SetEndedAt(tx.Now) })
	})
}

// decided loads the affiliation that a verb moves and asks the rule.
func decided(ctx context.Context, tx *store.Tx, id gid.ID, revision int, verb string) (*ent.Affiliation, error) {
	// Locked: the talent and the staff must not both decide.
	a, err := tx.Affiliation.Query().Where(affiliation.ID(id), store.Locked).Only(ctx)
	if err != nil {
		return nil, store.Found(err, fault.NotFound("affiliationId", "There is no such affiliation."))
	}
	return a, canMove(viewer.From(ctx), a, verb, revision)
}

// move leads an affiliation where the verb leads, with what else the verb says.
func move(ctx context.Context, tx *store.Tx, a *ent.Affiliation, verb string, also func(*ent.AffiliationUpdate)) error {
	update := tx.Affiliation.Update().Where(affiliation.ID(a.ID), affiliation.Revision(a.Revision)).
		SetStatus(AffiliationStates.Verb(verb).To)
	also(update)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return tell(ctx, tx, moves[verb], a)
}

var moves = map[string]event.Kind{
	"confirmAffiliation": event.AffiliationConfirmed,
	"declineAffiliation": event.AffiliationDeclined,
	"endAffiliation":     event.AffiliationEnded,
}

// tell records for both sides of an affiliation.
func tell(ctx context.Context, tx *store.Tx, kind event.Kind, a *ent.Affiliation) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: a.ID,
		IDs:     map[string]gid.ID{"talent": a.TalentID, "institution": a.InstitutionID},
		Parties: []gid.ID{a.TalentID, a.InstitutionID},
	})
}
