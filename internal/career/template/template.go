// Package template is about the texts that an employer has signed: its own in
// place of Rung's, in versions of which none ever changes. What was offered with
// one version keeps it.
package template

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreementtemplate"
	entemployer "github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// PublishAgreementTemplate makes a text that of its kind from the viewer's
// employer's next offer on. It retires the version before.
func PublishAgreementTemplate(ctx context.Context, db *store.DB, in PublishAgreementTemplateInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		if err := canPublish(v); err != nil {
			return gid.None, err
		}
		// Locked: versions count up without a gap, and none is published beside a suspension.
		e, err := tx.Employer.Query().Where(entemployer.ID(v.Employer()), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := employer.MayDeal(e); err != nil {
			return gid.None, err
		}
		former, err := newest(ctx, tx, e.ID, in.Kind)
		if err != nil {
			return gid.None, err
		}
		if err := canFollow(former, in.ExpectedVersion); err != nil {
			return gid.None, err
		}
		title, text, err := in.read()
		if err != nil {
			return gid.None, err
		}
		// Retired before the next is there: of each kind one is published.
		isReplaced := former != nil && former.Status == agreementtemplate.StatusPublished
		if isReplaced {
			if err := retire(ctx, tx, former, string(event.AgreementTemplateReplaced)); err != nil {
				return gid.None, err
			}
		}
		t, err := tx.AgreementTemplate.Create().SetWorldID(e.WorldID).SetOwnerOrgID(e.ID).SetEmployerOrgID(e.ID).
			SetKind(in.Kind).SetVersion(in.ExpectedVersion + 1).SetTitle(title).SetText(text).SetTextHash(HashOf(text)).
			SetPublishedAt(tx.Now).SetPublishedByID(v.Person).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := record(ctx, tx, t, event.AgreementTemplatePublished); err != nil || !isReplaced {
			return t.ID, err
		}
		return t.ID, record(ctx, tx, former, event.AgreementTemplateReplaced)
	})
}

// RetireAgreementTemplate ends a text. From the next offer on Rung's own is in its
// place, where there is one.
func RetireAgreementTemplate(ctx context.Context, db *store.DB, in RetireAgreementTemplateInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: another version may be replacing it.
		t, err := tx.AgreementTemplate.Query().Where(agreementtemplate.ID(in.AgreementTemplateID), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("agreementTemplateId", "There is no such agreement template."))
		}
		if err := canRetire(viewer.From(ctx), t, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		if err := retire(ctx, tx, t, retireAgreementTemplate); err != nil {
			return gid.None, err
		}
		return t.ID, record(ctx, tx, t, event.AgreementTemplateRetired)
	})
}

// retire moves a published text where the verb leads.
func retire(ctx context.Context, tx *store.Tx, t *ent.AgreementTemplate, verb string) error {
	update := tx.AgreementTemplate.Update().Where(agreementtemplate.ID(t.ID), agreementtemplate.Revision(t.Revision)).
		SetStatus(States.Verb(verb).To).SetRetiredAt(tx.Now)
	return store.Moved(update.Save(ctx))
}

// newest is the latest version of an employer's text of a kind, or nil.
func newest(ctx context.Context, tx *store.Tx, employer gid.ID, kind agreementtemplate.Kind) (*ent.AgreementTemplate, error) {
	t, err := tx.AgreementTemplate.Query().
		Where(agreementtemplate.EmployerOrgID(employer), agreementtemplate.KindEQ(kind), store.Locked).
		Order(ent.Desc(agreementtemplate.FieldVersion)).First(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return t, err
}

// Published are the texts that an employer's next offer has, by their kinds.
func Published(ctx context.Context, tx *store.Tx, employer gid.ID) (map[agreementtemplate.Kind]*ent.AgreementTemplate, error) {
	rows, err := tx.AgreementTemplate.Query().
		Where(agreementtemplate.EmployerOrgID(employer), agreementtemplate.StatusEQ(agreementtemplate.StatusPublished)).All(ctx)
	published := make(map[agreementtemplate.Kind]*ent.AgreementTemplate, len(rows))
	for _, t := range rows {
		published[t.Kind] = t
	}
	return published, err
}

func record(ctx context.Context, tx *store.Tx, t *ent.AgreementTemplate, kind event.Kind) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: t.ID,
		IDs:     map[string]gid.ID{"actor": viewer.From(ctx).Person, "employer": t.EmployerOrgID},
		Parties: []gid.ID{t.EmployerOrgID},
	})
}
