package engagement

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreement"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/offerdocument"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/template"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// prepare makes what follows an accepted offer: the documents to sign and the
// engagement that waits for them.
func prepare(ctx context.Context, tx *store.Tx, o *ent.Offer, parties []gid.ID) (gid.ID, error) {
	if err := drawUp(ctx, tx, o); err != nil {
		return gid.None, err
	}
	create := tx.Engagement.Create().SetWorldID(tx.World()).SetOwnerOrgID(o.EmployerOrgID).SetEmployerOrgID(o.EmployerOrgID).
		SetMicroProjectID(o.MicroProjectID).SetOfferID(o.ID).SetTalentID(o.TalentID).SetStatus(engagement.StatusPendingGates).
		SetStartsOn(o.StartsOn).SetEndsOn(o.EndsOn).SetDecisionDays(o.DecisionDays)
	institution, err := clearing(ctx, tx, o.TalentID)
	if err != nil {
		return gid.None, err
	}
	if !institution.IsNone() {
		create.SetClearingInstitutionID(institution)
	}
	e, err := create.Save(ctx)
	if err != nil {
		return gid.None, err
	}
	if err := job.At(ctx, tx, Lapse, e.ID, handInBy(e, tx.Now)); err != nil {
		return gid.None, err
	}
	return e.ID, record(ctx, tx, e, event.EngagementPrepared, parties)
}

// drawUp makes the documents that were chosen for an offer.
func drawUp(ctx context.Context, tx *store.Tx, o *ent.Offer) error {
	chosen, err := tx.OfferDocument.Query().Where(offerdocument.OfferID(o.ID)).WithAgreementTemplate().All(ctx)
	if err != nil {
		return err
	}
	annex, err := annexOf(ctx, tx, o)
	if err != nil {
		return err
	}
	slices.SortFunc(chosen, func(a, b *ent.OfferDocument) int { return BySigning(a.Kind, b.Kind) })
	rows := make([]*ent.AgreementCreate, len(chosen))
	for i, d := range chosen {
		kind, own := agreement.Kind(d.Kind), d.Edges.AgreementTemplate
		rows[i] = tx.Agreement.Create().SetWorldID(o.WorldID).SetOwnerOrgID(o.EmployerOrgID).SetEmployerOrgID(o.EmployerOrgID).
			SetOfferID(o.ID).SetTalentID(o.TalentID).SetKind(kind).SetTextVersion(d.TextVersion).
			SetTextHash(template.HashOf(textOf(kind, d.TextVersion, own, annex)))
		if kind == agreement.KindContractorTerms && annex != "" {
			rows[i].SetAnnex(annex)
		}
		if own != nil {
			rows[i].SetAgreementTemplateID(own.ID)
		}
	}
	return tx.Agreement.CreateBulk(rows...).Exec(ctx)
}

// Signed is the document that SignAgreement signed, and its offer.
type Signed struct {
	AgreementID gid.ID
	OfferID     gid.ID
}

// SignAgreement signs one document for the viewer's side. The last signature
// signs the offer and may make the engagement ready.
func SignAgreement(ctx context.Context, db *store.DB, in SignAgreementInput) (Signed, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Signed, error) {
		o, documents, err := lockDocuments(ctx, tx, in.AgreementID)
		if err != nil {
			return Signed{}, err
		}
		a := documents[slices.IndexFunc(documents, func(d *ent.Agreement) bool { return d.ID == in.AgreementID })]
		v := viewer.From(ctx)
		if err := canSign(v, o, a, in.ExpectedRevision); err != nil {
			return Signed{}, err
		}
		if in.TextHash != a.TextHash {
			return Signed{}, fault.InvalidValue("textHash", "This is not the hash of the document's text. Read the text again and send its hash.")
		}
		if err := sign(ctx, tx, v, a); err != nil {
			return Signed{}, err
		}
		if slices.ContainsFunc(documents, func(d *ent.Agreement) bool { return !IsSigned(d) }) {
			return Signed{a.ID, o.ID}, nil
		}
		return Signed{a.ID, o.ID}, signOffer(ctx, tx, o)
	})
}

// lockDocuments reads an agreement's offer and all its documents.
// Locked, the offer first: whoever signs last must see every other signature.
func lockDocuments(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.Offer, []*ent.Agreement, error) {
	seen, err := tx.Agreement.Get(ctx, id)
	if err != nil {
		return nil, nil, store.Found(err, fault.NotFound("agreementId", "There is no such agreement."))
	}
	o, err := tx.Offer.Query().Where(offer.ID(seen.OfferID), store.Locked).Only(ctx)
	if err != nil {
		return nil, nil, err
	}
	documents, err := tx.Agreement.Query().Where(agreement.OfferID(o.ID), store.Locked).Order(ent.Asc(agreement.FieldID)).All(ctx)
	return o, documents, err
}

// sign notes the signature on the row, and on the row in hand.
func sign(ctx context.Context, tx *store.Tx, v viewer.Viewer, a *ent.Agreement) error {
	update := tx.Agreement.Update().Where(agreement.ID(a.ID), agreement.Revision(a.Revision))
	if v.Talent == a.TalentID {
		update.SetTalentSignedAt(tx.Now).SetTalentSignerID(v.Person)
		a.TalentSignedAt = &tx.Now
	} else {
		update.SetEmployerSignedAt(tx.Now).SetEmployerSignerID(v.Person)
		a.EmployerSignedAt = &tx.Now
	}
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return event.Record(ctx, tx, event.Event{
		Kind: event.AgreementSigned, Subject: a.ID,
		IDs:     map[string]gid.ID{"offer": a.OfferID, "signer": v.Person},
		Parties: []gid.ID{a.EmployerOrgID, a.TalentID},
	})
}

// signOffer follows the last signature.
func signOffer(ctx context.Context, tx *store.Tx, o *ent.Offer) error {
	update := offerTo(tx, o, string(event.OfferSigned)).SetSignedAt(tx.Now)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	parties, err := application.Parties(ctx, tx, o.EmployerOrgID, o.TalentID)
	if err != nil {
		return err
	}
	if err := recordOffer(ctx, tx, o, event.OfferSigned, parties); err != nil {
		return err
	}
	// Locked: a kick-off confirmed at this moment must see the signatures, or these see it.
	e, err := tx.Engagement.Query().Where(engagement.OfferID(o.ID), store.Locked).Only(ctx)
	if err != nil {
		return err
	}
	return passGates(ctx, tx, e, parties)
}
