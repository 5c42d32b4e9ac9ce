package consent

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	entconsent "github.com/rung-dev/rung/ent/gen/ent/consent"
	"github.com/rung-dev/rung/ent/gen/ent/disclosure"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

var keys = map[ConsentOrderField]page.Key[*ent.Consent]{
	ConsentsByGrantedAt: {Column: entconsent.FieldGrantedAt, Value: func(c *ent.Consent) any { return c.GrantedAt }},
	ConsentsByUpdatedAt: {Column: entconsent.FieldUpdatedAt, Value: func(c *ent.Consent) any { return c.UpdatedAt }},
}

// A disclosure is written once, and that is when it last changed.
var disclosureKeys = map[DisclosureOrderField]page.Key[*ent.Disclosure]{
	DisclosuresByOccurredAt: {Column: disclosure.FieldOccurredAt, Value: func(d *ent.Disclosure) any { return d.OccurredAt }},
	DisclosuresByUpdatedAt:  {Column: disclosure.FieldOccurredAt, Value: func(d *ent.Disclosure) any { return d.OccurredAt }},
}

// Ledger is a page of the consents that the viewer takes part in.
func Ledger(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *ConsentFilter, order *ConsentOrder,
) (*ConsentConnection, error) {
	q := db.Read.Consent.Query()
	if filter != nil {
		if err := page.Few(filter.Talent, filter.Recipient); err != nil {
			return nil, err
		}
		if filter.Status != nil {
			q.Where(entconsent.StatusIn(filter.Status...))
		}
		q.Where(
			page.AmongSeen(ctx, entconsent.FieldTalentID, talentprofile.Table, ent.TypeTalentProfile, filter.Talent),
			page.Among(entconsent.FieldRecipientID, filter.Recipient),
			page.During(entconsent.FieldUpdatedAt, filter.UpdatedAt),
		)
	}
	if order == nil {
		order = &ConsentOrder{Field: ConsentsByGrantedAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Consent]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(c *ent.Consent) gid.ID { return c.ID },
	}, args)
}

// Disclosures is a page of what was read of the viewer, or of the talents of their
// institution.
func Disclosures(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *DisclosureFilter, order *DisclosureOrder,
) (*DisclosureConnection, error) {
	q := db.Read.Disclosure.Query()
	if filter != nil {
		if err := page.Few(filter.Talent); err != nil {
			return nil, err
		}
		if filter.Purpose != nil {
			q.Where(disclosure.PurposeIn(filter.Purpose...))
		}
		q.Where(
			page.AmongSeen(ctx, disclosure.FieldTalentID, talentprofile.Table, ent.TypeTalentProfile, filter.Talent),
			page.During(disclosure.FieldOccurredAt, filter.OccurredAt),
			page.During(disclosure.FieldOccurredAt, filter.UpdatedAt),
		)
	}
	if order == nil {
		order = &DisclosureOrder{Field: DisclosuresByOccurredAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Disclosure]{
		Key: disclosureKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(d *ent.Disclosure) gid.ID { return d.ID },
	}, args)
}

// ConsentAbilities is what the viewer may do with one of them now.
type ConsentAbilities struct {
	Withdraw *fault.Ability
}

// Abilities says what the viewer may do with a consent now.
func Abilities(v viewer.Viewer, c *ent.Consent) *ConsentAbilities {
	return &ConsentAbilities{Withdraw: fault.AbilityOf(canWithdraw(v, c, c.Revision))}
}
