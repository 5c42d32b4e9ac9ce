package template

import (
	"github.com/rung-dev/rung/ent/gen/ent/agreementtemplate"
	"github.com/rung-dev/rung/internal/gid"
)

// PublishAgreementTemplateInput: what the text says, and after which version.
type PublishAgreementTemplateInput struct {
	Kind            agreementtemplate.Kind
	Title           string
	Text            string
	ExpectedVersion int
}

// RetireAgreementTemplateInput: which one.
type RetireAgreementTemplateInput struct {
	AgreementTemplateID gid.ID
	ExpectedRevision    int
}
