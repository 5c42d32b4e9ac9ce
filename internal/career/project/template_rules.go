package project

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// mostTemplates is how many an employer, or the platform, keeps.
const mostTemplates = 100

// canSave: those who write projects, one of their own employer.
func canSave(v viewer.Viewer, p *ent.MicroProject) error {
	if err := canDraft(v); err != nil {
		return err
	}
	if p.EmployerOrgID != v.Employer() {
		return fault.NotPermitted("Only a project of your own employer can be kept as a template.")
	}
	return nil
}

// canPublishTemplate: operators.
func canPublishTemplate(v viewer.Viewer) error {
	if v.Kind != viewer.Operator || !v.Can(viewer.PlatformConfigure) {
		return fault.NotPermitted("Only operators write templates for every employer.")
	}
	return nil
}

// canKeep: one name once, and not without end.
func canKeep(kept []*ent.ProjectTemplate, name string) error {
	for _, t := range kept {
		if t.NameFolded == text.Fold(name) {
			return fault.AlreadyExists("name", "There is a template of this name. Choose another one, or remove that first.")
		}
	}
	if len(kept) >= mostTemplates {
		return fault.LimitReached("name", "At most 100 templates are kept. Remove one first.")
	}
	return nil
}

// canDraftFrom: those who draft, from what was not removed.
func canDraftFrom(v viewer.Viewer, t *ent.ProjectTemplate) error {
	if err := canDraft(v); err != nil {
		return err
	}
	return isKept(t)
}

// canRemove: of an employer's those who write its projects, of the platform's its
// operators, once.
func canRemove(v viewer.Viewer, t *ent.ProjectTemplate, revision int) error {
	if t.EmployerOrgID.IsNone() {
		if err := canPublishTemplate(v); err != nil {
			return err
		}
	} else if err := canDraft(v); err != nil || t.EmployerOrgID != v.Employer() {
		return fault.NotPermitted(onlyEmployer)
	}
	if err := isKept(t); err != nil {
		return err
	}
	return transition.Unchanged(revision, t.Revision)
}

func isKept(t *ent.ProjectTemplate) error {
	if t.RemovedAt != nil {
		return fault.IllegalTransition("This template was removed.", "REMOVED", []string{})
	}
	return nil
}

// MicroProjectTemplateAbilities is what the viewer may do with one of them now.
type MicroProjectTemplateAbilities struct {
	Draft  *fault.Ability
	Remove *fault.Ability
}

// TemplateAbilities says what the viewer may do with a template now.
func TemplateAbilities(v viewer.Viewer, t *ent.ProjectTemplate) *MicroProjectTemplateAbilities {
	return &MicroProjectTemplateAbilities{
		Draft: fault.AbilityOf(canDraftFrom(v, t)), Remove: fault.AbilityOf(canRemove(v, t, t.Revision)),
	}
}
