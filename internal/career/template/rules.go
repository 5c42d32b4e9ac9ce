package template

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreementtemplate"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const retireAgreementTemplate = "retireAgreementTemplate"

var published = []agreementtemplate.Status{agreementtemplate.StatusPublished}

// States is the life of a text: it is published when it is made.
var States = transition.Table[agreementtemplate.Status]{
	{
		Name: retireAgreementTemplate, By: []transition.Side{transition.Employer}, Scope: viewer.EmployersManage,
		From: published, To: agreementtemplate.StatusRetired,
		Only: "Only the employer's owners can retire its texts.", Not: "This version is retired already.",
	},
	{
		Name: string(event.AgreementTemplateReplaced), By: []transition.Side{transition.Rung},
		From: published, To: agreementtemplate.StatusRetired,
	},
}

// canPublish: an employer's owners.
func canPublish(v viewer.Viewer) error {
	if v.Employer().IsNone() || !v.Can(viewer.EmployersManage) {
		return fault.NotPermitted("Only an employer's owners publish its texts.")
	}
	return nil
}

// canFollow: the version that its writer has read is the newest still.
func canFollow(newest *ent.AgreementTemplate, expected int) error {
	version := 0
	if newest != nil {
		version = newest.Version
	}
	if expected != version {
		return fault.StaleRevision("expectedVersion", version)
	}
	return nil
}

// canRetire: the employer's owners, a published text that they have read as it is.
func canRetire(v viewer.Viewer, t *ent.AgreementTemplate, revision int) error {
	if err := States.Permit(retireAgreementTemplate, v, transition.Sides(v, t.EmployerOrgID, gid.None), t.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, t.Revision)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// read checks what a text says. Its lines end alike wherever they were written, so
// that one text has one hash.
func (in PublishAgreementTemplateInput) read() (title, body string, err error) {
	var r text.Reader
	title = r.Line("title", in.Title, 3, 120)
	body = r.Prose("text", lineEnds.Replace(in.Text), 20, 30_000)
	return title, body, r.Err()
}

// HashOf is the SHA-256 of a text in hex: what exactly is signed.
func HashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
