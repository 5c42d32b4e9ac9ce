package engagement

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreement"
	"github.com/rung-dev/rung/ent/gen/ent/agreementtemplate"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	entmilestone "github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/gen/ent/offerdocument"
	"github.com/rung-dev/rung/ent/gen/ent/planneddeliverable"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/career/template"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
)

// choice is which text an offer's document has.
type choice struct {
	kind     agreement.Kind
	version  int
	template gid.ID // none for Rung's own text
}

// choose says which documents an offer on a project has, in the order of signing:
// with the employer's own text where it has published one, and else with Rung's.
// What is not to be disclosed is signed only where the project asks for it, and of
// the two on the results the one that its terms call for.
func choose(p *ent.MicroProject, published map[agreementtemplate.Kind]*ent.AgreementTemplate) []choice {
	var choices []choice
	for _, kind := range Kinds {
		own, version := published[agreementtemplate.Kind(kind)], versions[kind]
		switch {
		case kind == agreement.KindNonDisclosure && !p.RequiresNda:
		case kind == agreement.KindIPAssignment && p.IPTerms == microproject.IPTermsLicensedToEmployer:
		case kind == agreement.KindIPLicence && p.IPTerms != microproject.IPTermsLicensedToEmployer:
		case own != nil && kind != agreement.KindContractorTerms:
			choices = append(choices, choice{kind, own.Version, own.ID})
		case version > 0:
			choices = append(choices, choice{kind: kind, version: version})
		}
	}
	return choices
}

// pin chooses the documents of an offer that is sent: what is published later is
// for later offers.
func pin(ctx context.Context, tx *store.Tx, o *ent.Offer, p *ent.MicroProject) error {
	published, err := template.Published(ctx, tx, o.EmployerOrgID)
	if err != nil {
		return err
	}
	choices := choose(p, published)
	rows := make([]*ent.OfferDocumentCreate, len(choices))
	for i, c := range choices {
		rows[i] = tx.OfferDocument.Create().SetWorldID(o.WorldID).SetOwnerOrgID(o.EmployerOrgID).SetEmployerOrgID(o.EmployerOrgID).
			SetOfferID(o.ID).SetTalentID(o.TalentID).SetKind(offerdocument.Kind(c.kind)).SetTextVersion(c.version)
		if !c.template.IsNone() {
			rows[i].SetAgreementTemplateID(c.template)
		}
	}
	return tx.OfferDocument.CreateBulk(rows...).Exec(ctx)
}

// repin chooses the documents of an offer anew that is sent anew.
func repin(ctx context.Context, tx *store.Tx, o *ent.Offer, p *ent.MicroProject) error {
	if _, err := tx.OfferDocument.Delete().Where(offerdocument.OfferID(o.ID)).Exec(ctx); err != nil {
		return err
	}
	return pin(ctx, tx, o, p)
}

// DocumentTitles are what the documents of offers are called.
func DocumentTitles(ctx context.Context, db *store.DB, documents []*ent.OfferDocument) ([]string, error) {
	ids := gid.Of(documents, func(d *ent.OfferDocument) gid.ID { return d.AgreementTemplateID })
	own, err := templatesOf(ctx, db.Read, ids...)
	if err != nil {
		return nil, err
	}
	called := make([]string, len(documents))
	for i, d := range documents {
		if d == nil {
			continue
		}
		if called[i] = titles[agreement.Kind(d.Kind)]; own[d.AgreementTemplateID] != nil {
			called[i] = own[d.AgreementTemplateID].Title
		}
	}
	return called, nil
}

// DocumentTexts are what the documents of offers say.
func DocumentTexts(ctx context.Context, db *store.DB, documents []*ent.OfferDocument) ([]string, error) {
	var offers, templates []gid.ID
	for _, d := range documents {
		if d != nil {
			offers, templates = append(offers, d.OfferID), append(templates, d.AgreementTemplateID)
		}
	}
	own, err := templatesOf(ctx, db.Read, templates...)
	if err != nil {
		return nil, err
	}
	annexes, err := annexesOf(ctx, db.Read, offers...)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(documents))
	for i, d := range documents {
		if d != nil {
			texts[i] = textOf(agreement.Kind(d.Kind), d.TextVersion, own[d.AgreementTemplateID], annexes[d.OfferID])
		}
	}
	return texts, nil
}

// DocumentHashes are the SHA-256 of what the documents of offers say, in hex.
func DocumentHashes(ctx context.Context, db *store.DB, documents []*ent.OfferDocument) ([]string, error) {
	texts, err := DocumentTexts(ctx, db, documents)
	for i := range texts {
		texts[i] = template.HashOf(texts[i])
	}
	return texts, err
}

// Texts are what agreements say.
func Texts(ctx context.Context, db *store.DB, agreements []*ent.Agreement) ([]string, error) {
	ids := gid.Of(agreements, func(a *ent.Agreement) gid.ID { return a.AgreementTemplateID })
	own, err := templatesOf(ctx, db.Read, ids...)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(agreements))
	for i, a := range agreements {
		if a != nil {
			texts[i] = textOf(a.Kind, a.TextVersion, own[a.AgreementTemplateID], annexIn(a))
		}
	}
	return texts, nil
}

func annexIn(a *ent.Agreement) string {
	if a.Annex == nil {
		return ""
	}
	return *a.Annex
}

// templatesOf are the employers' own texts by their ids.
func templatesOf(ctx context.Context, client *ent.Client, ids ...gid.ID) (map[gid.ID]*ent.AgreementTemplate, error) {
	ids = slices.DeleteFunc(ids, gid.ID.IsNone)
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := client.AgreementTemplate.Query().Where(agreementtemplate.IDIn(ids...)).All(ctx)
	own := make(map[gid.ID]*ent.AgreementTemplate, len(rows))
	for _, t := range rows {
		own[t.ID] = t
	}
	return own, err
}

// annexesOf state the milestones of offers: as they were agreed on, and until then
// as they are.
func annexesOf(ctx context.Context, client *ent.Client, offers ...gid.ID) (map[gid.ID]string, error) {
	all, err := client.Milestone.Query().Where(entmilestone.OfferIDIn(offers...)).
		Order(ent.Asc(entmilestone.FieldPosition, entmilestone.FieldID)).All(ctx)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var waits []gid.ID
	of := map[gid.ID][]*ent.Milestone{}
	for _, m := range all {
		waits, of[m.OfferID] = append(waits, m.PlannedDeliverableIds...), append(of[m.OfferID], m)
	}
	plan, err := client.PlannedDeliverable.Query().Where(planneddeliverable.IDIn(waits...)).
		Order(ent.Asc(planneddeliverable.FieldPosition)).All(ctx)
	if err != nil {
		return nil, err
	}
	annexes := make(map[gid.ID]string, len(of))
	for offer, milestones := range of {
		annexes[offer] = milestone.Annex(milestones, plan)
	}
	agreed, err := client.Agreement.Query().
		Where(agreement.OfferIDIn(offers...), agreement.KindEQ(agreement.KindContractorTerms)).All(ctx)
	for _, a := range agreed {
		annexes[a.OfferID] = annexIn(a)
	}
	return annexes, err
}
