package project

import (
	"context"
	"encoding/json"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/projecttemplate"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// SaveMicroProjectTemplate keeps what a project of the viewer's employer says as a
// template, whatever becomes of the project. Its days are not taken over.
func SaveMicroProjectTemplate(ctx context.Context, db *store.DB, in SaveMicroProjectTemplateInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := seen(ctx, tx, in.MicroProjectID)
		if err != nil {
			return gid.None, err
		}
		if err := canSave(viewer.From(ctx), p); err != nil {
			return gid.None, err
		}
		t, err := termsNow(ctx, tx, p)
		if err != nil {
			return gid.None, err
		}
		plan, questions, err := copied(ctx, tx, p)
		if err != nil {
			return gid.None, err
		}
		content, err := written(t, plan, questions)
		if err != nil {
			return gid.None, err
		}
		var r text.Reader
		name := r.Line("name", in.Name, 3, 120)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		return keep(ctx, tx, name, content, event.MicroProjectTemplateSaved)
	})
}

// PublishMicroProjectTemplate writes a template of the platform's, which every
// employer of the world can draft from.
func PublishMicroProjectTemplate(ctx context.Context, db *store.DB, in PublishMicroProjectTemplateInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		if err := canPublishTemplate(viewer.From(ctx)); err != nil {
			return gid.None, err
		}
		var r text.Reader
		name := r.Line("name", in.Name, 3, 120)
		t := in.draft().read(&r)
		t.check(&r)
		plan, questions := readPlan(&r, in.draft().Deliverables, t), readQuestions(&r, in.Questions)
		if err := t.refer(ctx, tx.Client, &r, gid.None); err != nil {
			return gid.None, err
		}
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		content, err := written(t, plan, questions)
		if err != nil {
			return gid.None, err
		}
		return keep(ctx, tx, name, content, event.MicroProjectTemplatePublished)
	})
}

// RemoveMicroProjectTemplate takes a template away from those who draft. What was
// drafted from it stays.
func RemoveMicroProjectTemplate(ctx context.Context, db *store.DB, in RemoveMicroProjectTemplateInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		t, err := template(ctx, tx, in.MicroProjectTemplateID)
		if err != nil {
			return gid.None, err
		}
		if err := canRemove(viewer.From(ctx), t, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		update := tx.ProjectTemplate.Update().Where(projecttemplate.ID(t.ID), projecttemplate.Revision(t.Revision)).SetRemovedAt(tx.Now)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return t.ID, recordTemplate(ctx, tx, t, event.MicroProjectTemplateRemoved)
	})
}

// DraftMicroProjectFromTemplate drafts a project that says what a template says,
// with days of its own.
func DraftMicroProjectFromTemplate(ctx context.Context, db *store.DB, in DraftMicroProjectFromTemplateInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		from, err := template(ctx, tx, in.MicroProjectTemplateID)
		if err != nil {
			return gid.None, err
		}
		if err := canDraftFrom(v, from); err != nil {
			return gid.None, err
		}
		content, err := ContentOf(from)
		if err != nil {
			return gid.None, err
		}
		t, plan, questions := content.terms()
		var r text.Reader
		in.date(&r, &t)
		t.check(&r)
		checkWindow(&r, in.ApplyBy, tx.Now)
		if err := t.refer(ctx, tx.Client, &r, v.Employer()); err != nil {
			return gid.None, err
		}
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		ids := map[string]gid.ID{"drafter": v.Person, "template": from.ID}
		return draft(ctx, tx, t, plan, questions, event.MicroProjectDraftedFromTemplate, ids)
	})
}

// template reads one that the viewer may see.
//
// Locked: nobody drafts from a template beside its removal.
func template(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.ProjectTemplate, error) {
	t, err := tx.ProjectTemplate.Query().Where(projecttemplate.ID(id), store.Locked).Only(ctx)
	return t, store.Found(err, fault.NotFound("microProjectTemplateId", "There is no such template."))
}

// keep writes a template down for the viewer's employer, or for the platform.
func keep(ctx context.Context, tx *store.Tx, name string, content json.RawMessage, kind event.Kind) (gid.ID, error) {
	v := viewer.From(ctx)
	owner := v.Employer()
	if owner.IsNone() {
		owner = v.World
	}
	kept, err := tx.ProjectTemplate.Query().Where(projecttemplate.OwnerOrgID(owner), projecttemplate.RemovedAtIsNil()).
		Order(ent.Asc(projecttemplate.FieldID)).All(ctx)
	if err != nil {
		return gid.None, err
	}
	if err := canKeep(kept, name); err != nil {
		return gid.None, err
	}
	create := tx.ProjectTemplate.Create().SetWorldID(tx.World()).SetOwnerOrgID(owner).SetName(name).SetNameFolded(text.Fold(name)).
		SetContent(content).SetKeptByID(v.Person)
	if !v.Employer().IsNone() {
		create.SetEmployerOrgID(owner)
	}
	t, err := create.Save(ctx)
	if err != nil {
		return gid.None, err
	}
	return t.ID, recordTemplate(ctx, tx, t, kind)
}

func recordTemplate(ctx context.Context, tx *store.Tx, t *ent.ProjectTemplate, kind event.Kind) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: t.ID, IDs: map[string]gid.ID{"actor": viewer.From(ctx).Person}, Parties: []gid.ID{t.OwnerOrgID},
	})
}
