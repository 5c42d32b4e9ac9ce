package payment

import (
	"context"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	entmilestone "github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
)

// PayInstalment releases one milestone of a fee, out of what is set aside for the
// whole, as a record of its own: it is sent, arrives or fails by itself.
func PayInstalment(ctx context.Context, tx *store.Tx, m *ent.Milestone) error {
	p, err := Standing(ctx, tx, m.OfferID)
	if err != nil {
		return err
	}
	minor := milestone.Left(m)
	if !isAside(p.Status) || p.Status == paymentrecord.StatusFrozen || minor >= aside(p) {
		return fmt.Errorf("payment: an instalment of %d of %s, which has %d and is %s", minor, p.ID, aside(p), p.Status)
	}
	talent, platform := shares(p, minor)
	err = store.Moved(tx.PaymentRecord.Update().Where(paymentrecord.ID(p.ID), paymentrecord.Revision(p.Revision)).
		SetInstalmentsMinor(p.InstalmentsMinor + minor).SetTalentMinor(p.TalentMinor - talent).
		SetPlatformMinor(p.PlatformMinor - platform).Save(ctx))
	if err != nil {
		return err
	}
	if err := book(ctx, tx, p, between(ledgerentry.AccountHeld, ledgerentry.AccountInstalments, minor)); err != nil {
		return err
	}
	create := tx.PaymentRecord.Create().SetWorldID(p.WorldID).SetOwnerOrgID(p.OwnerOrgID).SetEmployerOrgID(p.EmployerOrgID).
		SetTalentID(p.TalentID).SetSubjectID(m.ID).SetStatus(paymentrecord.StatusHeld).SetCurrency(p.Currency).SetGrossMinor(minor).
		SetTalentMinor(talent).SetPlatformMinor(platform).SetPlatformBasisPoints(p.PlatformBasisPoints).
		SetAuthorizedAt(p.AuthorizedAt).SetNillableHeldAt(p.HeldAt)
	if !p.FundingPoolID.IsNone() {
		create.SetFundingPoolID(p.FundingPoolID)
	}
	part, err := create.Save(ctx)
	if err != nil {
		return err
	}
	if err := book(ctx, tx, part, between(ledgerentry.AccountInstalments, ledgerentry.AccountHeld, minor)); err != nil {
		return err
	}
	if err := milestone.FallDue(ctx, tx, m, part.ID); err != nil {
		return err
	}
	_, err = Release(ctx, tx, m.ID)
	return err
}

// offerOf is the offer that a record pays for, whole or in part.
func offerOf(ctx context.Context, tx *store.Tx, p *ent.PaymentRecord) (gid.ID, error) {
	if p.SubjectID.Noun() != gid.Milestone {
		return p.SubjectID, nil
	}
	m, err := tx.Milestone.Get(ctx, p.SubjectID)
	if err != nil {
		return gid.None, fmt.Errorf("read what %s pays: %w", p.ID, err)
	}
	return m.OfferID, nil
}

// Offers are what records pay for, whole or in part; nil where the viewer does not
// see it.
func Offers(ctx context.Context, db *store.DB, records []*ent.PaymentRecord) ([]*ent.Offer, error) {
	var subjects, milestones []gid.ID
	for _, p := range records {
		switch {
		case p == nil:
		case p.SubjectID.Noun() == gid.Milestone:
			milestones = append(milestones, p.SubjectID)
		default:
			subjects = append(subjects, p.SubjectID)
		}
	}
	offerOf := map[gid.ID]gid.ID{}
	if len(milestones) > 0 {
		rows, err := db.Read.Milestone.Query().Where(entmilestone.IDIn(milestones...)).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, m := range rows {
			offerOf[m.ID] = m.OfferID
			subjects = append(subjects, m.OfferID)
		}
	}
	rows, err := db.Read.Offer.Query().Where(offer.IDIn(subjects...)).All(ctx)
	if err != nil {
		return nil, err
	}
	found := make(map[gid.ID]*ent.Offer, len(rows))
	for _, o := range rows {
		found[o.ID] = o
	}
	all := make([]*ent.Offer, len(records))
	for i, p := range records {
		if p == nil {
			continue
		}
		id, isPart := offerOf[p.SubjectID]
		if !isPart {
			id = p.SubjectID
		}
		all[i] = found[id]
	}
	return all, nil
}
