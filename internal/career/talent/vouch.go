package talent

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/identity"
	"github.com/rung-dev/rung/ent/gen/ent/identityissuer"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Vouch confirms what a person has claimed to the institution whose issuer says
// anew that they are its talent, and ends what it confirmed when it says so no
// more. What the talent has not claimed it does not make, and what the staff
// confirmed stays.
func Vouch(ctx context.Context, tx *store.Tx, who, institution, issuer gid.ID, isTalent bool) error {
	p, err := tx.TalentProfile.Query().Where(talentprofile.PersonID(who), talentprofile.WorldID(tx.World())).Only(ctx)
	if err != nil {
		return ignoreMissing(err)
	}
	// Locked: the talent and the staff do not decide meanwhile.
	q := tx.Affiliation.Query().Where(affiliation.TalentID(p.ID), affiliation.InstitutionID(institution), store.Locked)
	if isTalent {
		a, err := q.Where(affiliation.StatusEQ(affiliation.StatusClaimed)).Only(ctx)
		if err != nil {
			return ignoreMissing(err)
		}
		return vouched(ctx, tx, a, issuer)
	}
	a, err := q.Where(affiliation.StatusEQ(affiliation.StatusConfirmed), affiliation.VouchedByIDNotNil()).Only(ctx)
	if err != nil {
		return ignoreMissing(err)
	}
	return move(ctx, tx, a, string(event.AffiliationLapsed), func(u *ent.AffiliationUpdate) { u.SetEndedAt(tx.Now) })
}

func vouched(ctx context.Context, tx *store.Tx, a *ent.Affiliation, issuer gid.ID) error {
	return move(ctx, tx, a, string(event.AffiliationVouched), func(u *ent.AffiliationUpdate) { u.SetDecidedAt(tx.Now).SetVouchedByID(issuer) })
}

func ignoreMissing(err error) error {
	if ent.IsNotFound(err) {
		return nil
	}
	return err
}

// vouchFor confirms a claim at once when the talent has signed in by the
// institution's own issuer, and it says that they are its talent.
func vouchFor(ctx context.Context, tx *store.Tx, a *ent.Affiliation) error {
	v := viewer.From(ctx)
	if v.Bound != a.InstitutionID {
		return nil
	}
	all := tx.System("an issuer's word confirms the talent who signed in by it")
	says, err := all.Identity.Query().Where(identity.PersonID(v.Person), identity.Issuer(v.Issuer), identity.Subject(v.Subject),
		identity.VouchedTalent(true)).Exist(ctx)
	if err != nil || !says {
		return err
	}
	i, err := all.IdentityIssuer.Query().Where(identityissuer.Issuer(v.Issuer), identityissuer.OrganizationID(a.InstitutionID),
		identityissuer.StatusEQ(identityissuer.StatusTrusted)).Only(ctx)
	if err != nil {
		return ignoreMissing(err)
	}
	return vouched(ctx, tx, a, i.ID)
}
